//! Requests about the network interfaces beside the primary one.

use crate::case::Case;
use crate::ecs::instance::creation::given::{base, request};
use crate::errors::{
    CreationSecurityGroupNotFound, InstanceTakesNoMoreInterfaces, PrivateAddressMalformed,
    SecurityGroupInOtherVpc, VSwitchNotFound,
};
use crate::story::Story;

fn another_vpc(story: &mut Story) {
    base(story);
    story.make("far_vpc", "Vpc:CreateVpc", "RegionId=cn-hangzhou", "VpcId");
    story.make("far", "CreateSecurityGroup", "RegionId=cn-hangzhou&VpcId=$far_vpc", "SecurityGroupId");
}

pub(super) const RUN: &[Case] = &[
    Case::err(
        "a second interface in an unknown group",
        base,
        request!("NetworkInterface.1.SecurityGroupId=sg-none"),
        &CreationSecurityGroupNotFound,
    )
    .instead("NetworkInterface.1.SecurityGroupId=$g"),
    Case::err(
        "a second interface in an unknown vSwitch",
        base,
        request!("NetworkInterface.1.VSwitchId=vsw-none"),
        &VSwitchNotFound,
    )
    .instead("NetworkInterface.1.VSwitchId=$w"),
    Case::err(
        "a second interface in a group of another VPC",
        another_vpc,
        request!("NetworkInterface.1.SecurityGroupId=$far"),
        &SecurityGroupInOtherVpc,
    )
    .instead("NetworkInterface.1.SecurityGroupId=$g"),
    Case::err(
        "a second interface without an address",
        base,
        request!("NetworkInterface.1.PrimaryIpAddress=ten"),
        &PrivateAddressMalformed,
    )
    .instead("NetworkInterface.1.PrimaryIpAddress=10.0.1.10"),
    Case::err(
        "more interfaces than the type takes",
        base,
        request!("NetworkInterface.1.VSwitchId=$w", "NetworkInterface.2.VSwitchId=$w"),
        &InstanceTakesNoMoreInterfaces,
    )
    .instead("InstanceType=ecs.g5.xlarge")
    .shown("DescribeInstanceTypes", "InstanceTypes.1=ecs.g5.large", "\"EniQuantity\":2"),
];
