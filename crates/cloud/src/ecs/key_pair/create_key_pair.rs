//! CreateKeyPair.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::ecs::key_pair::NewKeyPair;
use crate::ecs::key_pair::given::{full_of_key_pairs, one_key_pair};
use crate::ecs::key_pair::private_key::PrivateKey;
use crate::errors::{
    ApiError, KeyPairExists, KeyPairNameMalformed, KeyPairQuotaExceeded, RegionNotFound,
    RequiredParameterEmpty, RequiredParameterMissing, TagKeyDuplicate, TagKeyMalformed, TagValueMalformed,
    TooManyTags,
};
use crate::ids::{KeyPairId, ResourceGroupId};
use crate::names::is_resource_name;
use crate::spec::Run;
use crate::tags::TagParam;
use crate::vpc::given::too_many_tags;

/// Makes an SSH key pair of 2048-bit RSA.
///
/// The answer holds the private key, this one time: the cloud keeps the public key alone. Save the private key in a file
/// that only you can read. An account can have up to 500 key pairs in a region.
#[derive(Action)]
#[action(ecs, write, region, reply = CreatedKeyPair, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    KeyPairNameMalformed,
    TagKeyMalformed,
    TagValueMalformed,
    TagKeyDuplicate,
    TooManyTags,
    KeyPairExists,
    KeyPairQuotaExceeded
))]
pub struct CreateKeyPair {
    /// Name of the key pair, unique in the region: 2 to 128 characters, first a letter, then letters, digits, colons,
    /// underscores, periods and hyphens.
    #[param(required, check = is_resource_name, row = KeyPairNameMalformed)]
    key_pair_name: String,
    /// Resource group that the key pair belongs to.
    resource_group_id: Option<ResourceGroupId>,
    /// Tags of the key pair, up to 20.
    #[param(group)]
    tag: Vec<TagParam>,
}

/// A new key pair.
#[derive(Shape)]
pub struct CreatedKeyPair {
    /// Name of the key pair.
    key_pair_name: String,
    /// ID of the key pair.
    key_pair_id: KeyPairId,
    /// MD5 fingerprint of the public key: 32 hexadecimal digits.
    key_pair_finger_print: String,
    /// The private key, PKCS #1 in PEM. It is never shown again.
    private_key_body: String,
}

impl Run for CreateKeyPair {
    fn run(self, cx: &mut Cx<'_>) -> Result<CreatedKeyPair, ApiError> {
        let new =
            NewKeyPair { name: self.key_pair_name, resource_group: self.resource_group_id, tags: self.tag };
        let mut private_key_body = String::new();
        let pair = new.make(cx, |cx| {
            let key = PrivateKey::draw(&mut cx.rng);
            key.pem().clone_into(&mut private_key_body);
            key.public()
        })?;
        Ok(CreatedKeyPair {
            key_pair_name: pair.name,
            key_pair_id: pair.id,
            key_pair_finger_print: pair.fingerprint,
            private_key_body,
        })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "a key pair with a tag",
        nothing,
        "RegionId=cn-hangzhou&KeyPairName=login&Tag.1.Key=team&Tag.1.Value=a",
    ),
    Case::err("a region that is none", nothing, "RegionId=cn-atlantis&KeyPairName=login", &RegionNotFound),
    Case::err("no name", nothing, "RegionId=cn-hangzhou", &RequiredParameterMissing),
    Case::err("an empty name", nothing, "RegionId=cn-hangzhou&KeyPairName=", &RequiredParameterEmpty),
    Case::err("a name of one letter", nothing, "RegionId=cn-hangzhou&KeyPairName=l", &KeyPairNameMalformed),
    Case::err(
        "a tag without key",
        nothing,
        "RegionId=cn-hangzhou&KeyPairName=login&Tag.1.Value=a",
        &TagKeyMalformed,
    ),
    Case::err(
        "a link as value of a tag",
        nothing,
        "RegionId=cn-hangzhou&KeyPairName=login&Tag.1.Key=team&Tag.1.Value=http://a",
        &TagValueMalformed,
    ),
    Case::err(
        "one key twice",
        nothing,
        "RegionId=cn-hangzhou&KeyPairName=login&Tag.1.Key=team&Tag.2.Key=team",
        &TagKeyDuplicate,
    ),
    Case::err(
        "21 tags",
        nothing,
        concat!("RegionId=cn-hangzhou&KeyPairName=login&", too_many_tags!()),
        &TooManyTags,
    ),
    Case::err("a name that is taken", one_key_pair, "RegionId=cn-hangzhou&KeyPairName=login", &KeyPairExists),
    Case::err(
        "the 501st in a region",
        full_of_key_pairs,
        "RegionId=cn-hangzhou&KeyPairName=login",
        &KeyPairQuotaExceeded,
    ),
];
