//! Instances that go to another vSwitch, address or VPC.

use moyun_cloud::ecs::instance::given::run;
use moyun_cloud::ecs::instance::moves_given::stopped_beside_networks;
use moyun_cloud::errors::InstanceMovedAlready;
use moyun_cloud::story::Story;
use serde_json::json;

#[test]
fn an_instance_that_moves_keeps_its_interface_and_frees_its_address() {
    let mut story = Story::begin();
    stopped_beside_networks(&mut story);
    let interface = |story: &mut Story| {
        let reply = story.call("DescribeInstances", "RegionId=cn-hangzhou&InstanceIds=[\"$i\"]");
        reply["Instances"]["Instance"][0]["NetworkInterfaces"]["NetworkInterface"][0].clone()
    };
    let before = interface(&mut story);
    let far =
        "InstanceId=$i&VpcId=$far_vpc&VSwitchId=$far&SecurityGroupId.1=$far_sg&PrivateIpAddress=10.0.1.50";
    story.call("ModifyInstanceVpcAttribute", far);
    let after = interface(&mut story);
    assert_eq!(after["MacAddress"], before["MacAddress"]);
    assert_eq!(after["NetworkInterfaceId"], before["NetworkInterfaceId"]);
    assert_eq!(after["PrimaryIpAddress"], "10.0.1.50");
    let members = |story: &mut Story, group: &str| {
        let request = format!("RegionId=cn-hangzhou&SecurityGroupId={group}");
        story.call("DescribeInstances", &request)["TotalCount"].clone()
    };
    assert_eq!((members(&mut story, "$far_sg"), members(&mut story, "$sg")), (json!(1), json!(1)));

    // Another instance takes the old address, and this one moves back only after it has run.
    run(&mut story, "k", &format!("PrivateIpAddress={}", before["PrimaryIpAddress"].as_str().unwrap()));
    let back = "InstanceId=$i&VpcId=$vpc&VSwitchId=$near&SecurityGroupId.1=$sg";
    let refusal = story.try_call("ModifyInstanceVpcAttribute", back).unwrap_err();
    assert_eq!(refusal.row, &InstanceMovedAlready);
    story.call("StartInstance", "InstanceId=$i");
    story.pass_ms(10_000);
    story.call("StopInstance", "InstanceId=$i");
    story.pass_ms(10_000);
    story.call("ModifyInstanceVpcAttribute", back);
}
