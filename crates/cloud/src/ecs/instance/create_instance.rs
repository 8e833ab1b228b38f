//! CreateInstance.

use moyun_derive::{Action, Group, Shape};

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::instance::creation;
use crate::ecs::instance::creation::disk_params::SystemDiskParams;
use crate::ecs::instance::creation::request::{Noted, Request, Shared};
use crate::errors::{ApiError, DryRunPassed};
use crate::ids::InstanceId;
use crate::spec::Run;

/// Creates one instance and leaves it off.
///
/// The reply comes before the instance is ready: it is `Pending`, then `Stopped`; StartInstance starts it. A
/// subscription (`PrePaid`) is charged at once; a PostPaid instance is paid by the hour. The instance has no public
/// address until AllocatePublicIpAddress gives it one.
#[derive(Action)]
#[action(
    ecs,
    write,
    region,
    idempotent,
    dry_run = DryRunPassed,
    billable,
    creates_instances,
    reply = NewInstance,
    raises()
)]
pub struct CreateInstance {
    /// What RunInstances takes as well.
    #[param(flatten)]
    shared: Shared,
    /// System disk.
    #[param(group)]
    system_disk: SystemDiskParams,
    /// Parameters that are kept and shown.
    #[param(flatten)]
    notes: Noted<CreateNotes>,
}

/// Parameters of CreateInstance that are kept and shown and change nothing else.
#[derive(Debug, Clone, Group)]
pub struct CreateNotes {
    /// Cluster of old. Kept for compatibility.
    pub cluster_id: Option<String>,
    /// Inner address of old. Kept for compatibility.
    pub inner_ip_address: Option<String>,
    /// Virtual LAN of old. Kept for compatibility.
    pub vlan_id: Option<String>,
    /// Whether additional services of old are used. Kept for compatibility.
    pub use_additional_service: Option<bool>,
    /// Host to place the instance on. In preview.
    #[param(preview)]
    pub node_controller_id: Option<String>,
    /// Managed host to place the instance on.
    pub managed_host_id: Option<String>,
}

/// The new instance.
#[derive(Shape)]
pub struct NewInstance {
    /// ID of the instance.
    instance_id: InstanceId,
    /// Order of a subscription.
    order_id: Option<String>,
    /// Price of the order, or of one hour, in CNY.
    trade_price: f64,
}

impl Run for CreateInstance {
    fn run(self, cx: &mut Cx<'_>) -> Result<NewInstance, ApiError> {
        let mut request = Request::for_one(self.shared, self.system_disk);
        request.shown.extend(self.notes.values);
        let mut created = creation::create(request, cx)?;
        Ok(NewInstance {
            instance_id: created.instances.pop().expect("CreateInstance always pays and makes one instance"),
            order_id: created.order_id,
            trade_price: created.trade_price,
        })
    }
}

/// Worked requests.
pub const CASES: &[Case] = creation::cases::CREATE;
