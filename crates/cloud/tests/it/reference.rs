//! The reference: its form, its examples, and what is not yet said in Chinese.

use std::collections::BTreeSet;

use moyun_cloud::doc::{self, FORM, Language};
use moyun_cloud::world::DEFAULT_SECRET;
use moyun_wire::params::Params;
use moyun_wire::v1;

const UNTRANSLATED: &str = include_str!("../untranslated.txt");

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
fn every_page_has_the_form() {
    for (path, text) in pages() {
        let language =
            Language::ALL.into_iter().find(|language| path.starts_with(language.folder())).unwrap();
        let expected = FORM.iter().map(|heading| (heading.level, heading.text(language).to_owned()));
        let headings = headings(&text).into_iter().filter(|(level, _)| *level < 4);
        assert_eq!(headings.skip(1).collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{path}");
    }
}

#[test]
fn every_example_is_signed_rightly() {
    for (path, text) in pages() {
        let url = text.lines().find_map(|line| line.strip_prefix("GET ")).unwrap();
        let query = url.split_once('?').unwrap().1;
        let params = Params::decode(query.as_bytes(), None).unwrap();
        let signature = params.get("Signature").unwrap();
        assert!(v1::verify("GET", &params, DEFAULT_SECRET, signature), "{path}: {url}");
    }
}

#[test]
fn every_row_of_a_table_has_all_its_cells() {
    for (path, text) in doc::reference() {
        let mut columns = None;
        for line in text.lines() {
            let cells = line.replace("\\|", "").matches('|').count();
            let is_row = line.starts_with('|');
            assert!(!is_row || columns.is_none_or(|columns| columns == cells), "{path}: {line}");
            columns = is_row.then_some(cells);
        }
    }
}

fn pages() -> impl Iterator<Item = (String, String)> {
    doc::reference().into_iter().filter(|(path, _)| !path.ends_with("README.md"))
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
