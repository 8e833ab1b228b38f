//! Clouds in memory to which inputs happen.

use std::collections::BTreeMap;
use std::sync::Arc;

use moyun_cloud::cloud::{Cloud, Env};
use moyun_cloud::story::{DAWN_MS, Story};
use moyun_cloud::world::PatchError;
use moyun_store::{Engine, Fault, Lane, MemoryEngine, Task, Writes};
use serde_json::{Value, json};

/// What is stored, row by row.
pub(crate) type Rows = BTreeMap<Vec<u8>, Vec<u8>>;

/// A story with something of most kinds in it.
pub(crate) fn inhabited() -> Story {
    let mut story = Story::begin();
    story.make("v", "Vpc:CreateVpc", "RegionId=cn-hangzhou&CidrBlock=10.0.0.0/8", "VpcId");
    story.pass_ms(10_000);
    let place = "RegionId=cn-hangzhou&ZoneId=cn-hangzhou-h&VpcId=$v&CidrBlock=10.0.1.0/24";
    story.make("w", "Vpc:CreateVSwitch", place, "VSwitchId");
    story.pass_ms(10_000);
    story.make("g", "CreateSecurityGroup", "RegionId=cn-hangzhou&VpcId=$v", "SecurityGroupId");
    let order = "RegionId=cn-hangzhou&SecurityGroupId=$g&VSwitchId=$w&InstanceType=ecs.g5.large&Amount=3\
        &ImageId=centos_7_9_x64_20G_alibase_20230815.vhd&SystemDisk.Category=cloud_efficiency\
        &Tag.1.Key=a&Tag.1.Value=b&InternetMaxBandwidthOut=1&ClientToken=once";
    story.call("RunInstances", order);
    story.pass_ms(60_000);
    story.call("CreateKeyPair", "RegionId=cn-hangzhou&KeyPairName=pair");
    story.call("Ram:CreateUser", "UserName=anna");
    story.call("Ram:CreateAccessKey", "UserName=anna");
    story.call("Ram:CreateGroup", "GroupName=all");
    story.call("Ram:AddUserToGroup", "UserName=anna&GroupName=all");
    let read_only = "PolicyType=System&PolicyName=ReadOnlyAccess&UserName=anna";
    story.call("Ram:AttachPolicyToUser", read_only);
    story
}

/// A cloud over rows, whatever they are.
pub(crate) fn over(rows: Rows) -> Result<Cloud, PatchError> {
    let engine = Arc::new(MemoryEngine::new());
    let rows = rows.into_iter().map(|(key, value)| (key, Some(value))).collect();
    let writes = Writes { rows, ..Writes::default() };
    let stored = |outcome: Result<(), Fault>| outcome.expect("memory does not fail");
    engine.write(&Lane(String::new()), Task::boxed(move |_| ((), Some(writes.clone())), stored));
    Cloud::open(engine, Arc::new(Still), Value::Null)
}

/// A cloud as it was planted, with a clock that stands still.
pub(crate) fn planted() -> Cloud {
    let clock = json!({ "clock": { "mode": "manual", "now": "2026-01-01T00:00:00Z" } });
    Cloud::open(Arc::new(MemoryEngine::new()), Arc::new(Still), clock).expect("the built-in world is valid")
}

/// The part of the world under a path.
pub(crate) fn world(cloud: &Cloud, path: &[String]) -> Option<Value> {
    cloud.world(path).expect("a sound state can be read")
}

/// Everything that is stored, a line each.
pub(crate) fn export(cloud: &Cloud) -> String {
    cloud.export(None).expect("a sound state can be read")
}

/// Panics unless the state is sound.
pub(crate) fn check(cloud: &Cloud) {
    assert_eq!(cloud.problems().expect("memory does not fail"), Vec::<String>::new());
}

/// A machine on which nothing moves.
struct Still;

impl Env for Still {
    fn now_ms(&self) -> i64 {
        DAWN_MS
    }

    fn seed(&self) -> [u8; 32] {
        [7; 32]
    }
}
