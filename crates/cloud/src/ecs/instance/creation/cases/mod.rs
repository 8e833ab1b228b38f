//! Worked requests of both creations.

use crate::case::Case;

/// Worked requests of RunInstances.
pub const RUN: &[Case] = &[];
/// Worked requests of CreateInstance.
pub const CREATE: &[Case] = &[];
