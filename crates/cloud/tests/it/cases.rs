//! Every case of every action, and the bodies it answers with.

use std::fmt::Write;

use moyun_cloud::case::{Case, Expect, Twin};
use moyun_cloud::errors::ApiError;
use moyun_cloud::registry::{ACTIONS, Entry};
use moyun_cloud::story::Story;
use moyun_cloud::why;
use moyun_cloud::world::DEFAULT_SECRET;
use moyun_wire::out::Format;
use moyun_wire::params::Params;

#[test]
fn every_case_ends_as_it_says() {
    let mut failures = vec![];
    for (entry, case) in cases() {
        if let Err(failure) = check(entry, case) {
            failures.push(format!("{} — {}: {failure}", entry.spec.name, case.name));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn case_names_are_unique_within_an_action() {
    for entry in ACTIONS {
        let mut names: Vec<&str> = entry.cases.iter().map(|case| case.name).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{}: {names:?}", entry.spec.name);
        assert!(!names.is_empty(), "{} has no cases", entry.spec.name);
    }
}

#[test]
fn replies_are_golden() {
    for entry in ACTIONS {
        let mut golden = String::new();
        for case in entry.cases.iter().filter(|case| matches!(case.expect, Expect::Reply)) {
            writeln!(golden, "## {}\n{}", case.name, case.request).expect("writing to a String cannot fail");
            for format in [Format::Xml, Format::Json] {
                let mut story = begin(case);
                match story.answer(&full_name(entry), case.request, format) {
                    Ok(body) => writeln!(golden, "{body}").expect("writing to a String cannot fail"),
                    Err(refusal) => panic!("{} — {}: {refusal}", entry.spec.name, case.name),
                }
            }
        }
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(full_name(entry).replace(':', "_"), golden);
        });
    }
}

fn check(entry: &'static Entry, case: &Case) -> Result<(), String> {
    let mut story = begin(case);
    let before = story.dump();
    let answer = story.answer(&full_name(entry), case.request, Format::Json);
    match (case.expect, answer) {
        (Expect::Reply, Ok(_)) => Ok(()),
        (Expect::Reply, Err(refusal)) => Err(format!("refused: {refusal}")),
        (Expect::Row(row), Ok(body)) => Err(format!("expected {}, got {body}", row.name)),
        (Expect::Row(row), Err(refusal)) if refusal.row != row => {
            Err(format!("expected {}, got {}", row.name, refusal.row.name))
        }
        (Expect::Row(row), Err(_)) if !entry.spec.raises.contains(&row) => {
            Err(format!("{} is not among its errors", row.name))
        }
        (Expect::Row(_), Err(_)) if story.dump() != before => Err("the refusal changed something".to_owned()),
        (Expect::Row(_), Err(refusal)) => {
            check_why(&refusal, entry, &story.fill(case.request))?;
            check_twin(entry, case, story)
        }
    }
}

/// A refusal says at which step it was made, has facts, and tells no secret.
fn check_why(refusal: &ApiError, entry: &'static Entry, query: &str) -> Result<(), String> {
    let params = Params::decode(query.as_bytes(), None).expect("a story's requests are well formed");
    let facts = why::facts(refusal, &params, Some(entry.spec));
    let told = serde_json::to_string(&facts).expect("facts are JSON");
    let secrets = params.iter().filter(|(name, value)| why::is_secret(name) && value.len() > 5);
    let mut secrets = secrets.map(|(_, value)| value).chain([DEFAULT_SECRET]);
    let checks = refusal.step.map(|step| step.checks(Some(entry.spec))).unwrap_or_default();
    match secrets.find(|secret| told.contains(secret)) {
        Some(secret) => Err(format!("{secret} is told: {told}")),
        None if facts.is_empty() => Err("nothing was compared".to_owned()),
        None if checks.iter().all(|check| check.row != refusal.row) => Err("no step has this row".to_owned()),
        None => Ok(()),
    }
}

/// What is the matter is shown, and when it is mended no longer; then the request succeeds.
fn check_twin(entry: &'static Entry, case: &Case, mut story: Story) -> Result<(), String> {
    let shows = |story: &mut Story| {
        case.shown.map(|shown| story.call(shown.action, shown.request).to_string().contains(shown.piece))
    };
    if shows(&mut story) == Some(false) {
        return Err("nothing shows what is the matter".to_owned());
    }
    let Some(twin) = case.twin else { return Ok(()) };
    let request = case.mend(&mut story);
    if matches!(twin, Twin::After(_)) && shows(&mut story) == Some(true) {
        return Err("what is mended still shows".to_owned());
    }
    let answer = story.answer(&full_name(entry), &request, Format::Json);
    answer.map(|_| ()).map_err(|refusal| format!("the twin is refused: {refusal}"))
}

fn begin(case: &Case) -> Story {
    let mut story = Story::begin();
    (case.given)(&mut story);
    story
}

fn cases() -> impl Iterator<Item = (&'static Entry, &'static Case)> {
    ACTIONS.iter().flat_map(|entry| entry.cases.iter().map(move |case| (entry, case)))
}

fn full_name(entry: &Entry) -> String {
    format!("{}:{}", entry.spec.product.name(), entry.spec.name)
}
