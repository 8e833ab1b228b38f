//! Rules about files and their lines.

use super::Finding;
use super::tree::Tree;

const BYTES_MAX: usize = 1 << 20;
const RUST_LINES_MAX: usize = 500;

// Put together here, because this file is judged like any other.
const OPEN_ENDS: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];
const OUR_PLACES: [&str; 2] = [concat!("/wo", "rk/"), concat!("../sh", "ared")];

/// A repository is cloned by everybody, whole.
pub(super) fn no_file_over_a_mebibyte(tree: &Tree) -> Vec<Finding> {
    let large = tree.files.iter().filter(|file| file.size > BYTES_MAX);
    large
        .map(|file| Finding::new(&file.path, 1, format!("the file has {} bytes, over 1 MiB", file.size)))
        .collect()
}

/// A file fits into one head.
pub(super) fn rust_files_are_short(tree: &Tree) -> Vec<Finding> {
    let lengths = tree
        .texts()
        .filter(|(path, _)| path.ends_with(".rs"))
        .map(|(path, text)| (path, text.lines().count()));
    let long = lengths.filter(|(_, lines)| *lines > RUST_LINES_MAX);
    let tell = |(path, lines)| {
        Finding::new(path, RUST_LINES_MAX + 1, format!("the file has {lines} lines, over {RUST_LINES_MAX}"))
    };
    long.map(tell).collect()
}

/// A document is about one thing. The reference pages have a form of their own, with two headings of the
/// first level.
pub(super) fn markdown_has_one_title(tree: &Tree) -> Vec<Finding> {
    let documents =
        tree.texts().filter(|(path, _)| path.ends_with(".md") && !path.starts_with("docs/reference/"));
    documents.flat_map(|(path, text)| wrong_titles(path, text)).collect()
}

fn wrong_titles(path: &str, text: &str) -> Vec<Finding> {
    let mut fenced = false;
    let mut titles = Vec::new();
    for (index, line) in text.lines().enumerate() {
        fenced ^= line.trim_start().starts_with("```");
        if !fenced && line.starts_with("# ") {
            titles.push(index + 1);
        }
    }
    if titles.is_empty() {
        return vec![Finding::new(path, 1, "the document has no `# Title`")];
    }
    let more = titles.into_iter().skip(1);
    more.map(|line| Finding::new(path, line, "the document has a second `# Title`")).collect()
}

/// What is left open is found again only by the number of its issue.
pub(super) fn open_ends_name_an_issue(tree: &Tree) -> Vec<Finding> {
    in_lines(tree, |_, line| {
        let open = OPEN_ENDS.into_iter().find(|word| is_word(line, word) && !names_issue(line))?;
        Some(format!("{open} without the number of an issue"))
    })
}

/// Names of places on our machines mean nothing to anybody else.
pub(super) fn no_places_of_our_machines(tree: &Tree) -> Vec<Finding> {
    in_lines(tree, |path, line| {
        let place =
            OUR_PLACES.into_iter().find(|place| !path.starts_with(".ci/") && names_place(line, place))?;
        Some(format!("`{place}` exists only on our machines"))
    })
}

fn in_lines(tree: &Tree, judge: impl Fn(&str, &str) -> Option<String>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.texts() {
        for (index, line) in text.lines().enumerate() {
            findings.extend(judge(path, line).map(|sentence| Finding::new(path, index + 1, sentence)));
        }
    }
    findings
}

fn is_word(line: &str, word: &str) -> bool {
    let part_of_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(word).any(|(at, _)| {
        !line[..at].ends_with(part_of_word) && !line[at + word.len()..].starts_with(part_of_word)
    })
}

fn names_issue(line: &str) -> bool {
    line.match_indices('#').any(|(at, _)| line[at + 1..].starts_with(|digit: char| digit.is_ascii_digit()))
}

// `/network/` and `a/b/../x` are other places.
fn names_place(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| !line[..at].ends_with(|letter: char| letter.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(findings: &[Finding]) -> Vec<usize> {
        findings.iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn file_of_one_mebibyte_is_the_largest() {
        let largest = "x".repeat(BYTES_MAX);
        let larger = "x".repeat(BYTES_MAX + 1);
        let tree = Tree::given(&[("a.bin", &largest), ("b.bin", &larger)]);
        assert_eq!(
            no_file_over_a_mebibyte(&tree),
            [Finding::new("b.bin", 1, "the file has 1048577 bytes, over 1 MiB")]
        );
    }

    #[test]
    fn rust_file_of_501_lines_is_too_long() {
        let fits = "\n".repeat(500);
        let long = "\n".repeat(501);
        let tree = Tree::given(&[("a.rs", &fits), ("b.rs", &long), ("c.txt", &long)]);
        assert_eq!(
            rust_files_are_short(&tree),
            [Finding::new("b.rs", 501, "the file has 501 lines, over 500")]
        );
    }

    #[test]
    fn document_needs_exactly_one_title() {
        let tree = Tree::given(&[
            ("none.md", "text\n## part\n"),
            ("one.md", "# Title\n\n```sh\n# a comment\n```\n"),
            ("two.md", "# Title\n\n# Another\n"),
            ("docs/reference/en/RunInstances.md", "# RunInstances\n\n# Example\n"),
        ]);
        let findings = markdown_has_one_title(&tree);
        assert_eq!(
            findings,
            [
                Finding::new("none.md", 1, "the document has no `# Title`"),
                Finding::new("two.md", 3, "the document has a second `# Title`"),
            ]
        );
    }

    #[test]
    fn open_end_needs_an_issue() {
        let word = OPEN_ENDS[0];
        let text = format!("// {word}(#12): known\n// {word}: unknown\nlet MY_{word}S = 1;\n");
        assert_eq!(lines(&open_ends_name_an_issue(&Tree::given(&[("a.py", &text)]))), [2]);
    }

    #[test]
    fn place_of_our_machines_is_found_outside_ci() {
        let place = OUR_PLACES[0];
        let text = format!("see {place}notes\nhttp://host/net{}x\n", &place[1..]);
        let tree = Tree::given(&[("README.md", &text), (".ci/run", &text)]);
        assert_eq!(lines(&no_places_of_our_machines(&tree)), [1]);
    }
}
