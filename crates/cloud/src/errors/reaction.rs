//! What a client does when it meets a row: declared here once, for the reference and for whoever explains a refusal.

use serde::{Deserialize, Serialize};

use crate::doc::Language;
use crate::errors::{
    BatchDryRunPassed, ChangeInProgress, CreationFault, DependencyUnintelligible, DiskBusyWithSnapshot,
    DiskStatusWrong, DryRunPassed, ErrorRow, HpcClusterCreating, ImageDiskBusyWithSnapshot,
    ImageSnapshotNotReady, ImageStatusWrong, InstanceInitializing, InstanceStatusForbidsInterface,
    InstanceStatusWrong, InternalFault, NetworkInterfaceStateWrong, PostPaidSalesSuspended,
    RegionUnderMaintenance, ServiceDown, SnapshotNotReady, SubscriptionForbidsAction, Throttled,
    TokenStillProcessing, TooManyConcurrentCreations, VSwitchPending, VSwitchStatusWrong, VpcStatusWrong,
};

/// What a client does when it meets a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    /// Nothing is wrong: every check passed.
    Passed,
    /// The same request again, soon.
    Repeat,
    /// The same request again when the state has changed.
    Await,
    /// The same request again much later, or another one now.
    Later,
    /// Another request, or other facts.
    Change,
}

/// The rows that do not ask for a change, by what they ask for.
static REACTIONS: &[(Reaction, &[&ErrorRow])] = &[
    (Reaction::Passed, &[&DryRunPassed, &BatchDryRunPassed]),
    (
        Reaction::Repeat,
        &[
            &Throttled,
            &DependencyUnintelligible,
            &TokenStillProcessing,
            &InternalFault,
            &ServiceDown,
            &CreationFault,
        ],
    ),
    (
        Reaction::Await,
        &[
            &ChangeInProgress,
            &VSwitchPending,
            &HpcClusterCreating,
            &SnapshotNotReady,
            &TooManyConcurrentCreations,
            &InstanceStatusWrong,
            &InstanceInitializing,
            &DiskStatusWrong,
            &DiskBusyWithSnapshot,
            &ImageStatusWrong,
            &VpcStatusWrong,
            &VSwitchStatusWrong,
            &NetworkInterfaceStateWrong,
            &InstanceStatusForbidsInterface,
            &ImageSnapshotNotReady,
            &ImageDiskBusyWithSnapshot,
        ],
    ),
    (Reaction::Later, &[&SubscriptionForbidsAction, &RegionUnderMaintenance, &PostPaidSalesSuspended]),
];

impl Reaction {
    /// Whether the same request can succeed later.
    pub fn may_pass_later(self) -> bool {
        matches!(self, Reaction::Repeat | Reaction::Await | Reaction::Later)
    }

    /// What to do, with the pause before it.
    pub fn words(self, language: Language) -> &'static str {
        let (zh, en) = match self {
            Reaction::Passed => ("这不是失败：预检已通过。", "This is no failure: the dry run passed."),
            Reaction::Repeat => (
                "用同样的参数（和同样的 ClientToken）重试：先等 1 秒，每次加倍，最多 32 秒，加上随机抖动。",
                "Repeat the call with the same parameters (and the same ClientToken): after 1 second, then twice as \
                 long each time, up to 32 seconds, with some jitter.",
            ),
            Reaction::Await => (
                "立即重试没有用：每 2 至 5 秒查询一次状态，状态改变后再调用。",
                "An immediate repetition meets it again: look at the state every 2 to 5 seconds, and call again when \
                 it has changed.",
            ),
            Reaction::Later => (
                "短时间内不会改变：可至少间隔 1 分钟重试，或按说明修改请求。",
                "It does not pass soon: repeat the call once a minute at most, or change the request as the note says.",
            ),
            Reaction::Change => (
                "不要重试：先按说明修改请求、账号或资源。",
                "Do not repeat the call: first change the request, the account or the resource as the note says.",
            ),
        };
        language.pick(zh, en)
    }
}

impl ErrorRow {
    /// What a client does when it meets the row.
    pub fn reaction(&self) -> Reaction {
        let declared = REACTIONS.iter().find(|(_, rows)| rows.contains(&self));
        declared.map_or(Reaction::Change, |(reaction, _)| *reaction)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{REACTIONS, Reaction};
    use crate::errors::{OutOfStock, all};
    use crate::registry::ACTIONS;

    #[test]
    fn no_row_asks_for_two_reactions() {
        let ids: Vec<&str> = REACTIONS.iter().flat_map(|(_, rows)| *rows).map(|row| row.id).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    }

    /// The note and the reaction of every row say the same.
    #[test]
    fn a_row_may_pass_later_exactly_when_its_note_says_to_wait() {
        for row in all() {
            let says_wait = ["etry", "Wait", "wait"].iter().any(|word| row.doc.contains(word));
            assert_eq!(row.reaction().may_pass_later(), says_wait, "{}: {}", row.name, row.doc);
            assert!(row.status < 500 || says_wait, "{}", row.name);
        }
        // Its note sends the caller to another type or zone.
        assert_eq!(OutOfStock.reaction(), Reaction::Change);
    }

    #[test]
    fn exactly_the_rows_of_dry_runs_say_that_all_passed() {
        let of_runs: BTreeSet<&str> =
            ACTIONS.iter().filter_map(|entry| entry.spec.dry_run).map(|row| row.id).collect();
        let passed = all().filter(|row| row.reaction() == Reaction::Passed);
        assert_eq!(passed.map(|row| row.id).collect::<BTreeSet<_>>(), of_runs);
    }
}
