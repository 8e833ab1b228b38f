//! Every parameter of the creations behaves, is shown where the table says, or is for those who were granted it.

use std::collections::BTreeSet;

use moyun_cloud::doc::parameter_names;
use moyun_cloud::ecs::instance::creation::given::{base, classic};
use moyun_cloud::errors::PreviewParameterNotGranted;
use moyun_cloud::ids::AccountId;
use moyun_cloud::registry::find;
use moyun_cloud::story::Story;
use moyun_cloud::world::DEFAULT_ACCOUNT;
use serde_json::Value;

use crate::creation::REQUEST;

/// What the cases of RunInstances and CreateInstance and the stories beside this one show the effects of.
const BEHAVE: &str = "Amount AutoPay AutoReleaseTime AutoRenew AutoRenewPeriod ClientToken DataDisk.N \
    DataDisk.N.Category DataDisk.N.DeleteWithInstance DataDisk.N.Description DataDisk.N.Device DataDisk.N.DiskName \
    DataDisk.N.Encrypted DataDisk.N.PerformanceLevel DataDisk.N.Size DataDisk.N.SnapshotId \
    DeletionProtection Description DryRun HostName HostNames.N HpcClusterId ImageFamily ImageId \
    Ipv6AddressCount InstanceChargeType InstanceName InstanceType InternetChargeType InternetMaxBandwidthIn \
    InternetMaxBandwidthOut IoOptimized KeyPairName LaunchTemplateId LaunchTemplateName MinAmount \
    NetworkInterface.N NetworkInterface.N.InstanceType NetworkInterface.N.Ipv6AddressCount \
    NetworkInterface.N.PrimaryIpAddress NetworkInterface.N.SecondaryPrivateIpAddressCount \
    NetworkInterface.N.SecurityGroupId NetworkInterface.N.SecurityGroupIds.N NetworkInterface.N.VSwitchId \
    Password PasswordInherit Period PeriodUnit PrivateIpAddress RamRoleName RegionId SecurityGroupId \
    SecurityGroupIds.N SpotDuration SpotInterruptionBehavior SpotPriceLimit SpotStrategy SystemDisk.Category \
    SystemDisk.Description SystemDisk.DiskName SystemDisk.Encrypted SystemDisk.PerformanceLevel \
    SystemDisk.Size Tag.N Tag.N.Key Tag.N.Value UniqueSuffix UserData VSwitchId ZoneId";

/// What holds other parameters and is none itself.
const GROUPS: &str = "Arn.N ClockOptions CpuOptions HibernationOptions ImageOptions NetworkOptions \
    PrivateDnsNameOptions PrivatePoolOptions SchedulerOptions SecurityOptions SystemDisk";

/// What is read and otherwise ignored, as docs/LIMITS.md says.
const IGNORED: &str = "NetworkInterface.N.NetworkInterfaceId";

/// What nobody may use without a grant.
const PREVIEW: [(&str, &str); 6] = [
    ("Arn.N.AssumeRoleFor", "1000000000000001"),
    ("Arn.N.RoleType", "Primary"),
    ("Arn.N.Rolearn", "acs:ram::1000000000000001:role/worker"),
    ("HibernationOptions.Configured", "true"),
    ("Isp", "ChinaTelecom"),
    ("NodeControllerId", "nc-1"),
];

/// Where a parameter is shown as it was given.
enum Place {
    /// At this pointer into the instance, in DescribeInstances.
    Instance(&'static str),
    /// In DescribeInstanceAttribute.
    Attribute(&'static str),
    /// In the system disk, in DescribeDisks.
    SystemDisk(&'static str),
    /// In the data disk.
    DataDisk(&'static str),
    /// In the primary network interface, in DescribeNetworkInterfaces.
    Interface(&'static str),
    /// In an interface beside it.
    Secondary(&'static str),
    /// In the state of the account alone, in the record of this table: no published reply has a field for it.
    State(&'static str, &'static str),
}
use Place::{Attribute, DataDisk, Instance as Item, Interface, Secondary, State, SystemDisk};

/// A parameter, a value, what goes with it, and where it is shown.
const SHOWN: &[(&str, &str, &str, Place)] = &[
    ("Affinity", "host", "", Item("/DedicatedInstanceAttribute/Affinity")),
    ("ClockOptions.PtpStatus", "enabled", "", Item("/ClockOptions/PtpStatus")),
    ("ClusterId", "c-1", "", Item("/ClusterId")),
    ("CpuOptions.Core", "1", "", Item("/CpuOptions/CoreCount")),
    ("CpuOptions.Numa", "1", "", Item("/CpuOptions/Numa")),
    ("CpuOptions.ThreadsPerCore", "1", "", Item("/CpuOptions/ThreadsPerCore")),
    ("CpuOptions.TopologyType", "DiscreteCoreToHTMapping", "", Item("/CpuOptions/TopologyType")),
    ("CreditSpecification", "Unlimited", "InstanceType=ecs.t5-lc2m1.nano", Item("/CreditSpecification")),
    ("DataDisk.N.AutoSnapshotPolicyId", "sp-1", DATA, DataDisk("/AutoSnapshotPolicyId")),
    ("DataDisk.N.BurstingEnabled", "true", AUTO_DATA, DataDisk("/BurstingEnabled")),
    ("DataDisk.N.EncryptAlgorithm", "AES256", ENCRYPTED_DATA, State("disk", "/encrypt_algorithm")),
    ("DataDisk.N.KMSKeyId", "key-1", ENCRYPTED_DATA, DataDisk("/KMSKeyId")),
    ("DataDisk.N.ProvisionedIops", "100", AUTO_DATA, DataDisk("/ProvisionedIops")),
    ("DataDisk.N.StorageClusterId", "dbsc-1", DATA, DataDisk("/StorageClusterId")),
    ("DedicatedHostId", "dh-1", "", Item("/DedicatedHostAttribute/DedicatedHostId")),
    ("DeploymentSetGroupNo", "3", "", Item("/DeploymentSetGroupNo")),
    ("DeploymentSetId", "ds-1", "", Item("/DeploymentSetId")),
    ("HttpEndpoint", "disabled", "", Item("/MetadataOptions/HttpEndpoint")),
    ("HttpPutResponseHopLimit", "7", "", Item("/MetadataOptions/HttpPutResponseHopLimit")),
    ("HttpTokens", "required", "", Item("/MetadataOptions/HttpTokens")),
    ("ImageOptions.LoginAsNonRoot", "true", "", Item("/ImageOptions/LoginAsNonRoot")),
    ("InnerIpAddress", "10.0.0.9", "", State("instance", "/shown/InnerIpAddress")),
    ("LaunchTemplateVersion", "1", "", State("instance", "/shown/LaunchTemplateVersion")),
    ("ManagedHostId", "mh-1", "", Item("/AdditionalInfo/ManagedHostId")),
    ("Ipv6Address.N", "2001:db8::1", "", Interface("/Ipv6Sets/Ipv6Set/0/Ipv6Address")),
    ("NetworkInterface.N.DeleteOnRelease", "false", "", Secondary("/DeleteOnRelease")),
    ("NetworkInterface.N.Description", "to the back", "", Secondary("/Description")),
    ("NetworkInterface.N.Ipv6Address.N", "2001:db8::2", "", Secondary("/Ipv6Sets/Ipv6Set/0/Ipv6Address")),
    ("NetworkInterface.N.NetworkCardIndex", "1", "", Secondary("/Attachment/NetworkCardIndex")),
    ("NetworkInterface.N.NetworkInterfaceName", "back", "", Secondary("/NetworkInterfaceName")),
    ("NetworkInterface.N.NetworkInterfaceTrafficMode", "HighPerformance", "", Secondary(TRAFFIC_MODE)),
    ("NetworkInterface.N.QueueNumber", "4", "", Secondary("/QueueNumber")),
    ("NetworkInterface.N.QueuePairNumber", "4", "", Secondary("/QueuePairNumber")),
    ("NetworkInterface.N.RxQueueSize", "8192", "", State("network_interface", "/shown/RxQueueSize")),
    ("NetworkInterface.N.SourceDestCheck", "true", "", Secondary("/SourceDestCheck")),
    ("NetworkInterface.N.TxQueueSize", "8192", "", State("network_interface", "/shown/TxQueueSize")),
    ("NetworkInterfaceQueueNumber", "2", "", Interface("/QueueNumber")),
    ("NetworkOptions.BandwidthWeighting", "Vpc-L1", "", Attribute("/NetworkOptions/BandwidthWeighting")),
    ("NetworkOptions.EnableJumboFrame", "true", "", Attribute("/EnableJumboFrame")),
    ("NetworkOptions.EnableNetworkEncryption", "true", "", Attribute("/EnableNetworkEncryption")),
    ("PrivateDnsNameOptions.EnableInstanceIdDnsAAAARecord", "true", "", Item(DNS[0])),
    ("PrivateDnsNameOptions.EnableInstanceIdDnsARecord", "true", "", Item(DNS[1])),
    ("PrivateDnsNameOptions.EnableIpDnsARecord", "true", "", Item(DNS[2])),
    ("PrivateDnsNameOptions.EnableIpDnsPtrRecord", "true", "", Item(DNS[3])),
    ("PrivateDnsNameOptions.HostnameType", "IpBased", "", Item("/PrivateDnsNameOptions/HostnameType")),
    ("PrivatePoolOptions.Id", "eap-1", "", Item("/EcsCapacityReservationAttr/CapacityReservationId")),
    ("PrivatePoolOptions.MatchCriteria", "Open", "", Item(PREFERENCE)),
    ("ResourceGroupId", "rg-acfm4nvx7yq2k5e", "", Item("/ResourceGroupId")),
    ("SchedulerOptions.DedicatedHostClusterId", "dc-1", "", Item(HOST_CLUSTER)),
    ("SecurityEnhancementStrategy", "Active", "", State("instance", "/shown/SecurityEnhancementStrategy")),
    ("SecurityOptions.ConfidentialComputingMode", "Enclave", "", State("instance", CONFIDENTIAL)),
    (
        "SecurityOptions.TrustedSystemMode",
        "vTPM",
        "",
        State("instance", "/shown/SecurityOptions.TrustedSystemMode"),
    ),
    ("StorageSetId", "ss-1", "", SystemDisk("/StorageSetId")),
    ("StorageSetPartitionNumber", "2", "", SystemDisk("/StorageSetPartitionNumber")),
    ("SystemDisk.AutoSnapshotPolicyId", "sp-1", "", SystemDisk("/AutoSnapshotPolicyId")),
    ("SystemDisk.BurstingEnabled", "true", AUTO_SYSTEM, SystemDisk("/BurstingEnabled")),
    ("SystemDisk.EncryptAlgorithm", "AES256", ENCRYPTED_SYSTEM, State("disk", "/encrypt_algorithm")),
    ("SystemDisk.KMSKeyId", "key-1", ENCRYPTED_SYSTEM, SystemDisk("/KMSKeyId")),
    ("SystemDisk.ProvisionedIops", "100", AUTO_SYSTEM, SystemDisk("/ProvisionedIops")),
    ("SystemDisk.StorageClusterId", "dbsc-1", "", SystemDisk("/StorageClusterId")),
    ("Tenancy", "host", "", Item("/DedicatedInstanceAttribute/Tenancy")),
    ("UseAdditionalService", "true", "", State("instance", "/shown/UseAdditionalService")),
    ("VlanId", "10", "", Item("/VlanId")),
];

const DATA: &str = "DataDisk.1.Size=40";
const AUTO_DATA: &str = "DataDisk.1.Size=40&DataDisk.1.Category=cloud_auto&InstanceType=ecs.g6.large";
const AUTO_SYSTEM: &str = "SystemDisk.Category=cloud_auto&InstanceType=ecs.g6.large";
const ENCRYPTED_DATA: &str = "DataDisk.1.Size=40&DataDisk.1.Encrypted=true";
const ENCRYPTED_SYSTEM: &str = "SystemDisk.Encrypted=true";
const CONFIDENTIAL: &str = "/shown/SecurityOptions.ConfidentialComputingMode";
const TRAFFIC_MODE: &str = "/NetworkInterfaceTrafficMode";
const PREFERENCE: &str = "/EcsCapacityReservationAttr/CapacityReservationPreference";
const HOST_CLUSTER: &str = "/DedicatedHostAttribute/DedicatedHostClusterId";
const DNS: [&str; 4] = [
    "/PrivateDnsNameOptions/EnableInstanceIdDnsAAAARecord",
    "/PrivateDnsNameOptions/EnableInstanceIdDnsARecord",
    "/PrivateDnsNameOptions/EnableIpDnsARecord",
    "/PrivateDnsNameOptions/EnableIpDnsPtrRecord",
];

#[test]
fn every_parameter_stands_in_one_table() {
    let listed = [BEHAVE, GROUPS, IGNORED].into_iter().flat_map(|list| list.split(' '));
    let tabled = PREVIEW.iter().map(|row| row.0).chain(SHOWN.iter().map(|row| row.0));
    let mut known: Vec<&str> = listed.chain(tabled).collect();
    known.sort_unstable();
    assert!(known.windows(2).all(|pair| pair[0] != pair[1]), "one stands in two tables");
    let taken: BTreeSet<String> = ["RunInstances", "CreateInstance"].into_iter().flat_map(names).collect();
    assert_eq!(taken.iter().map(String::as_str).collect::<Vec<_>>(), known);
}

#[test]
fn what_is_kept_is_shown_where_the_table_says() {
    let mut wrong = vec![];
    for (name, value, more, place) in SHOWN {
        let action = taker(name);
        let mut story = Story::begin();
        base(&mut story);
        let parameter = name.replace(".N.", ".1.");
        let parameter = parameter.strip_suffix(".N").map_or(parameter.clone(), |list| format!("{list}.1"));
        let id = make(&mut story, action, &format!("{more}&{parameter}={value}"));
        let shown = match place {
            Item(at) => instance(&mut story).pointer(at).map(text),
            Attribute(at) => {
                story.call("DescribeInstanceAttribute", &format!("InstanceId={id}")).pointer(at).map(text)
            }
            SystemDisk(at) => disk(&mut story, "system").pointer(at).map(text),
            DataDisk(at) => disk(&mut story, "data").pointer(at).map(text),
            Interface(at) => interface(&mut story, "Primary").pointer(at).map(text),
            Secondary(at) => interface(&mut story, "Secondary").pointer(at).map(text),
            State(table, at) => state(&story, table, at),
        };
        if shown.as_deref() != Some(*value) {
            wrong.push(format!("{action} {name}={value}: {shown:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_classic_instance_has_the_inner_address_that_it_was_made_with() {
    let mut story = Story::begin();
    classic(&mut story);
    let place = "RegionId=cn-hangzhou&ZoneId=cn-hangzhou-b&SecurityGroupId=$g&InstanceType=ecs.n4.small";
    let image = "ImageId=centos_7_9_x64_20G_alibase_20230815.vhd&SystemDisk.Category=cloud_efficiency";
    story.call("CreateInstance", &format!("{place}&{image}&InnerIpAddress=10.0.0.9"));
    assert_eq!(instance(&mut story)["InnerIpAddress"]["IpAddress"][0], "10.0.0.9");
}

#[test]
fn what_is_in_preview_takes_a_grant() {
    for (name, value) in PREVIEW {
        let mut story = Story::begin();
        base(&mut story);
        let request = format!("{REQUEST}&{}={value}", name.replace(".N.", ".1."));
        let refusal = story.try_call(taker(name), &request).expect_err(name);
        assert_eq!(refusal.row, &PreviewParameterNotGranted, "{name}");
    }
}

fn names(action: &str) -> BTreeSet<String> {
    parameter_names(find("2014-05-26", action).expect("the creations are registered"))
}

/// RunInstances, unless CreateInstance alone takes the parameter.
fn taker(name: &str) -> &'static str {
    if names("RunInstances").contains(name) { "RunInstances" } else { "CreateInstance" }
}

/// Makes an instance like that of [`REQUEST`], where `more` wins.
fn make(story: &mut Story, action: &str, more: &str) -> String {
    let is_named =
        |pair: &&str| !more.split('&').any(|other| other.split('=').next() == pair.split('=').next());
    let usual: Vec<&str> = REQUEST.split('&').filter(is_named).collect();
    let made = story.call(action, &format!("{}&{more}", usual.join("&")));
    let id = made.pointer("/InstanceIdSets/InstanceIdSet/0").or(made.pointer("/InstanceId"));
    text(id.expect("an instance is made"))
}

fn instance(story: &mut Story) -> Value {
    let request = "RegionId=cn-hangzhou&AdditionalAttributes.1=META_OPTIONS";
    story.call("DescribeInstances", request)["Instances"]["Instance"][0].clone()
}

fn disk(story: &mut Story, kind: &str) -> Value {
    let request = format!("RegionId=cn-hangzhou&DiskType={kind}");
    story.call("DescribeDisks", &request)["Disks"]["Disk"][0].clone()
}

fn interface(story: &mut Story, kind: &str) -> Value {
    let interfaces = story.call("DescribeNetworkInterfaces", &format!("RegionId=cn-hangzhou&Type={kind}"));
    interfaces["NetworkInterfaceSets"]["NetworkInterfaceSet"][0].clone()
}

/// What the state of the account says at this pointer into a record of the table, in one of them.
fn state(story: &Story, table: &str, at: &str) -> Option<String> {
    let lines = story.cloud().export(Some(&AccountId::from(DEFAULT_ACCOUNT)));
    let lines = lines.expect("the engine of a story does not fail");
    let mut lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line is JSON"));
    let said = |line: Value| line["record"].pointer(at).map(text).filter(|text| !text.is_empty());
    lines.find_map(|line| if line["table"] == table { said(line) } else { None })
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
