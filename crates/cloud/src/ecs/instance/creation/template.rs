//! What instances that are created together have in common, and their names.

use moyun_store::Fault;

use crate::catalog::accounts::SpotStrategy;
use crate::catalog::images::OsType;
use crate::cx::Cx;
use crate::ecs::instance::creation::draft::Draft;
use crate::ecs::instance::creation::entitlement::SPOT_DURATION;
use crate::ecs::instance::creation::{interfaces, names};
use crate::ecs::instance::record::{
    BANDWIDTH_IN_MIN, Instance, Internet, Network, POST_PAID, PRE_PAID, Payment, Status,
};
use crate::ecs::instance::rules::INSTANCE_ID_PLACEHOLDER;
use crate::ids::InstanceId;

/// An hour of SpotDuration.
const HOUR_MS: i64 = 60 * 60 * 1000;

/// How much of its own id a Windows guest carries in its name, which has 15 characters at most.
const WINDOWS_NAME_ID_LENGTH: usize = 12;

/// An instance as all of them are, but for its identifier, names and addresses.
pub(super) fn instance(draft: &Draft, cx: &Cx<'_>) -> Result<Instance, Fault> {
    let shared = &draft.request.shared;
    let kind = draft.instance_type();
    let (image, named) = draft.found_image.as_ref().expect("the check of the image comes before");
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let credits = kind.burstable.map(|_| shared.credit_specification.as_deref().unwrap_or("Standard"));
    let mut instance = Instance {
        account: cx.account().clone(),
        id: InstanceId::default(),
        region: cx.region().clone(),
        zone: draft.zone_id().clone(),
        name: String::new(),
        description: text(&shared.description),
        host_name: String::new(),
        image: image.clone(),
        base_image: None,
        guest: None,
        product_code: named.facts.product_code.clone(),
        instance_type: kind.id.to_owned(),
        io_optimized: draft.io_optimized(),
        status: Status::Pending,
        next: None,
        created_ms: cx.now_ms(),
        started_ms: None,
        serial_number: String::new(),
        payment: payment(draft, cx),
        has_moved: false,
        network: Network::Classic { address: [0, 0, 0, 0].into() },
        internet: Internet {
            charge_type: shared.internet_charge_type.clone().unwrap_or_else(|| "PayByTraffic".to_owned()),
            max_bandwidth_out: draft.bandwidth_out,
            max_bandwidth_in: draft.bandwidth_in.unwrap_or(draft.bandwidth_out.max(BANDWIDTH_IN_MIN)),
            address: None,
        },
        security_groups: draft.groups.iter().map(|group| group.id.clone()).collect(),
        key_pair: shared.key_pair_name.clone(),
        has_password: shared.password.is_some() || shared.password_inherit,
        user_data: text(&shared.user_data),
        deletion_protection: shared.deletion_protection,
        ram_role: shared.ram_role_name.clone(),
        hpc_cluster: shared.hpc_cluster_id.clone(),
        credit_specification: credits.unwrap_or_default().to_owned(),
        stopped_mode: "Not-applicable".to_owned(),
        locks: Vec::new(),
        resource_group: shared.resource_group_id.clone().unwrap_or_default(),
        tags: draft.tags.clone(),
        interface_tags: draft.tags.clone(),
        more_interfaces: vec![],
        shown: draft.request.shown.clone(),
    };
    if let Some(host) = &shared.dedicated_host_id {
        instance.shown.insert("DedicatedHostId".to_owned(), host.clone());
    }
    interfaces::note_primary(&draft.request, &mut instance.shown);
    instance.take_system(named.base.clone(), named.guest.clone());
    let statuses: &[Status] = match draft.request.runs {
        true => &[Status::Pending, Status::Starting, Status::Running],
        false => &[Status::Pending, Status::Stopped],
    };
    instance.go_through(statuses, cx)?;
    Ok(instance)
}

/// Gives the instance at this place its name and its guest one; `hosts` are the names that were asked for.
pub(super) fn name(instance: &mut Instance, draft: &Draft, hosts: &[String], at: u64) {
    let request = &draft.request;
    instance.name = match &request.shared.instance_name {
        None => instance.id.to_string(),
        Some(name) if !request.runs => name.clone(),
        Some(name) => names::of_instance(name, request.unique_suffix, at),
    };
    let host = usize::try_from(at).ok().and_then(|at| hosts.get(at));
    instance.host_name = match host {
        Some(host) => host.replace(INSTANCE_ID_PLACEHOLDER, instance.id.as_str()),
        None => default_host_name(&instance.id, draft.image().os_type),
    };
}

fn default_host_name(id: &InstanceId, os_type: OsType) -> String {
    let random = id.as_str().trim_start_matches("i-");
    match os_type {
        OsType::Linux => format!("iZ{random}Z"),
        OsType::Windows => {
            format!("iZ{}Z", &random[random.len().saturating_sub(WINDOWS_NAME_ID_LENGTH)..])
        }
    }
}

fn payment(draft: &Draft, cx: &Cx<'_>) -> Payment {
    let shared = &draft.request.shared;
    let term = draft.term();
    let spot_strategy = match draft.spot {
        SpotStrategy::NoSpot => "NoSpot",
        SpotStrategy::SpotWithPriceLimit => "SpotWithPriceLimit",
        SpotStrategy::SpotAsPriceGo => "SpotAsPriceGo",
    };
    let is_spot = draft.spot != SpotStrategy::NoSpot;
    let spot_duration = is_spot.then(|| shared.spot_duration.unwrap_or(SPOT_DURATION));
    let renews = draft.is_order && shared.auto_renew;
    Payment {
        charge_type: if draft.is_order { PRE_PAID } else { POST_PAID }.to_owned(),
        expires_ms: term.map(|term| term.ends_ms(cx.now_ms())),
        auto_renew: renews.then(|| (shared.auto_renew_period.unwrap_or(1), shared.period_unit.clone())),
        ends_for_good: false,
        auto_release_ms: draft.release_ms,
        spot_strategy: spot_strategy.to_owned(),
        spot_price_limit: draft.spot_limit,
        spot_duration,
        spot_interruption_behavior: shared.spot_interruption_behavior.clone(),
        // A limit below the market is refused, so that only a rise can concern it once the safe hours are over.
        spot_judged_ms: draft.spot_limit.and(spot_duration).map(|hours| cx.now_ms() + hours * HOUR_MS),
        recalled_ms: None,
    }
}
