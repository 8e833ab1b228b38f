//! Cases and stories of the cloud, over the memory engine and a manual clock.

mod cases;
mod coverage;
mod engines;
mod image;
mod instance_type;
mod judged;
mod region;
mod vpc;
