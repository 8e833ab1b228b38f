//! Network interfaces over several calls.

use moyun_cloud::ecs::instance::given::{one_pending_of, one_running};
use moyun_cloud::ecs::network_interface::given::one_attached;
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

#[test]
fn an_attached_interface_is_shown_by_its_instance_and_outlives_it_if_told_so() {
    let mut story = Story::begin();
    one_attached(&mut story);
    let shown = interfaces(&mut story, "InstanceId=$i&Type=Secondary")[0].clone();
    assert_eq!(shown["Attachment"]["DeviceIndex"], 1);
    let instances = story.call("DescribeInstances", "RegionId=cn-hangzhou&InstanceIds=[\"$i\"]");
    let of_instance = &instances["Instances"]["Instance"][0]["NetworkInterfaces"]["NetworkInterface"][1];
    for name in ["NetworkInterfaceId", "MacAddress", "Type"] {
        assert_eq!(of_instance[name], shown[name], "{name}");
    }
    assert_eq!(of_instance["PrimaryIpAddress"], shown["PrivateIpAddress"]);

    let keep = "RegionId=cn-hangzhou&NetworkInterfaceId=$eni&DeleteOnRelease=false";
    story.call("ModifyNetworkInterfaceAttribute", keep);
    story.call("DeleteInstance", "InstanceId=$i&Force=true");
    let left = interfaces(&mut story, "Status=Available");
    assert_eq!(left[0]["NetworkInterfaceId"].as_str(), Some(story.named("eni")));
    assert_eq!(left[0].get("Attachment"), None);
}

#[test]
fn an_interface_goes_with_its_instance_and_its_addresses_are_free_again() {
    let mut story = Story::begin();
    one_attached(&mut story);
    let address = interfaces(&mut story, "NetworkInterfaceId.1=$eni")[0]["PrivateIpAddress"].clone();
    let free = free_addresses(&mut story);
    story.call("DeleteInstance", "InstanceId=$i&Force=true");
    assert_eq!(interfaces(&mut story, "NetworkInterfaceId.1=$eni"), [Value::Null; 0]);
    assert_eq!(free_addresses(&mut story), free + 2, "that of the instance and that of the interface");
    let again = format!(
        "RegionId=cn-hangzhou&VSwitchId=$vsw&SecurityGroupId=$sg&PrimaryIpAddress={}",
        address.as_str().expect("an address is text")
    );
    story.call("CreateNetworkInterface", &again);
}

#[test]
fn what_is_detached_leaves_its_instance_by_the_clock() {
    let mut story = Story::begin();
    one_attached(&mut story);
    story.call("DetachNetworkInterface", "RegionId=cn-hangzhou&InstanceId=$i&NetworkInterfaceId=$eni");
    assert_eq!(interfaces(&mut story, "InstanceId=$i&Type=Secondary")[0]["Status"], "Detaching");
    story.pass_ms(10_000);
    assert_eq!(interfaces(&mut story, "InstanceId=$i&Type=Secondary"), [Value::Null; 0]);
    assert_eq!(interfaces(&mut story, "NetworkInterfaceId.1=$eni")[0]["Status"], "Available");
    story.call("DeleteNetworkInterface", "RegionId=cn-hangzhou&NetworkInterfaceId=$eni");
    assert_eq!(interfaces(&mut story, "NetworkInterfaceId.1=$eni"), [Value::Null; 0]);
}

#[test]
fn primary_and_other_interfaces_are_tagged_and_named_alike() {
    let mut story = Story::begin();
    one_attached(&mut story);
    for interface in ["$primary", "$eni"] {
        let tag = format!("ResourceType=eni&ResourceId.1={interface}&Tag.1.Key=team&Tag.1.Value=net");
        story.call("TagResources", &format!("RegionId=cn-hangzhou&{tag}"));
        let name = format!("NetworkInterfaceId={interface}&NetworkInterfaceName=named");
        story.call("ModifyNetworkInterfaceAttribute", &format!("RegionId=cn-hangzhou&{name}"));
    }
    let found = interfaces(&mut story, "Tag.1.Key=team&Tag.1.Value=net&NetworkInterfaceName=named");
    assert_eq!(found.len(), 2);
    let tagged = story.call("ListTagResources", "RegionId=cn-hangzhou&ResourceType=eni&Tag.1.Key=team");
    assert_eq!(tagged["TagResources"]["TagResource"].as_array().map(Vec::len), Some(2));
    let counted = story.call("DescribeTags", "RegionId=cn-hangzhou&Tag.1.Key=team");
    assert_eq!(counted["Tags"]["Tag"][0]["ResourceTypeCount"]["Eni"], 2);
}

#[test]
fn ipv6_addresses_of_a_creation_are_shown_and_found() {
    let mut story = Story::begin();
    one_pending_of(
        &mut story,
        "Ipv6Address.1=2001:db8::1&NetworkInterface.1.Ipv6AddressCount=2&NetworkInterface.1.PrimaryIpAddress=10.0.1.80",
    );
    let secondary = interfaces(&mut story, "Type=Secondary&PrivateIpAddress.1=10.0.1.80")[0].clone();
    let given = secondary["Ipv6Sets"]["Ipv6Set"].as_array().expect("they are a list").clone();
    assert_eq!(given.len(), 2);
    for address in [&json!("2001:db8::1"), &given[1]["Ipv6Address"]] {
        let address = address.as_str().expect("an address is text");
        let request = format!("RegionId=cn-hangzhou&Ipv6Address.1={address}");
        assert_eq!(story.call("DescribeInstances", &request)["TotalCount"], 1, "{address}");
        assert_eq!(interfaces(&mut story, &format!("Ipv6Address.1={address}")).len(), 1, "{address}");
    }
}

#[test]
fn pages_by_token_hold_every_interface_once() {
    let mut story = Story::begin();
    one_attached(&mut story);
    let mut seen = vec![];
    let mut token = String::new();
    loop {
        let request = format!("RegionId=cn-hangzhou&MaxResults=1&NextToken={token}");
        let page = story.call("DescribeNetworkInterfaces", &request);
        let id = page["NetworkInterfaceSets"]["NetworkInterfaceSet"][0]["NetworkInterfaceId"].clone();
        seen.push(id.as_str().expect("each page but the last has one").to_owned());
        token = page["NextToken"].as_str().expect("a page says where it ends").to_owned();
        if token.is_empty() {
            break;
        }
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 3, "two primary ones and one beside them");
}

fn free_addresses(story: &mut Story) -> i64 {
    let v_switch = story.call("Vpc:DescribeVSwitchAttributes", "RegionId=cn-hangzhou&VSwitchId=$vsw");
    v_switch["AvailableIpAddressCount"].as_i64().expect("it is a number")
}

fn interfaces(story: &mut Story, filter: &str) -> Vec<Value> {
    let reply = story.call("DescribeNetworkInterfaces", &format!("RegionId=cn-hangzhou&{filter}"));
    reply["NetworkInterfaceSets"]["NetworkInterfaceSet"].as_array().expect("they are a list").clone()
}
