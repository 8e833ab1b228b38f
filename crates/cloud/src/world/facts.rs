//! Facts as records, and how checks look them up.

use moyun_store::{Fault, IndexRow, Key, Lane, Record, Table, Tx};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::catalog::accounts::{AccessKeyFacts, AccountFacts};
use crate::catalog::images::ImageFacts;
use crate::catalog::limits::{ComponentFacts, LimitFacts};
use crate::catalog::regions::RegionFacts;
use crate::catalog::snapshots::SnapshotFacts;
use crate::catalog::wares::WareChanges;
use crate::catalog::zones::ZoneFacts;
use crate::ids::{AccountId, ImageId, RegionId, ZoneId};

/// A kind of fact: one section of the world document.
pub trait Facts: Serialize + DeserializeOwned {
    /// Where it is stored.
    const TABLE: Table;
    /// Fields that the document never shows.
    const SECRETS: &'static [&'static str] = &[];
    /// The lane that guards the facts about the thing of this name.
    fn lane(&self, _name: &str) -> Lane {
        world_lane()
    }
    /// Refuses impossible values with a sentence.
    fn validate(&self) -> Result<(), String>;
    /// What a new thing of this kind starts from; the rest has to be said.
    fn template(_name: &str) -> Value {
        Value::Object(Map::new())
    }
    /// Another name by which the thing is found.
    fn alias(&self) -> Option<&str> {
        None
    }
}

/// The index of facts by the other name of what they are about.
const BY_ALIAS: u16 = 1;

/// The facts about one thing.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound = "F: Facts")]
pub struct Fact<F: Facts> {
    /// What they are about; empty where there is only one.
    pub name: String,
    /// The facts.
    pub facts: F,
}

impl<F: Facts> Record for Fact<F> {
    const TABLE: Table = F::TABLE;
    fn key(&self) -> Key {
        Key::new().text(&self.name)
    }
    fn lane(&self) -> Lane {
        self.facts.lane(&self.name)
    }
    fn index(&self) -> Vec<IndexRow> {
        let by_alias = |alias| IndexRow { index: BY_ALIAS, key: Key::new().text(alias) };
        self.facts.alias().map(by_alias).into_iter().collect()
    }
}

impl<F: Facts> Fact<F> {
    /// The facts about a thing, if it is known.
    pub fn find(tx: &Tx<'_>, name: &str) -> Result<Option<F>, Fault> {
        Ok(tx.find::<Fact<F>>(&Key::new().text(name))?.map(|fact| fact.facts))
    }

    /// The facts about the things of this other name.
    pub fn of_alias(tx: &Tx<'_>, alias: &str) -> Result<Vec<Fact<F>>, Fault> {
        tx.index_list(BY_ALIAS, &Key::new().text(alias), 0, usize::MAX)
    }

    /// Everything known of this kind, by name.
    pub fn all(tx: &Tx<'_>) -> Result<Vec<Fact<F>>, Fault> {
        tx.list(&Key::new())
    }
}

impl Fact<AccountFacts> {
    /// The facts about an account that a verified key belongs to.
    pub fn of_account(tx: &Tx<'_>, account: &AccountId) -> Result<AccountFacts, Fault> {
        Fact::find(tx, account.as_str())?
            .ok_or_else(|| Fault::new(format!("account {account} has a key but no facts")))
    }
}

impl Fact<AccountFacts> {
    /// The account that logs in with this name.
    pub fn account_named(tx: &Tx<'_>, login_name: &str) -> Result<Option<AccountId>, Fault> {
        let named = Fact::<AccountFacts>::of_alias(tx, login_name)?;
        Ok(named.into_iter().next().map(|account| AccountId(account.name)))
    }
}

impl Fact<RegionFacts> {
    /// The facts about a region.
    pub fn of_region(tx: &Tx<'_>, region: &RegionId) -> Result<Option<RegionFacts>, Fault> {
        Fact::find(tx, region.as_str())
    }
}

impl Fact<ZoneFacts> {
    /// The facts about a zone.
    pub fn of_zone(tx: &Tx<'_>, zone: &ZoneId) -> Result<Option<ZoneFacts>, Fault> {
        Fact::find(tx, zone.as_str())
    }

    /// The zones of a region in the order of their names, retired ones included.
    pub fn zones_of(tx: &Tx<'_>, region: &RegionId) -> Result<Vec<(ZoneId, ZoneFacts)>, Fault> {
        let all = Fact::<ZoneFacts>::all(tx)?;
        let here = all.into_iter().filter(|zone| zone.facts.region == region.as_str());
        Ok(here.map(|zone| (ZoneId(zone.name), zone.facts)).collect())
    }
}

impl Fact<ImageFacts> {
    /// The facts about a public or market image.
    pub fn of_image(tx: &Tx<'_>, image: &ImageId) -> Result<Option<ImageFacts>, Fault> {
        Fact::find(tx, image.as_str())
    }
}

impl Fact<LimitFacts> {
    /// The limits of the world.
    pub fn limits(tx: &Tx<'_>) -> Result<LimitFacts, Fault> {
        Fact::find(tx, "")?.ok_or_else(|| Fault::new("the world has no limits"))
    }
}

impl Fact<AccessKeyFacts> {
    /// The facts about an access key.
    pub fn of_key(tx: &Tx<'_>, access_key_id: &str) -> Result<Option<AccessKeyFacts>, Fault> {
        Fact::find(tx, access_key_id)
    }
}

/// The lane in which the world changes, but for what calls change too.
pub(crate) fn world_lane() -> Lane {
    Lane("world".to_owned())
}

macro_rules! facts {
    ($($facts:ty = $id:literal, $name:literal $(, lane $lane:expr)? $(, secrets $secrets:expr)? $(, alias $alias:ident)? $(, from $template:expr)?;)*) => {$(
        impl Facts for $facts {
            const TABLE: Table = Table { id: $id, name: $name };
            $(const SECRETS: &'static [&'static str] = $secrets;)?
            $(fn lane(&self, name: &str) -> Lane {
                $lane(self, name)
            })?
            fn validate(&self) -> Result<(), String> {
                <$facts>::validate(self)
            }
            $(fn template(name: &str) -> Value {
                $template(name)
            })?
            $(fn alias(&self) -> Option<&str> {
                Some(&self.$alias)
            })?
        }
    )*};
}

facts! {
    LimitFacts = 10, "limits";
    AccountFacts = 11, "accounts", lane |_, uid| lane_of(uid), alias login_name, from new_account;
    AccessKeyFacts = 12, "access_keys", lane |key: &AccessKeyFacts, _| lane_of(&key.account), secrets &["secret"], from new_key;
    RegionFacts = 13, "regions";
    ZoneFacts = 14, "zones", lane |_, zone| zone_lane(zone);
    ImageFacts = 15, "images";
    ComponentFacts = 16, "components";
    SnapshotFacts = 17, "snapshots", lane |snapshot: &SnapshotFacts, _| lane_of(&snapshot.account);
    WareChanges = 18, "wares";
}

/// The lane of a zone.
pub(crate) fn zone_lane(zone: &str) -> Lane {
    Lane(format!("zone-{zone}"))
}

/// The lane of an account by its uid.
fn lane_of(uid: &str) -> Lane {
    AccountId::from(uid).lane()
}

fn new_account(uid: &str) -> Value {
    let standard = AccountFacts::standard(&format!("{uid}@moyun.local"));
    serde_json::to_value(standard).unwrap_or_default()
}

fn new_key(_id: &str) -> Value {
    serde_json::json!({ "kind": "owner", "status": "Active", "allowed_actions": "*" })
}
