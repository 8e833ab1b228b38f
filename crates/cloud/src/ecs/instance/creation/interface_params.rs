//! Network interfaces in a request to create instances.

use moyun_derive::Group;

use crate::ecs::instance::creation::request::Noted;
use crate::ecs::network_interface::create_network_interface::InterfaceNotes;
use crate::ecs::network_interface::make::is_ipv6;
use crate::ids::{SecurityGroupId, VSwitchId};
use crate::names::{is_description, is_resource_name};

/// A network interface of a request. The primary one can take the place of the parameters beside it.
#[derive(Debug, Clone, Group)]
pub struct NetworkInterfaceParams {
    /// `Primary` or `Secondary` (the default).
    #[param(one_of("Primary", "Secondary"))]
    pub instance_type: Option<String>,
    /// vSwitch of the interface.
    pub v_switch_id: Option<VSwitchId>,
    /// Security group of the interface.
    pub security_group_id: Option<SecurityGroupId>,
    /// Security groups of the interface.
    #[param(max_items = 5)]
    pub security_group_ids: Vec<SecurityGroupId>,
    /// Primary private address of the interface.
    pub primary_ip_address: Option<String>,
    /// Further private addresses that it gets.
    #[param(range(1, 49))]
    pub secondary_private_ip_address_count: Option<i64>,
    /// IPv6 addresses of the interface.
    #[param(max_items = 10, check = is_ipv6)]
    pub ipv6_address: Vec<String>,
    /// IPv6 addresses that it gets.
    #[param(range(1, 10))]
    pub ipv6_address_count: Option<i64>,
    /// Whether the interface goes when its instance goes.
    pub delete_on_release: Option<bool>,
    /// Existing interface to attach; without effect.
    pub network_interface_id: Option<String>,
    /// What is only kept and shown of it.
    #[param(flatten)]
    pub notes: Noted<AttachedNotes>,
}

/// What is only stored and shown of an interface that instances are made with.
#[derive(Debug, Clone, Group)]
pub struct AttachedNotes {
    /// What every interface can be given.
    #[param(flatten)]
    pub interface: InterfaceNotes,
    /// Name of the interface: 2 to 128 characters, first a letter.
    #[param(check = is_resource_name)]
    pub network_interface_name: Option<String>,
    /// Description of the interface: 2 to 256 characters that are no link.
    #[param(check = is_description)]
    pub description: Option<String>,
    /// Network card of the interface.
    #[param(range(0, 1))]
    pub network_card_index: Option<i64>,
}

impl NetworkInterfaceParams {
    /// Whether this is the interface that an instance is made with.
    pub fn is_primary(&self) -> bool {
        self.instance_type.as_deref() == Some("Primary")
    }
}
