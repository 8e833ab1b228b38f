//! What the instances need: quotas, a VPC, vSwitches and a security group, and the first thousand instances.

use std::time::Duration;

use serde_json::{Value, json};

use crate::Outcome;
use crate::load::client::Connection;
use crate::load::point::Kind;
use crate::load::process::Moyun;
use crate::load::requests::Call;

const ECS: &str = "2014-05-26";
const VPC: &str = "2016-04-28";
const ZONE: &str = "cn-hangzhou-h";
const INSTANCE_TYPE: &str = "ecs.g6.large";
const IMAGE: &str = "aliyun_3_x64_20G_alibase_20230727.vhd";

/// How many instances are listed from.
const LISTED: u32 = 1000;

/// vSwitches of 65,532 addresses each: together more than any machine fills in a minute.
const SWITCHES: u32 = 24;

/// How long a new network is waited for, in looks that are so far apart.
const LOOKS: u32 = 200;
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// What was prepared.
pub(super) struct Site {
    group: String,
    switches: Vec<String>,
}

impl Site {
    /// Prepares it through the API.
    pub(super) async fn prepare(moyun: &Moyun) -> Outcome<Site> {
        let mut api = Api { connection: Connection::open(moyun.api).await?, calls: 0 };
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
        let site = Site { group, switches };
        for _ in 0..LISTED / 100 {
            api.send(ECS, "RunInstances", &site.run_query(&site.switches[0], 100)).await?;
        }
        Ok(site)
    }

    /// A page of ten of the thousand.
    pub(super) fn describe_instances(&self) -> Kind {
        let call = Call::new(ECS, "DescribeInstances", "RegionId=cn-hangzhou&PageSize=10");
        Kind { name: format!("DescribeInstances 10 of {LISTED}"), calls: vec![call], instances: None }
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
        let calls = self.switches.iter().map(call).collect();
        Kind { name: format!("RunInstances Amount={amount}"), calls, instances: Some(amount) }
    }

    fn run_query(&self, switch: &str, amount: u32) -> String {
        let group = &self.group;
        format!(
            "ImageId={IMAGE}&InstanceType={INSTANCE_TYPE}&SecurityGroupId={group}&VSwitchId={switch}&Amount={amount}"
        )
    }
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
    let body = quotas.to_string();
    let head = "host: localhost\r\ncontent-type: application/json\r\ncontent-length";
    let request = format!("PATCH {path} HTTP/1.1\r\n{head}: {}\r\n\r\n{body}", body.len());
    let mut admin = Connection::open(moyun.admin).await?;
    admin
        .send(request.as_bytes())
        .await?
        .ok()
        .map(|_| ())
        .map_err(|sentence| format!("PATCH {path} {sentence}"))
}

/// Calls one after another in Hangzhou.
struct Api {
    connection: Connection,
    calls: u64,
}

impl Api {
    async fn send(&mut self, version: &str, action: &str, query: &str) -> Outcome<Value> {
        self.calls += 1;
        let request = Call::new(version, action, &format!("RegionId=cn-hangzhou&{query}")).sign(self.calls);
        let told = |sentence| format!("{action} {query} {sentence}");
        let answer = self.connection.send(&request).await?;
        let body = answer.ok().map_err(told)?;
        serde_json::from_slice(body).map_err(|error| format!("{action} {query} answers no JSON: {error}"))
    }

    /// Makes something and returns its id.
    async fn make(&mut self, version: &str, action: &str, query: &str, id: &str) -> Outcome<String> {
        let reply = self.send(version, action, query).await?;
        let made = reply.get(id).and_then(Value::as_str).map(str::to_owned);
        made.ok_or_else(|| format!("{action} answers no {id}: {reply}"))
    }

    /// Waits until something is available.
    async fn wait_for(&mut self, version: &str, action: &str, query: &str, status: &str) -> Outcome {
        for _ in 0..LOOKS {
            let reply = self.send(version, action, query).await?;
            if reply.pointer(status).and_then(Value::as_str) == Some("Available") {
                return Ok(());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Err(format!("{action} {query} never becomes available"))
    }
}
