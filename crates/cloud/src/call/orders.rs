//! Orders that are not paid at once: what was asked for waits, unpaid, until somebody pays or a day has passed.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use moyun_store::{Fault, IndexRow, Key, Lane, Reader, Record, Table, Tx, Writes};
use moyun_wire::out::Format;
use moyun_wire::params::Params;
use moyun_wire::timestamp;
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::SeedableRng;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::call::{Call, judge};
use crate::catalog::money::Money;
use crate::clock::Clock;
use crate::cloud::Memory;
use crate::cx::{Caller, Cx};
use crate::ids::AccountId;
use crate::paging::{LISTED, Listed};
use crate::registry;
use crate::spec::{ParamKind, ParamSpec};
use crate::why;
use crate::world::PatchError;

/// How long an order can be paid.
const LASTS_MS: i64 = 24 * 60 * 60 * 1000;

/// What an order is not about: how it was asked for, and when it is paid.
const LEFT_OUT: [&str; 3] = ["AutoPay", "ClientToken", "DryRun"];

/// What stands for a password in an order: no password is kept, and this one is well formed.
const NO_PASSWORD: &str = "Not-Kept-0";

/// An order that an action made without having it paid; the pipeline keeps it with what was asked for.
pub struct Unpaid {
    /// Its number.
    pub id: String,
    /// What it came to when it was made.
    pub price: Money,
}

/// An order that was not paid at once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Order {
    /// Whose it is.
    account: AccountId,
    /// Its number.
    id: String,
    /// The version and the name of the action that it was made by.
    action: (String, String),
    /// What was asked for.
    parameters: BTreeMap<String, String>,
    /// What it came to when it was made.
    price: Money,
    /// What became of it.
    status: OrderStatus,
    /// When it was made.
    created_ms: i64,
    /// Until when it can be paid.
    expires_ms: i64,
    /// When it was paid or given up.
    closed_ms: Option<i64>,
    /// What the action answered when it was paid.
    reply: Option<String>,
}

/// What became of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum OrderStatus {
    /// It can be paid.
    Unpaid,
    /// It was paid, and carried out.
    Paid,
    /// It was given up.
    Cancelled,
    /// Nobody paid it in time.
    Expired,
}

impl Record for Order {
    const TABLE: Table = Table { id: 160, name: "order" };
    fn key(&self) -> Key {
        Order::key_of(&self.account, &self.id)
    }
    fn lane(&self) -> Lane {
        self.account.lane()
    }
    fn counted_in(&self) -> Option<Key> {
        Some(self.scope())
    }
    fn index(&self) -> Vec<IndexRow> {
        vec![self.listed()]
    }
    fn due(&self) -> Option<i64> {
        (self.status == OrderStatus::Unpaid).then_some(self.expires_ms)
    }
}

impl Listed for Order {
    fn scope(&self) -> Key {
        Key::new().text(&self.account)
    }
    fn created_ms(&self) -> i64 {
        self.created_ms
    }
}

impl Order {
    fn key_of(account: &AccountId, id: &str) -> Key {
        Key::new().text(account).text(id)
    }

    /// What happens to an order when it falls due: nobody paid it in time.
    pub(crate) fn fall_due(cx: &mut Cx<'_>, key: &Key) -> Result<(), Fault> {
        let Some(mut order) = cx.find::<Order>(key)? else { return Ok(()) };
        order.close(OrderStatus::Expired, cx.now_ms());
        cx.put(&order)
    }

    fn close(&mut self, status: OrderStatus, now_ms: i64) {
        self.status = status;
        self.closed_ms = Some(now_ms);
    }

    /// As the admin API shows it.
    fn show(&self) -> Value {
        let secret = |name: &str, value: &str| why::shown_parameter(name, value);
        let parameters = self.parameters.iter().map(|(name, value)| (name.clone(), secret(name, value)));
        json!({
            "id": self.id,
            "action": self.action.1,
            "parameters": parameters.collect::<BTreeMap<_, _>>(),
            "price": self.price,
            "status": self.status,
            "created": timestamp::to_second(self.created_ms),
            "expires": timestamp::to_second(self.expires_ms),
            "closed": self.closed_ms.map(timestamp::to_second),
            "reply": self.reply.as_deref().and_then(|reply| serde_json::from_str::<Value>(reply).ok()),
        })
    }
}

/// Keeps what a call asked for, if it made an order that is not paid.
pub(super) fn keep(call: &Call, cx: &mut Cx<'_>) -> Result<(), Fault> {
    let Some(Unpaid { id, price }) = cx.unpaid.take() else { return Ok(()) };
    let spec = call.entry.spec;
    let asked = call.params.iter().filter(|(name, _)| {
        let first = name.split('.').next().unwrap_or(name);
        (*name == "RegionId" || takes(spec.params, first)) && !LEFT_OUT.contains(name)
    });
    let kept = |name: &str, value: &str| if why::is_secret(name) { NO_PASSWORD } else { value }.to_owned();
    let order = Order {
        account: cx.account().clone(),
        id,
        action: (spec.product.version().to_owned(), spec.name.to_owned()),
        parameters: asked.map(|(name, value)| (name.to_owned(), kept(name, value))).collect(),
        price,
        status: OrderStatus::Unpaid,
        created_ms: cx.now_ms(),
        expires_ms: cx.now_ms() + LASTS_MS,
        closed_ms: None,
        reply: None,
    };
    cx.put(&order)
}

/// Whether a parameter of this name stands among these.
fn takes(params: &[ParamSpec], name: &str) -> bool {
    params.iter().any(|spec| match spec.kind {
        ParamKind::Flat(fields) => takes(fields, name),
        _ => spec.name == name,
    })
}

/// The orders of an account, the newest first.
pub(crate) fn list(tx: &Tx<'_>, account: &AccountId) -> Result<Value, Fault> {
    let orders: Vec<Order> = tx.index_list(LISTED, &Key::new().text(account), 0, usize::MAX)?;
    Ok(orders.iter().map(Order::show).collect())
}

/// What is done with an unpaid order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// It is paid, and what was asked for happens as if it were asked for now.
    Pay,
    /// It is given up.
    Cancel,
}

/// Pays an order or gives it up: all of it happens, or nothing.
pub(crate) fn settle(
    settlement: Settlement,
    (account, id): (&AccountId, &str),
    view: &dyn Reader,
    (machine_ms, seed): (i64, [u8; 32]),
    memory: &Memory,
) -> Result<(Value, Writes), PatchError> {
    let tx = Tx::new(view).keeping(&memory.keeper);
    let refused = |sentence: String| Err(PatchError::Refused(sentence));
    let Some(mut order) = tx.find::<Order>(&Order::key_of(account, id))? else {
        return refused(format!("account {account} has no order {id}"));
    };
    if order.status != OrderStatus::Unpaid {
        return refused(format!("order {id} is {:?} already", order.status));
    }
    let mut cx = Cx {
        now_ms: Clock::load(&tx)?.now_ms(machine_ms),
        tx,
        caller: Caller::owner(account.clone(), ""),
        region: None,
        found_in: OnceCell::new(),
        endpoint: String::new(),
        rng: ChaCha12Rng::from_seed(seed),
        uses: Some(&memory.uses),
        unpaid: None,
    };
    if settlement == Settlement::Cancel {
        order.close(OrderStatus::Cancelled, cx.now_ms());
    } else {
        order.reply = Some(carry_out(&order, seed, &mut cx)?);
        order.close(OrderStatus::Paid, cx.now_ms());
    }
    cx.put(&order)?;
    Ok((order.show(), cx.tx.into_writes()))
}

/// Does what an order asks for, and pays for it; the reply.
fn carry_out(order: &Order, seed: [u8; 32], cx: &mut Cx<'_>) -> Result<String, PatchError> {
    let entry = registry::find(&order.action.0, &order.action.1)
        .ok_or_else(|| Fault::new("an order was made by an action that is gone"))?;
    let call = Call {
        entry,
        params: Params::from_pairs(order.parameters.clone()),
        caller: cx.caller.clone(),
        format: Format::Json,
        request_id: order.id.clone(),
        endpoint: String::new(),
        seed,
        nonce: Some(order.id.clone()),
    };
    match judge(&call, cx) {
        Ok(passed) => Ok(passed.body.replace(&order_id_of(&passed.body), &order.id)),
        Err(refusal) => match refusal.fault {
            Some(fault) => Err(PatchError::Fault(fault)),
            None => Err(PatchError::Refused(format!("order {} cannot be paid: {refusal}", order.id))),
        },
    }
}

/// The number under which the action would have answered, had it been paid at once.
fn order_id_of(body: &str) -> String {
    let reply: Value = serde_json::from_str(body).unwrap_or_default();
    reply["OrderId"].as_str().unwrap_or("\"OrderId\"").to_owned()
}
