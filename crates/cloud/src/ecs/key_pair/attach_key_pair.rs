//! AttachKeyPair.

use moyun_derive::Action;

use crate::case::Case;
use crate::catalog::images::OsType;
use crate::cx::Cx;
use crate::ecs::instance::record::Status;
use crate::ecs::key_pair::given::{instance_and_key_pair, several_instances};
use crate::ecs::key_pair::outcome::{KeyPairOutcomes, are_ids, each};
use crate::errors::{
    ApiError, InstanceIdsMalformed, KeyPairNotFound, KeyPairWithWindows, RegionNotFound,
    RequiredParameterEmpty, RequiredParameterMissing,
};
use crate::param::JsonList;
use crate::spec::Run;

/// Lets a key pair log in to Linux instances, in place of the one that they may have.
///
/// The reply tells for each instance what became of it: one that is not `Running` or `Stopped`, or holds Windows, is
/// left as it is. A running guest takes the key when it starts the next time.
#[derive(Action)]
#[action(ecs, write, region, reply = KeyPairOutcomes, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    InstanceIdsMalformed,
    KeyPairNotFound
))]
pub struct AttachKeyPair {
    /// IDs of the instances: a JSON array of 1 to 50.
    #[param(required, check = are_ids, row = InstanceIdsMalformed)]
    instance_ids: JsonList,
    /// Name of the key pair.
    #[param(required)]
    key_pair_name: String,
}

impl Run for AttachKeyPair {
    fn run(self, cx: &mut Cx<'_>) -> Result<KeyPairOutcomes, ApiError> {
        let name = self.key_pair_name;
        if cx.find_key_pair(cx.region(), &name)?.is_none() {
            return Err(KeyPairNotFound.about("KeyPairName"));
        }
        each(name.clone(), self.instance_ids, cx, |instance, _| {
            instance.check_changeable(&[Status::Running, Status::Stopped])?;
            if instance.os_type() == OsType::Windows {
                return Err(KeyPairWithWindows.about("InstanceIds"));
            }
            instance.key_pair = Some(name.clone());
            Ok(())
        })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("an instance", instance_and_key_pair, "RegionId=cn-hangzhou&KeyPairName=login&InstanceIds=$ids"),
    Case::ok(
        "those that can take it",
        several_instances,
        "RegionId=cn-hangzhou&KeyPairName=login&InstanceIds=$ids",
    ),
    Case::err(
        "a region that is none",
        instance_and_key_pair,
        "RegionId=cn-atlantis&KeyPairName=login&InstanceIds=$ids",
        &RegionNotFound,
    ),
    Case::err(
        "no key pair",
        instance_and_key_pair,
        "RegionId=cn-hangzhou&InstanceIds=$ids",
        &RequiredParameterMissing,
    ),
    Case::err(
        "an empty key pair",
        instance_and_key_pair,
        "RegionId=cn-hangzhou&KeyPairName=&InstanceIds=$ids",
        &RequiredParameterEmpty,
    ),
    Case::err(
        "an id by itself",
        instance_and_key_pair,
        "RegionId=cn-hangzhou&KeyPairName=login&InstanceIds=$i",
        &InstanceIdsMalformed,
    ),
    Case::err(
        "an unknown key pair",
        instance_and_key_pair,
        "RegionId=cn-hangzhou&KeyPairName=nope&InstanceIds=$ids",
        &KeyPairNotFound,
    ),
];
