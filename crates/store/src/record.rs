use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::engine::Lane;
use crate::fault::Fault;
use crate::key::Key;

/// The kind of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its number in every stored key: never changes and is never used again.
    pub id: u16,
    /// Its name in messages.
    pub name: &'static str,
}

/// Something stored, with all that is derived from it.
///
/// `lane`, `index`, `counted_in` and `due` must follow from the record alone: they are computed anew from the stored form
/// whenever the record changes. Records stored before an index was added are found by it once they are put again
/// under a new `VERSION`; what a table's records are counted in can never change, for a counter cannot be rewritten.
pub trait Record: Serialize + DeserializeOwned + Clone + Send + Sync + 'static {
    /// The kind.
    const TABLE: Table;

    /// Changes when the stored form changes in a way serde defaults cannot bridge.
    const VERSION: u8 = 1;

    /// Parts of the primary key, without the table.
    fn key(&self) -> Key;

    /// The lane that guards it: whoever puts or deletes it holds this lane, whichever lane they began in.
    fn lane(&self) -> Lane;

    /// The scope in which records of this table are counted, e.g. account+region; None = not counted.
    fn counted_in(&self) -> Option<Key> {
        None
    }

    /// Further scopes in which records of this table are counted, each at most once for a record. They must differ from
    /// every scope of [`Record::counted_in`].
    fn counted_beside(&self) -> Vec<Key> {
        Vec::new()
    }

    /// Index rows of this record; the layer appends the primary key, so that they need not be unique.
    fn index(&self) -> Vec<IndexRow> {
        Vec::new()
    }

    /// When this record next changes by itself, in milliseconds since 1970.
    fn due(&self) -> Option<i64> {
        None
    }

    /// Reads a record stored by an older version.
    fn migrate(version: u8, _bytes: &[u8]) -> Result<Self, Fault> {
        Err(Fault::new(format!(
            "no way to read a {} record of version {version}; this program writes version {}",
            Self::TABLE.name,
            Self::VERSION
        )))
    }
}

/// One way to find a record other than by its primary key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexRow {
    /// Which index of the table.
    pub index: u16,
    /// The parts to find it by.
    pub key: Key,
}

/// The stored form: one version byte, then named fields, so that added fields may have serde defaults.
pub(crate) fn encode<R: Record>(record: &R) -> Result<Vec<u8>, Fault> {
    let mut bytes = vec![R::VERSION];
    rmp_serde::encode::write_named(&mut bytes, record)
        .map_err(|cause| Fault::caused(format!("cannot encode a {} record", R::TABLE.name), cause))?;
    Ok(bytes)
}

/// A record, and whether it was stored in the present form.
pub(crate) fn decode<R: Record>(bytes: &[u8]) -> Result<(R, bool), Fault> {
    let Some((&version, body)) = bytes.split_first() else {
        return Err(Fault::new(format!("a stored {} record is empty", R::TABLE.name)));
    };
    if version != R::VERSION {
        return R::migrate(version, body).map(|record| (record, false));
    }
    let record = rmp_serde::from_slice(body)
        .map_err(|cause| Fault::caused(format!("cannot decode a {} record", R::TABLE.name), cause))?;
    Ok((record, true))
}
