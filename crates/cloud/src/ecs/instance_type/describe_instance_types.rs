//! DescribeInstanceTypes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use moyun_derive::{Action, Group, Shape};

use crate::case::{Case, nothing};
use crate::catalog::instance_types::is_type_id;
use crate::cx::Cx;
use crate::ecs::instance_type::shape::InstanceTypeShape;
use crate::errors::{ApiError, ParameterMalformed, RegionNotFound};
use crate::param::Param;
use crate::spec::{ParamKind, Run};
use crate::world::Fact;

/// Lists instance types and what they have.
///
/// All types of the cloud are listed, wherever they are sold; DescribeAvailableResource tells which can be had.
/// The filters narrow the list together. It comes in pages of at most 100 types.
#[derive(Action)]
#[action(ecs, read, reply = InstanceTypeList, raises(RegionNotFound, ParameterMalformed))]
pub struct DescribeInstanceTypes {
    /// Only these types.
    #[param(max_items = 100)]
    instance_types: Vec<String>,
    /// Which words must fit.
    #[param(flatten)]
    words: Words,
    /// How much there must be at least, and at most.
    #[param(flatten)]
    bounds: Bounds,
    /// Names of further attributes to show. There are none yet, so the answer is the same.
    #[expect(dead_code, reason = "read for its type; there are no further attributes")]
    #[param(max_items = 100)]
    additional_attributes: Vec<String>,
    /// Where the last page ended: its NextToken.
    next_token: Option<Position>,
    /// Types on a page.
    #[param(default = 100, range(1, 100))]
    max_results: i64,
}

/// Filters by words. Each may be given once, or as a list of which one must fit, or both.
#[derive(Group)]
struct Words {
    /// Only types of this family, such as `ecs.g5`.
    instance_type_family: Option<String>,
    /// Only types of one of these: family.
    #[param(max_items = 100)]
    instance_type_families: Vec<String>,
    /// Only types of this category, such as `General-purpose`.
    instance_category: Option<String>,
    /// Only types of one of these: category.
    #[param(max_items = 100)]
    instance_categories: Vec<String>,
    /// Only types of this processor architecture.
    #[param(one_of("X86", "ARM"))]
    cpu_architecture: Option<String>,
    /// Only types of one of these: processor architecture.
    #[param(one_of("X86", "ARM"), max_items = 100)]
    cpu_architectures: Vec<String>,
    /// Only types of this graphics processor, such as `NVIDIA T4`.
    #[param(name = "GPUSpec")]
    gpu_spec: Option<String>,
    /// Only types of one of these: graphics processor.
    #[param(max_items = 100)]
    gpu_specs: Vec<String>,
    /// Only types of this kind of local disk.
    #[param(one_of("local_ssd_pro", "local_hdd_pro"))]
    local_storage_category: Option<String>,
    /// Only types of one of these: kind of local disk.
    #[param(one_of("local_ssd_pro", "local_hdd_pro"), max_items = 100)]
    local_storage_categories: Vec<String>,
    /// Only types of this processor of the host, such as `YiTian 710`.
    physical_processor_model: Option<String>,
    /// Only types of one of these: processor of the host.
    #[param(max_items = 100)]
    physical_processor_models: Vec<String>,
    /// Only types of this level.
    #[param(one_of("EntryLevel", "EnterpriseLevel", "CreditEntryLevel"))]
    instance_family_level: Option<String>,
    /// Only types whose disks attach over NVMe in this way.
    #[param(one_of("required", "supported", "unsupported"))]
    nvme_support: Option<String>,
}

/// Filters by amounts.
#[derive(Group)]
struct Bounds {
    /// Only types with at least so many virtual processors.
    minimum_cpu_core_count: Option<i64>,
    /// Only types with at most so many virtual processors.
    maximum_cpu_core_count: Option<i64>,
    /// Only types with at least so many GiB of memory.
    minimum_memory_size: Option<f64>,
    /// Only types with at most so many GiB of memory.
    maximum_memory_size: Option<f64>,
    /// Only types with at least so many GHz of base clock.
    minimum_cpu_speed_frequency: Option<f64>,
    /// Only types with at most so many GHz of base clock.
    maximum_cpu_speed_frequency: Option<f64>,
    /// Only types with at least so many GHz of highest clock.
    minimum_cpu_turbo_frequency: Option<f64>,
    /// Only types with at most so many GHz of highest clock.
    maximum_cpu_turbo_frequency: Option<f64>,
    /// Only types with at least so many graphics processors.
    #[param(name = "MinimumGPUAmount")]
    minimum_gpu_amount: Option<i64>,
    /// Only types with at most so many graphics processors.
    #[param(name = "MaximumGPUAmount")]
    maximum_gpu_amount: Option<i64>,
    /// Only types with at least so many local disks.
    minimum_local_storage_amount: Option<i64>,
    /// Only types with at least so many GiB in one local disk.
    minimum_local_storage_capacity: Option<i64>,
    /// Only types with at least so many disks.
    minimum_disk_quantity: Option<i64>,
    /// Only types with at least so many credits at the start.
    minimum_initial_credit: Option<i64>,
    /// Only types with at least so many credits an hour.
    minimum_baseline_credit: Option<i64>,
    /// Only types with at least so many network interfaces.
    minimum_eni_quantity: Option<i64>,
    /// Only types with at least so many IPv4 addresses of one interface.
    minimum_eni_private_ip_address_quantity: Option<i64>,
    /// Only types with at least so many IPv6 addresses of one interface.
    minimum_eni_ipv6_address_quantity: Option<i64>,
    /// Only types with at least so many RDMA interfaces.
    minimum_eri_quantity: Option<i64>,
    /// Only types with at least so many queues of the primary interface.
    minimum_primary_eni_queue_number: Option<i64>,
    /// Only types with at least so many queues of another interface.
    minimum_secondary_eni_queue_number: Option<i64>,
    /// Only types with at least so many queue pairs.
    minimum_queue_pair_number: Option<i64>,
    /// Only types with at least so many kbit/s inbound.
    minimum_instance_bandwidth_rx: Option<i64>,
    /// Only types with at least so many kbit/s outbound.
    minimum_instance_bandwidth_tx: Option<i64>,
    /// Only types with at least so many packets a second inbound.
    minimum_instance_pps_rx: Option<i64>,
    /// Only types with at least so many packets a second outbound.
    minimum_instance_pps_tx: Option<i64>,
}

/// Instance types.
#[derive(Shape)]
pub struct InstanceTypeList {
    /// The types of the page.
    #[shape(list = "InstanceType")]
    instance_types: Vec<InstanceTypeShape>,
    /// Where the page ends; empty on the last one.
    next_token: String,
}

/// A position in the list of types, opaque to clients: the id of the last type before it.
struct Position(String);

impl Param for Position {
    const KIND: ParamKind = ParamKind::Text;
    fn read(text: &str) -> Option<Position> {
        let id = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        is_type_id(&id).then_some(Position(id))
    }
}

impl Position {
    fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.0)
    }
}

impl Run for DescribeInstanceTypes {
    fn run(self, cx: &mut Cx<'_>) -> Result<InstanceTypeList, ApiError> {
        let wares = Fact::wares(&cx.tx)?;
        let begin = match &self.next_token {
            None => 0,
            Some(Position(last)) => {
                let at = wares.types().iter().position(|kind| kind.id == *last);
                at.ok_or_else(|| ParameterMalformed.about("NextToken"))? + 1
            }
        };
        let after = wares.types()[begin..].iter().map(|kind| InstanceTypeShape::from(&**kind));
        let mut page: Vec<InstanceTypeShape> = after.filter(|kind| self.wants(kind)).collect();
        let size = usize::try_from(self.max_results).unwrap_or(usize::MAX);
        let goes_on = page.len() > size;
        page.truncate(size);
        let end = page.last().filter(|_| goes_on).map(|last| Position(last.instance_type_id.clone()).text());
        Ok(InstanceTypeList { instance_types: page, next_token: end.unwrap_or_default() })
    }
}

impl DescribeInstanceTypes {
    fn wants(&self, kind: &InstanceTypeShape) -> bool {
        (self.instance_types.is_empty() || self.instance_types.contains(&kind.instance_type_id))
            && self.words.fit(kind)
            && self.bounds.fit(kind)
    }
}

impl Words {
    fn fit(&self, kind: &InstanceTypeShape) -> bool {
        let is = |wanted: &Option<String>, word: &str| wanted.as_ref().is_none_or(|wanted| wanted == word);
        let is_one =
            |wanted: &[String], word: &str| wanted.is_empty() || wanted.iter().any(|one| one == word);
        is(&self.instance_type_family, &kind.instance_type_family)
            && is_one(&self.instance_type_families, &kind.instance_type_family)
            && is(&self.instance_category, &kind.instance_category)
            && is_one(&self.instance_categories, &kind.instance_category)
            && is(&self.cpu_architecture, kind.cpu_architecture)
            && is_one(&self.cpu_architectures, kind.cpu_architecture)
            && is(&self.gpu_spec, &kind.gpu_spec)
            && is_one(&self.gpu_specs, &kind.gpu_spec)
            && is(&self.local_storage_category, &kind.local_storage_category)
            && is_one(&self.local_storage_categories, &kind.local_storage_category)
            && is(&self.physical_processor_model, &kind.physical_processor_model)
            && is_one(&self.physical_processor_models, &kind.physical_processor_model)
            && is(&self.instance_family_level, kind.instance_family_level)
            && is(&self.nvme_support, kind.nvme_support)
    }
}

impl Bounds {
    fn fit(&self, kind: &InstanceTypeShape) -> bool {
        self.pairs(kind).iter().all(|(bound, amount)| match bound {
            Bound::Least(least) => least.is_none_or(|least| *amount >= least),
            Bound::Most(most) => most.is_none_or(|most| *amount <= most),
        })
    }

    /// Each bound with what the type has.
    fn pairs(&self, kind: &InstanceTypeShape) -> Vec<(Bound, f64)> {
        let least = |bound: Option<i64>, has: u64| (Bound::Least(bound.map(|n| n as f64)), has as f64);
        let most = |bound: Option<i64>, has: u64| (Bound::Most(bound.map(|n| n as f64)), has as f64);
        vec![
            least(self.minimum_cpu_core_count, kind.cpu_core_count.into()),
            most(self.maximum_cpu_core_count, kind.cpu_core_count.into()),
            (Bound::Least(self.minimum_memory_size), kind.memory_size),
            (Bound::Most(self.maximum_memory_size), kind.memory_size),
            (Bound::Least(self.minimum_cpu_speed_frequency), kind.cpu_speed_frequency),
            (Bound::Most(self.maximum_cpu_speed_frequency), kind.cpu_speed_frequency),
            (Bound::Least(self.minimum_cpu_turbo_frequency), kind.cpu_turbo_frequency),
            (Bound::Most(self.maximum_cpu_turbo_frequency), kind.cpu_turbo_frequency),
            least(self.minimum_gpu_amount, kind.gpu_amount.into()),
            most(self.maximum_gpu_amount, kind.gpu_amount.into()),
            least(self.minimum_local_storage_amount, kind.local_storage_amount.unwrap_or_default().into()),
            least(self.minimum_local_storage_capacity, kind.local_storage_capacity.unwrap_or_default()),
            least(self.minimum_disk_quantity, kind.disk_quantity.into()),
            least(self.minimum_initial_credit, kind.initial_credit.unwrap_or_default().into()),
            least(self.minimum_baseline_credit, kind.baseline_credit.unwrap_or_default().into()),
            least(self.minimum_eni_quantity, kind.eni_quantity.into()),
            least(self.minimum_eni_private_ip_address_quantity, kind.eni_private_ip_address_quantity.into()),
            least(self.minimum_eni_ipv6_address_quantity, kind.eni_ipv6_address_quantity.into()),
            least(self.minimum_eri_quantity, kind.eri_quantity.into()),
            least(self.minimum_primary_eni_queue_number, kind.primary_eni_queue_number.into()),
            least(self.minimum_secondary_eni_queue_number, kind.secondary_eni_queue_number.into()),
            least(self.minimum_queue_pair_number, kind.queue_pair_number.into()),
            least(self.minimum_instance_bandwidth_rx, kind.instance_bandwidth_rx),
            least(self.minimum_instance_bandwidth_tx, kind.instance_bandwidth_tx),
            least(self.minimum_instance_pps_rx, kind.instance_pps_rx),
            least(self.minimum_instance_pps_tx, kind.instance_pps_tx),
        ]
    }
}

/// A bound, if it is given.
enum Bound {
    Least(Option<f64>),
    Most(Option<f64>),
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("all types", nothing, ""),
    Case::ok("named ones", nothing, "InstanceTypes.1=ecs.g5.large&InstanceTypes.2=ecs.t5-c1m2.large"),
    Case::ok("one that is not", nothing, "InstanceTypes.1=ecs.none.large"),
    Case::ok("a family", nothing, "InstanceTypeFamily=ecs.t5"),
    Case::ok("families", nothing, "InstanceTypeFamilies.1=ecs.g6&InstanceTypeFamilies.2=ecs.g7"),
    Case::ok("a category", nothing, "InstanceCategory=Big Data"),
    Case::ok("categories", nothing, "InstanceCategories.1=Local SSDs&InstanceCategories.2=ECS Bare Metal"),
    Case::ok("an architecture", nothing, "CpuArchitecture=ARM"),
    Case::ok("architectures", nothing, "CpuArchitectures.1=ARM&InstanceTypeFamily=ecs.g8y"),
    Case::ok("a graphics processor", nothing, "GPUSpec=NVIDIA T4"),
    Case::ok("graphics processors", nothing, "GpuSpecs.1=NVIDIA T4&GpuSpecs.2=NVIDIA P100"),
    Case::ok("a kind of local disk", nothing, "LocalStorageCategory=local_hdd_pro"),
    Case::ok("kinds of local disks", nothing, "LocalStorageCategories.1=local_hdd_pro"),
    Case::ok("a processor", nothing, "PhysicalProcessorModel=YiTian 710"),
    Case::ok("processors", nothing, "PhysicalProcessorModels.1=YiTian 710"),
    Case::ok("a level", nothing, "InstanceFamilyLevel=CreditEntryLevel&MinimumInitialCredit=60"),
    Case::ok("NVMe", nothing, "NvmeSupport=supported&AdditionalAttributes.1=Clock"),
    Case::ok(
        "a size",
        nothing,
        "MinimumCpuCoreCount=4&MaximumCpuCoreCount=4&MinimumMemorySize=7.5&MaximumMemorySize=8",
    ),
    Case::ok(
        "a clock",
        nothing,
        "MinimumCpuSpeedFrequency=2.6&MaximumCpuSpeedFrequency=2.7&MinimumCpuTurboFrequency=3.3\
         &MaximumCpuTurboFrequency=3.5&MaximumMemorySize=4",
    ),
    Case::ok("graphics processors by number", nothing, "MinimumGPUAmount=2&MaximumGPUAmount=8"),
    Case::ok("local disks by number", nothing, "MinimumLocalStorageAmount=2"),
    Case::ok("local disks by size", nothing, "MinimumLocalStorageCapacity=900"),
    Case::ok(
        "disks by number",
        nothing,
        "MinimumDiskQuantity=17&MaximumCpuCoreCount=1&MaximumMemorySize=0.5",
    ),
    Case::ok("credits by the hour", nothing, "MinimumBaselineCredit=20"),
    Case::ok(
        "interfaces",
        nothing,
        "MinimumEniQuantity=8&MinimumEniPrivateIpAddressQuantity=20&MinimumEniIpv6AddressQuantity=1\
         &MinimumPrimaryEniQueueNumber=32&MinimumSecondaryEniQueueNumber=32&MinimumGPUAmount=1",
    ),
    Case::ok(
        "RDMA interfaces, of which there are none",
        nothing,
        "MinimumEriQuantity=1&MinimumQueuePairNumber=1",
    ),
    Case::ok(
        "bandwidth",
        nothing,
        "MinimumInstanceBandwidthRx=32000000&MinimumInstanceBandwidthTx=32000000\
        &InstanceFamilyLevel=EnterpriseLevel&InstanceCategory=ECS Bare Metal",
    ),
    Case::ok("packets", nothing, "MinimumInstancePpsRx=28800000&MinimumInstancePpsTx=28800000"),
    Case::ok("a page", nothing, "MaxResults=2"),
    Case::ok("the next page", nothing, "MaxResults=1&NextToken=ZWNzLnQxLnNtYWxs"),
    Case::ok("in a region", nothing, "RegionId=cn-hangzhou&InstanceTypes.1=ecs.g5.large"),
    Case::err("in a region that is not", nothing, "RegionId=cn-atlantis", &RegionNotFound),
    Case::err("an architecture that is not", nothing, "CpuArchitecture=MIPS", &ParameterMalformed),
    Case::err("a token of somebody else", nothing, "NextToken=aaaa", &ParameterMalformed),
    Case::err("too large a page", nothing, "MaxResults=101", &ParameterMalformed),
];
