//! The process around the cloud: listeners, the gate before every call, the ticker, the admin API.

pub mod admin;
mod documented;
pub mod env;
pub mod explain;
mod gate;
mod hold;
pub mod http;
pub mod observe;
mod owner;
pub mod replay;
pub mod serve;
mod throttle;
mod ticker;
pub mod tls;
