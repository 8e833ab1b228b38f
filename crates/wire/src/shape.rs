//! The values of a reply: what they are for the reference, and how they are written in either format.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

use crate::out::Out;

/// What a reply field holds, for the reference.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number that may have a fraction.
    Number,
    /// true or false.
    Boolean,
    /// A nested structure.
    Object(&'static ShapeSpec),
    /// Fields that stand beside the others but are defined together.
    Flat(&'static ShapeSpec),
    /// A list in a wrapper: `Tags` → `Tag`, two levels in JSON and XML alike.
    List {
        /// Name of one element inside the wrapper.
        item: &'static str,
        /// What one element is.
        of: &'static Kind,
    },
    /// A list without wrapper, as newer interfaces have it: an array in JSON, the field once per element in XML.
    Array(&'static Kind),
}

/// A structure of a reply, for the reference.
#[derive(Debug)]
pub struct ShapeSpec {
    /// Name of the data type.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// Its fields in the order in which they are written.
    pub fields: &'static [FieldSpec],
}

/// One field of a structure, for the reference.
#[derive(Debug)]
pub struct FieldSpec {
    /// Name on the wire.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it means.
    pub doc: &'static str,
}

/// Something that can stand in a reply.
pub trait Value {
    /// What it is, for the reference.
    const KIND: Kind;
    /// Writes the JSON value, or what stands between the XML tags.
    fn write(&self, out: &mut Out);
    /// Whether the whole field is left out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A structure of a reply; `#[derive(Shape)]` makes one.
pub trait Shape: Value {
    /// What the structure is, for the reference.
    const SPEC: &'static ShapeSpec;
    /// Writes the fields, without the braces or tags around them.
    fn write_fields(&self, out: &mut Out);
}

/// The reply of an action that has nothing to say but its RequestId.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Empty;

impl Value for Empty {
    const KIND: Kind = Kind::Object(Self::SPEC);
    fn write(&self, out: &mut Out) {
        out.object(|_| ());
    }
}

impl Shape for Empty {
    const SPEC: &'static ShapeSpec = &ShapeSpec { name: "Empty", doc: "", fields: &[] };
    fn write_fields(&self, _: &mut Out) {}
}

impl Value for str {
    const KIND: Kind = Kind::Text;
    fn write(&self, out: &mut Out) {
        out.text(self);
    }
}

impl Value for String {
    const KIND: Kind = Kind::Text;
    fn write(&self, out: &mut Out) {
        out.text(self);
    }
}

impl Value for bool {
    const KIND: Kind = Kind::Boolean;
    fn write(&self, out: &mut Out) {
        out.raw(if *self { "true" } else { "false" });
    }
}

impl Value for f64 {
    const KIND: Kind = Kind::Number;
    fn write(&self, out: &mut Out) {
        out.display(*self);
    }
}

macro_rules! integers {
    ($($type:ty),*) => {$(
        impl Value for $type {
            const KIND: Kind = Kind::Integer;
            fn write(&self, out: &mut Out) {
                out.raw(itoa::Buffer::new().format(*self));
            }
        }
    )*};
}
integers!(i32, i64, u32, u64, usize);

impl<T: Value> Value for Option<T> {
    const KIND: Kind = T::KIND;
    fn write(&self, out: &mut Out) {
        if let Some(value) = self {
            value.write(out);
        }
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

macro_rules! addresses {
    ($($type:ty),*) => {$(
        impl Value for $type {
            const KIND: Kind = Kind::Text;
            fn write(&self, out: &mut Out) {
                out.text(&self.to_string());
            }
        }
    )*};
}
addresses!(Ipv4Addr, Ipv6Addr);

impl Value for Cow<'_, str> {
    const KIND: Kind = Kind::Text;
    fn write(&self, out: &mut Out) {
        out.text(self);
    }
}

impl<T: Value + ?Sized> Value for &T {
    const KIND: Kind = T::KIND;
    fn write(&self, out: &mut Out) {
        (**self).write(out);
    }
    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Shape> Shape for Option<T> {
    const SPEC: &'static ShapeSpec = T::SPEC;
    fn write_fields(&self, out: &mut Out) {
        if let Some(value) = self {
            value.write_fields(out);
        }
    }
}
