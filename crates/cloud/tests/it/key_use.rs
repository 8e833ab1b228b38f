//! The last use of an access key: noted at once, stored now and then.

use moyun_cloud::errors::RamDeniesAction;
use moyun_cloud::ram::given::{a_used_key, one_key};
use moyun_cloud::story::Story;

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
