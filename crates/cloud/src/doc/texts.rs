//! The Chinese texts: `zh.toml` beside each family, and one here for what families share.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use moyun_wire::shape::ShapeSpec;

use crate::doc::form::Language;
use crate::doc::rows::{self, FieldRow, ParamRow};
use crate::registry::{ACTIONS, Entry};

/// The place of the texts that families share.
const SHARED: &str = "doc";

/// The files by their place below `src`.
const FILES: &[(&str, &str)] = &[
    (SHARED, include_str!("zh.toml")),
    ("ecs/account", include_str!("../ecs/account/zh.toml")),
    ("ecs/business_behavior", include_str!("../ecs/business_behavior/zh.toml")),
    ("ecs/disk", include_str!("../ecs/disk/zh.toml")),
    ("ecs/hpc_cluster", include_str!("../ecs/hpc_cluster/zh.toml")),
    ("ecs/image", include_str!("../ecs/image/zh.toml")),
    ("ecs/instance", include_str!("../ecs/instance/zh.toml")),
    ("ecs/instance_ram_role", include_str!("../ecs/instance_ram_role/zh.toml")),
    ("ecs/instance_type", include_str!("../ecs/instance_type/zh.toml")),
    ("ecs/key_pair", include_str!("../ecs/key_pair/zh.toml")),
    ("ecs/network_interface", include_str!("../ecs/network_interface/zh.toml")),
    ("ecs/price", include_str!("../ecs/price/zh.toml")),
    ("ecs/region", include_str!("../ecs/region/zh.toml")),
    ("ecs/security_group", include_str!("../ecs/security_group/zh.toml")),
    ("ecs/snapshot", include_str!("../ecs/snapshot/zh.toml")),
    ("ecs/tag", include_str!("../ecs/tag/zh.toml")),
    ("vpc/route_table", include_str!("../vpc/route_table/zh.toml")),
    ("vpc/tag", include_str!("../vpc/tag/zh.toml")),
    ("vpc/vpc", include_str!("../vpc/vpc/zh.toml")),
    ("vpc/vswitch", include_str!("../vpc/vswitch/zh.toml")),
    ("ram/access_key", include_str!("../ram/access_key/zh.toml")),
    ("ram/account_alias", include_str!("../ram/account_alias/zh.toml")),
    ("ram/attachment", include_str!("../ram/attachment/zh.toml")),
    ("ram/group", include_str!("../ram/group/zh.toml")),
    ("ram/login", include_str!("../ram/login/zh.toml")),
    ("ram/managed_policy", include_str!("../ram/managed_policy/zh.toml")),
    ("ram/mfa", include_str!("../ram/mfa/zh.toml")),
    ("ram/role", include_str!("../ram/role/zh.toml")),
    ("ram/security", include_str!("../ram/security/zh.toml")),
    ("ram/tag", include_str!("../ram/tag/zh.toml")),
    ("ram/user", include_str!("../ram/user/zh.toml")),
    ("sts/identity", include_str!("../sts/identity/zh.toml")),
    ("sts/role", include_str!("../sts/role/zh.toml")),
    ("location/endpoint", include_str!("../location/endpoint/zh.toml")),
];

/// The texts of all files, by place and dotted key.
static TEXTS: LazyLock<BTreeMap<Key, String>> = LazyLock::new(|| {
    let mut texts = BTreeMap::new();
    for (place, file) in FILES {
        let table: toml::Table =
            toml::from_str(file).unwrap_or_else(|error| panic!("{place}/zh.toml: {error}"));
        flatten(place, "", table, &mut texts);
    }
    texts
});

/// A place and a dotted key: (`ecs/region`, `DescribeRegions.doc`).
type Key = (String, String);

fn flatten(place: &str, prefix: &str, table: toml::Table, texts: &mut BTreeMap<Key, String>) {
    for (name, value) in table {
        let key = format!("{prefix}{name}");
        match value {
            toml::Value::Table(inner) => flatten(place, &format!("{key}."), inner, texts),
            toml::Value::String(text) => drop(texts.insert((place.to_owned(), key), text)),
            other => panic!("{place}/zh.toml: {key} is no text but {other}"),
        }
    }
}

/// A text that the reference needs in Chinese.
pub(super) struct Wanted {
    /// What it is in English.
    english: &'static str,
    /// Where it is looked for, the most particular place first.
    keys: Vec<Key>,
}

impl Wanted {
    /// What an action does.
    pub(super) fn action(entry: &Entry) -> Wanted {
        let keys = vec![(entry.family(), format!("{}.doc", entry.spec.name))];
        Wanted { english: entry.spec.doc, keys }
    }

    /// What a parameter means.
    pub(super) fn param(entry: &Entry, param: &ParamRow) -> Wanted {
        let any = format!("params.{}", param.name);
        let keys = vec![
            (entry.family(), format!("{}.{any}", entry.spec.name)),
            (entry.family(), any.clone()),
            (SHARED.to_owned(), any),
        ];
        Wanted { english: param.spec.doc, keys }
    }

    /// What a data type means.
    pub(super) fn data_type(entry: &Entry, shape: &'static ShapeSpec) -> Wanted {
        let key = format!("types.{}.doc", shape.name);
        Wanted { english: shape.doc, keys: vec![(entry.family(), key.clone()), (SHARED.to_owned(), key)] }
    }

    /// What a field means.
    pub(super) fn field(entry: &Entry, field: &FieldRow) -> Wanted {
        let own = format!("types.{}.fields.{}", field.home.name, field.spec.name);
        let any = format!("fields.{}", field.spec.name);
        let shared = || SHARED.to_owned();
        let keys = vec![
            (entry.family(), own.clone()),
            (entry.family(), any.clone()),
            (shared(), own),
            (shared(), any),
        ];
        Wanted { english: field.spec.doc, keys }
    }

    /// The text in a language; English where the Chinese one is still missing.
    pub(super) fn text(&self, language: Language) -> &'static str {
        let chinese = || self.key().and_then(|key| TEXTS.get(key)).map(|text| text.trim());
        match language {
            Language::Zh => chinese().unwrap_or(self.english),
            Language::En => self.english,
        }
    }

    fn key(&self) -> Option<&Key> {
        self.keys.iter().find(|key| TEXTS.contains_key(key))
    }
}

/// How the Chinese texts and the definitions fit together.
#[derive(Debug)]
pub struct Audit {
    /// Texts that have no Chinese yet: place and key, with the English.
    pub missing: BTreeMap<String, &'static str>,
    /// Keys that no definition asks for.
    pub stale: BTreeSet<String>,
}

/// Compares the Chinese texts with the definitions of all actions.
pub fn audit() -> Audit {
    let mut missing = BTreeMap::new();
    let mut stale: BTreeSet<&Key> = TEXTS.keys().collect();
    let wanted: Vec<Wanted> = ACTIONS.iter().flat_map(wanted).collect();
    for text in &wanted {
        match text.key() {
            Some(key) => drop(stale.remove(key)),
            None => drop(missing.insert(named(&text.keys[0]), text.english)),
        }
    }
    Audit { missing, stale: stale.into_iter().map(named).collect() }
}

fn named((place, key): &Key) -> String {
    format!("{place} {key}")
}

/// Everything that the page of an action says about it.
fn wanted(entry: &'static Entry) -> Vec<Wanted> {
    let spec = entry.spec;
    let types = rows::types(spec.reply);
    let params = rows::params(spec.params);
    let fields = std::iter::once(spec.reply).chain(types.iter().copied()).flat_map(rows::fields);
    let mut wanted = vec![Wanted::action(entry)];
    wanted.extend(params.iter().map(|param| Wanted::param(entry, param)));
    wanted.extend(types.iter().map(|shape| Wanted::data_type(entry, shape)));
    wanted.extend(fields.map(|field| Wanted::field(entry, &field)));
    wanted
}
