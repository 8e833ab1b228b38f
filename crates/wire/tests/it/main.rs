//! Tests of the protocol crate, one module per subject.

#![expect(clippy::unwrap_used, reason = "clippy knows only `#[test]` functions as tests, not what they call")]

mod captured;
mod denied;
mod laws;
mod params;
mod timestamp;
mod v1;
mod v3;
