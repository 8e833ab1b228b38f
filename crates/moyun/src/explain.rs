//! `moyun explain`: why a request was refused, or what a code means.

use std::io::{IsTerminal, stdout};

use moyun_cloud::doc::Language;
use moyun_server::explain::code;
use moyun_server::explain::text::{self, Style};

use crate::args::Explain;

/// How many letters a RequestId has.
const REQUEST_ID_LETTERS: usize = 36;

/// The explanation; the error is a sentence for the user.
pub(crate) fn explain(args: &Explain) -> Result<String, String> {
    let language = match args.lang.as_deref() {
        Some("zh") => Language::Zh,
        Some(_) => Language::En,
        None => language_of_the_environment(),
    };
    let style = Style { coloured: stdout().is_terminal() && !forbids_colour(), language };
    if is_request_id(&args.what) {
        let answer = args.at.ask("GET", &format!("/admin/requests/{}", args.what), None)?;
        let shown = serde_json::from_value(answer).map_err(|error| {
            format!("the server tells of the request in words that this program does not know: {error}")
        })?;
        return Ok(text::request(&shown, style));
    }
    let rows = code::explain(&args.what);
    if rows.is_empty() {
        let what = &args.what;
        return Err(language.pick(
            format!("{what} 不是 RequestId、错误码或错误行的编号；各接口的错误码见 docs/reference"),
            format!(
                "{what} is no RequestId, error code or row; docs/reference lists the codes of each action"
            ),
        ));
    }
    Ok(text::code(&rows, style))
}

fn is_request_id(text: &str) -> bool {
    text.len() == REQUEST_ID_LETTERS && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// Chinese where the first of these variables that says anything says so.
#[expect(clippy::disallowed_methods, reason = "these are everybody's conventions and no settings of ours")]
fn language_of_the_environment() -> Language {
    let mut said = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    match said.find(|locale| !locale.is_empty()) {
        Some(locale) if locale.starts_with("zh") => Language::Zh,
        _ => Language::En,
    }
}

/// Whether the user wants no colours: any value of NO_COLOR but an empty one.
#[expect(clippy::disallowed_methods, reason = "NO_COLOR is everybody's convention and no setting of ours")]
fn forbids_colour() -> bool {
    std::env::var("NO_COLOR").is_ok_and(|value| !value.is_empty())
}
