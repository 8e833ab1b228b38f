//! How much of what is stored may stay in memory.

use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System, get_current_pid};

/// What part of the memory is used unless somebody says otherwise, and the least that is.
const SHARE: u64 = 8;
const LEAST_BYTES: u64 = 64 << 20;

/// What part of it is for pages of the file, which are read and written in passing; the rest is for records. Where there
/// is little, pages come first: on each lie several rows, and the way to all of them.
const PAGES_SHARE: u64 = 8;
const PAGES_LEAST_BYTES: u64 = 32 << 20;

/// The memory for what is stored, as it is divided.
pub(crate) struct Caches {
    pub(crate) page_bytes: usize,
    pub(crate) record_bytes: u64,
}

impl Caches {
    /// So many MiB, or what suits the memory that there is.
    pub(crate) fn of(mib: Option<u32>) -> Caches {
        let bytes = mib.map_or_else(|| suitable(memory_bytes()), |mib| u64::from(mib) << 20);
        tracing::debug!("up to {} MiB of what is stored stay in memory", bytes >> 20);
        let page_bytes = (bytes / PAGES_SHARE).max(PAGES_LEAST_BYTES.min(bytes / 2));
        Caches { page_bytes: page_bytes as usize, record_bytes: bytes - page_bytes }
    }
}

fn suitable(memory_bytes: u64) -> u64 {
    (memory_bytes / SHARE).max(LEAST_BYTES)
}

/// The memory of the machine, or what a container or service leaves this program of it; zero where nobody can tell.
fn memory_bytes() -> u64 {
    let Ok(mut system) = System::new() else { return 0 };
    system.refresh_memory();
    let limit = get_current_pid().ok().and_then(|own| {
        let only = ProcessesToUpdate::Some(&[own]);
        system.refresh_processes_specifics(only, false, ProcessRefreshKind::nothing());
        system.process(own)?.cgroup_limits()
    });
    limit.map_or(u64::MAX, |limit| limit.total_memory).min(system.total_memory())
}

#[cfg(test)]
mod tests {
    use super::{Caches, memory_bytes, suitable};

    #[test]
    fn the_memory_is_divided_whole() {
        for (mib, pages, records) in [(8, 4, 4), (64, 32, 32), (100, 32, 68), (4096, 512, 3584)] {
            let caches = Caches::of(Some(mib));
            assert_eq!((caches.page_bytes >> 20, caches.record_bytes >> 20), (pages, records), "{mib}");
        }
    }

    #[test]
    fn a_share_of_the_memory_is_used_and_never_too_little() {
        assert_eq!(suitable(16 << 30), 2 << 30);
        assert_eq!(suitable(256 << 20), 64 << 20);
        assert_eq!(suitable(0), 64 << 20);
        assert!(memory_bytes() > 64 << 20, "this machine tells its memory");
    }
}
