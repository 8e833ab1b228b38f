//! ImportKeyPair.

use moyun_derive::{Action, Shape};

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::key_pair::NewKeyPair;
use crate::ecs::key_pair::given::{full_of_key_pairs, one_key_pair, public_keys};
use crate::ecs::key_pair::public_key::PublicKey;
use crate::errors::{
    ApiError, KeyPairExists, KeyPairNameMalformed, KeyPairQuotaExceeded, PublicKeyMalformed, RegionNotFound,
    RequiredParameterEmpty, RequiredParameterMissing, TagKeyDuplicate, TagKeyMalformed, TagValueMalformed,
    TooManyTags,
};
use crate::ids::ResourceGroupId;
use crate::names::is_resource_name;
use crate::spec::Run;
use crate::tags::TagParam;
use crate::vpc::given::too_many_tags;

/// Makes a key pair of a public key that you have already.
///
/// The private key stays with you. An account can have up to 500 key pairs in a region.
#[derive(Action)]
#[action(ecs, write, region, reply = ImportedKeyPair, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    KeyPairNameMalformed,
    PublicKeyMalformed,
    TagKeyMalformed,
    TagValueMalformed,
    TagKeyDuplicate,
    TooManyTags,
    KeyPairExists,
    KeyPairQuotaExceeded
))]
pub struct ImportKeyPair {
    /// Name of the key pair, unique in the region: 2 to 128 characters, first a letter, then letters, digits, colons,
    /// underscores, periods and hyphens.
    #[param(required, check = is_resource_name, row = KeyPairNameMalformed)]
    key_pair_name: String,
    /// The public key as OpenSSH writes it, such as `ssh-rsa AAAA… me@home`: RSA of at least 1024 bits, DSA, ECDSA or
    /// Ed25519. The comment is dropped.
    #[param(required, row = PublicKeyMalformed)]
    public_key_body: PublicKey,
    /// Resource group that the key pair belongs to.
    resource_group_id: Option<ResourceGroupId>,
    /// Tags of the key pair, up to 20.
    #[param(group)]
    tag: Vec<TagParam>,
}

/// An imported key pair.
#[derive(Shape)]
pub struct ImportedKeyPair {
    /// Name of the key pair.
    key_pair_name: String,
    /// MD5 fingerprint of the public key: 32 hexadecimal digits.
    key_pair_finger_print: String,
}

impl Run for ImportKeyPair {
    fn run(self, cx: &mut Cx<'_>) -> Result<ImportedKeyPair, ApiError> {
        let new =
            NewKeyPair { name: self.key_pair_name, resource_group: self.resource_group_id, tags: self.tag };
        let pair = new.make(cx, |_| self.public_key_body)?;
        Ok(ImportedKeyPair { key_pair_name: pair.name, key_pair_finger_print: pair.fingerprint })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "a key pair with a tag",
        public_keys,
        "RegionId=cn-hangzhou&KeyPairName=login&PublicKeyBody=$rsa&Tag.1.Key=team&Tag.1.Value=a",
    ),
    Case::ok(
        "an ECDSA key with a comment",
        public_keys,
        "RegionId=cn-hangzhou&KeyPairName=login&PublicKeyBody=$ecdsa me",
    ),
    Case::err(
        "a region that is none",
        public_keys,
        "RegionId=cn-atlantis&KeyPairName=login&PublicKeyBody=$rsa",
        &RegionNotFound,
    ),
    Case::err("no name", public_keys, "RegionId=cn-hangzhou&PublicKeyBody=$rsa", &RequiredParameterMissing),
    Case::err(
        "an empty name",
        public_keys,
        "RegionId=cn-hangzhou&KeyPairName=&PublicKeyBody=$rsa",
        &RequiredParameterEmpty,
    ),
    Case::err(
        "a name of one letter",
        public_keys,
        "RegionId=cn-hangzhou&KeyPairName=l&PublicKeyBody=$rsa",
        &KeyPairNameMalformed,
    ),
    Case::err(
        "no key",
        public_keys,
        "RegionId=cn-hangzhou&KeyPairName=login&PublicKeyBody=ssh-rsa AAAA",
        &PublicKeyMalformed,
    ),
    Case::err(
        "a tag without key",
        public_keys,
        "RegionId=cn-hangzhou&KeyPairName=login&PublicKeyBody=$rsa&Tag.1.Value=a",
        &TagKeyMalformed,
    ),
    Case::err(
        "a link as value of a tag",
        public_keys,
        "RegionId=cn-hangzhou&KeyPairName=login&PublicKeyBody=$rsa&Tag.1.Key=team&Tag.1.Value=http://a",
        &TagValueMalformed,
    ),
    Case::err(
        "one key twice",
        public_keys,
        "RegionId=cn-hangzhou&KeyPairName=login&PublicKeyBody=$rsa&Tag.1.Key=team&Tag.2.Key=team",
        &TagKeyDuplicate,
    ),
    Case::err(
        "21 tags",
        public_keys,
        concat!("RegionId=cn-hangzhou&KeyPairName=login&PublicKeyBody=$rsa&", too_many_tags!()),
        &TooManyTags,
    ),
    Case::err(
        "a name that is taken",
        one_key_pair,
        "RegionId=cn-hangzhou&KeyPairName=login&PublicKeyBody=$rsa",
        &KeyPairExists,
    ),
    Case::err(
        "the 501st in a region",
        full_of_key_pairs,
        "RegionId=cn-hangzhou&KeyPairName=login&PublicKeyBody=$rsa",
        &KeyPairQuotaExceeded,
    ),
];
