//! Zones: what they are, and the facts about them that an operator may change.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalog::disk_categories::DiskCategory::{
    self, Cloud as C, CloudAuto as A, CloudEfficiency as E, CloudEssd as X, CloudEssdEntry as Y,
    CloudSsd as S, EphemeralSsd as L,
};
use crate::catalog::instance_type_rows::ROWS;
use crate::catalog::instance_types::NetworkType;
use crate::catalog::instance_types::TypeGroup::{
    self, Arm, Bm, G1, G2, G5, G6, G7, Gn5, Gn6, I1, Inv, L as LocalDisks, Scc, T5, T6, U,
};
use crate::catalog::money::Money;
use crate::catalog::regions::{self, Region};

/// What never changes about a built-in zone.
#[derive(Debug)]
pub struct Zone {
    /// The region that it belongs to.
    pub region: &'static str,
    /// Its letter within the region.
    pub letter: char,
    /// What it offers at first.
    profile: &'static Profile,
}

impl Zone {
    /// Name in requests, such as `cn-hangzhou-h` or `us-west-1a`.
    pub fn id(&self) -> String {
        let dash = if self.region.starts_with("cn-") { "-" } else { "" };
        format!("{}{dash}{}", self.region, self.letter)
    }

    /// English name.
    pub fn name_en(&self) -> String {
        format!("{} Zone {}", self.home().city_en, self.letter.to_ascii_uppercase())
    }

    /// Chinese name.
    pub fn name_zh(&self) -> String {
        format!("{} 可用区{}", self.home().city_zh, self.letter.to_ascii_uppercase())
    }

    /// The facts that a new world starts from.
    pub fn facts(&self) -> ZoneFacts {
        let Profile { lifecycle, access, sale, creatable, network_types, disk_categories, groups, .. } =
            self.profile;
        ZoneFacts {
            region: self.region.to_owned(),
            lifecycle: *lifecycle,
            access: *access,
            sale: *sale,
            creatable: creatable.to_vec(),
            network_types: network_types.to_vec(),
            vpc_io_optimized: self.profile.vpc_io_optimized,
            disk_categories: disk_categories.to_vec(),
            instance_types: ROWS
                .iter()
                .filter(|row| groups.contains(&row.group))
                .map(|row| row.kind.id.clone())
                .collect(),
            stock: BTreeMap::new(),
            spot_prices: BTreeMap::new(),
        }
    }

    fn home(&self) -> &'static Region {
        regions::find(self.region).expect("the table names built-in regions only")
    }
}

/// The facts about a zone: `zones.Z` of the world document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZoneFacts {
    /// The region that it belongs to.
    pub region: String,
    /// Whether it still exists.
    pub lifecycle: Lifecycle,
    /// Who may buy there.
    pub access: Access,
    /// Whether anything is sold there.
    pub sale: Sale,
    /// What can be made there.
    #[serde(default)]
    pub creatable: Vec<Creatable>,
    /// Kinds of network that it has.
    #[serde(default)]
    pub network_types: Vec<NetworkType>,
    /// Whether I/O optimized instances can be placed in a VPC there.
    pub vpc_io_optimized: bool,
    /// Kinds of disk that it offers.
    #[serde(default)]
    pub disk_categories: Vec<DiskCategory>,
    /// Instance types that it offers.
    #[serde(default)]
    pub instance_types: Vec<String>,
    /// Units left of a type; a type that is not listed never runs out.
    #[serde(default)]
    pub stock: BTreeMap<String, Stock>,
    /// Market price of an hour of a type; a type that is not listed costs its usual share of the list price.
    #[serde(default)]
    pub spot_prices: BTreeMap<String, Money>,
}

impl ZoneFacts {
    /// Units left of a type.
    pub fn stock_of(&self, instance_type: &str) -> Stock {
        self.stock.get(instance_type).copied().unwrap_or(Stock::Unlimited)
    }

    /// The instance types that it speaks of.
    pub fn types_named(&self) -> impl Iterator<Item = &String> {
        self.instance_types.iter().chain(self.stock.keys()).chain(self.spot_prices.keys())
    }

    /// Refuses values that no zone can have, with a sentence. Whether region and types exist is for the world to say.
    pub fn validate(&self) -> Result<(), String> {
        if self.region.is_empty() {
            return Err("A zone belongs to a region, but region is empty.".to_owned());
        }
        for (id, price) in &self.spot_prices {
            if *price <= Money::ZERO || price.decimals() > 3 {
                return Err(format!(
                    "A spot price is above zero and has at most three decimals, but that of {id} is {price}."
                ));
            }
        }
        Ok(())
    }
}

/// Whether a zone still exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lifecycle {
    /// It does.
    Active,
    /// It is no longer listed; what is there remains.
    Retired,
}

/// Who may buy in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Everybody.
    Public,
    /// Accounts that the zone is granted to.
    Invited,
}

/// Whether a zone sells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sale {
    /// It does.
    On,
    /// It is closed for sale.
    Off,
}

/// What can be made in a zone, in the words of DescribeZones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Creatable {
    /// Instances.
    Instance,
    /// Disks.
    Disk,
    /// vSwitches.
    VSwitch,
}

impl Creatable {
    /// The name that answers use.
    pub const fn wire_name(self) -> &'static str {
        match self {
            Creatable::Instance => "Instance",
            Creatable::Disk => "Disk",
            Creatable::VSwitch => "VSwitch",
        }
    }
}

/// Units left of an instance type in a zone, written as a number or `"unlimited"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StockText", into = "StockText")]
pub enum Stock {
    /// So many.
    Units(u64),
    /// It never runs out.
    Unlimited,
}

impl Stock {
    /// How many of the `wanted` units there are.
    pub fn at_most(self, wanted: u64) -> u64 {
        match self {
            Stock::Units(left) => left.min(wanted),
            Stock::Unlimited => wanted,
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(untagged, expecting = "expected a number of units or \"unlimited\"")]
enum StockText {
    Units(u64),
    Word(String),
}

impl TryFrom<StockText> for Stock {
    type Error = String;

    fn try_from(text: StockText) -> Result<Stock, String> {
        match text {
            StockText::Units(left) => Ok(Stock::Units(left)),
            StockText::Word(word) if word == "unlimited" => Ok(Stock::Unlimited),
            StockText::Word(word) => Err(format!("{word} is neither a number of units nor \"unlimited\"")),
        }
    }
}

impl From<Stock> for StockText {
    fn from(stock: Stock) -> StockText {
        match stock {
            Stock::Units(left) => StockText::Units(left),
            Stock::Unlimited => StockText::Word("unlimited".to_owned()),
        }
    }
}

/// Every built-in zone.
pub fn all() -> &'static [Zone] {
    ZONES
}

/// The built-in zone of this id.
pub fn find(id: &str) -> Option<&'static Zone> {
    ZONES.iter().find(|zone| zone.id() == id)
}

/// The zones of a new world, by id.
pub fn builtin_zones() -> Vec<(String, ZoneFacts)> {
    ZONES.iter().map(|zone| (zone.id(), zone.facts())).collect()
}

/// What zones of one kind offer at first.
#[derive(Debug)]
struct Profile {
    lifecycle: Lifecycle,
    access: Access,
    sale: Sale,
    creatable: &'static [Creatable],
    network_types: &'static [NetworkType],
    vpc_io_optimized: bool,
    disk_categories: &'static [DiskCategory],
    groups: &'static [TypeGroup],
}

/// A zone that sells everything to everybody, in a VPC.
const fn open(disk_categories: &'static [DiskCategory], groups: &'static [TypeGroup]) -> Profile {
    Profile {
        lifecycle: Lifecycle::Active,
        access: Access::Public,
        sale: Sale::On,
        creatable: &[Creatable::Instance, Creatable::Disk, Creatable::VSwitch],
        network_types: &[NetworkType::Vpc],
        vpc_io_optimized: true,
        disk_categories,
        groups,
    }
}

static RETIRED: Profile = Profile {
    lifecycle: Lifecycle::Retired,
    sale: Sale::Off,
    creatable: &[],
    network_types: &[],
    vpc_io_optimized: false,
    ..open(&[], &[])
};
static OLD: Profile = Profile {
    network_types: &[NetworkType::Vpc, NetworkType::Classic],
    ..open(&[C, E, S, L], &[G1, G2, T5, I1])
};
static OLD_WITHOUT_OPTIMIZED_VPC: Profile = Profile {
    network_types: &[NetworkType::Vpc, NetworkType::Classic],
    vpc_io_optimized: false,
    ..open(&[C, E, S, L], &[G1, G2, T5, I1])
};
static CLOSED: Profile = Profile { sale: Sale::Off, ..open(&[E, S], &[G2, T5, G5]) };
static MIDDLE: Profile = open(&[E, S, X], &[G2, T5, G5, G6, Gn5]);
static RICH: Profile =
    open(&[E, S, X, A, Y], &[G2, T5, T6, G5, G6, G7, U, LocalDisks, Gn5, Gn6, Bm, Scc, Inv]);
static RICH_WITHOUT_CLUSTERS: Profile =
    open(&[E, S, X, A, Y], &[G2, T5, T6, G5, G6, G7, U, LocalDisks, Gn5, Gn6, Bm, Inv]);
static NEW: Profile = open(&[E, X, A, Y], &[T6, G6, G7, U, Arm, Gn6]);
static INVITED: Profile = Profile { access: Access::Invited, ..open(&[X, A], &[G6, G7]) };
static NO_INSTANCES: Profile =
    Profile { creatable: &[Creatable::Disk, Creatable::VSwitch], ..open(&[E, S], &[]) };

static ZONES: &[Zone] = &[
    zone("cn-hangzhou", 'a', &RETIRED),
    zone("cn-hangzhou", 'b', &OLD),
    zone("cn-hangzhou", 'f', &CLOSED),
    zone("cn-hangzhou", 'g', &MIDDLE),
    zone("cn-hangzhou", 'h', &RICH),
    zone("cn-hangzhou", 'i', &NEW),
    zone("cn-hangzhou", 'j', &INVITED),
    zone("cn-shanghai", 'b', &OLD),
    zone("cn-shanghai", 'f', &RICH),
    zone("cn-shanghai", 'g', &RICH),
    zone("cn-shanghai", 'l', &NEW),
    zone("cn-beijing", 'a', &NO_INSTANCES),
    zone("cn-beijing", 'f', &RICH),
    zone("cn-beijing", 'h', &RICH),
    zone("cn-beijing", 'l', &NEW),
    zone("cn-shenzhen", 'd', &RICH),
    zone("cn-shenzhen", 'e', &RICH),
    zone("cn-shenzhen", 'f', &NEW),
    zone("cn-qingdao", 'b', &OLD_WITHOUT_OPTIMIZED_VPC),
    zone("cn-qingdao", 'c', &MIDDLE),
    zone("cn-hongkong", 'b', &RICH_WITHOUT_CLUSTERS),
    zone("cn-hongkong", 'c', &RICH_WITHOUT_CLUSTERS),
    zone("ap-southeast-1", 'a', &RICH_WITHOUT_CLUSTERS),
    zone("ap-southeast-1", 'b', &RICH_WITHOUT_CLUSTERS),
    zone("ap-southeast-1", 'c', &NEW),
    zone("us-west-1", 'a', &MIDDLE),
    zone("us-west-1", 'b', &MIDDLE),
];

const fn zone(region: &'static str, letter: char, profile: &'static Profile) -> Zone {
    Zone { region, letter, profile }
}
