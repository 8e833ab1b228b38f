//! Every kind of record in one list, for whoever works on the whole state: checks, copies, comparisons.

use moyun_store::{Audit, Fault, Record, Tx};

use crate::call::{Budget, NonceRecord, TokenRecord};
use crate::catalog::accounts::{AccessKeyFacts, AccountFacts};
use crate::catalog::images::ImageFacts;
use crate::catalog::limits::{ComponentFacts, LimitFacts};
use crate::catalog::regions::RegionFacts;
use crate::catalog::snapshots::SnapshotFacts;
use crate::catalog::zones::ZoneFacts;
use crate::clock::Clock;
use crate::ecs::business_behavior::record::BusinessBehavior;
use crate::ecs::disk::record::Disk;
use crate::ecs::hpc_cluster::record::HpcCluster;
use crate::ecs::image::record::CustomImage;
use crate::ecs::instance::public_address::PublicAddress;
use crate::ecs::instance::record::Instance;
use crate::ecs::key_pair::record::KeyPair;
use crate::ecs::security_group::record::SecurityGroup;
use crate::ecs::snapshot::record::Snapshot;
use crate::ram::access_key::record::UserKey;
use crate::ram::access_key::uses::KeyUse;
use crate::ram::attachment::record::Attachment;
use crate::ram::group::record::{Membership, RamGroup};
use crate::ram::managed_policy::record::RamPolicy;
use crate::ram::role::record::RamRole;
use crate::ram::user::record::RamUser;
use crate::requests::KeptRequest;
use crate::sts::role::session::Session;
use crate::vpc::vpc::record::Vpc;
use crate::vpc::vswitch::record::{PrivateAddress, VSwitch};
use crate::world::Fact;

/// What can be done with the records of a table without naming their type.
pub(crate) struct Kind {
    /// Has their index, due and count rows compared.
    pub(crate) audit: fn(&mut Audit, &Tx<'_>) -> Result<(), Fault>,
}

/// Every kind of record, by the number of its table. `cargo xtask tidy` sees that none is missing.
pub(crate) const KINDS: &[Kind] = &[
    kind::<Clock>(),
    kind::<TokenRecord>(),
    kind::<Budget>(),
    kind::<NonceRecord>(),
    kind::<KeptRequest>(),
    kind::<Fact<LimitFacts>>(),
    kind::<Fact<AccountFacts>>(),
    kind::<Fact<AccessKeyFacts>>(),
    kind::<Fact<RegionFacts>>(),
    kind::<Fact<ZoneFacts>>(),
    kind::<Fact<ImageFacts>>(),
    kind::<Fact<ComponentFacts>>(),
    kind::<Fact<SnapshotFacts>>(),
    kind::<Vpc>(),
    kind::<VSwitch>(),
    kind::<PrivateAddress>(),
    kind::<SecurityGroup>(),
    kind::<KeyPair>(),
    kind::<Instance>(),
    kind::<Disk>(),
    kind::<PublicAddress>(),
    kind::<Snapshot>(),
    kind::<CustomImage>(),
    kind::<HpcCluster>(),
    kind::<RamUser>(),
    kind::<RamGroup>(),
    kind::<Membership>(),
    kind::<RamPolicy>(),
    kind::<Attachment>(),
    kind::<RamRole>(),
    kind::<UserKey>(),
    kind::<Session>(),
    kind::<BusinessBehavior>(),
    kind::<KeyUse>(),
];

const fn kind<R: Record>() -> Kind {
    Kind { audit: Audit::look::<R> }
}
