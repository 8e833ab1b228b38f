//! Explanations for a terminal of eighty columns.

use std::fmt::Write;

use moyun_cloud::doc::Language;
use moyun_cloud::errors::Reaction;
use serde_json::Value;

use crate::explain::code::{Explained, RaisedBy, steps_count};
use crate::explain::{Judged, Shown, Why};

/// How many columns a line has.
const COLUMNS: usize = 80;

/// How to write.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether the terminal shows colours.
    pub coloured: bool,
    /// The language of the labels and meanings.
    pub language: Language,
}

/// A request and why it was refused.
pub fn request(shown: &Shown, style: Style) -> String {
    let told = &shown.told;
    let mut page = Page { text: String::new(), style };
    page.title(&format!("{} {}", told.method, told.action.as_deref().unwrap_or("?")));
    page.line(&told.request_id);
    page.line(&format!("{} · {} µs · {}", told.at, told.duration_us, told.status));
    page.heading("收到的请求", "The request as received");
    for (name, value) in &told.parameters {
        page.fact(name, value);
    }
    if told.headers.contains_key("x-acs-action") {
        told.headers.iter().for_each(|(name, value)| page.fact(name, value));
    }
    match &shown.why {
        Some(why) => page.why(why, told.message.as_deref().unwrap_or_default(), told.status),
        None => page.heading("请求成功", "It succeeded"),
    }
    page.text
}

/// The rows of a code.
pub fn code(rows: &[Explained], style: Style) -> String {
    let mut page = Page { text: String::new(), style };
    for (at, explained) in rows.iter().enumerate() {
        if at > 0 {
            page.text.push('\n');
        }
        page.row(explained);
    }
    page.text
}

struct Page {
    text: String,
    style: Style,
}

impl Page {
    fn pick<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        if self.style.language == Language::Zh { zh } else { en }
    }

    fn painted(&self, text: &str, colour: &str) -> String {
        if self.style.coloured { format!("\x1b[{colour}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn title(&mut self, text: &str) {
        self.text += &self.painted(text, "1");
        self.text.push('\n');
    }

    fn heading(&mut self, zh: &str, en: &str) {
        self.text.push('\n');
        self.text += &self.painted(self.pick(zh, en), "1;36");
        self.text.push('\n');
    }

    fn line(&mut self, text: &str) {
        wrap(text, 2, &mut self.text);
    }

    fn fact(&mut self, name: &str, value: &str) {
        self.line(&format!("{name} = {value}"));
    }

    fn why(&mut self, why: &Why, message: &str, status: u16) {
        let Judged { step, row, code, question, question_zh } = &why.refused_by;
        self.heading("拒绝原因", "Refused by");
        let refused = self.painted(&format!("  {status} {code} ({row})"), "1;31");
        self.text += &format!("{refused}\n");
        self.line(message);
        let question = self.pick(question_zh, question).to_owned();
        self.line(&format!("{step}: {question}"));
        let happened = self.pick(&why.happened_zh, &why.happened).to_owned();
        self.line(&happened);
        self.heading("比较的事实", "Facts that were compared, the nearest first");
        for fact in &why.facts {
            match &fact.value {
                Value::Null => self.line(&format!("{}: {}", fact.what, self.pick("不存在", "absent"))),
                Value::String(text) => self.fact(&fact.what, text),
                other => self.fact(&fact.what, &other.to_string()),
            }
        }
        self.heading("怎样才能成功", "What would have succeeded");
        let mend = self.pick(&why.would_succeed_zh, &why.would_succeed).to_owned();
        self.line(&mend);
        self.line(why.reaction.words(self.style.language));
        self.heading("已通过的检查", "Checks that it passed, in order");
        for step in why.passed.chunk_by(|one, next| one.step == next.step) {
            let rows: Vec<&str> = step.iter().map(|check| check.row.as_str()).collect();
            self.line(&format!("✓ {}: {}", step[0].step, rows.join(" ")));
        }
        self.heading("链接", "Links");
        let links = [Some(&why.links.request), Some(&why.links.code), why.links.action.as_ref()];
        links.into_iter().flatten().for_each(|link| self.text += &format!("  {link}\n"));
    }

    fn row(&mut self, explained: &Explained) {
        let row = explained.row;
        let title = format!("{} {} ({})", row.status, row.code, row.id);
        self.title(&title);
        self.line(row.message);
        self.heading("含义", "What it means");
        let (happened, mend) = row.happened_and_mend();
        self.line(self.pick(row.note_zh, happened));
        self.heading("怎样解决", "How to mend it");
        self.line(self.pick(row.mend_zh(), mend));
        self.heading("客户端应如何处理", "What a client does");
        self.line(row.reaction().words(self.style.language));
        self.heading("在检查顺序中的位置", "Where in the order of checks");
        for (place, step) in &explained.places {
            let question = self.pick(step.question_zh, step.question).to_owned();
            self.line(&format!("{place}/{} {}: {question}", steps_count(), step.name));
        }
        self.heading("哪些接口会返回", "Which actions answer by it");
        match &explained.raised_by {
            RaisedBy::All => self.line(self.pick("所有接口", "every action").to_owned().as_str()),
            RaisedBy::Some(names) if names.is_empty() => {
                self.line(self.pick("没有已实现的接口", "none that is implemented").to_owned().as_str());
            }
            RaisedBy::Some(names) => self.line(&names.join(", ")),
        }
    }
}

/// How a client reacts to a refusal of which no more is known than this.
pub fn reaction(may_pass_later: bool, status: u16, language: Language) -> &'static str {
    let reaction = match (may_pass_later, status) {
        (_, 500..) => Reaction::Repeat,
        (true, _) => Reaction::Await,
        (false, _) => Reaction::Change,
    };
    reaction.words(language)
}

/// Writes a text on lines of at most eighty columns, with so many spaces in front.
fn wrap(text: &str, indent: usize, out: &mut String) {
    for line in text.lines() {
        let mut column = 0;
        for word in words(line) {
            let wide = width(word);
            if column > 0 && column + width(word.trim_end()) > COLUMNS {
                while out.ends_with(' ') {
                    out.pop();
                }
                out.push('\n');
                column = 0;
            }
            if column == 0 {
                write!(out, "{:indent$}", "").expect("writing to a String cannot fail");
                column = indent;
            }
            out.push_str(word);
            column += wide;
        }
        out.push('\n');
    }
}

/// A line in pieces that stay whole: words with the space behind them, Chinese letters one by one.
fn words(line: &str) -> Vec<&str> {
    let (mut words, mut start, mut was_wide) = (vec![], 0, false);
    let mut length = 0;
    for (at, letter) in line.char_indices() {
        let is_long = length >= COLUMNS - 2;
        if at > start
            && (was_wide || is_wide(letter) || is_long || line[..at].ends_with(' ') && letter != ' ')
        {
            words.push(&line[start..at]);
            (start, length) = (at, 0);
        }
        was_wide = is_wide(letter);
        length += 1;
    }
    words.push(&line[start..]);
    words
}

fn width(text: &str) -> usize {
    text.chars().map(|letter| if is_wide(letter) { 2 } else { 1 }).sum()
}

fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use moyun_cloud::doc::Language;
    use moyun_cloud::errors;

    use super::{COLUMNS, Style, code, width, words, wrap};
    use crate::explain::code::explain;

    #[test]
    fn every_row_reads_within_eighty_columns_in_both_languages() {
        for language in Language::ALL {
            for row in errors::all() {
                let text = code(&explain(row.id), Style { coloured: false, language });
                assert!(text.contains(row.code) && !text.contains('\x1b'), "{text}");
                assert!(text.lines().all(|line| width(line) <= COLUMNS), "{text}");
            }
        }
        let chinese = code(&explain("I042"), Style { coloured: true, language: Language::Zh });
        assert!(chinese.contains("\x1b[1m") && chinese.contains("客户端应如何处理"), "{chinese}");
    }

    #[test]
    fn words_without_a_space_are_cut_and_nothing_is_lost() {
        let long = format!("{} and more {}", "x".repeat(200), "模云".repeat(60));
        assert_eq!(words(&long).concat(), long);
        let mut text = String::new();
        wrap(&long, 2, &mut text);
        assert!(text.lines().all(|line| width(line) <= COLUMNS), "{text}");
    }
}
