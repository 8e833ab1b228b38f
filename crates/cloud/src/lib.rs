//! What the cloud does.
