//! The page of one request.

use moyun_cloud::doc::Language;
use serde_json::Value;

use crate::admin::pages::{escape, link, page, table};
use crate::explain::text::reaction;
use crate::explain::{Shown, Why};

/// What a request was and why it was refused.
pub(in crate::admin) fn request(shown: &Shown) -> String {
    let told = &shown.told;
    let action = told.action.as_deref().unwrap_or("No action");
    let outcome = told.code.as_deref().unwrap_or("succeeded");
    let mut body = format!("<p><code>{}</code></p>", escape(&told.request_id));
    if let Some(why) = &shown.why {
        body += &refusal(why, told.status, told.message.as_deref().unwrap_or_default());
    }
    body += "<h2>The request as received</h2>";
    let known = |value: &Option<String>| value.clone().unwrap_or_default();
    body += &table([
        ("Received", format!("{}, answered after {} µs", told.at, told.duration_us)),
        ("Method", told.method.clone()),
        ("Version", known(&told.version)),
        ("Access key", known(&told.access_key_id)),
        ("Account", known(&told.account)),
    ]);
    body += "<h2>Parameters</h2>";
    body += &table(told.parameters.iter().map(|(name, value)| (name.as_str(), value.clone())));
    let headers = table(told.headers.iter().map(|(name, value)| (name.as_str(), value.clone())));
    body += &format!("<details><summary>Headers</summary>{headers}</details>");
    if let Some(why) = &shown.why {
        body += &passed(why);
    }
    page(&format!("{action}: {} {outcome}", told.status), &body)
}

fn refusal(why: &Why, status: u16, message: &str) -> String {
    let refused = &why.refused_by;
    let mut text = format!(
        "<div class=\"refused\"><p><strong>{status} {}</strong> ({})<br>{}</p><p>{} <em>{}</em></p><p>{}</p>\
         <p lang=\"zh\">{}</p></div>",
        link(&why.links.code, &refused.code),
        escape(&refused.row),
        escape(message),
        escape(&refused.step),
        escape(&refused.question),
        escape(&why.happened),
        escape(&why.happened_zh),
    );
    let reaction = reaction(why.may_pass_later, status, Language::En);
    text += &format!("<h2>What would have succeeded</h2><p>{} {reaction}</p>", escape(&why.would_succeed));
    if let Some(action) = &why.links.action {
        text += &format!("<p>{}</p>", link(action, "Reference of the action"));
    }
    text += "<h2>Facts that were compared, the nearest first</h2>";
    text + &table(why.facts.iter().map(|fact| (fact.what.as_str(), value(&fact.value))))
}

fn value(value: &Value) -> String {
    match value {
        Value::Null => "absent".to_owned(),
        Value::String(text) => text.clone(),
        other => format!("{other:#}"),
    }
}

fn passed(why: &Why) -> String {
    let steps = why.passed.chunk_by(|one, next| one.step == next.step);
    let row = |checks: &[crate::explain::Judged]| {
        let codes: Vec<String> =
            checks.iter().map(|check| format!("{} {}", escape(&check.row), escape(&check.code))).collect();
        let (step, question) = (escape(&checks[0].step), escape(&checks[0].question));
        let codes = codes.join("<br>");
        format!("<tr><td class=\"passed\">✓ {step}</td><td>{question}</td><td><code>{codes}</code></td></tr>")
    };
    let rows: String = steps.map(row).collect();
    let count = why.passed.len();
    format!(
        "<h2>Checks that it passed, in order</h2><details><summary>{count} checks</summary><div class=\"wide\"><table>{rows}</table></div></details>"
    )
}
