//! What the instances need: quotas, a VPC, vSwitches and a security group, and the first thousand instances.

use serde_json::json;

use crate::Outcome;
use crate::load::point::Kind;
use crate::server::api::{Api, ECS, VPC, patch};
use crate::server::process::Moyun;
use crate::server::requests::{Call, Key, in_turn};

const ZONE: &str = "cn-hangzhou-h";
const INSTANCE_TYPE: &str = "ecs.g6.large";
const IMAGE: &str = "aliyun_3_x64_20G_alibase_20230727.vhd";

/// vSwitches of 65,532 addresses each: together more than any machine fills in a minute.
const SWITCHES: u32 = 24;

/// What was prepared.
pub(super) struct Site {
    group: String,
    switches: Vec<String>,
    /// The ids of the first instances.
    pub(super) first: Vec<String>,
}

impl Site {
    /// How many instances are there once it is prepared.
    pub(super) const PREPARED: u32 = 1000;

    /// One of the vSwitches.
    pub(super) fn switch(&self, number: u32) -> &str {
        &self.switches[number as usize % self.switches.len()]
    }

    /// Prepares it through the API.
    pub(super) async fn prepare(moyun: &Moyun) -> Outcome<Site> {
        let mut api = Api::open(moyun.api, Key::built_in()).await?;
        lift_quotas(moyun).await?;
        let vpc = api.make(VPC, "CreateVpc", "CidrBlock=10.0.0.0%2F8", "VpcId").await?;
        api.wait_for(VPC, "DescribeVpcs", &format!("VpcId={vpc}"), "/Vpcs/Vpc/0/Status").await?;
        let mut switches = vec![];
        for number in 0..SWITCHES {
            let query = format!("VpcId={vpc}&ZoneId={ZONE}&CidrBlock=10.{number}.0.0%2F16");
            let switch = api.make(VPC, "CreateVSwitch", &query, "VSwitchId").await?;
            let query = format!("VSwitchId={switch}");
            api.wait_for(VPC, "DescribeVSwitches", &query, "/VSwitches/VSwitch/0/Status").await?;
            switches.push(switch);
        }
        let group = api.make(ECS, "CreateSecurityGroup", &format!("VpcId={vpc}"), "SecurityGroupId").await?;
        let mut site = Site { group, switches, first: vec![] };
        for _ in 0..Site::PREPARED / 100 {
            let reply = api.send(ECS, "RunInstances", &site.run_query(&site.switches[0], 100)).await?;
            site.first.extend(ids_of(&reply));
        }
        Ok(site)
    }

    /// A page of ten of the thousand.
    pub(super) fn describe_instances(&self) -> Kind {
        let call = Call::new(ECS, "DescribeInstances", "RegionId=cn-hangzhou&PageSize=10");
        Kind {
            name: format!("DescribeInstances 10 of {}", Site::PREPARED),
            calls: in_turn(vec![call]),
            instances: None,
        }
    }

    /// So many new instances with each call.
    pub(super) fn run_instances(&self, amount: u32) -> Kind {
        let call = |switch: &String| {
            Call::new(
                ECS,
                "RunInstances",
                &format!("RegionId=cn-hangzhou&{}", self.run_query(switch, amount)),
            )
        };
        let calls = in_turn(self.switches.iter().map(call).collect());
        Kind { name: format!("RunInstances Amount={amount}"), calls, instances: Some(amount) }
    }

    /// The parameters that make so many instances.
    pub(super) fn run_query(&self, switch: &str, amount: u32) -> String {
        let group = &self.group;
        format!(
            "ImageId={IMAGE}&InstanceType={INSTANCE_TYPE}&SecurityGroupId={group}&VSwitchId={switch}&Amount={amount}"
        )
    }
}

/// The instances that a call made.
pub(super) fn ids_of(reply: &serde_json::Value) -> impl Iterator<Item = String> {
    let ids = reply["InstanceIdSets"]["InstanceIdSet"].as_array().into_iter().flatten();
    ids.filter_map(|id| Some(id.as_str()?.to_owned()))
}

/// The built-in account may not own as much as is made here.
async fn lift_quotas(moyun: &Moyun) -> Outcome {
    let many = 100_000_000;
    let quotas = json!({ "quotas": {
        "postpaid_instances": many,
        "instances_per_vpc": many,
        "instances_per_security_group": many,
        "portable_cloud_disks": many,
        "concurrent_instance_creations": many,
    }});
    let path = format!("/admin/world/accounts/{}", moyun_cloud::world::DEFAULT_ACCOUNT);
    patch(moyun.admin, &path, &quotas).await
}
