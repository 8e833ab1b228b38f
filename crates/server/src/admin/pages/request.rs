//! The page of one request.

use moyun_cloud::doc::Language;
use serde_json::Value;

use crate::admin::pages::{escape, link, page, said_in, table};
use crate::explain::{Judged, Shown, Why};

/// What a request was and why it was refused.
pub(in crate::admin) fn request(shown: &Shown, language: Language) -> String {
    let told = &shown.told;
    let action = told.action.as_deref().unwrap_or(language.pick("未指明接口", "No action"));
    let outcome = told.code.as_deref().unwrap_or(language.pick("成功", "succeeded"));
    let mut body = format!("<p><code>{}</code></p>", escape(&told.request_id));
    if let Some(why) = &shown.why {
        body += &refusal(why, told.status, told.message.as_deref().unwrap_or_default(), language);
    }
    body += &received(shown, language);
    if let Some(why) = &shown.why {
        body += &passed(why, language);
    }
    let address = format!("requests/{}", told.request_id);
    page(language, &address, &format!("{action}: {} {outcome}", told.status), &body)
}

fn received(shown: &Shown, language: Language) -> String {
    let told = &shown.told;
    let [request, at, method, version, key, account, parameters, headers] = language.pick(
        ["收到的请求", "收到时间", "方法", "版本", "访问密钥", "账号", "参数", "请求头"],
        [
            "The request as received",
            "Received",
            "Method",
            "Version",
            "Access key",
            "Account",
            "Parameters",
            "Headers",
        ],
    );
    let (at_ms, took) = (&told.at, told.duration_us);
    let received =
        language.pick(format!("{at_ms}，{took} µs 后应答"), format!("{at_ms}, answered after {took} µs"));
    let known = |value: &Option<String>| value.clone().unwrap_or_default();
    let facts = table([
        (at, received),
        (method, told.method.clone()),
        (version, known(&told.version)),
        (key, known(&told.access_key_id)),
        (account, known(&told.account)),
    ]);
    let said = table(told.parameters.iter().map(|(name, value)| (name.as_str(), value.clone())));
    let lines = table(told.headers.iter().map(|(name, value)| (name.as_str(), value.clone())));
    format!(
        "<h2>{request}</h2>{facts}<h2>{parameters}</h2>{said}<details><summary>{headers}</summary>{lines}</details>"
    )
}

fn refusal(why: &Why, status: u16, message: &str, language: Language) -> String {
    let refused = &why.refused_by;
    let [mend, facts, reference] = language.pick(
        ["怎样才能成功", "比较的事实，最相关的在前", "接口文档"],
        [
            "What would have succeeded",
            "Facts that were compared, the nearest first",
            "Reference of the action",
        ],
    );
    let mut text = format!(
        "<div class=\"refused\"><p><strong>{status} {}</strong> ({})<br>{}</p><p>{} <em>{}</em></p><p>{}</p></div>",
        link(&said_in(language, &why.links.code), &refused.code),
        escape(&refused.row),
        escape(message),
        escape(&refused.step),
        escape(language.pick(&refused.question_zh, &refused.question)),
        escape(language.pick(&why.happened_zh, &why.happened)),
    );
    let would_succeed = escape(language.pick(&why.would_succeed_zh, &why.would_succeed));
    text += &format!("<h2>{mend}</h2><p>{would_succeed} {}</p>", why.reaction.words(language));
    if let Some(action) = language.pick(&why.links.action_zh, &why.links.action) {
        text += &format!("<p>{}</p>", link(action, reference));
    }
    let rows: Vec<_> =
        why.facts.iter().map(|fact| (fact.words(language), value(&fact.value, language))).collect();
    text + &format!("<h2>{facts}</h2>") + &table(rows.iter().map(|(what, value)| (&**what, value.clone())))
}

fn value(value: &Value, language: Language) -> String {
    match value {
        Value::Null => language.pick("不存在", "absent").to_owned(),
        Value::String(text) => text.clone(),
        other => format!("{other:#}"),
    }
}

fn passed(why: &Why, language: Language) -> String {
    let steps = why.passed.chunk_by(|one, next| one.step == next.step);
    let row = |checks: &[Judged]| {
        let codes: Vec<String> =
            checks.iter().map(|check| format!("{} {}", escape(&check.row), escape(&check.code))).collect();
        let question = escape(language.pick(&checks[0].question_zh, &checks[0].question));
        let (step, codes) = (escape(&checks[0].step), codes.join("<br>"));
        format!("<tr><td class=\"passed\">✓ {step}</td><td>{question}</td><td><code>{codes}</code></td></tr>")
    };
    let rows: String = steps.map(row).collect();
    let count = why.passed.len();
    let (title, checks) = language.pick(
        ("按顺序已通过的检查", format!("{count} 项检查")),
        ("Checks that it passed, in order", format!("{count} checks")),
    );
    format!(
        "<h2>{title}</h2><details><summary>{checks}</summary><div class=\"wide\"><table>{rows}</table></div></details>"
    )
}
