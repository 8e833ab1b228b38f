//! Applies what falls due, when it falls due.

use std::time::Duration;

use moyun_cloud::cloud::Cloud;
use tokio::sync::Notify;

/// The longest sleep: another server on the same database, or the machine's clock, may have moved things.
const REST_MAX: Duration = Duration::from_millis(500);

/// Wakes the ticker.
#[derive(Debug, Default)]
pub(crate) struct Ticker {
    wake: Notify,
}

impl Ticker {
    /// Something was written; it may fall due earlier than what was known.
    pub(crate) fn look_again(&self) {
        self.wake.notify_one();
    }

    /// Ticks until the process ends.
    pub(crate) async fn run(&self, cloud: Cloud) {
        loop {
            let ticking = cloud.clone();
            let settled = tokio::task::spawn_blocking(move || match ticking.settle()? {
                Some(at_ms) => ticking.machine_ms_until(at_ms),
                None => Ok(None),
            });
            let rest = match settled.await {
                Ok(Ok(Some(ms))) => Duration::from_millis(ms).min(REST_MAX),
                Ok(Ok(None)) => REST_MAX,
                Ok(Err(fault)) => {
                    tracing::error!(
                        cause = fault.chain(),
                        "what falls due could not be applied; trying again"
                    );
                    REST_MAX
                }
                Err(_) => return,
            };
            tokio::select! {
                () = tokio::time::sleep(rest) => {}
                () = self.wake.notified() => {}
            }
        }
    }
}
