//! The page of one error code.

use moyun_cloud::doc::{self, Language, site};

use crate::admin::pages::{escape, link, page, table};
use crate::explain::code::{Explained, RaisedBy, steps_count};
use crate::explain::text::reaction;

/// What a code means, row by row; None when there is no such code.
pub(in crate::admin) fn code(name: &str, rows: &[Explained]) -> Option<String> {
    let title = rows.first().map(|first| if rows.len() == 1 { first.row.code } else { name })?;
    let mut body: String = rows.iter().map(row).collect();
    let address = site::address(&doc::path_of_code(rows.first()?.row.code));
    body += &format!("<p>{} · ", link(&format!("/docs/en/{address}"), "How to meet it, and who answers it"));
    body += &format!("{}</p>", link(&format!("/docs/zh/{address}"), "如何遇到，哪些接口返回"));
    Some(page(title, &body))
}

fn row(explained: &Explained) -> String {
    let row = explained.row;
    let (happened, mend) = row.happened_and_mend();
    let place = |(place, step): &(usize, &moyun_cloud::order::Step)| {
        format!("{place}/{} {}: {}", steps_count(), step.name, step.question)
    };
    let places: Vec<String> = explained.places.iter().map(place).collect();
    let raised_by = match &explained.raised_by {
        RaisedBy::All => "every action".to_owned(),
        RaisedBy::Some(names) => names.join(", "),
    };
    let facts = [
        ("Message", row.message.to_owned()),
        ("What it means", happened.to_owned()),
        ("含义", row.note_zh.to_owned()),
        ("How to mend it", mend.to_owned()),
        ("What a client does", reaction(row.may_pass_later(), row.status, Language::En).to_owned()),
        ("Where in the order", places.join("\n")),
        ("Answered by", raised_by),
    ];
    format!("<h2>{} {} ({})</h2>{}", row.status, escape(row.code), row.id, table(facts))
}
