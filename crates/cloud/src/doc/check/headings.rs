//! The headings of a page: which of the form's are there, in their order and at their level.

use crate::doc::check::Findings;
use crate::doc::check::outline::{Block, Kind};
use crate::doc::form::{FORM, Heading, Language};

/// A section of a page: its heading and what stands below it.
pub(super) struct Section<'p> {
    /// The line of the heading.
    pub(super) line: usize,
    /// What stands below it, up to the next heading of the form.
    pub(super) blocks: &'p [Block],
}

/// What the headings of a page tell.
pub(super) struct Headings<'p> {
    /// The name of the action.
    pub(super) title: Option<&'p str>,
    /// For each heading of the form its section, where the heading is in its place.
    pub(super) sections: [Option<Section<'p>>; FORM.len()],
}

/// The language whose headings a page has; Chinese where it has none.
pub(super) fn language(blocks: &[Block]) -> Language {
    let count = |language: Language| {
        let ours = |block: &&Block| {
            let Kind::Heading(_, words) = &block.kind else { return false };
            FORM.iter().any(|heading| heading.text(language) == words)
        };
        blocks.iter().filter(ours).count()
    };
    if count(Language::En) > count(Language::Zh) { Language::En } else { Language::Zh }
}

/// Holds the headings against the form.
pub(super) fn judge<'p>(blocks: &'p [Block], language: Language, findings: &mut Findings) -> Headings<'p> {
    let mut found: Vec<Found<'p>> = blocks.iter().enumerate().filter_map(Found::of).collect();
    let is_ours = |words: &str| FORM.iter().any(|heading| heading.text(language) == words);
    let title = found
        .first()
        .filter(|first| !is_ours(first.words))
        .map(|first| (first.line, first.level, first.words));
    match title {
        None => findings.add(1, "the page does not begin with `# ` and the name of its action"),
        Some((line, level, words)) => {
            found.remove(0);
            if level != 1 {
                findings.add(line, format!("`{} {words}` must be `# {words}`", "#".repeat(level)));
            }
            if !is_name(words) {
                findings.add(line, format!("`{words}` is no name of an action, such as `RunInstances`"));
            }
        }
    }
    let places = pair(&found, language);
    missing(&found, &places, blocks, language, findings);
    surplus(&found, &places, language, findings);
    let sections = std::array::from_fn(|wanted| {
        let heading = &found[places[wanted]?];
        let (ours, level) = (FORM[wanted].line_text(language), FORM[wanted].level);
        if heading.level != level {
            findings.add(heading.line, format!("`{}` must be `{ours}`", heading.text()));
        }
        let end = found.iter().map(|next| next.at).find(|at| *at > heading.at).unwrap_or(blocks.len());
        Some(Section { line: heading.line, blocks: &blocks[heading.at + 1..end] })
    });
    Headings { title: title.map(|(_, _, words)| words), sections }
}

/// A heading of the page down to the third level; deeper ones belong to sections.
struct Found<'p> {
    at: usize,
    line: usize,
    level: usize,
    words: &'p str,
}

impl<'p> Found<'p> {
    fn of((at, block): (usize, &'p Block)) -> Option<Found<'p>> {
        match &block.kind {
            Kind::Heading(level, words) if *level < 4 => {
                Some(Found { at, line: block.line, level: *level, words })
            }
            _ => None,
        }
    }

    fn text(&self) -> String {
        format!("{} {}", "#".repeat(self.level), self.words)
    }
}

/// For each heading of the form the one of the page that stands for it, as many as the order allows.
fn pair(found: &[Found<'_>], language: Language) -> [Option<usize>; FORM.len()] {
    // The longest common subsequence: best[w][f] is its length from heading w and place f on.
    let mut best = vec![vec![0; found.len() + 1]; FORM.len() + 1];
    let same = |wanted: usize, at: usize| FORM[wanted].text(language) == found[at].words;
    for wanted in (0..FORM.len()).rev() {
        for at in (0..found.len()).rev() {
            let without: usize = best[wanted + 1][at].max(best[wanted][at + 1]);
            let with = usize::from(same(wanted, at)) * (1 + best[wanted + 1][at + 1]);
            best[wanted][at] = without.max(with);
        }
    }
    let mut places = [None; FORM.len()];
    let (mut wanted, mut at) = (0, 0);
    while wanted < FORM.len() && at < found.len() {
        if same(wanted, at) && best[wanted][at] == 1 + best[wanted + 1][at + 1] {
            places[wanted] = Some(at);
            (wanted, at) = (wanted + 1, at + 1);
        } else if best[wanted + 1][at] >= best[wanted][at + 1] {
            wanted += 1;
        } else {
            at += 1;
        }
    }
    places
}

fn missing(
    found: &[Found<'_>],
    places: &[Option<usize>],
    blocks: &[Block],
    language: Language,
    findings: &mut Findings,
) {
    for (wanted, heading) in FORM.iter().enumerate().filter(|(wanted, _)| places[*wanted].is_none()) {
        if strays(found, places, heading, language).next().is_some() {
            continue;
        }
        let next = places[wanted..].iter().find_map(|place| *place).map(|at| found[at].line);
        let line = next.or_else(|| blocks.last().map(|last| last.line)).unwrap_or(1);
        let (text, before) = (heading.line_text(language), behind(wanted, language));
        findings.add(line, format!("the heading `{text}` is missing: it belongs {before}"));
    }
}

fn surplus(found: &[Found<'_>], places: &[Option<usize>], language: Language, findings: &mut Findings) {
    for (_, heading) in found.iter().enumerate().filter(|(at, _)| !places.contains(&Some(*at))) {
        let text = heading.text();
        let says = |wanted: &usize| FORM[*wanted].text(language) == heading.words;
        let lacking = (0..FORM.len()).filter(says).find(|wanted| places[*wanted].is_none());
        let sentence = match lacking {
            Some(wanted) => format!("`{text}` is out of order: it belongs {}", behind(wanted, language)),
            None if (0..FORM.len()).any(|wanted| says(&wanted)) => {
                format!("`{text}` stands here once too often")
            }
            None => format!("`{text}` is no heading of the form"),
        };
        findings.add(heading.line, sentence);
    }
}

/// Where a heading of the form belongs.
fn behind(wanted: usize, language: Language) -> String {
    match wanted.checked_sub(1) {
        Some(before) => format!("behind `{}`", FORM[before].line_text(language)),
        None => "behind the name of the action".to_owned(),
    }
}

/// Headings of the page that say what one of the form says and stand for none.
fn strays<'f>(
    found: &'f [Found<'_>],
    places: &'f [Option<usize>],
    heading: &'f Heading,
    language: Language,
) -> impl Iterator<Item = &'f Found<'f>> {
    let free = |(at, _): &(usize, &Found<'_>)| !places.contains(&Some(*at));
    let stray = found.iter().enumerate().filter(free).map(|(_, found)| found);
    stray.filter(move |found| found.words == heading.text(language))
}

fn is_name(words: &str) -> bool {
    words.starts_with(|first: char| first.is_ascii_uppercase())
        && words.chars().all(|c| c.is_ascii_alphanumeric())
}
