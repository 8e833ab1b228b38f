//! The process around the cloud: listeners, the gate before every call, the ticker, the admin API.

pub mod admin;
pub mod env;
mod documented;
mod gate;
pub mod http;
pub mod observe;
mod replay;
pub mod serve;
mod ticker;
