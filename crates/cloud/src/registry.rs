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
    action!(ram::user::create_user, CreateUser),
    action!(ram::user::get_user, GetUser),
    action!(ram::user::update_user, UpdateUser),
    action!(ram::user::list_users, ListUsers),
    action!(ram::user::delete_user, DeleteUser),
    action!(ram::access_key::create_access_key, CreateAccessKey),
    action!(ram::access_key::update_access_key, UpdateAccessKey),
    action!(ram::access_key::list_access_keys, ListAccessKeys),
    action!(ram::access_key::delete_access_key, DeleteAccessKey),
    action!(ram::group::create_group, CreateGroup),
    action!(ram::group::get_group, GetGroup),
    action!(ram::group::list_groups, ListGroups),
    action!(ram::group::delete_group, DeleteGroup),
    action!(ram::group::add_user_to_group, AddUserToGroup),
    action!(ram::group::remove_user_from_group, RemoveUserFromGroup),
    action!(ram::group::list_groups_for_user, ListGroupsForUser),
    action!(ram::group::list_users_for_group, ListUsersForGroup),
    action!(ram::managed_policy::create_policy, CreatePolicy),
    action!(ram::managed_policy::get_policy, GetPolicy),
    action!(ram::managed_policy::list_policies, ListPolicies),
    action!(ram::managed_policy::delete_policy, DeletePolicy),
    action!(ram::managed_policy::create_policy_version, CreatePolicyVersion),
    action!(ram::managed_policy::get_policy_version, GetPolicyVersion),
    action!(ram::managed_policy::list_policy_versions, ListPolicyVersions),
    action!(ram::managed_policy::set_default_policy_version, SetDefaultPolicyVersion),
    action!(ram::managed_policy::delete_policy_version, DeletePolicyVersion),
    action!(ram::attachment::attach_policy_to_user, AttachPolicyToUser),
    action!(ram::attachment::detach_policy_from_user, DetachPolicyFromUser),
    action!(ram::attachment::list_policies_for_user, ListPoliciesForUser),
    action!(ram::attachment::attach_policy_to_group, AttachPolicyToGroup),
    action!(ram::attachment::detach_policy_from_group, DetachPolicyFromGroup),
    action!(ram::attachment::list_policies_for_group, ListPoliciesForGroup),
    action!(ram::attachment::attach_policy_to_role, AttachPolicyToRole),
    action!(ram::attachment::detach_policy_from_role, DetachPolicyFromRole),
    action!(ram::attachment::list_policies_for_role, ListPoliciesForRole),
    action!(ram::attachment::list_entities_for_policy, ListEntitiesForPolicy),
    action!(ram::role::create_role, CreateRole),
    action!(ram::role::get_role, GetRole),
    action!(ram::role::list_roles, ListRoles),
    action!(ram::role::update_role, UpdateRole),
    action!(ram::role::delete_role, DeleteRole),
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
