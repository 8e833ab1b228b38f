//! The one list of all actions.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::call::{Call, Written, run_action};
use crate::case::Case;
use crate::cx::Cx;
use crate::errors::ApiError;
use crate::spec::{ActionSpec, Run};

/// An action: its definition, its cases and what runs it.
pub struct Entry {
    /// The definition.
    pub spec: &'static ActionSpec,
    /// Worked requests: tests, examples of the reference and coverage at once.
    pub cases: &'static [Case],
    /// The folders that lead to its file, each followed by a slash.
    module: &'static str,
    pub(crate) run: fn(&mut Cx<'_>, &Call) -> Result<Written, ApiError>,
}

impl Entry {
    /// The entry of an action in a module.
    pub(crate) const fn of<A: Run>(module: &'static str, cases: &'static [Case]) -> Entry {
        Entry { spec: A::SPEC, cases, module, run: run_action::<A> }
    }

    /// The folder of its family: `ecs/instance`.
    pub fn family(&self) -> String {
        self.module.split('/').take(2).collect::<Vec<_>>().join("/")
    }
}

/// An action by the module that holds it.
macro_rules! action {
    ($($module:ident)::+, $action:ident) => {
        Entry::of::<crate::$($module)::+::$action>(
            concat!($(stringify!($module), "/"),+),
            crate::$($module)::+::CASES,
        )
    };
}

/// Every action, by product and family.
pub static ACTIONS: &[Entry] = &[
    action!(ecs::account::describe_account_attributes, DescribeAccountAttributes),
    action!(ecs::account::describe_bandwidth_limitation, DescribeBandwidthLimitation),
    action!(ecs::business_behavior::describe_user_business_behavior, DescribeUserBusinessBehavior),
    action!(ecs::business_behavior::modify_user_business_behavior, ModifyUserBusinessBehavior),
    action!(ecs::disk::attach_disk, AttachDisk),
    action!(ecs::disk::create_disk, CreateDisk),
    action!(ecs::disk::delete_disk, DeleteDisk),
    action!(ecs::disk::describe_disks, DescribeDisks),
    action!(ecs::disk::detach_disk, DetachDisk),
    action!(ecs::disk::modify_disk_attribute, ModifyDiskAttribute),
    action!(ecs::disk::modify_disk_spec, ModifyDiskSpec),
    action!(ecs::disk::re_init_disk, ReInitDisk),
    action!(ecs::disk::replace_system_disk, ReplaceSystemDisk),
    action!(ecs::disk::reset_disk, ResetDisk),
    action!(ecs::disk::resize_disk, ResizeDisk),
    action!(ecs::hpc_cluster::create_hpc_cluster, CreateHpcCluster),
    action!(ecs::hpc_cluster::delete_hpc_cluster, DeleteHpcCluster),
    action!(ecs::hpc_cluster::describe_hpc_clusters, DescribeHpcClusters),
    action!(ecs::hpc_cluster::modify_hpc_cluster_attribute, ModifyHpcClusterAttribute),
    action!(ecs::image::cancel_copy_image, CancelCopyImage),
    action!(ecs::image::copy_image, CopyImage),
    action!(ecs::image::create_image, CreateImage),
    action!(ecs::image::delete_image, DeleteImage),
    action!(ecs::image::describe_image_from_family, DescribeImageFromFamily),
    action!(ecs::image::describe_image_share_permission, DescribeImageSharePermission),
    action!(ecs::image::describe_image_support_instance_types, DescribeImageSupportInstanceTypes),
    action!(ecs::image::describe_images, DescribeImages),
    action!(ecs::image::modify_image_attribute, ModifyImageAttribute),
    action!(ecs::image::modify_image_share_permission, ModifyImageSharePermission),
    action!(ecs::instance::allocate_public_ip_address, AllocatePublicIpAddress),
    action!(ecs::instance::create_instance, CreateInstance),
    action!(ecs::instance::delete_instance, DeleteInstance),
    action!(ecs::instance::delete_instances, DeleteInstances),
    action!(ecs::instance::describe_instance_attribute, DescribeInstanceAttribute),
    action!(ecs::instance::describe_instance_attachment_attributes, DescribeInstanceAttachmentAttributes),
    action!(ecs::instance::describe_instance_auto_renew_attribute, DescribeInstanceAutoRenewAttribute),
    action!(ecs::instance::describe_instance_maintenance_attributes, DescribeInstanceMaintenanceAttributes),
    action!(ecs::instance::describe_instance_status, DescribeInstanceStatus),
    action!(ecs::instance::describe_instances, DescribeInstances),
    action!(ecs::instance::describe_user_data, DescribeUserData),
    action!(ecs::instance::modify_instance_attribute, ModifyInstanceAttribute),
    action!(ecs::instance::modify_instance_auto_release_time, ModifyInstanceAutoReleaseTime),
    action!(ecs::instance::modify_instance_auto_renew_attribute, ModifyInstanceAutoRenewAttribute),
    action!(ecs::instance::modify_instance_charge_type, ModifyInstanceChargeType),
    action!(ecs::instance::modify_instance_network_spec, ModifyInstanceNetworkSpec),
    action!(ecs::instance::modify_instance_spec, ModifyInstanceSpec),
    action!(ecs::instance::modify_instance_vpc_attribute, ModifyInstanceVpcAttribute),
    action!(ecs::instance::modify_prepay_instance_spec, ModifyPrepayInstanceSpec),
    action!(ecs::instance::reboot_instance, RebootInstance),
    action!(ecs::instance::reboot_instances, RebootInstances),
    action!(ecs::instance::renew_instance, RenewInstance),
    action!(ecs::instance::run_instances, RunInstances),
    action!(ecs::instance::start_instance, StartInstance),
    action!(ecs::instance::start_instances, StartInstances),
    action!(ecs::instance::stop_instance, StopInstance),
    action!(ecs::instance::stop_instances, StopInstances),
    action!(ecs::instance_ram_role::attach_instance_ram_role, AttachInstanceRamRole),
    action!(ecs::instance_ram_role::describe_instance_ram_role, DescribeInstanceRamRole),
    action!(ecs::instance_ram_role::detach_instance_ram_role, DetachInstanceRamRole),
    action!(ecs::instance_type::describe_instance_type_families, DescribeInstanceTypeFamilies),
    action!(ecs::instance_type::describe_instance_types, DescribeInstanceTypes),
    action!(ecs::key_pair::attach_key_pair, AttachKeyPair),
    action!(ecs::key_pair::create_key_pair, CreateKeyPair),
    action!(ecs::key_pair::delete_key_pairs, DeleteKeyPairs),
    action!(ecs::key_pair::describe_key_pairs, DescribeKeyPairs),
    action!(ecs::key_pair::detach_key_pair, DetachKeyPair),
    action!(ecs::key_pair::import_key_pair, ImportKeyPair),
    action!(ecs::network_interface::create_network_interface, CreateNetworkInterface),
    action!(ecs::network_interface::describe_network_interfaces, DescribeNetworkInterfaces),
    action!(ecs::network_interface::modify_network_interface_attribute, ModifyNetworkInterfaceAttribute),
    action!(ecs::network_interface::attach_network_interface, AttachNetworkInterface),
    action!(ecs::network_interface::detach_network_interface, DetachNetworkInterface),
    action!(ecs::network_interface::delete_network_interface, DeleteNetworkInterface),
    action!(ecs::price::describe_price, DescribePrice),
    action!(ecs::price::describe_spot_price_history, DescribeSpotPriceHistory),
    action!(ecs::region::describe_available_resource, DescribeAvailableResource),
    action!(ecs::region::describe_regions, DescribeRegions),
    action!(ecs::region::describe_resources_modification, DescribeResourcesModification),
    action!(ecs::region::describe_zones, DescribeZones),
    action!(ecs::security_group::authorize_security_group, AuthorizeSecurityGroup),
    action!(ecs::security_group::authorize_security_group_egress, AuthorizeSecurityGroupEgress),
    action!(ecs::security_group::create_security_group, CreateSecurityGroup),
    action!(ecs::security_group::delete_security_group, DeleteSecurityGroup),
    action!(ecs::security_group::describe_security_group_attribute, DescribeSecurityGroupAttribute),
    action!(ecs::security_group::describe_security_groups, DescribeSecurityGroups),
    action!(ecs::security_group::join_security_group, JoinSecurityGroup),
    action!(ecs::security_group::leave_security_group, LeaveSecurityGroup),
    action!(ecs::security_group::modify_security_group_attribute, ModifySecurityGroupAttribute),
    action!(ecs::security_group::modify_security_group_egress_rule, ModifySecurityGroupEgressRule),
    action!(ecs::security_group::modify_security_group_policy, ModifySecurityGroupPolicy),
    action!(ecs::security_group::modify_security_group_rule, ModifySecurityGroupRule),
    action!(ecs::security_group::revoke_security_group, RevokeSecurityGroup),
    action!(ecs::security_group::revoke_security_group_egress, RevokeSecurityGroupEgress),
    action!(ecs::snapshot::copy_snapshot, CopySnapshot),
    action!(ecs::snapshot::create_snapshot, CreateSnapshot),
    action!(ecs::snapshot::delete_snapshot, DeleteSnapshot),
    action!(ecs::snapshot::describe_snapshots, DescribeSnapshots),
    action!(ecs::snapshot::modify_snapshot_attribute, ModifySnapshotAttribute),
    action!(ecs::snapshot::modify_snapshot_category, ModifySnapshotCategory),
    action!(ecs::tag::add_tags, AddTags),
    action!(ecs::tag::describe_tags, DescribeTags),
    action!(ecs::tag::list_tag_resources, ListTagResources),
    action!(ecs::tag::remove_tags, RemoveTags),
    action!(ecs::tag::tag_resources, TagResources),
    action!(ecs::tag::untag_resources, UntagResources),
    action!(vpc::route_table::describe_route_table_list, DescribeRouteTableList),
    action!(vpc::tag::list_tag_resources, ListTagResources),
    action!(vpc::tag::tag_resources, TagResources),
    action!(vpc::tag::untag_resources, UnTagResources),
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
    action!(ram::access_key::create_access_key, CreateAccessKey),
    action!(ram::access_key::delete_access_key, DeleteAccessKey),
    action!(ram::access_key::get_access_key_last_used, GetAccessKeyLastUsed),
    action!(ram::access_key::list_access_keys, ListAccessKeys),
    action!(ram::access_key::update_access_key, UpdateAccessKey),
    action!(ram::account_alias::clear_account_alias, ClearAccountAlias),
    action!(ram::account_alias::get_account_alias, GetAccountAlias),
    action!(ram::account_alias::set_account_alias, SetAccountAlias),
    action!(ram::attachment::attach_policy_to_group, AttachPolicyToGroup),
    action!(ram::attachment::attach_policy_to_role, AttachPolicyToRole),
    action!(ram::attachment::attach_policy_to_user, AttachPolicyToUser),
    action!(ram::attachment::detach_policy_from_group, DetachPolicyFromGroup),
    action!(ram::attachment::detach_policy_from_role, DetachPolicyFromRole),
    action!(ram::attachment::detach_policy_from_user, DetachPolicyFromUser),
    action!(ram::attachment::list_entities_for_policy, ListEntitiesForPolicy),
    action!(ram::attachment::list_policies_for_group, ListPoliciesForGroup),
    action!(ram::attachment::list_policies_for_role, ListPoliciesForRole),
    action!(ram::attachment::list_policies_for_user, ListPoliciesForUser),
    action!(ram::group::add_user_to_group, AddUserToGroup),
    action!(ram::group::create_group, CreateGroup),
    action!(ram::group::delete_group, DeleteGroup),
    action!(ram::group::get_group, GetGroup),
    action!(ram::group::list_groups, ListGroups),
    action!(ram::group::list_groups_for_user, ListGroupsForUser),
    action!(ram::group::list_users_for_group, ListUsersForGroup),
    action!(ram::group::remove_user_from_group, RemoveUserFromGroup),
    action!(ram::group::update_group, UpdateGroup),
    action!(ram::login::create_login_profile, CreateLoginProfile),
    action!(ram::login::delete_login_profile, DeleteLoginProfile),
    action!(ram::login::get_login_profile, GetLoginProfile),
    action!(ram::login::update_login_profile, UpdateLoginProfile),
    action!(ram::managed_policy::create_policy, CreatePolicy),
    action!(ram::managed_policy::create_policy_version, CreatePolicyVersion),
    action!(ram::managed_policy::delete_policy, DeletePolicy),
    action!(ram::managed_policy::delete_policy_version, DeletePolicyVersion),
    action!(ram::managed_policy::get_policy, GetPolicy),
    action!(ram::managed_policy::get_policy_version, GetPolicyVersion),
    action!(ram::managed_policy::list_policies, ListPolicies),
    action!(ram::managed_policy::list_policy_versions, ListPolicyVersions),
    action!(ram::managed_policy::set_default_policy_version, SetDefaultPolicyVersion),
    action!(ram::managed_policy::update_policy_description, UpdatePolicyDescription),
    action!(ram::mfa::bind_mfa_device, BindMFADevice),
    action!(ram::mfa::create_virtual_mfa_device, CreateVirtualMFADevice),
    action!(ram::mfa::delete_virtual_mfa_device, DeleteVirtualMFADevice),
    action!(ram::mfa::get_user_mfa_info, GetUserMFAInfo),
    action!(ram::mfa::list_virtual_mfa_devices, ListVirtualMFADevices),
    action!(ram::mfa::unbind_mfa_device, UnbindMFADevice),
    action!(ram::role::create_role, CreateRole),
    action!(ram::role::delete_role, DeleteRole),
    action!(ram::role::get_role, GetRole),
    action!(ram::role::list_roles, ListRoles),
    action!(ram::role::update_role, UpdateRole),
    action!(ram::security::get_password_policy, GetPasswordPolicy),
    action!(ram::security::get_security_preference, GetSecurityPreference),
    action!(ram::security::set_password_policy, SetPasswordPolicy),
    action!(ram::security::set_security_preference, SetSecurityPreference),
    action!(ram::tag::list_tag_resources, ListTagResources),
    action!(ram::tag::tag_resources, TagResources),
    action!(ram::tag::untag_resources, UntagResources),
    action!(ram::user::create_user, CreateUser),
    action!(ram::user::delete_user, DeleteUser),
    action!(ram::user::get_user, GetUser),
    action!(ram::user::list_users, ListUsers),
    action!(ram::user::update_user, UpdateUser),
    action!(sts::identity::get_caller_identity, GetCallerIdentity),
    action!(sts::role::assume_role, AssumeRole),
    action!(location::endpoint::describe_endpoints, DescribeEndpoints),
];

/// The action that a request names by Version and Action.
pub fn find(version: &str, action: &str) -> Option<&'static Entry> {
    static BY_NAME: LazyLock<HashMap<(&str, &str), &Entry>> = LazyLock::new(|| {
        ACTIONS.iter().map(|entry| ((entry.spec.product.version(), entry.spec.name), entry)).collect()
    });
    BY_NAME.get(&(version, action)).copied()
}
