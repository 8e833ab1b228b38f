//! A Markdown text as the blocks that a page is made of, each with the line on which it begins.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A part of a page.
#[derive(Debug)]
pub(super) struct Block {
    /// The line on which it begins.
    pub(super) line: usize,
    /// What it is.
    pub(super) kind: Kind,
}

/// What a block is.
#[derive(Debug)]
pub(super) enum Kind {
    /// A heading with this many `#`.
    Heading(usize, String),
    /// A table: its columns and its rows.
    Table(Vec<String>, Vec<Row>),
    /// Code between fences; its first line is the one behind the block's.
    Code(String),
    /// Anything else, as it is written.
    Text(String),
}

/// A row of a table.
#[derive(Debug)]
pub(super) struct Row {
    /// The line on which it stands.
    pub(super) line: usize,
    /// What its cells say, as many as there are columns.
    pub(super) cells: Vec<String>,
    /// How many cells were written.
    pub(super) written: usize,
}

/// Reads the blocks of a text; what stands before them between `---` is passed over.
pub(super) fn read(text: &str) -> Vec<Block> {
    let mut reader = Reader { source: text, blocks: vec![], words: String::new(), cells: vec![], depth: 0 };
    let options = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    for (event, place) in Parser::new_ext(text, options).into_offset_iter() {
        reader.take(event, place);
    }
    reader.blocks
}

struct Reader<'t> {
    source: &'t str,
    blocks: Vec<Block>,
    words: String,
    cells: Vec<String>,
    depth: usize,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, place: Range<usize>) {
        match event {
            Event::Start(tag) => {
                if self.depth == 0 {
                    self.open(&tag, place);
                }
                self.depth += 1;
                if matches!(tag, Tag::TableCell) {
                    self.words.clear();
                }
            }
            Event::End(tag) => {
                self.depth -= 1;
                self.close(tag, place);
            }
            Event::Text(words) | Event::Code(words) | Event::InlineHtml(words) => self.words += &words,
            Event::SoftBreak | Event::HardBreak => self.words.push(' '),
            _ => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>, place: Range<usize>) {
        self.words.clear();
        let kind = match tag {
            Tag::Heading { level, .. } => Kind::Heading(*level as usize, String::new()),
            Tag::Table(_) => Kind::Table(vec![], vec![]),
            Tag::CodeBlock(_) => Kind::Code(String::new()),
            Tag::MetadataBlock(_) => return,
            _ => Kind::Text(self.source[place.clone()].to_owned()),
        };
        self.blocks.push(Block { line: self.line(place.start), kind });
    }

    fn close(&mut self, tag: TagEnd, place: Range<usize>) {
        let line = self.line(place.start);
        let Some(block) = self.blocks.last_mut() else { return };
        match (tag, &mut block.kind) {
            (TagEnd::Heading(_), Kind::Heading(_, words)) | (TagEnd::CodeBlock, Kind::Code(words)) => {
                *words = std::mem::take(&mut self.words);
            }
            (TagEnd::TableCell, _) => self.cells.push(std::mem::take(&mut self.words).trim().to_owned()),
            (TagEnd::TableHead, Kind::Table(columns, _)) => *columns = std::mem::take(&mut self.cells),
            (TagEnd::TableRow, Kind::Table(_, rows)) => {
                let cells = std::mem::take(&mut self.cells);
                rows.push(Row { line, cells, written: written(&self.source[place]) });
            }
            _ => {}
        }
    }

    fn line(&self, at: usize) -> usize {
        1 + self.source[..at].matches('\n').count()
    }
}

/// How many cells a row has as it is written.
fn written(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(row);
    1 + row.matches('|').count() - row.matches("\\|").count()
}
