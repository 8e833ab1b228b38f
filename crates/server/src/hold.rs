//! Holds answers back until the cloud's clock says that they may leave.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use moyun_cloud::cloud::Cloud;
use tokio::sync::Notify;

/// The longest rest between two looks: another server on the same database may have moved the clock.
const REST_MAX: Duration = Duration::from_millis(500);

/// The answers that are held back.
#[derive(Debug, Default)]
pub(crate) struct Holds {
    moved: Notify,
    /// How often everything was let go.
    releases: AtomicU64,
    /// Whether nothing is held back any more.
    ended: AtomicBool,
}

impl Holds {
    /// Ready when the clock shows `at_ms`, or when everything is let go.
    pub(crate) async fn until(&self, at_ms: i64, cloud: &Cloud) {
        let releases = self.releases.load(Ordering::Acquire);
        loop {
            // Listens before it looks, so that no move is missed.
            let moved = self.moved.notified();
            tokio::pin!(moved);
            moved.as_mut().enable();
            let look = || cloud.machine_ms_until(at_ms);
            let left = if cloud.may_block() { tokio::task::block_in_place(look) } else { look() };
            let rest = match left {
                Ok(Some(0)) => return,
                Ok(Some(ms)) => Duration::from_millis(ms).min(REST_MAX),
                Ok(None) => REST_MAX,
                // What the answer says is durable: a clock that cannot be read is no reason to keep it.
                Err(_) => return,
            };
            if self.ended.load(Ordering::Acquire) || self.releases.load(Ordering::Acquire) != releases {
                return;
            }
            tokio::select! {
                () = tokio::time::sleep(rest) => {}
                () = moved => {}
            }
        }
    }

    /// The clock may have moved.
    pub(crate) fn look_again(&self) {
        self.moved.notify_waiters();
    }

    /// Lets every answer go: the time for which they wait may never come.
    pub(crate) fn release(&self) {
        self.releases.fetch_add(1, Ordering::Release);
        self.moved.notify_waiters();
    }

    /// Lets every answer go, also those to come: nobody will be there to give them when their time comes.
    pub(crate) fn end(&self) {
        self.ended.store(true, Ordering::Release);
        self.moved.notify_waiters();
    }
}
