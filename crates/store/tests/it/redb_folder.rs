//! What redb's data folder promises.

use std::fs;
use std::path::Path;
use std::process;

use moyun_store::{Engine, OpenError, RedbEngine};

use crate::given::{lane, rows_to_write, submit};

fn store(engine: &RedbEngine, key: &[u8], value: &[u8]) {
    let writes = rows_to_write([(key.to_vec(), Some(value.to_vec()))]);
    let outcome = submit(engine, &lane("one"), move |_| Some(writes.clone()));
    outcome.recv().unwrap().unwrap();
}

fn stored(engine: &RedbEngine, key: &[u8]) -> Option<Vec<u8>> {
    let mut value = None;
    engine.read(&mut |view| value = view.get(key).unwrap()).unwrap();
    value
}

fn refusal(folder: &Path) -> OpenError {
    match RedbEngine::open(folder) {
        Ok(_) => panic!("the folder should have been refused"),
        Err(refusal) => refusal,
    }
}

#[test]
fn a_store_may_be_larger_than_what_is_kept_of_it() {
    const CACHE_BYTES: usize = 1 << 20;
    let folder = tempfile::tempdir().unwrap();
    let engine = RedbEngine::open_caching(folder.path(), CACHE_BYTES).unwrap();
    let rows: Vec<(Vec<u8>, Vec<u8>)> =
        (0..4 * CACHE_BYTES as u32 / 1024).map(|n| (n.to_be_bytes().to_vec(), vec![n as u8; 1024])).collect();
    for half in rows.chunks(rows.len() / 2) {
        let writes = rows_to_write(half.iter().map(|(key, value)| (key.clone(), Some(value.clone()))));
        submit(&engine, &lane("one"), move |_| Some(writes.clone())).recv().unwrap().unwrap();
    }
    assert!(rows.iter().rev().all(|(key, value)| stored(&engine, key).as_ref() == Some(value)));
}

#[test]
fn reopening_keeps_everything() {
    let folder = tempfile::tempdir().unwrap();
    let nested = folder.path().join("made/on/the/way");
    store(&RedbEngine::open(&nested).unwrap(), b"a", b"1");
    let engine = RedbEngine::open(&nested).unwrap();
    assert_eq!(stored(&engine, b"a"), Some(b"1".to_vec()));
    store(&engine, b"b", b"2");
    engine.close();
    let engine = RedbEngine::open(&nested).unwrap();
    assert_eq!(stored(&engine, b"b"), Some(b"2".to_vec()));
}

#[test]
fn second_open_is_refused_and_told_who_holds_it() {
    let folder = tempfile::tempdir().unwrap();
    let engine = RedbEngine::open(folder.path()).unwrap();
    let OpenError::Held { by, .. } = refusal(folder.path()) else { panic!("held is the reason") };
    assert!(by.starts_with(&format!("pid {} (", process::id())), "{by}");
    store(&engine, b"a", b"1");
    engine.close();
    assert_eq!(stored(&RedbEngine::open(folder.path()).unwrap(), b"a"), Some(b"1".to_vec()));
}

#[test]
fn left_over_lock_text_and_draft_of_a_killed_process_do_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("LOCK"), "pid 1 (killed long ago and with a longer name than ours, surely)")
        .unwrap();
    fs::write(folder.path().join("moyun.redb.new"), "half a database").unwrap();
    let engine = RedbEngine::open(folder.path()).unwrap();
    store(&engine, b"a", b"1");
    let holder = fs::read_to_string(folder.path().join("LOCK")).unwrap();
    assert!(!holder.contains("killed"), "{holder}");
}

#[test]
fn damaged_file_is_refused_and_left_untouched() {
    let made = tempfile::tempdir().unwrap();
    store(&RedbEngine::open(made.path()).unwrap(), b"a", b"1");
    let whole = fs::read(made.path().join("moyun.redb")).unwrap();
    let noise: Vec<u8> = (0..100_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let magic_then_noise = [&whole[..64], &noise[..]].concat();
    let noise_within = [&whole[..320], &noise[..], &whole[100_320.min(whole.len())..]].concat();
    let cases: [(&str, &[u8]); 6] = [
        ("empty", b""),
        ("a text", b"not a database"),
        ("noise", &noise),
        ("a header, then noise", &magic_then_noise),
        ("noise within", &noise_within),
        ("cut short", &whole[..whole.len() / 2]),
    ];
    for (name, bytes) in cases {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("moyun.redb");
        fs::write(&file, bytes).unwrap();
        let refusal = refusal(folder.path());
        assert!(matches!(refusal, OpenError::Damaged { .. }), "{name}: {refusal:?}");
        assert!(fs::read(&file).unwrap() == bytes, "{name}: the file was changed");
    }
}

#[test]
fn folder_that_cannot_be_made_is_refused_with_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a-file");
    fs::write(&file, "").unwrap();
    let misplaced = folder.path().join("with/a-file");
    fs::create_dir_all(misplaced.join("moyun.redb")).unwrap();
    for wrong in [file.clone(), file.join("below"), misplaced] {
        let refusal = refusal(&wrong);
        assert!(matches!(refusal, OpenError::Folder { .. }), "{refusal:?}");
        let told = refusal.to_string();
        assert!(told.contains("a-file") && told.contains("move away what is there"), "{told}");
    }
}
