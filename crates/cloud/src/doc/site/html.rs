//! Markdown of the reference to HTML that a strict content policy lets through.

use std::collections::BTreeMap;

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// A page that was read.
pub(super) struct Read {
    pub(super) title: String,
    /// The id and the words of each heading that divides the page.
    pub(super) headings: Vec<(String, String)>,
    pub(super) body: String,
}

/// Reads a page.
pub(super) fn read(markdown: &str) -> Read {
    let events: Vec<Event<'_>> = Parser::new_ext(markdown, Options::ENABLE_TABLES).collect();
    let mut read = Read { title: String::new(), headings: vec![], body: String::new() };
    let mut ids = BTreeMap::new();
    let mut written = Vec::with_capacity(events.len());
    let mut in_cell = false;
    for (at, event) in events.iter().enumerate() {
        match event.clone() {
            Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                let words = words(&events[at..]);
                let id = unique(slug(&words), &mut ids);
                if read.title.is_empty() {
                    read.title = words;
                } else if level <= HeadingLevel::H2 {
                    read.headings.push((id.clone(), words));
                }
                written.push(Event::Start(Tag::Heading { level, id: Some(id.into()), classes, attrs }));
            }
            // An alignment would be written as a style, which the policy forbids.
            Event::Start(Tag::Table(columns)) => {
                written.push(Event::Html("<div class=\"wide\">".into()));
                written.push(Event::Start(Tag::Table(vec![Alignment::None; columns.len()])));
            }
            Event::End(TagEnd::Table) => {
                written.extend([Event::End(TagEnd::Table), Event::Html("</div>".into())]);
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = target(&dest_url);
                written.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            }
            // A long name may be broken behind its dots.
            Event::Text(text) if in_cell => {
                for piece in text.split_inclusive('.') {
                    written.push(Event::Text(piece.to_owned().into()));
                    written.extend(piece.ends_with('.').then_some(Event::InlineHtml("<wbr>".into())));
                }
            }
            other => {
                in_cell ^= matches!(other, Event::Start(Tag::TableCell) | Event::End(TagEnd::TableCell));
                written.push(other);
            }
        }
    }
    html::push_html(&mut read.body, written.into_iter());
    read
}

/// The words from here to the end of the heading.
fn words(events: &[Event<'_>]) -> String {
    let within = events.iter().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
    within
        .filter_map(
            |event| if let Event::Text(text) | Event::Code(text) = event { Some(&**text) } else { None },
        )
        .collect()
}

/// The id of a heading, as links of Markdown name it.
fn slug(words: &str) -> String {
    let letters = words.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
    letters.flat_map(char::to_lowercase).map(|letter| if letter == ' ' { '-' } else { letter }).collect()
}

fn unique(slug: String, ids: &mut BTreeMap<String, usize>) -> String {
    let before = ids.entry(slug.clone()).or_default();
    *before += 1;
    if *before == 1 { slug } else { format!("{slug}-{}", *before - 1) }
}

/// A link to a page of the reference as one to a page of the site.
fn target(link: &str) -> CowStr<'static> {
    if link.contains("://") {
        return link.to_owned().into();
    }
    let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
    let page = super::address(path);
    if fragment.is_empty() { page.into() } else { format!("{page}#{fragment}").into() }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn links_lead_to_pages_and_headings_can_be_linked_to() {
        let read = read(
            "# A b\n\n[x](../ecs/X.md#y) [y](#a-b) [z](http://z/z.md) [i](errors/README.md)\n\n## C\n\n## C\n",
        );
        assert_eq!(read.title, "A b");
        assert_eq!(read.headings, [("c".to_owned(), "C".to_owned()), ("c-1".to_owned(), "C".to_owned())]);
        for part in [
            "<h1 id=\"a-b\">A b</h1>",
            "<a href=\"../ecs/X.html#y\">",
            "<a href=\"#a-b\">",
            "<a href=\"http://z/z.md\">",
            "<a href=\"errors/index.html\">",
        ] {
            assert!(read.body.contains(part), "{part}: {}", read.body);
        }
    }

    #[test]
    fn tables_bring_no_styles_and_scroll_by_themselves_and_their_names_break_at_dots() {
        let body = read("# t.t\n\n| a |\n| :--- |\n| \\<b |\n| x.y |\n").body;
        assert!(body.contains("<div class=\"wide\"><table><thead><tr><th>a</th>"), "{body}");
        assert!(body.contains("<td>&lt;b</td>") && body.contains("<td>x.<wbr>y</td>"), "{body}");
        assert!(body.contains("t.t"), "{body}");
    }
}
