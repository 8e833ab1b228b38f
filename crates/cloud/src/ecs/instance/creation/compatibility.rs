//! Phase 12, first half: network, type, image and guest go together.

use std::net::Ipv4Addr;

use crate::catalog::images::{ImageArchitecture, OsType};
use crate::catalog::instance_types::{Architecture, IoMode, NetworkType};
use crate::cx::Cx;
use crate::ecs::instance::creation::draft::Draft;
use crate::ecs::instance::creation::names;
use crate::ecs::instance::rules;
use crate::errors::{
    ApiError, BandwidthAboveAccountCeiling, HostNameUnfitForGuest, HpcClusterNecessary,
    HpcClusterUnnecessary, ImageDoesNotFitMemory, ImageExcludesInstanceType, ImageNotIoOptimized,
    KeyPairWithWindows, NetworkTypeNotOffered, PasswordMalformed, PrivateAddressOutsideVSwitch,
    PrivateAddressTaken, PrivateAddressesUsedUp, RamRoleOnClassicInstance, RegionTakesNoInternetChargeType,
    RegionTakesNoPublicBandwidth, SecurityGroupInOtherVpc, TypeNotIoOptimized, TypeOnlyIoOptimized,
    UserDataUnsupported, VSwitchInOtherZone, ZoneVpcNotIoOptimized,
};

/// Windows runs with more memory than this.
const WINDOWS_MIB_ABOVE: u64 = 512;
/// A 32-bit system sees less memory than this.
const BITS_32_MIB_BELOW: u64 = 4096;

/// The security groups and the vSwitch lie in one VPC.
pub(super) fn one_vpc(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let vpc = draft.v_switch.as_ref().map(|v_switch| &v_switch.vpc);
    match draft.groups.iter().all(|group| group.vpc.as_ref() == vpc) {
        true => Ok(()),
        false => Err(SecurityGroupInOtherVpc.about("SecurityGroupId")),
    }
}

/// The vSwitch lies in the zone.
pub(super) fn v_switch_zone(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match &draft.v_switch {
        Some(v_switch) if v_switch.zone != *draft.zone_id() => Err(VSwitchInOtherZone.about("VSwitchId")),
        _ => Ok(()),
    }
}

/// The vSwitch has free addresses for all instances, or those that the request names.
pub(super) fn private_addresses(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    let Some(v_switch) = &draft.v_switch else { return Ok(()) };
    let Some(first) = draft.private_address else {
        return match cx.free_addresses(v_switch)? < draft.amount {
            true => Err(PrivateAddressesUsedUp.about("VSwitchId")),
            false => Ok(()),
        };
    };
    for at in 0..draft.amount {
        let address = nth_address(first, at).filter(|address| v_switch.offers(*address));
        let address = address.ok_or_else(|| PrivateAddressOutsideVSwitch.about("PrivateIpAddress"))?;
        if cx.is_address_taken(v_switch, address)? {
            return Err(PrivateAddressTaken.about("PrivateIpAddress"));
        }
    }
    Ok(())
}

/// The address that comes so many places after the first.
pub(super) fn nth_address(first: Ipv4Addr, at: u64) -> Option<Ipv4Addr> {
    u32::from(first).checked_add(u32::try_from(at).ok()?).map(Ipv4Addr::from)
}

/// The zone has this kind of network.
pub(super) fn network_type(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match draft.zone().network_types.contains(&draft.network()) {
        true => Ok(()),
        false => Err(NetworkTypeNotOffered.about("ZoneId")),
    }
}

/// Only instances of a VPC have RAM roles.
pub(super) fn ram_role(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let is_named = draft.request.shared.ram_role_name.is_some();
    match is_named && draft.network() == NetworkType::Classic {
        true => Err(RamRoleOnClassicInstance.about("RamRoleName")),
        false => Ok(()),
    }
}

/// The region lets an instance in a VPC have public bandwidth.
pub(super) fn public_bandwidth(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let is_given = draft.bandwidth_out > 0 || draft.bandwidth_in.is_some();
    if is_given && !may_have_public_address(draft) {
        return Err(RegionTakesNoPublicBandwidth.about("InternetMaxBandwidthOut"));
    }
    Ok(())
}

/// The region lets an instance in a VPC have public traffic that could be billed.
pub(super) fn public_billing(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    if draft.request.shared.internet_charge_type.is_some() && !may_have_public_address(draft) {
        return Err(RegionTakesNoInternetChargeType.about("InternetChargeType"));
    }
    Ok(())
}

fn may_have_public_address(draft: &Draft) -> bool {
    draft.region.vpc_public_ip || draft.network() == NetworkType::Classic
}

/// The account may have that much bandwidth.
pub(super) fn bandwidth_ceiling(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let ceilings = &draft.account.quotas.internet_bandwidth_max;
    let ceiling = match draft.request.shared.internet_charge_type.as_deref() {
        Some("PayByBandwidth") => ceilings.pay_by_bandwidth,
        _ => ceilings.pay_by_traffic,
    };
    match draft.bandwidth_out > i64::from(ceiling) {
        true => Err(BandwidthAboveAccountCeiling.about("InternetMaxBandwidthOut")),
        false => Ok(()),
    }
}

/// The type can be I/O optimized where that is asked for.
pub(super) fn type_optimized(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match draft.io_optimized() && draft.instance_type().io_optimized == IoMode::None {
        true => Err(TypeNotIoOptimized.about("IoOptimized")),
        false => Ok(()),
    }
}

/// The type can do without I/O optimization where that is asked for.
pub(super) fn type_not_optimized(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match !draft.io_optimized() && draft.instance_type().io_optimized == IoMode::Opt {
        true => Err(TypeOnlyIoOptimized.about("IoOptimized")),
        false => Ok(()),
    }
}

/// The image has the drivers for an I/O optimized instance.
pub(super) fn image_optimized(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match draft.io_optimized() && !draft.image().io_optimized {
        true => Err(ImageNotIoOptimized.about("ImageId")),
        false => Ok(()),
    }
}

/// The zone can place I/O optimized instances in a VPC.
pub(super) fn zone_optimized(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let in_vpc = draft.network() == NetworkType::Vpc;
    match in_vpc && draft.io_optimized() && !draft.zone().vpc_io_optimized {
        true => Err(ZoneVpcNotIoOptimized.about("ZoneId")),
        false => Ok(()),
    }
}

/// Only I/O optimized instances in a VPC take user data.
pub(super) fn user_data(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let takes = draft.network() == NetworkType::Vpc && draft.io_optimized();
    match draft.request.shared.user_data.is_some() && !takes {
        true => Err(UserDataUnsupported.about("UserData")),
        false => Ok(()),
    }
}

/// The guest system gets along with the memory of the type.
pub(super) fn memory(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let (image, memory_mib) = (draft.image(), draft.instance_type().memory_mib);
    let too_little = image.os_type == OsType::Windows && memory_mib <= WINDOWS_MIB_ABOVE;
    let too_much = image.bits == 32 && memory_mib >= BITS_32_MIB_BELOW;
    if too_little || too_much { Err(ImageDoesNotFitMemory.about("InstanceType")) } else { Ok(()) }
}

/// The image runs on the type's processors and on its family.
pub(super) fn image_supports_type(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let (image, kind) = (draft.image(), draft.instance_type());
    let runs = match image.architecture {
        ImageArchitecture::Arm64 => kind.architecture == Architecture::Arm64,
        ImageArchitecture::I386 | ImageArchitecture::X86_64 => kind.architecture == Architecture::X86,
    };
    let families = &image.supported_families;
    match runs && (families.is_empty() || families.iter().any(|family| family == kind.family())) {
        true => Ok(()),
        false => Err(ImageExcludesInstanceType.about("InstanceType")),
    }
}

/// The guest system of the image takes the host name and the password.
pub(super) fn guest_names(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let os_type = draft.image().os_type;
    let fits = |name: &String| rules::is_host_name_for(os_type, name);
    if !names::hosts_asked_for(draft).iter().all(fits) {
        return Err(HostNameUnfitForGuest.about("HostName"));
    }
    match &draft.request.shared.password {
        Some(password) if os_type == OsType::Windows && !rules::is_windows_password(password) => {
            Err(PasswordMalformed.about("Password"))
        }
        _ => Ok(()),
    }
}

/// Key pairs log in to Linux alone.
pub(super) fn key_pair(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let is_windows = draft.image().os_type == OsType::Windows;
    match is_windows && draft.request.shared.key_pair_name.is_some() {
        true => Err(KeyPairWithWindows.about("KeyPairName")),
        false => Ok(()),
    }
}

/// A type that works only inside an HPC cluster is given one, and no other type is.
pub(super) fn hpc_cluster(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    match (draft.instance_type().hpc_cluster, draft.request.shared.hpc_cluster_id.is_some()) {
        (true, false) => Err(HpcClusterNecessary.about("HpcClusterId")),
        (false, true) => Err(HpcClusterUnnecessary.about("HpcClusterId")),
        _ => Ok(()),
    }
}
