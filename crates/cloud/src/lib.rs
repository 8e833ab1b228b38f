//! What the cloud does: one folder per product and family, one file per action.
//!
//! Nothing here reads a clock or a socket: time, randomness and the store come in from outside.

pub mod audit;
pub mod call;
pub mod case;
pub mod catalog;
pub mod clock;
pub mod cloud;
pub mod commands;
pub mod cx;
pub mod doc;
pub mod ecs;
pub mod errors;
pub mod ids;
pub mod location;
pub mod names;
pub mod order;
pub mod paging;
pub mod param;
pub mod ram;
pub mod registry;
pub mod requests;
pub mod spec;
pub mod state;
pub mod story;
pub mod sts;
mod tables;
pub mod tags;
pub mod tick;
pub mod vpc;
pub mod why;
pub mod wire_case;
pub mod world;
