//! Network interfaces over several calls.

use moyun_cloud::ecs::instance::given::one_running;
use moyun_cloud::ecs::security_group::given::instance_and_groups;
use moyun_cloud::story::Story;
use serde_json::{Value, json};

use crate::given::another_account;

#[test]
fn an_interface_is_the_one_that_its_instance_shows() {
    let mut story = Story::begin();
    one_running(&mut story);
    let shown = story.call("DescribeInstances", "RegionId=cn-hangzhou")["Instances"]["Instance"][0].clone();
    let interface = &interfaces(&mut story, "InstanceId=$i")[0];
    let of_instance = &shown["NetworkInterfaces"]["NetworkInterface"][0];
    for name in ["NetworkInterfaceId", "MacAddress", "Type"] {
        assert_eq!(interface[name], of_instance[name], "{name}");
    }
    assert_eq!(interface["PrivateIpAddress"], of_instance["PrimaryIpAddress"]);
    for name in ["VpcId", "VSwitchId"] {
        assert_eq!(interface[name], shown["VpcAttributes"][name], "{name}");
    }
    for name in ["ZoneId", "ResourceGroupId", "SecurityGroupIds", "Tags", "InstanceId"] {
        assert_eq!(interface[name], shown[name], "{name}");
    }
    assert_eq!(interfaces(&mut story, "Tag.1.Key=role&Tag.1.Value=web").len(), 1);
    let id = interface["NetworkInterfaceId"].as_str().expect("an ID is text");
    let found = interfaces(&mut story, &format!("NetworkInterfaceId.1={id}&NetworkInterfaceId.2=eni-none"));
    assert_eq!(found, std::slice::from_ref(interface));
    for nothing in ["Status=Available", "Type=Secondary", "ServiceManaged=true", "VpcId=vpc-none"] {
        assert_eq!(interfaces(&mut story, nothing), [Value::Null; 0], "{nothing}");
    }

    another_account(&mut story);
    assert_eq!(interfaces(&mut story, "PageSize=500"), [Value::Null; 0]);
}

#[test]
fn an_interface_follows_the_groups_of_its_instance_and_goes_with_it() {
    let mut story = Story::begin();
    instance_and_groups(&mut story);
    assert_eq!(interfaces(&mut story, "SecurityGroupId=$other"), [Value::Null; 0]);
    story.call("JoinSecurityGroup", "InstanceId=$i&SecurityGroupId=$other");
    let joined = interfaces(&mut story, "SecurityGroupId=$other");
    let groups = json!([story.named("sg"), story.named("other")]);
    assert_eq!(joined[0]["SecurityGroupIds"]["SecurityGroupId"], groups);

    story.call("DeleteInstance", "InstanceId=$i&Force=true");
    story.pass_ms(3_600_000);
    assert_eq!(interfaces(&mut story, ""), [Value::Null; 0]);
}

fn interfaces(story: &mut Story, filter: &str) -> Vec<Value> {
    let reply = story.call("DescribeNetworkInterfaces", &format!("RegionId=cn-hangzhou&{filter}"));
    reply["NetworkInterfaceSets"]["NetworkInterfaceSet"].as_array().expect("they are a list").clone()
}
