//! States that the cases of HPC clusters start from.

use crate::ecs::instance::creation::given::{base, request};
use crate::story::Story;

/// An HPC cluster `$h` that was just asked for, in [`base`].
pub fn creating_cluster(story: &mut Story) {
    base(story);
    let request = "RegionId=cn-hangzhou&Name=waves&Description=Wave simulation";
    story.make("h", "CreateHpcCluster", request, "HpcClusterId");
}

/// The same, ready for instances.
pub fn one_cluster(story: &mut Story) {
    creating_cluster(story);
    story.pass_ms(10_000);
}

/// The same and a newer one, `$h2`.
pub fn two_clusters(story: &mut Story) {
    one_cluster(story);
    story.make("h2", "CreateHpcCluster", "RegionId=cn-hangzhou&Name=winds", "HpcClusterId");
}

/// [`one_cluster`] with an instance `$i`.
pub fn cluster_with_instance(story: &mut Story) {
    one_cluster(story);
    let request =
        request!("InstanceType=ecs.scch5.16xlarge", "SystemDisk.Category=cloud_ssd", "HpcClusterId=$h");
    story.make("i", "RunInstances", request, "InstanceIdSets/InstanceIdSet/0");
}
