//! The reference: its form, its examples, and what is not yet said in Chinese.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use moyun_cloud::doc::{self, FORM, Language};
use moyun_cloud::errors::{self, ErrorRow};
use moyun_cloud::order;
use moyun_cloud::registry::ACTIONS;
use moyun_cloud::spec::Product;
use moyun_cloud::story::REQUEST_ID;
use moyun_cloud::world::DEFAULT_SECRET;
use moyun_wire::params::Params;
use moyun_wire::{v1, v3};
use serde_json::json;

const UNTRANSLATED: &str = include_str!("../untranslated.txt");

/// The whole reference: every test reads the same.
static PAGES: LazyLock<BTreeMap<String, String>> = LazyLock::new(doc::reference);

#[test]
fn every_text_is_chinese_or_stands_on_the_list() {
    let listed: BTreeSet<&str> = UNTRANSLATED.lines().filter(|line| !line.is_empty()).collect();
    let missing = doc::audit().missing;
    let new: Vec<_> = missing.iter().filter(|(key, _)| !listed.contains(key.as_str())).collect();
    let missing: BTreeSet<&str> = missing.keys().map(String::as_str).collect();
    let stale: Vec<_> = listed.difference(&missing).collect();
    assert!(new.is_empty(), "write these into the family's zh.toml: {new:#?}");
    assert!(
        stale.is_empty(),
        "written by now, take them off crates/cloud/tests/untranslated.txt: {stale:#?}"
    );
}

#[test]
fn no_chinese_text_is_about_something_gone() {
    let stale = doc::audit().stale;
    assert!(stale.is_empty(), "nothing asks for these: {stale:#?}");
}

#[test]
fn every_fact_of_the_world_has_its_meaning() {
    let (missing, stale) = doc::audit_world();
    assert!(missing.is_empty(), "write these into doc/common/world.toml: {missing:#?}");
    assert!(stale.is_empty(), "the world has none of these: {stale:#?}");
}

#[test]
fn every_page_has_the_form() {
    for (path, text) in doc::action_pages() {
        let language =
            Language::ALL.into_iter().find(|language| path.starts_with(language.folder())).unwrap();
        let expected = FORM.iter().map(|heading| (heading.level, heading.text(language).to_owned()));
        let headings = headings(&text).into_iter().filter(|(level, _)| *level < 4);
        assert_eq!(headings.skip(1).collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{path}");
    }
}

#[test]
fn every_example_is_signed_rightly() {
    for (path, text) in doc::action_pages() {
        let url = text.lines().find_map(|line| line.strip_prefix("GET ")).unwrap();
        let query = url.split_once('?').unwrap().1;
        let params = Params::decode(query.as_bytes(), None).unwrap();
        let signature = params.get("Signature").unwrap();
        assert!(v1::verify("GET", &params, DEFAULT_SECRET, signature), "{path}: {url}");
    }
}

#[test]
fn every_row_stands_on_the_page_of_its_code_with_how_it_is_met() {
    let pages = &*PAGES;
    let export = doc::all_metadata(Language::En);
    let commands: BTreeMap<_, _> = export["errors"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|row| (row["id"].as_str(), row["commands"]["refused"].as_str()))
        .collect();
    for row in errors::all() {
        let page = |code: &str| pages.get(&format!("en/errors/{code}.md"));
        let same = errors::all().find(|other| other.code.eq_ignore_ascii_case(row.code)).unwrap();
        let page = page(same.code).unwrap_or_else(|| panic!("{} has no page", row.code));
        assert!(
            page.contains(&format!("| {} |", row.status)) && page.contains(row.doc.lines().next().unwrap())
        );
        if let Some(refused) = commands[&Some(row.id)] {
            assert!(page.contains(&format!("{refused}\n# {} {}\n", row.status, row.code)), "{}", row.name);
        }
    }
}

#[test]
fn a_file_alone_is_as_among_all() {
    for (path, text) in doc::reference() {
        assert!(doc::file(&path).is_some_and(|alone| alone == text), "{path}");
    }
    for path in ["zh", "fr/README.md", "zh/ecs/Nothing.md", "zh/errors/Nothing.md", "zh/ecs/StopInstance"] {
        assert_eq!(doc::file(path), None, "{path}");
    }
}

#[test]
fn no_two_files_differ_in_letter_case_alone() {
    let mut known = BTreeSet::new();
    for path in PAGES.keys() {
        assert!(known.insert(path.to_lowercase()), "{path}");
    }
}

#[test]
fn both_worked_signatures_are_right() {
    let pages = &*PAGES;
    for language in Language::ALL {
        let page = &pages[&format!("{}/common/calling.md", language.folder())];
        let url = page.lines().find_map(|line| line.strip_prefix("GET http")).unwrap();
        let params = Params::decode(url.split_once('?').unwrap().1.as_bytes(), None).unwrap();
        assert!(v1::verify("GET", &params, DEFAULT_SECRET, params.get("Signature").unwrap()), "{url}");

        let (_, request) = page.split_once("GET /?").unwrap();
        let (query, rest) = request.split_once(" HTTP/1.1\n").unwrap();
        let headers: Vec<(&str, &[u8])> = rest
            .lines()
            .map_while(|line| line.split_once(": "))
            .map(|(name, value)| (name, value.as_bytes()))
            .collect();
        let (_, authorization) = headers.iter().find(|(name, _)| *name == "authorization").unwrap();
        let authorization = v3::Authorization::parse(authorization).unwrap();
        let request = v3::Request { method: "GET", query: query.as_bytes(), headers: &headers, body: b"" };
        assert!(request.verify(&authorization, DEFAULT_SECRET), "{rest}");
        assert!(page.contains(&request.string_to_sign(authorization.signed_headers())));
    }
}

#[test]
fn every_row_of_a_table_has_all_its_cells() {
    for (path, text) in &*PAGES {
        let mut columns = None;
        for line in text.lines() {
            let cells = line.replace("\\|", "").matches('|').count();
            let is_row = line.starts_with('|');
            assert!(!is_row || columns.is_none_or(|columns| columns == cells), "{path}: {line}");
            columns = is_row.then_some(cells);
        }
    }
}

fn headings(text: &str) -> Vec<(usize, String)> {
    let mut fenced = false;
    let mut headings = vec![];
    for line in text.lines() {
        fenced ^= line.starts_with("```");
        let level = line.bytes().take_while(|&byte| byte == b'#').count();
        if !fenced && level > 0 {
            headings.push((level, line[level..].trim().to_owned()));
        }
    }
    headings
}

#[test]
fn every_row_stands_at_a_step_of_the_order() {
    let pages = &*PAGES;
    for row in errors::all() {
        let same = errors::all().find(|other| other.code.eq_ignore_ascii_case(row.code)).unwrap();
        for (at, step) in order::places(row) {
            let (place, name) =
                (format!(" {at} / {} ", order::steps().count()), format!("| `{}` |", step.name));
            for (language, question) in [(Language::Zh, step.question_zh), (Language::En, step.question)] {
                let page = &pages[&format!("{}/errors/{}.md", language.folder(), same.code)];
                let line = page.lines().find(|line| line.contains(&place) && line.contains(&name));
                assert!(line.is_some_and(|line| line.contains(question)), "{}: {page}", row.name);
            }
        }
    }
    let nowhere = |row: &&'static ErrorRow| !row.id.starts_with('N') && order::places(row).is_empty();
    assert_eq!(errors::all().filter(nowhere).count(), 0);
}

#[test]
fn the_whole_reference_as_data_has_every_action_and_row() {
    for language in Language::ALL {
        let data = doc::all_metadata(language);
        let actions: usize = Product::ALL
            .iter()
            .map(|product| data["products"][product.name()]["apis"].as_object().unwrap().len())
            .sum();
        assert_eq!(actions, ACTIONS.len());
        let rows: Vec<&str> =
            data["errors"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
        assert_eq!(rows, errors::all().map(|row| row.id).collect::<Vec<_>>());
    }
    let data = doc::all_metadata(Language::En);
    let nonce = data["errors"].as_array().unwrap().iter().find(|row| row["id"] == "C019").unwrap();
    assert_eq!(nonce["reaction"], "change");
    assert_eq!(nonce["steps"], json!(["nonce"]));
    let creation = &data["products"]["Ecs"]["apis"]["RunInstances"]["parameters"];
    let param = |name: &str| creation.as_array().unwrap().iter().find(|param| param["name"] == name).unwrap();
    assert_eq!(param("PeriodUnit")["schema"]["default"], "Month");
    assert_eq!(param("HibernationOptions")["schema"]["properties"]["Configured"]["preview"], true);
}

#[test]
fn examples_list_something_where_any_case_does() {
    // Their lists are the tags of a role, which need not have any.
    assert_eq!(doc::empty_examples(), ["GetRole", "UpdateRole"]);
}

#[test]
fn a_documented_refusal_links_to_its_page() {
    let pages = &*PAGES;
    for language in Language::ALL {
        let page = &pages[&format!("{}/common/replies.md", language.folder())];
        let link = format!("http://127.0.0.1:4581/requests/{REQUEST_ID}");
        assert!(page.contains(&format!("<Recommend>{link}</Recommend>")), "{page}");
        assert!(page.contains(&format!("\"Recommend\": \"{link}\"")), "{page}");
    }
}
