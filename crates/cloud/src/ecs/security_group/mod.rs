//! Security groups: who may talk to the instances in them.

pub mod record;
