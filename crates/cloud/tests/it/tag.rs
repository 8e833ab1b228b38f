//! Tags over several calls.

use moyun_cloud::ecs::image::given::one_image;
use moyun_cloud::ecs::instance::given::{one_running, three_running};
use moyun_cloud::ecs::security_group::given::one_group;
use moyun_cloud::ecs::snapshot::given::{import, of_image};
use moyun_cloud::ecs::tag::given::tagged;
use moyun_cloud::errors::TagResourceNotFound;
use moyun_cloud::story::Story;

use crate::given::another_account;

const GROUP: &str = "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=$group";

#[test]
fn tags_are_replaced_listed_and_taken_off() {
    let mut story = Story::begin();
    one_group(&mut story);
    assert_eq!(tags(&mut story, GROUP), ["team=a"]);
    story.call(
        "TagResources",
        &format!("{GROUP}&Tag.1.Key=env&Tag.1.Value=test&Tag.2.Key=team&Tag.2.Value=b"),
    );
    assert_eq!(tags(&mut story, GROUP), ["team=b", "env=test"]);
    let shown = story.call("DescribeSecurityGroups", "RegionId=cn-hangzhou&Tag.1.Key=team&Tag.1.Value=b");
    assert_eq!(shown["TotalCount"], 1);

    story.call("UntagResources", &format!("{GROUP}&TagKey.1=team&TagKey.2=none&All=true"));
    assert_eq!(tags(&mut story, GROUP), ["env=test"]);
    story.call("UntagResources", &format!("{GROUP}&All=true"));
    assert_eq!(tags(&mut story, GROUP), [""; 0]);
}

#[test]
fn the_older_calls_tag_one_resource_and_count_what_is_in_use() {
    let mut story = Story::begin();
    tagged(&mut story);
    let of_group = "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId=$group";
    story.call("AddTags", &format!("{of_group}&Tag.1.Key=team&Tag.1.Value=b&Tag.2.Key=new"));
    assert_eq!(tags(&mut story, GROUP), ["team=b", "env=live", "new="]);
    let used = story.call("DescribeTags", "RegionId=cn-hangzhou&Tag.1.Key=team&Tag.1.Value=b");
    assert_eq!(used["TotalCount"], 1);
    assert_eq!(used["Tags"]["Tag"][0]["ResourceTypeCount"]["Securitygroup"], 2);

    story.call("RemoveTags", &format!("{of_group}&Tag.1.Key=team&Tag.2.Key=env&Tag.2.Value=none"));
    assert_eq!(tags(&mut story, GROUP), ["env=live", "new="]);
    let used = story.call("DescribeTags", "RegionId=cn-hangzhou&Tag.1.Key=team&Tag.1.Value=b");
    assert_eq!(used["Tags"]["Tag"][0]["ResourceTypeCount"]["Securitygroup"], 1);
}

#[test]
fn one_unknown_resource_keeps_all_from_change() {
    let mut story = Story::begin();
    tagged(&mut story);
    let before = story.dump();
    for (action, what) in [("TagResources", "Tag.1.Key=new"), ("UntagResources", "All=true")] {
        let refusal = story.try_call(action, &format!("{GROUP}&ResourceId.2=sg-none&{what}")).unwrap_err();
        assert_eq!(refusal.row, &TagResourceNotFound);
    }
    assert_eq!(story.dump(), before);
}

#[test]
fn instances_and_disks_take_tags() {
    let mut story = Story::begin();
    one_running(&mut story);
    for (kind, id) in [("instance", "$i"), ("disk", "$data")] {
        let request = format!("RegionId=cn-hangzhou&ResourceType={kind}&ResourceId.1={id}");
        story.call("UntagResources", &format!("{request}&All=true"));
        story.call("TagResources", &format!("{request}&Tag.1.Key=team&Tag.1.Value="));
        assert_eq!(tags(&mut story, &request), ["team="], "{kind}");
    }
    let shown = story.call("DescribeInstances", "RegionId=cn-hangzhou&Tag.1.Key=team");
    let tag = &shown["Instances"]["Instance"][0]["Tags"]["Tag"];
    assert_eq!(*tag, serde_json::json!([{ "TagKey": "team", "TagValue": "" }]));
}

#[test]
fn instances_are_found_by_the_tags_that_they_carry_now() {
    let mut story = Story::begin();
    three_running(&mut story);
    let tag = |story: &mut Story, id: &str, value: &str| {
        let request = format!("RegionId=cn-hangzhou&ResourceType=instance&ResourceId.1={id}");
        story.call("TagResources", &format!("{request}&Tag.1.Key=shelf&Tag.1.Value={value}"));
    };
    let found = |story: &mut Story, filter: &str| {
        let reply = story.call("DescribeInstances", &format!("RegionId=cn-hangzhou&{filter}"));
        let list = reply["Instances"]["Instance"].as_array().expect("instances are a list");
        let ids =
            list.iter().map(|instance| instance["InstanceId"].as_str().expect("an id is text").to_owned());
        ids.collect::<Vec<_>>()
    };
    let [i, j, k] = ["i", "j", "k"].map(|name| story.named(name).to_owned());
    for (id, value) in [("$i", "a"), ("$j", "ab"), ("$k", "")] {
        tag(&mut story, id, value);
    }
    assert_eq!(found(&mut story, "Tag.1.Key=shelf"), [k.as_str(), &j, &i]);
    assert_eq!(found(&mut story, "Tag.1.Key=shelf&Tag.1.Value=a"), [i.as_str()]);
    assert_eq!(found(&mut story, "Tag.1.Key=shelf&InstanceName=none"), [""; 0]);
    assert_eq!(found(&mut story, "Tag.1.Key=she"), [""; 0]);
    tag(&mut story, "$i", "ab");
    assert_eq!(found(&mut story, "Tag.1.Key=shelf&Tag.1.Value=a"), [""; 0]);
    assert_eq!(found(&mut story, "Tag.1.Key=shelf&Tag.1.Value=ab"), [j.as_str(), &i]);
    story.call("DeleteInstance", "InstanceId=$j&Force=true");
    assert_eq!(found(&mut story, "Tag.1.Key=shelf&Tag.1.Value=ab"), [i.as_str()]);
}

#[test]
fn long_lists_come_page_by_page() {
    let mut story = Story::begin();
    for _ in 0..60 {
        story.call("CreateSecurityGroup", "RegionId=cn-hangzhou&Tag.1.Key=team&Tag.1.Value=a");
    }
    story.call("CreateSecurityGroup", "RegionId=cn-hangzhou");
    let request = "RegionId=cn-hangzhou&ResourceType=securitygroup&Tag.1.Key=team";
    let first = story.call("ListTagResources", request);
    assert_eq!(first["TagResources"]["TagResource"].as_array().unwrap().len(), 50);
    let token = first["NextToken"].as_str().unwrap();
    let last = story.call("ListTagResources", &format!("{request}&NextToken={token}"));
    assert_eq!(last["TagResources"]["TagResource"].as_array().unwrap().len(), 10);
    assert_eq!(last["NextToken"], "");
}

#[test]
fn two_accounts_never_meet() {
    let mut story = Story::begin();
    tagged(&mut story);
    another_account(&mut story);
    assert_eq!(tags(&mut story, GROUP), [""; 0]);
    let request = "RegionId=cn-hangzhou&ResourceType=securitygroup&Tag.1.Key=team";
    assert_eq!(tags(&mut story, request), [""; 0]);
    let refusal = story.try_call("TagResources", &format!("{GROUP}&Tag.1.Key=team")).unwrap_err();
    assert_eq!(refusal.row, &TagResourceNotFound);
}

/// The tags that a request lists, as `key=value`.
fn tags(story: &mut Story, request: &str) -> Vec<String> {
    let reply = story.call("ListTagResources", request);
    let tags = reply["TagResources"]["TagResource"].as_array().expect("tags are a list");
    let text = |value: &serde_json::Value| value.as_str().expect("a tag is text").to_owned();
    tags.iter().map(|tag| format!("{}={}", text(&tag["TagKey"]), text(&tag["TagValue"]))).collect()
}

#[test]
fn images_and_snapshots_take_tags_and_are_found_by_them() {
    let mut story = Story::begin();
    of_image(&mut story);
    import(&mut story, "s-imported", serde_json::json!({}));
    for (kind, id, list) in [
        ("image", "$m", "DescribeImages"),
        ("snapshot", "$s", "DescribeSnapshots"),
        ("snapshot", "s-imported", "DescribeSnapshots"),
    ] {
        let request = format!("RegionId=cn-hangzhou&ResourceType={kind}&ResourceId.1={id}");
        story.call("TagResources", &format!("{request}&Tag.1.Key=stage&Tag.1.Value={id}"));
        let found = story.call(list, &format!("RegionId=cn-hangzhou&Tag.1.Key=stage&Tag.1.Value={id}"));
        assert_eq!(found["TotalCount"], 1, "{id}");
        assert!(!tags(&mut story, &request).is_empty());
        story.call("UntagResources", &format!("{request}&All=true"));
        assert_eq!(tags(&mut story, &request), [""; 0]);
    }
}

#[test]
fn a_deleted_image_takes_no_tags() {
    let mut story = Story::begin();
    one_image(&mut story);
    story.call("DeleteImage", "RegionId=cn-hangzhou&ImageId=$m");
    let request = "RegionId=cn-hangzhou&ResourceType=image&ResourceId.1=$m&Tag.1.Key=stage";
    assert_eq!(story.try_call("TagResources", request).unwrap_err().row, &TagResourceNotFound);
}
