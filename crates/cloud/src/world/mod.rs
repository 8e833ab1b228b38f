//! The facts of the world: what is on sale, who owes what, how long things take. Ordinary records, read by checks and
//! shown by Describe actions; a setting states a fact and never names an error.

mod cross;
mod document;
mod facts;
mod images;
mod questions;
mod seed;
mod wares;

pub(crate) use document::merge;
pub use document::{PatchError, patch, read};
pub use facts::{Fact, Facts};
pub(crate) use facts::{world_lane, zone_lane};
pub use seed::{DEFAULT_ACCOUNT, DEFAULT_KEY_ID, DEFAULT_SECRET, NewAccount, new_account};
pub(crate) use seed::{mixed_text, plant};
