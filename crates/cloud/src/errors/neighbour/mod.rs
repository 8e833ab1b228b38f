//! Rows beside the published tables, which the other actions need, by what they are about.
//!
//! Reading, changing or deleting a thing that is not there answers 404: clients take that status to mean that
//! the thing is gone, so a parameter that is merely absent or malformed answers 400.

pub(in crate::errors) mod call;
pub(in crate::errors) mod disk;
pub(in crate::errors) mod image;
pub(in crate::errors) mod instance;
pub(in crate::errors) mod login;
pub(in crate::errors) mod mfa;
pub(in crate::errors) mod network;
pub(in crate::errors) mod network_interface;
pub(in crate::errors) mod ram;
pub(in crate::errors) mod security_group;
pub(in crate::errors) mod tag;

pub use call::*;
pub use disk::*;
pub use image::*;
pub use instance::*;
pub use login::*;
pub use mfa::*;
pub use network::*;
pub use network_interface::*;
pub use ram::*;
pub use security_group::*;
pub use tag::*;
