//! CopyImage.

use moyun_derive::Action;

use crate::case::Case;
use crate::catalog::accounts::ServiceState;
use crate::cx::Cx;
use crate::ecs::image::create_image::{CreatedImage, ID_LENGTH};
use crate::ecs::image::given::{
    full_in_beijing, kms_closed, one_copied, one_creating, one_deleted, one_image,
};
use crate::ecs::image::record::{CustomImage, ImageState};
use crate::ecs::image::source::CopiedDisks;
use crate::errors::{
    ApiError, DryRunPassed, ImageNameMalformed, ImageNameTaken, ImageNotFound, ImageQuotaExceeded,
    ImageStatusWrong, KmsNotEnabled, ParameterMalformed, RegionNotFound, RequiredParameterMissing,
    ResourceDescriptionMalformed, TagKeyDuplicate, TagKeyMalformed, TagValueMalformed, TooManyTags,
};
use crate::ids::{ImageId, RegionId, ResourceGroupId, SnapshotId};
use crate::names::{is_description, is_resource_name};
use crate::spec::Run;
use crate::tags::{self, TagParam};
use crate::vpc::given::too_many_tags;
use crate::world::Fact;

/// Copies a custom image of one's own to another region, or encrypted within its own.
///
/// The copy is `Creating` for a while; the snapshots of its disks are copied with it. It has its own ID, name and tags, and is shared with nobody.
#[derive(Action)]
#[action(ecs, write, region, idempotent, dry_run = DryRunPassed, reply = CreatedImage, raises(
    RegionNotFound, RequiredParameterMissing, ImageNameMalformed, ResourceDescriptionMalformed,
    ParameterMalformed, TagKeyMalformed, TagValueMalformed, TagKeyDuplicate, TooManyTags, ImageNotFound,
    ImageStatusWrong, KmsNotEnabled, ImageNameTaken, ImageQuotaExceeded, DryRunPassed
))]
pub struct CopyImage {
    /// ID of the image.
    #[param(required)]
    image_id: ImageId,
    /// Region that the copy is made in.
    #[param(required)]
    destination_region_id: RegionId,
    /// Name of the copy: 2 to 128 characters, first a letter, then letters, digits, colons, underscores, periods and
    /// hyphens. Without it the ID of the copy is its name.
    #[param(check = is_resource_name, row = ImageNameMalformed)]
    destination_image_name: Option<String>,
    /// Description of the copy: 2 to 256 characters that do not begin with `http://` or `https://`.
    #[param(check = is_description, row = ResourceDescriptionMalformed)]
    destination_description: Option<String>,
    /// Whether the copy is encrypted. Copies of encrypted images always are.
    #[param(default = false)]
    encrypted: bool,
    /// Algorithm of the encryption; the value changes nothing.
    #[expect(dead_code, reason = "read for its type; nothing is really encrypted")]
    encrypt_algorithm: Option<String>,
    /// Key that the copy is encrypted with; the value changes nothing.
    #[expect(dead_code, reason = "read for its type; nothing is really encrypted")]
    #[param(name = "KMSKeyId")]
    kms_key_id: Option<String>,
    /// Resource group that the copy belongs to.
    resource_group_id: Option<ResourceGroupId>,
    /// Tags of the copy, up to 20.
    #[param(group)]
    tag: Vec<TagParam>,
}

impl Run for CopyImage {
    fn run(self, cx: &mut Cx<'_>) -> Result<CreatedImage, ApiError> {
        let tags = tags::read(&self.tag)?;
        let region = self.destination_region_id;
        let source = cx.own_image(&self.image_id)?;
        Fact::of_region(&cx.tx, &region)?.ok_or_else(|| RegionNotFound.about("DestinationRegionId"))?;
        if !source.state.is_usable() {
            return Err(ImageStatusWrong.about("ImageId"));
        }
        let encrypted = self.encrypted || source.encrypted;
        let services = Fact::of_account(&cx.tx, cx.account())?.services;
        if encrypted && services.kms == ServiceState::Disabled {
            return Err(KmsNotEnabled.about("Encrypted"));
        }
        if let Some(name) = &self.destination_image_name {
            cx.check_image_name(&region, name)?;
        }
        cx.check_image_quota(&region)?;
        let id = ImageId(cx.new_id("m", &region, ID_LENGTH));
        let name = self.destination_image_name.unwrap_or_else(|| id.to_string());
        let copied = CopiedDisks { name: &name, region: &region, encrypted: self.encrypted };
        let system_snapshot = copied.snapshot(source.system_snapshot.as_ref(), cx)?;
        let mut facts = source.facts.clone();
        for disk in &mut facts.data_disks {
            disk.encrypted |= self.encrypted;
            let snapshot = disk.snapshot_id.take().map(SnapshotId);
            disk.snapshot_id = copied.snapshot(snapshot.as_ref(), cx)?.map(|id| id.0);
        }
        let copy = CustomImage {
            name,
            description: self.destination_description.unwrap_or_default(),
            state: ImageState::Creating,
            available_ms: Some(cx.image_ready_ms()?),
            created_ms: cx.now_ms(),
            is_copied: true,
            encrypted,
            system_snapshot,
            facts,
            is_public: false,
            shared_with: vec![],
            resource_group: self.resource_group_id.unwrap_or_default(),
            tags,
            id,
            region,
            ..source
        };
        cx.put(&copy)?;
        Ok(CreatedImage { image_id: copy.id })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "to another region",
        one_image,
        "RegionId=cn-hangzhou&ImageId=$m&DestinationRegionId=cn-beijing&DestinationImageName=web-bj\
         &DestinationDescription=for the north&Tag.1.Key=team&Tag.1.Value=a",
    ),
    Case::ok(
        "encrypted in its region",
        one_image,
        "RegionId=cn-hangzhou&ImageId=$m&DestinationRegionId=cn-hangzhou&Encrypted=true",
    ),
    Case::err(
        "of a region that is none",
        one_image,
        "RegionId=cn-atlantis&ImageId=$m&DestinationRegionId=cn-beijing",
        &RegionNotFound,
    ),
    Case::err(
        "to a region that is none",
        one_image,
        "RegionId=cn-hangzhou&ImageId=$m&DestinationRegionId=cn-atlantis",
        &RegionNotFound,
    ),
    Case::err("to nowhere", one_image, "RegionId=cn-hangzhou&ImageId=$m", &RequiredParameterMissing),
    Case::err(
        "a name that is none",
        one_image,
        "RegionId=cn-hangzhou&ImageId=$m&DestinationRegionId=cn-beijing&DestinationImageName=1web",
        &ImageNameMalformed,
    ),
    Case::err(
        "a link as description",
        one_image,
        "RegionId=cn-hangzhou&ImageId=$m&DestinationRegionId=cn-beijing&DestinationDescription=http://a",
        &ResourceDescriptionMalformed,
    ),
    Case::err(
        "a flag that is none",
        one_image,
        "RegionId=cn-hangzhou&ImageId=$m&DestinationRegionId=cn-beijing&Encrypted=perhaps",
        &ParameterMalformed,
    ),
    Case::err(
        "a tag without key",
        one_image,
        "RegionId=cn-hangzhou&ImageId=$m&DestinationRegionId=cn-beijing&Tag.1.Value=a",
        &TagKeyMalformed,
    ),
    Case::err(
        "a link as value of a tag",
        one_image,
        "RegionId=cn-hangzhou&ImageId=$m&DestinationRegionId=cn-beijing&Tag.1.Key=team&Tag.1.Value=http://a",
        &TagValueMalformed,
    ),
    Case::err(
        "one key twice",
        one_image,
        "RegionId=cn-hangzhou&ImageId=$m&DestinationRegionId=cn-beijing&Tag.1.Key=team&Tag.2.Key=team",
        &TagKeyDuplicate,
    ),
    Case::err(
        "21 tags",
        one_image,
        concat!("RegionId=cn-hangzhou&ImageId=$m&DestinationRegionId=cn-beijing&", too_many_tags!()),
        &TooManyTags,
    ),
    Case::err(
        "an unknown id",
        one_image,
        "RegionId=cn-hangzhou&ImageId=m-bp1doesnotexist00001&DestinationRegionId=cn-beijing",
        &ImageNotFound,
    ),
    Case::err(
        "one that is gone",
        one_deleted,
        "RegionId=cn-hangzhou&ImageId=$m&DestinationRegionId=cn-beijing",
        &ImageNotFound,
    ),
    Case::err(
        "it is still being made",
        one_creating,
        "RegionId=cn-hangzhou&ImageId=$m&DestinationRegionId=cn-beijing",
        &ImageStatusWrong,
    ),
    Case::err(
        "encrypted without the service of keys",
        kms_closed,
        "RegionId=cn-hangzhou&ImageId=$m&DestinationRegionId=cn-beijing&Encrypted=true",
        &KmsNotEnabled,
    ),
    Case::err(
        "a name that another has there",
        one_copied,
        "RegionId=cn-hangzhou&ImageId=$m&DestinationRegionId=cn-beijing&DestinationImageName=web-bj",
        &ImageNameTaken,
    ),
    Case::err(
        "the 101st there",
        full_in_beijing,
        "RegionId=cn-hangzhou&ImageId=$m&DestinationRegionId=cn-beijing",
        &ImageQuotaExceeded,
    ),
    Case::err(
        "a rehearsal",
        one_image,
        "RegionId=cn-hangzhou&ImageId=$m&DestinationRegionId=cn-beijing&DryRun=true",
        &DryRunPassed,
    ),
];
