//! The finished binary: started, asked, killed, started again.
#![expect(clippy::unwrap_used, reason = "these are tests, helpers included")]

mod commands;
mod durable;
mod explain;
mod once;
mod process;
mod schema;
mod start;
mod tls;
mod two_servers;
