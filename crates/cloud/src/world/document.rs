//! The world as one document: read by path, changed by JSON merge patch, all or nothing.

use moyun_store::{Fault, Key, Tx};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::catalog::accounts::{AccessKeyFacts, AccountFacts};
use crate::catalog::limits::{ComponentFacts, LimitFacts};
use crate::catalog::regions::RegionFacts;
use crate::catalog::snapshots::SnapshotFacts;
use crate::catalog::zones::ZoneFacts;
use crate::clock::{Clock, ClockMode, FACTOR_MAX, FACTOR_MIN};
use crate::ram;
use crate::world::images::IMAGES;
use crate::world::wares::{DISK_CATEGORIES, INSTANCE_TYPES, PRICES};
use crate::world::{Fact, Facts, cross};

/// Why a patch was not applied.
#[derive(Debug)]
pub enum PatchError {
    /// The patch is at fault; the sentence says what is wrong with it.
    Refused(String),
    /// The store is at fault.
    Fault(Fault),
}

impl From<Fault> for PatchError {
    fn from(fault: Fault) -> PatchError {
        PatchError::Fault(fault)
    }
}

/// The things of a section, by name.
pub(super) type Things = Vec<(String, Value)>;

/// One kind of fact as a part of the document.
pub(super) struct Section {
    pub(super) name: &'static str,
    /// Whether the section holds many things by name.
    pub(super) keyed: bool,
    pub(super) load: fn(&Tx<'_>) -> Result<Things, Fault>,
    pub(super) store: fn(&mut Tx<'_>, &str, Value) -> Result<(), PatchError>,
    pub(super) remove: fn(&mut Tx<'_>, &str) -> Result<(), PatchError>,
    /// What a new thing starts from.
    pub(super) template: fn(&str) -> Value,
    pub(super) secrets: &'static [&'static str],
}

pub(super) const fn section<F: Facts>(keyed: bool) -> Section {
    Section {
        name: F::TABLE.name,
        keyed,
        load: load::<F>,
        store: |tx, name, value| put(tx, name, parse::<F>(value)?),
        remove: |tx, name| {
            tx.delete::<Fact<F>>(&Key::new().text(name))?;
            Ok(())
        },
        template: F::template,
        secrets: F::SECRETS,
    }
}

const SECTIONS: &[Section] = &[
    section::<LimitFacts>(false),
    section::<AccountFacts>(true),
    section::<AccessKeyFacts>(true),
    section::<RegionFacts>(true),
    section::<ZoneFacts>(true),
    IMAGES,
    section::<ComponentFacts>(true),
    section::<SnapshotFacts>(true),
    INSTANCE_TYPES,
    DISK_CATEGORIES,
    PRICES,
];

/// The part of the document under a path, or None when nothing is there. Secrets are left out.
pub fn read(tx: &Tx<'_>, path: &[String], machine_ms: i64) -> Result<Option<Value>, Fault> {
    let document = load_document(tx, path.first(), machine_ms)?;
    Ok(path.iter().try_fold(&document, |value, segment| value.get(segment)).cloned())
}

/// Merges a patch into the part of the document under a path.
pub fn patch(tx: &mut Tx<'_>, path: &[String], patch: Value, machine_ms: i64) -> Result<(), PatchError> {
    if let [section, thing, _, ..] = path
        && section_named(section).is_some_and(|section| section.keyed)
        && read(tx, &path[..2], machine_ms)?.is_none()
    {
        return Err(refused(format!("the world has no {section}/{thing}")));
    }
    // A patch under a path is the same as one of the whole document that names nothing else.
    let whole = path
        .iter()
        .rev()
        .fold(patch, |inner, segment| Value::Object(Map::from_iter([(segment.clone(), inner)])));
    let Value::Object(parts) = whole else {
        return Err(refused("the world is a document: patch it with a JSON object"));
    };
    let mut changed = vec![];
    for (name, part) in parts {
        match name.as_str() {
            "clock" => patch_clock(tx, &part, machine_ms)?,
            "ram" => ram::world::patch(tx, part, machine_ms)?,
            _ => patch_section(tx, &name, part, &mut changed)?,
        }
    }
    // Only the whole patch has to fit: a region and its zones may come, and go, in one.
    let wares = Fact::wares(tx)?;
    for (section, thing) in &changed {
        if let Some(misfit) = cross::misfit(tx, &wares, section, thing)? {
            let path = if thing.is_empty() { section } else { &format!("{section}/{thing}") };
            return Err(refused(misfit).at(path));
        }
    }
    match changed.iter().any(|(section, _)| section == INSTANCE_TYPES.name) {
        true => cross::left_behind(tx, &wares)?.map_or(Ok(()), |misfit| Err(refused(misfit))),
        false => Ok(()),
    }
}

fn section_named(name: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|section| section.name == name)
}

fn patch_section(
    tx: &mut Tx<'_>,
    name: &str,
    part: Value,
    changed: &mut Vec<(String, String)>,
) -> Result<(), PatchError> {
    let section = section_named(name).ok_or_else(|| {
        let known: Vec<&str> = SECTIONS.iter().map(|section| section.name).collect();
        refused(format!("the world has no section `{name}`; it has clock, ram, {}", known.join(", ")))
    })?;
    if !section.keyed {
        let mut value = (section.load)(tx)?.pop().map_or(Value::Null, |(_, value)| value);
        merge(&mut value, part);
        changed.push((name.to_owned(), String::new()));
        return (section.store)(tx, "", value).map_err(|error| error.at(name));
    }
    let Value::Object(things) = part else {
        return Err(refused(format!("`{name}` holds things by name: patch it with a JSON object")));
    };
    let mut present: Map<String, Value> = (section.load)(tx)?.into_iter().collect();
    for (thing, change) in things {
        changed.push((name.to_owned(), thing.clone()));
        if change.is_null() {
            (section.remove)(tx, &thing)?;
            continue;
        }
        let mut value = present.remove(&thing).unwrap_or_else(|| (section.template)(&thing));
        merge(&mut value, change);
        (section.store)(tx, &thing, value).map_err(|error| error.at(&format!("{name}/{thing}")))?;
    }
    Ok(())
}

fn patch_clock(tx: &mut Tx<'_>, part: &Value, machine_ms: i64) -> Result<(), PatchError> {
    let Some(fields) = part.as_object() else {
        return Err(refused("`clock` is an object with `mode`, `now` and `factor`"));
    };
    let mut clock = Clock::load(tx)?;
    if let Some(unknown) = fields.keys().find(|name| !["mode", "now", "factor"].contains(&name.as_str())) {
        return Err(refused(format!("`clock` has no `{unknown}`; it has `mode`, `now` and `factor`")));
    }
    if let Some(mode) = fields.get("mode") {
        let mode: ClockMode = serde_json::from_value(mode.clone())
            .map_err(|_| refused(format!("`clock/mode` is `real` or `manual`, not {mode}")))?;
        clock = clock.in_mode(mode, machine_ms);
    }
    if let Some(now) = fields.get("now") {
        let now_ms = now
            .as_str()
            .and_then(moyun_wire::timestamp::parse)
            .ok_or_else(|| refused(format!("`clock/now` is a time like 2026-01-31T09:00:00Z, not {now}")))?;
        clock = clock.set_to(now_ms, machine_ms);
    }
    if let Some(factor) = fields.get("factor") {
        if clock.mode == ClockMode::Manual {
            return Err(refused("a manual clock stands still: `clock/factor` goes with the mode `real`"));
        }
        let number = factor.as_f64().filter(|factor| (FACTOR_MIN..=FACTOR_MAX).contains(factor));
        let number = number.ok_or_else(|| {
            refused(format!("`clock/factor` is a number from {FACTOR_MIN} to {FACTOR_MAX}, not {factor}"))
        })?;
        clock = clock.at_factor(number, machine_ms);
    }
    Ok(tx.put(&clock)?)
}

/// The clock as the document shows it; a manual one has no pace.
fn show_clock(clock: &Clock, machine_ms: i64) -> Value {
    let now = moyun_wire::timestamp::to_second(clock.now_ms(machine_ms));
    match clock.mode {
        ClockMode::Real => serde_json::json!({ "mode": clock.mode, "now": now, "factor": clock.factor }),
        ClockMode::Manual => serde_json::json!({ "mode": clock.mode, "now": now }),
    }
}

/// The document, or only the section that a path begins with.
fn load_document(tx: &Tx<'_>, only: Option<&String>, machine_ms: i64) -> Result<Value, Fault> {
    let wanted = |name: &str| only.is_none_or(|only| only == name);
    let mut document = Map::new();
    if wanted("clock") {
        document.insert("clock".into(), show_clock(&Clock::load(tx)?, machine_ms));
    }
    if wanted("ram") {
        document.insert("ram".into(), ram::world::load(tx)?);
    }
    for section in SECTIONS.iter().filter(|section| wanted(section.name)) {
        let mut things = (section.load)(tx)?;
        for (_, value) in &mut things {
            if let Some(fields) = value.as_object_mut() {
                fields.retain(|name, _| !section.secrets.contains(&name.as_str()));
            }
        }
        let value = match section.keyed {
            true => Value::Object(things.into_iter().collect()),
            false => things.pop().map_or(Value::Null, |(_, value)| value),
        };
        document.insert(section.name.into(), value);
    }
    Ok(Value::Object(document))
}

fn load<F: Facts>(tx: &Tx<'_>) -> Result<Things, Fault> {
    Fact::<F>::all(tx)?.into_iter().map(|fact| Ok((fact.name, shown(&fact.facts)?))).collect()
}

/// Facts as the document has them.
pub(super) fn shown(facts: &impl Serialize) -> Result<Value, Fault> {
    serde_json::to_value(facts).map_err(|error| Fault::caused("facts cannot be shown", error))
}

/// Facts that somebody wrote.
pub(super) fn parse<T: DeserializeOwned>(value: Value) -> Result<T, PatchError> {
    serde_json::from_value(value).map_err(|error| refused(error.to_string()))
}

/// Stores facts that are possible.
pub(super) fn put<F: Facts>(tx: &mut Tx<'_>, name: &str, facts: F) -> Result<(), PatchError> {
    facts.validate().map_err(PatchError::Refused)?;
    Ok(tx.put(&Fact { name: name.to_owned(), facts })?)
}

/// JSON merge patch (RFC 7396).
pub(crate) fn merge(target: &mut Value, patch: Value) {
    let Value::Object(changes) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(fields) = target else { return };
    for (name, change) in changes {
        match change {
            Value::Null => {
                fields.remove(&name);
            }
            change => merge(fields.entry(name).or_insert(Value::Null), change),
        }
    }
}

impl PatchError {
    fn at(self, path: &str) -> PatchError {
        match self {
            PatchError::Refused(sentence) => PatchError::Refused(format!("{path}: {sentence}")),
            fault => fault,
        }
    }
}

fn refused(sentence: impl Into<String>) -> PatchError {
    PatchError::Refused(sentence.into())
}
