//! Writes values as compact JSON or XML.

use std::fmt::{Display, Write};

use crate::shape::Value;

/// The format of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// `Format=XML`, the default of the API.
    #[default]
    Xml,
    /// `Format=JSON`.
    Json,
}

impl Format {
    /// Reads the Format parameter without regard to case; an unknown one behaves as XML.
    pub fn named(text: &str) -> Format {
        if text.eq_ignore_ascii_case("json") { Format::Json } else { Format::Xml }
    }

    /// The exact Content-Type that clients compare with.
    pub fn content_type(self) -> &'static str {
        match self {
            Format::Xml => "text/xml;charset=utf-8",
            Format::Json => "application/json;charset=utf-8",
        }
    }
}

/// The name of a field; [`name!`](crate::name) makes one.
///
/// It is kept as it stands between two fields in JSON, for names are much of what is written of a reply.
#[derive(Debug, Clone, Copy)]
pub struct Name<'n>(&'n str);

impl<'n> Name<'n> {
    /// The name in a text such as `,"Name":`.
    pub const fn within(json: &'n str) -> Name<'n> {
        Name(json)
    }

    fn plain(self) -> &'n str {
        &self.0[2..self.0.len() - 2]
    }
}

/// The [`Name`](crate::out::Name) of a literal.
#[macro_export]
macro_rules! name {
    ($plain:literal) => {
        $crate::out::Name::within(concat!(",\"", $plain, "\":"))
    };
}

/// How much room a reply has at first: more than most take.
const ROOM: usize = 4096;

/// A reply body being written.
#[derive(Debug)]
pub struct Out {
    format: Format,
    buffer: String,
    /// Whether the next JSON field needs no comma before it.
    first: bool,
}

impl Out {
    /// An empty body in this format.
    pub fn new(format: Format) -> Out {
        Out { format, buffer: String::with_capacity(ROOM), first: true }
    }

    /// The format being written.
    pub fn format(&self) -> Format {
        self.format
    }

    /// What was written.
    pub fn into_string(self) -> String {
        self.buffer
    }

    /// A named value, unless it is absent.
    pub fn field<V: Value + ?Sized>(&mut self, name: Name<'_>, value: &V) {
        if value.is_absent() {
            return;
        }
        self.open(name);
        value.write(self);
        self.close(name);
    }

    /// A list in its wrapper.
    pub fn list<V: Value>(&mut self, wrapper: Name<'_>, item: Name<'_>, values: &[V]) {
        self.open(wrapper);
        match self.format {
            Format::Json => {
                self.raw("{");
                self.first = true;
                self.open(item);
                self.json_array(values);
                self.raw("}");
            }
            Format::Xml => {
                self.each(values, |out, value, _| {
                    out.open(item);
                    value.write(out);
                    out.close(item);
                });
            }
        }
        self.close(wrapper);
    }

    /// A list without wrapper.
    pub fn array<V: Value>(&mut self, name: Name<'_>, values: &[V]) {
        match self.format {
            Format::Json => {
                self.open(name);
                self.json_array(values);
            }
            Format::Xml => {
                for value in values {
                    self.field(name, value);
                }
            }
        }
    }

    fn json_array<V: Value>(&mut self, values: &[V]) {
        self.raw("[");
        self.each(values, |out, value, is_first| {
            if !is_first {
                out.raw(",");
            }
            value.write(out);
        });
        self.raw("]");
        self.first = false;
    }

    /// Writes one value after another. Each will be about as long as the first, so that there is room for them at once.
    fn each<V>(&mut self, values: &[V], mut write: impl FnMut(&mut Out, &V, bool)) {
        let before = self.buffer.len();
        let Some((first, rest)) = values.split_first() else { return };
        write(self, first, true);
        self.buffer.reserve((self.buffer.len() - before + 1) * rest.len());
        rest.iter().for_each(|value| write(self, value, false));
    }

    /// The braces of a JSON object around what `fields` writes; nothing around it in XML.
    pub fn object(&mut self, fields: impl FnOnce(&mut Out)) {
        match self.format {
            Format::Xml => fields(self),
            Format::Json => {
                self.raw("{");
                self.first = true;
                fields(self);
                self.first = false;
                self.raw("}");
            }
        }
    }

    /// Text, escaped as the format wants it.
    pub fn text(&mut self, text: &str) {
        match self.format {
            Format::Json => self.json_text(text),
            Format::Xml => self.xml_text(text),
        }
    }

    /// Something whose text needs no escaping.
    pub fn display(&mut self, value: impl Display) {
        write!(self.buffer, "{value}").expect("writing to a String cannot fail");
    }

    /// Text that is already in the format.
    pub fn raw(&mut self, text: &str) {
        self.buffer.push_str(text);
    }

    /// What `write` writes, which is shown once more.
    pub fn noting(&mut self, write: impl FnOnce(&mut Out)) -> &str {
        let begin = self.buffer.len();
        write(self);
        &self.buffer[begin..]
    }

    /// Fields that were written before by [`Out::object`] or as a fragment, after those already here.
    pub fn fragment(&mut self, fields: &str) {
        if fields.is_empty() {
            return;
        }
        if self.format == Format::Json && !self.first {
            self.raw(",");
        }
        self.first = false;
        self.raw(fields);
    }

    fn open(&mut self, name: Name<'_>) {
        match self.format {
            Format::Json => {
                self.raw(&name.0[usize::from(self.first)..]);
                self.first = false;
            }
            Format::Xml => {
                self.raw("<");
                self.raw(name.plain());
                self.raw(">");
            }
        }
    }

    fn close(&mut self, name: Name<'_>) {
        if self.format == Format::Xml {
            self.raw("</");
            self.raw(name.plain());
            self.raw(">");
        }
    }

    fn json_text(&mut self, text: &str) {
        self.raw("\"");
        // Most texts need no escape: a look at all the bytes, which does not stop half-way, is vectorized.
        let is_special = |byte| matches!(byte, 0..0x20 | b'"' | b'\\');
        match text.bytes().fold(false, |found, byte| found | is_special(byte)) {
            true => self.json_escaped(text),
            false => self.raw(text),
        }
        self.raw("\"");
    }

    fn json_escaped(&mut self, text: &str) {
        let mut clean = 0;
        for (at, byte) in text.bytes().enumerate() {
            let escape = match byte {
                b'"' => "\\\"",
                b'\\' => "\\\\",
                b'\n' => "\\n",
                b'\r' => "\\r",
                b'\t' => "\\t",
                0..0x20 => "",
                _ => continue,
            };
            self.raw(&text[clean..at]);
            match escape {
                "" => self.display(format_args!("\\u{byte:04x}")),
                _ => self.raw(escape),
            }
            clean = at + 1;
        }
        self.raw(&text[clean..]);
    }

    fn xml_text(&mut self, text: &str) {
        let mut clean = 0;
        for (at, char) in text.char_indices() {
            let escape = match char {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                // A bare carriage return would be read back as a line feed.
                '\r' => "&#13;",
                '\n' | '\t' => continue,
                // XML 1.0 has no way to write these at all.
                '\0'..'\x20' | '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
                _ => continue,
            };
            self.raw(&text[clean..at]);
            self.raw(escape);
            clean = at + char.len_utf8();
        }
        self.raw(&text[clean..]);
    }
}
