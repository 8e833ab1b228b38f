//! An instance type as it is shown.

use moyun_derive::Shape;

use crate::catalog::instance_types::{Architecture, InstanceType};

const MIB_PER_GIB: f64 = 1024.0;
const MHZ_PER_GHZ: f64 = 1000.0;

/// An instance type.
#[derive(Shape)]
pub(super) struct InstanceTypeShape {
    /// ID of the instance type.
    pub(super) instance_type_id: String,
    /// ID of its family.
    pub(super) instance_type_family: String,
    /// `EntryLevel`, `EnterpriseLevel` or `CreditEntryLevel`.
    pub(super) instance_family_level: &'static str,
    /// What the family is made for.
    pub(super) instance_category: String,
    /// Virtual processors.
    pub(super) cpu_core_count: u32,
    /// Memory in GiB.
    pub(super) memory_size: f64,
    /// `X86` or `ARM`.
    pub(super) cpu_architecture: &'static str,
    /// Processor of the host.
    pub(super) physical_processor_model: String,
    /// Base clock of the processor in GHz.
    pub(super) cpu_speed_frequency: f64,
    /// Highest clock of the processor in GHz.
    pub(super) cpu_turbo_frequency: f64,
    /// How the virtual processors lie on the host's.
    cpu_options: CpuOptions,
    /// Graphics processors.
    #[shape(name = "GPUAmount")]
    pub(super) gpu_amount: u32,
    /// Which graphics processors; empty without any.
    #[shape(name = "GPUSpec")]
    pub(super) gpu_spec: String,
    /// Memory of one graphics processor in GiB.
    #[shape(name = "GPUMemorySize")]
    gpu_memory_size: f64,
    /// Local disks.
    pub(super) local_storage_amount: Option<u32>,
    /// Size of one local disk in GiB.
    pub(super) local_storage_capacity: Option<u64>,
    /// Kind of local disk.
    pub(super) local_storage_category: String,
    /// Disks that it attaches at most, the system disk included.
    pub(super) disk_quantity: u32,
    /// Whether disks attach over NVMe: `required`, `supported` or `unsupported`.
    pub(super) nvme_support: &'static str,
    /// Credits that a new burstable instance starts with.
    pub(super) initial_credit: Option<u32>,
    /// Credits that a burstable instance earns an hour.
    pub(super) baseline_credit: Option<u32>,
    /// Network interfaces, the primary one included.
    pub(super) eni_quantity: u32,
    /// The same, interfaces of every kind.
    eni_total_quantity: u32,
    /// Whether an interface can carry others.
    eni_trunk_supported: bool,
    /// IPv4 addresses of one interface.
    pub(super) eni_private_ip_address_quantity: u32,
    /// IPv6 addresses of one interface.
    pub(super) eni_ipv6_address_quantity: u32,
    /// RDMA interfaces.
    pub(super) eri_quantity: u32,
    /// Queues of the primary interface.
    pub(super) primary_eni_queue_number: u32,
    /// Queues of another interface.
    pub(super) secondary_eni_queue_number: u32,
    /// The most queues of one interface.
    maximum_queue_number_per_eni: u32,
    /// Queues of all interfaces together.
    total_eni_queue_quantity: u32,
    /// Queue pairs of an RDMA interface.
    pub(super) queue_pair_number: u32,
    /// Inbound bandwidth of the inner network in kbit/s.
    pub(super) instance_bandwidth_rx: u64,
    /// Outbound bandwidth of the inner network in kbit/s.
    pub(super) instance_bandwidth_tx: u64,
    /// Inbound packets a second.
    pub(super) instance_pps_rx: u64,
    /// Outbound packets a second.
    pub(super) instance_pps_tx: u64,
    /// Network cards.
    network_card_quantity: u32,
    /// The network cards.
    #[shape(list = "NetworkCardInfo")]
    network_cards: Vec<NetworkCard>,
    /// How a system can start.
    #[shape(list = "SupportedBootMode")]
    supported_boot_modes: Vec<&'static str>,
    /// Further attributes; none.
    #[shape(list = "Attribute")]
    attributes: Vec<Attribute>,
}

/// How virtual processors lie on those of the host.
#[derive(Shape)]
struct CpuOptions {
    /// Physical cores.
    core: u32,
    /// Virtual processors of each core.
    threads_per_core: u32,
}

/// A network card.
#[derive(Shape)]
struct NetworkCard {
    /// Number of the card, from 0.
    network_card_index: u32,
}

/// An attribute beyond the others.
#[derive(Shape)]
struct Attribute {
    /// Name of the attribute.
    name: String,
    /// Value of the attribute.
    value: String,
}

impl From<&InstanceType> for InstanceTypeShape {
    fn from(kind: &InstanceType) -> InstanceTypeShape {
        let queues = kind.vcpu.clamp(1, 32);
        let (gpu, local) = (kind.gpu.as_ref(), kind.local_storage.as_ref());
        InstanceTypeShape {
            instance_type_id: kind.id.clone(),
            instance_type_family: kind.family().to_owned(),
            instance_family_level: kind.family_level(),
            instance_category: kind.category.clone(),
            cpu_core_count: kind.vcpu,
            memory_size: kind.memory_mib as f64 / MIB_PER_GIB,
            cpu_architecture: kind.architecture.wire_name(),
            physical_processor_model: kind.processor.model.clone(),
            cpu_speed_frequency: f64::from(kind.processor.base_mhz) / MHZ_PER_GHZ,
            cpu_turbo_frequency: f64::from(kind.processor.turbo_mhz) / MHZ_PER_GHZ,
            cpu_options: cpu_options(kind),
            gpu_amount: gpu.map_or(0, |gpu| gpu.amount),
            gpu_spec: gpu.map_or_else(String::new, |gpu| gpu.spec.clone()),
            gpu_memory_size: gpu.map_or(0.0, |gpu| f64::from(gpu.memory_gib)),
            local_storage_amount: local.map(|local| local.amount),
            local_storage_capacity: local.map(|local| local.capacity_gib),
            local_storage_category: local.map_or_else(String::new, |local| local.category.clone()),
            disk_quantity: kind.max_data_disks + 1,
            nvme_support: if kind.generation >= 8 { "supported" } else { "unsupported" },
            initial_credit: kind.burstable.map(|credits| credits.initial),
            baseline_credit: kind.burstable.map(|credits| credits.baseline),
            eni_quantity: kind.eni_quantity,
            eni_total_quantity: kind.eni_quantity,
            eni_trunk_supported: false,
            eni_private_ip_address_quantity: kind.private_ip_per_eni,
            eni_ipv6_address_quantity: ipv6_per_eni(kind),
            eri_quantity: 0,
            primary_eni_queue_number: queues,
            secondary_eni_queue_number: queues,
            maximum_queue_number_per_eni: queues,
            total_eni_queue_quantity: queues * kind.eni_quantity,
            queue_pair_number: 0,
            instance_bandwidth_rx: kind.bandwidth_kbps,
            instance_bandwidth_tx: kind.bandwidth_kbps,
            instance_pps_rx: kind.packets_per_second,
            instance_pps_tx: kind.packets_per_second,
            network_card_quantity: 1,
            network_cards: vec![NetworkCard { network_card_index: 0 }],
            supported_boot_modes: boot_modes(kind),
            attributes: vec![],
        }
    }
}

fn cpu_options(kind: &InstanceType) -> CpuOptions {
    let has_threads = kind.architecture == Architecture::X86 && kind.vcpu.is_multiple_of(2);
    let threads_per_core = if has_threads { 2 } else { 1 };
    CpuOptions { core: kind.vcpu / threads_per_core, threads_per_core }
}

/// Old hosts know no IPv6; newer ones give an interface one address, those of today as many as of IPv4.
fn ipv6_per_eni(kind: &InstanceType) -> u32 {
    match kind.generation {
        0..=4 => 0,
        5..=6 => 1,
        _ => kind.private_ip_per_eni,
    }
}

fn boot_modes(kind: &InstanceType) -> Vec<&'static str> {
    match kind.architecture {
        Architecture::Arm64 => vec!["UEFI"],
        Architecture::X86 if kind.generation < 6 => vec!["BIOS"],
        Architecture::X86 => vec!["BIOS", "UEFI"],
    }
}
