//! The files that the rules look at.

use std::path::Path;
use std::str::FromStr;

use proc_macro2::TokenStream;

use crate::Outcome;
use crate::machine;

/// The files of a repository.
pub(super) struct Tree {
    pub(super) files: Vec<File>,
}

/// One file.
pub(super) struct File {
    /// Where it lies, from the root of the repository.
    pub(super) path: String,
    /// How long it is, in bytes.
    pub(super) size: usize,
    /// What it says, if it is text.
    pub(super) text: Option<String>,
    /// Its tokens, if it is Rust.
    pub(super) tokens: Option<TokenStream>,
}

impl Tree {
    /// The files that git knows, and new ones that it is not told to ignore.
    pub(super) fn of_repository() -> Outcome<Self> {
        let args = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
        let listed = machine::output(&mut machine::command("git", &args))?;
        let paths = listed.split_terminator('\0').filter(|path| is_file(&machine::root().join(path)));
        let read = |path: &str| {
            let bytes =
                std::fs::read(machine::root().join(path)).map_err(|error| format!("{path}: {error}"))?;
            File::new(path, bytes)
        };
        Ok(Self { files: paths.map(read).collect::<Outcome<_>>()? })
    }

    /// The files that are Rust, with their tokens.
    pub(super) fn rust(&self) -> impl Iterator<Item = (&File, &TokenStream)> {
        self.files.iter().filter_map(|file| Some((file, file.tokens.as_ref()?)))
    }

    /// The files that are text.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|file| Some((file.path.as_str(), file.text.as_deref()?)))
    }
}

impl File {
    fn new(path: &str, bytes: Vec<u8>) -> Outcome<Self> {
        let size = bytes.len();
        let text = String::from_utf8(bytes).ok();
        let tokens = match &text {
            Some(text) if path.ends_with(".rs") => {
                let tokens = TokenStream::from_str(text);
                Some(tokens.map_err(|error| format!("{path} is not Rust: {error}"))?)
            }
            _ => None,
        };
        Ok(Self { path: path.to_owned(), size, text, tokens })
    }
}

/// A deleted file may still be listed, and a link is judged where it leads.
fn is_file(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| metadata.is_file())
}

#[cfg(test)]
impl Tree {
    /// A tree of paths and texts.
    pub(super) fn given(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| File::new(path, text.as_bytes().to_vec()).unwrap();
        Self { files: files.iter().map(file).collect() }
    }
}
