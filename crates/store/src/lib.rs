//! Ordered bytes to typed records, over memory, redb or PostgreSQL.
//!
//! An [`Engine`] keeps ordered rows of bytes and runs jobs: a [`Job`] reads a consistent view and says what to write.
//! A [`Tx`] makes typed [`Record`]s of those rows and keeps index, count and due rows right.

mod engine;
mod fault;
mod kept;
mod key;
mod overlay;
mod record;
mod tx;
mod upgrade;

pub use engine::memory::MemoryEngine;
pub use engine::postgres::PostgresEngine;
pub use engine::redb::RedbEngine;
pub use engine::{Engine, Job, Lane, Reader, Span, Task, Visit, Writes};
pub use fault::{Fault, OpenError};
pub use kept::{Keeper, Kept};
pub use key::Key;
pub use record::{IndexRow, Record, Table};
pub use tx::{Audit, DueRow, Found, Look, Tx};
pub use upgrade::Upgrade;
