//! Rules about what stands in Rust files. They read tokens, so neither comments nor texts deceive them.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::Finding;
use super::tree::Tree;

const FUNCTION_LINES_MAX: usize = 70;

/// A function is read on one screen.
pub(super) fn functions_are_short(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, tokens) in tree.rust() {
        for_each_level(tokens, &mut |level| {
            for (at, token) in level.iter().enumerate() {
                if let Some((name, body)) = function(token, &level[at + 1..]) {
                    let first = token.span().start().line;
                    let lines = body.span_close().end().line + 1 - first;
                    if lines > FUNCTION_LINES_MAX {
                        let sentence = format!("`{name}` has {lines} lines, over {FUNCTION_LINES_MAX}");
                        findings.push(Finding::new(&file.path, first, sentence));
                    }
                }
            }
        });
    }
    findings
}

/// The macro is for one's own screen. It also hides in the bodies of macros, where clippy does not look.
pub(super) fn no_debug_macro(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, tokens) in tree.rust() {
        for_each_level(tokens, &mut |level| {
            for pair in level.windows(2) {
                if is_ident(&pair[0], "dbg") && is_punct(&pair[1], '!') {
                    findings.push(Finding::new(&file.path, pair[0].span().start().line, "a leftover `dbg!`"));
                }
            }
        });
    }
    findings
}

/// Calls `visit` with the tokens of a stream, then with those inside each of its brackets, and so on.
pub(super) fn for_each_level(tokens: &TokenStream, visit: &mut impl FnMut(&[TokenTree])) {
    let level: Vec<TokenTree> = tokens.clone().into_iter().collect();
    visit(&level);
    for token in &level {
        if let TokenTree::Group(group) = token {
            for_each_level(&group.stream(), visit);
        }
    }
}

pub(super) fn is_ident(token: &TokenTree, name: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == name)
}

pub(super) fn is_punct(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// The name and the body of a function that begins with `token` and goes on with `rest`.
fn function<'t>(token: &TokenTree, rest: &'t [TokenTree]) -> Option<(String, &'t Group)> {
    let Some(TokenTree::Ident(name)) = rest.first().filter(|_| is_ident(token, "fn")) else { return None };
    let signature_end = |token: &&TokenTree| is_punct(token, ';') || braced(token).is_some();
    let body = braced(rest.iter().find(signature_end)?)?;
    Some((name.to_string(), body))
}

fn braced(token: &TokenTree) -> Option<&Group> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function_of(lines: usize) -> String {
        format!("fn f() {{\n{}}}\n", "    g();\n".repeat(lines - 2))
    }

    #[test]
    fn function_of_71_lines_is_too_long() {
        assert_eq!(functions_are_short(&Tree::given(&[("a.rs", &function_of(70))])), []);
        let long = format!("mod m {{\nimpl T {{\n{}}}\n}}\n", function_of(71));
        let findings = functions_are_short(&Tree::given(&[("a.rs", &long)]));
        assert_eq!(findings, [Finding::new("a.rs", 3, "`f` has 71 lines, over 70")]);
    }

    #[test]
    fn only_functions_with_a_body_are_measured() {
        let text =
            format!("trait T {{ fn f(); }}\ntype F = fn(u8);\nstruct S {{\n{}}}\n", "    // x\n".repeat(80));
        assert_eq!(functions_are_short(&Tree::given(&[("a.rs", &text)])), []);
    }

    #[test]
    fn debug_macro_is_found_wherever_it_hides() {
        let text = "// dbg!(x)\nconst T: &str = \"dbg!(x)\";\nfn f() {\n    print!(\"{}\", dbg!(1));\n}\n";
        assert_eq!(
            no_debug_macro(&Tree::given(&[("a.rs", text)])),
            [Finding::new("a.rs", 4, "a leftover `dbg!`")]
        );
    }
}
