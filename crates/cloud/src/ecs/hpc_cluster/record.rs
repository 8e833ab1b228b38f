//! An HPC cluster as it is stored.

use moyun_store::{Fault, IndexRow, Key, Lane, Record, Table};
use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::errors::{ApiError, HpcClusterUnknown};
use crate::ids::{AccountId, HpcClusterId, RegionId};
use crate::paging::Listed;

/// An HPC cluster.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HpcCluster {
    /// Whose it is.
    pub account: AccountId,
    /// Its identifier.
    pub id: HpcClusterId,
    /// Where it is.
    pub region: RegionId,
    /// Its name.
    pub name: String,
    /// Its description, perhaps empty.
    pub description: String,
    /// When it was made.
    pub created_ms: i64,
    /// When it can be used, while it cannot.
    pub usable_ms: Option<i64>,
}

impl Record for HpcCluster {
    const TABLE: Table = Table { id: 150, name: "hpc_cluster" };
    fn key(&self) -> Key {
        HpcCluster::key_of(&self.account, &self.id)
    }
    fn lane(&self) -> Lane {
        self.account.lane()
    }
    fn counted_in(&self) -> Option<Key> {
        Some(self.scope())
    }
    fn index(&self) -> Vec<IndexRow> {
        vec![self.listed()]
    }
    fn due(&self) -> Option<i64> {
        self.usable_ms
    }
}

impl Listed for HpcCluster {
    fn scope(&self) -> Key {
        HpcCluster::scope_of(&self.account, &self.region)
    }
    fn created_ms(&self) -> i64 {
        self.created_ms
    }
}

impl HpcCluster {
    /// The primary key of an HPC cluster.
    pub fn key_of(account: &AccountId, id: &HpcClusterId) -> Key {
        Key::new().text(account).text(id)
    }

    /// Where the HPC clusters of an account in a region are listed and counted.
    pub fn scope_of(account: &AccountId, region: &RegionId) -> Key {
        Key::new().text(account).text(region)
    }

    /// Whether it is still being made.
    pub fn is_creating(&self) -> bool {
        self.usable_ms.is_some()
    }

    /// The word on the wire.
    pub fn status(&self) -> &'static str {
        if self.is_creating() { "creating" } else { "usable" }
    }

    /// What happens when an HPC cluster falls due: it can be used.
    pub(crate) fn fall_due(cx: &mut Cx<'_>, key: &Key) -> Result<(), Fault> {
        let Some(mut cluster) = cx.find::<HpcCluster>(key)? else { return Ok(()) };
        cluster.usable_ms = None;
        cx.put(&cluster)
    }
}

impl Cx<'_> {
    /// The caller's HPC cluster of this id, in the region of the call if it names one.
    pub fn find_hpc_cluster(&self, id: &HpcClusterId) -> Result<Option<HpcCluster>, Fault> {
        let found = self.find::<HpcCluster>(&HpcCluster::key_of(self.account(), id))?;
        Ok(self.in_region(found, |cluster| &cluster.region))
    }

    /// The same, refused when there is none.
    pub fn hpc_cluster(&self, id: &HpcClusterId) -> Result<HpcCluster, ApiError> {
        self.find_hpc_cluster(id)?.ok_or_else(|| HpcClusterUnknown.about("HpcClusterId"))
    }
}
