//! Pages for people about requests and error codes, in the frame of the reference.

mod code;
mod request;
mod requests;

use moyun_cloud::doc::Language;
use moyun_cloud::doc::site::{Frame, Place, escape};

pub(super) use code::code;
pub(super) use request::request;
pub(super) use requests::requests;

/// A whole page.
pub(super) fn page(title: &str, body: &str) -> String {
    let frame = Frame {
        language: Language::En,
        root: "/docs/",
        title,
        headings: &[],
        twin: None,
        markdown: None,
        place: Place::Server,
    };
    frame.around(&format!("<h1>{}</h1>{body}", escape(title)))
}

/// A page that says one sentence.
pub(super) fn sentence(text: &str) -> String {
    page("Moyun", &format!("<p>{}</p>", escape(text)))
}

/// A table of names and values.
fn table<'t>(rows: impl IntoIterator<Item = (&'t str, String)>) -> String {
    let row = |(name, value): (&str, String)| {
        format!("<tr><td>{}</td><td><code>{}</code></td></tr>", escape(name), escape(&value))
    };
    format!(
        "<div class=\"wide\"><table class=\"facts\">{}</table></div>",
        rows.into_iter().map(row).collect::<String>()
    )
}

fn link(target: &str, words: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escape(target), escape(words))
}
