//! Stories of RunInstances and CreateInstance.

mod combined;
mod differences;
mod disk_sizes;
mod dry_run;
mod edges;
mod effects;
mod limits;
mod order;
mod parameters;
mod renamed;
mod shown;
mod wares;

use serde_json::Value;

/// A request that succeeds beside a vSwitch `$w` and a security group `$g` in cn-hangzhou-h.
const REQUEST: &str = "RegionId=cn-hangzhou&ImageId=centos_7_9_x64_20G_alibase_20230815.vhd\
    &InstanceType=ecs.g5.large&SystemDisk.Category=cloud_efficiency&SecurityGroupId=$g&VSwitchId=$w";

fn ids(made: &Value) -> Vec<&str> {
    let ids = made["InstanceIdSets"]["InstanceIdSet"].as_array().expect("RunInstances answers a list");
    ids.iter().map(|id| id.as_str().expect("ids are texts")).collect()
}
