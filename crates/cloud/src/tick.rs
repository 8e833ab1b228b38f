//! What falls due by the clock: an ordinary write applies it.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

use moyun_store::{DueRow, Fault, Key, Lane, Record, Tx, Writes};
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::call::{Budget, NonceRecord, Order, TokenRecord, nonce_fall_due, token_fall_due};
use crate::cx::{Caller, Cx};
use crate::ecs::disk::record::Disk;
use crate::ecs::hpc_cluster::record::HpcCluster;
use crate::ecs::image::record::CustomImage;
use crate::ecs::instance::record::Instance;
use crate::ecs::network_interface::record::NetworkInterface;
use crate::ecs::price::moves::PriceMove;
use crate::ecs::snapshot::record::Snapshot;
use crate::ids::AccountId;
use crate::sts::role::session::Session;
use crate::vpc::vpc::record::Vpc;
use crate::vpc::vswitch::record::VSwitch;

/// How many rows one look at the due index takes.
pub(crate) const BATCH: usize = 1024;

/// What happens to a record of this table when it falls due.
struct FallsDue {
    table: u16,
    /// Applies the change at `cx.now_ms()`; the record then says itself when it changes next.
    apply: fn(&mut Cx<'_>, &Key) -> Result<(), Fault>,
    /// When the record changes next.
    next: fn(&Tx<'_>, &Key) -> Result<Option<i64>, Fault>,
}

const fn falls_due<R: Record>(apply: fn(&mut Cx<'_>, &Key) -> Result<(), Fault>) -> FallsDue {
    FallsDue {
        table: R::TABLE.id,
        apply,
        next: |tx, key| Ok(tx.find_kept::<R>(key)?.and_then(|kept| kept.record().due())),
    }
}

/// Every table whose records change by themselves.
const TABLES: &[FallsDue] = &[
    falls_due::<TokenRecord>(token_fall_due),
    falls_due::<Budget>(Budget::fall_due),
    falls_due::<Order>(Order::fall_due),
    falls_due::<NonceRecord>(nonce_fall_due),
    falls_due::<Session>(Session::fall_due),
    falls_due::<Vpc>(Vpc::fall_due),
    falls_due::<VSwitch>(VSwitch::fall_due),
    falls_due::<Instance>(Instance::fall_due),
    falls_due::<HpcCluster>(HpcCluster::fall_due),
    falls_due::<Disk>(Disk::fall_due),
    falls_due::<NetworkInterface>(NetworkInterface::fall_due),
    falls_due::<Snapshot>(Snapshot::fall_due),
    falls_due::<CustomImage>(CustomImage::fall_due),
    falls_due::<PriceMove>(PriceMove::fall_due),
];

/// Applies rows of one lane in the order of their times, and what follows from them up to `until_ms`.
pub(crate) fn apply(
    tx: Tx<'_>,
    lane: &Lane,
    rows: &[DueRow],
    until_ms: i64,
    seed: [u8; 32],
) -> Result<Writes, Fault> {
    let caller = Caller::owner(AccountId(lane.0.clone()), "");
    let rng = ChaCha12Rng::from_seed(seed);
    let mut cx = Cx {
        tx,
        caller,
        region: None,
        found_in: OnceCell::new(),
        now_ms: until_ms,
        endpoint: String::new(),
        rng,
        uses: None,
        unpaid: None,
    };
    let mut queue: BinaryHeap<Reverse<(i64, u16, Vec<u8>)>> =
        rows.iter().map(|row| Reverse((row.at_ms, row.table, row.key.as_bytes().to_vec()))).collect();
    while let Some(Reverse((at_ms, table, key))) = queue.pop() {
        let table = TABLES.iter().find(|known| known.table == table).ok_or_else(|| {
            Fault::new(format!("table {table} has due rows, but nothing says what falls due"))
        })?;
        let key = Key::from_bytes(key);
        // The row was read before this write began; the record may have changed meanwhile.
        if (table.next)(&cx.tx, &key)? != Some(at_ms) {
            continue;
        }
        cx.now_ms = at_ms;
        (table.apply)(&mut cx, &key)?;
        if let Some(next_ms) = (table.next)(&cx.tx, &key)?.filter(|next_ms| *next_ms <= until_ms) {
            queue.push(Reverse((next_ms, table.table, key.as_bytes().to_vec())));
        }
    }
    Ok(cx.tx.into_writes())
}
