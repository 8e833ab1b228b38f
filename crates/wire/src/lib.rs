//! The RPC protocol of Alibaba Cloud: bytes in, bytes out. No I/O, no clock, no store.

pub mod encode;
pub mod params;
pub mod timestamp;
pub mod v1;
