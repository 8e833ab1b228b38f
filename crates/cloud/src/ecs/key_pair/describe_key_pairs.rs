//! DescribeKeyPairs.

use moyun_derive::{Action, Shape};
use moyun_wire::timestamp;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::key_pair::given::{key_pair_in_use, one_key_pair};
use crate::ecs::key_pair::record::KeyPair;
use crate::errors::{ApiError, ParameterMalformed, RegionNotFound, RequiredParameterMissing};
use crate::ids::ResourceGroupId;
use crate::paging::{Listing, NumberedPaging, PageInfo};
use crate::spec::Run;
use crate::tags::{self, EcsTag, TagParam};

/// Lists key pairs, newest first.
///
/// A key pair is listed when it passes every filter. Private keys are never shown.
#[derive(Action)]
#[action(ecs, read, region, reply = KeyPairList, raises(
    RegionNotFound,
    RequiredParameterMissing,
    ParameterMalformed
))]
pub struct DescribeKeyPairs {
    /// Only key pairs of this name. A `*` at the beginning or the end of it stands for any text.
    key_pair_name: Option<String>,
    /// Only key pairs with this MD5 fingerprint: 32 hexadecimal digits.
    key_pair_finger_print: Option<String>,
    /// Only key pairs of this resource group.
    resource_group_id: Option<ResourceGroupId>,
    /// Whether the public keys are shown.
    #[param(default = false)]
    include_public_key: bool,
    /// Only key pairs with all of these tags. A tag without value stands for any value.
    #[param(group)]
    tag: Vec<TagParam>,
    /// Which page.
    #[param(flatten)]
    paging: NumberedPaging,
}

/// A page of key pairs.
#[derive(Shape)]
pub struct KeyPairList {
    /// The page.
    #[shape(flatten)]
    page: PageInfo,
    /// The key pairs.
    #[shape(list = "KeyPair")]
    key_pairs: Vec<KeyPairShape>,
}

/// A key pair.
#[derive(Shape)]
struct KeyPairShape {
    /// Name of the key pair.
    key_pair_name: String,
    /// MD5 fingerprint of the public key: 32 hexadecimal digits.
    key_pair_finger_print: String,
    /// The public key, if it is asked for.
    public_key: Option<String>,
    /// When the key pair was made.
    creation_time: String,
    /// Resource group that the key pair belongs to.
    resource_group_id: ResourceGroupId,
    /// Tags of the key pair.
    #[shape(list = "Tag")]
    tags: Vec<EcsTag>,
}

impl Run for DescribeKeyPairs {
    fn run(self, cx: &mut Cx<'_>) -> Result<KeyPairList, ApiError> {
        let lets_pass = |pair: &KeyPair| self.lets_pass(pair);
        let has_filter = self.key_pair_name.is_some()
            || self.key_pair_finger_print.is_some()
            || self.resource_group_id.is_some()
            || !self.tag.is_empty();
        let listing = Listing {
            scope: KeyPair::scope_of(cx.account(), cx.region()),
            keys: None,
            filter: if has_filter { Some(&lets_pass) } else { None },
        };
        let (pairs, page) = cx.page(&listing, &self.paging.wanted())?;
        let shape = |pair: KeyPair| KeyPairShape {
            creation_time: timestamp::to_second(pair.created_ms),
            public_key: self.include_public_key.then_some(pair.public_key),
            tags: tags::ecs(&pair.tags),
            key_pair_name: pair.name,
            key_pair_finger_print: pair.fingerprint,
            resource_group_id: pair.resource_group,
        };
        Ok(KeyPairList { page, key_pairs: pairs.into_iter().map(shape).collect() })
    }
}

impl DescribeKeyPairs {
    fn lets_pass(&self, pair: &KeyPair) -> bool {
        self.key_pair_name.as_ref().is_none_or(|pattern| is_like(&pair.name, pattern))
            && self.key_pair_finger_print.as_ref().is_none_or(|digits| *digits == pair.fingerprint)
            && self.resource_group_id.as_ref().is_none_or(|group| *group == pair.resource_group)
            && tags::matches(&pair.tags, &self.tag)
    }
}

/// Whether a name is a pattern, but for what the `*` at its ends stand for.
fn is_like(name: &str, pattern: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (None, None) => name == pattern,
        (None, Some(start)) => name.starts_with(start),
        (Some(end), None) => name.ends_with(end),
        (Some(rest), Some(_)) => name.contains(rest.strip_suffix('*').unwrap_or(rest)),
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("none", nothing, "RegionId=cn-hangzhou"),
    Case::ok("one with its public key", one_key_pair, "RegionId=cn-hangzhou&IncludePublicKey=true"),
    Case::ok("the second page", key_pair_in_use, "RegionId=cn-hangzhou&PageSize=1&PageNumber=2"),
    Case::ok(
        "by fingerprint and tag",
        one_key_pair,
        "RegionId=cn-hangzhou&KeyPairFingerPrint=$fingerprint&Tag.1.Key=team&Tag.1.Value=a",
    ),
    Case::ok("by the start of the name", key_pair_in_use, "RegionId=cn-hangzhou&KeyPairName=log*"),
    Case::ok("none of another name", one_key_pair, "RegionId=cn-hangzhou&KeyPairName=log"),
    Case::err("a region that is none", nothing, "RegionId=cn-atlantis", &RegionNotFound),
    Case::err("no region", nothing, "", &RequiredParameterMissing),
    Case::err("a page in words", nothing, "RegionId=cn-hangzhou&PageNumber=first", &ParameterMalformed),
];

#[cfg(test)]
mod tests {
    use super::is_like;

    #[test]
    fn stars_stand_for_any_text() {
        for pattern in ["login", "log*", "*gin", "*ogi*", "*", "**", "login*"] {
            assert!(is_like("login", pattern), "{pattern}");
        }
        for pattern in ["log", "*log", "gin*", "l*n"] {
            assert!(!is_like("login", pattern), "{pattern}");
        }
    }
}
