//! What the cloud sells, in the world document: one record of what is other than built in, and sections that show the whole.

use std::sync::{Arc, OnceLock};

use moyun_store::{Beside, Fault, Key, Tx};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::catalog::instance_types::InstanceType;
use crate::catalog::wares::{WareChanges, Wares};
use crate::world::Fact;
use crate::world::document::{PatchError, Section, Things, parse, put, shown};

impl Beside for Fact<WareChanges> {
    type Beside = OnceLock<Arc<Wares>>;
}

impl Fact<WareChanges> {
    /// What the cloud sells at present.
    pub fn wares(tx: &Tx<'_>) -> Result<Arc<Wares>, Fault> {
        let kept = tx.find_many_kept::<Fact<WareChanges>>(&[Key::new().text("")])?;
        let Some(kept) = kept.into_iter().flatten().next() else { return Ok(Wares::built_in()) };
        let changed = || Arc::new(Wares::changed(&kept.record().facts));
        Ok(kept.beside().map_or_else(changed, |beside| beside.get_or_init(changed).clone()))
    }
}

/// `instance_types` of the document.
pub(super) const INSTANCE_TYPES: Section = Section {
    name: "instance_types",
    keyed: true,
    load: |tx| {
        let wares = Fact::wares(tx)?;
        wares.types().iter().map(|kind| Ok((kind.id.clone(), shown(&**kind)?))).collect()
    },
    store: |tx, id, value| {
        let kind: InstanceType = parse(value)?;
        change(tx, |changes| changes.put_type(id, Some(kind)))
    },
    remove: |tx, id| change(tx, |changes| changes.put_type(id, None)),
    template: |_| Value::Object(Map::new()),
    secrets: &[],
};

/// `disk_categories` of the document.
pub(super) const DISK_CATEGORIES: Section = Section {
    name: "disk_categories",
    load: |tx| one(&Fact::wares(tx)?.disks),
    store: |tx, _, value| {
        let disks = parse(value)?;
        change(tx, |changes| changes.put_disks(disks))
    },
    ..SINGLE
};

/// `prices` of the document.
pub(super) const PRICES: Section = Section {
    name: "prices",
    load: |tx| one(&Fact::wares(tx)?.prices),
    store: |tx, _, value| {
        let prices = parse(value)?;
        change(tx, |changes| changes.put_prices(prices))
    },
    ..SINGLE
};

/// What sections of a single thing have in common: it is always there.
const SINGLE: Section = Section {
    name: "",
    keyed: false,
    load: |_| Ok(vec![]),
    store: |_, _, _| Ok(()),
    remove: |_, _| Ok(()),
    template: |_| Value::Null,
    secrets: &[],
};

/// Changes what is sold; a world in which everything is as built in stores nothing about it.
fn change(tx: &mut Tx<'_>, change: impl FnOnce(&mut WareChanges)) -> Result<(), PatchError> {
    let mut changes = Fact::<WareChanges>::find(tx, "")?.unwrap_or_default();
    change(&mut changes);
    if changes == WareChanges::default() {
        tx.delete::<Fact<WareChanges>>(&Key::new().text(""))?;
        return Ok(());
    }
    put(tx, "", changes)
}

fn one(facts: &impl Serialize) -> Result<Things, Fault> {
    Ok(vec![(String::new(), shown(facts)?)])
}
