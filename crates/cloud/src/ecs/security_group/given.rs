//! States that the cases of security groups start from.

use moyun_store::{Fault, Lane};

use crate::ecs::security_group::SECURITY_GROUPS_MAX;
use crate::ids::{AccountId, RegionId, ResourceGroupId, RouteTableId, VRouterId, VpcId};
use crate::story::{DAWN_MS, Story};
use crate::vpc::vpc::record::{NetworkStatus, Vpc};
use crate::world::DEFAULT_ACCOUNT;

/// A VPC, `$vpc`.
pub fn one_vpc(story: &mut Story) {
    plant_vpc(story, "vpc", "vpc-bp1given00000000000001");
}

/// As many security groups as a region takes.
pub fn full_of_groups(story: &mut Story) {
    for _ in 0..SECURITY_GROUPS_MAX {
        story.call("CreateSecurityGroup", "RegionId=cn-hangzhou");
    }
}

fn plant_vpc(story: &mut Story, name: &str, id: &str) {
    let vpc = Vpc {
        account: AccountId::from(DEFAULT_ACCOUNT),
        id: VpcId::from(id),
        region: RegionId::from("cn-hangzhou"),
        name: String::new(),
        description: String::new(),
        cidr: ipnet::Ipv4Net::new_assert([192, 168, 0, 0].into(), 16),
        status: NetworkStatus::Available,
        available_ms: None,
        created_ms: DAWN_MS,
        v_router: VRouterId::from("vrt-bp1given00000000000001"),
        route_table: RouteTableId::from("vtb-bp1given00000000000001"),
        user_cidrs: vec![],
        resource_group: ResourceGroupId::default(),
        tags: vec![],
    };
    let planted =
        story.cloud().write::<(), Fault>(&Lane(DEFAULT_ACCOUNT.to_owned()), move |tx, _| tx.put(&vpc));
    planted.expect("the engine of a story does not fail");
    story.bind(name, id);
}
