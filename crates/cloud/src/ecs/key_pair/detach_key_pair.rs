//! DetachKeyPair.

use moyun_derive::Action;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::key_pair::given::{instance_with_key_pair, several_instances};
use crate::ecs::key_pair::outcome::{KeyPairOutcomes, are_ids, each};
use crate::errors::{
    ApiError, InstanceIdsMalformed, KeyPairNotFound, RegionNotFound, RequiredParameterEmpty,
    RequiredParameterMissing,
};
use crate::param::JsonList;
use crate::spec::Run;

/// Takes a key pair off instances; they are logged in to by password then.
///
/// The reply tells for each instance what became of it. One with another key pair, or none, keeps what it has. A running
/// guest forgets the key when it starts the next time.
#[derive(Action)]
#[action(ecs, write, region, reply = KeyPairOutcomes, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    InstanceIdsMalformed,
    KeyPairNotFound
))]
pub struct DetachKeyPair {
    /// IDs of the instances: a JSON array of 1 to 50.
    #[param(required, check = are_ids, row = InstanceIdsMalformed)]
    instance_ids: JsonList,
    /// Name of the key pair.
    #[param(required)]
    key_pair_name: String,
}

impl Run for DetachKeyPair {
    fn run(self, cx: &mut Cx<'_>) -> Result<KeyPairOutcomes, ApiError> {
        let name = self.key_pair_name;
        if cx.find_key_pair(cx.region(), &name)?.is_none() {
            return Err(KeyPairNotFound.about("KeyPairName"));
        }
        each(name.clone(), self.instance_ids, cx, |instance, _| {
            instance.check_unlocked()?;
            instance.key_pair.take_if(|present| *present == name);
            Ok(())
        })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "an instance",
        instance_with_key_pair,
        "RegionId=cn-hangzhou&KeyPairName=login&InstanceIds=$ids",
    ),
    Case::ok(
        "one that is not there",
        several_instances,
        "RegionId=cn-hangzhou&KeyPairName=login&InstanceIds=$ids",
    ),
    Case::err(
        "a region that is none",
        instance_with_key_pair,
        "RegionId=cn-atlantis&KeyPairName=login&InstanceIds=$ids",
        &RegionNotFound,
    ),
    Case::err(
        "no instances",
        instance_with_key_pair,
        "RegionId=cn-hangzhou&KeyPairName=login",
        &RequiredParameterMissing,
    ),
    Case::err(
        "empty instances",
        instance_with_key_pair,
        "RegionId=cn-hangzhou&KeyPairName=login&InstanceIds=",
        &RequiredParameterEmpty,
    ),
    Case::err(
        "an empty array",
        instance_with_key_pair,
        "RegionId=cn-hangzhou&KeyPairName=login&InstanceIds=[]",
        &InstanceIdsMalformed,
    ),
    Case::err(
        "an unknown key pair",
        instance_with_key_pair,
        "RegionId=cn-hangzhou&KeyPairName=nope&InstanceIds=$ids",
        &KeyPairNotFound,
    ),
];
