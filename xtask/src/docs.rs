//! `cargo xtask docs`: the reference, made from the definitions of the actions.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::Outcome;
use crate::machine;

/// What `cargo xtask docs` can be told.
#[derive(Args)]
pub(crate) struct Options {
    /// Change nothing; fail and name the files if there is something to change.
    #[arg(long)]
    check: bool,
}

/// Writes the reference, or tells where it differs.
pub(crate) fn run(options: &Options) -> Outcome {
    if options.check { check() } else { write() }
}

/// Fails and names the files if the reference is not what the definitions say.
pub(crate) fn check() -> Outcome {
    let changes = Changes::find(&folder(), moyun_cloud::doc::reference())?;
    for sentence in changes.sentences() {
        println!("{sentence}");
    }
    match changes.sentences().len() {
        0 => Ok(()),
        count => Err(format!("{count} files of docs/reference differ: run `cargo xtask docs`")),
    }
}

fn write() -> Outcome {
    let folder = folder();
    let changes = Changes::find(&folder, moyun_cloud::doc::reference())?;
    for (path, text) in &changes.written {
        let file = folder.join(path);
        let parent = file.parent().expect("a file within a folder has one");
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(&file, text))
            .map_err(|error| format!("{}: {error}", file.display()))?;
    }
    for path in &changes.removed {
        let file = folder.join(path);
        fs::remove_file(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    println!("{} files written, {} removed", changes.written.len(), changes.removed.len());
    Ok(())
}

fn folder() -> PathBuf {
    machine::root().join("docs/reference")
}

/// What has to happen to a folder, by path below it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Changes {
    written: BTreeMap<String, String>,
    removed: BTreeSet<String>,
}

impl Changes {
    fn find(folder: &Path, wanted: BTreeMap<String, String>) -> Outcome<Changes> {
        let mut present = BTreeMap::new();
        read(folder, "", &mut present)?;
        let removed = present.keys().filter(|path| !wanted.contains_key(*path)).cloned().collect();
        let differs = |(path, text): &(String, String)| present.get(path) != Some(text);
        Ok(Changes { written: wanted.into_iter().filter(differs).collect(), removed })
    }

    fn sentences(&self) -> Vec<String> {
        let written =
            self.written.keys().map(|path| format!("docs/reference/{path} is missing or not up to date"));
        let removed = self.removed.iter().map(|path| format!("docs/reference/{path} belongs to no action"));
        written.chain(removed).collect()
    }
}

fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) -> Outcome {
    let tell = |error| format!("{}: {error}", folder.display());
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(tell)?,
    };
    for entry in entries {
        let entry = entry.map_err(tell)?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().map_err(tell)?.is_dir() {
            read(&entry.path(), &format!("{path}/"), files)?;
        } else {
            // A file that is no text differs from every page.
            let text = fs::read(entry.path()).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            files.insert(path, text.map_err(tell)?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn changes_are_what_is_new_different_or_gone() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("zh")).unwrap();
        fs::write(folder.path().join("zh/same.md"), "same").unwrap();
        fs::write(folder.path().join("zh/old.md"), "old").unwrap();
        fs::write(folder.path().join("gone.md"), "gone").unwrap();
        let wanted = files(&[("zh/same.md", "same"), ("zh/old.md", "new"), ("en/more.md", "more")]);
        let changes = Changes::find(folder.path(), wanted).unwrap();
        assert_eq!(changes.written, files(&[("zh/old.md", "new"), ("en/more.md", "more")]));
        assert_eq!(changes.removed, BTreeSet::from(["gone.md".to_owned()]));
    }

    #[test]
    fn an_absent_folder_is_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        let changes = Changes::find(&folder.path().join("none"), BTreeMap::new()).unwrap();
        assert_eq!(changes, Changes::default());
    }
}
