//! The page of the last requests.

use crate::admin::pages::{escape, page};
use crate::explain::Told;
use crate::observe::Filter;

/// The requests that a filter admits, newest first, and the filter.
pub(in crate::admin) fn requests(told: &[Told], filter: &Filter) -> String {
    let fields = [
        ("action", "Action", &filter.action),
        ("account", "Account", &filter.account),
        ("code", "Code", &filter.code),
        ("status", "Status", &filter.status),
    ];
    let field = |(name, words, value): (&str, &str, &String)| {
        format!("<label>{words}<input name=\"{name}\" value=\"{}\"></label>", escape(value))
    };
    let fields: String = fields.into_iter().map(field).collect();
    let rows = match told {
        [] => "<tr><td colspan=\"5\">No request is like this.</td></tr>".to_owned(),
        told => told.iter().map(row).collect(),
    };
    let body = format!(
        "<p>What was asked last, newest first. Each opens the page that tells why it was answered so.</p>\
         <form class=\"filter\" action=\"/requests\">{fields}<button>Filter</button></form>\
         <div class=\"wide\"><table><thead><tr><th>Action</th><th>Received</th><th>Account</th><th>Status</th>\
         <th>Code</th></tr></thead><tbody data-live>{rows}</tbody></table></div>"
    );
    page("Requests", &body)
}

fn row(told: &Told) -> String {
    let class = if told.code.is_some() { "failed" } else { "passed" };
    format!(
        "<tr><td><a href=\"/requests/{}\">{}</a></td><td>{}</td><td>{}</td><td class=\"{class}\">{}</td><td>{}</td></tr>",
        escape(&told.request_id),
        escape(told.action.as_deref().unwrap_or("No action")),
        escape(&told.at),
        escape(told.account.as_deref().unwrap_or_default()),
        told.status,
        escape(told.code.as_deref().unwrap_or("OK")),
    )
}
