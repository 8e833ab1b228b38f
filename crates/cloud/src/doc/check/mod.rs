//! Holds a page of anybody's against the form of the reference, line by line.

mod bodies;
mod headings;
mod outline;
mod request;
mod tables;

use std::fmt;

use crate::doc::form::FORM;
use headings::Section;
use tables::Types;

/// What is missing or wrong on a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The line that it is about.
    pub line: usize,
    /// What is missing or wrong.
    pub sentence: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}.", self.line, self.sentence)
    }
}

/// What has been found so far.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, line: usize, sentence: impl Into<String>) {
        self.0.push(Finding { line, sentence: sentence.into() });
    }
}

/// Everything on the page of an action, Chinese or English, that differs from the form; in the order of the lines.
pub fn check(text: &str) -> Vec<Finding> {
    let mut findings = Findings::default();
    let blocks = outline::read(text);
    let language = headings::language(&blocks);
    let headings = headings::judge(&blocks, language, &mut findings);
    let title = headings.title.unwrap_or_default();
    let [description, asked, answered, types, _, example, bodies, errors] = headings.sections;

    let no_subheadings = [&description, &asked, &answered, &example, &bodies, &errors];
    for section in no_subheadings.into_iter().flatten() {
        tables::no_headings(section, &mut findings);
    }
    for section in description.iter().filter(|section| section.blocks.is_empty()) {
        findings.add(section.line, format!("`{}` says nothing", FORM[0].line_text(language)));
    }
    let types = types.map_or_else(Types::default, |section| tables::types(&section, language, &mut findings));
    let params = asked.map(|section| tables::params(&section, language, &types, &mut findings));
    let fields = answered.map(|section| tables::fields(&section, language, &types, &mut findings));
    types.judge_use(fields.as_ref(), &mut findings);
    if let Some(section) = &example {
        request::judge(section, title, params.as_deref(), &mut findings);
    }
    if let Some(section) = &bodies {
        bodies::judge(section, title, fields.as_ref().map(|fields| (fields, &types)), &mut findings);
    }
    if let Some(section) = &errors {
        tables::errors(section, language, &mut findings);
    }
    let mut findings = findings.0;
    findings.sort();
    findings.dedup();
    findings
}
