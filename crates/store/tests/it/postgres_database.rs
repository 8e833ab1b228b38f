//! What only a database server can do to us, and several of us to it. Without a server there is nothing to test.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use moyun_store::{Engine, Fault, Lane, OpenError, PostgresEngine, Reader, Span, Writes};

use crate::given::{
    PostgresSchema, add_one, get, guarded, lane, number, read, rows_to_write, submit, write_rows,
};

fn refusal(url: &str) -> OpenError {
    match PostgresEngine::connect(url) {
        Ok(_) => panic!("the database should have been refused"),
        Err(refusal) => refusal,
    }
}

#[test]
fn jobs_of_one_lane_run_one_after_another_across_servers() {
    let Some(schema) = PostgresSchema::fresh() else { return };
    let servers = [0, 1].map(|_| PostgresEngine::connect(&schema.url).unwrap());
    thread::scope(|scope| {
        for server in [&servers[0], &servers[1], &servers[0], &servers[1]] {
            scope.spawn(move || {
                for _ in 0..50 {
                    submit(server, &lane("counter"), add_one).recv().unwrap().unwrap();
                }
            });
        }
    });
    assert_eq!(number(read(&servers[0], |view| view.get(b"count").unwrap())), 200);
    write_rows(&servers[0], &[("a", Some("1"))]);
    assert_eq!(get(&servers[1], "a").as_deref(), Some("1"));
}

#[test]
fn what_several_lanes_share_is_guarded_across_servers() {
    let Some(schema) = PostgresSchema::fresh() else { return };
    let servers = [0, 1, 2, 3].map(|_| PostgresEngine::connect(&schema.url).unwrap());
    thread::scope(|scope| {
        for (number, server) in servers.iter().enumerate() {
            scope.spawn(move || {
                // Lanes before and behind the shared one, half of which a job of another server begins in.
                let home = lane(["a", "z", "shared", "b"][number]);
                for _ in 0..50 {
                    submit(server, &home, guarded(["a", "shared", "z"])).recv().unwrap().unwrap();
                }
            });
        }
    });
    assert_eq!(number(read(&servers[0], |view| view.get(b"count").unwrap())), 200);
}

#[test]
fn whoever_holds_all_lanes_writes_alone_across_servers() {
    let Some(schema) = PostgresSchema::fresh() else { return };
    let servers = [0, 1].map(|_| PostgresEngine::connect(&schema.url).unwrap());
    write_rows(&servers[1], &[("old", Some("1"))]);
    let (sweep, go) = paused(&servers[0], &Lane::all(), delete_all);
    let later = ["one", "never seen before"].map(|name| {
        let writes = rows_to_write([(name.as_bytes().to_vec(), Some(b"2".to_vec()))]);
        submit(&servers[1], &lane(name), move |_| Some(writes.clone()))
    });
    schema.wait_for_waiters(2, &|| later.iter().all(|outcome| outcome.try_recv().is_err()));
    go.send(()).unwrap();
    sweep.recv().unwrap().unwrap();
    later.iter().for_each(|outcome| outcome.recv().unwrap().unwrap());
    assert_eq!(
        ["old", "one", "never seen before"].map(|key| get(&servers[0], key).is_some()),
        [false, true, true]
    );
}

#[test]
fn whoever_wants_all_lanes_waits_for_those_that_are_held() {
    let Some(schema) = PostgresSchema::fresh() else { return };
    let servers = [0, 1].map(|_| PostgresEngine::connect(&schema.url).unwrap());
    let (count, go) = paused(&servers[1], &lane("counter"), add_one);
    let sweep = submit(&servers[0], &Lane::all(), delete_all);
    schema.wait_for_waiters(1, &|| sweep.try_recv().is_err());
    go.send(()).unwrap();
    count.recv().unwrap().unwrap();
    sweep.recv().unwrap().unwrap();
    assert_eq!(get(&servers[1], "count"), None);
}

/// Hands over a job that has begun and goes on when it is told to.
fn paused(
    engine: &PostgresEngine,
    lane: &Lane,
    mut job: impl FnMut(&dyn Reader) -> Option<Writes> + Send + 'static,
) -> (Receiver<Result<(), Fault>>, Sender<()>) {
    let ((begin, begun), (go, may_go)) = (channel(), channel());
    let outcome = submit(engine, lane, move |view| {
        begin.send(()).unwrap();
        may_go.recv().unwrap();
        job(view)
    });
    begun.recv().unwrap();
    (outcome, go)
}

fn delete_all(view: &dyn Reader) -> Option<Writes> {
    let mut rows = vec![];
    view.scan(&Span::prefix(b""), &mut |key, _| {
        rows.push((key.to_vec(), None));
        ControlFlow::Continue(())
    })
    .unwrap();
    Some(rows_to_write(rows))
}

// A collision takes two servers in the same instant: one round may miss it, ten hardly.
#[test]
fn servers_may_start_at_once_on_an_empty_database() {
    for _ in 0..10 {
        let Some(schema) = PostgresSchema::fresh() else { return };
        thread::scope(|scope| {
            let starts: Vec<_> =
                (0..6).map(|_| scope.spawn(|| PostgresEngine::connect(&schema.url))).collect();
            for start in starts {
                start.join().unwrap().unwrap();
            }
        });
    }
}

#[test]
fn broken_connections_are_replaced() {
    let Some(schema) = PostgresSchema::fresh() else { return };
    let engine = PostgresEngine::connect(&schema.url).unwrap();
    write_rows(&engine, &[("a", Some("1"))]);
    assert_eq!(get(&engine, "a").as_deref(), Some("1"));
    schema.run(&format!(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = '{}'",
        schema.name
    ));
    assert_eq!(get(&engine, "a").as_deref(), Some("1"));
    write_rows(&engine, &[("a", Some("2"))]);
    assert_eq!(get(&engine, "a").as_deref(), Some("2"));
}

#[test]
fn a_write_that_the_server_refuses_is_told_and_stores_nothing() {
    let Some(schema) = PostgresSchema::fresh() else { return };
    let engine = PostgresEngine::connect(&schema.url).unwrap();
    schema.run(&format!("ALTER TABLE {}.moyun_rows ADD CHECK (length(value) < 4)", schema.name));
    assert!(submit(&engine, &lane("one"), add_one).recv().unwrap().is_err());
    write_rows(&engine, &[("a", Some("1"))]);
    assert_eq!(get(&engine, "a").as_deref(), Some("1"));
    assert_eq!(get(&engine, "count"), None);
}

#[test]
fn a_read_that_the_server_refuses_lets_no_write_through() {
    let Some(schema) = PostgresSchema::fresh() else { return };
    let engine = PostgresEngine::connect(&schema.url).unwrap();
    schema.run(&format!("ALTER TABLE {0}.moyun_rows RENAME TO away", schema.name));
    let outcome = submit(&engine, &lane("one"), |view| {
        assert!(view.get(b"a").is_err());
        Some(moyun_store::Writes::default())
    });
    assert!(outcome.recv().unwrap().is_err());
    schema.run(&format!("ALTER TABLE {0}.away RENAME TO moyun_rows", schema.name));
    assert_eq!(get(&engine, "a"), None);
}

#[test]
fn newer_schema_is_refused() {
    let Some(schema) = PostgresSchema::fresh() else { return };
    PostgresEngine::connect(&schema.url).unwrap().close();
    schema.run(&format!("UPDATE {}.moyun_schema SET version = 99", schema.name));
    let refusal = refusal(&schema.url);
    assert!(matches!(refusal, OpenError::Newer { found: 99, .. }), "{refusal:?}");
}

#[test]
fn reconnecting_keeps_everything() {
    let Some(schema) = PostgresSchema::fresh() else { return };
    write_rows(&PostgresEngine::connect(&schema.url).unwrap(), &[("a", Some("1"))]);
    assert_eq!(get(&PostgresEngine::connect(&schema.url).unwrap(), "a").as_deref(), Some("1"));
}

#[test]
fn wrong_url_is_refused() {
    // Port 1 of this machine, where nothing listens.
    for url in ["nonsense", "postgres://user@127.0.0.1:1/none"] {
        let refusal = refusal(url);
        assert!(matches!(refusal, OpenError::Server { .. }), "{refusal:?}");
    }
}
