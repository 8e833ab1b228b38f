//! Worked requests of both creations.

use crate::case::Case;
use crate::ecs::instance::creation::given::{base, request};

/// Worked requests of RunInstances.
pub const RUN: &[Case] = &[Case::ok("in a VPC", base, request!())];
/// Worked requests of CreateInstance.
pub const CREATE: &[Case] = &[Case::ok("in a VPC", base, request!())];
