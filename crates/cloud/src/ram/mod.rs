//! Resource Access Management, version 2015-05-01.

pub mod policy;
