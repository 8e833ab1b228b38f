//! Disks: block storage, alone or attached.

pub mod record;
