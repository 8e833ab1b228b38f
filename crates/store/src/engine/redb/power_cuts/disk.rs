use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

use rand_chacha::ChaCha8Rng;
use redb::StorageBackend;

use crate::engine::redb::power_cuts::draw;

/// A disk whose power goes away.
///
/// It promises what redb asks of one: what was synced stays, a byte is written or not, and a write that is interrupted
/// changes no byte beside its own. Whatever was not synced may be lost, whole or in part, whichever came first.
#[derive(Clone, Debug)]
pub(super) struct Disk(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    /// What the disk says it holds.
    seen: Vec<u8>,
    /// What it holds whatever happens.
    synced: Vec<u8>,
    unsynced: Vec<Change>,
    /// How many operations it still carries out.
    power: u32,
}

#[derive(Debug)]
enum Change {
    Write { offset: usize, bytes: Vec<u8> },
    Length(usize),
}

impl Change {
    fn apply(&self, content: &mut Vec<u8>) {
        match self {
            Change::Write { offset, bytes } => overwrite(content, *offset, bytes),
            Change::Length(length) => content.resize(*length, 0),
        }
    }
}

impl Disk {
    /// A disk with this content that carries out so many operations.
    pub(super) fn with(content: Vec<u8>, power: u32) -> Disk {
        let state = State { seen: content.clone(), synced: content, unsynced: Vec::new(), power };
        Disk(Arc::new(Mutex::new(state)))
    }

    /// Whether its power has gone.
    pub(super) fn is_off(&self) -> bool {
        self.0.lock().unwrap().power == 0
    }

    /// All that it says it holds.
    pub(super) fn content(&self) -> Vec<u8> {
        self.0.lock().unwrap().seen.clone()
    }

    /// What is found on it after the power has gone.
    pub(super) fn survivors(&self, rng: &mut ChaCha8Rng) -> Vec<u8> {
        let state = self.0.lock().unwrap();
        let mut content = state.synced.clone();
        // How much of a write is left differs from cut to cut: at times nearly all, at times nearly nothing.
        let losing = draw(rng, 5);
        for change in &state.unsynced {
            let kept = draw(rng, 4) >= losing;
            match change {
                Change::Length(length) if kept => content.resize(*length, 0),
                Change::Length(_) => {}
                Change::Write { offset, bytes } => {
                    let (from, to) = match (kept, draw(rng, 3)) {
                        (true, _) => (0, bytes.len()),
                        (false, 0) => {
                            let cut = draw(rng, bytes.len() + 1);
                            (cut, cut + draw(rng, bytes.len() - cut + 1))
                        }
                        (false, _) => (0, 0),
                    };
                    overwrite(&mut content, offset + from, &bytes[from..to]);
                }
            }
        }
        content
    }

    /// Spends the power of one operation; the one that uses up the last may still have done a part of its work.
    fn operate(&self) -> Result<MutexGuard<'_, State>, io::Error> {
        let mut state = self.0.lock().unwrap();
        if state.power == 0 {
            return Err(gone());
        }
        state.power -= 1;
        Ok(state)
    }
}

impl State {
    fn change(&mut self, change: Change) -> io::Result<()> {
        change.apply(&mut self.seen);
        self.unsynced.push(change);
        if self.power == 0 { Err(gone()) } else { Ok(()) }
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        Ok(self.operate()?.seen.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let state = self.operate()?;
        let offset = offset as usize;
        let bytes = state.seen.get(offset..offset + out.len());
        out.copy_from_slice(bytes.ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))?);
        Ok(())
    }

    fn set_len(&self, length: u64) -> io::Result<()> {
        self.operate()?.change(Change::Length(length as usize))
    }

    fn sync_data(&self) -> io::Result<()> {
        let mut state = self.operate()?;
        if state.power == 0 {
            return Err(gone());
        }
        for change in std::mem::take(&mut state.unsynced) {
            change.apply(&mut state.synced);
        }
        Ok(())
    }

    fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.operate()?.change(Change::Write { offset: offset as usize, bytes: bytes.to_vec() })
    }
}

fn gone() -> io::Error {
    io::Error::other("the power is gone")
}

/// What lies behind the end of a file is lost with the length that was to hold it.
fn overwrite(content: &mut [u8], offset: usize, bytes: &[u8]) {
    let end = content.len().min(offset + bytes.len());
    if offset < end {
        content[offset..end].copy_from_slice(&bytes[..end - offset]);
    }
}
