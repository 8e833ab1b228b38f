//! ModifyInstanceAttribute.

use moyun_derive::{Action, Group};
use moyun_wire::shape::Empty;
use serde_json::json;

use crate::case::{Case, nothing};
use crate::catalog::images::OsType;
use crate::cx::Cx;
use crate::ecs::instance::creation::given::account;
use crate::ecs::instance::given::{
    one_locked, one_pending, one_running, one_running_beside_another_vpc, one_subscription, one_windows, run,
};
use crate::ecs::instance::record::{Instance, Status};
use crate::ecs::instance::rules::{
    USER_DATA_MAX, decode_user_data, is_host_name_anywhere, is_host_name_for, is_password, is_user_data,
    is_windows_password,
};
use crate::ecs::security_group::members::GROUPS_MAX;
use crate::errors::{
    ApiError, DescriptionMalformed, HostNameMalformed, HostNameUnfitForGuest, InstanceInOtherNetwork,
    InstanceLocked, InstanceNameMalformed, InstanceNotFound, InstanceStatusWrong, InstanceTakesNoMoreGroups,
    ParameterMalformed, PasswordMalformed, RequiredParameterEmpty, RequiredParameterMissing,
    SecurityGroupFull, SecurityGroupNotFound, SubscriptionForbidsAction, UserDataNotBase64, UserDataTooLong,
};
use crate::ids::{InstanceId, SecurityGroupId};
use crate::names::{is_description, is_instance_name};
use crate::spec::Run;
use crate::story::Story;

/// Changes attributes of an instance; those that are not given stay.
///
/// The change holds at once for what the cloud shows. The guest takes a new password, host name or user data when it
/// starts the next time. These three, and security groups, change only while the instance is `Running` or `Stopped`;
/// the others in every status but `Pending`.
#[derive(Action)]
#[action(
    ecs, write, reply = Empty,
    raises(
        RequiredParameterMissing, RequiredParameterEmpty, InstanceNameMalformed, DescriptionMalformed,
        HostNameMalformed, PasswordMalformed, UserDataNotBase64, ParameterMalformed, UserDataTooLong,
        InstanceNotFound, SecurityGroupNotFound, InstanceLocked, InstanceStatusWrong,
        SubscriptionForbidsAction, HostNameUnfitForGuest, InstanceInOtherNetwork,
        InstanceTakesNoMoreGroups, SecurityGroupFull
    )
)]
pub struct ModifyInstanceAttribute {
    /// ID of the instance.
    #[param(required)]
    instance_id: InstanceId,
    /// Name: 2 to 128 characters, first a letter of any script, then letters, digits, `:`, `_`, `.`, `-`, `[`, `]` and
    /// `,`.
    #[param(check = is_instance_name, row = InstanceNameMalformed)]
    instance_name: Option<String>,
    /// Description: 2 to 256 characters that are no link.
    #[param(check = is_description, row = DescriptionMalformed)]
    description: Option<String>,
    /// Name of the guest. Linux: 2 to 64 letters, digits, single `-` and `.`, which stand neither first nor last.
    /// Windows: 2 to 15 letters, digits and single `-`, not digits alone.
    #[param(check = is_host_name_anywhere, row = HostNameMalformed)]
    host_name: Option<String>,
    /// Password: 8 to 30 characters of three of the kinds upper case, lower case, digit and special; on Windows it
    /// does not begin with `/`. It is never shown.
    #[param(check = is_password, row = PasswordMalformed)]
    password: Option<String>,
    /// User data in Base64, up to 32 KiB decoded.
    #[param(check = is_user_data, row = UserDataNotBase64)]
    user_data: Option<String>,
    /// Whether the instance is guarded against deletion; pay-as-you-go only.
    deletion_protection: Option<bool>,
    /// Whether the instance goes to the recycle bin; stored and shown.
    recyclable: Option<bool>,
    /// `Standard` or `Unlimited`, for burstable types.
    #[param(one_of("Standard", "Unlimited"))]
    credit_specification: Option<String>,
    /// The security groups that the instance is to be in, up to 5 of its VPC, in place of those it is in.
    security_group_ids: Vec<SecurityGroupId>,
    /// Queues of the primary interface; stored.
    network_interface_queue_number: Option<i64>,
    /// Whether the interfaces take jumbo frames; stored.
    enable_jumbo_frame: Option<bool>,
    /// Whether traffic in the VPC is encrypted; stored.
    enable_network_encryption: Option<bool>,
    /// Layout of the processors.
    #[param(group)]
    cpu_options: Option<CpuOptionsParam>,
    /// Names in the private DNS; stored and shown.
    #[param(group)]
    private_dns_name_options: Option<PrivateDnsNameOptions>,
    /// Access to the console; accepted without effect.
    #[param(group)]
    remote_connection_options: Option<RemoteConnectionOptions>,
}

/// Layout of the processors.
#[derive(Default, Group)]
struct CpuOptionsParam {
    /// Physical cores.
    core: Option<i64>,
    /// Threads of each core.
    threads_per_core: Option<i64>,
    /// Topology.
    topology_type: Option<String>,
}

/// Names of an instance in the private DNS.
#[derive(Default, Group)]
struct PrivateDnsNameOptions {
    /// What host names are made from.
    hostname_type: Option<String>,
    /// Whether the instance's id has an IPv4 record.
    enable_instance_id_dns_a_record: Option<bool>,
    /// Whether the instance's id has an IPv6 record.
    #[param(name = "EnableInstanceIdDnsAAAARecord")]
    enable_instance_id_dns_aaaa_record: Option<bool>,
    /// Whether the address has a record.
    enable_ip_dns_a_record: Option<bool>,
    /// Whether the address has a reverse record.
    enable_ip_dns_ptr_record: Option<bool>,
}

/// Access to the console of an instance.
#[derive(Group)]
#[expect(dead_code, reason = "read for their type, without effect")]
struct RemoteConnectionOptions {
    /// Password of the console.
    password: Option<String>,
    /// Kind of console.
    r#type: Option<String>,
}

impl Run for ModifyInstanceAttribute {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let _ = &self.remote_connection_options;
        let is_too_long =
            |text: &String| decode_user_data(text).is_none_or(|data| data.len() > USER_DATA_MAX);
        if self.user_data.as_ref().is_some_and(is_too_long) {
            return Err((&UserDataTooLong).into());
        }
        let mut instance = cx.instance(&self.instance_id)?;
        self.check(&instance, cx)?;
        self.apply(&mut instance);
        cx.put(&instance)?;
        Ok(Empty)
    }
}

impl ModifyInstanceAttribute {
    fn check(&self, instance: &Instance, cx: &Cx<'_>) -> Result<(), ApiError> {
        let mut groups = vec![];
        for id in &self.security_group_ids {
            groups.push(
                cx.find_security_group(id)?
                    .ok_or_else(|| SecurityGroupNotFound.about("SecurityGroupIds.N"))?,
            );
        }
        instance.check_changeable(self.legal())?;
        if self.deletion_protection == Some(true) && instance.is_subscription() {
            return Err(SubscriptionForbidsAction.about("DeletionProtection"));
        }
        if self.host_name.is_some() || self.password.is_some() {
            let os_type = instance.os_type();
            if self.host_name.as_ref().is_some_and(|name| !is_host_name_for(os_type, name)) {
                return Err(HostNameUnfitForGuest.about("HostName"));
            }
            let is_unfit = |password: &String| os_type == OsType::Windows && !is_windows_password(password);
            if self.password.as_ref().is_some_and(is_unfit) {
                return Err(PasswordMalformed.about("Password"));
            }
        }
        let vpc = instance.network.vpc();
        if groups.iter().any(|group| group.region != instance.region || group.vpc.as_ref() != vpc) {
            return Err(InstanceInOtherNetwork.about("SecurityGroupIds.N"));
        }
        if groups.len() > GROUPS_MAX {
            return Err(InstanceTakesNoMoreGroups.about("SecurityGroupIds.N"));
        }
        groups.iter().filter(|group| !instance.security_groups.contains(&group.id)).try_for_each(|group| {
            if cx.is_group_full(group)? { Err(SecurityGroupFull.about("SecurityGroupIds.N")) } else { Ok(()) }
        })
    }

    /// The statuses in which everything that is given may change.
    fn legal(&self) -> &'static [Status] {
        let reaches_guest = self.host_name.is_some() || self.password.is_some() || self.user_data.is_some();
        if reaches_guest || !self.security_group_ids.is_empty() {
            &[Status::Running, Status::Stopped]
        } else {
            &[Status::Starting, Status::Running, Status::Stopping, Status::Stopped]
        }
    }

    fn apply(self, instance: &mut Instance) {
        replace(&mut instance.name, self.instance_name);
        replace(&mut instance.description, self.description);
        replace(&mut instance.host_name, self.host_name);
        replace(&mut instance.user_data, self.user_data);
        replace(&mut instance.deletion_protection, self.deletion_protection);
        replace(&mut instance.credit_specification, self.credit_specification);
        instance.has_password |= self.password.is_some();
        if !self.security_group_ids.is_empty() {
            let mut groups: Vec<SecurityGroupId> = vec![];
            for id in self.security_group_ids {
                if !groups.contains(&id) {
                    groups.push(id);
                }
            }
            instance.security_groups = groups;
        }
        let flag = |flag: Option<bool>| flag.map(|flag| flag.to_string());
        let number = |number: Option<i64>| number.map(|number| number.to_string());
        let cpu = self.cpu_options.unwrap_or_default();
        let dns = self.private_dns_name_options.unwrap_or_default();
        let shown = [
            ("Recyclable", flag(self.recyclable)),
            ("NetworkInterfaceQueueNumber", number(self.network_interface_queue_number)),
            ("NetworkOptions.EnableJumboFrame", flag(self.enable_jumbo_frame)),
            ("NetworkOptions.EnableNetworkEncryption", flag(self.enable_network_encryption)),
            ("CpuOptions.Core", number(cpu.core)),
            ("CpuOptions.ThreadsPerCore", number(cpu.threads_per_core)),
            ("CpuOptions.TopologyType", cpu.topology_type),
            ("PrivateDnsNameOptions.HostnameType", dns.hostname_type),
            ("PrivateDnsNameOptions.EnableInstanceIdDnsARecord", flag(dns.enable_instance_id_dns_a_record)),
            (
                "PrivateDnsNameOptions.EnableInstanceIdDnsAAAARecord",
                flag(dns.enable_instance_id_dns_aaaa_record),
            ),
            ("PrivateDnsNameOptions.EnableIpDnsARecord", flag(dns.enable_ip_dns_a_record)),
            ("PrivateDnsNameOptions.EnableIpDnsPtrRecord", flag(dns.enable_ip_dns_ptr_record)),
        ];
        let given = shown.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        instance.shown.extend(given);
    }
}

fn replace<T>(value: &mut T, new: Option<T>) {
    if let Some(new) = new {
        *value = new;
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("a name and a description", one_running, "InstanceId=$i&InstanceName=web-eu&Description=front"),
    Case::ok(
        "what the guest takes at its next start",
        one_running,
        "InstanceId=$i&HostName=web.prod&Password=Passw0rd!&UserData=ZWNobw==",
    ),
    Case::ok("protection", one_running, "InstanceId=$i&DeletionProtection=true"),
    Case::ok(
        "security groups and what is only stored",
        one_running,
        "InstanceId=$i&SecurityGroupIds.1=$sg&Recyclable=true&CpuOptions.ThreadsPerCore=1&CpuOptions.Core=1",
    ),
    Case::err("no id", one_running, "InstanceName=web", &RequiredParameterMissing),
    Case::err("an empty id", one_running, "InstanceId=&InstanceName=web", &RequiredParameterEmpty),
    Case::err(
        "a name that is none",
        one_running,
        "InstanceId=$i&InstanceName=9lives",
        &InstanceNameMalformed,
    ),
    Case::err(
        "a link for a description",
        one_running,
        "InstanceId=$i&Description=http://a",
        &DescriptionMalformed,
    ),
    Case::err("a host name that is none", one_running, "InstanceId=$i&HostName=web_01", &HostNameMalformed),
    Case::err("a weak password", one_running, "InstanceId=$i&Password=alllowercase", &PasswordMalformed),
    Case::err(
        "user data that is not Base64",
        one_running,
        "InstanceId=$i&UserData=echo!",
        &UserDataNotBase64,
    ),
    Case::err("too much user data", with_long_user_data, "InstanceId=$i&UserData=$data33k", &UserDataTooLong),
    Case::err("a flag that is none", one_running, "InstanceId=$i&Recyclable=perhaps", &ParameterMalformed),
    Case::err(
        "an unknown id",
        nothing,
        "InstanceId=i-bp1doesnotexist0001&InstanceName=web",
        &InstanceNotFound,
    ),
    Case::err(
        "an unknown security group",
        one_running,
        "InstanceId=$i&SecurityGroupIds.1=sg-bp1doesnotexist001",
        &SecurityGroupNotFound,
    ),
    Case::err("locked for security", one_locked, "InstanceId=$i&InstanceName=web", &InstanceLocked),
    Case::err("it is still being made", one_pending, "InstanceId=$i&InstanceName=web", &InstanceStatusWrong),
    Case::err(
        "protection of a subscription",
        one_subscription,
        "InstanceId=$i&DeletionProtection=true",
        &SubscriptionForbidsAction,
    ),
    Case::err(
        "a dot in a name for Windows",
        one_windows,
        "InstanceId=$i&HostName=web.prod",
        &HostNameUnfitForGuest,
    ),
    Case::err(
        "a slash first on Windows",
        one_windows,
        "InstanceId=$i&Password=/Passw0rd",
        &PasswordMalformed,
    ),
    Case::err(
        "a security group of another VPC",
        one_running_beside_another_vpc,
        "InstanceId=$i&SecurityGroupIds.1=$other_sg",
        &InstanceInOtherNetwork,
    ),
    Case::err(
        "six security groups",
        one_running,
        "InstanceId=$i&SecurityGroupIds.1=$sg&SecurityGroupIds.2=$sg&SecurityGroupIds.3=$sg\
         &SecurityGroupIds.4=$sg&SecurityGroupIds.5=$sg&SecurityGroupIds.6=$sg",
        &InstanceTakesNoMoreGroups,
    ),
    Case::err(
        "a security group that is full",
        one_running_beside_a_full_group,
        "InstanceId=$i&SecurityGroupIds.1=$full",
        &SecurityGroupFull,
    ),
];

/// As [`one_running`], and a security group `$full` of the same VPC that takes no more members.
fn one_running_beside_a_full_group(story: &mut Story) {
    one_running(story);
    story.make("full", "CreateSecurityGroup", "RegionId=cn-hangzhou&VpcId=$vpc", "SecurityGroupId");
    run(story, "j", "SecurityGroupId=$full");
    account(story, json!({ "quotas": { "instances_per_security_group": 1 } }));
}

/// As [`one_running`], and `$data33k`: 33 KiB in Base64.
fn with_long_user_data(story: &mut Story) {
    one_running(story);
    story.bind("data33k", "AAAA".repeat(33 * 1024 / 3));
}
