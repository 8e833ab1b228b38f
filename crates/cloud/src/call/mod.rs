//! The pipeline that every action runs through, from the judged caller to the committed reply.
//!
//! Phases 5 to 18 of the documented order of checks: region, authorization, idempotence, standing of the account, preview
//! parameters, the action itself, dry run. What precedes them is the server's gate.

pub mod authorization;
mod budget;
mod execution;
mod nonce;
mod orders;
mod region;
mod resources;
mod standing;
#[cfg(test)]
mod tests;
mod token;

pub use budget::Budget;
pub(crate) use nonce::{NonceRecord, fall_due as nonce_fall_due};
pub(crate) use orders::{Order, list as list_orders, settle as settle_order};
pub use orders::{Settlement, Unpaid};
pub(crate) use standing::is_held;
pub(crate) use token::{TokenRecord, fall_due as token_fall_due};

use std::cell::OnceCell;

use moyun_store::{Fault, Reader, Tx, Writes};
use moyun_wire::out::Format;
use moyun_wire::params::Params;
use moyun_wire::reply::{self, Fragment};
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::clock::Clock;
use crate::cloud::Memory;
use crate::cx::{Caller, Cx};
use crate::errors::{
    ApiError, CreationFault, ParameterMalformed, PreviewParameterNotGranted, RequiredParameterEmpty,
    RequiredParameterMissing,
};
use crate::order;
use crate::ram::access_key::uses::Uses;
use crate::registry::Entry;
use crate::spec::{ActionSpec, Mode, ParamKind, ParamSpec, Run};
use crate::why;
use crate::world::Fact;

/// One call, identified and authenticated.
pub struct Call {
    /// The action.
    pub entry: &'static Entry,
    /// All parameters, common ones included.
    pub params: Params,
    /// Who calls.
    pub caller: Caller,
    /// The format of the reply.
    pub format: Format,
    /// The id of this request.
    pub request_id: String,
    /// Host and port under which the caller reached this server.
    pub endpoint: String,
    /// Where this call's randomness starts.
    pub seed: [u8; 32],
    /// The nonce of the signature; None when the request has none.
    pub nonce: Option<String>,
}

/// The body of a normal reply, or a refusal.
pub type Answer = Result<String, ApiError>;

/// A reply as an action leaves it: written in the format of the call, and kept in both where it may be sent again.
pub struct Written {
    body: String,
    again: Option<Fragment>,
}

/// An answer, and when it may leave.
pub struct Answered {
    /// The answer.
    pub answer: Answer,
    /// The time on the cloud's clock before which the caller may not have it: what it says is stored already, and
    /// calls with the same ClientToken are told until then that the first is in progress.
    pub not_before_ms: Option<i64>,
}

impl From<Answer> for Answered {
    fn from(answer: Answer) -> Answered {
        Answered { answer, not_before_ms: None }
    }
}

/// Reads the request, runs the action and writes its reply.
pub(crate) fn run_action<A: Run>(cx: &mut Cx<'_>, call: &Call) -> Result<Written, ApiError> {
    let request = A::read(&call.params)?;
    check_common_values(call)?;
    let reply = request.run(cx)?;
    let again = token::of(call).map(|_| Fragment::of(&reply));
    Ok(Written { body: reply::success(call.format, A::SPEC.name, &call.request_id, &reply), again })
}

/// Runs a call on a view: its answer, and what must be stored before the answer may leave.
pub(crate) fn perform(
    call: &Call,
    view: &dyn Reader,
    machine_ms: i64,
    memory: &Memory,
) -> (Answered, Option<Writes>) {
    match try_perform(call, Tx::new(view).keeping(&memory.keeper), machine_ms, &memory.uses) {
        Ok(Done { body, not_before_ms, writes }) => {
            (Answered { answer: Ok(body), not_before_ms }, Some(writes))
        }
        Err(refusal) => (Err(refusal.in_creation(call.entry.spec.creates_instances)).into(), None),
    }
}

/// The row of a fault while this call was carried out.
pub(crate) fn fault_answer(call_creates: bool, fault: Fault) -> Answered {
    Err(ApiError::from(fault).in_creation(call_creates)).into()
}

/// A call that succeeded.
struct Done {
    body: String,
    not_before_ms: Option<i64>,
    writes: Writes,
}

fn try_perform(call: &Call, tx: Tx<'_>, machine_ms: i64, uses: &Uses) -> Result<Done, ApiError> {
    let now_ms = Clock::load(&tx)?.now_ms(machine_ms);
    uses.note(&call.caller, call.entry.spec.product, now_ms);
    let rng = ChaCha12Rng::from_seed(call.seed);
    let mut cx = Cx {
        tx,
        caller: call.caller.clone(),
        region: None,
        found_in: OnceCell::new(),
        now_ms,
        endpoint: call.endpoint.clone(),
        rng,
        uses: Some(uses),
        unpaid: None,
    };
    match check_caller(call, &cx).and_then(|()| judge(call, &mut cx)) {
        Ok(Passed { body, not_before_ms }) => Ok(Done { body, not_before_ms, writes: cx.tx.into_writes() }),
        Err(mut refusal) => {
            refusal.evidence.looks = cx.tx.looks(why::LOOKS);
            Err(refusal)
        }
    }
}

/// A call that passed every check.
struct Passed {
    body: String,
    not_before_ms: Option<i64>,
}

/// Refuses a write for somebody who has gone since the gate looked.
fn check_caller(call: &Call, cx: &Cx<'_>) -> Result<(), ApiError> {
    if call.entry.spec.mode == Mode::Write {
        order::KEY.judge(authorization::check_key(cx))?;
        order::OWNERS.judge(authorization::check_account(cx))?;
    }
    Ok(())
}

/// Judges a call by the steps of [`order::CALL`], and does what it asks for.
fn judge(call: &Call, cx: &mut Cx<'_>) -> Result<Passed, ApiError> {
    let spec = call.entry.spec;
    order::OWNER_ONLY.judge(authorization::check_owner_only(spec, &cx.caller.identity))?;
    cx.region = order::REGION.judge(region::check(spec, &call.params, cx))?;
    let withheld = order::POLICIES.judge(authorization::check(spec, &call.params, cx))?;
    if let Some(body) = order::CLIENT_TOKEN.judge(token::replay(call, cx))? {
        return withheld.judge(Ok(Passed { body, not_before_ms: None }), true);
    }
    order::STANDING.judge(standing::check(spec, cx))?;
    order::PREVIEW.judge(check_preview_parameters(call, cx))?;
    order::NONCE_PRESENCE.judge(check_nonce(call))?;
    let outcome = order::OWN.judge((call.entry.run)(cx, call));
    // Whatever came of it: nothing is stored yet, and a region that does not answer tells nothing of its resources.
    order::REGION.judge(region::check_found(cx))?;
    let written = withheld.judge(outcome, cx.found_in.get().is_some())?;
    if let Some(passed) = spec.dry_run
        && call.params.given("DryRun").is_some_and(|text| text.eq_ignore_ascii_case("true"))
    {
        return order::DRY_RUN.judge(Err(passed));
    }
    order::EXECUTION.judge(execution::check(call, cx))?;
    orders::keep(call, cx)?;
    let answered_ms = answered_ms(spec, cx)?;
    token::bind(call, written.again.as_ref(), answered_ms, cx)?;
    let not_before_ms = Some(answered_ms).filter(|answered_ms| *answered_ms > cx.now_ms());
    Ok(Passed { body: written.body, not_before_ms })
}

/// When the answer leaves: creations may take a while between commit and answer.
fn answered_ms(spec: &ActionSpec, cx: &Cx<'_>) -> Result<i64, Fault> {
    if !(spec.idempotent && spec.mode == Mode::Write) {
        return Ok(cx.now_ms());
    }
    let held_ms = Fact::limits(&cx.tx)?.latency.create_commit_ms;
    Ok(cx.now_ms().saturating_add(i64::try_from(held_ms).unwrap_or(i64::MAX)))
}

impl ApiError {
    /// Creation of instances tells a fault by a row of its own.
    fn in_creation(mut self, creates_instances: bool) -> ApiError {
        if creates_instances && self.fault.is_some() {
            self.row = &CreationFault;
        }
        self
    }
}

/// The values of parameters that stand for attributes of the action.
fn check_common_values(call: &Call) -> Result<(), ApiError> {
    let spec = call.entry.spec;
    let is_switch = |text: &str| ["true", "false"].iter().any(|word| text.eq_ignore_ascii_case(word));
    if spec.dry_run.is_some() && call.params.given("DryRun").is_some_and(|text| !is_switch(text)) {
        return Err(ParameterMalformed.about("DryRun"));
    }
    if token::of(call).is_some_and(|token| !token::is_well_formed(token)) {
        return Err(ParameterMalformed.about("ClientToken"));
    }
    Ok(())
}

/// Every signature carries a nonce; judged with the parameters that an action requires.
fn check_nonce(call: &Call) -> Result<(), ApiError> {
    match call.nonce.as_deref() {
        None => Err(RequiredParameterMissing.with("name", "SignatureNonce")),
        Some("") => Err(RequiredParameterEmpty.about("SignatureNonce")),
        Some(_) => Ok(()),
    }
}

/// Refuses parameters that are open by invitation only.
fn check_preview_parameters(call: &Call, cx: &Cx<'_>) -> Result<(), ApiError> {
    let mut given = vec![];
    preview_parameters(&call.params, "", call.entry.spec.params, &mut given);
    if given.is_empty() {
        return Ok(());
    }
    let granted = Fact::of_account(&cx.tx, cx.account())?.entitlements.preview_parameters;
    match given.iter().find(|name| !granted.contains(name)) {
        Some(name) => Err(PreviewParameterNotGranted.about(name)),
        None => Ok(()),
    }
}

/// The names of the preview parameters that are in the request, those inside of groups as `Group.Name`.
fn preview_parameters(params: &Params, prefix: &str, specs: &[ParamSpec], given: &mut Vec<String>) {
    let named = |spec: &ParamSpec| format!("{prefix}{}", spec.name);
    for spec in specs {
        match spec.kind {
            _ if spec.preview => given.extend(Some(named(spec)).filter(|name| is_given(params, name))),
            ParamKind::Flat(fields) => preview_parameters(params, prefix, fields, given),
            ParamKind::Group(fields) => preview_parameters(params, &(named(spec) + "."), fields, given),
            _ => {}
        }
    }
}

fn is_given(params: &Params, name: &str) -> bool {
    let within = |given: &str| given.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
    params.given(name).is_some() || params.iter().any(|(given, value)| !value.is_empty() && within(given))
}
