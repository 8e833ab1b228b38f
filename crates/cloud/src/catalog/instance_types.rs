//! Instance types: what they have, what goes with them, and what they cost.

use serde::{Deserialize, Serialize};

use crate::catalog::disk_categories::DiskCategory;
use crate::catalog::money::Money;

/// The most data disks that requests can ask for.
const DATA_DISKS_MAX: u32 = 16;
/// More than any host has of anything.
const COUNT_MAX: u32 = 10_000;
/// More than any host has, in MiB: 1 PiB.
const MEMORY_MIB_MAX: u64 = 1 << 30;

/// One instance type: `instance_types.T` of the world document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstanceType {
    /// Name, such as `ecs.g5.large`; the document has it in the path.
    #[serde(skip)]
    pub id: String,
    /// Generation of hardware, 1 being the oldest.
    pub generation: u8,
    /// What the family is made for, in the words of DescribeInstanceTypes.
    pub category: String,
    /// Virtual processors.
    pub vcpu: u32,
    /// Memory in MiB.
    pub memory_mib: u64,
    /// Processor architecture.
    pub architecture: Architecture,
    /// Processor of the host.
    pub processor: Processor,
    /// Whether it can, cannot, or must be I/O optimized.
    pub io_optimized: IoMode,
    /// Kinds of network that it can be in.
    pub network_types: Vec<NetworkType>,
    /// Disks that it takes.
    pub disk_categories: TypeDisks,
    /// Data disks that it attaches at most.
    pub max_data_disks: u32,
    /// List price of an hour, PostPaid.
    pub price_per_hour: Money,
    /// Graphics processors.
    #[serde(default)]
    pub gpu: Option<Gpu>,
    /// Local disks that come with it.
    #[serde(default)]
    pub local_storage: Option<LocalStorage>,
    /// Credits of a burstable type.
    #[serde(default)]
    pub burstable: Option<Credits>,
    /// Whether it is an entry-level type.
    #[serde(default)]
    pub entry_level: bool,
    /// Whether it is an old type that is no longer developed; it is still sold.
    #[serde(default)]
    pub retired: bool,
    /// Whether it works only inside an HPC cluster.
    #[serde(default)]
    pub hpc_cluster: bool,
    /// Whether only invited accounts may use it.
    #[serde(default)]
    pub by_invitation: bool,
    /// Whether it is a whole machine.
    #[serde(default)]
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
    /// The family, such as `ecs.g5`.
    pub fn family(&self) -> &str {
        family_of(&self.id)
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
    pub fn disks(&self, io_optimized: bool) -> &[DiskCategory] {
        if io_optimized { &self.disk_categories.optimized } else { &self.disk_categories.none }
    }

    /// Refuses values that no type can have, with a sentence.
    pub fn validate(&self) -> Result<(), String> {
        for io_optimized in [true, false] {
            if self.disks(io_optimized).is_empty() == self.io_optimized.allows(io_optimized) {
                let mode = if io_optimized { "optimized" } else { "none" };
                return Err(format!(
                    "A type takes disks in the modes that its io_optimized allows and in no other, which \
                     disk_categories.{mode} contradicts."
                ));
            }
        }
        if self.network_types.is_empty() {
            return Err("A type can be in at least one kind of network.".to_owned());
        }
        if self.max_data_disks > DATA_DISKS_MAX {
            let (asked, most) = (self.max_data_disks, DATA_DISKS_MAX);
            return Err(format!(
                "Requests name at most {most} data disks, so max_data_disks is not {asked}."
            ));
        }
        if !(1..=MEMORY_MIB_MAX).contains(&self.memory_mib) {
            return Err(format!("Memory is 1 to {MEMORY_MIB_MAX} MiB, not {}.", self.memory_mib));
        }
        let counts = [
            ("vcpu", self.vcpu),
            ("eni_quantity", self.eni_quantity),
            ("private_ip_per_eni", self.private_ip_per_eni),
            ("gpu.amount", self.gpu.as_ref().map_or(1, |gpu| gpu.amount)),
            ("local_storage.amount", self.local_storage.as_ref().map_or(1, |local| local.amount)),
        ];
        match counts.iter().find(|(_, count)| !(1..=COUNT_MAX).contains(count)) {
            Some((name, count)) => Err(format!("{name} is 1 to {COUNT_MAX}, not {count}.")),
            None => self.price_per_hour.validate_price(),
        }
    }
}

/// The family of a type: its id without the size and without what follows a dash.
pub fn family_of(id: &str) -> &str {
    let without_size = id.rsplit_once('.').map_or(id, |(family, _)| family);
    without_size.split_once('-').map_or(without_size, |(family, _)| family)
}

/// Whether a type can be called so: `ecs.`, a family, a dot and a size.
pub fn is_type_id(id: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_alphanumeric())
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    match id.split('.').collect::<Vec<_>>()[..] {
        ["ecs", family, size] => is_word(family) && is_word(size),
        _ => false,
    }
}

/// Disks that a type takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeDisks {
    /// When it is not I/O optimized.
    #[serde(default)]
    pub none: Vec<DiskCategory>,
    /// When it is.
    #[serde(default)]
    pub optimized: Vec<DiskCategory>,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum IoMode {
    /// Never.
    #[serde(rename = "none")]
    None,
    /// As the request says.
    #[serde(rename = "both")]
    Both,
    /// Always.
    #[serde(rename = "optimized")]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Architecture {
    /// Intel and AMD.
    X86,
    /// Yitian.
    #[serde(rename = "ARM")]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Processor {
    /// Maker's name for it.
    pub model: String,
    /// Base clock in MHz.
    pub base_mhz: u32,
    /// Highest clock in MHz.
    pub turbo_mhz: u32,
}

/// Graphics processors of a type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gpu {
    /// How many.
    pub amount: u32,
    /// Which.
    pub spec: String,
    /// Memory of each in GiB.
    pub memory_gib: u32,
}

/// Local disks of a type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalStorage {
    /// How many.
    pub amount: u32,
    /// Size of each in GiB.
    pub capacity_gib: u64,
    /// Kind, in the words of DescribeInstanceTypes.
    pub category: String,
}

/// Processor credits of a burstable type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credits {
    /// Credits that a new instance starts with.
    pub initial: u32,
    /// Credits that it earns an hour.
    pub baseline: u32,
}
