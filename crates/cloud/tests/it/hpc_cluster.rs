//! HPC clusters and their instances over time.

use moyun_cloud::ecs::hpc_cluster::given::{cluster_with_instance, creating_cluster};
use moyun_cloud::errors::{HpcClusterCreating, HpcClusterHasInstances, HpcClusterNotFound};
use moyun_cloud::story::Story;
use serde_json::{Value, json};

const IN_CLUSTER: &str = "RegionId=cn-hangzhou&ImageId=centos_7_9_x64_20G_alibase_20230815.vhd\
    &InstanceType=ecs.scch5.16xlarge&SystemDisk.Category=cloud_ssd&SecurityGroupId=$g&VSwitchId=$w&HpcClusterId=$h";

#[test]
fn a_cluster_takes_instances_exactly_when_it_is_usable() {
    let mut story = Story::begin();
    creating_cluster(&mut story);
    story.pass_ms(1_999);
    assert_eq!(status(&mut story), "creating");
    assert_eq!(story.try_call("RunInstances", IN_CLUSTER).unwrap_err().row, &HpcClusterCreating);
    story.pass_ms(1);
    assert_eq!(status(&mut story), "usable");
    story.call("RunInstances", IN_CLUSTER);
}

#[test]
fn a_cluster_that_takes_no_time_is_usable_at_once() {
    let mut story = Story::begin();
    story.patch("limits/latency", json!({ "hpc_cluster_create_ms": 0 }));
    creating_cluster(&mut story);
    assert_eq!(status(&mut story), "usable");
}

#[test]
fn a_cluster_goes_after_its_instances() {
    let mut story = Story::begin();
    cluster_with_instance(&mut story);
    let cluster = "RegionId=cn-hangzhou&HpcClusterId=$h";
    assert_eq!(story.call("DescribeInstances", cluster)["TotalCount"], 1);
    assert_eq!(story.try_call("DeleteHpcCluster", cluster).unwrap_err().row, &HpcClusterHasInstances);
    story.pass_ms(10_000);
    story.call("DeleteInstance", "InstanceId=$i&Force=true");
    story.call("DeleteHpcCluster", cluster);
    assert_eq!(story.try_call("RunInstances", IN_CLUSTER).unwrap_err().row, &HpcClusterNotFound);
}

fn status(story: &mut Story) -> Value {
    story.call("DescribeHpcClusters", "RegionId=cn-hangzhou")["HpcClusters"]["HpcCluster"][0]["Status"]
        .clone()
}
