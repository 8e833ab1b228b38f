//! The store's promises, held on every engine.

// `cfg(test)` is always true here; with it clippy knows helpers for tests as what they are.
#[cfg(test)]
mod audit;
#[cfg(test)]
mod engines;
#[cfg(test)]
mod given;
#[cfg(test)]
mod kept;
mod lanes;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod lost_commit;
#[cfg(test)]
mod postgres_database;
#[cfg(test)]
mod redb_folder;
#[cfg(test)]
mod redb_upgrade;
