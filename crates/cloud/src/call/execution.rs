//! Phase 18: a call is carried out by parts of the cloud, which can fail.
//!
//! Nothing is stored before, so a failure changes nothing.

use moyun_store::Fault;

use crate::call::{Call, authorization};
use crate::catalog::limits::{ComponentFacts, ComponentState};
use crate::cx::Cx;
use crate::errors::{ApiError, DependencyUnintelligible};
use crate::ids::ImageId;
use crate::spec::Mode;
use crate::world::Fact;

/// Refuses what a part of the cloud, or a service beside it, cannot carry out at present.
pub(super) fn check(call: &Call, cx: &Cx<'_>) -> Result<(), ApiError> {
    if call.entry.spec.mode == Mode::Read {
        return Ok(());
    }
    for service in outside(call, cx)? {
        if state(service, cx)? != ComponentState::Ok {
            return Err((&DependencyUnintelligible).into());
        }
    }
    for part in own(&call.entry.family()) {
        if state(part, cx)? != ComponentState::Ok {
            return Err(Fault::new(format!("the world says that {part} does not work")).into());
        }
    }
    Ok(())
}

/// The parts of the cloud that carry out the writes of a family of actions.
fn own(family: &str) -> &'static [&'static str] {
    match family {
        "ecs/instance" => &["compute", "block-storage", "network", "state-store"],
        "ecs/disk" | "ecs/snapshot" | "ecs/image" => &["block-storage", "state-store"],
        "ecs/security_group" | "ecs/network_interface" | "vpc/vpc" | "vpc/vswitch" => {
            &["network", "state-store"]
        }
        _ => &["state-store"],
    }
}

/// The services beside the cloud that this very request needs.
fn outside(call: &Call, cx: &Cx<'_>) -> Result<Vec<&'static str>, Fault> {
    let last = |name: &str, wanted: &str| name.rsplit('.').next() == Some(wanted);
    let says = |wanted: &str, is: &dyn Fn(&str) -> bool| {
        call.params.iter().any(|(name, value)| last(name, wanted) && is(value))
    };
    let mut needed = vec![];
    if says("Encrypted", &|value| value.eq_ignore_ascii_case("true"))
        || says("KMSKeyId", &|id| !id.is_empty())
    {
        needed.push("kms");
    }
    if says("RamRoleName", &|name| !name.is_empty()) {
        needed.push("ram");
    }
    if call.entry.spec.creates_instances
        && let Some(image) = call.params.given("ImageId")
        && cx
            .find_named_image(&ImageId::from(image), cx.region())?
            .is_some_and(|image| image.facts.product_code.is_some())
    {
        needed.push("marketplace");
    }
    if authorization::places_order(call.entry.spec, &call.params)
        || says("InstanceChargeType", &|kind| kind == "PrePaid")
        || says("DiskChargeType", &|kind| kind == "PrePaid")
    {
        needed.push("billing");
    }
    Ok(needed)
}

fn state(component: &str, cx: &Cx<'_>) -> Result<ComponentState, Fault> {
    let facts = Fact::<ComponentFacts>::find(&cx.tx, component)?;
    Ok(facts.map_or(ComponentState::Ok, |facts| facts.state))
}
