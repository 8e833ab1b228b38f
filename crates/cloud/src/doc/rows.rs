//! Definitions laid out as the rows of tables.

use std::collections::BTreeSet;

use moyun_wire::shape::{FieldSpec, Kind, ShapeSpec};

use crate::spec::{ParamKind, ParamSpec};

/// A parameter under its whole name: `DataDisk.N.Size`.
pub(super) struct ParamRow {
    pub(super) name: String,
    pub(super) type_name: &'static str,
    /// Whether its text is a JSON array.
    pub(super) is_json: bool,
    pub(super) spec: &'static ParamSpec,
}

/// All parameters, groups followed by what is in them.
pub(super) fn params(specs: &'static [ParamSpec]) -> Vec<ParamRow> {
    let mut rows = vec![];
    add_params("", specs, &mut rows);
    rows
}

fn add_params(prefix: &str, specs: &'static [ParamSpec], rows: &mut Vec<ParamRow>) {
    for spec in specs {
        match spec.kind {
            ParamKind::Flat(inner) => add_params(prefix, inner, rows),
            kind => add_param(format!("{prefix}{}", spec.name), kind, spec, rows),
        }
    }
}

fn add_param(name: String, kind: ParamKind, spec: &'static ParamSpec, rows: &mut Vec<ParamRow>) {
    let (type_name, inner): (_, &[ParamSpec]) = match kind {
        ParamKind::List(of) => return add_param(format!("{name}.N"), *of, spec, rows),
        ParamKind::Group(inner) | ParamKind::Flat(inner) => ("Object", inner),
        ParamKind::Text | ParamKind::JsonList => ("String", &[]),
        ParamKind::Integer => ("Integer", &[]),
        ParamKind::Number => ("Float", &[]),
        ParamKind::Boolean => ("Boolean", &[]),
    };
    let prefix = format!("{name}.");
    rows.push(ParamRow { name, type_name, is_json: matches!(kind, ParamKind::JsonList), spec });
    add_params(&prefix, inner, rows);
}

/// A field of a reply under its whole name: `Regions.Region`.
pub(super) struct FieldRow {
    pub(super) name: String,
    /// How deep lists are nested around the value.
    pub(super) lists: usize,
    pub(super) kind: Kind,
    /// The structure whose definition it stands in.
    pub(super) home: &'static ShapeSpec,
    pub(super) spec: &'static FieldSpec,
}

impl FieldRow {
    /// The structure that it holds.
    pub(super) fn shape(&self) -> Option<&'static ShapeSpec> {
        match self.kind {
            Kind::Object(shape) => Some(shape),
            _ => None,
        }
    }
}

/// The fields of a structure, with those of other definitions that stand beside them.
pub(super) fn fields(shape: &'static ShapeSpec) -> Vec<FieldRow> {
    let row = |spec: &'static FieldSpec| match spec.kind {
        Kind::Flat(inner) => fields(inner),
        kind => {
            let mut row = FieldRow { name: spec.name.to_owned(), lists: 0, kind, home: shape, spec };
            while let Kind::List { of, .. } | Kind::Array(of) = row.kind {
                if let Kind::List { item, .. } = row.kind {
                    row.name = format!("{}.{item}", row.name);
                }
                row.lists += 1;
                row.kind = *of;
            }
            vec![row]
        }
    };
    shape.fields.iter().flat_map(row).collect()
}

/// Every structure within a reply, each once, in the order in which a reader meets them.
pub(super) fn types(reply: &'static ShapeSpec) -> Vec<&'static ShapeSpec> {
    let mut known: Vec<&'static ShapeSpec> = vec![];
    let mut next = 0;
    add_types(reply, &mut known);
    while next < known.len() {
        add_types(known[next], &mut known);
        next += 1;
    }
    known
}

fn add_types(shape: &'static ShapeSpec, known: &mut Vec<&'static ShapeSpec>) {
    for inner in fields(shape).iter().filter_map(FieldRow::shape) {
        if known.iter().all(|other| other.name != inner.name) {
            known.push(inner);
        }
    }
}

/// Adds the whole name of every field within a structure, and of every list around one.
pub(super) fn add_paths(prefix: &str, shape: &'static ShapeSpec, paths: &mut BTreeSet<String>) {
    for field in fields(shape) {
        let path = format!("{prefix}{}", field.name);
        paths.extend(path.match_indices('.').map(|(at, _)| path[..at].to_owned()));
        if let Some(inner) = field.shape() {
            add_paths(&format!("{path}."), inner, paths);
        }
        paths.insert(path);
    }
}
