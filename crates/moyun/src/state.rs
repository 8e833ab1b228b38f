//! The stored state from the command line: of a running server, or in a data directory where none runs.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use moyun_cloud::cloud::Cloud;
use moyun_cloud::state::differences;
use moyun_cloud::world::PatchError;
use moyun_server::env::Machine;
use moyun_store::{Engine, MemoryEngine, OpenError, RedbEngine};
use moyun_wire::encode::encode;
use serde_json::Value;

use crate::args::{At, State, StateCommand};
use crate::start::{close_to_others, with_causes};

/// What a save is called in its folder, after its name.
const ENDING: &str = ".ndjson";

/// Does what was asked; 1 when something was found, 2 when it could not be done.
pub(crate) fn run(state: &State) -> ExitCode {
    match state.run() {
        Ok((text, found)) => {
            print!("{text}");
            if found { ExitCode::FAILURE } else { ExitCode::SUCCESS }
        }
        Err(sentence) => {
            eprintln!("moyun: {sentence}");
            ExitCode::from(2)
        }
    }
}

/// What to print, and whether something was found.
type Told = Result<(String, bool), String>;

impl State {
    fn run(&self) -> Told {
        let account = self.account.as_deref();
        let told = match &self.command {
            StateCommand::Save { name, replace } => {
                let path = self.path(name)?;
                if path.exists() && !replace {
                    return Err(format!("there is a save {name} already; say --replace to replace it"));
                }
                let lines = self.source()?.export(account)?;
                keep(&path, &lines)?;
                format!("saved {} records in {}\n", lines.lines().count(), path.display())
            }
            StateCommand::Load { name } => told_of(self.source()?.import(account, self.saved(name)?)?),
            StateCommand::Fork { name, dir } => self.fork(name, dir)?,
            StateCommand::Diff { name } => return self.diff(name),
            StateCommand::List => self.list()?,
            StateCommand::Remove { name } => {
                let path = self.path(name)?;
                fs::remove_file(&path).map_err(|error| absent(name, &path, &error))?;
                format!("removed {}\n", path.display())
            }
            StateCommand::Export { file, without_secrets } => {
                let mut lines = self.source()?.export(account)?;
                if *without_secrets {
                    lines = without_secrets_of(&lines)?;
                }
                let Some(file) = file else { return Ok((lines, false)) };
                keep(file, &lines)?;
                format!("wrote {} records to {}\n", lines.lines().count(), file.display())
            }
            StateCommand::Import { file } => {
                let unreadable = |error| format!("{} cannot be read: {error}", file.display());
                let lines = fs::read_to_string(file).map_err(unreadable)?;
                told_of(self.source()?.import(account, lines)?)
            }
            StateCommand::Check => return found(&self.source()?.problems()?),
        };
        Ok((told, false))
    }

    fn diff(&self, name: &str) -> Told {
        let (before, now) = (self.saved(name)?, self.source()?.export(self.account.as_deref())?);
        found(&differences(&before, &now).map_err(|sentence| format!("the save {name}: {sentence}"))?)
    }

    /// A data directory of its own, so that ids and secrets may be the same in both.
    fn fork(&self, name: &str, dir: &Path) -> Result<String, String> {
        let lines = self.saved(name)?;
        if dir.join("moyun.redb").exists() {
            return Err(format!("{} holds a state already; choose another directory", dir.display()));
        }
        // What makes no sense is refused before anything is made.
        open(Arc::new(MemoryEngine::new()))?.import(None, lines.clone()).map_err(sentence)?;
        close_to_others(dir).map_err(|error| format!("{} cannot be made: {error}", dir.display()))?;
        let cloud = open(Arc::new(RedbEngine::open(dir).map_err(|error| with_causes(&error))?))?;
        cloud.import(None, lines).map_err(sentence)?;
        cloud.close();
        Ok(format!("{} begins with {name}: moyun --data {}\n", dir.display(), dir.display()))
    }

    fn list(&self) -> Result<String, String> {
        let folder = self.folder();
        let unreadable = |error: io::Error| format!("{} cannot be read: {error}", folder.display());
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(String::new()),
            entries => entries.map_err(unreadable)?,
        };
        let mut names = vec![];
        for entry in entries {
            let file = entry.map_err(unreadable)?.file_name();
            let name = file.to_str().and_then(|file| file.strip_suffix(ENDING));
            names.extend(name.filter(|name| is_name(name)).map(|name| format!("{name}\n")));
        }
        names.sort();
        Ok(names.concat())
    }

    fn saved(&self, name: &str) -> Result<String, String> {
        let path = self.path(name)?;
        fs::read_to_string(&path).map_err(|error| absent(name, &path, &error))
    }

    fn path(&self, name: &str) -> Result<PathBuf, String> {
        match is_name(name) {
            true => Ok(self.folder().join(format!("{name}{ENDING}"))),
            false => Err(format!("{name} is no name of a save: use letters, digits, `.`, `-` and `_`")),
        }
    }

    fn folder(&self) -> PathBuf {
        self.saves.clone().unwrap_or_else(|| self.data.join("saves"))
    }

    /// The state that is meant: in the directory, unless it has none or a process works on it. Says which it is, for a
    /// directory from before may lie beside a server that keeps its state elsewhere.
    fn source(&self) -> Result<Source<'_>, String> {
        let opened = match self.data.join("moyun.redb").exists() {
            true => RedbEngine::open(&self.data).map(Some),
            false => Ok(None),
        };
        match opened {
            Ok(Some(engine)) => {
                eprintln!("moyun: on the directory {}, which no server uses", self.data.display());
                if let Some(upgrade) = engine.upgrade() {
                    eprintln!("moyun: {upgrade}");
                }
                open(Arc::new(engine)).map(Source::Directory)
            }
            Ok(None) | Err(OpenError::Held { .. }) => {
                eprintln!("moyun: on the server at {}", self.at.admin);
                Ok(Source::Server(&self.at))
            }
            Err(error) => Err(with_causes(&error)),
        }
    }
}

/// Where a state is.
enum Source<'a> {
    Server(&'a At),
    Directory(Cloud),
}

impl Source<'_> {
    fn export(&self, account: Option<&str>) -> Result<String, String> {
        match self {
            Source::Server(at) => at.ask_text("GET", &path_of(account), ""),
            Source::Directory(cloud) => {
                cloud.export(account.map(Into::into).as_ref()).map_err(|fault| fault.chain())
            }
        }
    }

    /// Replaces the state; how many records came.
    fn import(&self, account: Option<&str>, lines: String) -> Result<u64, String> {
        match self {
            Source::Server(at) => {
                let told = at.ask_text("PUT", &path_of(account), &lines)?;
                let told: Value = serde_json::from_str(&told).unwrap_or_default();
                Ok(told["records"].as_u64().unwrap_or_default())
            }
            Source::Directory(cloud) => cloud.import(account.map(Into::into), lines).map_err(sentence),
        }
    }

    fn problems(&self) -> Result<Vec<String>, String> {
        match self {
            Source::Server(at) => {
                let told = at.ask("GET", "/admin/state/problems", None)?;
                let told = told["problems"].as_array().cloned().unwrap_or_default();
                Ok(told.iter().filter_map(Value::as_str).map(str::to_owned).collect())
            }
            Source::Directory(cloud) => cloud.problems().map_err(|fault| fault.chain()),
        }
    }
}

fn open(engine: Arc<dyn Engine>) -> Result<Cloud, String> {
    Cloud::open(engine, Arc::new(Machine), Value::Null).map_err(sentence)
}

fn path_of(account: Option<&str>) -> String {
    let part = account.map(|uid| format!("/accounts/{}", encode(uid)));
    format!("/admin/state{}", part.unwrap_or_default())
}

fn sentence(error: PatchError) -> String {
    match error {
        PatchError::Refused(sentence) => sentence,
        PatchError::Fault(fault) => fault.chain(),
    }
}

fn told_of(records: u64) -> String {
    format!("the state is that of {records} records\n")
}

fn found(sentences: &[String]) -> Told {
    let lines = sentences.iter().map(|sentence| format!("{sentence}\n")).collect();
    Ok((lines, !sentences.is_empty()))
}

fn absent(name: &str, path: &Path, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => {
            format!("there is no save {name} in {}", path.with_file_name("").display())
        }
        _ => format!("{}: {error}", path.display()),
    }
}

fn is_name(name: &str) -> bool {
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
    is_plain && !name.is_empty() && !name.starts_with('.')
}

/// Writes a file for its owner alone, whole or not at all.
fn keep(path: &Path, lines: &str) -> Result<(), String> {
    let write = || {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        }
        let mut draft = path.as_os_str().to_owned();
        draft.push(".new");
        let draft = PathBuf::from(draft);
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
        file.write_all(lines.as_bytes())?;
        file.sync_all()?;
        fs::rename(&draft, path)
    };
    write().map_err(|error: io::Error| format!("{} cannot be written: {error}", path.display()))
}

/// The lines without what somebody could sign with, or was told once.
fn without_secrets_of(lines: &str) -> Result<String, String> {
    let mut left = String::new();
    for line in lines.lines() {
        let mut line: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        if line["table"] == "client_token" {
            continue;
        }
        if let Some(secret) = line.pointer_mut("/record/facts/secret") {
            *secret = Value::Null;
        }
        left.push_str(&format!("{line}\n"));
    }
    Ok(left)
}
