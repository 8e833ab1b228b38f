//! Requests that were refused, as their servers told them, for whoever asks why after a restart.

use moyun_store::{Fault, IndexRow, Key, Lane, Record, Table};
use serde::{Deserialize, Serialize};

use crate::cloud::Cloud;

/// A request as its server told it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptRequest {
    /// Its id, in capitals.
    pub request_id: String,
    /// When it came, by the machine's clock.
    pub at_ms: i64,
    /// What the server says of it; nothing here reads it.
    pub told: String,
}

/// The index of requests by their time, newest first.
const BY_TIME: u16 = 1;

impl Record for KeptRequest {
    const TABLE: Table = Table { id: 5, name: "request" };
    fn key(&self) -> Key {
        Key::new().text(&self.request_id)
    }
    fn lane(&self) -> Lane {
        lane()
    }
    fn counted_in(&self) -> Option<Key> {
        Some(Key::new())
    }
    fn index(&self) -> Vec<IndexRow> {
        vec![IndexRow { index: BY_TIME, key: Key::new().desc_i64(self.at_ms) }]
    }
}

/// The lane in which requests are kept.
fn lane() -> Lane {
    Lane("requests".to_owned())
}

impl Cloud {
    /// Keeps requests; of more than `most` in all, the oldest go.
    pub fn keep_requests(&self, requests: Vec<KeptRequest>, most: usize) -> Result<(), Fault> {
        self.write(&lane(), move |tx, _| {
            tx.put_all(&requests)?;
            let count = tx.count::<KeptRequest>(&Key::new())?;
            let excess = usize::try_from(count).unwrap_or(usize::MAX).saturating_sub(most);
            for key in tx.index_keys::<KeptRequest>(BY_TIME, &Key::new(), most, excess)? {
                tx.delete::<KeptRequest>(&key)?;
            }
            Ok(())
        })
    }

    /// What was told of a request, if it is still kept.
    pub fn kept_request(&self, request_id: &str) -> Result<Option<String>, Fault> {
        let key = Key::new().text(request_id.to_ascii_uppercase());
        Ok(self.read(|tx, _| tx.find::<KeptRequest>(&key))?.map(|kept| kept.told))
    }

    /// The requests that were kept last, newest first.
    pub fn kept_requests(&self, limit: usize) -> Result<Vec<KeptRequest>, Fault> {
        self.read(|tx, _| tx.index_list(BY_TIME, &Key::new(), 0, limit))
    }
}
