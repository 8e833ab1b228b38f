//! The page of one error code.

use moyun_cloud::doc::{self, Language, site};
use moyun_cloud::order::Step;

use crate::admin::pages::{escape, link, page, table};
use crate::explain::code::{Explained, RaisedBy, steps_count};

/// What a code means, row by row; None when there is no such code.
pub(in crate::admin) fn code(name: &str, rows: &[Explained], language: Language) -> Option<String> {
    let title = rows.first().map(|first| if rows.len() == 1 { first.row.code } else { name })?;
    let mut body: String = rows.iter().map(|explained| row(explained, language)).collect();
    let address = site::address(&doc::path_of_code(rows.first()?.row.code));
    let words = language.pick("如何在这里遇到，哪些接口返回", "How to meet it, and who answers it");
    body += &format!("<p>{}</p>", link(&format!("/docs/{}/{address}", language.folder()), words));
    Some(page(language, &format!("errors/{name}"), title, &body))
}

fn row(explained: &Explained, language: Language) -> String {
    let row = explained.row;
    let (happened, mend) = row.happened_and_mend();
    let place = |(place, step): &(usize, &Step)| {
        let question = language.pick(step.question_zh, step.question);
        format!("{place}/{} {}: {question}", steps_count(), step.name)
    };
    let places: Vec<String> = explained.places.iter().map(place).collect();
    let raised_by = match &explained.raised_by {
        RaisedBy::All => language.pick("所有接口", "every action").to_owned(),
        RaisedBy::Some(names) => names.join(", "),
    };
    let [message, meaning, mending, reaction, order, answered] = language.pick(
        ["错误信息", "含义", "如何解决", "客户端如何处理", "在检查顺序中的位置", "哪些接口返回"],
        [
            "Message",
            "What it means",
            "How to mend it",
            "What a client does",
            "Where in the order",
            "Answered by",
        ],
    );
    let facts = [
        (message, row.message.to_owned()),
        (meaning, language.pick(row.note_zh, happened).to_owned()),
        (mending, language.pick(row.mend_zh(), mend).to_owned()),
        (reaction, row.reaction().words(language).to_owned()),
        (order, places.join("\n")),
        (answered, raised_by),
    ];
    format!("<h2>{} {} ({})</h2>{}", row.status, escape(row.code), row.id, table(facts))
}
