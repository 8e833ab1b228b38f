//! The table of instance types, and the small language that it is written in.

use crate::catalog::disk_categories::DiskCategory::{
    self, Cloud as C, CloudAuto as A, CloudEfficiency as E, CloudEssd as X, CloudEssdEntry as Y,
    CloudSsd as S, EphemeralSsd as L,
};
use crate::catalog::instance_types::{
    Architecture, Credits, Gpu, InstanceType, IoMode, LocalStorage, NetworkType, Processor, TypeGroup,
};
use crate::catalog::money::Money;

const VPC: &[NetworkType] = &[NetworkType::Vpc];
const VPC_AND_CLASSIC: &[NetworkType] = &[NetworkType::Vpc, NetworkType::Classic];

const HASWELL: Processor =
    Processor { model: "Intel Xeon E5-2680 v3 (Haswell)", base_mhz: 2500, turbo_mhz: 3300 };
const SKYLAKE: Processor =
    Processor { model: "Intel Xeon(Skylake) Platinum 8163", base_mhz: 2500, turbo_mhz: 2700 };
const CASCADE_LAKE: Processor =
    Processor { model: "Intel Xeon(Cascade Lake) Platinum 8269CY", base_mhz: 2500, turbo_mhz: 3200 };
const ICE_LAKE: Processor =
    Processor { model: "Intel Xeon(Ice Lake) Platinum 8369B", base_mhz: 2700, turbo_mhz: 3500 };
const YITIAN: Processor = Processor { model: "YiTian 710", base_mhz: 2750, turbo_mhz: 2750 };

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

pub(in crate::catalog) static ROWS: &[InstanceType] = &[
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
];

/// A first-generation type, which runs with and without I/O optimization.
const fn g1(id: &'static str, vcpu: u32, memory_mib: u64, price_milli: i64) -> InstanceType {
    let row = row(TypeGroup::G1, id, 1, SHARED, vcpu, memory_mib, &[E, S], price_milli);
    InstanceType {
        io: IoMode::Both,
        networks: VPC_AND_CLASSIC,
        disks_plain: &[C, L],
        max_data_disks: 4,
        entry_level: true,
        retired: true,
        ..row
    }
}

/// A second- or third-generation type.
const fn g2(
    id: &'static str,
    generation: u8,
    category: &'static str,
    vcpu: u32,
    memory_mib: u64,
    price_milli: i64,
) -> InstanceType {
    row(TypeGroup::G2, id, generation, category, vcpu, memory_mib, &[E, S], price_milli)
}

/// A type of today: I/O optimized, in a VPC, with what follows from its size and generation.
#[expect(clippy::too_many_arguments, reason = "a row of the table, read as a row")]
const fn row(
    group: TypeGroup,
    id: &'static str,
    generation: u8,
    category: &'static str,
    vcpu: u32,
    memory_mib: u64,
    disks_optimized: &'static [DiskCategory],
    price_milli: i64,
) -> InstanceType {
    let (eni_quantity, private_ip_per_eni) = interfaces(vcpu);
    InstanceType {
        id,
        group,
        generation,
        category,
        vcpu,
        memory_mib,
        architecture: Architecture::X86,
        processor: processor(generation),
        io: IoMode::Opt,
        networks: VPC,
        disks_plain: &[],
        disks_optimized,
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
        packets_per_second: 100_000 * generation as u64 * vcpu as u64 / 2,
    }
}

/// Interfaces of a type, and private addresses of each.
const fn interfaces(vcpu: u32) -> (u32, u32) {
    match vcpu {
        0..=1 => (2, 2),
        2 => (2, 6),
        3..=4 => (3, 10),
        5..=8 => (4, 10),
        9..=64 => (8, 20),
        _ => (15, 20),
    }
}

const fn bandwidth_kbps(generation: u8, vcpu: u32) -> u64 {
    let per_vcpu = if generation < 3 { 200_000 } else { 500_000 };
    let total = per_vcpu * vcpu as u64;
    if total > 32_000_000 { 32_000_000 } else { total }
}

const fn processor(generation: u8) -> Processor {
    match generation {
        0..=3 => HASWELL,
        4..=5 => SKYLAKE,
        6 => CASCADE_LAKE,
        _ => ICE_LAKE,
    }
}

impl InstanceType {
    const fn never_optimized(self) -> InstanceType {
        InstanceType { io: IoMode::None, disks_plain: &[C], disks_optimized: &[], ..self }
    }

    const fn classic_too(self) -> InstanceType {
        InstanceType { networks: VPC_AND_CLASSIC, ..self }
    }

    const fn retired(self) -> InstanceType {
        InstanceType { retired: true, ..self }
    }

    const fn entry_level(self) -> InstanceType {
        InstanceType { entry_level: true, ..self }
    }

    const fn burstable(self, initial: u32, baseline: u32) -> InstanceType {
        InstanceType { burstable: Some(Credits { initial, baseline }), ..self }
    }

    const fn arm64(self) -> InstanceType {
        InstanceType { architecture: Architecture::Arm64, processor: YITIAN, ..self }
    }

    const fn gpu(self, amount: u32, spec: &'static str, memory_gib: u32) -> InstanceType {
        InstanceType { gpu: Some(Gpu { amount, spec, memory_gib }), ..self }
    }

    const fn local(self, amount: u32, capacity_gib: u64, category: &'static str) -> InstanceType {
        InstanceType { local_storage: Some(LocalStorage { amount, capacity_gib, category }), ..self }
    }

    const fn bare_metal(self) -> InstanceType {
        InstanceType { bare_metal: true, ..self }
    }

    const fn cluster(self) -> InstanceType {
        InstanceType { hpc_cluster: true, bare_metal: true, ..self }
    }

    const fn by_invitation(self) -> InstanceType {
        InstanceType { by_invitation: true, ..self }
    }
}
