//! Cases and stories of the cloud, over the memory engine and a manual clock.

mod cases;
mod coverage;
mod disk;
mod engines;
mod image;
mod instance;
mod instance_type;
mod region;
mod vpc;
