//! What the cloud sells: instance types, disks, and how their prices become bills.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};

use crate::catalog::disk_categories::DiskFacts;
use crate::catalog::instance_type_rows::ROWS;
use crate::catalog::instance_types::InstanceType;
use crate::catalog::money::Money;
use crate::catalog::zones::ZoneFacts;

/// What the cloud sells.
#[derive(Debug, PartialEq)]
pub struct Wares {
    /// The instance types: the built-in ones in the order of their table, then those that the world added, by name.
    types: Vec<Arc<InstanceType>>,
    /// The disks.
    pub disks: DiskFacts,
    /// How prices become bills.
    pub prices: PriceFacts,
}

/// What the world sells otherwise than the built-in catalogue.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WareChanges {
    /// Instance types that are added or other than built in; None for those that are gone.
    #[serde(default)]
    pub types: BTreeMap<String, Option<InstanceType>>,
    /// The disks, if they are other than built in.
    #[serde(default)]
    pub disks: Option<DiskFacts>,
    /// How prices become bills, if that is other than built in.
    #[serde(default)]
    pub prices: Option<PriceFacts>,
}

/// How list prices become bills: `prices` of the world document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceFacts {
    /// How many hours a subscription week is charged as.
    pub hours_per_week: u32,
    /// How many hours a subscription month is charged as.
    pub hours_per_month: u32,
    /// What spot instances cost while a zone sets no market price, in percent of the list price.
    pub spot_percent: u32,
}

impl Default for PriceFacts {
    fn default() -> PriceFacts {
        // A week is a quarter of a month.
        PriceFacts { hours_per_week: 108, hours_per_month: 430, spot_percent: 20 }
    }
}

impl PriceFacts {
    /// Refuses what no bill can be made with, with a sentence.
    pub fn validate(&self) -> Result<(), String> {
        if self.hours_per_week > 7 * 24 || self.hours_per_month > 31 * 24 {
            return Err(
                "No subscription is charged as more hours than it has: 168 a week, 744 a month.".to_owned()
            );
        }
        match self.spot_percent {
            1..=100 => Ok(()),
            percent => Err(format!("Spot instances cost 1 to 100 percent of the list price, not {percent}.")),
        }
    }
}

/// What is for sale where the world changed nothing.
static BUILT_IN: LazyLock<Arc<Wares>> = LazyLock::new(|| {
    let types = ROWS.iter().map(|row| Arc::new(row.kind.clone())).collect();
    Arc::new(Wares { types, disks: DiskFacts::default(), prices: PriceFacts::default() })
});

impl Wares {
    /// What is for sale where the world changed nothing.
    pub fn built_in() -> Arc<Wares> {
        BUILT_IN.clone()
    }

    /// Whether this is it.
    pub fn is_built_in(&self) -> bool {
        std::ptr::eq(self, &**BUILT_IN)
    }

    /// What is for sale where the world changed this.
    pub fn changed(changes: &WareChanges) -> Wares {
        let builtin = BUILT_IN.types.iter().filter(|kind| !changes.types.contains_key(&kind.id)).cloned();
        let changed = changes.types.iter().filter_map(|(id, kind)| {
            kind.as_ref().map(|kind| Arc::new(InstanceType { id: id.clone(), ..kind.clone() }))
        });
        let mut types: Vec<_> = builtin.chain(changed).collect();
        let place = |id: &str| BUILT_IN.types.iter().position(|kind| kind.id == id).unwrap_or(usize::MAX);
        // The sort is stable: what was added stays in the order of names.
        types.sort_by_key(|kind| place(&kind.id));
        Wares {
            types,
            disks: changes.disks.clone().unwrap_or_default(),
            prices: changes.prices.unwrap_or_default(),
        }
    }

    /// Every instance type, in the order in which they are listed.
    pub fn types(&self) -> &[Arc<InstanceType>] {
        &self.types
    }

    /// The instance type of this name.
    pub fn find_type(&self, id: &str) -> Option<&Arc<InstanceType>> {
        self.types.iter().find(|kind| kind.id == id)
    }

    /// Every family once, by its first type.
    pub fn families(&self) -> impl Iterator<Item = &InstanceType> {
        let is_first = |at: &usize| {
            self.types.iter().position(|kind| kind.family() == self.types[*at].family()) == Some(*at)
        };
        (0..self.types.len()).filter(is_first).map(|at| &*self.types[at])
    }

    /// What an hour of a spot instance costs while no zone sets a market price.
    pub fn spot_price(&self, kind: &InstanceType) -> Money {
        kind.price_per_hour.percent_in_milli(self.prices.spot_percent.into())
    }

    /// What an hour of a spot instance costs in a zone at present.
    pub fn market_price(&self, zone: &ZoneFacts, kind: &InstanceType) -> Money {
        zone.spot_prices.get(&kind.id).copied().unwrap_or_else(|| self.spot_price(kind))
    }
}

impl WareChanges {
    /// Has a type sold as this from now on; None takes it away.
    pub fn put_type(&mut self, id: &str, kind: Option<InstanceType>) {
        let builtin = BUILT_IN.find_type(id).map(|kind| (**kind).clone());
        let kind = kind.map(|kind| InstanceType { id: id.to_owned(), ..kind });
        match kind == builtin {
            true => drop(self.types.remove(id)),
            false => drop(self.types.insert(id.to_owned(), kind)),
        }
    }

    /// Has disks sold as this from now on.
    pub fn put_disks(&mut self, disks: DiskFacts) {
        self.disks = Some(disks).filter(|disks| *disks != BUILT_IN.disks);
    }

    /// Has bills made so from now on.
    pub fn put_prices(&mut self, prices: PriceFacts) {
        self.prices = Some(prices).filter(|prices| *prices != BUILT_IN.prices);
    }

    /// Refuses what cannot be sold, with a sentence.
    pub fn validate(&self) -> Result<(), String> {
        self.types.values().flatten().try_for_each(InstanceType::validate)?;
        self.disks.iter().try_for_each(DiskFacts::validate)?;
        self.prices.iter().try_for_each(PriceFacts::validate)
    }
}
