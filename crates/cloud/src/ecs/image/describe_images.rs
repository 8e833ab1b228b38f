//! DescribeImages.

use moyun_derive::{Action, Group, Shape};
use moyun_wire::timestamp;

use crate::case::{Case, nothing};
use crate::catalog::offer;
use crate::catalog::wares::Wares;
use crate::cx::Cx;
use crate::ecs::image::given::{
    off_the_market, one_copied, one_creating, one_deleted, one_of_snapshots, one_shared, published_by_other,
    seen_by_other, subscribed, two_images, with_data_disk, withdrawn,
};
use crate::ecs::image::shape::{Image, is_used, usage_word};
use crate::ecs::image::shelf::{self, ImageEntry};
use crate::errors::{
    ApiError, DryRunPassed, ParameterMalformed, RegionNotFound, RequiredParameterEmpty,
    RequiredParameterMissing,
};
use crate::ids::{RegionId, SnapshotId};
use crate::spec::Run;
use crate::tags::{self, TagParam};
use crate::world::Fact;

/// Lists the images that instances can be made from, newest first.
///
/// Without filters these are the available images of the cloud, of the account and of those who share theirs
/// with it. Images of the marketplace are listed when ImageOwnerAlias asks for them or ImageId names them, and
/// images in another status when Status asks for them. The filters narrow the list together.
#[derive(Action)]
#[action(ecs, read, region, dry_run = DryRunPassed, reply = ImageList, raises(
    RequiredParameterMissing, RequiredParameterEmpty, RegionNotFound, ParameterMalformed, DryRunPassed
))]
pub struct DescribeImages {
    /// Only images of these IDs, separated by commas.
    image_id: Option<String>,
    /// Only images whose name contains this text; `*` in it stands for any text.
    image_name: Option<String>,
    /// Only images of this family.
    image_family: Option<String>,
    /// Only images of this owner.
    #[param(one_of("system", "self", "others", "marketplace"))]
    image_owner_alias: Option<String>,
    /// Only images of this account.
    image_owner_id: Option<i64>,
    /// `true` lists only images that others published for everybody.
    #[param(default = false)]
    is_public: bool,
    /// Only images in these statuses, separated by commas: `Creating`, `Waiting`, `Available`, `UnAvailable`,
    /// `CreateFailed`, `Deprecated`.
    #[param(default = "Available", check = are_statuses)]
    status: String,
    /// Only images with this kind of system.
    #[param(name = "OSType", one_of("windows", "linux"))]
    os_type: Option<String>,
    /// Only images for this architecture.
    #[param(one_of("i386", "x86_64", "arm64"))]
    architecture: Option<String>,
    /// Only images that run on this instance type.
    instance_type: Option<String>,
    /// Only images with, or only without, drivers for I/O optimized instances.
    is_support_io_optimized: Option<bool>,
    /// Only images with, or only without, cloud-init.
    is_support_cloudinit: Option<bool>,
    /// Only images that instances of the account in the region were made from (`instance`), or only others
    /// (`none`).
    #[param(one_of("instance", "none"))]
    usage: Option<String>,
    /// Only images that can, or only those that cannot, be used.
    usable: Option<bool>,
    /// Only images made from this snapshot.
    snapshot_id: Option<SnapshotId>,
    /// Whether images that the marketplace took down are listed too.
    #[param(default = false)]
    show_expired: bool,
    /// What the image would be used for. Every image can be used for both, so the answer is the same.
    #[expect(dead_code, reason = "read for its type; images serve both uses")]
    #[param(default = "CreateEcs", one_of("CreateEcs", "ChangeOS"))]
    action_type: String,
    /// Only images of this resource group.
    resource_group_id: Option<String>,
    /// Only images that have all these tags.
    #[param(group, max_items = 20)]
    tag: Vec<TagParam>,
    /// Only images that were made between two times.
    #[param(group, max_items = 2)]
    filter: Vec<TimeFilter>,
    /// Number of the page, from 1.
    #[param(default = 1, range(1, 2147483647))]
    page_number: i64,
    /// Images on a page.
    #[param(default = 10, range(1, 100))]
    page_size: i64,
}

/// One end of the time in which images were made.
#[derive(Group)]
struct TimeFilter {
    /// Which end.
    #[param(required, one_of("CreationStartTime", "CreationEndTime"))]
    key: String,
    /// The time in UTC, such as `2023-07-18T00:00:00Z` or `2023-07-18T00:00Z`.
    #[param(required, check = is_time)]
    value: String,
}

/// A page of images.
#[derive(Shape)]
pub struct ImageList {
    /// The images of the page.
    #[shape(list = "Image")]
    images: Vec<Image>,
    /// ID of the region.
    region_id: RegionId,
    /// Number of the page.
    page_number: i64,
    /// Images on a page.
    page_size: i64,
    /// Images in the whole list.
    total_count: usize,
}

impl Run for DescribeImages {
    fn run(self, cx: &mut Cx<'_>) -> Result<ImageList, ApiError> {
        let wares = Fact::wares(&cx.tx)?;
        let mut found: Vec<ImageEntry> =
            shelf::images(cx)?.into_iter().filter(|entry| self.wants(entry, &wares)).collect();
        if let Some(usage) = &self.usage {
            let mut fitting = vec![];
            for entry in found {
                if usage_word(is_used(cx, &entry.id)?) == usage {
                    fitting.push(entry);
                }
            }
            found = fitting;
        }
        let total_count = found.len();
        let size = usize::try_from(self.page_size).unwrap_or(usize::MAX);
        let skip = usize::try_from(self.page_number - 1).unwrap_or(usize::MAX).saturating_mul(size);
        let page = found.into_iter().skip(skip).take(size).map(|entry| Image::of(entry, cx));
        let images = page.collect::<Result<Vec<_>, ApiError>>()?;
        Ok(ImageList {
            images,
            region_id: cx.region().clone(),
            page_number: self.page_number,
            page_size: self.page_size,
            total_count,
        })
    }
}

impl DescribeImages {
    fn wants(&self, entry: &ImageEntry, wares: &Wares) -> bool {
        self.wants_owner(entry) && self.wants_system(entry, wares) && self.wants_state(entry)
    }

    fn wants_owner(&self, entry: &ImageEntry) -> bool {
        let is = |wanted: &Option<String>, word: &str| wanted.as_ref().is_none_or(|wanted| wanted == word);
        let is_named = self.image_id.as_ref().map(|ids| words(ids).any(|id| id == entry.id));
        let has_owner = match &self.image_owner_alias {
            Some(alias) => alias == entry.owner_alias,
            None => is_named == Some(true) || entry.owner_alias != "marketplace",
        };
        has_owner
            && is_named.unwrap_or(true)
            && self.wants_publicity(entry, is_named == Some(true))
            && self.image_owner_id.is_none_or(|id| entry.owner_id == Some(id))
            && self.image_name.as_ref().is_none_or(|pattern| contains(&entry.name, pattern))
            && is(&self.image_family, &entry.family)
            && is(&self.resource_group_id, &entry.resource_group_id)
            && tags::matches(&entry.tags, &self.tag)
    }

    fn wants_publicity(&self, entry: &ImageEntry, is_named: bool) -> bool {
        match self.is_public {
            true => entry.is_public,
            false => !entry.is_public || entry.owner_alias == "self" || is_named,
        }
    }

    fn wants_system(&self, entry: &ImageEntry, wares: &Wares) -> bool {
        let is = |wanted: &Option<String>, word: &str| wanted.as_ref().is_none_or(|wanted| wanted == word);
        let runs_on =
            |id: &String| wares.find_type(id).is_some_and(|kind| offer::image_runs_on(&entry.facts, kind));
        let disks = &entry.facts.data_disks;
        let is_from = |id: &SnapshotId| {
            entry.system_snapshot.as_ref() == Some(id)
                || disks.iter().any(|disk| disk.snapshot_id.as_deref() == Some(id.as_str()))
        };
        is(&self.os_type, entry.facts.os_type.wire_name())
            && is(&self.architecture, entry.facts.architecture.wire_name())
            && self.instance_type.as_ref().is_none_or(runs_on)
            && self.is_support_io_optimized.is_none_or(|wanted| wanted == entry.facts.io_optimized)
            && self.is_support_cloudinit.is_none_or(|wanted| wanted == entry.cloudinit)
            && self.snapshot_id.as_ref().is_none_or(is_from)
    }

    fn wants_state(&self, entry: &ImageEntry) -> bool {
        let in_time = |filter: &TimeFilter| match (time(&filter.value), time(&entry.creation_time)) {
            (Some(end), Some(made)) if filter.key == "CreationStartTime" => made >= end,
            (Some(end), Some(made)) => made <= end,
            _ => false,
        };
        words(&self.status).any(|status| status == entry.state.wire_name())
            && (self.show_expired || !entry.is_removed())
            && self.usable.is_none_or(|wanted| wanted == entry.is_usable())
            && self.filter.iter().all(in_time)
    }
}

/// The words of a list with commas.
fn words(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim)
}

/// Whether a text contains the pieces of a pattern between its stars, one after another.
fn contains(text: &str, pattern: &str) -> bool {
    let mut rest = Some(text);
    for piece in pattern.split('*') {
        rest = rest.and_then(|text| text.split_once(piece)).map(|(_, rest)| rest);
    }
    rest.is_some()
}

/// The point in time of a text that ends with seconds or minutes.
fn time(text: &str) -> Option<i64> {
    timestamp::parse(text).or_else(|| timestamp::parse(&format!("{}:00Z", text.strip_suffix('Z')?)))
}

#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
fn is_time(text: &String) -> bool {
    time(text).is_some()
}

#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
fn are_statuses(text: &String) -> bool {
    let known = ["Creating", "Waiting", "Available", "UnAvailable", "CreateFailed", "Deprecated"];
    words(text).all(|word| known.contains(&word))
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("the first page", nothing, "RegionId=cn-hangzhou"),
    Case::ok("the second page of five", nothing, "RegionId=cn-hangzhou&PageNumber=2&PageSize=5"),
    Case::ok(
        "by their ids",
        subscribed,
        "RegionId=cn-hangzhou&ImageId=m-bp1market0000000lamp01,debian_11_7_x64_20G_alibase_20230718.vhd,m-none",
    ),
    Case::ok("by name", nothing, "RegionId=cn-hangzhou&ImageName=ubuntu*x64"),
    Case::ok("by family", nothing, "RegionId=cn-hangzhou&ImageFamily=acs:debian_11_7_x64"),
    Case::ok(
        "of the cloud, for Windows",
        nothing,
        "RegionId=cn-hangzhou&ImageOwnerAlias=system&OSType=windows",
    ),
    Case::ok(
        "of the marketplace",
        nothing,
        "RegionId=cn-hangzhou&ImageOwnerAlias=marketplace&ActionType=ChangeOS",
    ),
    Case::ok("one's own", two_images, "RegionId=cn-hangzhou&ImageOwnerAlias=self"),
    Case::ok("of one's own family", two_images, "RegionId=cn-hangzhou&ImageFamily=web&ImageName=2.0"),
    Case::ok("still being made", one_creating, "RegionId=cn-hangzhou&Status=Creating"),
    Case::ok("a copy", one_copied, "RegionId=cn-beijing&ImageOwnerAlias=self"),
    Case::ok("deleted", one_deleted, "RegionId=cn-hangzhou&ImageId=$m"),
    Case::ok("shared by others", seen_by_other, "RegionId=cn-hangzhou&ImageOwnerAlias=others"),
    Case::ok("shared with others", one_shared, "RegionId=cn-hangzhou&ImageOwnerAlias=self"),
    Case::ok("of an account", nothing, "RegionId=cn-hangzhou&ImageOwnerId=1000000000000001"),
    Case::ok("published by others", published_by_other, "RegionId=cn-hangzhou&IsPublic=true"),
    Case::ok("for an architecture", nothing, "RegionId=cn-hangzhou&Architecture=i386"),
    Case::ok("for a type", nothing, "RegionId=cn-hangzhou&InstanceType=ecs.g8y.large"),
    Case::ok("for a small type", nothing, "RegionId=cn-hangzhou&InstanceType=ecs.t1.small&Architecture=i386"),
    Case::ok("without drivers", nothing, "RegionId=cn-hangzhou&IsSupportIoOptimized=false"),
    Case::ok("without cloud-init", nothing, "RegionId=cn-hangzhou&IsSupportCloudinit=false&OSType=linux"),
    Case::ok("in use", nothing, "RegionId=cn-hangzhou&Usage=instance"),
    Case::ok("not in use", nothing, "RegionId=cn-hangzhou&Usage=none&PageSize=1"),
    Case::ok("withdrawn ones are hidden", withdrawn, "RegionId=cn-hangzhou&ImageName=centos"),
    Case::ok(
        "withdrawn ones",
        withdrawn,
        "RegionId=cn-hangzhou&ImageName=centos&Status=Deprecated,UnAvailable",
    ),
    Case::ok(
        "withdrawn ones that can be used",
        withdrawn,
        "RegionId=cn-hangzhou&Status=Deprecated,UnAvailable&Usable=true",
    ),
    Case::ok("off the market", off_the_market, "RegionId=cn-hangzhou&ImageOwnerAlias=marketplace"),
    Case::ok(
        "off the market, but shown",
        off_the_market,
        "RegionId=cn-hangzhou&ImageOwnerAlias=marketplace&ShowExpired=true",
    ),
    Case::ok("from a snapshot", with_data_disk, "RegionId=cn-hangzhou&SnapshotId=s-bp1debian0data0disk00"),
    Case::ok("from the snapshot of a system disk", one_of_snapshots, "RegionId=cn-hangzhou&SnapshotId=$s"),
    Case::ok("of a resource group", nothing, "RegionId=cn-hangzhou&ResourceGroupId=rg-bp1none"),
    Case::ok("with a tag", nothing, "RegionId=cn-hangzhou&Tag.1.Key=stage&Tag.1.Value=test"),
    Case::ok(
        "made in a year",
        nothing,
        "RegionId=cn-hangzhou&Filter.1.Key=CreationStartTime&Filter.1.Value=2017-01-01T00:00Z\
         &Filter.2.Key=CreationEndTime&Filter.2.Value=2017-12-31T23:59:59Z",
    ),
    Case::err("of no region", nothing, "Usage=none", &RequiredParameterMissing),
    Case::err("of an empty region", nothing, "RegionId=&Usage=none", &RequiredParameterEmpty),
    Case::err("of a region that is not", nothing, "RegionId=cn-atlantis", &RegionNotFound),
    Case::err("a status that is not", nothing, "RegionId=cn-hangzhou&Status=Happy", &ParameterMalformed),
    Case::err("too large a page", nothing, "RegionId=cn-hangzhou&PageSize=101", &ParameterMalformed),
    Case::err("a rehearsal", nothing, "RegionId=cn-hangzhou&DryRun=true", &DryRunPassed),
];
