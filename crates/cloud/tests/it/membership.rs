//! What instances join, take and leave in the course of their life.

use moyun_cloud::ecs::instance::given::one_created;
use moyun_cloud::ecs::key_pair::given::instance_with_key_pair;
use moyun_cloud::ecs::security_group::given::{instance_and_groups, instance_with_moving_disk};
use moyun_cloud::errors::{
    ChangeInProgress, InstanceLastGroup, InstanceStatusWrong, KeyPairInUse, PublicAddressPresent,
    SecurityGroupHasInstances,
};
use moyun_cloud::story::Story;
use serde_json::{Value, json};

#[test]
fn a_group_counts_an_instance_from_its_joining_to_its_leaving() {
    let mut story = begin(instance_and_groups);
    let delete = "RegionId=cn-hangzhou&SecurityGroupId=$other";
    story.call("JoinSecurityGroup", "InstanceId=$i&SecurityGroupId=$other");
    assert_eq!(groups(&mut story), [story.named("sg"), story.named("other")]);
    let listed = story.call("DescribeInstances", delete);
    assert_eq!(listed["TotalCount"], 1);
    let refusal = story.try_call("DeleteSecurityGroup", delete).unwrap_err();
    assert_eq!(refusal.row, &SecurityGroupHasInstances);

    story.call("LeaveSecurityGroup", "InstanceId=$i&SecurityGroupId=$other");
    assert_eq!(groups(&mut story), [story.named("sg")]);
    story.call("DeleteSecurityGroup", delete);
    let refusal = story.try_call("LeaveSecurityGroup", "InstanceId=$i&SecurityGroupId=$sg").unwrap_err();
    assert_eq!(refusal.row, &InstanceLastGroup);
}

#[test]
fn an_instance_joins_at_rest_and_not_while_it_moves() {
    let mut story = begin(instance_and_groups);
    let join = "InstanceId=$i&SecurityGroupId=$other";
    story.call("StopInstance", "InstanceId=$i");
    assert_eq!(story.try_call("JoinSecurityGroup", join).unwrap_err().row, &InstanceStatusWrong);
    story.pass_ms(10_000);
    story.call("JoinSecurityGroup", join);
}

#[test]
fn a_disk_on_its_way_holds_up_joining_and_leaving() {
    let mut story = begin(instance_with_moving_disk);
    for (action, group) in [("JoinSecurityGroup", "$other"), ("LeaveSecurityGroup", "$second")] {
        let request = format!("InstanceId=$i&SecurityGroupId={group}");
        assert_eq!(story.try_call(action, &request).unwrap_err().row, &ChangeInProgress);
    }
}

#[test]
fn a_public_address_is_shown_and_stays_the_only_one() {
    let mut story = begin(one_created);
    let made = story.call("AllocatePublicIpAddress", "InstanceId=$i");
    let shown = story.call("DescribeInstanceAttribute", "InstanceId=$i");
    assert_eq!(shown["PublicIpAddress"]["IpAddress"], json!([made["IpAddress"]]));
    let refusal = story.try_call("AllocatePublicIpAddress", "InstanceId=$i").unwrap_err();
    assert_eq!(refusal.row, &PublicAddressPresent);
}

#[test]
fn a_key_pair_can_go_once_it_is_detached() {
    let mut story = begin(instance_with_key_pair);
    let delete = "RegionId=cn-hangzhou&KeyPairNames=[\"login\"]";
    assert_eq!(story.try_call("DeleteKeyPairs", delete).unwrap_err().row, &KeyPairInUse);
    story.call("DetachKeyPair", "RegionId=cn-hangzhou&KeyPairName=login&InstanceIds=$ids");
    let shown = story.call("DescribeInstances", "RegionId=cn-hangzhou&InstanceIds=$ids");
    assert_eq!(shown["Instances"]["Instance"][0]["KeyPairName"], "");
    story.call("DeleteKeyPairs", delete);
}

fn begin(given: fn(&mut Story)) -> Story {
    let mut story = Story::begin();
    given(&mut story);
    story
}

fn groups(story: &mut Story) -> Vec<String> {
    let shown: Value = story.call("DescribeInstanceAttribute", "InstanceId=$i");
    let ids = shown["SecurityGroupIds"]["SecurityGroupId"].as_array().expect("ids are a list").iter();
    ids.map(|id| id.as_str().expect("ids are texts").to_owned()).collect()
}
