//! Network interfaces in a request to create instances.

use moyun_derive::Group;

use crate::ids::{SecurityGroupId, VSwitchId};

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
    /// Name of the interface.
    pub network_interface_name: Option<String>,
    /// Description of the interface.
    pub description: Option<String>,
    /// Queues of the interface.
    pub queue_number: Option<i64>,
    /// RDMA queues of the interface.
    pub queue_pair_number: Option<i64>,
    /// Depth of the receive queue.
    pub rx_queue_size: Option<i64>,
    /// Depth of the send queue.
    pub tx_queue_size: Option<i64>,
    /// Existing interface to attach.
    pub network_interface_id: Option<String>,
    /// How the interface moves traffic: `Standard` or `HighPerformance`.
    #[param(one_of("Standard", "HighPerformance"))]
    pub network_interface_traffic_mode: Option<String>,
    /// Network card of the interface.
    pub network_card_index: Option<i64>,
    /// Further private addresses that it gets.
    pub secondary_private_ip_address_count: Option<i64>,
    /// IPv6 addresses of the interface.
    #[param(max_items = 10)]
    pub ipv6_address: Vec<String>,
    /// IPv6 addresses that it gets.
    #[param(range(1, 10))]
    pub ipv6_address_count: Option<i64>,
    /// Whether the interface goes when its instance goes.
    pub delete_on_release: Option<bool>,
    /// Whether the interface drops traffic that is not its own.
    pub source_dest_check: Option<bool>,
}

impl NetworkInterfaceParams {
    /// Whether this is the interface that an instance is made with.
    pub fn is_primary(&self) -> bool {
        self.instance_type.as_deref() == Some("Primary")
    }
}
