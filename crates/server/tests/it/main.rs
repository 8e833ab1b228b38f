//! The server over real sockets.
#![expect(clippy::unwrap_used, reason = "these are tests, helpers included")]

mod admin;
mod bad_input;
mod client;
mod commands;
mod every_row;
mod form;
mod gate;
mod openapi;
mod patience;
mod protocol;
mod ram;
mod rows;
mod site;
mod state;
mod token;
