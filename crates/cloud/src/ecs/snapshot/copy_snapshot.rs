//! CopySnapshot.

use moyun_derive::{Action, Shape};

use crate::case::Case;
use crate::catalog::accounts::ServiceState;
use crate::cx::Cx;
use crate::ecs::snapshot::given::{one_accomplished, one_beside_archived, one_progressing, one_without_keys};
use crate::ecs::snapshot::is_snapshot_name;
use crate::ecs::snapshot::record::Snapshot;
use crate::errors::{
    ApiError, KmsNotEnabled, ParameterMalformed, RegionNotFound, RequiredParameterMissing,
    ResourceDescriptionMalformed, SnapshotNameMalformed, SnapshotNotFound, SnapshotNotReady, TagKeyDuplicate,
    TagKeyMalformed, TagValueMalformed, TooManyTags,
};
use crate::ids::{RegionId, ResourceGroupId, SnapshotId};
use crate::names::is_description;
use crate::spec::Run;
use crate::tags::{self, TagParam};
use crate::vpc::given::too_many_tags;
use crate::world::Fact;

/// Copies a finished snapshot to another region.
///
/// The copy is `progressing` for a while. Disks and images are made from it as from its source, but no disk is reset to
/// it. An archived snapshot is not copied.
#[derive(Action)]
#[action(ecs, write, region, idempotent, reply = CopiedSnapshot, raises(
    RegionNotFound, RequiredParameterMissing, SnapshotNameMalformed, ResourceDescriptionMalformed,
    ParameterMalformed, TagKeyMalformed, TagValueMalformed, TagKeyDuplicate, TooManyTags, SnapshotNotFound,
    SnapshotNotReady, KmsNotEnabled
))]
pub struct CopySnapshot {
    /// ID of the snapshot.
    #[param(required)]
    snapshot_id: SnapshotId,
    /// Region that the copy is made in.
    #[param(required)]
    destination_region_id: RegionId,
    /// Name of the copy: 2 to 128 characters, first a letter, not beginning with `auto`.
    #[param(check = is_snapshot_name, row = SnapshotNameMalformed)]
    destination_snapshot_name: Option<String>,
    /// Description of the copy: 2 to 256 characters that are no link.
    #[param(check = is_description, row = ResourceDescriptionMalformed)]
    destination_snapshot_description: Option<String>,
    /// For how many days the copy is kept; by default until it is deleted.
    #[param(range(1, 65536))]
    retention_days: Option<i64>,
    /// Whether the copy is encrypted. Copies of encrypted snapshots always are.
    #[param(default = false)]
    encrypted: bool,
    /// Key that the copy is encrypted with; by default the service's own.
    #[param(name = "KMSKeyId")]
    kms_key_id: Option<String>,
    /// Resource group of the copy.
    resource_group_id: Option<ResourceGroupId>,
    /// Tags of the copy, up to 20.
    #[param(group)]
    tag: Vec<TagParam>,
}

/// A new copy.
#[derive(Shape)]
pub struct CopiedSnapshot {
    /// ID of the copy.
    snapshot_id: SnapshotId,
}

impl Run for CopySnapshot {
    fn run(self, cx: &mut Cx<'_>) -> Result<CopiedSnapshot, ApiError> {
        let tags = tags::read(&self.tag)?;
        let source = cx.snapshot(&self.snapshot_id)?;
        let region = self.destination_region_id;
        Fact::of_region(&cx.tx, &region)?.ok_or_else(|| RegionNotFound.about("DestinationRegionId"))?;
        source.check_ready()?;
        if source.archived {
            return Err(ParameterMalformed.about("SnapshotId"));
        }
        let encrypted = self.encrypted || source.encrypted;
        let services = Fact::of_account(&cx.tx, cx.account())?.services;
        if encrypted && services.kms == ServiceState::Disabled {
            return Err(KmsNotEnabled.about("Encrypted"));
        }
        let copy = Snapshot {
            name: self.destination_snapshot_name.unwrap_or_default(),
            description: self.destination_snapshot_description.unwrap_or_default(),
            retention_days: self.retention_days,
            encrypted,
            // A key is known in its own region alone.
            kms_key_id: self.kms_key_id.filter(|_| encrypted).unwrap_or_default(),
            resource_group: self.resource_group_id.unwrap_or_default(),
            tags,
            ..cx.begin_snapshot_copy(source, &region)?
        };
        cx.put(&copy)?;
        Ok(CopiedSnapshot { snapshot_id: copy.id })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "to another region",
        one_accomplished,
        "RegionId=cn-hangzhou&SnapshotId=$s&DestinationRegionId=cn-beijing&DestinationSnapshotName=nightly-bj\
         &DestinationSnapshotDescription=for the north&RetentionDays=30&Tag.1.Key=team&Tag.1.Value=a",
    ),
    Case::ok(
        "encrypted",
        one_accomplished,
        "RegionId=cn-hangzhou&SnapshotId=$s&DestinationRegionId=cn-beijing&Encrypted=true",
    ),
    Case::err(
        "from a region that is none",
        one_accomplished,
        "RegionId=cn-atlantis&SnapshotId=$s&DestinationRegionId=cn-beijing",
        &RegionNotFound,
    ),
    Case::err(
        "to a region that is none",
        one_accomplished,
        "RegionId=cn-hangzhou&SnapshotId=$s&DestinationRegionId=cn-atlantis",
        &RegionNotFound,
    ),
    Case::err(
        "to nowhere",
        one_accomplished,
        "RegionId=cn-hangzhou&SnapshotId=$s",
        &RequiredParameterMissing,
    ),
    Case::err(
        "a name for automatic ones",
        one_accomplished,
        "RegionId=cn-hangzhou&SnapshotId=$s&DestinationRegionId=cn-beijing&DestinationSnapshotName=auto1",
        &SnapshotNameMalformed,
    ),
    Case::err(
        "a link as description",
        one_accomplished,
        "RegionId=cn-hangzhou&SnapshotId=$s&DestinationRegionId=cn-beijing\
         &DestinationSnapshotDescription=http://a",
        &ResourceDescriptionMalformed,
    ),
    Case::err(
        "for no day",
        one_accomplished,
        "RegionId=cn-hangzhou&SnapshotId=$s&DestinationRegionId=cn-beijing&RetentionDays=0",
        &ParameterMalformed,
    ),
    Case::err(
        "a tag without key",
        one_accomplished,
        "RegionId=cn-hangzhou&SnapshotId=$s&DestinationRegionId=cn-beijing&Tag.1.Value=a",
        &TagKeyMalformed,
    ),
    Case::err(
        "a link in a tag",
        one_accomplished,
        "RegionId=cn-hangzhou&SnapshotId=$s&DestinationRegionId=cn-beijing&Tag.1.Key=a&Tag.1.Value=http://a",
        &TagValueMalformed,
    ),
    Case::err(
        "one key twice",
        one_accomplished,
        "RegionId=cn-hangzhou&SnapshotId=$s&DestinationRegionId=cn-beijing&Tag.1.Key=a&Tag.2.Key=a",
        &TagKeyDuplicate,
    ),
    Case::err(
        "21 tags",
        one_accomplished,
        concat!("RegionId=cn-hangzhou&SnapshotId=$s&DestinationRegionId=cn-beijing&", too_many_tags!()),
        &TooManyTags,
    ),
    Case::err(
        "an unknown id",
        one_accomplished,
        "RegionId=cn-hangzhou&SnapshotId=s-bp1doesnotexist00001&DestinationRegionId=cn-beijing",
        &SnapshotNotFound,
    ),
    Case::err(
        "an unfinished one",
        one_progressing,
        "RegionId=cn-hangzhou&SnapshotId=$s&DestinationRegionId=cn-beijing",
        &SnapshotNotReady,
    ),
    Case::err(
        "an archived one",
        one_beside_archived,
        "RegionId=cn-hangzhou&SnapshotId=s-archived&DestinationRegionId=cn-beijing",
        &ParameterMalformed,
    ),
    Case::err(
        "encrypted without the service of keys",
        one_without_keys,
        "RegionId=cn-hangzhou&SnapshotId=$s&DestinationRegionId=cn-beijing&Encrypted=true",
        &KmsNotEnabled,
    ),
];
