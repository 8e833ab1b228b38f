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
    let language = if args.lang == "zh" { Language::Zh } else { Language::En };
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
        return Err(format!(
            "{} is no RequestId, error code or row; docs/reference lists the codes of each action",
            args.what
        ));
    }
    Ok(text::code(&rows, style))
}

fn is_request_id(text: &str) -> bool {
    text.len() == REQUEST_ID_LETTERS && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// Whether the user wants no colours: any value of NO_COLOR but an empty one.
#[expect(clippy::disallowed_methods, reason = "NO_COLOR is everybody's convention and no setting of ours")]
fn forbids_colour() -> bool {
    std::env::var("NO_COLOR").is_ok_and(|value| !value.is_empty())
}
