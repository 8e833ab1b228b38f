//! The reference as pages, made when somebody first looks at them.

use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{ACCEPT_LANGUAGE, HeaderMap};
use moyun_cloud::doc::site::{self, Place};
use moyun_cloud::doc::{self, Language};
use quick_cache::sync::Cache;

use crate::admin::routes::HTML;
use crate::admin::{Body, Refusal};

/// How many pages are kept: all that anybody has open, about two megabytes.
const KEPT: usize = 64;

/// Pages that were made.
pub(crate) struct Site {
    made: Cache<String, (&'static str, Bytes)>,
}

impl Default for Site {
    fn default() -> Site {
        Site { made: Cache::new(KEPT) }
    }
}

impl Site {
    /// What lies at a path below `/docs`; its folders lead to their first pages.
    pub(super) fn get(&self, path: &str, language: Language) -> Result<Body, Refusal> {
        let folders = ["zh", "en", "zh/errors", "en/errors"];
        if path.is_empty() {
            return Ok(Body::Moved(format!("/docs/{}/index.html", language.folder())));
        }
        if folders.contains(&path) {
            return Ok(Body::Moved(format!("/docs/{path}/index.html")));
        }
        let absent = || Refusal(StatusCode::NOT_FOUND, format!("the reference has no {path}"));
        let (content_type, bytes) = self.made.get_or_insert_with(path, || make(path).ok_or_else(absent))?;
        Ok(Body::Made(content_type, bytes))
    }
}

fn make(path: &str) -> Option<(&'static str, Bytes)> {
    if let Some(asset) = site::asset(path) {
        return Some((asset.content_type, asset.text.into_owned().into()));
    }
    if let Some(file) = site::source(path) {
        return Some((HTML, site::page(&file, &doc::file(&file)?, Place::Server).into()));
    }
    Some(("text/markdown;charset=utf-8", doc::file(path)?.into()))
}

/// The language that the query of a page says, or else the one that a browser asks for first, of those that there are.
pub(super) fn language(query: Option<&str>, headers: &HeaderMap) -> Language {
    let said = |query: &str| {
        Language::ALL
            .into_iter()
            .find(|it| query.split('&').any(|pair| pair == format!("lang={}", it.folder())))
    };
    if let Some(language) = query.and_then(said) {
        return language;
    }
    let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let known =
        |tag: &str| Language::ALL.into_iter().find(|language| tag.trim().starts_with(language.folder()));
    wanted.split(',').find_map(known).unwrap_or(Language::En)
}
