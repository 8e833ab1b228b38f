//! DeleteKeyPairs.

use std::collections::BTreeSet;

use moyun_derive::Action;
use moyun_store::Key;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::instance::record::{BY_KEY_PAIR, Instance};
use crate::ecs::key_pair::given::{key_pair_in_use, one_key_pair};
use crate::errors::{
    ApiError, KeyPairInUse, KeyPairNamesMalformed, RegionNotFound, RequiredParameterEmpty,
    RequiredParameterMissing,
};
use crate::param::JsonList;
use crate::spec::Run;

/// The most names of one request.
const NAMES_MAX: usize = 100;

/// Deletes key pairs, all or none.
///
/// Names that no key pair has are passed over. A key pair stays as long as instances log in with it.
#[derive(Action)]
#[action(ecs, write, region, reply = Empty, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    KeyPairNamesMalformed,
    KeyPairInUse
))]
pub struct DeleteKeyPairs {
    /// Names of the key pairs: a JSON array of up to 100.
    #[param(required, check = is_short, row = KeyPairNamesMalformed)]
    key_pair_names: JsonList,
}

impl Run for DeleteKeyPairs {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let region = cx.region().clone();
        let names: BTreeSet<String> = self.key_pair_names.0.into_iter().collect();
        for name in names {
            let Some(pair) = cx.find_key_pair(&region, &name)? else { continue };
            let users = Key::new().text(cx.account()).text(&region).text(&name);
            if !cx.tx.index_keys::<Instance>(BY_KEY_PAIR, &users, 0, 1)?.is_empty() {
                return Err(KeyPairInUse.about("KeyPairNames"));
            }
            cx.delete(&pair)?;
        }
        Ok(Empty)
    }
}

fn is_short(JsonList(names): &JsonList) -> bool {
    (1..=NAMES_MAX).contains(&names.len())
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("one that is there", one_key_pair, "RegionId=cn-hangzhou&KeyPairNames=[\"login\"]"),
    Case::ok("one that is not there", one_key_pair, "RegionId=cn-hangzhou&KeyPairNames=[\"none\",\"login\"]"),
    Case::err(
        "a region that is none",
        one_key_pair,
        "RegionId=cn-atlantis&KeyPairNames=[\"login\"]",
        &RegionNotFound,
    ),
    Case::err("no names", one_key_pair, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err("empty names", one_key_pair, "RegionId=cn-hangzhou&KeyPairNames=", &RequiredParameterEmpty),
    Case::err(
        "a name outside an array",
        one_key_pair,
        "RegionId=cn-hangzhou&KeyPairNames=login",
        &KeyPairNamesMalformed,
    ),
    Case::err("an empty array", one_key_pair, "RegionId=cn-hangzhou&KeyPairNames=[]", &KeyPairNamesMalformed),
    Case::err(
        "one that an instance logs in with",
        key_pair_in_use,
        "RegionId=cn-hangzhou&KeyPairNames=[\"spare\",\"login\"]",
        &KeyPairInUse,
    ),
];
