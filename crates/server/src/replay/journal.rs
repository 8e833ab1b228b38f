//! Nonces beside the store, without a sync for each.
//!
//! A folder holds one file for each minute, sixteen bytes for each nonce, and `state`. What was written survives the end
//! of the process however it ends, for the host has it. Only when the host itself goes down can the last nonces be
//! missing; so `state` says, durably, up to which timestamp requests have been accepted at most, and after such an end
//! nothing that is as old as that is accepted again.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use crate::replay::Nonce;
use crate::replay::window::Window;

/// Bytes of a nonce.
const PRINT: usize = 16;

/// Bytes of `state`: overwritten in place, so that a full disk does not stop it.
const STATE: usize = 128;

/// The ceiling is raised by this part of the window, so that it is made durable rarely.
const CEILING_STEP: i64 = 60;

/// In place of the host's boot: everything is on the disk.
const CLOSED: &str = "closed";

/// The journal of a running server.
#[derive(Debug)]
pub(super) struct Journal {
    folder: PathBuf,
    state_file: File,
    state: State,
    /// The file of the newest minute, and its length.
    newest: Option<(i64, File, u64)>,
}

/// What `state` says.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State {
    /// The boot of the host during which it was written, or that the journal was closed.
    boot: String,
    /// No request with a later timestamp was ever accepted.
    ceiling_ms: i64,
    /// Requests with a timestamp up to this one may have been accepted without being in the journal.
    floor_ms: i64,
    /// Whether every nonce could be written.
    whole: bool,
}

impl State {
    fn parse(text: &str) -> Option<State> {
        let mut words = text.split_ascii_whitespace();
        let state = State {
            boot: words.next()?.to_owned(),
            ceiling_ms: words.next()?.parse().ok()?,
            floor_ms: words.next()?.parse().ok()?,
            whole: words.next()? == "whole",
        };
        (words.next() == Some("end")).then_some(state)
    }

    fn bytes(&self) -> Vec<u8> {
        let State { boot, ceiling_ms, floor_ms, whole } = self;
        let whole = if *whole { "whole" } else { "torn" };
        format!("{:<width$}\n", format!("{boot} {ceiling_ms} {floor_ms} {whole} end"), width = STATE - 1)
            .into()
    }
}

impl Journal {
    /// Opens the journal in a folder, which is made if it is missing, and reads what it holds.
    pub(super) fn open(folder: &Path) -> io::Result<(Journal, Window)> {
        Journal::open_in(folder, &boot())
    }

    fn open_in(folder: &Path, boot: &str) -> io::Result<(Journal, Window)> {
        fs::create_dir_all(folder)?;
        let path = folder.join("state");
        let mut state = match fs::read(&path) {
            Ok(bytes) => State::parse(&String::from_utf8_lossy(&bytes)).ok_or_else(|| damaged(&path))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                State { boot: CLOSED.to_owned(), ceiling_ms: i64::MIN, floor_ms: i64::MIN, whole: true }
            }
            Err(error) => return Err(error),
        };
        let is_proven = state.whole && (state.boot == CLOSED || state.boot == boot && boot != UNKNOWN);
        if !is_proven {
            state.floor_ms = state.floor_ms.max(state.ceiling_ms);
        }
        state.boot = boot.to_owned();
        state.whole = true;
        let state_file = OpenOptions::new().write(true).create(true).truncate(false).open(&path)?;
        let window = read_minutes(folder)?;
        let mut journal = Journal { folder: folder.to_owned(), state_file, state, newest: None };
        journal.store()?;
        // The folder must know its file before anything is accepted on its word.
        File::open(folder)?.sync_all()?;
        Ok((journal, window))
    }

    /// Whether a request of this timestamp may have been accepted without a trace.
    pub(super) fn cannot_tell(&self, sent_ms: i64) -> bool {
        sent_ms <= self.state.floor_ms
    }

    /// Writes a nonce down before its request is accepted.
    pub(super) fn note(&mut self, print: u128, minute: i64, nonce: Nonce<'_>) -> io::Result<()> {
        let Nonce { sent_ms, now_ms, window_ms, .. } = nonce;
        // After the clock was set back a ceiling from the future would rule the present out.
        let highest_ms = now_ms.saturating_add(window_ms);
        if sent_ms > self.state.ceiling_ms || self.state.ceiling_ms > highest_ms {
            let step_ms = (window_ms / CEILING_STEP).max(1);
            let is_back = self.state.ceiling_ms > highest_ms;
            let raised_ms = sent_ms.max(now_ms).saturating_add(step_ms);
            self.state.ceiling_ms = if is_back { highest_ms } else { raised_ms.min(highest_ms).max(sent_ms) };
            self.store()?;
        }
        if let Err(error) = self.append(print, minute) {
            // A full disk: what cannot be proven later is refused later.
            if self.state.whole {
                self.state.whole = false;
                self.store()?;
                tracing::error!(%error, "a nonce could not be written down; the next start will be strict for a while");
            }
        }
        Ok(())
    }

    fn append(&mut self, print: u128, minute: i64) -> io::Result<()> {
        if self.newest.as_ref().is_none_or(|(newest, ..)| *newest != minute) {
            let file = OpenOptions::new().write(true).create(true).truncate(false).open(self.path(minute))?;
            let length = file.metadata()?.len();
            // A write that was cut short is written over.
            self.newest = Some((minute, file, length - length % PRINT as u64));
        }
        if let Some((_, file, length)) = &mut self.newest {
            file.write_all_at(&print.to_be_bytes(), *length)?;
            *length += PRINT as u64;
        }
        Ok(())
    }

    /// Removes a minute that nobody needs any more.
    pub(super) fn forget(&mut self, minute: i64) {
        if self.newest.as_ref().is_some_and(|(newest, ..)| *newest == minute) {
            self.newest = None;
        }
        // A file that stays is read and forgotten again after the next start.
        drop(fs::remove_file(self.path(minute)));
    }

    /// Removes everything; timestamps that could not be told are accepted again.
    pub(super) fn clear(&mut self) {
        self.newest = None;
        for (_, path) in minutes(&self.folder).unwrap_or_default() {
            drop(fs::remove_file(path));
        }
        self.state.floor_ms = i64::MIN;
        // If this fails the next start is stricter than it need be.
        drop(self.store());
    }

    /// Makes everything durable and says so.
    pub(super) fn close(&mut self) -> io::Result<()> {
        if !self.state.whole {
            return Ok(());
        }
        self.newest = None;
        for (_, path) in minutes(&self.folder)? {
            File::open(path)?.sync_all()?;
        }
        File::open(&self.folder)?.sync_all()?;
        self.state.boot = CLOSED.to_owned();
        self.store()
    }

    fn store(&mut self) -> io::Result<()> {
        self.state_file.write_all_at(&self.state.bytes(), 0)?;
        self.state_file.sync_data()
    }

    fn path(&self, minute: i64) -> PathBuf {
        self.folder.join(format!("{minute}.nonces"))
    }
}

/// Where the host does not tell its boots apart.
const UNKNOWN: &str = "unknown";

/// What tells this boot of the host from every other.
fn boot() -> String {
    let read = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    let boot = read.trim();
    if boot.is_empty() || boot.contains(char::is_whitespace) { UNKNOWN.to_owned() } else { boot.to_owned() }
}

fn damaged(path: &Path) -> io::Error {
    let sentence = format!(
        "{} is damaged; remove its folder to go on, and know that old requests can be accepted again for half an hour",
        path.display()
    );
    io::Error::new(io::ErrorKind::InvalidData, sentence)
}

/// The files of the minutes, oldest first.
fn minutes(folder: &Path) -> io::Result<Vec<(i64, PathBuf)>> {
    let mut found = vec![];
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let minute =
            path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".nonces"));
        if let Some(minute) = minute.and_then(|minute| minute.parse().ok()) {
            found.push((minute, path));
        }
    }
    found.sort_unstable();
    Ok(found)
}

fn read_minutes(folder: &Path) -> io::Result<Window> {
    let mut window = Window::default();
    for (minute, path) in minutes(folder)? {
        for print in fs::read(path)?.chunks_exact(PRINT) {
            window.insert(u128::from_be_bytes(print.try_into().expect("a chunk has its size")), minute);
        }
    }
    Ok(window)
}

#[cfg(test)]
impl Journal {
    /// Opens it as during another boot of the host.
    pub(super) fn open_after_another_boot(folder: &Path) -> io::Result<(Journal, Window)> {
        Journal::open_in(folder, "another-boot")
    }
}
