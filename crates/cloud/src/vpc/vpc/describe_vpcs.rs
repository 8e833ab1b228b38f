//! DescribeVpcs.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{
    ApiError, DryRunPassed, ParameterMalformed, RegionNotFound, RequiredParameterEmpty,
    RequiredParameterMissing,
};
use crate::ids::{ResourceGroupId, VpcId};
use crate::paging::{Listing, NumberedPaging, PageInfo};
use crate::spec::Run;
use crate::story::Story;
use crate::tags::{self, TagParam};
use crate::vpc::given::{one_pending_vpc, one_v_switch, one_vpc};
use crate::vpc::ids::IdList;
use crate::vpc::vpc::record::Vpc;
use crate::vpc::vpc::shape::{ListedVpc, owner_id};

/// Lists the VPCs of a region, newest first.
///
/// Each filter narrows the list; a VPC that passes all of them is listed.
#[derive(Action)]
#[action(
    vpc, read, region, dry_run = DryRunPassed, reply = VpcList,
    raises(RequiredParameterMissing, RequiredParameterEmpty, RegionNotFound, ParameterMalformed, DryRunPassed)
)]
pub struct DescribeVpcs {
    /// Only these VPCs: up to 20 IDs, separated by commas.
    vpc_id: Option<IdList>,
    /// Only VPCs of this name.
    vpc_name: Option<String>,
    /// Only VPCs of this account.
    vpc_owner_id: Option<i64>,
    /// Only VPCs that are, or are not, the default of their region. None is here.
    is_default: Option<bool>,
    /// Only VPCs with, or without, IPv6 addresses. None has any here.
    enable_ipv6: Option<bool>,
    /// Only VPCs with this set of DHCP options. None has one here.
    dhcp_options_set_id: Option<String>,
    /// Only VPCs of this resource group.
    resource_group_id: Option<ResourceGroupId>,
    /// Only VPCs with all these tags; a tag without value matches any value.
    #[param(group, max_items = 20)]
    tag: Vec<TagParam>,
    #[param(flatten)]
    paging: NumberedPaging,
}

/// A page of VPCs.
#[derive(Shape)]
pub struct VpcList {
    /// The VPCs.
    #[shape(list = "Vpc")]
    vpcs: Vec<ListedVpc>,
    /// Which page it is.
    #[shape(flatten)]
    page: PageInfo,
}

impl Run for DescribeVpcs {
    fn run(self, cx: &mut Cx<'_>) -> Result<VpcList, ApiError> {
        let account = cx.account().clone();
        let key_of = |id: &String| Vpc::key_of(&account, &VpcId(id.clone()));
        let passes = |vpc: &Vpc| self.passes(vpc);
        let listing = Listing {
            scope: Vpc::scope_of(&account, cx.region()),
            keys: self.vpc_id.as_ref().map(|ids| ids.0.iter().map(key_of).collect()),
            filter: self.has_filter().then_some(&passes as &dyn Fn(&Vpc) -> bool),
        };
        let (vpcs, page) = cx.page(&listing, &self.paging.wanted())?;
        let vpcs: Result<Vec<ListedVpc>, _> = vpcs.iter().map(|vpc| ListedVpc::of(cx, vpc)).collect();
        Ok(VpcList { vpcs: vpcs?, page: PageInfo { next_token: None, ..page } })
    }
}

impl DescribeVpcs {
    fn has_filter(&self) -> bool {
        self.vpc_name.is_some()
            || self.vpc_owner_id.is_some()
            || self.is_default.is_some()
            || self.enable_ipv6.is_some()
            || self.dhcp_options_set_id.is_some()
            || self.resource_group_id.is_some()
            || !self.tag.is_empty()
    }

    fn passes(&self, vpc: &Vpc) -> bool {
        self.vpc_name.as_ref().is_none_or(|name| *name == vpc.name)
            && self.vpc_owner_id.is_none_or(|owner| owner == owner_id(&vpc.account))
            && self.is_default != Some(true)
            && self.enable_ipv6 != Some(true)
            && self.dhcp_options_set_id.is_none()
            && self.resource_group_id.as_ref().is_none_or(|group| *group == vpc.resource_group)
            && tags::matches(&vpc.tags, &self.tag)
    }
}

/// `$vpc`, and a newer one with nothing but defaults.
fn two_vpcs(story: &mut Story) {
    one_vpc(story);
    story.make("plain", "Vpc:CreateVpc", "RegionId=cn-hangzhou&ResourceGroupId=rg-acfm4nvx7yq2k5e", "VpcId");
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("none there", nothing, "RegionId=cn-hangzhou"),
    Case::ok("one with a vSwitch", one_v_switch, "RegionId=cn-hangzhou"),
    Case::ok("one that is Pending", one_pending_vpc, "RegionId=cn-hangzhou"),
    Case::ok("newest first", two_vpcs, "RegionId=cn-hangzhou"),
    Case::ok("the second page", two_vpcs, "RegionId=cn-hangzhou&PageNumber=2&PageSize=1"),
    Case::ok("by ID", two_vpcs, "RegionId=cn-hangzhou&VpcId=$vpc,vpc-none"),
    Case::ok(
        "by name, owner and tag",
        two_vpcs,
        "RegionId=cn-hangzhou&VpcName=front&VpcOwnerId=1000000000000001&Tag.1.Key=env&IsDefault=false\
        &EnableIpv6=false",
    ),
    Case::ok("by resource group", two_vpcs, "RegionId=cn-hangzhou&ResourceGroupId=rg-acfm4nvx7yq2k5e"),
    Case::ok("the default VPC", two_vpcs, "RegionId=cn-hangzhou&IsDefault=true"),
    Case::err("no region", nothing, "", &RequiredParameterMissing),
    Case::err("an empty region", nothing, "RegionId=", &RequiredParameterEmpty),
    Case::err("an unknown region", nothing, "RegionId=cn-nowhere", &RegionNotFound),
    Case::err("too large a page", nothing, "RegionId=cn-hangzhou&PageSize=51", &ParameterMalformed),
    Case::err("a rehearsal", nothing, "RegionId=cn-hangzhou&DryRun=true", &DryRunPassed),
];
