//! Security groups over several calls.

use moyun_cloud::ecs::security_group::given::{
    classic_groups, group_with_instance, group_with_rules, one_group, two_groups,
};
use moyun_cloud::errors::{
    ErrorRow, RuleSourceGroupNotFound, SecurityGroupHasInstances, SecurityGroupNotFound,
    SecurityGroupReferenced, TooManyRules, VpcForNewResourceNotFound,
};
use moyun_cloud::story::Story;
use moyun_cloud::vpc::given::one_vpc;
use serde_json::Value;

use crate::given::another_account;

const GROUP: &str = "RegionId=cn-hangzhou&SecurityGroupId=$group";
const SSH: &str =
    "RegionId=cn-hangzhou&SecurityGroupId=$group&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8";

#[test]
fn rules_appear_never_double_and_vanish() {
    let mut story = begin(one_group);
    assert_eq!(rules(&mut story).len(), 0);
    story.call("AuthorizeSecurityGroup", SSH);
    let first = rules(&mut story);
    assert_eq!(first.len(), 1);
    assert_eq!(first[0]["IpProtocol"], "TCP");
    assert_eq!(first[0]["Policy"], "Accept");
    assert_eq!(first[0]["Priority"], "1");

    story.call("AuthorizeSecurityGroup", &SSH.replace("tcp", "TCP"));
    story.call("AuthorizeSecurityGroup", &format!("{SSH}&Policy=Accept&Priority=1&Description=again"));
    assert_eq!(rules(&mut story), first);

    story.call("AuthorizeSecurityGroup", &format!("{SSH}&Priority=2"));
    story.call("AuthorizeSecurityGroup", &format!("{SSH}&Policy=drop"));
    assert_eq!(rules(&mut story).len(), 3);
    story.call("RevokeSecurityGroup", &format!("{SSH}&Priority=2"));
    story.call("RevokeSecurityGroup", &format!("{SSH}&Policy=DROP"));
    assert_eq!(rules(&mut story), first);

    story.call("RevokeSecurityGroup", SSH);
    story.call("RevokeSecurityGroup", SSH);
    assert_eq!(rules(&mut story).len(), 0);
}

#[test]
fn revoking_by_id_takes_all_or_none() {
    let mut story = begin(group_with_rules);
    let request = format!("{GROUP}&SecurityGroupRuleId.1=$in&SecurityGroupRuleId.2=sgr-none");
    story.try_call("RevokeSecurityGroup", &request).unwrap_err();
    assert_eq!(rules(&mut story).len(), 4);
    story.call("RevokeSecurityGroup", &format!("{GROUP}&SecurityGroupRuleId.1=$in"));
    story.call("RevokeSecurityGroupEgress", &format!("{GROUP}&SecurityGroupRuleId.1=$out"));
    assert_eq!(rules(&mut story).len(), 2);
}

#[test]
fn a_changed_rule_keeps_its_id_its_age_and_what_was_not_named() {
    for (action, id, peer, twin) in [
        ("ModifySecurityGroupRule", "$in", "SourceCidrIp", "AuthorizeSecurityGroup"),
        ("ModifySecurityGroupEgressRule", "$out", "DestCidrIp", "AuthorizeSecurityGroupEgress"),
    ] {
        let mut story = begin(group_with_rules);
        let id_text = story.named(&id[1..]).to_owned();
        let of_id = |rules: Vec<Value>| {
            rules.into_iter().find(|rule| rule["SecurityGroupRuleId"] == *id_text).expect("the rule is there")
        };
        let mut expected = of_id(rules(&mut story));
        story.pass_ms(60_000);
        let change =
            format!("{GROUP}&SecurityGroupRuleId={id}&PortRange=80/90&{peer}=10.1.0.0/16&Priority=9");
        story.call(action, &change);
        expected["PortRange"] = "80/90".into();
        expected[peer] = "10.1.0.0/16".into();
        expected["Priority"] = "9".into();
        assert_eq!(of_id(rules(&mut story)), expected, "{action}");

        let described = format!("{GROUP}&IpProtocol=tcp&PortRange=80/90&{peer}=10.1.0.0/16&Priority=9");
        story.call(action, &format!("{described}&Description=web"));
        expected["Description"] = "web".into();
        assert_eq!(of_id(rules(&mut story)), expected, "{action}");
        story.call(twin, &described);
        assert_eq!(rules(&mut story).len(), 4, "{action}");
    }
}

#[test]
fn rules_of_one_call_are_added_together_or_not_at_all() {
    let mut story = begin(one_group);
    let rule = |n: usize| {
        format!("&Permissions.{n}.IpProtocol=tcp&Permissions.{n}.PortRange={n}/{n}&Permissions.{n}.SourceCidrIp=::")
            .replace("SourceCidrIp", "Ipv6SourceCidrIp")
    };
    let many = |count| (1..=count).map(rule).collect::<String>();
    let refusal = story.try_call("AuthorizeSecurityGroup", &format!("{GROUP}{}", many(201))).unwrap_err();
    assert_eq!(refusal.row, &TooManyRules);
    assert_eq!(rules(&mut story).len(), 0);
    story.call("AuthorizeSecurityGroup", &format!("{GROUP}{}", many(200)));
    assert_eq!(rules(&mut story).len(), 200);
}

#[test]
fn rules_come_page_by_page() {
    let mut story = begin(group_with_rules);
    let all = rules(&mut story);
    let mut seen = vec![];
    let mut token = String::new();
    loop {
        let request = format!("{GROUP}&MaxResults=3&NextToken={token}");
        let page = story.call("DescribeSecurityGroupAttribute", &request);
        seen.extend(page["Permissions"]["Permission"].as_array().unwrap().clone());
        token = page["NextToken"].as_str().unwrap().to_owned();
        if token.is_empty() {
            break;
        }
    }
    assert_eq!(seen, all);
}

#[test]
fn a_vpc_knows_one_card_and_the_classic_network_two() {
    let mut story = begin(one_group);
    story.call("AuthorizeSecurityGroup", &format!("{SSH}&NicType=internet"));
    story.call("AuthorizeSecurityGroup", &format!("{SSH}&NicType=intranet"));
    assert_eq!(rules(&mut story).len(), 1);
    assert_eq!(rules(&mut story)[0]["NicType"], "intranet");

    let mut story = begin(classic_groups);
    story.call("AuthorizeSecurityGroup", SSH);
    story.call("AuthorizeSecurityGroup", &format!("{SSH}&NicType=intranet"));
    for nic_type in ["internet", "intranet"] {
        let reply = story.call("DescribeSecurityGroupAttribute", &format!("{GROUP}&NicType={nic_type}"));
        let rules = reply["Permissions"]["Permission"].as_array().unwrap();
        assert_eq!(rules.len(), 1);
        assert_eq!(rules[0]["NicType"], nic_type);
    }
}

#[test]
fn a_group_is_kept_while_a_rule_names_it() {
    let mut story = begin(two_groups);
    let rule = "RegionId=cn-hangzhou&SecurityGroupId=$peer&IpProtocol=all&PortRange=-1/-1&DestGroupId=$group";
    story.call("AuthorizeSecurityGroupEgress", rule);
    refused(&mut story, "DeleteSecurityGroup", GROUP, &SecurityGroupReferenced);
    story.call("RevokeSecurityGroupEgress", rule);
    story.call("DeleteSecurityGroup", GROUP);
    refused(&mut story, "DescribeSecurityGroupAttribute", GROUP, &SecurityGroupNotFound);
}

#[test]
fn a_group_goes_with_its_rules_and_frees_its_peers() {
    let mut story = begin(two_groups);
    let rule =
        "RegionId=cn-hangzhou&SecurityGroupId=$peer&IpProtocol=all&PortRange=-1/-1&SourceGroupId=$group";
    story.call("AuthorizeSecurityGroup", rule);
    story.call("DeleteSecurityGroup", "RegionId=cn-hangzhou&SecurityGroupId=$peer");
    story.call("DeleteSecurityGroup", GROUP);
}

#[test]
fn members_count_and_keep_the_group() {
    let mut story = begin(group_with_instance);
    refused(&mut story, "DeleteSecurityGroup", GROUP, &SecurityGroupHasInstances);
    let account = serde_json::json!({ "quotas": { "instances_per_security_group": 1 } });
    story.patch("accounts/1000000000000001", account);
    let reply = story.call("DescribeSecurityGroups", "RegionId=cn-hangzhou");
    let group = &reply["SecurityGroups"]["SecurityGroup"][0];
    assert_eq!((&group["EcsCount"], &group["AvailableInstanceAmount"]), (&1.into(), &0.into()));
    story.call("DeleteInstance", "InstanceId=$instance&Force=true");
    story.call("DeleteSecurityGroup", GROUP);
}

#[test]
fn two_accounts_never_meet() {
    let mut story = begin(group_with_rules);
    another_account(&mut story);
    let listed = story.call("DescribeSecurityGroups", "RegionId=cn-hangzhou");
    assert_eq!(listed["TotalCount"], 0);
    for action in ["DescribeSecurityGroupAttribute", "DeleteSecurityGroup"] {
        refused(&mut story, action, GROUP, &SecurityGroupNotFound);
    }
    refused(&mut story, "AuthorizeSecurityGroup", SSH, &SecurityGroupNotFound);
    refused(&mut story, "RevokeSecurityGroup", SSH, &SecurityGroupNotFound);
    let request = "RegionId=cn-hangzhou&VpcId=$vpc";
    refused(&mut story, "CreateSecurityGroup", request, &VpcForNewResourceNotFound);
    story.make("own", "CreateSecurityGroup", "RegionId=cn-hangzhou", "SecurityGroupId");
    let request = "RegionId=cn-hangzhou&SecurityGroupId=$own&IpProtocol=tcp&PortRange=22/22&NicType=intranet\
        &SourceGroupId=$group&SourceGroupOwnerId=1000000000000001";
    refused(&mut story, "AuthorizeSecurityGroup", request, &RuleSourceGroupNotFound);
}

#[test]
fn a_creation_with_a_token_happens_once() {
    let mut story = begin(one_vpc);
    let request = "RegionId=cn-hangzhou&VpcId=$vpc&ClientToken=once";
    let first = story.call("CreateSecurityGroup", request);
    assert_eq!(story.call("CreateSecurityGroup", request), first);
    assert_eq!(story.call("DescribeSecurityGroups", "RegionId=cn-hangzhou")["TotalCount"], 1);
}

fn begin(given: fn(&mut Story)) -> Story {
    let mut story = Story::begin();
    given(&mut story);
    story
}

/// The rules of `$group`.
fn rules(story: &mut Story) -> Vec<Value> {
    let reply = story.call("DescribeSecurityGroupAttribute", GROUP);
    reply["Permissions"]["Permission"].as_array().expect("rules are a list").clone()
}

fn refused(story: &mut Story, action: &str, request: &str, row: &'static ErrorRow) {
    assert_eq!(story.try_call(action, request).expect_err(action).row, row);
}
