//! DescribeVSwitches.

use moyun_derive::{Action, Shape};
use moyun_store::{Fault, Key, Record};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, DryRunPassed, ParameterMalformed, RegionNotFound, RequiredParameterMissing};
use crate::ids::{RegionId, ResourceGroupId, RouteTableId, VSwitchId, VpcId, ZoneId};
use crate::paging::{Listing, NumberedPaging, PageInfo};
use crate::spec::Run;
use crate::story::Story;
use crate::tags::{self, TagParam};
use crate::vpc::given::{PENDING_MS, one_pending_v_switch, one_used_v_switch, one_v_switch};
use crate::vpc::ids::IdList;
use crate::vpc::vpc::shape::owner_id;
use crate::vpc::vswitch::record::VSwitch;
use crate::vpc::vswitch::shape::VSwitchFields;

/// Lists the vSwitches of a region or of a VPC, newest first.
///
/// The request names a region, a VPC or vSwitches. Each filter narrows the list; a vSwitch that passes all of them is
/// listed.
#[derive(Action)]
#[action(
    vpc, read, dry_run = DryRunPassed, reply = VSwitchList,
    raises(RegionNotFound, ParameterMalformed, RequiredParameterMissing, DryRunPassed)
)]
pub struct DescribeVSwitches {
    /// Only vSwitches of this VPC.
    vpc_id: Option<VpcId>,
    /// Only these vSwitches: up to 20 IDs, separated by commas.
    v_switch_id: Option<IdList>,
    /// Only vSwitches of this name.
    v_switch_name: Option<String>,
    /// Only vSwitches of this account.
    v_switch_owner_id: Option<i64>,
    /// Only vSwitches in this zone.
    zone_id: Option<ZoneId>,
    /// Only vSwitches that this route table serves.
    route_table_id: Option<RouteTableId>,
    /// Only vSwitches that are, or are not, the default of their zone. None is here.
    is_default: Option<bool>,
    /// Only vSwitches with, or without, IPv6 addresses. None has any here.
    enable_ipv6: Option<bool>,
    /// Only vSwitches of this resource group.
    resource_group_id: Option<ResourceGroupId>,
    /// Only vSwitches with all these tags; a tag without value matches any value.
    #[param(group, max_items = 20)]
    tag: Vec<TagParam>,
    #[param(flatten)]
    paging: NumberedPaging,
}

/// A page of vSwitches.
#[derive(Shape)]
pub struct VSwitchList {
    /// The vSwitches.
    #[shape(list = "VSwitch")]
    v_switches: Vec<VSwitchFields>,
    /// Which page it is.
    #[shape(flatten)]
    page: PageInfo,
}

impl Run for DescribeVSwitches {
    fn run(self, cx: &mut Cx<'_>) -> Result<VSwitchList, ApiError> {
        let named = self.named(cx)?;
        let region = match (&cx.region, &named) {
            (Some(region), _) => region.clone(),
            (None, None) => return Err(RequiredParameterMissing.with("name", "RegionId")),
            // Of several regions the first one counts; a region without a name lists nothing.
            (None, Some(named)) => named.first().map_or(RegionId::default(), |first| first.region.clone()),
        };
        let passes = |v_switch: &VSwitch| self.passes(v_switch);
        let listing = Listing {
            scope: VSwitch::scope_of(cx.account(), &region),
            keys: named.map(|named| named.iter().map(Record::key).collect()),
            filter: self.has_filter().then_some(&passes as &dyn Fn(&VSwitch) -> bool),
        };
        let (v_switches, page) = cx.page(&listing, &self.paging.wanted())?;
        let v_switches: Result<Vec<VSwitchFields>, _> =
            v_switches.iter().map(|v_switch| VSwitchFields::of(cx, v_switch)).collect();
        Ok(VSwitchList { v_switches: v_switches?, page: PageInfo { next_token: None, ..page } })
    }
}

impl DescribeVSwitches {
    /// The vSwitches that the request names, by their ids or by that of their VPC.
    fn named(&self, cx: &Cx<'_>) -> Result<Option<Vec<VSwitch>>, Fault> {
        if let Some(ids) = &self.v_switch_id {
            let key_of = |id: &String| VSwitch::key_of(cx.account(), &VSwitchId(id.clone()));
            let keys: Vec<Key> = ids.0.iter().map(key_of).collect();
            return Ok(Some(cx.tx.find_many(&keys)?.into_iter().flatten().collect()));
        }
        match &self.vpc_id {
            None => Ok(None),
            Some(id) => cx.find_vpc(id)?.map_or(Ok(vec![]), |vpc| cx.v_switches_of(&vpc)).map(Some),
        }
    }

    fn has_filter(&self) -> bool {
        self.vpc_id.is_some()
            || self.v_switch_name.is_some()
            || self.v_switch_owner_id.is_some()
            || self.zone_id.is_some()
            || self.route_table_id.is_some()
            || self.is_default.is_some()
            || self.enable_ipv6.is_some()
            || self.resource_group_id.is_some()
            || !self.tag.is_empty()
    }

    fn passes(&self, v_switch: &VSwitch) -> bool {
        self.vpc_id.as_ref().is_none_or(|vpc| *vpc == v_switch.vpc)
            && self.v_switch_name.as_ref().is_none_or(|name| *name == v_switch.name)
            && self.v_switch_owner_id.is_none_or(|owner| owner == owner_id(&v_switch.account))
            && self.zone_id.as_ref().is_none_or(|zone| *zone == v_switch.zone)
            && self.route_table_id.as_ref().is_none_or(|table| *table == v_switch.route_table)
            && self.is_default != Some(true)
            && self.enable_ipv6 != Some(true)
            && self.resource_group_id.as_ref().is_none_or(|group| *group == v_switch.resource_group)
            && tags::matches(&v_switch.tags, &self.tag)
    }
}

/// `$v_switch`, and a newer one in cn-hangzhou-g with nothing but defaults.
fn two_v_switches(story: &mut Story) {
    one_v_switch(story);
    let request = "VpcId=$vpc&ZoneId=cn-hangzhou-g&CidrBlock=10.0.2.0/24";
    story.make("plain", "Vpc:CreateVSwitch", request, "VSwitchId");
    story.pass_ms(PENDING_MS);
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("none there", nothing, "RegionId=cn-hangzhou"),
    Case::ok("of a region, newest first", two_v_switches, "RegionId=cn-hangzhou"),
    Case::ok("one that is Pending", one_pending_v_switch, "RegionId=cn-hangzhou"),
    Case::ok("an address in use", one_used_v_switch, "RegionId=cn-hangzhou"),
    Case::ok("of a VPC, the second page", two_v_switches, "VpcId=$vpc&PageNumber=2&PageSize=1"),
    Case::ok("of an unknown VPC", two_v_switches, "VpcId=vpc-none"),
    Case::ok("by ID", two_v_switches, "VSwitchId=$v_switch,vsw-none"),
    Case::ok("by ID in another region", two_v_switches, "RegionId=cn-beijing&VSwitchId=$v_switch"),
    Case::ok("by zone", two_v_switches, "RegionId=cn-hangzhou&ZoneId=cn-hangzhou-g"),
    Case::ok(
        "by name, owner and tag",
        two_v_switches,
        "RegionId=cn-hangzhou&VSwitchName=web&VSwitchOwnerId=1000000000000001&Tag.1.Key=env&Tag.1.Value=test\
        &IsDefault=false&EnableIpv6=false",
    ),
    Case::ok("by route table", two_v_switches, "RegionId=cn-hangzhou&RouteTableId=vtb-none"),
    Case::ok("by resource group", two_v_switches, "RegionId=cn-hangzhou&ResourceGroupId=rg-none"),
    Case::err("an unknown region", nothing, "RegionId=cn-nowhere", &RegionNotFound),
    Case::err("too large a page", nothing, "RegionId=cn-hangzhou&PageSize=51", &ParameterMalformed),
    Case::err("neither region nor VPC", nothing, "ZoneId=cn-hangzhou-h", &RequiredParameterMissing),
    Case::err("a rehearsal", nothing, "RegionId=cn-hangzhou&DryRun=true", &DryRunPassed),
];
