//! The order of the checks from the region to the action itself, on an action that takes part in all of them.

use std::collections::HashSet;
use std::sync::{Arc, mpsc};

use moyun_derive::{Action, Shape};
use moyun_store::{Engine, Key, Lane, Record, RedbEngine, Table};
use moyun_wire::out::Format;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::call::Answered;
use crate::cx::Cx;
use crate::errors::{ApiError, DryRunPassed};
use crate::ids::AccountId;
use crate::registry::Entry;
use crate::spec::Run;
use crate::story::{DAWN_MS, Story};
use crate::world::DEFAULT_ACCOUNT;

/// Buys a thing.
#[derive(Action)]
#[action(ecs, write, region, idempotent, billable, dry_run = DryRunPassed, reply = Bought, raises())]
struct BuyThing {
    /// How it is called.
    #[param(required)]
    name: String,
}

/// What was bought.
#[derive(Shape)]
struct Bought {
    /// Its identifier.
    thing_id: String,
}

#[derive(Clone, Serialize, Deserialize)]
struct Thing {
    id: String,
    name: String,
}

impl Record for Thing {
    const TABLE: Table = Table { id: 65_000, name: "thing" };
    fn key(&self) -> Key {
        Key::new().text(&self.id)
    }
    fn lane(&self) -> Lane {
        AccountId::from(DEFAULT_ACCOUNT).lane()
    }
}

impl Run for BuyThing {
    fn run(self, cx: &mut Cx<'_>) -> Result<Bought, ApiError> {
        let id = cx.random_text(20);
        cx.put(&Thing { id: id.clone(), name: self.name })?;
        Ok(Bought { thing_id: id })
    }
}

static BUY: Entry = Entry::of::<BuyThing>("call/tests/", &[]);

/// Another action of the same kind.
#[derive(Action)]
#[action(ecs, write, region, idempotent, reply = Bought, raises())]
struct FindThing {}

impl Run for FindThing {
    fn run(self, _: &mut Cx<'_>) -> Result<Bought, ApiError> {
        Ok(Bought { thing_id: "found".to_owned() })
    }
}

static FIND: Entry = Entry::of::<FindThing>("call/tests/", &[]);

const ONE: &str = "RegionId=cn-hangzhou&Name=one";

fn buy(story: &mut Story, request: &str) -> Result<String, ApiError> {
    let body = story.answer_of(&BUY, request, Format::Json)?;
    let reply: Value = serde_json::from_str(&body).unwrap();
    Ok(reply["ThingId"].as_str().unwrap().to_owned())
}

fn things(story: &Story) -> usize {
    story.cloud().read(|tx, _| tx.list::<Thing>(&Key::new())).unwrap().len()
}

/// What one line of the table mends.
enum Mend {
    Request(&'static str),
    Fact(&'static str, Value),
    Clock(i64),
}

/// Each line mends exactly what the line before was refused for; no refusal changes anything.
#[test]
fn checks_come_in_the_documented_order() {
    use Mend::{Clock, Fact, Request};
    let account = "accounts/1000000000000001";
    let table = [
        (Request("RegionId=cn-atlantis&ClientToken=other&DryRun=true"), "C042"),
        (Request("RegionId=cn-hangzhou&ClientToken=other&DryRun=true"), "C048"),
        (Fact("regions/cn-hangzhou/maintenance", json!([])), "C047"),
        (Fact("regions/cn-hangzhou/state", json!("normal")), "C032"),
        (Request("RegionId=cn-hangzhou&ClientToken=held&DryRun=true"), "C001"),
        (Request("RegionId=cn-hangzhou&ClientToken=held&Name=one"), "C035"),
        (Request("RegionId=cn-hangzhou&ClientToken=new&Name=&DryRun=maybe"), "C027"),
        (Fact(account, json!({ "risk_control": "none" })), "C037"),
        (Fact(account, json!({ "real_name_verified": true })), "I082"),
        (Fact(account, json!({ "entitlements": { "regions": ["cn-hangzhou"] } })), "I001"),
        (Fact(account, json!({ "billing": { "overdue_amount": "0.00" } })), "C013"),
        (Request("RegionId=cn-hangzhou&ClientToken=new&Name=one&DryRun=maybe"), "C011"),
        (Request("RegionId=cn-hangzhou&ClientToken=new&Name=one&DryRun=true"), "N001"),
        (Request("RegionId=cn-hangzhou&ClientToken=new&Name=one&DryRun=false"), ""),
        (Clock(2_000), ""),
    ];
    let mut story = Story::begin();
    story.answer_of(&FIND, "RegionId=cn-hangzhou&ClientToken=other", Format::Json).unwrap();
    story.patch("limits/latency/create_commit_ms", json!(2_000));
    buy(&mut story, "RegionId=cn-hangzhou&Name=one&ClientToken=held").unwrap();
    story.patch(
        "regions/cn-hangzhou",
        json!({ "state": "unavailable", "maintenance": [{ "from": "2025-12-31T00:00:00Z", "to": "2026-02-01T00:00:00Z" }] }),
    );
    story.patch(
        account,
        json!({
            "risk_control": "restricted", "real_name_verified": false,
            "entitlements": { "regions": [] }, "billing": { "overdue_amount": "35.20" },
        }),
    );
    let mut request = "";
    for (number, (mend, row)) in table.into_iter().enumerate() {
        match mend {
            Request(mended) => request = mended,
            Fact(path, fact) => story.patch(path, fact),
            Clock(ms) => story.pass_ms(ms),
        }
        let before = story.dump();
        let outcome = buy(&mut story, request);
        let told = outcome.as_ref().err().map_or("", |refusal| refusal.row.id);
        assert_eq!(told, row, "line {number}: {request}");
        assert!(outcome.is_ok() || story.dump() == before, "line {number} changed something");
    }
    assert_eq!(things(&story), 2, "the last line is a replay");
}

#[test]
fn a_held_call_is_in_progress_until_the_clock_passes_and_then_replayed() {
    let mut story = Story::begin();
    story.patch("limits/latency/create_commit_ms", json!(2_000));
    let request = "RegionId=cn-hangzhou&Name=one&ClientToken=t";
    let first = buy(&mut story, request).unwrap();
    for (again, row) in [
        (request, "C035"),
        ("RegionId=cn-hangzhou&Name=two&ClientToken=t", "C001"),
        ("RegionId=cn-hangzhou&Name=one&ClientToken=t&Action=BuyThing&Timestamp=later&Version=v", "C035"),
    ] {
        let before = story.dump();
        assert_eq!(buy(&mut story, again).unwrap_err().row.id, row, "{again}");
        assert!(story.dump() == before, "{again}");
    }
    let other = story.answer_of(&FIND, "RegionId=cn-hangzhou&ClientToken=t", Format::Json);
    assert_eq!(other.unwrap_err().row.id, "C032");
    story.pass_ms(1_999);
    assert_eq!(buy(&mut story, request).unwrap_err().row.id, "C035");
    story.pass_ms(1);
    assert_eq!(buy(&mut story, request).unwrap(), first);
    assert_eq!(things(&story), 1);
}

#[test]
fn a_replay_comes_whatever_the_account_owes_by_now_and_ends_with_its_day() {
    let mut story = Story::begin();
    let request = "RegionId=cn-hangzhou&Name=one&ClientToken=t";
    let first = buy(&mut story, request).unwrap();
    story.patch("accounts/1000000000000001/risk_control", json!("restricted"));
    assert_eq!(buy(&mut story, request).unwrap(), first);
    story.pass_ms(24 * 3_600_000 - 1);
    assert_eq!(buy(&mut story, request).unwrap(), first);
    story.pass_ms(1);
    assert_eq!(buy(&mut story, request).unwrap_err().row.id, "C027");
    story.patch("accounts/1000000000000001/risk_control", json!("none"));
    assert_ne!(buy(&mut story, request).unwrap(), first);
}

#[test]
fn real_name_matters_in_the_mainland_alone() {
    let mut story = Story::begin();
    story.patch("accounts/1000000000000001/real_name_verified", json!(false));
    assert_eq!(buy(&mut story, ONE).unwrap_err().row.id, "C037");
    buy(&mut story, "RegionId=ap-southeast-1&Name=one").unwrap();
}

#[test]
fn what_does_not_cost_anything_is_free_to_every_account() {
    let mut story = Story::begin();
    let facts = json!({ "risk_control": "restricted", "real_name_verified": false,
        "entitlements": { "regions": [] }, "billing": { "overdue_amount": "35.20" } });
    story.patch(&format!("accounts/{DEFAULT_ACCOUNT}"), facts);
    story.answer_of(&FIND, "RegionId=cn-hangzhou", Format::Json).unwrap();
}

#[test]
fn a_call_for_another_account_that_has_gone_is_refused() {
    let story = Story::begin();
    let mut call = story.call_of(&BUY, "RegionId=cn-hangzhou&Name=one", Format::Json);
    call.caller.account = AccountId::from("1000000000000009");
    let (tell, told) = mpsc::channel();
    story.cloud().call(call, move |answered| drop(tell.send(answered.answer)));
    assert_eq!(told.recv().unwrap().unwrap_err().row.name, "ResourceOwnerUnknown");
    assert_eq!(things(&story), 0);
}

#[test]
fn sixty_four_identical_calls_at_once_buy_one_thing() {
    for held_ms in [0, 2_000] {
        let folder = tempfile::tempdir().unwrap();
        let redb: Arc<dyn Engine> = Arc::new(RedbEngine::open(folder.path()).unwrap());
        let mut story = Story::on(redb);
        story.patch("limits/latency/create_commit_ms", json!(held_ms));
        let (tell, told) = mpsc::channel();
        let request = format!("RegionId=cn-hangzhou&Name=one&ClientToken=held-{held_ms}");
        let calls: Vec<_> = (0..64).map(|_| story.call_of(&BUY, &request, Format::Json)).collect();
        std::thread::scope(|scope| {
            for call in calls {
                let (tell, cloud) = (tell.clone(), story.cloud().clone());
                scope.spawn(move || cloud.call(call, move |answered| drop(tell.send(answered))));
            }
        });
        drop(tell);
        let answers: Vec<Answered> = told.iter().collect();
        assert_eq!(answers.len(), 64);
        let bodies: HashSet<&str> =
            answers.iter().filter_map(|answered| answered.answer.as_deref().ok()).collect();
        assert_eq!(bodies.len(), 1, "every call that is answered is answered the same");
        let in_progress = answers.iter().filter_map(|answered| answered.answer.as_ref().err());
        let in_progress: Vec<&str> = in_progress.map(|refusal| refusal.row.id).collect();
        assert_eq!(in_progress, vec!["C035"; if held_ms == 0 { 0 } else { 63 }]);
        let held: Vec<i64> = answers.iter().filter_map(|answered| answered.not_before_ms).collect();
        assert_eq!(held, if held_ms == 0 { vec![] } else { vec![DAWN_MS + held_ms] });
        assert_eq!(things(&story), 1);
    }
}
