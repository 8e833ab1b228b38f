//! The rule that no Rust file is dead.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::Finding;
use super::rust::{is_ident, is_punct};
use super::tree::Tree;

/// A file that no `mod` leads to is not compiled, so nobody notices when it goes wrong.
pub(super) fn every_rust_file_is_compiled(tree: &Tree) -> Vec<Finding> {
    let files: BTreeMap<&str, &TokenStream> =
        tree.rust().map(|(file, tokens)| (file.path.as_str(), tokens)).collect();
    let mut compiled = BTreeSet::new();
    let mut waiting: Vec<String> =
        files.keys().filter(|path| is_root(path)).map(|path| (*path).to_owned()).collect();
    while let Some(path) = waiting.pop() {
        let Some(tokens) = files.get(path.as_str()) else { continue };
        if compiled.insert(path.clone()) {
            waiting.extend(declared(&path, tokens));
        }
    }
    let dead = files.keys().filter(|path| in_crate(path).is_some() && !compiled.contains(**path));
    dead.map(|path| Finding::new(path, 1, "no `mod` leads to this file")).collect()
}

/// The path inside its crate, for a file of one of our crates.
fn in_crate(path: &str) -> Option<&str> {
    path.strip_prefix("xtask/").or_else(|| Some(path.strip_prefix("crates/")?.split_once('/')?.1))
}

/// Whether cargo compiles the file without being led to it.
fn is_root(path: &str) -> bool {
    let parts: Vec<&str> = in_crate(path).map(|inside| inside.split('/').collect()).unwrap_or_default();
    matches!(
        parts[..],
        ["build.rs"]
            | ["src", "lib.rs" | "main.rs"]
            | ["src", "bin", _]
            | ["src", "bin", _, "main.rs"]
            | ["tests" | "benches" | "examples", _]
            | ["tests" | "benches" | "examples", _, "main.rs"]
    )
}

/// Every place where a module that the file declares can lie.
fn declared(path: &str, tokens: &TokenStream) -> Vec<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.trim_end_matches(".rs");
    let children =
        if is_root(path) || stem == "mod" { folder.to_owned() } else { format!("{folder}/{stem}") };
    let mut places = Vec::new();
    collect(tokens, folder, &children, &mut places);
    places
}

/// Looks into the bodies of macros too, since a macro may declare modules.
fn collect(tokens: &TokenStream, folder: &str, children: &str, places: &mut Vec<String>) {
    let level: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut named = None;
    let mut inside = None;
    for (at, token) in level.iter().enumerate() {
        match token {
            TokenTree::Group(group) => {
                named = path_attribute(&group.stream()).or(named);
                let deeper = inside.take().filter(|_| group.delimiter() == Delimiter::Brace);
                collect(&group.stream(), folder, deeper.as_deref().unwrap_or(children), places);
            }
            TokenTree::Ident(name) if at > 0 && is_ident(&level[at - 1], "mod") => {
                if !level.get(at + 1).is_some_and(|next| is_punct(next, ';')) {
                    inside = Some(format!("{children}/{name}"));
                } else if let Some(named) = named.take() {
                    places.push(format!("{folder}/{named}"));
                } else {
                    places.extend([format!("{children}/{name}.rs"), format!("{children}/{name}/mod.rs")]);
                }
            }
            _ => {}
        }
    }
}

/// The value of `path = ".."` in an attribute.
fn path_attribute(attribute: &TokenStream) -> Option<String> {
    let tokens: Vec<TokenTree> = attribute.clone().into_iter().collect();
    match &tokens[..] {
        [name, equals, TokenTree::Literal(value)] if is_ident(name, "path") && is_punct(equals, '=') => {
            Some(value.to_string().trim_matches('"').to_owned())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dead(files: &[(&str, &str)]) -> Vec<String> {
        every_rust_file_is_compiled(&Tree::given(files)).into_iter().map(|finding| finding.path).collect()
    }

    #[test]
    fn files_that_modules_lead_to_are_compiled() {
        let files = [
            ("crates/a/src/lib.rs", "mod one;\npub(crate) mod two;\nmod inline { mod deep; }\n"),
            ("crates/a/src/one.rs", "mod child;"),
            ("crates/a/src/one/child.rs", ""),
            ("crates/a/src/two/mod.rs", "families! { mod listed; }"),
            ("crates/a/src/two/listed.rs", "#[cfg(test)]\n#[path = \"other.rs\"]\nmod tests;"),
            ("crates/a/src/two/other.rs", ""),
            ("crates/a/src/inline/deep.rs", ""),
            ("crates/a/tests/it/main.rs", "mod story;"),
            ("crates/a/tests/it/story.rs", ""),
            ("fuzz/fuzz_targets/any.rs", ""),
        ];
        assert_eq!(dead(&files), Vec::<String>::new());
    }

    #[test]
    fn file_that_nothing_leads_to_is_dead() {
        let files = [
            ("crates/a/src/lib.rs", "// mod forgotten;\nmod used;"),
            ("crates/a/src/used.rs", ""),
            ("crates/a/src/forgotten.rs", "mod below;"),
            ("crates/a/src/forgotten/below.rs", ""),
        ];
        assert_eq!(dead(&files), ["crates/a/src/forgotten.rs", "crates/a/src/forgotten/below.rs"]);
    }
}
