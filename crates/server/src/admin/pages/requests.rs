//! The page of the last requests.

use moyun_cloud::doc::Language;

use crate::admin::pages::{escape, page, said_in};
use crate::explain::Told;
use crate::observe::Filter;

/// The requests that a filter admits, newest first, and the filter.
pub(in crate::admin) fn requests(told: &[Told], filter: &Filter, language: Language) -> String {
    let [title, what, action, received, account, status, code, button, none] = language.pick(
        [
            "请求",
            "最近的请求，最新的在前。点开可以看到为什么这样应答。",
            "接口",
            "收到时间",
            "账号",
            "状态码",
            "错误码",
            "筛选",
            "没有这样的请求。",
        ],
        [
            "Requests",
            "What was asked last, newest first. Each opens the page that tells why it was answered so.",
            "Action",
            "Received",
            "Account",
            "Status",
            "Code",
            "Filter",
            "No request is like this.",
        ],
    );
    let fields = [
        ("action", action, &filter.action),
        ("account", account, &filter.account),
        ("code", code, &filter.code),
        ("status", status, &filter.status),
    ];
    let field = |(name, words, value): (&str, &str, &String)| {
        format!("<label>{words}<input name=\"{name}\" value=\"{}\"></label>", escape(value))
    };
    let fields: String = fields.into_iter().map(field).collect();
    let rows = match told {
        [] => format!("<tr><td colspan=\"5\">{none}</td></tr>"),
        told => told.iter().map(|told| row(told, language)).collect(),
    };
    let body = format!(
        "<p>{what}</p><form class=\"filter\" action=\"/requests\">{fields}\
         <input type=\"hidden\" name=\"lang\" value=\"{}\"><button>{button}</button></form>\
         <div class=\"wide\"><table><thead><tr><th>{action}</th><th>{received}</th><th>{account}</th><th>{status}</th>\
         <th>{code}</th></tr></thead><tbody data-live>{rows}</tbody></table></div>",
        language.folder()
    );
    let query = filter.query();
    let address = if query.is_empty() { "requests".to_owned() } else { format!("requests?{query}") };
    page(language, &address, title, &body)
}

fn row(told: &Told, language: Language) -> String {
    let class = if told.code.is_some() { "failed" } else { "passed" };
    format!(
        "<tr><td><a href=\"{}\">{}</a></td><td>{}</td><td>{}</td><td class=\"{class}\">{}</td><td>{}</td></tr>",
        escape(&said_in(language, &format!("/requests/{}", told.request_id))),
        escape(told.action.as_deref().unwrap_or(language.pick("未指明接口", "No action"))),
        escape(&told.at),
        escape(told.account.as_deref().unwrap_or_default()),
        told.status,
        escape(told.code.as_deref().unwrap_or("OK")),
    )
}
