//! ModifySecurityGroupAttribute.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::security_group::given::one_group;
use crate::errors::{
    ApiError, RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing,
    SecurityGroupDescriptionMalformed, SecurityGroupNameMalformed, SecurityGroupNotFound,
};
use crate::ids::SecurityGroupId;
use crate::names::{is_description, is_resource_name};
use crate::spec::Run;

/// Changes the name or the description of a security group. What is not given stays as it is.
#[derive(Action)]
#[action(ecs, write, region, reply = Empty, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    SecurityGroupNameMalformed,
    SecurityGroupDescriptionMalformed,
    SecurityGroupNotFound
))]
pub struct ModifySecurityGroupAttribute {
    /// ID of the security group.
    #[param(required)]
    security_group_id: SecurityGroupId,
    /// New name: 2 to 128 characters, first a letter, then letters, digits, colons, underscores, periods and hyphens.
    #[param(check = is_resource_name, row = SecurityGroupNameMalformed)]
    security_group_name: Option<String>,
    /// New description: 2 to 256 characters that do not begin with `http://` or `https://`.
    #[param(check = is_description, row = SecurityGroupDescriptionMalformed)]
    description: Option<String>,
}

impl Run for ModifySecurityGroupAttribute {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let mut group = cx.security_group(&self.security_group_id)?;
        group.name = self.security_group_name.unwrap_or(group.name);
        group.description = self.description.unwrap_or(group.description);
        cx.put(&group)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "a new name and description",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupName=api&Description=API servers",
    ),
    Case::err(
        "a region that is none",
        one_group,
        "RegionId=cn-atlantis&SecurityGroupId=$group&SecurityGroupName=api",
        &RegionNotFound,
    ),
    Case::err(
        "no group ID",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupName=api",
        &RequiredParameterMissing,
    ),
    Case::err(
        "an empty group ID",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=&SecurityGroupName=api",
        &RequiredParameterEmpty,
    ),
    Case::err(
        "a name of one letter",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&SecurityGroupName=a",
        &SecurityGroupNameMalformed,
    ),
    Case::err(
        "a link as description",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=$group&Description=http://a",
        &SecurityGroupDescriptionMalformed,
    ),
    Case::err(
        "a group that is none",
        one_group,
        "RegionId=cn-hangzhou&SecurityGroupId=sg-none&SecurityGroupName=api",
        &SecurityGroupNotFound,
    ),
];
