//! DescribeAccountAttributes.

use moyun_derive::{Action, Shape};
use serde_json::json;

use crate::case::{Case, nothing};
use crate::catalog::instance_types::NetworkType;
use crate::cx::Cx;
use crate::ecs::instance::creation::given::account;
use crate::ecs::security_group::SECURITY_GROUPS_MAX;
use crate::errors::{
    ApiError, RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing, ZoneNotFound,
};
use crate::ids::ZoneId;
use crate::spec::Run;
use crate::story::Story;
use crate::world::Fact;

/// Tells what the account may have and use in a region.
///
/// The attributes are `instance-network-type`, `real-name-authentication` (`yes` or `none`), `max-security-groups`,
/// `max-postpaid-instance-count`, `max-instances-per-vpc` and `max-portable-cloud-disks`.
#[derive(Action)]
#[action(ecs, read, region, reply = AccountAttributes, raises(
    RegionNotFound,
    RequiredParameterMissing,
    RequiredParameterEmpty,
    ZoneNotFound
))]
pub struct DescribeAccountAttributes {
    /// Only these attributes.
    #[param(max_items = 20)]
    attribute_name: Vec<String>,
    /// Zone whose networks are told; without it those of the region.
    zone_id: Option<ZoneId>,
}

/// Attributes of an account.
#[derive(Shape)]
pub struct AccountAttributes {
    /// The attributes.
    #[shape(list = "AccountAttributeItem")]
    account_attribute_items: Vec<AccountAttribute>,
}

/// An attribute of an account.
#[derive(Shape)]
struct AccountAttribute {
    /// Name of the attribute.
    attribute_name: &'static str,
    /// Its values.
    #[shape(list = "ValueItem")]
    attribute_values: Vec<AttributeValue>,
}

/// A value of an attribute.
#[derive(Shape)]
struct AttributeValue {
    /// The value.
    value: String,
}

impl Run for DescribeAccountAttributes {
    fn run(self, cx: &mut Cx<'_>) -> Result<AccountAttributes, ApiError> {
        let mut zones = Fact::zones_of(&cx.tx, cx.region())?;
        if let Some(id) = &self.zone_id {
            zones.retain(|(zone, _)| zone == id);
            if zones.is_empty() {
                return Err(ZoneNotFound.about("ZoneId"));
            }
        }
        let has = |network| zones.iter().any(|(_, zone)| zone.network_types.contains(&network));
        let networks = [("vpc", NetworkType::Vpc), ("classic", NetworkType::Classic)];
        let networks = networks.into_iter().filter(|(_, network)| has(*network));
        let networks = networks.map(|(name, _)| name.to_owned()).collect();
        let facts = Fact::of_account(&cx.tx, cx.account())?;
        let verified = if facts.real_name_verified { "yes" } else { "none" };
        let quotas = &facts.quotas;
        let all = [
            ("instance-network-type", networks),
            ("real-name-authentication", vec![verified.to_owned()]),
            ("max-security-groups", vec![SECURITY_GROUPS_MAX.to_string()]),
            ("max-postpaid-instance-count", vec![quotas.postpaid_instances.to_string()]),
            ("max-instances-per-vpc", vec![quotas.instances_per_vpc.to_string()]),
            ("max-portable-cloud-disks", vec![quotas.portable_cloud_disks.to_string()]),
        ];
        let wanted = &self.attribute_name;
        let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
        let show = |(attribute_name, values): (&'static str, Vec<String>)| AccountAttribute {
            attribute_name,
            attribute_values: values.into_iter().map(|value| AttributeValue { value }).collect(),
        };
        let items = all.into_iter().filter(|(name, _)| is_wanted(name)).map(show).collect();
        Ok(AccountAttributes { account_attribute_items: items })
    }
}

fn unverified(story: &mut Story) {
    account(story, json!({ "real_name_verified": false, "quotas": { "postpaid_instances": 3 } }));
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("all attributes", nothing, "RegionId=cn-hangzhou"),
    Case::ok(
        "two of them in a zone",
        unverified,
        "RegionId=cn-hangzhou&ZoneId=cn-hangzhou-h&AttributeName.1=real-name-authentication\
        &AttributeName.2=max-postpaid-instance-count",
    ),
    Case::err("a region that is none", nothing, "RegionId=cn-atlantis", &RegionNotFound),
    Case::err("no region", nothing, "", &RequiredParameterMissing),
    Case::err("an empty region", nothing, "RegionId=", &RequiredParameterEmpty),
    Case::err("a zone elsewhere", nothing, "RegionId=cn-hangzhou&ZoneId=cn-beijing-f", &ZoneNotFound),
];
