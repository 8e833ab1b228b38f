//! DescribeUserData.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::instance::given::{one_running, one_with_user_data};
use crate::errors::{ApiError, InstanceNotFound, RegionNotFound, RequiredParameterMissing};
use crate::ids::{InstanceId, RegionId};
use crate::spec::Run;

/// Shows the user data of an instance: what its guest runs at the first start.
#[derive(Action)]
#[action(
    ecs, read, region, reply = UserData,
    raises(RegionNotFound, RequiredParameterMissing, InstanceNotFound)
)]
pub struct DescribeUserData {
    /// ID of the instance.
    #[param(required)]
    instance_id: InstanceId,
}

/// The user data of an instance.
#[derive(Shape)]
pub struct UserData {
    /// Region of the instance.
    region_id: RegionId,
    /// ID of the instance.
    instance_id: InstanceId,
    /// The user data in Base64; empty without any.
    user_data: String,
}

impl Run for DescribeUserData {
    fn run(self, cx: &mut Cx<'_>) -> Result<UserData, ApiError> {
        let instance = cx.instance(&self.instance_id)?;
        Ok(UserData { region_id: instance.region, instance_id: instance.id, user_data: instance.user_data })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("some", one_with_user_data, "RegionId=cn-hangzhou&InstanceId=$i"),
    Case::ok("none", one_running, "RegionId=cn-hangzhou&InstanceId=$i"),
    Case::err("an unknown region", nothing, "RegionId=cn-atlantis&InstanceId=i-1", &RegionNotFound),
    Case::err("no id", nothing, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err("a region it is not in", one_running, "RegionId=cn-beijing&InstanceId=$i", &InstanceNotFound),
];
