//! The table of built-in instance types, and the small language that it is written in.

use std::sync::LazyLock;

use crate::catalog::disk_categories::DiskCategory::{
    self, Cloud as C, CloudAuto as A, CloudEfficiency as E, CloudEssd as X, CloudEssdEntry as Y,
    CloudSsd as S, EphemeralSsd as L,
};
use crate::catalog::instance_types::{
    Architecture, Credits, Gpu, InstanceType, IoMode, LocalStorage, NetworkType, Processor, TypeDisks,
    TypeGroup,
};
use crate::catalog::money::Money;

const HASWELL: (&str, u32, u32) = ("Intel Xeon E5-2680 v3 (Haswell)", 2500, 3300);
const SKYLAKE: (&str, u32, u32) = ("Intel Xeon(Skylake) Platinum 8163", 2500, 2700);
const CASCADE_LAKE: (&str, u32, u32) = ("Intel Xeon(Cascade Lake) Platinum 8269CY", 2500, 3200);
const ICE_LAKE: (&str, u32, u32) = ("Intel Xeon(Ice Lake) Platinum 8369B", 2700, 3500);
const YITIAN: (&str, u32, u32) = ("YiTian 710", 2750, 2750);

const SHARED: &str = "Shared";
const GENERAL: &str = "General-purpose";
const COMPUTE: &str = "Compute-optimized";
const MEMORY: &str = "Memory-optimized";
const LOCAL_SSD: &str = "Local SSDs";
const BIG_DATA: &str = "Big Data";
const GPU: &str = "GPU-based Compute";
const BARE_METAL: &str = "ECS Bare Metal";
const HPC: &str = "Super Computing Cluster";

const P100: &str = "NVIDIA P100";
const T4: &str = "NVIDIA T4";
const V100: &str = "NVIDIA V100";
const NVME: &str = "local_ssd_pro";
const HDD: &str = "local_hdd_pro";

/// The built-in types in the order in which they are listed.
pub(in crate::catalog) static ROWS: LazyLock<Vec<Row>> = LazyLock::new(rows);

/// A built-in type, and the group by which zones take it up at first.
pub(in crate::catalog) struct Row {
    pub(in crate::catalog) group: TypeGroup,
    pub(in crate::catalog) kind: InstanceType,
}

fn rows() -> Vec<Row> {
    vec![
        g1("ecs.t1.xsmall", 1, 512, 80).never_optimized(),
        g1("ecs.t1.small", 1, 1024, 120).never_optimized(),
        g1("ecs.s1.small", 1, 2048, 220).never_optimized(),
        g1("ecs.s2.small", 2, 2048, 340).never_optimized(),
        g1("ecs.s2.large", 2, 4096, 450),
        g1("ecs.s3.large", 4, 8192, 950),
        g1("ecs.m1.medium", 4, 16384, 1400),
        g1("ecs.c1.large", 8, 16384, 1900),
        g2("ecs.n1.small", 2, COMPUTE, 1, 2048, 200).classic_too().retired(),
        g2("ecs.n2.medium", 2, GENERAL, 2, 8192, 620).classic_too().retired(),
        g2("ecs.xn4.small", 3, SHARED, 1, 1024, 130).classic_too().entry_level(),
        g2("ecs.n4.small", 3, SHARED, 1, 2048, 210).classic_too().entry_level(),
        g2("ecs.n4.large", 3, SHARED, 2, 4096, 430).classic_too().entry_level(),
        g2("ecs.mn4.large", 3, SHARED, 2, 8192, 620).classic_too().entry_level(),
        g2("ecs.sn1ne.large", 3, COMPUTE, 2, 4096, 570),
        g2("ecs.sn2ne.xlarge", 3, GENERAL, 4, 16384, 1500),
        g2("ecs.se1.large", 3, MEMORY, 2, 16384, 1050),
        row(TypeGroup::T5, "ecs.t5-lc2m1.nano", 5, SHARED, 1, 512, &[E, S], 40).burstable(30, 6),
        row(TypeGroup::T5, "ecs.t5-lc1m1.small", 5, SHARED, 1, 1024, &[E, S], 70).burstable(30, 6),
        row(TypeGroup::T5, "ecs.t5-c1m2.large", 5, SHARED, 2, 4096, &[E, S], 280).burstable(60, 18),
        row(TypeGroup::T6, "ecs.t6-c1m2.large", 6, SHARED, 2, 4096, &[E, S, X], 250).burstable(60, 24),
        row(TypeGroup::G5, "ecs.g5.large", 5, GENERAL, 2, 8192, &[E, S], 660),
        row(TypeGroup::G5, "ecs.g5.xlarge", 5, GENERAL, 4, 16384, &[E, S], 1320),
        row(TypeGroup::G5, "ecs.c5.large", 5, COMPUTE, 2, 4096, &[E, S], 500),
        row(TypeGroup::G5, "ecs.r5.large", 5, MEMORY, 2, 16384, &[E, S], 850),
        row(TypeGroup::G6, "ecs.g6.large", 6, GENERAL, 2, 8192, &[E, S, X, A], 500),
        row(TypeGroup::G6, "ecs.c6.xlarge", 6, COMPUTE, 4, 8192, &[E, S, X, A], 780),
        row(TypeGroup::G6, "ecs.r6.xlarge", 6, MEMORY, 4, 32768, &[E, S, X, A], 1320),
        row(TypeGroup::G7, "ecs.g7.large", 7, GENERAL, 2, 8192, &[X, A], 550),
        row(TypeGroup::G7, "ecs.c7.xlarge", 7, COMPUTE, 4, 8192, &[X, A], 850),
        row(TypeGroup::G7, "ecs.r7.xlarge", 7, MEMORY, 4, 32768, &[X, A], 1450),
        row(TypeGroup::U, "ecs.u1-c1m2.large", 7, GENERAL, 2, 4096, &[X, A, Y], 300),
        row(TypeGroup::U, "ecs.e-c1m1.large", 7, SHARED, 2, 2048, &[X, A, Y], 170).entry_level(),
        row(TypeGroup::Arm, "ecs.g8y.large", 8, GENERAL, 2, 8192, &[X, A], 420).arm64(),
        row(TypeGroup::I1, "ecs.i1.xlarge", 3, LOCAL_SSD, 4, 16384, &[E, S], 1700).local(2, 104, NVME),
        row(TypeGroup::L, "ecs.i2.xlarge", 5, LOCAL_SSD, 4, 32768, &[E, S], 2300).local(1, 894, NVME),
        row(TypeGroup::L, "ecs.d1ne.2xlarge", 4, BIG_DATA, 8, 32768, &[E, S], 5000).local(4, 5500, HDD),
        row(TypeGroup::Gn5, "ecs.gn5-c4g1.xlarge", 4, GPU, 4, 30720, &[E, S], 12_000)
            .gpu(1, P100, 16)
            .local(1, 440, NVME),
        row(TypeGroup::Gn6, "ecs.gn6i-c4g1.xlarge", 6, GPU, 4, 15360, &[E, S, X], 11_600).gpu(1, T4, 16),
        row(TypeGroup::Gn6, "ecs.gn6v-c8g1.2xlarge", 6, GPU, 8, 32768, &[E, S, X], 26_500).gpu(1, V100, 16),
        row(TypeGroup::Bm, "ecs.ebmg5.24xlarge", 5, BARE_METAL, 96, 393_216, &[E, S], 40_000).bare_metal(),
        row(TypeGroup::Scc, "ecs.scch5.16xlarge", 5, HPC, 64, 196_608, &[E, S], 38_000).cluster(),
        row(TypeGroup::Scc, "ecs.sccg5.24xlarge", 5, HPC, 96, 393_216, &[E, S], 44_000).cluster(),
        row(TypeGroup::Scc, "ecs.sccgn6.24xlarge", 6, HPC, 96, 393_216, &[E, S, X], 230_000)
            .cluster()
            .gpu(8, V100, 16),
        row(TypeGroup::Inv, "ecs.re4e.40xlarge", 4, MEMORY, 160, 3_932_160, &[E, S], 300_000).by_invitation(),
    ]
}

/// A first-generation type, which runs with and without I/O optimization.
fn g1(id: &str, vcpu: u32, memory_mib: u64, price_milli: i64) -> Row {
    row(TypeGroup::G1, id, 1, SHARED, vcpu, memory_mib, &[E, S], price_milli).with(|kind| {
        kind.io_optimized = IoMode::Both;
        kind.network_types.push(NetworkType::Classic);
        kind.disk_categories.none = vec![C, L];
        kind.max_data_disks = 4;
        kind.entry_level = true;
        kind.retired = true;
    })
}

/// A second- or third-generation type.
fn g2(id: &str, generation: u8, category: &str, vcpu: u32, memory_mib: u64, price_milli: i64) -> Row {
    row(TypeGroup::G2, id, generation, category, vcpu, memory_mib, &[E, S], price_milli)
}

/// A type of today: I/O optimized, in a VPC, with what follows from its size and generation.
#[expect(clippy::too_many_arguments, reason = "a row of the table, read as a row")]
fn row(
    group: TypeGroup,
    id: &str,
    generation: u8,
    category: &str,
    vcpu: u32,
    memory_mib: u64,
    disks_optimized: &[DiskCategory],
    price_milli: i64,
) -> Row {
    let (eni_quantity, private_ip_per_eni) = interfaces(vcpu);
    let kind = InstanceType {
        id: id.to_owned(),
        generation,
        category: category.to_owned(),
        vcpu,
        memory_mib,
        architecture: Architecture::X86,
        processor: processor(by_generation(generation)),
        io_optimized: IoMode::Opt,
        network_types: vec![NetworkType::Vpc],
        disk_categories: TypeDisks { none: vec![], optimized: disks_optimized.to_vec() },
        max_data_disks: 16,
        price_per_hour: Money::milli(price_milli),
        gpu: None,
        local_storage: None,
        burstable: None,
        entry_level: false,
        retired: false,
        hpc_cluster: false,
        by_invitation: false,
        bare_metal: false,
        eni_quantity,
        private_ip_per_eni,
        bandwidth_kbps: bandwidth_kbps(generation, vcpu),
        packets_per_second: 100_000 * u64::from(generation) * u64::from(vcpu) / 2,
    };
    Row { group, kind }
}

/// Interfaces of a type, and private addresses of each.
fn interfaces(vcpu: u32) -> (u32, u32) {
    match vcpu {
        0..=1 => (2, 2),
        2 => (2, 6),
        3..=4 => (3, 10),
        5..=8 => (4, 10),
        9..=64 => (8, 20),
        _ => (15, 20),
    }
}

fn bandwidth_kbps(generation: u8, vcpu: u32) -> u64 {
    let per_vcpu = if generation < 3 { 200_000 } else { 500_000 };
    (per_vcpu * u64::from(vcpu)).min(32_000_000)
}

fn by_generation(generation: u8) -> (&'static str, u32, u32) {
    match generation {
        0..=3 => HASWELL,
        4..=5 => SKYLAKE,
        6 => CASCADE_LAKE,
        _ => ICE_LAKE,
    }
}

fn processor((model, base_mhz, turbo_mhz): (&str, u32, u32)) -> Processor {
    Processor { model: model.to_owned(), base_mhz, turbo_mhz }
}

impl Row {
    fn with(mut self, say: impl FnOnce(&mut InstanceType)) -> Row {
        say(&mut self.kind);
        self
    }

    fn never_optimized(self) -> Row {
        self.with(|kind| {
            kind.io_optimized = IoMode::None;
            kind.disk_categories = TypeDisks { none: vec![C], optimized: vec![] };
        })
    }

    fn classic_too(self) -> Row {
        self.with(|kind| kind.network_types.push(NetworkType::Classic))
    }

    fn retired(self) -> Row {
        self.with(|kind| kind.retired = true)
    }

    fn entry_level(self) -> Row {
        self.with(|kind| kind.entry_level = true)
    }

    fn burstable(self, initial: u32, baseline: u32) -> Row {
        self.with(|kind| kind.burstable = Some(Credits { initial, baseline }))
    }

    fn arm64(self) -> Row {
        self.with(|kind| {
            kind.architecture = Architecture::Arm64;
            kind.processor = processor(YITIAN);
        })
    }

    fn gpu(self, amount: u32, spec: &str, memory_gib: u32) -> Row {
        self.with(|kind| kind.gpu = Some(Gpu { amount, spec: spec.to_owned(), memory_gib }))
    }

    fn local(self, amount: u32, capacity_gib: u64, category: &str) -> Row {
        let category = category.to_owned();
        self.with(|kind| kind.local_storage = Some(LocalStorage { amount, capacity_gib, category }))
    }

    fn bare_metal(self) -> Row {
        self.with(|kind| kind.bare_metal = true)
    }

    fn cluster(self) -> Row {
        self.bare_metal().with(|kind| kind.hpc_cluster = true)
    }

    fn by_invitation(self) -> Row {
        self.with(|kind| kind.by_invitation = true)
    }
}
