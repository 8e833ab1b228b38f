//! Instance types: what they have, what goes with them, and what they cost.

use serde::{Deserialize, Serialize};

use crate::catalog::disk_categories::DiskCategory;
use crate::catalog::instance_type_rows::ROWS;
use crate::catalog::money::Money;

/// How many hours a subscription month is charged as.
pub const HOURS_PER_MONTH_CHARGED: i64 = 430;
/// What spot instances cost while no market price is set, in percent of the list price.
pub const SPOT_PERCENT: i64 = 20;

/// One instance type.
#[derive(Debug)]
pub struct InstanceType {
    /// Name, such as `ecs.g5.large`.
    pub id: &'static str,
    /// Group by which zones take up types.
    pub group: TypeGroup,
    /// Generation of hardware, 1 being the oldest.
    pub generation: u8,
    /// What the family is made for, in the words of DescribeInstanceTypes.
    pub category: &'static str,
    /// Virtual processors.
    pub vcpu: u32,
    /// Memory in MiB.
    pub memory_mib: u64,
    /// Processor architecture.
    pub architecture: Architecture,
    /// Processor of the host.
    pub processor: Processor,
    /// Whether it can, cannot, or must be I/O optimized.
    pub io: IoMode,
    /// Kinds of network that it can be in.
    pub networks: &'static [NetworkType],
    /// Disks it takes when not I/O optimized.
    pub disks_plain: &'static [DiskCategory],
    /// Disks it takes when I/O optimized.
    pub disks_optimized: &'static [DiskCategory],
    /// Data disks that it attaches at most.
    pub max_data_disks: u32,
    /// List price of an hour, PostPaid.
    pub price_per_hour: Money,
    /// Graphics processors.
    pub gpu: Option<Gpu>,
    /// Local disks that come with it.
    pub local_storage: Option<LocalStorage>,
    /// Credits of a burstable type.
    pub burstable: Option<Credits>,
    /// Whether it is an entry-level type.
    pub entry_level: bool,
    /// Whether it is an old type that is no longer developed; it is still sold.
    pub retired: bool,
    /// Whether it works only inside an HPC cluster.
    pub hpc_cluster: bool,
    /// Whether only invited accounts may use it.
    pub by_invitation: bool,
    /// Whether it is a whole machine.
    pub bare_metal: bool,
    /// Network interfaces, the primary one included.
    pub eni_quantity: u32,
    /// Private addresses of one interface.
    pub private_ip_per_eni: u32,
    /// Inner bandwidth of each direction in kbit/s.
    pub bandwidth_kbps: u64,
    /// Packets per second of each direction.
    pub packets_per_second: u64,
}

impl InstanceType {
    /// The family, such as `ecs.g5`: the id without its size and without what follows a dash.
    pub fn family(&self) -> &'static str {
        let without_size = self.id.rsplit_once('.').map_or(self.id, |(family, _)| family);
        without_size.split_once('-').map_or(without_size, |(family, _)| family)
    }

    /// The generation in the words of DescribeInstanceTypeFamilies.
    pub fn generation_name(&self) -> String {
        format!("ecs-{}", self.generation)
    }

    /// The level of the family in the words of DescribeInstanceTypes.
    pub fn family_level(&self) -> &'static str {
        match (self.burstable, self.entry_level) {
            (Some(_), _) => "CreditEntryLevel",
            (None, true) => "EntryLevel",
            (None, false) => "EnterpriseLevel",
        }
    }

    /// Disks it takes in this I/O mode; none if it has no such mode.
    pub fn disks(&self, io_optimized: bool) -> &'static [DiskCategory] {
        if io_optimized { self.disks_optimized } else { self.disks_plain }
    }

    /// What a subscription of one month costs.
    pub fn price_per_month(&self) -> Money {
        self.price_per_hour * HOURS_PER_MONTH_CHARGED
    }

    /// What an hour costs as a spot instance while the zone sets no market price.
    pub fn spot_price_per_hour(&self) -> Money {
        self.price_per_hour.percent_in_milli(SPOT_PERCENT)
    }
}

/// Types that zones take up together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the families' own; the table shows their members")]
pub enum TypeGroup {
    G1,
    G2,
    T5,
    T6,
    G5,
    G6,
    G7,
    U,
    Arm,
    I1,
    L,
    Gn5,
    Gn6,
    Bm,
    Scc,
    Inv,
}

/// Whether a type can, cannot, or must be I/O optimized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IoMode {
    /// Never.
    None,
    /// As the request says.
    Both,
    /// Always.
    Opt,
}

impl IoMode {
    /// Whether the mode exists.
    pub const fn allows(self, io_optimized: bool) -> bool {
        match self {
            IoMode::None => !io_optimized,
            IoMode::Both => true,
            IoMode::Opt => io_optimized,
        }
    }
}

/// Processor architecture of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Architecture {
    /// Intel and AMD.
    X86,
    /// Yitian.
    Arm64,
}

impl Architecture {
    /// The name that DescribeInstanceTypes uses.
    pub const fn wire_name(self) -> &'static str {
        match self {
            Architecture::X86 => "X86",
            Architecture::Arm64 => "ARM",
        }
    }
}

/// The kind of network that an instance is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NetworkType {
    /// A private network of the account.
    Vpc,
    /// The shared network of old.
    Classic,
}

impl NetworkType {
    /// The name that requests and answers use.
    pub const fn wire_name(self) -> &'static str {
        match self {
            NetworkType::Vpc => "vpc",
            NetworkType::Classic => "classic",
        }
    }
}

/// The processor of a host.
#[derive(Debug, Clone, Copy)]
pub struct Processor {
    /// Maker's name for it.
    pub model: &'static str,
    /// Base clock in MHz.
    pub base_mhz: u32,
    /// Highest clock in MHz.
    pub turbo_mhz: u32,
}

/// Graphics processors of a type.
#[derive(Debug, Clone, Copy)]
pub struct Gpu {
    /// How many.
    pub amount: u32,
    /// Which.
    pub spec: &'static str,
    /// Memory of each in GiB.
    pub memory_gib: u32,
}

/// Local disks of a type.
#[derive(Debug, Clone, Copy)]
pub struct LocalStorage {
    /// How many.
    pub amount: u32,
    /// Size of each in GiB.
    pub capacity_gib: u64,
    /// Kind, in the words of DescribeInstanceTypes.
    pub category: &'static str,
}

/// Processor credits of a burstable type.
#[derive(Debug, Clone, Copy)]
pub struct Credits {
    /// Credits that a new instance starts with.
    pub initial: u32,
    /// Credits that it earns an hour.
    pub baseline: u32,
}

/// Every type, in the order of the table.
pub fn all() -> &'static [InstanceType] {
    ROWS
}

/// The type of this name.
pub fn find(id: &str) -> Option<&'static InstanceType> {
    ROWS.iter().find(|row| row.id == id)
}

/// Every family once, by its first type.
pub fn families() -> impl Iterator<Item = &'static InstanceType> {
    let is_first = |at: usize| ROWS.iter().position(|row| row.family() == ROWS[at].family()) == Some(at);
    (0..ROWS.len()).filter(move |at| is_first(*at)).map(|at| &ROWS[at])
}
