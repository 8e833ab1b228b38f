//! Elastic Compute Service, version 2014-05-26.

pub mod region;
