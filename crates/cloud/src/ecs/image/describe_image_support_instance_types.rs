//! DescribeImageSupportInstanceTypes.

use moyun_derive::{Action, Group, Shape};

use crate::case::{Case, nothing};
use crate::catalog::offer;
use crate::cx::Cx;
use crate::ecs::image::given::{one_deleted, one_image};
use crate::ecs::image::shelf;
use crate::errors::{ApiError, ImageNotFound, ParameterMalformed, RegionNotFound, RequiredParameterMissing};
use crate::ids::{ImageId, RegionId};
use crate::spec::Run;
use crate::world::Fact;

const MIB_PER_GIB: f64 = 1024.0;

/// Lists the instance types that an image runs on, wherever they are sold.
#[derive(Action)]
#[action(ecs, read, region, reply = SupportedTypes, raises(
    RegionNotFound, RequiredParameterMissing, ParameterMalformed, ImageNotFound
))]
pub struct DescribeImageSupportInstanceTypes {
    /// ID of the image.
    #[param(required)]
    image_id: ImageId,
    /// What the image would be used for. Every image can be used for both, so the answer is the same.
    #[expect(dead_code, reason = "read for its type; images serve both uses")]
    #[param(default = "CreateEcs", one_of("CreateEcs", "ChangeOS"))]
    action_type: String,
    /// A second way to name the image; it has no effect beside ImageId.
    #[expect(dead_code, reason = "the cloud itself announces that it has no effect")]
    #[param(group, max_items = 10)]
    filter: Vec<SupportFilter>,
}

/// A filter without effect.
#[derive(Group)]
struct SupportFilter {
    /// What is filtered by.
    #[expect(dead_code, reason = "the cloud itself announces that it has no effect")]
    key: Option<String>,
    /// The value.
    #[expect(dead_code, reason = "the cloud itself announces that it has no effect")]
    value: Option<String>,
}

/// The instance types that an image runs on.
#[derive(Shape)]
pub struct SupportedTypes {
    /// ID of the image.
    image_id: ImageId,
    /// ID of the region.
    region_id: RegionId,
    /// The types.
    #[shape(list = "InstanceType")]
    instance_types: Vec<SupportedType>,
}

/// An instance type that an image runs on.
#[derive(Shape)]
struct SupportedType {
    /// ID of the instance type.
    instance_type_id: String,
    /// ID of its family.
    instance_type_family: String,
    /// Virtual processors.
    cpu_core_count: u32,
    /// Memory in GiB.
    memory_size: f64,
}

impl Run for DescribeImageSupportInstanceTypes {
    fn run(self, cx: &mut Cx<'_>) -> Result<SupportedTypes, ApiError> {
        let image = shelf::visible(cx, &self.image_id)?;
        let wares = Fact::wares(&cx.tx)?;
        let fitting = wares.types().iter().filter(|kind| offer::image_runs_on(&image.facts, kind));
        let shown = fitting.map(|kind| SupportedType {
            instance_type_id: kind.id.clone(),
            instance_type_family: kind.family().to_owned(),
            cpu_core_count: kind.vcpu,
            memory_size: kind.memory_mib as f64 / MIB_PER_GIB,
        });
        let instance_types = shown.collect();
        Ok(SupportedTypes { image_id: self.image_id, region_id: cx.region().clone(), instance_types })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "for certain families",
        nothing,
        "RegionId=cn-hangzhou&ImageId=m-bp1market0000000gpu001&ActionType=CreateEcs",
    ),
    Case::ok(
        "of 32 bits without drivers",
        nothing,
        "RegionId=cn-hangzhou&ImageId=_32_23c472_20120822172155_aliguest.vhd",
    ),
    Case::err("of a region that is none", one_image, "RegionId=cn-atlantis&ImageId=$m", &RegionNotFound),
    Case::err("no id", nothing, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err(
        "for nothing that is known",
        one_image,
        "RegionId=cn-hangzhou&ImageId=$m&ActionType=Upgrade",
        &ParameterMalformed,
    ),
    Case::err("one of another region", one_image, "RegionId=cn-beijing&ImageId=$m", &ImageNotFound),
    Case::err("one that is gone", one_deleted, "RegionId=cn-hangzhou&ImageId=$m", &ImageNotFound),
];
