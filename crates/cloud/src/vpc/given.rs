//! States that cases and stories begin with, and what their requests have in common.

use crate::story::Story;
use crate::world::DEFAULT_ACCOUNT;

/// How long a network of a story is Pending.
pub const PENDING_MS: i64 = 1_000;

/// An account beside the one of the story.
pub const OTHER_ACCOUNT: &str = "1000000000000002";

/// 21 tags, one more than a request may set.
macro_rules! too_many_tags {
    () => {
        "Tag.1.Key=a&Tag.2.Key=b&Tag.3.Key=c&Tag.4.Key=d&Tag.5.Key=e&Tag.6.Key=f&Tag.7.Key=g&Tag.8.Key=h\
        &Tag.9.Key=i&Tag.10.Key=j&Tag.11.Key=k&Tag.12.Key=l&Tag.13.Key=m&Tag.14.Key=n&Tag.15.Key=o\
        &Tag.16.Key=p&Tag.17.Key=q&Tag.18.Key=r&Tag.19.Key=s&Tag.20.Key=t&Tag.21.Key=u"
    };
}
pub(crate) use too_many_tags;

/// 51 resources, one more than a request about tags may name.
macro_rules! fifty_one_ids {
    () => {
        "ResourceId.1=v&ResourceId.2=v&ResourceId.3=v&ResourceId.4=v&ResourceId.5=v&ResourceId.6=v\
        &ResourceId.7=v&ResourceId.8=v&ResourceId.9=v&ResourceId.10=v&ResourceId.11=v\
        &ResourceId.12=v&ResourceId.13=v&ResourceId.14=v&ResourceId.15=v&ResourceId.16=v\
        &ResourceId.17=v&ResourceId.18=v&ResourceId.19=v&ResourceId.20=v&ResourceId.21=v\
        &ResourceId.22=v&ResourceId.23=v&ResourceId.24=v&ResourceId.25=v&ResourceId.26=v\
        &ResourceId.27=v&ResourceId.28=v&ResourceId.29=v&ResourceId.30=v&ResourceId.31=v\
        &ResourceId.32=v&ResourceId.33=v&ResourceId.34=v&ResourceId.35=v&ResourceId.36=v\
        &ResourceId.37=v&ResourceId.38=v&ResourceId.39=v&ResourceId.40=v&ResourceId.41=v\
        &ResourceId.42=v&ResourceId.43=v&ResourceId.44=v&ResourceId.45=v&ResourceId.46=v\
        &ResourceId.47=v&ResourceId.48=v&ResourceId.49=v&ResourceId.50=v&ResourceId.51=v"
    };
}
pub(crate) use fifty_one_ids;

/// 21 keys of tags, one more than a request may remove.
macro_rules! too_many_tag_keys {
    () => {
        "TagKey.1=k&TagKey.2=k&TagKey.3=k&TagKey.4=k&TagKey.5=k&TagKey.6=k&TagKey.7=k&TagKey.8=k\
        &TagKey.9=k&TagKey.10=k&TagKey.11=k&TagKey.12=k&TagKey.13=k&TagKey.14=k&TagKey.15=k\
        &TagKey.16=k&TagKey.17=k&TagKey.18=k&TagKey.19=k&TagKey.20=k&TagKey.21=k"
    };
}
pub(crate) use too_many_tag_keys;

/// A VPC of cn-hangzhou that is still Pending: `$vpc`.
pub fn one_pending_vpc(story: &mut Story) {
    let request = "RegionId=cn-hangzhou&CidrBlock=10.0.0.0/8&VpcName=front&Description=web tier\
        &Tag.1.Key=env&Tag.1.Value=test";
    story.make("vpc", "Vpc:CreateVpc", request, "VpcId");
}

/// A VPC of cn-hangzhou: `$vpc`.
pub fn one_vpc(story: &mut Story) {
    one_pending_vpc(story);
    story.pass_ms(PENDING_MS);
}

/// A VPC of another account: `$vpc`.
pub fn a_foreign_vpc(story: &mut Story) {
    story.act_as(OTHER_ACCOUNT);
    one_vpc(story);
    story.act_as(DEFAULT_ACCOUNT);
}

/// A VPC, and a vSwitch in cn-hangzhou-h that is still Pending: `$vpc`, `$v_switch`.
pub fn one_pending_v_switch(story: &mut Story) {
    one_vpc(story);
    let request = "RegionId=cn-hangzhou&VpcId=$vpc&ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.0/24\
        &VSwitchName=web&Description=web servers&Tag.1.Key=env&Tag.1.Value=test";
    story.make("v_switch", "Vpc:CreateVSwitch", request, "VSwitchId");
}

/// A VPC and a vSwitch in cn-hangzhou-h: `$vpc`, `$v_switch`.
pub fn one_v_switch(story: &mut Story) {
    one_pending_v_switch(story);
    story.pass_ms(PENDING_MS);
}

/// A VPC and a vSwitch of another account: `$vpc`, `$v_switch`.
pub fn a_foreign_v_switch(story: &mut Story) {
    story.act_as(OTHER_ACCOUNT);
    one_v_switch(story);
    story.act_as(DEFAULT_ACCOUNT);
}

/// A vSwitch of which an instance `$i` has the address 10.0.1.7: `$vpc`, `$v_switch`, `$sg`.
pub fn one_used_v_switch(story: &mut Story) {
    one_v_switch(story);
    story.make("sg", "CreateSecurityGroup", "RegionId=cn-hangzhou&VpcId=$vpc", "SecurityGroupId");
    let request = "RegionId=cn-hangzhou&ImageId=centos_7_9_x64_20G_alibase_20230815.vhd&InstanceType=ecs.g5.large\
        &SystemDisk.Category=cloud_efficiency&SecurityGroupId=$sg&VSwitchId=$v_switch&PrivateIpAddress=10.0.1.7";
    story.make("i", "CreateInstance", request, "InstanceId");
}

/// A VPC with a security group: `$vpc`.
pub fn one_security_group(story: &mut Story) {
    one_vpc(story);
    story.call("CreateSecurityGroup", "RegionId=cn-hangzhou&VpcId=$vpc");
}
