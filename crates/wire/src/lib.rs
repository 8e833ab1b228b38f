//! The RPC protocol of Alibaba Cloud: bytes in, bytes out. No I/O, no clock, no store.
//!
//! A request is a flat set of [`params::Params`], signed over its parameters ([`v1`]) or over its headers ([`v3`]).
//! A reply is a [`shape::Shape`] that [`reply`] writes as XML or JSON.

pub mod encode;
pub mod out;
pub mod params;
pub mod reply;
pub mod shape;
pub mod timestamp;
pub mod v1;
pub mod v3;
