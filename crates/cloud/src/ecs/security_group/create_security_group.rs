//! CreateSecurityGroup.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::security_group::SECURITY_GROUPS_MAX;
use crate::ecs::security_group::given::full_of_groups;
use crate::ecs::security_group::record::SecurityGroup;
use crate::errors::{
    ApiError, ParameterMalformed, RegionNotFound, RequiredParameterMissing,
    SecurityGroupDescriptionMalformed, SecurityGroupNameMalformed, SecurityGroupQuotaExceeded,
    TagKeyDuplicate, TagKeyMalformed, TagValueMalformed, TooManyTags, VpcForNewResourceNotFound,
};
use crate::ids::{ResourceGroupId, SecurityGroupId, VpcId};
use crate::names::{is_description, is_resource_name};
use crate::spec::Run;
use crate::tags::{self, TagParam};
use crate::vpc::given::{one_vpc, too_many_tags};

/// Makes a security group without rules.
///
/// Until you add rules, nothing outside the group reaches its members, and they reach everything. Members of a `normal`
/// group reach each other, those of an `enterprise` group do not. An account can have up to 100 groups in a region.
#[derive(Action)]
#[action(ecs, write, region, idempotent, reply = CreatedSecurityGroup, raises(
    RequiredParameterMissing,
    RegionNotFound,
    ParameterMalformed,
    SecurityGroupNameMalformed,
    SecurityGroupDescriptionMalformed,
    TagKeyMalformed,
    TagValueMalformed,
    TagKeyDuplicate,
    TooManyTags,
    VpcForNewResourceNotFound,
    SecurityGroupQuotaExceeded
))]
pub struct CreateSecurityGroup {
    /// Name of the group: 2 to 128 characters, first a letter, then letters, digits, colons, underscores, periods and
    /// hyphens. Names need not be unique.
    #[param(check = is_resource_name, row = SecurityGroupNameMalformed)]
    security_group_name: Option<String>,
    /// Description of the group: 2 to 256 characters that do not begin with `http://` or `https://`.
    #[param(check = is_description, row = SecurityGroupDescriptionMalformed)]
    description: Option<String>,
    /// Kind of the group.
    #[param(default = "normal", one_of("normal", "enterprise"))]
    security_group_type: String,
    /// VPC that the group belongs to. Without it the group is one of the classic network.
    vpc_id: Option<VpcId>,
    /// Resource group that the group belongs to.
    resource_group_id: Option<ResourceGroupId>,
    /// Whether a cloud service manages the group. Groups that users make never are; the value changes nothing.
    #[expect(dead_code, reason = "clients send it, and it changes nothing")]
    service_managed: Option<bool>,
    /// Tags of the group, up to 20.
    #[param(group)]
    tag: Vec<TagParam>,
}

/// A new security group.
#[derive(Shape)]
pub struct CreatedSecurityGroup {
    /// ID of the group.
    security_group_id: SecurityGroupId,
}

impl Run for CreateSecurityGroup {
    fn run(self, cx: &mut Cx<'_>) -> Result<CreatedSecurityGroup, ApiError> {
        let region = cx.region().clone();
        let tags = tags::read(&self.tag)?;
        if let Some(vpc) = &self.vpc_id {
            cx.find_vpc(vpc)?.ok_or_else(|| VpcForNewResourceNotFound.about("VpcId"))?;
        }
        if cx.tx.count::<SecurityGroup>(&SecurityGroup::scope_of(cx.account(), &region))?
            >= SECURITY_GROUPS_MAX
        {
            return Err((&SecurityGroupQuotaExceeded).into());
        }
        let inner = if self.security_group_type == "enterprise" { "Drop" } else { "Accept" };
        let group = SecurityGroup {
            account: cx.account().clone(),
            id: SecurityGroupId(cx.new_id("sg", &region, 20)),
            region,
            name: self.security_group_name.unwrap_or_default(),
            description: self.description.unwrap_or_default(),
            vpc: self.vpc_id,
            kind: self.security_group_type,
            inner_access_policy: inner.to_owned(),
            created_ms: cx.now_ms(),
            resource_group: self.resource_group_id.unwrap_or_default(),
            tags,
            rules: vec![],
        };
        cx.put(&group)?;
        Ok(CreatedSecurityGroup { security_group_id: group.id })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "in a VPC",
        one_vpc,
        "RegionId=cn-hangzhou&VpcId=$vpc&SecurityGroupName=web&Description=Web servers&Tag.1.Key=team&Tag.1.Value=a",
    ),
    Case::ok("of the classic network", nothing, "RegionId=cn-hangzhou"),
    Case::ok("an enterprise group", one_vpc, "RegionId=cn-hangzhou&VpcId=$vpc&SecurityGroupType=enterprise"),
    Case::err("no region", nothing, "SecurityGroupName=web", &RequiredParameterMissing),
    Case::err("a region that is none", nothing, "RegionId=cn-atlantis", &RegionNotFound),
    Case::err(
        "a kind that is none",
        nothing,
        "RegionId=cn-hangzhou&SecurityGroupType=big",
        &ParameterMalformed,
    ),
    Case::err(
        "a name of one letter",
        nothing,
        "RegionId=cn-hangzhou&SecurityGroupName=w",
        &SecurityGroupNameMalformed,
    ),
    Case::err(
        "a link as description",
        nothing,
        "RegionId=cn-hangzhou&Description=http://a",
        &SecurityGroupDescriptionMalformed,
    ),
    Case::err("a tag without key", nothing, "RegionId=cn-hangzhou&Tag.1.Value=a", &TagKeyMalformed),
    Case::err(
        "a link as value of a tag",
        nothing,
        "RegionId=cn-hangzhou&Tag.1.Key=team&Tag.1.Value=http://a",
        &TagValueMalformed,
    ),
    Case::err(
        "one key twice",
        nothing,
        "RegionId=cn-hangzhou&Tag.1.Key=team&Tag.2.Key=team",
        &TagKeyDuplicate,
    ),
    Case::err("21 tags", nothing, concat!("RegionId=cn-hangzhou&", too_many_tags!()), &TooManyTags),
    Case::err(
        "a VPC that is none",
        nothing,
        "RegionId=cn-hangzhou&VpcId=vpc-none",
        &VpcForNewResourceNotFound,
    ),
    Case::err(
        "a VPC of another region",
        one_vpc,
        "RegionId=cn-beijing&VpcId=$vpc",
        &VpcForNewResourceNotFound,
    ),
    Case::err("the 101st in a region", full_of_groups, "RegionId=cn-hangzhou", &SecurityGroupQuotaExceeded),
];
