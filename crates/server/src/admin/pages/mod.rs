//! Pages for people: HTML that needs no script, in light and in dark.

mod code;
mod request;

pub(super) use code::code;
pub(super) use request::request;

const STYLE: &str = "\
:root{color-scheme:light dark;--line:#8884;--soft:#8882;--bad:#c0392b;--good:#2e8b57}\
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}\
table{border-collapse:collapse;width:100%}td,th{border-top:1px solid var(--line);padding:.3rem .6rem;\
text-align:left;vertical-align:top}td:first-child{white-space:nowrap}\
code,pre{font:14px/1.4 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}\
.refused{border-left:4px solid var(--bad);padding:.5rem 1rem;background:var(--soft)}\
.passed{color:var(--good)}";

/// A whole page.
pub(super) fn page(title: &str, body: &str) -> String {
    let title = escape(title);
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head>\
         <body><h1>{title}</h1>{body}</body></html>"
    )
}

/// A page that says one sentence.
pub(super) fn sentence(text: &str) -> String {
    page("Moyun", &format!("<p>{}</p>", escape(text)))
}

/// A text as it stands in HTML.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\'' => escaped += "&#39;",
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// A table of names and values.
fn table<'t>(rows: impl IntoIterator<Item = (&'t str, String)>) -> String {
    let row = |(name, value): (&str, String)| {
        format!("<tr><td>{}</td><td><code>{}</code></td></tr>", escape(name), escape(&value))
    };
    format!("<table>{}</table>", rows.into_iter().map(row).collect::<String>())
}

fn link(target: &str, words: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escape(target), escape(words))
}
