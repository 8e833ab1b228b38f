//! Replies, as an object in JSON that says what is in one.
//!
//! Names of fields are ours and never come from outside, so they are numbers here.

use moyun_wire::name;
use moyun_wire::out::{Format, Name, Out};
use moyun_wire::shape::{Kind, Value as Written};
use roxmltree::{Document, Node};
use serde_json::{Map, Value};

use crate::Reached;

/// The element of a list inside its wrapper.
const ITEM: &str = "Item";

pub(crate) fn run(input: &[u8]) -> Reached {
    let Ok(Value::Object(fields)) = serde_json::from_slice(input) else { return Reached::Door };
    let fields: Vec<Part> = fields.into_iter().map(|(_, value)| Part::of(value)).collect();
    let whole = Part::Object(fields);

    let json = written(Format::Json, &whole);
    let read: Value = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
    assert_eq!(read, whole.as_json(), "{json}");

    let xml = format!("<Root>{}</Root>", written(Format::Xml, &whole));
    let read = Document::parse(&xml).unwrap_or_else(|error| panic!("{error}: {xml}"));
    whole.check_xml(read.root_element());
    Reached::Inside
}

fn written(format: Format, part: &Part) -> String {
    let mut out = Out::new(format);
    part.write(&mut out);
    out.into_string()
}

/// What can stand in a reply.
enum Part {
    Absent,
    Text(String),
    Integer(i64),
    Boolean(bool),
    Object(Vec<Part>),
    /// With a wrapper in XML, or without.
    List(Vec<Part>, bool),
}

impl Part {
    fn of(value: Value) -> Part {
        match value {
            Value::Null => Part::Absent,
            Value::Bool(truth) => Part::Boolean(truth),
            Value::Number(number) => number.as_i64().map_or(Part::Text(number.to_string()), Part::Integer),
            Value::String(text) => Part::Text(text),
            Value::Object(fields) => {
                Part::Object(fields.into_iter().map(|(_, part)| Part::of(part)).collect())
            }
            Value::Array(parts) => {
                let is_wrapped = parts.len() % 2 == 0;
                Part::List(parts.into_iter().map(Part::of_list).collect(), is_wrapped)
            }
        }
    }

    /// An element of a list is there, and is no list itself.
    fn of_list(value: Value) -> Part {
        match Part::of(value) {
            Part::Absent => Part::Text(String::new()),
            list @ Part::List(..) => Part::Object(vec![list]),
            part => part,
        }
    }

    /// Fields with their names.
    fn named(fields: &[Part]) -> impl Iterator<Item = (String, &Part)> {
        fields.iter().enumerate().map(|(number, part)| (format!("F{number}"), part))
    }

    fn as_json(&self) -> Value {
        match self {
            Part::Absent => Value::Null,
            Part::Text(text) => Value::from(text.as_str()),
            Part::Integer(number) => Value::from(*number),
            Part::Boolean(truth) => Value::from(*truth),
            Part::List(parts, is_wrapped) => {
                let array = Value::from_iter(parts.iter().map(Part::as_json));
                if *is_wrapped { Value::Object(Map::from_iter([(ITEM.to_owned(), array)])) } else { array }
            }
            Part::Object(fields) => {
                let there = Part::named(fields).filter(|(_, part)| !part.is_absent());
                Value::Object(there.map(|(name, part)| (name, part.as_json())).collect())
            }
        }
    }

    /// Panics unless the element says the same.
    fn check_xml(&self, node: Node<'_, '_>) {
        let text = || node.text().unwrap_or_default();
        match self {
            Part::Absent => {}
            Part::Text(expected) => assert_eq!(text(), expected.replace(is_unspeakable, "\u{fffd}")),
            Part::Integer(number) => assert_eq!(text(), number.to_string()),
            Part::Boolean(truth) => assert_eq!(text(), truth.to_string()),
            Part::List(parts, _) => Part::check_all(parts.iter().map(|part| (ITEM.to_owned(), part)), node),
            Part::Object(fields) => {
                let flat = Part::named(fields).flat_map(|(name, part)| match part {
                    Part::Absent => vec![],
                    Part::List(parts, false) => parts.iter().map(|part| (name.clone(), part)).collect(),
                    part => vec![(name, part)],
                });
                Part::check_all(flat, node);
            }
        }
    }

    fn check_all<'p>(mut parts: impl Iterator<Item = (String, &'p Part)>, node: Node<'_, '_>) {
        for child in node.children() {
            let (name, part) = parts.next().unwrap_or_else(|| panic!("{child:?} is too much"));
            assert_eq!(child.tag_name().name(), name);
            part.check_xml(child);
        }
        assert!(parts.next().is_none(), "{node:?} lacks something");
    }
}

impl Written for Part {
    const KIND: Kind = Kind::Text;

    fn write(&self, out: &mut Out) {
        match self {
            Part::Absent => {}
            Part::Text(text) => text.write(out),
            Part::Integer(number) => number.write(out),
            Part::Boolean(truth) => truth.write(out),
            // A list is written by the object that has it.
            Part::List(..) => unreachable!("lists stand in objects"),
            Part::Object(fields) => out.object(|out| {
                for (name, part) in Part::named(fields) {
                    let name = format!(",\"{name}\":");
                    let name = Name::within(&name);
                    match part {
                        Part::List(parts, true) => out.list(name, name!("Item"), parts),
                        Part::List(parts, false) => out.array(name, parts),
                        part => out.field(name, part),
                    }
                }
            }),
        }
    }

    fn is_absent(&self) -> bool {
        matches!(self, Part::Absent)
    }
}

/// What XML 1.0 has no way to write.
fn is_unspeakable(char: char) -> bool {
    matches!(char, '\0'..'\x20' | '\u{fffe}' | '\u{ffff}') && !matches!(char, '\t' | '\n' | '\r')
}
