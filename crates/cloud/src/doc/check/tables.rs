//! The tables of a page: their columns, that no cell is empty, and what the cells say.

use std::collections::{BTreeMap, BTreeSet};

use crate::doc::check::outline::{Block, Kind, Row};
use crate::doc::check::{Findings, Section};
use crate::doc::form::{ERROR_COLUMNS, FIELD_COLUMNS, Language, PARAM_COLUMNS};

/// Types that need no table of their own.
const PLAIN: [&str; 9] =
    ["String", "Integer", "Long", "Float", "Double", "Boolean", "Object", "Array", "Map"];

/// A parameter as its row has it.
pub(super) struct Param<'p> {
    pub(super) name: &'p str,
    pub(super) required: bool,
}

/// A field as its row has it.
pub(super) struct Field<'p> {
    pub(super) line: usize,
    /// Whether it is a list.
    pub(super) is_list: bool,
    /// The type of the value, or of the values in the list.
    pub(super) base: &'p str,
}

/// The fields of a reply or of a data type, by name.
pub(super) type Fields<'p> = BTreeMap<&'p str, Field<'p>>;

/// The data types of a page, by name: the line of the heading and the fields.
#[derive(Default)]
pub(super) struct Types<'p>(BTreeMap<&'p str, (usize, Fields<'p>)>);

impl<'p> Types<'p> {
    /// The fields of a type that has a table.
    pub(super) fn fields(&self, name: &str) -> Option<&Fields<'p>> {
        self.0.get(name).map(|(_, fields)| fields)
    }

    /// Finds types without a table, and tables of types that nothing is of.
    pub(super) fn judge_use(&self, reply: Option<&Fields<'p>>, findings: &mut Findings) {
        let everywhere = || self.0.values().map(|(_, fields)| fields).chain(reply);
        for field in everywhere().flat_map(BTreeMap::values) {
            if !PLAIN.contains(&field.base) && !self.0.contains_key(field.base) {
                findings
                    .add(field.line, format!("the type `{}` has no table among the data types", field.base));
            }
        }
        let used: BTreeSet<&str> = everywhere().flat_map(BTreeMap::values).map(|field| field.base).collect();
        for (name, (line, _)) in self.0.iter().filter(|(name, _)| reply.is_some() && !used.contains(*name)) {
            findings.add(*line, format!("nothing is of the type `{name}`"));
        }
    }
}

/// Finds headings where the form has none.
pub(super) fn no_headings(section: &Section<'_>, findings: &mut Findings) {
    for block in section.blocks {
        if let Kind::Heading(level, words) = &block.kind {
            findings.add(block.line, format!("`{} {words}` is no heading of the form", "#".repeat(*level)));
        }
    }
}

/// The table of the request.
pub(super) fn params<'p>(
    section: &Section<'p>,
    language: Language,
    types: &Types<'p>,
    findings: &mut Findings,
) -> Vec<Param<'p>> {
    let rows = table(section.line, section.blocks, &PARAM_COLUMNS.pick(language), findings);
    let (yes, no) = language.pick(("是", "否"), ("Yes", "No"));
    let names: BTreeSet<&str> = rows.iter().map(|row| row.cells[0].as_str()).collect();
    judge_names(&rows, findings);
    let mut params = vec![];
    for row in rows {
        let [name, type_name, required, _] = [0, 1, 2, 3].map(|column| row.cells[column].as_str());
        let (_, base) = type_of(type_name, language);
        if !PLAIN.contains(&base) && types.fields(base).is_none() {
            findings.add(row.line, format!("`{base}` is no type: {}", PLAIN.join(", ")));
        }
        if base == "Object" && !names.iter().any(|inner| inner.starts_with(&format!("{name}."))) {
            findings.add(row.line, format!("no row says what is in the Object `{name}`"));
        }
        if required != yes && required != no {
            findings.add(row.line, format!("`{required}` is neither `{yes}` nor `{no}`"));
        }
        params.push(Param { name, required: required == yes });
    }
    params
}

/// The table of the reply.
pub(super) fn fields<'p>(
    section: &Section<'p>,
    language: Language,
    types: &Types<'p>,
    findings: &mut Findings,
) -> Fields<'p> {
    let fields = read_fields(section.line, section.blocks, language, findings);
    if !fields.is_empty() && !fields.contains_key("RequestId") {
        findings.add(section.line, "no row is about `RequestId`, which every reply has");
    }
    for (name, field) in fields.iter().filter(|(_, field)| field.base == "Object") {
        let tells = fields.keys().any(|inner| inner.starts_with(&format!("{name}.")));
        if !tells && types.fields(name).is_none() {
            findings.add(field.line, format!("neither a row nor a data type says what is in `{name}`"));
        }
    }
    fields
}

/// The tables of the data types, each under its name.
pub(super) fn types<'p>(section: &Section<'p>, language: Language, findings: &mut Findings) -> Types<'p> {
    let is_heading = |block: &Block| matches!(block.kind, Kind::Heading(..));
    let first = section.blocks.iter().position(is_heading).unwrap_or(section.blocks.len());
    let (mut rest, mut types) = (&section.blocks[first..], Types::default());
    if section.blocks.is_empty() {
        findings.add(
            section.line,
            "the section is empty: say that there is no nested type, or give each a table",
        );
    }
    while let Some((Block { line, kind: Kind::Heading(level, name) }, below)) = rest.split_first() {
        let end = below.iter().position(is_heading).unwrap_or(below.len());
        if *level != 4 {
            findings.add(*line, format!("`{} {name}` must be `#### {name}`", "#".repeat(*level)));
        }
        let fields = read_fields(*line, &below[..end], language, findings);
        if types.0.insert(name, (*line, fields)).is_some() {
            findings.add(*line, format!("the type `{name}` has a table already"));
        }
        rest = &below[end..];
    }
    types
}

/// The table of the errors.
pub(super) fn errors(section: &Section<'_>, language: Language, findings: &mut Findings) {
    let mut known = BTreeSet::new();
    for row in table(section.line, section.blocks, &ERROR_COLUMNS.pick(language), findings) {
        let [code, message, status] = [0, 1, 2].map(|column| row.cells[column].as_str());
        if !code.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c)) {
            findings.add(row.line, format!("`{code}` is no error code: letters, digits, `.`, `_` and `-`"));
        }
        if !status.parse().is_ok_and(|status: u16| (400..600).contains(&status)) {
            findings.add(row.line, format!("`{status}` is no HTTP status of an error: 400 to 599"));
        }
        if !known.insert((code, message, status)) {
            findings.add(row.line, format!("`{code}` with this message and status stands above already"));
        }
    }
}

fn read_fields<'p>(
    line: usize,
    blocks: &'p [Block],
    language: Language,
    findings: &mut Findings,
) -> Fields<'p> {
    let rows = table(line, blocks, &FIELD_COLUMNS.pick(language), findings);
    judge_names(&rows, findings);
    let field = |row: &'p Row| {
        let (is_list, base) = type_of(&row.cells[1], language);
        (row.cells[0].as_str(), Field { line: row.line, is_list, base })
    };
    rows.into_iter().map(field).collect()
}

/// The whole rows of the table in a section, if it has the columns of the form.
fn table<'p>(line: usize, blocks: &'p [Block], columns: &[&str], findings: &mut Findings) -> Vec<&'p Row> {
    let wanted = format!("| {} |", columns.join(" | "));
    let found = blocks.iter().find_map(|block| match &block.kind {
        Kind::Table(columns, rows) => Some((block.line, columns, rows)),
        _ => None,
    });
    let Some((line, head, rows)) = found else {
        let (line, why) = instead(blocks, columns[0]).unwrap_or((line, "a table is missing here"));
        findings.add(line, format!("{why}; its columns are `{wanted}`"));
        return vec![];
    };
    // Brackets of either width are the same brackets.
    let plain = |text: &str| text.replace('（', "(").replace('）', ")");
    if head.len() != columns.len() || head.iter().zip(columns).any(|(head, column)| plain(head) != *column) {
        findings.add(line, format!("the columns are `| {} |` and not `{wanted}`", head.join(" | ")));
        return vec![];
    }
    // An empty table needs a word: an action without errors of its own says where the common ones stand.
    if rows.is_empty() && !blocks.iter().any(|block| matches!(block.kind, Kind::Text(_))) {
        findings.add(line, "the table has no row, and no sentence says why");
    }
    rows.iter().filter(|row| is_whole(row, columns, findings)).collect()
}

/// What stands where a table should, if it looks like one.
fn instead(blocks: &[Block], first: &str) -> Option<(usize, &'static str)> {
    blocks.iter().find_map(|block| match &block.kind {
        Kind::Text(text) if text.starts_with('|') => {
            Some((block.line, "this is no table: its second line must have `---` for each column"))
        }
        Kind::Text(text) if text.starts_with(first) && text.contains('\t') => {
            Some((block.line, "tabs make no table: write it with `|`"))
        }
        _ => None,
    })
}

fn is_whole(row: &Row, columns: &[&str], findings: &mut Findings) -> bool {
    if row.written != columns.len() {
        findings.add(row.line, format!("the row has {} cells and not {}", row.written, columns.len()));
        return false;
    }
    let empty: Vec<_> = row.cells.iter().zip(columns).filter(|(cell, _)| cell.is_empty()).collect();
    for (_, column) in &empty {
        findings.add(row.line, format!("the cell `{column}` is empty"));
    }
    empty.is_empty()
}

fn judge_names(rows: &[&Row], findings: &mut Findings) {
    let mut known = BTreeSet::new();
    for row in rows {
        let name = row.cells[0].as_str();
        let is_word = |word: &str| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
        };
        if !name.split('.').all(is_word) {
            findings.add(row.line, format!("`{name}` is no name: words of letters and digits between dots"));
        }
        if !known.insert(name) {
            findings.add(row.line, format!("`{name}` has a row already"));
        }
    }
}

/// Whether a type is a list, and of what.
fn type_of(text: &str, language: Language) -> (bool, &str) {
    let of = match language {
        Language::Zh => text.strip_suffix("列表").map(str::trim_end),
        Language::En => text.strip_prefix("Array of "),
    };
    match of {
        Some(of) => (true, type_of(of, language).1),
        None => (false, text),
    }
}
