//! A server under test or under load, and how it is asked.

pub(crate) mod api;
pub(crate) mod client;
pub(crate) mod process;
pub(crate) mod requests;
