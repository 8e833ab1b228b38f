//! The last use of an access key: noted at once, stored now and then.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use moyun_cloud::errors::RamDeniesAction;
use moyun_cloud::ram::given::{a_used_key, one_key};
use moyun_cloud::story::Story;
use moyun_store::{Engine, Fault, Job, Lane, MemoryEngine, Reader};
use serde_json::{Value, json};

use crate::given::another_account;

const KEY: &str = "UserName=ann&UserAccessKeyId=$key";

#[test]
fn a_use_is_told_at_once_and_writes_nothing() {
    let mut story = Story::begin();
    one_key(&mut story);
    assert_eq!(last_used(&mut story), "");
    story.pass_ms(5000);
    let before = story.dump();
    as_ann(&mut story, |story| {
        let refusal = story.try_call("DescribeRegions", "").unwrap_err();
        assert_eq!(refusal.row, &RamDeniesAction);
    });
    assert_eq!(last_used(&mut story), "2026-01-01T00:00:05Z");
    assert_eq!(story.dump(), before);
}

#[test]
fn a_stored_use_is_told_until_there_is_a_later_one() {
    let mut story = Story::begin();
    a_used_key(&mut story);
    story.cloud().store_uses().unwrap();
    assert_eq!(last_used(&mut story), "2026-01-01T00:00:01Z");
    as_ann(&mut story, |story| drop(story.call("DescribeRegions", "")));
    assert_eq!(last_used(&mut story), "2026-01-01T00:00:02Z");
    story.cloud().store_uses().unwrap();
    assert_eq!(last_used(&mut story), "2026-01-01T00:00:02Z");
}

#[test]
fn the_last_use_goes_with_the_key() {
    let mut story = Story::begin();
    a_used_key(&mut story);
    story.cloud().store_uses().unwrap();
    as_ann(&mut story, |story| drop(story.call("DescribeRegions", "")));
    story.call("Ram:DeleteAccessKey", KEY);
    story.cloud().store_uses().unwrap();
    let id = story.named("key").to_owned();
    let holds = |bytes: &[u8]| bytes.windows(id.len()).any(|window| window == id.as_bytes());
    assert!(!story.dump().iter().any(|(key, _)| holds(key)));
}

#[test]
fn the_last_use_goes_with_the_user_whom_the_world_takes_away() {
    let mut story = Story::begin();
    a_used_key(&mut story);
    story.cloud().store_uses().unwrap();
    story.patch("ram/1000000000000001", Value::Null);
    let id = story.named("key").to_owned();
    let holds = |bytes: &[u8]| bytes.windows(id.len()).any(|window| window == id.as_bytes());
    assert!(!story.dump().iter().any(|(key, _)| holds(key)));
}

#[test]
fn a_key_that_the_world_takes_away_and_gives_back_is_the_same_key() {
    let mut story = Story::begin();
    a_used_key(&mut story);
    story.cloud().store_uses().unwrap();
    story.patch("access_keys/$key", Value::Null);
    assert!(story.try_call("Ram:GetAccessKeyLastUsed", KEY).is_err());
    let facts =
        json!({ "secret": "other", "account": "1000000000000001", "kind": "ram_user", "principal": "ann" });
    story.patch("access_keys/$key", facts);
    assert_eq!(last_used(&mut story), "2026-01-01T00:00:01Z");
}

#[test]
fn an_older_use_never_replaces_a_later_one_of_another_server() {
    let engine = Arc::new(MemoryEngine::new());
    let mut slow = Story::on(engine.clone());
    a_used_key(&mut slow);
    let mut quick = Story::on(engine.clone());
    quick.bind("key", slow.named("key"));
    as_ann(&mut quick, |story| drop(story.call("DescribeRegions", "")));
    quick.cloud().store_uses().unwrap();
    slow.cloud().store_uses().unwrap();
    let mut third = Story::on(engine);
    third.bind("key", slow.named("key"));
    assert_eq!(last_used(&mut third), "2026-01-01T00:00:02Z");
}

#[test]
fn uses_that_could_not_be_stored_are_stored_the_next_time() {
    let engine = Arc::new(Breakable::default());
    let mut story = Story::on(engine.clone());
    a_used_key(&mut story);
    engine.is_broken.store(true, Ordering::Relaxed);
    let before = story.dump();
    assert!(story.cloud().store_uses().is_err());
    assert_eq!(story.dump(), before);
    assert_eq!(last_used(&mut story), "2026-01-01T00:00:01Z");
    engine.is_broken.store(false, Ordering::Relaxed);
    story.cloud().store_uses().unwrap();
    let mut other = Story::on(engine);
    other.bind("key", story.named("key"));
    assert_eq!(last_used(&mut other), "2026-01-01T00:00:01Z");
}

#[test]
fn a_reset_forgets_uses() {
    let mut story = Story::begin();
    a_used_key(&mut story);
    story.cloud().reset().unwrap();
    let planted = story.dump();
    story.cloud().store_uses().unwrap();
    assert_eq!(story.dump(), planted);
}

#[test]
fn other_accounts_are_told_nothing() {
    let mut story = Story::begin();
    a_used_key(&mut story);
    another_account(&mut story);
    assert!(story.try_call("Ram:GetAccessKeyLastUsed", KEY).is_err());
}

/// Does something with the key of `ann`, and goes on as the account.
fn as_ann(story: &mut Story, act: impl FnOnce(&mut Story)) {
    story.act_with_key("$key");
    act(story);
    story.act_as("1000000000000001");
}

fn last_used(story: &mut Story) -> String {
    let reply = story.call("Ram:GetAccessKeyLastUsed", KEY);
    reply["AccessKeyLastUsed"]["LastUsedDate"].as_str().expect("a date is text").to_owned()
}

/// An engine in memory whose commits fail while it is broken.
#[derive(Default)]
struct Breakable {
    engine: MemoryEngine,
    is_broken: AtomicBool,
}

impl Engine for Breakable {
    fn read(&self, job: &mut dyn FnMut(&dyn Reader)) -> Result<(), Fault> {
        self.engine.read(job)
    }
    fn write(&self, lane: &Lane, mut job: Box<dyn Job>) {
        if !self.is_broken.load(Ordering::Relaxed) {
            return self.engine.write(lane, job);
        }
        self.engine.read(&mut |view| drop(job.run(view))).expect("a memory can be read");
        job.done(Err(Fault::new("the disk is gone")));
    }
    fn may_block(&self) -> bool {
        self.engine.may_block()
    }
    fn close(&self) {
        self.engine.close();
    }
}
