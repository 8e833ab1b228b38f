//! The rule that an action which is written is also offered.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};

use super::Finding;
use super::rust::{for_each_level, is_ident};
use super::tree::Tree;

const PRODUCTS: &str = "crates/cloud/src/";
const REGISTRY: &str = "crates/cloud/src/registry.rs";

/// Every struct that derives `Action` stands in the registry: as often as products have one of that name.
pub(super) fn every_action_is_registered(tree: &Tree) -> Vec<Finding> {
    let mut registered = BTreeMap::<String, usize>::new();
    for (_, tokens) in tree.rust().filter(|(file, _)| file.path == REGISTRY) {
        for_each_level(tokens, &mut |level| {
            for token in level {
                if let TokenTree::Ident(name) = token {
                    *registered.entry(name.to_string()).or_default() += 1;
                }
            }
        });
    }
    let mut findings = Vec::new();
    for (file, tokens) in tree.rust().filter(|(file, _)| is_in_family(&file.path)) {
        for (name, line) in actions(tokens) {
            let left = registered.entry(name.clone()).or_default();
            if *left == 0 {
                findings.push(Finding::new(&file.path, line, format!("`{name}` is missing in {REGISTRY}")));
            }
            *left = left.saturating_sub(1);
        }
    }
    findings
}

/// Whether the file lies in the folder of a product's family.
fn is_in_family(path: &str) -> bool {
    path.strip_prefix(PRODUCTS).is_some_and(|inside| inside.split('/').count() >= 3)
}

/// The structs that derive `Action`, with their lines.
fn actions(tokens: &TokenStream) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for_each_level(tokens, &mut |level| {
        let mut derives = false;
        for pair in level.windows(2) {
            derives |= matches!(&pair[0], TokenTree::Group(attribute) if derives_action(&attribute.stream()));
            if let TokenTree::Ident(name) = &pair[1]
                && is_ident(&pair[0], "struct")
                && std::mem::take(&mut derives)
            {
                found.push((name.to_string(), name.span().start().line));
            }
        }
    });
    found
}

fn derives_action(attribute: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = attribute.clone().into_iter().collect();
    match &tokens[..] {
        [derive, TokenTree::Group(list)] if is_ident(derive, "derive") => {
            list.stream().into_iter().any(|token| is_ident(&token, "Action"))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STOP: &str = "/// Stops.\n#[derive(Debug, Action)]\n#[action(write)]\npub struct StopInstance {}\n\nstruct Other;\n";

    #[test]
    fn action_that_is_not_registered_is_found() {
        let tree = Tree::given(&[
            ("crates/cloud/src/ecs/instance/stop_instance.rs", STOP),
            (
                REGISTRY,
                "// StopInstance\nconst ALL: &[&Entry] = &[entry::<StartInstance>(\"StopInstance\")];",
            ),
        ]);
        let sentence = "`StopInstance` is missing in crates/cloud/src/registry.rs";
        let path = "crates/cloud/src/ecs/instance/stop_instance.rs";
        assert_eq!(every_action_is_registered(&tree), [Finding::new(path, 4, sentence)]);
    }

    #[test]
    fn registered_action_is_right() {
        let registry = "const ALL: &[&Entry] = &[entry::<ecs::instance::StopInstance>()];";
        let tree =
            Tree::given(&[("crates/cloud/src/ecs/instance/stop_instance.rs", STOP), (REGISTRY, registry)]);
        assert_eq!(every_action_is_registered(&tree), []);
    }

    #[test]
    fn name_in_two_products_is_registered_twice() {
        let tag = "#[derive(Action)]\nstruct TagResources;";
        let tree = Tree::given(&[
            ("crates/cloud/src/ecs/tag/tag_resources.rs", tag),
            ("crates/cloud/src/vpc/tag/tag_resources.rs", tag),
            (REGISTRY, "actions!(ecs::tag::TagResources);"),
        ]);
        let paths: Vec<String> =
            every_action_is_registered(&tree).into_iter().map(|finding| finding.path).collect();
        assert_eq!(paths, ["crates/cloud/src/vpc/tag/tag_resources.rs"]);
    }
}
