//! Cases and stories of the cloud, over the memory engine and a manual clock.

mod cases;
mod coverage;
mod creation;
mod disk;
mod engines;
mod given;
mod hpc_cluster;
mod image;
mod instance;
mod instance_type;
mod judged;
mod key_pair;
mod key_use;
mod membership;
mod order;
mod orders;
mod ram;
mod ram_login;
mod ram_tag;
mod reference;
mod region;
mod security_group;
mod snapshot;
mod tag;
mod vpc;
mod world;
