//! The examples of a reply: XML and JSON, of one call, and of the fields that the tables tell.

use roxmltree::{Document, Node};
use serde_json::Value;

use crate::doc::check::outline::Kind;
use crate::doc::check::tables::{Fields, Types};
use crate::doc::check::{Findings, Section};

/// Holds the examples against each other and against the tables.
pub(super) fn judge(
    section: &Section<'_>,
    title: &str,
    tables: Option<(&Fields<'_>, &Types<'_>)>,
    findings: &mut Findings,
) {
    let xml = code(section, '<');
    let json = code(section, '{');
    for (name, found) in [("XML", &xml), ("JSON", &json)] {
        if found.is_none() {
            findings.add(section.line, format!("the reply in {name} is missing"));
        }
    }
    let json = json.and_then(|(line, text)| match serde_json::from_str::<Value>(text) {
        Ok(value) => Some((line, value)),
        Err(error) => {
            findings.add(line + error.line(), format!("the JSON cannot be read: {error}"));
            None
        }
    });
    if let (Some((line, value)), Some((fields, types))) = (&json, tables) {
        Tables { types, line: *line }.judge("", "", value, fields, findings);
        if value.get("RequestId").is_none() {
            findings.add(*line, "the JSON has no `RequestId`");
        }
    }
    let Some((line, text)) = xml else { return };
    match Document::parse(text) {
        Err(error) => {
            let row = usize::try_from(error.pos().row).unwrap_or_default();
            findings.add(line + row, format!("the XML cannot be read: {error}"));
        }
        Ok(document) => {
            let root = document.root_element();
            let (is, wanted) = (root.tag_name().name(), format!("{title}Response"));
            if is != wanted {
                findings.add(line, format!("the root of the XML is `{is}` and not `{wanted}`"));
            }
            if let Some((_, value)) = &json {
                agree("", value, root, line, findings);
            }
        }
    }
}

/// The first code that begins with this letter.
fn code<'p>(section: &Section<'p>, first: char) -> Option<(usize, &'p str)> {
    section.blocks.iter().find_map(|block| match &block.kind {
        Kind::Code(text) if text.trim_start().starts_with(first) => Some((block.line, text.as_str())),
        _ => None,
    })
}

/// The tables that a JSON reply is held against.
struct Tables<'t, 'p> {
    types: &'t Types<'p>,
    line: usize,
}

impl Tables<'_, '_> {
    /// Holds the members of an object against fields; `within` is the part of a field's name that has been read.
    fn judge(&self, path: &str, within: &str, value: &Value, fields: &Fields<'_>, findings: &mut Findings) {
        let objects = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        for object in objects {
            let Some(members) = object.as_object() else {
                findings.add(self.line, format!("`{path}` in the JSON is no object"));
                continue;
            };
            for (name, value) in members {
                let (path, name) = (join(path, name), join(within, name));
                let is_prefix = fields.keys().any(|field| field.starts_with(&format!("{name}.")));
                match fields.get(name.as_str()) {
                    Some(field) if field.base != "Object" || !is_prefix => {
                        self.judge_value(&path, value, field.is_list, field.base, findings);
                    }
                    _ if is_prefix => self.judge(&path, &name, value, fields, findings),
                    _ => findings.add(self.line, format!("no row is about `{path}`, which the JSON has")),
                }
            }
        }
    }

    fn judge_value(&self, path: &str, value: &Value, is_list: bool, base: &str, findings: &mut Findings) {
        let is_right = match (value, base) {
            (Value::Array(values), _) => {
                values.iter().for_each(|value| self.judge_value(path, value, false, base, findings));
                is_list || base == "Array"
            }
            _ if is_list => false,
            (_, "String") => value.is_string(),
            (_, "Integer" | "Long") => value.is_i64() || value.is_u64(),
            (_, "Float" | "Double") => value.is_number(),
            (_, "Boolean") => value.is_boolean(),
            (_, "Object" | "Map") => value.is_object(),
            (_, base) => {
                if let Some(fields) = self.types.fields(base) {
                    self.judge(path, "", value, fields, findings);
                }
                true
            }
        };
        if !is_right {
            let wanted = if is_list { format!("list of {base}") } else { base.to_owned() };
            findings.add(self.line, format!("`{path}` in the JSON is no {wanted}"));
        }
    }
}

/// Finds where XML and JSON are not the same reply; every request has a RequestId of its own.
fn agree(path: &str, json: &Value, xml: Node<'_, '_>, line: usize, findings: &mut Findings) {
    let tell = || format!("XML and JSON differ in `{path}`");
    let Some(members) = json.as_object() else {
        if !is_text_of(xml.text().unwrap_or_default(), json) && path != "RequestId" {
            findings.add(line, tell());
        }
        return;
    };
    for (name, value) in members {
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        let elements: Vec<_> = xml.children().filter(|child| child.has_tag_name(name.as_str())).collect();
        let path = join(path, name);
        if values.len() != elements.len() {
            findings.add(
                line,
                format!("XML and JSON differ in `{path}`: {} and {}", elements.len(), values.len()),
            );
            continue;
        }
        for (value, element) in values.iter().zip(elements) {
            agree(&path, value, element, line, findings);
        }
    }
    let elements = xml.children().filter(Node::is_element).map(|child| child.tag_name().name());
    for name in elements.filter(|name| !members.contains_key(*name)) {
        findings.add(line, format!("the XML has `{}`, which the JSON has not", join(path, name)));
    }
}

fn is_text_of(text: &str, json: &Value) -> bool {
    match json {
        Value::String(string) => string.trim() == text.trim(),
        Value::Number(number) => number.as_f64() == text.trim().parse().ok(),
        Value::Bool(is_true) => text.trim().parse() == Ok(*is_true),
        Value::Null | Value::Array(_) | Value::Object(_) => false,
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
