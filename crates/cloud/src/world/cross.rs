//! What facts say about each other, and by which names things may go.

use moyun_store::{Fault, Tx};

use crate::catalog::accounts::{AccessKeyFacts, AccountFacts};
use crate::catalog::images::ImageFacts;
use crate::catalog::instance_types::is_type_id;
use crate::catalog::limits::{ComponentFacts, LimitFacts, OUTSIDE_COMPONENTS, OWN_COMPONENTS};
use crate::catalog::regions::RegionFacts;
use crate::catalog::snapshots::SnapshotFacts;
use crate::catalog::text::Names;
use crate::catalog::wares::Wares;
use crate::catalog::zones::ZoneFacts;
use crate::registry;
use crate::world::{Fact, Facts};

/// Why a thing that was just changed, or removed, does not fit the rest of the world; None when it does.
pub(super) fn misfit(tx: &Tx<'_>, wares: &Wares, section: &str, thing: &str) -> Misfit {
    match section {
        "limits" => limits(&Fact::limits(tx)?),
        "accounts" => account(tx, wares, thing),
        "access_keys" => access_key(tx, thing),
        "regions" => region(tx, thing),
        "zones" => zone(tx, wares, thing),
        "images" => image(tx, wares, thing),
        "instance_types" => instance_type(wares, thing),
        "components" => component(tx, thing),
        "snapshots" => snapshot(tx, thing),
        _ => Ok(None),
    }
}

type Misfit = Result<Option<String>, Fault>;

fn limits(limits: &LimitFacts) -> Misfit {
    let is_action = |name: &str| registry::ACTIONS.iter().any(|entry| entry.spec.name == name);
    let unknown = limits.throttle.keys().find(|action| !is_action(action));
    Ok(unknown.map(|action| format!("throttle: {action} is no action that Moyun serves")))
}

fn account(tx: &Tx<'_>, wares: &Wares, uid: &str) -> Misfit {
    let Some(facts) = Fact::<AccountFacts>::find(tx, uid)? else {
        let keys = Fact::<AccessKeyFacts>::all(tx)?;
        let left = keys.into_iter().find(|key| key.facts.account == uid);
        return Ok(left.map(|key| format!("the account has the key {}; remove its keys with it", key.name)));
    };
    if !uid.bytes().all(|byte| byte.is_ascii_digit()) || uid.starts_with('0') || uid.len() > 19 {
        return Ok(Some("an account goes by its uid: up to 19 digits, the first not 0".to_owned()));
    }
    let namesakes = Fact::<AccountFacts>::of_alias(tx, &facts.login_name)?;
    if let Some(other) = namesakes.iter().find(|account| account.name != uid) {
        return Ok(Some(format!("{} is the login name of {} already", facts.login_name, other.name)));
    }
    if let Names::Listed(regions) = &facts.entitlements.regions
        && let Some(unknown) = first_unknown::<RegionFacts>(tx, regions)?
    {
        return Ok(Some(format!("entitlements: there is no region {unknown}")));
    }
    if let Some(unknown) = first_unknown::<ZoneFacts>(tx, &facts.entitlements.zones)? {
        return Ok(Some(format!("entitlements: there is no zone {unknown}")));
    }
    if let Some(unknown) = unknown_type(wares, &facts.entitlements.instance_types) {
        return Ok(Some(format!("entitlements: there is no instance type {unknown}")));
    }
    let unknown = first_unknown::<AccountFacts>(tx, &facts.resource_grants)?;
    Ok(unknown.map(|unknown| format!("resource_grants: there is no account {unknown}")))
}

fn access_key(tx: &Tx<'_>, id: &str) -> Misfit {
    let Some(facts) = Fact::<AccessKeyFacts>::find(tx, id)? else { return Ok(None) };
    let unknown = first_unknown::<AccountFacts>(tx, [&facts.account])?;
    Ok(unknown.map(|uid| format!("there is no account {uid}")))
}

fn region(tx: &Tx<'_>, id: &str) -> Misfit {
    if Fact::<RegionFacts>::find(tx, id)?.is_some() {
        return Ok(None);
    }
    let left = Fact::<ZoneFacts>::all(tx)?.into_iter().find(|zone| zone.facts.region == id);
    Ok(left.map(|zone| format!("the region has the zone {}; remove its zones with it", zone.name)))
}

fn zone(tx: &Tx<'_>, wares: &Wares, id: &str) -> Misfit {
    let Some(facts) = Fact::<ZoneFacts>::find(tx, id)? else { return Ok(None) };
    if let Some(region) = first_unknown::<RegionFacts>(tx, [&facts.region])? {
        return Ok(Some(format!("there is no region {region}")));
    }
    Ok(unknown_type(wares, facts.types_named()).map(|id| format!("there is no instance type {id}")))
}

fn image(tx: &Tx<'_>, wares: &Wares, id: &str) -> Misfit {
    let Some(facts) = Fact::<ImageFacts>::find(tx, id)? else { return Ok(None) };
    Ok(unknown_family(wares, &facts)
        .map(|family| format!("there is no instance type of the family {family}")))
}

fn instance_type(wares: &Wares, id: &str) -> Misfit {
    let is_odd = wares.find_type(id).is_some() && !is_type_id(id);
    Ok(is_odd.then(|| "an instance type goes by a name such as ecs.g5.large".to_owned()))
}

/// What names an instance type that is no longer there, and which.
pub(super) fn left_behind(tx: &Tx<'_>, wares: &Wares) -> Misfit {
    for Fact { name, facts } in Fact::<ZoneFacts>::all(tx)? {
        if let Some(id) = unknown_type(wares, facts.types_named()) {
            return Ok(Some(format!("the zone {name} names the type {id}; take it off there with it")));
        }
    }
    for Fact { name, facts } in Fact::<AccountFacts>::all(tx)? {
        if let Some(id) = unknown_type(wares, &facts.entitlements.instance_types) {
            return Ok(Some(format!("the account {name} is invited to {id}; take it off there with it")));
        }
    }
    for Fact { name, facts } in Fact::<ImageFacts>::all(tx)? {
        if let Some(family) = unknown_family(wares, &facts) {
            return Ok(Some(format!(
                "the image {name} names {family}; take it off there with its last type"
            )));
        }
    }
    Ok(None)
}

fn component(tx: &Tx<'_>, name: &str) -> Misfit {
    let is_there = Fact::<ComponentFacts>::find(tx, name)?.is_some();
    let known: Vec<&str> = OWN_COMPONENTS.iter().chain(OUTSIDE_COMPONENTS).copied().collect();
    Ok(match (known.contains(&name), is_there) {
        (true, false) => Some("a part of the cloud can fail, but not be removed".to_owned()),
        (false, true) => Some(format!("the cloud has no such part; it has {}", known.join(", "))),
        _ => None,
    })
}

fn snapshot(tx: &Tx<'_>, id: &str) -> Misfit {
    let Some(facts) = Fact::<SnapshotFacts>::find(tx, id)? else { return Ok(None) };
    if !id.starts_with("s-") || id.len() < 3 {
        return Ok(Some("the id of a snapshot begins with s-".to_owned()));
    }
    if let Some(uid) = first_unknown::<AccountFacts>(tx, [&facts.account])? {
        return Ok(Some(format!("there is no account {uid}")));
    }
    let unknown = first_unknown::<RegionFacts>(tx, [&facts.region])?;
    Ok(unknown.map(|region| format!("there is no region {region}")))
}

fn unknown_type<'n>(wares: &Wares, names: impl IntoIterator<Item = &'n String>) -> Option<&'n String> {
    names.into_iter().find(|name| wares.find_type(name).is_none())
}

fn unknown_family<'n>(wares: &Wares, image: &'n ImageFacts) -> Option<&'n String> {
    let is_known = |family: &&String| wares.types().iter().any(|kind| kind.family() == *family);
    image.supported_families.iter().find(|family| !is_known(family))
}

/// The first name about which nothing is known.
fn first_unknown<'n, F: Facts>(
    tx: &Tx<'_>,
    names: impl IntoIterator<Item = &'n String>,
) -> Result<Option<&'n String>, Fault> {
    for name in names {
        if Fact::<F>::find(tx, name)?.is_none() {
            return Ok(Some(name));
        }
    }
    Ok(None)
}
