//! The one list of all actions.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::call::{Call, Written, run_action};
use crate::case::Case;
use crate::cx::Cx;
use crate::errors::ApiError;
use crate::spec::{ActionSpec, Product, Run};

/// An action: its definition, its cases and what runs it.
pub struct Entry {
    /// The definition.
    pub spec: &'static ActionSpec,
    /// Worked requests: tests, examples of the reference and coverage at once.
    pub cases: &'static [Case],
    pub(crate) run: fn(&mut Cx<'_>, &Call) -> Result<Written, ApiError>,
}

impl Entry {
    const fn of<A: Run>(cases: &'static [Case]) -> Entry {
        Entry { spec: A::SPEC, cases, run: run_action::<A> }
    }
}

/// An action by the module that holds it.
macro_rules! action {
    ($($module:ident)::+, $action:ident) => {
        Entry::of::<crate::$($module)::+::$action>(crate::$($module)::+::CASES)
    };
}

/// Every action, by product and family.
pub static ACTIONS: &[Entry] = &[
    action!(ecs::region::describe_regions, DescribeRegions),
    action!(vpc::vpc::create_vpc, CreateVpc),
    action!(vpc::vpc::delete_vpc, DeleteVpc),
    action!(vpc::vpc::describe_vpc_attribute, DescribeVpcAttribute),
    action!(vpc::vpc::describe_vpcs, DescribeVpcs),
    action!(vpc::vpc::modify_vpc_attribute, ModifyVpcAttribute),
    action!(vpc::vswitch::create_vswitch, CreateVSwitch),
    action!(vpc::vswitch::delete_vswitch, DeleteVSwitch),
    action!(vpc::vswitch::describe_vswitch_attributes, DescribeVSwitchAttributes),
    action!(vpc::vswitch::describe_vswitches, DescribeVSwitches),
    action!(vpc::vswitch::modify_vswitch_attribute, ModifyVSwitchAttribute),
    action!(vpc::tag::list_tag_resources, ListTagResources),
    action!(vpc::tag::tag_resources, TagResources),
    action!(vpc::tag::untag_resources, UnTagResources),
    action!(sts::identity::get_caller_identity, GetCallerIdentity),
    action!(location::endpoint::describe_endpoints, DescribeEndpoints),
    action!(ecs::image::describe_images, DescribeImages),
    action!(ecs::instance_type::describe_instance_type_families, DescribeInstanceTypeFamilies),
    action!(ecs::instance_type::describe_instance_types, DescribeInstanceTypes),
    action!(ecs::region::describe_available_resource, DescribeAvailableResource),
    action!(ecs::region::describe_zones, DescribeZones),
];

/// The action that a request names by Version and Action.
pub fn find(version: &str, action: &str) -> Option<&'static Entry> {
    static BY_NAME: LazyLock<HashMap<(&str, &str), &Entry>> = LazyLock::new(|| {
        ACTIONS.iter().map(|entry| ((entry.spec.product.version(), entry.spec.name), entry)).collect()
    });
    BY_NAME.get(&(version, action)).copied()
}

/// The product of a version.
pub fn product(version: &str) -> Option<Product> {
    Product::ALL.into_iter().find(|product| product.version() == version)
}
