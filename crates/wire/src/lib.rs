//! The RPC protocol of Alibaba Cloud: bytes in, bytes out. No I/O, no clock, no store.

pub mod out;
pub mod reply;
pub mod shape;
