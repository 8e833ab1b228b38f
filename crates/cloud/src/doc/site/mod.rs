//! The reference as a site: its pages as HTML, and a search that needs no server.
//!
//! All links are relative, so a page is the same wherever the site lies, also on a disk.

mod frame;
mod html;
mod search;

use std::borrow::Cow;
use std::collections::BTreeMap;

pub use frame::{Frame, Place, escape};

use crate::doc::form::Language;

/// The folder of what pages load, beside those of the languages.
const ASSETS: &str = "assets/";

/// Something that a page loads.
#[derive(Debug)]
pub struct Asset {
    /// Its media type.
    pub content_type: &'static str,
    /// What it is.
    pub text: Cow<'static, str>,
}

/// Where the page of a file of the reference lies within the site.
pub fn address(path: &str) -> String {
    path.replace("README.md", "index.md")
        .strip_suffix(".md")
        .map_or(path.to_owned(), |page| page.to_owned() + ".html")
}

/// The file of the reference from which a page of the site is made.
pub fn source(address: &str) -> Option<String> {
    let page = address.strip_suffix(".html")?;
    Some(page.strip_suffix("index").map_or(format!("{page}.md"), |folder| format!("{folder}README.md")))
}

/// The page that is made from a file of the reference.
pub fn page(path: &str, markdown: &str, place: Place) -> String {
    let language = if path.starts_with("zh/") { Language::Zh } else { Language::En };
    let twin = language.pick("en", "zh");
    let read = html::read(markdown);
    let file = path.rsplit('/').next().unwrap_or(path);
    let twin = path.split_once('/').map(|(_, within)| address(&format!("{twin}/{within}")));
    Frame {
        language,
        root: &"../".repeat(path.matches('/').count()),
        title: &read.title,
        headings: &read.headings,
        twin: twin.as_deref(),
        markdown: (place == Place::Server).then_some(file),
        place,
    }
    .around(&read.body)
}

/// What pages load, by its path within the site.
pub fn asset(path: &str) -> Option<Asset> {
    let (content_type, text) = match path.strip_prefix(ASSETS)? {
        "site.css" => ("text/css;charset=utf-8", include_str!("site.css").into()),
        "site.js" => ("text/javascript;charset=utf-8", include_str!("site.js").into()),
        "icon.svg" => ("image/svg+xml", include_str!("icon.svg").into()),
        "search-zh.js" => ("text/javascript;charset=utf-8", search::index(Language::Zh).into()),
        "search-en.js" => ("text/javascript;charset=utf-8", search::index(Language::En).into()),
        _ => return None,
    };
    Some(Asset { content_type, text })
}

/// The whole site as files, by their paths; it opens in a language.
pub fn files(opens: Language) -> BTreeMap<String, String> {
    let page = |(path, text): (String, String)| (address(&path), page(&path, &text, Place::Files));
    let mut files: BTreeMap<String, String> = super::reference().into_iter().map(page).collect();
    for name in ["site.css", "site.js", "icon.svg", "search-zh.js", "search-en.js"] {
        let path = format!("{ASSETS}{name}");
        let asset = asset(&path).expect("each of these names is served");
        files.insert(path, asset.text.into_owned());
    }
    let first = format!("{}/index.html", opens.folder());
    let door = format!(
        "<!doctype html><meta charset=\"utf-8\"><title>Moyun</title>\
        <meta http-equiv=\"refresh\" content=\"0;url={first}\"><a href=\"{first}\">Moyun</a>\n"
    );
    files.insert("index.html".to_owned(), door);
    files
}

#[cfg(test)]
mod tests {
    use super::{address, source};

    #[test]
    fn every_file_has_an_address_that_leads_back_to_it() {
        for (file, page) in [
            ("zh/README.md", "zh/index.html"),
            ("en/errors/README.md", "en/errors/index.html"),
            ("zh/ecs/StopInstance.md", "zh/ecs/StopInstance.html"),
            ("zh/errors/Account.Arrearage.md", "zh/errors/Account.Arrearage.html"),
        ] {
            assert_eq!((address(file), source(page)), (page.to_owned(), Some(file.to_owned())));
        }
        assert_eq!(source("zh/README.md"), None);
    }
}
