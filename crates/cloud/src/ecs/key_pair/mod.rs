//! Key pairs: SSH keys to log in with.

pub mod record;
