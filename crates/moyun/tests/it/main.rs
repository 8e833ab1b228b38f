//! The finished binary: started, asked, killed, started again.
#![expect(clippy::unwrap_used, reason = "these are tests, helpers included")]

mod buyer;
mod commands;
mod durable;
mod explain;
mod full_disk;
mod history;
mod linear;
mod once;
mod process;
mod scarce;
mod schema;
mod start;
mod state;
mod stop;
mod tls;
mod two_servers;
mod upgrade;
