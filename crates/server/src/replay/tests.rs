//! Nonces in and beyond the life of a process.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use moyun_cloud::cloud::Cloud;
use moyun_store::{Engine, MemoryEngine};
use serde_json::json;

use crate::env::Machine;
use crate::replay::journal::Journal;
use crate::replay::{Here, Kept, Nonce, Nonces};

const WINDOW_MS: i64 = 1_800_000;

fn at<'a>(text: &'a str, now_ms: i64) -> Nonce<'a> {
    Nonce { access_key_id: "key", text, sent_ms: now_ms, now_ms, window_ms: WINDOW_MS }
}

fn admits(nonces: &Nonces, text: &str, now_ms: i64) -> bool {
    nonces.admit(at(text, now_ms)).unwrap()
}

/// As if the host had gone down meanwhile.
fn after_a_power_cut(folder: &Path) -> Nonces {
    let (journal, window) = Journal::open_after_another_boot(folder).unwrap();
    Nonces { kept: Kept::Here(Mutex::new(Here { window, journal: Some(journal) })) }
}

#[test]
fn a_nonce_is_admitted_once_in_its_window_and_again_after_it() {
    let nonces = Nonces::in_memory();
    assert!(admits(&nonces, "nonce", 0));
    assert!(!admits(&nonces, "nonce", WINDOW_MS));
    let other_key = Nonce { access_key_id: "other key", ..at("nonce", WINDOW_MS) };
    assert!(nonces.admit(other_key).unwrap());
    assert!(admits(&nonces, "nonce", WINDOW_MS + 60_000));
}

#[test]
fn a_clock_set_back_forgets_nothing() {
    let nonces = Nonces::in_memory();
    assert!(admits(&nonces, "nonce", 10_000_000));
    assert!(!admits(&nonces, "nonce", 5_000_000));
    assert!(admits(&nonces, "second", 5_000_000));
    assert!(!admits(&nonces, "second", 10_000_000));
}

#[test]
fn a_window_made_shorter_forgets_nothing_that_is_younger() {
    let nonces = Nonces::in_memory();
    assert!(admits(&nonces, "nonce", 10_000_000));
    let shorter = Nonce { window_ms: 600_000, ..at("nonce", 10_500_000) };
    assert!(!nonces.admit(shorter).unwrap());
}

#[test]
fn a_process_that_is_killed_forgets_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let nonces = Nonces::in_folder(folder.path()).unwrap();
    assert!(admits(&nonces, "first", 1_000));
    assert!(admits(&nonces, "second", 70_000));
    drop(nonces);
    let nonces = Nonces::in_folder(folder.path()).unwrap();
    assert!(!admits(&nonces, "first", 70_000));
    assert!(!admits(&nonces, "second", 70_000));
    assert!(admits(&nonces, "third", 70_000));
    drop(nonces);
    assert!(!admits(&Nonces::in_folder(folder.path()).unwrap(), "third", 70_000));
}

#[test]
fn files_go_with_their_minute() {
    let folder = tempfile::tempdir().unwrap();
    let nonces = Nonces::in_folder(folder.path()).unwrap();
    for minute in 0..100 {
        assert!(admits(&nonces, &minute.to_string(), minute * 60_000));
    }
    assert!(fs::read_dir(folder.path()).unwrap().count() < 40);
}

#[test]
fn a_write_that_was_cut_short_hurts_no_other_nonce() {
    let folder = tempfile::tempdir().unwrap();
    assert!(admits(&Nonces::in_folder(folder.path()).unwrap(), "first", 1_000));
    let file = folder.path().join("0.nonces");
    let mut bytes = fs::read(&file).unwrap();
    bytes.extend([1, 2, 3]);
    fs::write(&file, bytes).unwrap();
    assert!(admits(&Nonces::in_folder(folder.path()).unwrap(), "second", 1_000));
    let nonces = Nonces::in_folder(folder.path()).unwrap();
    assert!(!admits(&nonces, "first", 1_000) && !admits(&nonces, "second", 1_000));
}

#[test]
fn after_a_power_cut_nothing_as_old_as_what_was_accepted_is_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let nonces = Nonces::in_folder(folder.path()).unwrap();
    assert!(admits(&nonces, "first", 1_000_000));
    let ahead = Nonce { sent_ms: 1_500_000, ..at("ahead", 1_000_000) };
    assert!(nonces.admit(ahead).unwrap());
    drop(nonces);
    // What was not synced is gone.
    fs::remove_file(folder.path().join("16.nonces")).unwrap();
    let nonces = after_a_power_cut(folder.path());
    assert!(!admits(&nonces, "first", 1_000_000));
    assert!(!nonces.admit(ahead).unwrap());
    assert!(admits(&nonces, "later", 1_600_000));
    drop(nonces);
    // A kill after it makes nobody forget the cut.
    let nonces = after_a_power_cut(folder.path());
    assert!(!admits(&nonces, "first", 1_000_000) && !admits(&nonces, "later", 1_600_000));
}

#[test]
fn after_a_clean_stop_the_host_may_go_down() {
    let folder = tempfile::tempdir().unwrap();
    let nonces = Nonces::in_folder(folder.path()).unwrap();
    assert!(admits(&nonces, "first", 1_000_000));
    nonces.close();
    let nonces = after_a_power_cut(folder.path());
    assert!(!admits(&nonces, "first", 1_000_000));
    assert!(admits(&nonces, "second", 1_000_000));
}

#[test]
fn a_journey_to_the_future_and_back_does_not_rule_the_present_out() {
    let folder = tempfile::tempdir().unwrap();
    let nonces = Nonces::in_folder(folder.path()).unwrap();
    assert!(admits(&nonces, "future", 1_000_000_000));
    assert!(admits(&nonces, "back", 1_000_000));
    drop(nonces);
    let nonces = after_a_power_cut(folder.path());
    assert!(!admits(&nonces, "back", 1_000_000));
    assert!(admits(&nonces, "new", 1_000_000 + WINDOW_MS + 1));
}

#[test]
fn a_reset_forgets_the_journal_too() {
    let folder = tempfile::tempdir().unwrap();
    let nonces = Nonces::in_folder(folder.path()).unwrap();
    assert!(admits(&nonces, "first", 1_000));
    nonces.clear();
    assert!(admits(&nonces, "first", 1_000));
    drop(nonces);
    assert!(!admits(&Nonces::in_folder(folder.path()).unwrap(), "first", 1_000));
}

#[test]
fn a_damaged_state_is_told_and_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    drop(Nonces::in_folder(folder.path()).unwrap());
    for nonsense in [&b"nonsense"[..], &[0xFF; 100]] {
        fs::write(folder.path().join("state"), nonsense).unwrap();
        let error = Nonces::in_folder(folder.path()).map(|_| ()).unwrap_err();
        assert!(error.to_string().contains("is damaged; remove its folder"), "{error}");
        assert_eq!(fs::read(folder.path().join("state")).unwrap(), nonsense);
    }
}

#[test]
fn servers_on_one_store_see_each_others_nonces() {
    let engine: Arc<dyn Engine> = Arc::new(MemoryEngine::new());
    let world = json!({ "clock": { "mode": "manual", "now": "2026-01-01T00:00:00Z" } });
    let cloud = Cloud::open(engine, Arc::new(Machine), world).unwrap();
    let (one, other) = (Nonces::shared(cloud.clone()), Nonces::shared(cloud.clone()));
    assert!(admits(&one, "nonce", 0));
    assert!(!admits(&one, "nonce", 0) && !admits(&other, "nonce", 0));
    cloud.advance(WINDOW_MS - 1).unwrap();
    assert!(!admits(&other, "nonce", 0));
    cloud.advance(1).unwrap();
    assert!(admits(&other, "nonce", 0));
}
