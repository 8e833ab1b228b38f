//! DescribeSecurityGroups.

use moyun_derive::{Action, Shape};
use moyun_wire::timestamp;

use crate::case::{Case, nothing};
use crate::catalog::instance_types::NetworkType;
use crate::cx::Cx;
use crate::ecs::security_group::given::{group_with_instance, one_group, referenced_group};
use crate::ecs::security_group::record::{Rule, SecurityGroup};
use crate::errors::{ApiError, DryRunPassed, ParameterMalformed, RegionNotFound, RequiredParameterMissing};
use crate::ids::{RegionId, ResourceGroupId, SecurityGroupId, VpcId};
use crate::paging::{Listing, PageInfo, Paging};
use crate::param::JsonList;
use crate::spec::Run;
use crate::tags::{self, EcsTag, TagParam};
use crate::world::Fact;

/// The most IDs of one request.
const IDS_MAX: usize = 100;

/// Lists security groups, newest first, without their rules.
///
/// A group is listed when it passes every filter. With MaxResults or NextToken the list pages by token, otherwise by number.
#[derive(Action)]
#[action(ecs, read, region, dry_run = DryRunPassed, reply = SecurityGroupList, raises(
    RegionNotFound,
    RequiredParameterMissing,
    ParameterMalformed
))]
pub struct DescribeSecurityGroups {
    /// Only the group of this ID.
    security_group_id: Option<SecurityGroupId>,
    /// Only the groups of these IDs: a JSON array of up to 100.
    #[param(check = is_short)]
    security_group_ids: Option<JsonList>,
    /// Only groups of this name.
    security_group_name: Option<String>,
    /// Whether SecurityGroupName may also be a part of the name.
    #[param(default = false)]
    fuzzy_query: bool,
    /// Only groups of this kind.
    #[param(one_of("normal", "enterprise"))]
    security_group_type: Option<String>,
    /// Only groups of this VPC.
    vpc_id: Option<VpcId>,
    /// Only groups of the classic network, or only groups of VPCs.
    #[param(one_of("classic", "vpc"))]
    network_type: Option<String>,
    /// Only groups of this resource group.
    resource_group_id: Option<ResourceGroupId>,
    /// Only groups that a cloud service manages (there are none), or only those that none does.
    service_managed: Option<bool>,
    /// Whether the members of the groups are counted. They always are.
    #[expect(dead_code, reason = "the answer holds the numbers in any case")]
    is_query_ecs_count: Option<bool>,
    /// Only groups with all of these tags. A tag without value stands for any value.
    #[param(group)]
    tag: Vec<TagParam>,
    /// Which page.
    #[param(flatten)]
    paging: Paging,
}

/// A page of security groups.
#[derive(Shape)]
pub struct SecurityGroupList {
    /// The region.
    region_id: RegionId,
    /// The page.
    #[shape(flatten)]
    page: PageInfo,
    /// The groups.
    #[shape(list = "SecurityGroup")]
    security_groups: Vec<SecurityGroupShape>,
}

/// A security group.
#[derive(Shape)]
struct SecurityGroupShape {
    /// ID of the group.
    security_group_id: SecurityGroupId,
    /// Name of the group, perhaps empty.
    security_group_name: String,
    /// Description of the group, perhaps empty.
    description: String,
    /// `normal` or `enterprise`.
    security_group_type: String,
    /// VPC that the group belongs to; empty for the classic network.
    vpc_id: VpcId,
    /// When the group was made.
    creation_time: String,
    /// Resource group that the group belongs to.
    resource_group_id: ResourceGroupId,
    /// Whether a cloud service manages the group: never.
    service_managed: bool,
    /// Instances that belong to the group.
    ecs_count: u64,
    /// Instances that may still join the group.
    available_instance_amount: u64,
    /// Rules of the group, in both directions.
    rule_count: usize,
    /// Rules of the group that name another group.
    group_to_group_rule_count: usize,
    /// Tags of the group.
    #[shape(list = "Tag")]
    tags: Vec<EcsTag>,
}

impl Run for DescribeSecurityGroups {
    fn run(self, cx: &mut Cx<'_>) -> Result<SecurityGroupList, ApiError> {
        let region = cx.region().clone();
        let lets_pass = |group: &SecurityGroup| self.lets_pass(group);
        let listing = Listing {
            scope: SecurityGroup::scope_of(cx.account(), &region),
            keys: self
                .ids()
                .map(|ids| ids.iter().map(|id| SecurityGroup::key_of(cx.account(), id)).collect()),
            filter: if self.has_filter() { Some(&lets_pass) } else { None },
        };
        let (groups, page) = cx.page(&listing, &self.paging.wanted())?;
        let quotas = Fact::of_account(&cx.tx, cx.account())?.quotas;
        let shape = |group: SecurityGroup| {
            let members = cx.members_of(&group)?;
            let network = if group.vpc.is_some() { NetworkType::Vpc } else { NetworkType::Classic };
            let members_max = u64::from(quotas.security_group_instances_max(network));
            let taken = members + cx.interfaces_in(&group.id)?;
            Ok(SecurityGroupShape::of(group, members, members_max.saturating_sub(taken)))
        };
        let security_groups = groups.into_iter().map(shape).collect::<Result<_, ApiError>>()?;
        Ok(SecurityGroupList { region_id: region, page, security_groups })
    }
}

impl DescribeSecurityGroups {
    /// The IDs that are asked for; None when all are.
    fn ids(&self) -> Option<Vec<SecurityGroupId>> {
        let listed = self.security_group_ids.as_ref().map(|JsonList(ids)| ids.clone());
        match (&self.security_group_id, listed) {
            (None, None) => None,
            (Some(id), None) => Some(vec![id.clone()]),
            (None, Some(ids)) => Some(ids.into_iter().map(SecurityGroupId).collect()),
            (Some(id), Some(ids)) => {
                Some(ids.into_iter().map(SecurityGroupId).filter(|one| one == id).collect())
            }
        }
    }

    fn has_filter(&self) -> bool {
        self.security_group_name.is_some()
            || self.security_group_type.is_some()
            || self.vpc_id.is_some()
            || self.network_type.is_some()
            || self.resource_group_id.is_some()
            || self.service_managed.is_some()
            || !self.tag.is_empty()
    }

    fn lets_pass(&self, group: &SecurityGroup) -> bool {
        let network = if group.vpc.is_some() { "vpc" } else { "classic" };
        let is_named = |name: &String| match self.fuzzy_query {
            true => group.name.contains(name.as_str()),
            false => group.name == *name,
        };
        self.security_group_name.as_ref().is_none_or(is_named)
            && self.security_group_type.as_ref().is_none_or(|kind| *kind == group.kind)
            && self.vpc_id.as_ref().is_none_or(|vpc| group.vpc.as_ref() == Some(vpc))
            && self.network_type.as_ref().is_none_or(|wanted| wanted == network)
            && self.resource_group_id.as_ref().is_none_or(|wanted| *wanted == group.resource_group)
            && self.service_managed != Some(true)
            && tags::matches(&group.tags, &self.tag)
    }
}

impl SecurityGroupShape {
    fn of(group: SecurityGroup, members: u64, free: u64) -> SecurityGroupShape {
        SecurityGroupShape {
            creation_time: timestamp::to_second(group.created_ms),
            vpc_id: group.vpc.unwrap_or_default(),
            ecs_count: members,
            available_instance_amount: free,
            rule_count: group.rules.len(),
            group_to_group_rule_count: group.rules.iter().flat_map(Rule::peers).count(),
            tags: tags::ecs(&group.tags),
            security_group_id: group.id,
            security_group_name: group.name,
            description: group.description,
            security_group_type: group.kind,
            resource_group_id: group.resource_group,
            service_managed: false,
        }
    }
}

fn is_short(JsonList(ids): &JsonList) -> bool {
    ids.len() <= IDS_MAX
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("none", nothing, "RegionId=cn-hangzhou"),
    Case::ok("one with tags", one_group, "RegionId=cn-hangzhou"),
    Case::ok("one with an instance", group_with_instance, "RegionId=cn-hangzhou&SecurityGroupId=$group"),
    Case::ok("one page by token", referenced_group, "RegionId=cn-hangzhou&MaxResults=1"),
    Case::ok(
        "by IDs, VPC and kind",
        referenced_group,
        "RegionId=cn-hangzhou&SecurityGroupIds=[\"$group\",\"sg-none\"]&VpcId=$vpc&SecurityGroupType=normal&NetworkType=vpc",
    ),
    Case::ok("by name and tag", one_group, "RegionId=cn-hangzhou&SecurityGroupName=web&Tag.1.Key=team"),
    Case::ok("by a part of the name", one_group, "RegionId=cn-hangzhou&SecurityGroupName=we&FuzzyQuery=true"),
    Case::ok("none of another name", one_group, "RegionId=cn-hangzhou&SecurityGroupName=we"),
    Case::err("a region that is none", nothing, "RegionId=cn-atlantis", &RegionNotFound),
    Case::err("no region", nothing, "", &RequiredParameterMissing),
    Case::err(
        "IDs that are no array",
        nothing,
        "RegionId=cn-hangzhou&SecurityGroupIds=sg-1",
        &ParameterMalformed,
    ),
];
