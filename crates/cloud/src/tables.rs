//! Every kind of record in one list, for whoever works on the whole state: checks, copies, comparisons.

use moyun_store::{Audit, Fault, Key, Record, Tx};
use serde_json::Value;

use crate::call::{Budget, NonceRecord, Order, TokenRecord};
use crate::catalog::accounts::{AccessKeyFacts, AccountFacts};
use crate::catalog::images::ImageFacts;
use crate::catalog::limits::{ComponentFacts, LimitFacts};
use crate::catalog::regions::RegionFacts;
use crate::catalog::snapshots::SnapshotFacts;
use crate::catalog::wares::WareChanges;
use crate::catalog::zones::ZoneFacts;
use crate::clock::Clock;
use crate::ecs::business_behavior::record::BusinessBehavior;
use crate::ecs::disk::record::Disk;
use crate::ecs::hpc_cluster::record::HpcCluster;
use crate::ecs::image::record::CustomImage;
use crate::ecs::instance::public_address::PublicAddress;
use crate::ecs::instance::record::Instance;
use crate::ecs::key_pair::record::KeyPair;
use crate::ecs::network_interface::record::NetworkInterface;
use crate::ecs::price::moves::PriceMove;
use crate::ecs::security_group::record::SecurityGroup;
use crate::ecs::snapshot::record::Snapshot;
use crate::ram::access_key::record::UserKey;
use crate::ram::access_key::uses::KeyUse;
use crate::ram::account_alias::record::AccountAlias;
use crate::ram::attachment::record::Attachment;
use crate::ram::group::record::{Membership, RamGroup};
use crate::ram::managed_policy::record::RamPolicy;
use crate::ram::mfa::record::MfaDevice;
use crate::ram::role::record::RamRole;
use crate::ram::security::record::RamSettings;
use crate::ram::user::record::RamUser;
use crate::requests::KeptRequest;
use crate::sts::role::session::Session;
use crate::vpc::vpc::record::Vpc;
use crate::vpc::vswitch::record::{PrivateAddress, VSwitch};
use crate::world::{Fact, Facts, PatchError};

/// Records with their keys.
type Listing = Vec<(Key, Value)>;

/// What can be done with the records of a table without naming their type.
pub(crate) struct Kind {
    /// Its name.
    pub(crate) name: &'static str,
    /// The version of its stored form.
    pub(crate) version: u8,
    /// Has their index, due and count rows compared.
    pub(crate) audit: fn(&mut Audit, &Tx<'_>) -> Result<(), Fault>,
    /// All of them with their keys, in the order of keys.
    pub(crate) list: fn(&Tx<'_>) -> Result<Listing, Fault>,
    /// Stores one and tells its key.
    pub(crate) put: fn(&mut Tx<'_>, Value) -> Result<Key, PatchError>,
    /// Removes the one under a key.
    pub(crate) delete: fn(&mut Tx<'_>, &Key) -> Result<bool, Fault>,
}

/// Every kind of record, by the number of its table. `cargo xtask tidy` sees that none is missing.
pub(crate) const KINDS: &[Kind] = &[
    kind::<Clock>(),
    kind::<TokenRecord>(),
    kind::<Budget>(),
    kind::<Order>(),
    kind::<NonceRecord>(),
    kind::<KeptRequest>(),
    facts::<LimitFacts>(),
    facts::<AccountFacts>(),
    facts::<AccessKeyFacts>(),
    facts::<RegionFacts>(),
    facts::<ZoneFacts>(),
    facts::<ImageFacts>(),
    facts::<ComponentFacts>(),
    facts::<SnapshotFacts>(),
    facts::<WareChanges>(),
    kind::<Vpc>(),
    kind::<VSwitch>(),
    kind::<PrivateAddress>(),
    kind::<SecurityGroup>(),
    kind::<KeyPair>(),
    kind::<Instance>(),
    kind::<Disk>(),
    kind::<PublicAddress>(),
    kind::<NetworkInterface>(),
    kind::<Snapshot>(),
    kind::<CustomImage>(),
    kind::<HpcCluster>(),
    kind::<PriceMove>(),
    kind::<RamUser>(),
    kind::<RamGroup>(),
    kind::<Membership>(),
    kind::<RamPolicy>(),
    kind::<Attachment>(),
    kind::<RamRole>(),
    kind::<UserKey>(),
    kind::<MfaDevice>(),
    kind::<RamSettings>(),
    kind::<AccountAlias>(),
    kind::<Session>(),
    kind::<BusinessBehavior>(),
    kind::<KeyUse>(),
];

const fn kind<R: Record>() -> Kind {
    Kind {
        name: R::TABLE.name,
        version: R::VERSION,
        audit: Audit::look::<R>,
        list: list::<R>,
        put: |tx, value| put(tx, &read::<R>(&value)?),
        delete: |tx, key| tx.delete::<R>(key),
    }
}

/// The kind of facts, which have to be possible.
const fn facts<F: Facts>() -> Kind {
    Kind {
        put: |tx, value| {
            let fact = read::<Fact<F>>(&value)?;
            fact.facts.validate().map_err(PatchError::Refused)?;
            put(tx, &fact)
        },
        ..kind::<Fact<F>>()
    }
}

fn list<R: Record>(tx: &Tx<'_>) -> Result<Listing, Fault> {
    let show = |record: R| {
        let value = serde_json::to_value(&record);
        let unclear = |cause| Fault::caused(format!("a {} record has no JSON", R::TABLE.name), cause);
        Ok((record.key(), value.map_err(unclear)?))
    };
    tx.list(&Key::new())?.into_iter().map(show).collect()
}

/// Whether a field need not be stored: where nothing is stored, this is what is read.
pub(crate) fn is_blank<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Whether a field says no more than if it were not there.
fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(truth) => !truth,
        Value::Number(_) => false,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
    }
}

/// A record, and nothing that it would not keep.
fn read<R: Record>(value: &Value) -> Result<R, PatchError> {
    let refused = |what: String| PatchError::Refused(format!("this is no {}: {what}", R::TABLE.name));
    let record = R::deserialize(value).map_err(|error| refused(error.to_string()))?;
    let kept = serde_json::to_value(&record).map_err(|error| refused(error.to_string()))?;
    let fields = value.as_object().into_iter().flatten();
    let unknown = fields.into_iter().find(|(field, value)| kept.get(field).is_none() && !says_nothing(value));
    match unknown {
        Some((unknown, _)) => Err(refused(format!("it has no field {unknown}"))),
        None => Ok(record),
    }
}

fn put<R: Record>(tx: &mut Tx<'_>, record: &R) -> Result<Key, PatchError> {
    tx.put(record)?;
    Ok(record.key())
}
