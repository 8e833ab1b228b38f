//! One suite, every engine.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::thread;

use moyun_store::{Reader, Span, Task};

use crate::given::{
    add_one, get, guarded, lane, number, on_every_engine, read, rows_to_write, submit, write_rows,
};

/// The keys of a span, at most `limit`.
fn keys(view: &dyn Reader, span: &Span, limit: usize) -> Vec<String> {
    let mut keys = Vec::new();
    view.scan(span, &mut |key, _| {
        keys.push(String::from_utf8(key.to_vec()).unwrap());
        if keys.len() == limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
    .unwrap();
    keys
}

#[test]
fn later_reads_see_acknowledged_writes_and_deletes() {
    on_every_engine(|engine| {
        assert_eq!(get(&*engine, "a"), None);
        write_rows(&*engine, &[("a", Some("1")), ("b", Some("")), ("c", None)]);
        assert_eq!(get(&*engine, "a").as_deref(), Some("1"));
        assert_eq!(get(&*engine, "b").as_deref(), Some(""));
        write_rows(&*engine, &[("a", Some("2")), ("b", None)]);
        assert_eq!(get(&*engine, "a").as_deref(), Some("2"));
        assert_eq!(get(&*engine, "b"), None);
    });
}

#[test]
fn views_of_one_number_show_the_same_rows() {
    on_every_engine(|engine| {
        let look = || (read(&*engine, |view| view.state()), get(&*engine, "a"));
        write_rows(&*engine, &[("a", Some("1"))]);
        let first = look();
        assert_eq!(look(), first);
        assert_ne!(first.0, Some(0));
        write_rows(&*engine, &[("a", Some("2"))]);
        let second = look();
        assert_eq!(second.1.as_deref(), Some("2"));
        assert!(second.0.is_none() || second.0 != first.0);
    });
}

#[test]
fn show_shows_what_get_gets_and_shows_it_once() {
    on_every_engine(|engine| {
        write_rows(&*engine, &[("a", Some("1")), ("empty", Some(""))]);
        for key in ["a", "empty", "x"] {
            let shown = read(&*engine, |view| {
                let mut shown = vec![];
                view.show(key.as_bytes(), &mut |value| shown.push(value.map(<[u8]>::to_vec))).unwrap();
                shown
            });
            assert_eq!(shown, [read(&*engine, |view| view.get(key.as_bytes()).unwrap())], "{key}");
        }
    });
}

#[test]
fn get_many_answers_in_the_order_asked_with_gaps_and_repeats() {
    on_every_engine(|engine| {
        write_rows(&*engine, &[("a", Some("1")), ("b", Some("2"))]);
        let asked = ["b", "x", "a", "b"].map(|key| key.as_bytes().to_vec());
        let values = read(&*engine, |view| view.get_many(&asked).unwrap());
        let expected =
            [Some("2"), None, Some("1"), Some("2")].map(|value| value.map(|v| v.as_bytes().to_vec()));
        assert_eq!(values, expected);
        assert!(read(&*engine, |view| view.get_many(&[]).unwrap()).is_empty());
    });
}

#[test]
fn scan_walks_a_span_both_ways_and_stops_when_told() {
    on_every_engine(|engine| {
        write_rows(&*engine, &["a", "b", "ba", "bb", "c"].map(|key| (key, Some("v"))));
        let from_b = Span { from: b"b".to_vec(), to: None, reverse: false };
        let all = Span::prefix(b"");
        let nothing = Span { from: b"c".to_vec(), to: Some(b"b".to_vec()), reverse: false };
        read(&*engine, |view| {
            assert_eq!(keys(view, &Span::prefix(b"b"), 9), ["b", "ba", "bb"]);
            assert_eq!(keys(view, &Span::prefix(b"b").reversed(), 9), ["bb", "ba", "b"]);
            assert_eq!(keys(view, &Span::prefix(b"b"), 2), ["b", "ba"]);
            assert_eq!(keys(view, &Span::prefix(b"b").reversed(), 2), ["bb", "ba"]);
            assert_eq!(keys(view, &Span::prefix(b"b").after(b"b"), 9), ["ba", "bb"]);
            assert_eq!(keys(view, &Span::prefix(b"b").reversed().after(b"bb"), 9), ["ba", "b"]);
            assert_eq!(keys(view, &from_b, 9), ["b", "ba", "bb", "c"]);
            assert_eq!(keys(view, &from_b.clone().reversed(), 3), ["c", "bb", "ba"]);
            assert_eq!(keys(view, &all, 9).len(), 5);
            assert!(keys(view, &nothing, 9).is_empty());
        });
    });
}

#[test]
fn scan_crosses_pages_without_gap_or_repeat() {
    on_every_engine(|engine| {
        let names: Vec<String> = (0..1_300).map(|n| format!("row-{n:05}")).collect();
        let rows: Vec<(&str, Option<&str>)> = names.iter().map(|name| (name.as_str(), Some("v"))).collect();
        write_rows(&*engine, &rows);
        let forward = read(&*engine, |view| keys(view, &Span::prefix(b"row-"), usize::MAX));
        let mut backward = read(&*engine, |view| keys(view, &Span::prefix(b"row-").reversed(), usize::MAX));
        backward.reverse();
        assert_eq!(forward, names);
        assert_eq!(backward, names);
    });
}

#[test]
fn a_visit_may_read_the_same_view() {
    on_every_engine(|engine| {
        write_rows(&*engine, &[("a", Some("1")), ("b", Some("2"))]);
        let mut found = Vec::new();
        engine
            .read(&mut |view| {
                let look = &mut |key: &[u8], _: &[u8]| {
                    found.push(view.get(key).unwrap());
                    ControlFlow::Continue(())
                };
                view.scan(&Span::prefix(b""), look).unwrap();
            })
            .unwrap();
        assert_eq!(found, [Some(b"1".to_vec()), Some(b"2".to_vec())]);
    });
}

#[test]
fn jobs_of_one_lane_run_one_after_another() {
    on_every_engine(|engine| {
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let outcomes: Vec<_> =
                        (0..25).map(|_| submit(&*engine, &lane("counter"), add_one)).collect();
                    outcomes.iter().for_each(|outcome| outcome.recv().unwrap().unwrap());
                });
            }
        });
        assert_eq!(number(read(&*engine, |view| view.get(b"count").unwrap())), 200);
    });
}

#[test]
fn lanes_do_not_disturb_each_other() {
    on_every_engine(|engine| {
        let outcomes: Vec<_> = (0..60)
            .map(|n| {
                let writes = rows_to_write([(format!("k{n:02}").into_bytes(), Some(vec![1]))]);
                submit(&*engine, &lane(&format!("lane-{}", n % 6)), move |_| Some(writes.clone()))
            })
            .collect();
        outcomes.iter().for_each(|outcome| outcome.recv().unwrap().unwrap());
        assert_eq!(read(&*engine, |view| keys(view, &Span::prefix(b"k"), usize::MAX)).len(), 60);
    });
}

#[test]
fn what_several_lanes_share_is_guarded_by_a_lane_of_its_own() {
    on_every_engine(|engine| {
        thread::scope(|scope| {
            for home in ["a", "b", "shared", "too", "y", "z"].map(lane) {
                let engine = &engine;
                scope.spawn(move || {
                    for _ in 0..20 {
                        let outcome = submit(&**engine, &home, guarded(["shared", "too"]));
                        outcome.recv().unwrap().unwrap();
                    }
                });
            }
        });
        assert_eq!(number(read(&*engine, |view| view.get(b"count").unwrap())), 120);
    });
}

#[test]
fn a_job_that_returns_none_stores_nothing_and_is_told_ok() {
    on_every_engine(|engine| {
        write_rows(&*engine, &[("a", Some("1"))]);
        let outcome = submit(&*engine, &lane("one"), |view| view.get(b"a").unwrap().and(None));
        outcome.recv().unwrap().unwrap();
        assert_eq!(read(&*engine, |view| keys(view, &Span::prefix(b""), 9)), ["a"]);
    });
}

#[test]
fn a_job_that_panics_harms_nobody_else() {
    on_every_engine(|engine| {
        let before = submit(&*engine, &lane("one"), add_one);
        let broken = submit(&*engine, &lane("one"), |_| panic!("this panic is part of a test"));
        let after = submit(&*engine, &lane("one"), add_one);
        before.recv().unwrap().unwrap();
        assert!(broken.recv().is_err(), "the outcome of a panicked job is never told");
        after.recv().unwrap().unwrap();
        assert_eq!(number(read(&*engine, |view| view.get(b"count").unwrap())), 2);
    });
}

#[test]
fn a_done_that_panics_harms_nobody_else() {
    on_every_engine(|engine| {
        let job = Task::boxed(|view| ((), add_one(view)), |_| panic!("this panic is part of a test"));
        engine.write(&lane("one"), job);
        submit(&*engine, &lane("one"), add_one).recv().unwrap().unwrap();
        assert_eq!(number(read(&*engine, |view| view.get(b"count").unwrap())), 2);
    });
}

#[test]
fn a_view_does_not_change_under_its_reader() {
    on_every_engine(|engine| {
        write_rows(&*engine, &[("a", Some("1"))]);
        let mut later = None;
        engine
            .read(&mut |view| {
                let first = view.get(b"a").unwrap();
                let writer = Arc::clone(&engine);
                later = Some(thread::spawn(move || write_rows(&*writer, &[("a", Some("2"))])));
                assert_eq!(view.get(b"a").unwrap(), first);
            })
            .unwrap();
        later.expect("the read ran").join().unwrap();
        assert_eq!(get(&*engine, "a").as_deref(), Some("2"));
    });
}

#[test]
fn close_finishes_what_was_accepted_and_refuses_the_rest() {
    on_every_engine(|engine| {
        let accepted: Vec<_> = (0..50).map(|_| submit(&*engine, &lane("one"), add_one)).collect();
        engine.close();
        for outcome in accepted {
            outcome.recv().unwrap().unwrap();
        }
        let late = submit(&*engine, &lane("one"), |_| panic!("a job that comes too late has no view"));
        assert!(late.recv().unwrap().is_err());
        assert!(engine.read(&mut |_| panic!("a closed store has no view")).is_err());
        engine.close();
    });
}
