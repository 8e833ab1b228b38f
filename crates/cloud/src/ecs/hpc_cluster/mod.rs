//! HPC clusters: instances of some types work only inside of one.

pub mod given;
pub mod record;

pub mod create_hpc_cluster;
pub mod delete_hpc_cluster;
pub mod describe_hpc_clusters;
pub mod modify_hpc_cluster_attribute;
