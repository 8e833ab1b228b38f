//! Pages for people about requests and error codes, in the frame of the reference and in both its languages.

mod code;
mod request;
mod requests;

use moyun_cloud::doc::Language;
use moyun_cloud::doc::site::{Frame, Place, escape};

pub(super) use code::code;
pub(super) use request::request;
pub(super) use requests::requests;

/// A whole page, which lies at an address below that of the listener.
pub(super) fn page(language: Language, address: &str, title: &str, body: &str) -> String {
    let other = language.pick(Language::En, Language::Zh);
    let twin = format!("../{}", said_in(other, address));
    let frame = Frame {
        language,
        root: "/docs/",
        title,
        headings: &[],
        twin: Some(&twin),
        markdown: None,
        place: Place::Server,
    };
    frame.around(&format!("<h1>{}</h1>{body}", escape(title)))
}

/// A page that says one sentence.
pub(super) fn sentence(language: Language, address: &str, text: &str) -> String {
    page(language, address, language.pick("模云", "Moyun"), &format!("<p>{}</p>", escape(text)))
}

/// The address of a page in a language.
fn said_in(language: Language, address: &str) -> String {
    let mark = if address.contains('?') { '&' } else { '?' };
    format!("{address}{mark}lang={}", language.folder())
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
