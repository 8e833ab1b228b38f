//! Tags of RAM over several calls.

use moyun_cloud::errors::{RamDeniesAction, RamEntityRoleNotFound};
use moyun_cloud::ram::given::one_user;
use moyun_cloud::ram::tag::given::tagged;
use moyun_cloud::story::Story;
use serde_json::json;

use crate::given::another_account;

const WORKER: &str = r#"ResourceType=role&ResourceNames=["worker"]"#;

#[test]
fn tags_are_replaced_shown_and_taken_off() {
    let mut story = Story::begin();
    tagged(&mut story);
    story.call(
        "Ram:TagResources",
        &format!(r#"{WORKER}&Tag=[{{"Key":"env","Value":"test"}},{{"Key":"cost"}}]"#),
    );
    assert_eq!(tags(&mut story, WORKER), ["team=ops", "env=test", "cost="]);
    story.call("Ram:UntagResources", &format!(r#"{WORKER}&TagKeys=["team","cost"]"#));
    let shown = story.call("Ram:GetRole", "RoleName=worker");
    assert_eq!(shown["Role"]["Tags"]["Tag"], json!([{ "TagKey": "env", "TagValue": "test" }]));
    story.call("Ram:UntagResources", &format!("{WORKER}&All=true"));
    assert_eq!(tags(&mut story, WORKER), [""; 0]);
}

#[test]
fn tags_go_with_their_resource() {
    let mut story = Story::begin();
    tagged(&mut story);
    story.call("Ram:DeleteRole", "RoleName=worker");
    story.call("Ram:CreateRole", "RoleName=worker&AssumeRolePolicyDocument=$trust");
    assert_eq!(tags(&mut story, WORKER), [""; 0]);
    story.call("Ram:DeletePolicy", "PolicyName=start-only");
    story.call("Ram:CreatePolicy", "PolicyName=start-only&PolicyDocument=$document");
    assert_eq!(tags(&mut story, "ResourceType=policy"), [""; 0]);
}

#[test]
fn an_operator_who_changes_a_policy_leaves_its_tags() {
    let mut story = Story::begin();
    tagged(&mut story);
    story.patch("ram/1000000000000001/policies/start-only", json!({ "description": "Anew" }));
    assert_eq!(tags(&mut story, "ResourceType=policy"), ["team=ops", "env=live"]);
}

#[test]
fn long_lists_come_page_by_page() {
    let mut story = Story::begin();
    tagged(&mut story);
    let first = story.call("Ram:ListTagResources", "ResourceType=role&PageSize=1");
    assert_eq!(first["TagResources"][0]["ResourceName"], "helper");
    let token = first["NextToken"].as_str().unwrap();
    let rest = story.call("Ram:ListTagResources", &format!("ResourceType=role&NextToken={token}"));
    assert_eq!(rest["TagResources"][0]["ResourceName"], "worker");
    assert_eq!(rest["NextToken"], "");
}

#[test]
fn the_right_to_tag_one_role_is_none_to_tag_another() {
    let mut story = Story::begin();
    tagged(&mut story);
    one_user(&mut story);
    story.bind(
        "right",
        r#"{"Version":"1","Statement":{"Effect":"Allow","Action":"ram:TagResources","Resource":"acs:ram:*:*:role/worker"}}"#,
    );
    story.call("Ram:CreatePolicy", "PolicyName=tag-worker&PolicyDocument=$right");
    story.call("Ram:AttachPolicyToUser", "PolicyType=Custom&PolicyName=tag-worker&UserName=ann");
    story.act_as_user("ann");
    story.call("Ram:TagResources", &format!("{WORKER}&Tag.1.Key=cost"));
    let both = r#"ResourceType=role&ResourceNames=["worker","helper"]&Tag.1.Key=cost"#;
    assert_eq!(story.try_call("Ram:TagResources", both).unwrap_err().row, &RamDeniesAction);
}

#[test]
fn two_accounts_never_meet() {
    let mut story = Story::begin();
    tagged(&mut story);
    another_account(&mut story);
    assert_eq!(tags(&mut story, "ResourceType=role"), [""; 0]);
    let refusal = story.try_call("Ram:TagResources", &format!("{WORKER}&Tag.1.Key=team")).unwrap_err();
    assert_eq!(refusal.row, &RamEntityRoleNotFound);
}

/// The tags that a request lists, as `key=value`.
fn tags(story: &mut Story, request: &str) -> Vec<String> {
    let reply = story.call("Ram:ListTagResources", request);
    let tags = reply["TagResources"].as_array().expect("tags are a list");
    let text = |value: &serde_json::Value| value.as_str().expect("a tag is text").to_owned();
    tags.iter().map(|tag| format!("{}={}", text(&tag["TagKey"]), text(&tag["TagValue"]))).collect()
}
