//! A connection that breaks in the moment of a commit. Without a database there is nothing to test.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread;

use moyun_store::{Engine, PostgresEngine, Upgrade};
use postgres::config::Host;
use postgres::{Client, Config, NoTls};

use crate::given::{PostgresSchema, add_one, get, lane, number, read, submit, write_rows};

/// What happens to the next commit.
const PASS: u8 = 0;
/// It never reaches the server.
const LOSE_REQUEST: u8 = 1;
/// It reaches the server, whose answer is lost.
const LOSE_ANSWER: u8 = 2;
/// The answer is on its way.
const LOSING: u8 = 3;

/// A way to the database that breaks once when it is told to.
struct Way {
    url: String,
    next: Arc<AtomicU8>,
}

impl Way {
    /// None when the database is not reached by TCP.
    fn to(url: &str) -> Option<Way> {
        let config = Config::from_str(url).unwrap();
        let (Some(Host::Tcp(host)), Some(port)) = (config.get_hosts().first(), config.get_ports().first())
        else {
            return None;
        };
        let (server, next) = ((host.clone(), *port), Arc::new(AtomicU8::new(PASS)));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (scheme, rest) = url.split_once("://")?;
        let (authority, path) = rest.split_once('/')?;
        let user = authority.rsplit_once('@').map(|(user, _)| format!("{user}@")).unwrap_or_default();
        let url = format!("{scheme}://{user}{}/{path}", listener.local_addr().unwrap());
        let way = Way { url, next: Arc::clone(&next) };
        // It ends with the test's process.
        thread::spawn(move || {
            for client in listener.incoming() {
                let (client, server) = (client.unwrap(), TcpStream::connect((&*server.0, server.1)).unwrap());
                let ends = (client.try_clone().unwrap(), server.try_clone().unwrap(), Arc::clone(&next));
                let next = Arc::clone(&next);
                thread::spawn(move || carry(&client, &server, |bytes| request_passes(bytes, &next)));
                thread::spawn(move || {
                    carry(&ends.1, &ends.0, |_| {
                        ends.2.compare_exchange(LOSING, PASS, Ordering::SeqCst, Ordering::SeqCst).is_err()
                    })
                });
            }
        });
        Some(way)
    }
}

/// Carries bytes from one to the other until one hangs up or something may not pass; then both are hung up.
fn carry(mut from: &TcpStream, mut to: &TcpStream, passes: impl Fn(&[u8]) -> bool) {
    let mut bytes = [0; 65_536];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        if !passes(&bytes[..count]) || to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    // The other side may have hung up already.
    drop((from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both)));
}

fn request_passes(bytes: &[u8], next: &AtomicU8) -> bool {
    const COMMIT: &[u8] = b"; COMMIT";
    if !bytes.windows(COMMIT.len()).any(|window| window == COMMIT) {
        return true;
    }
    match next.load(Ordering::SeqCst) {
        LOSE_REQUEST => {
            next.store(PASS, Ordering::SeqCst);
            false
        }
        LOSE_ANSWER => {
            next.store(LOSING, Ordering::SeqCst);
            true
        }
        _ => true,
    }
}

#[test]
fn a_commit_whose_answer_is_lost_is_told_as_it_stands() {
    for (loss, stands) in [(LOSE_REQUEST, false), (LOSE_ANSWER, true)] {
        let Some(schema) = PostgresSchema::fresh() else { return };
        let Some(way) = Way::to(&schema.url) else { return };
        let engine = PostgresEngine::connect(&way.url).unwrap();
        let count = || number(read(&engine, |view| view.get(b"count").unwrap()));
        submit(&engine, &lane("one"), add_one).recv().unwrap().unwrap();
        way.next.store(loss, Ordering::SeqCst);
        let outcome = submit(&engine, &lane("one"), add_one).recv().unwrap();
        assert_eq!(way.next.load(Ordering::SeqCst), PASS, "the commit was lost");
        assert_eq!(outcome.is_ok(), stands, "{outcome:?}");
        assert_eq!(count(), 1 + u64::from(stands));
        submit(&engine, &lane("one"), add_one).recv().unwrap().unwrap();
        assert_eq!(count(), 2 + u64::from(stands));
    }
}

#[test]
fn a_database_of_the_first_version_gets_what_it_lacks() {
    let Some(schema) = PostgresSchema::fresh() else { return };
    write_rows(&PostgresEngine::connect(&schema.url).unwrap(), &[("a", Some("1"))]);
    let name = &schema.name;
    schema.run(&format!("DROP TABLE {name}.moyun_writers; UPDATE {name}.moyun_schema SET version = 1"));
    let engine = PostgresEngine::connect(&schema.url).unwrap();
    assert_eq!(engine.upgrade(), Some(&Upgrade { from: 1, to: 2, backup: None }));
    write_rows(&engine, &[("b", Some("2"))]);
    assert_eq!(PostgresEngine::connect(&schema.url).unwrap().upgrade(), None);
    assert_eq!((get(&engine, "a").as_deref(), get(&engine, "b").as_deref()), (Some("1"), Some("2")));
}

#[test]
fn writers_strike_themselves_out() {
    let Some(schema) = PostgresSchema::fresh() else { return };
    let writers = || {
        let mut client = Client::connect(&schema.url, NoTls).unwrap();
        client.query("SELECT id FROM moyun_writers", &[]).unwrap().len()
    };
    let engine = PostgresEngine::connect(&schema.url).unwrap();
    write_rows(&engine, &[("a", Some("1"))]);
    assert_eq!(writers(), 1);
    engine.close();
    assert_eq!(writers(), 0);
}
