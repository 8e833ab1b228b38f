//! Tags on resources of every kind.

pub(crate) mod given;
