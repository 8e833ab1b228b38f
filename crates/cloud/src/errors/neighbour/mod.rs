//! Rows beside the published tables, which the other actions need, by what they are about.
//!
//! Reading, changing or deleting a thing that is not there answers 404: clients take that status to mean that
//! the thing is gone, so a parameter that is merely absent or malformed answers 400.

pub mod call;
pub mod disk;
pub mod instance;
pub mod network;
pub mod security_group;
pub mod tag;
