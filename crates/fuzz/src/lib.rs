//! What must be true whatever comes in, one target for each way in.
//!
//! A target takes any bytes and panics when what it says is not so. libFuzzer drives the targets from `fuzz/`, and
//! `cargo xtask fuzz` without a nightly toolchain. Inputs are lines of text wherever they can be, so that those in
//! `fuzz/corpus` can be read and written by hand.

mod clouds;
mod http;
mod import;
mod output;
mod parameters;
mod policy;
mod reads;
mod records;
mod v1;
mod v3;
mod world;

/// A way in.
pub struct Target {
    /// What it is called: its folder in `fuzz/corpus`.
    pub name: &'static str,
    /// Judges one input.
    pub run: fn(&[u8]) -> Reached,
}

/// How far an input came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// It was refused, or could not even be read.
    Door,
    /// It came to what the target is about.
    Inside,
}

/// All targets.
pub const TARGETS: &[Target] = &[
    Target { name: "http", run: http::run },
    Target { name: "import", run: import::run },
    Target { name: "output", run: output::run },
    Target { name: "parameters", run: parameters::run },
    Target { name: "policy", run: policy::run },
    Target { name: "reads", run: reads::run },
    Target { name: "records", run: records::run },
    Target { name: "v1", run: v1::run },
    Target { name: "v3", run: v3::run },
    Target { name: "world", run: world::run },
];

/// Judges one input of the target of this name.
///
/// # Panics
///
/// When there is no such target, and when what the target says is not so.
pub fn run(name: &str, input: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name);
    (target.unwrap_or_else(|| panic!("there is no target {name}")).run)(input);
}

/// The lines of a text, of which the last is all the rest; those that are not there are empty. None for what is no text.
fn lines<const N: usize>(input: &[u8]) -> Option<[&str; N]> {
    let mut lines = str::from_utf8(input).ok()?.splitn(N, '\n');
    Some(std::array::from_fn(|_| lines.next().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    /// Whether somebody wrote the input: libFuzzer calls what it found by its hash.
    fn is_written(name: &str) -> bool {
        !(name.len() == 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit()))
    }

    #[test]
    fn what_was_written_by_hand_is_still_let_in() {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
        let mut wrong = vec![];
        for Target { name, run } in TARGETS {
            for entry in fs::read_dir(corpus.join(name)).unwrap() {
                let path = entry.unwrap().path();
                let input = path.file_name().unwrap().to_str().unwrap();
                let expected = if input.starts_with("refused") { Reached::Door } else { Reached::Inside };
                if is_written(input) && run(&fs::read(&path).unwrap()) != expected {
                    wrong.push(format!("{name}/{input}"));
                }
            }
        }
        assert_eq!(wrong, Vec::<String>::new());
    }
}
