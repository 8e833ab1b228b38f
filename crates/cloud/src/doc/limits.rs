//! What a parameter may be, in words.

use crate::doc::form::Language;
use crate::spec::Limits;

/// Sentences for the limits that the description has not told already.
pub(super) fn sentences(limits: &Limits, doc: &str, language: Language) -> Vec<String> {
    let mut parts = vec![];
    let span = |from: String, to: String| {
        let span = language.pick(format!("{from} 至 {to}"), format!("{from} to {to}"));
        Some(span).filter(|span| !doc.contains(span.as_str()))
    };
    if let Some(span) = limits.range.and_then(|(from, to)| span(from.to_string(), to.to_string())) {
        parts.push(language.pick(format!("取值范围：{span}。"), format!("Range: {span}.")));
    }
    if let Some(span) = limits.len.and_then(|(from, to)| span(from.to_string(), to.to_string())) {
        parts.push(language.pick(format!("长度：{span} 个字符。"), format!("{span} characters.")));
    }
    let values: Vec<String> = limits.one_of.iter().map(|value| format!("`{value}`")).collect();
    if !values.iter().all(|value| doc.contains(value.as_str())) {
        let listed = language.pick(values.join("、"), values.join(", "));
        parts.push(language.pick(format!("取值：{listed}。"), format!("Values: {listed}.")));
    }
    if let Some(count) = limits.max_items.filter(|count| !tells(doc, *count)) {
        parts.push(language.pick(format!("N 最多 {count} 个。"), format!("At most {count} of them.")));
    }
    parts
}

/// Whether a number stands in the text by itself.
fn tells(doc: &str, count: usize) -> bool {
    doc.split(|c: char| !c.is_ascii_digit()).any(|digits| digits == count.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_description_tells_is_not_told_again() {
        let limits = Limits { range: None, len: Some((2, 128)), one_of: &["a", "b"], max_items: Some(20) };
        let told = |doc| sentences(&limits, doc, Language::En);
        assert_eq!(told("A name."), ["2 to 128 characters.", "Values: `a`, `b`.", "At most 20 of them."]);
        assert_eq!(told("`b` or `a`, up to 20 of 2 to 128 characters."), Vec::<String>::new());
    }
}
