//! Two and four servers on one PostgreSQL are one cloud. Without a database there is nothing to test.
//!
//! [`RULES`] is the table of all that holds across them; what is bought is in `scarce`, the order of calls in `linear`.

use std::collections::BTreeSet;

use moyun_cloud::world::{DEFAULT_ACCOUNT, DEFAULT_KEY_ID, DEFAULT_SECRET};
use serde_json::{Value, json};

use crate::buyer::{Buyer, made};
use crate::history::{Event, History};
use crate::process::{Moyun, ask, at_once};
use crate::schema::Schema;

const REGION: (&str, &str) = ("RegionId", "cn-hangzhou");

/// How many calls are made at once, whichever servers they go to.
const CALLS: usize = 32;

/// What holds on as many servers as there are.
type Rule = (&'static str, fn(&Servers));

/// Every rule that servers of one database keep together.
const RULES: &[Rule] = &[
    ("a nonce is accepted once", a_nonce_is_accepted_once),
    ("a client token makes one thing", a_client_token_makes_one_thing),
    ("a rate is one rate", a_rate_is_one_rate),
    ("a quota is one quota", a_quota_is_one_quota),
    ("a stock is one stock", a_stock_is_one_stock),
    ("a balance is one balance", a_balance_is_one_balance),
    ("a name is given once", a_name_is_given_once),
    ("a private address is given once", a_private_address_is_given_once),
    ("public addresses are given once", public_addresses_are_given_once),
    ("what falls due happens once", what_falls_due_happens_once),
    ("a reset leaves nothing of before", a_reset_leaves_nothing_of_before),
    ("a load leaves nothing of before", a_load_leaves_nothing_of_before),
];

#[test]
fn two_servers_keep_every_rule() {
    keep_every_rule(2);
}

#[test]
fn four_servers_keep_every_rule() {
    keep_every_rule(4);
}

fn keep_every_rule(count: usize) {
    let Some(servers) = Servers::start(count) else { return };
    for (name, rule) in RULES {
        println!("{count} servers: {name}");
        servers.first().admin("POST", "/admin/reset", "");
        servers.first().admin(
            "PATCH",
            "/admin/world/clock",
            r#"{"mode":"manual","now":"2030-01-01T00:00:00Z"}"#,
        );
        rule(&servers);
        assert_eq!(servers.last().admin("GET", "/admin/state/problems", "")["problems"], json!([]), "{name}");
    }
}

/// Servers, and what they share. They stop before the schema goes.
struct Servers {
    all: Vec<Moyun>,
    _data: tempfile::TempDir,
    _schema: Schema,
}

impl Servers {
    /// None when the tests were given no database.
    fn start(count: usize) -> Option<Servers> {
        let schema = Schema::fresh()?;
        let data = tempfile::tempdir().unwrap();
        let all = (0..count).map(|_| Moyun::start(data.path(), &["--store", &schema.url])).collect();
        Some(Servers { all, _data: data, _schema: schema })
    }

    fn first(&self) -> &Moyun {
        &self.all[0]
    }

    fn last(&self) -> &Moyun {
        &self.all[self.all.len() - 1]
    }

    /// The server of a call, when calls take turns.
    fn of(&self, number: usize) -> &Moyun {
        &self.all[number % self.all.len()]
    }

    /// Many calls at once, as many to each server.
    fn at_once(&self, call: impl Fn(&Moyun, usize) -> Value + Sync) -> Vec<Value> {
        at_once(CALLS, |number| call(self.of(number), number))
    }

    /// How many of the answers are refusals with this code; no other refusal is among them.
    fn refused(answers: &[Value], code: &str) -> usize {
        let refusals: Vec<&Value> = answers.iter().filter(|answer| answer["Code"].is_string()).collect();
        assert!(refusals.iter().all(|refusal| refusal["Code"] == code), "{refusals:?}");
        refusals.len()
    }
}

fn a_nonce_is_accepted_once(servers: &Servers) {
    let (first, last) = (servers.first(), servers.last());
    let request = first.request(DEFAULT_KEY_ID, DEFAULT_SECRET, "DescribeRegions", &[]);
    assert!(ask(first.api, &request)["Regions"].is_object());
    assert_eq!(ask(last.api, &request)["Code"], "SignatureNonceUsed");

    let request = first.request(DEFAULT_KEY_ID, DEFAULT_SECRET, "Vpc:CreateVpc", &[REGION]);
    let answers = servers.at_once(|server, _| ask(server.api, &request));
    assert_eq!(Servers::refused(&answers, "SignatureNonceUsed"), CALLS - 1);
    assert_eq!(last.call("Vpc:DescribeVpcs", &[REGION])["TotalCount"], 1);
}

fn a_client_token_makes_one_thing(servers: &Servers) {
    let (first, last) = (servers.first(), servers.last());
    let once = [REGION, ("ClientToken", "once")];
    let made = first.call("Vpc:CreateVpc", &once);
    assert_eq!(last.call("Vpc:CreateVpc", &once)["VpcId"], made["VpcId"]);
    let other = [REGION, ("ClientToken", "once"), ("VpcName", "other")];
    assert_eq!(last.call("Vpc:CreateVpc", &other)["Code"], "IdempotentParameterMismatch");

    let token = [REGION, ("ClientToken", "at once")];
    let answers = servers.at_once(|server, _| server.call("Vpc:CreateVpc", &token));
    assert_eq!(Servers::refused(&answers, "LastTokenProcessing"), 0);
    assert!(answers.iter().all(|answer| answer["VpcId"] == answers[0]["VpcId"]), "{answers:?}");
    assert_eq!(first.call("Vpc:DescribeVpcs", &[REGION])["TotalCount"], 2);
}

fn a_rate_is_one_rate(servers: &Servers) {
    servers.first().admin("PATCH", "/admin/world/limits", r#"{"throttle":{"DescribeRegions":"5/min"}}"#);
    let answers = servers.at_once(|server, _| server.call("DescribeRegions", &[]));
    assert_eq!(Servers::refused(&answers, "Throttling"), CALLS - 5);
    for server in &servers.all {
        let budget = server.admin("GET", "/admin/throttle/1000000000000001", "");
        assert_eq!(budget["DescribeRegions"]["remaining"], 0);
    }
    servers.last().admin("POST", "/admin/clock/advance", r#"{"seconds":60}"#);
    assert!(servers.first().call("DescribeRegions", &[])["Regions"].is_object());
}

fn a_quota_is_one_quota(servers: &Servers) {
    let buyer = Buyer::new(servers.first());
    buyer.patch(servers.first(), "quotas", r#"{"postpaid_instances":3}"#);
    let answers = servers.at_once(|server, _| buyer.run(server, &[]));
    assert_eq!(Servers::refused(&answers, "QuotaExceed.AfterpayInstance"), CALLS - 3);
    assert_eq!(buyer.call(servers.last(), "DescribeInstances", &[])["TotalCount"], 3);
}

fn a_stock_is_one_stock(servers: &Servers) {
    const STOCK: &str = "/admin/world/zones/cn-hangzhou-h/stock";
    let buyers: Vec<Buyer> = (0..4).map(|_| Buyer::new(servers.first())).collect();
    servers.first().admin("PATCH", STOCK, r#"{"ecs.g5.large":5}"#);
    let answers = servers.at_once(|server, number| buyers[number / 8].run(server, &[]));
    assert_eq!(Servers::refused(&answers, "OperationDenied.NoStock"), CALLS - 5);
    assert_eq!(servers.last().admin("GET", STOCK, "")["ecs.g5.large"], 0);
}

fn a_balance_is_one_balance(servers: &Servers) {
    let order = [("InstanceChargeType", "PrePaid"), ("Period", "1"), ("PeriodUnit", "Month")];
    let buyer = Buyer::new(servers.first());
    let price = buyer.run(servers.first(), &order)["TradePrice"].as_f64().unwrap();
    let money = format!(r#"{{"balance":{:.2},"credit_limit":0}}"#, 3.0 * price);
    buyer.patch(servers.first(), "billing", &money);
    let answers = servers.at_once(|server, _| buyer.run(server, &order));
    assert_eq!(Servers::refused(&answers, "InsufficientBalance"), CALLS - 3);
    assert_eq!(buyer.balance(servers.last()), 0.0);
}

fn a_name_is_given_once(servers: &Servers) {
    let (first, last) = (servers.first(), servers.last());
    let login = [REGION, ("KeyPairName", "login")];
    // Asked at once by a few, for a key pair takes the processor a while.
    let answers = at_once(4, |number| servers.of(number).call("CreateKeyPair", &login));
    assert_eq!(Servers::refused(&answers, "KeyPair.AlreadyExist"), 3);
    assert_eq!(last.call("CreateKeyPair", &login)["Code"], "KeyPair.AlreadyExist");
    assert_eq!(first.call("DescribeKeyPairs", &[REGION])["TotalCount"], 1);
    first.call("DeleteKeyPairs", &[REGION, ("KeyPairNames", r#"["login"]"#)]);
    assert_eq!(last.call("CreateKeyPair", &login)["KeyPairName"], "login");
}

fn a_private_address_is_given_once(servers: &Servers) {
    let buyer = Buyer::new(servers.first());
    let wish = [("PrivateIpAddress", "10.0.1.77")];
    let answers = servers.at_once(|server, _| buyer.run(server, &wish));
    assert_eq!(Servers::refused(&answers, "InvalidPrivateIpAddress.Duplicated"), CALLS - 1);
    assert_eq!(buyer.call(servers.last(), "DescribeInstances", &[])["TotalCount"], 1);
}

fn public_addresses_are_given_once(servers: &Servers) {
    let buyers: Vec<Buyer> = (0..4).map(|_| Buyer::new(servers.first())).collect();
    let wish = [("InternetMaxBandwidthOut", "1")];
    let answers = servers.at_once(|server, number| buyers[number / 8].run(server, &wish));
    assert!(answers.iter().all(|answer| made(answer) == 1), "{answers:?}");
    let mut addresses = BTreeSet::new();
    for buyer in &buyers {
        let listed = buyer.call(servers.last(), "DescribeInstances", &[("PageSize", "100")]);
        for instance in listed["Instances"]["Instance"].as_array().unwrap() {
            addresses.insert(instance["PublicIpAddress"]["IpAddress"][0].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(addresses.len(), CALLS);
}

/// Each server applies what is due as soon as the clock moves, and all of them move it at once: a week that is renewed
/// by itself is paid for once.
fn what_falls_due_happens_once(servers: &Servers) {
    let buyer = Buyer::new(servers.first());
    let week = [("InstanceChargeType", "PrePaid"), ("Period", "1"), ("PeriodUnit", "Week")];
    let renewed = [&week[..], &[("AutoRenew", "true"), ("AutoRenewPeriod", "1")]].concat();
    let price = buyer.run(servers.first(), &renewed)["TradePrice"].as_f64().unwrap();
    buyer.run(servers.first(), &[("Amount", "16")]);
    let before = buyer.balance(servers.first());
    let day = r#"{"seconds":86400}"#;
    at_once(8, |number| servers.of(number).admin("POST", "/admin/clock/advance", day));
    assert_eq!(servers.last().admin("GET", "/admin/world/clock/now", ""), "2030-01-09T00:00:15Z");
    let running = buyer.call(servers.last(), "DescribeInstances", &[("Status", "Running")]);
    assert_eq!(running["TotalCount"], 17);
    let paid = before - buyer.balance(servers.first());
    assert!((paid - price).abs() < 1e-6, "{paid} of {price}");
}

fn a_reset_leaves_nothing_of_before(servers: &Servers) {
    plant(servers);
    leaves_nothing_of_before(servers, &[], || {
        assert_eq!(servers.last().admin("POST", "/admin/reset", "")["status"], "reset");
    });
}

fn a_load_leaves_nothing_of_before(servers: &Servers) {
    plant(servers);
    let kept = vpc_of(&servers.first().call("Vpc:CreateVpc", &[REGION])).expect("nobody else calls yet");
    let saved = servers.first().lines("/admin/state");
    leaves_nothing_of_before(servers, &[kept], || {
        assert!(servers.last().admin("PUT", "/admin/state", &saved)["records"].is_u64());
    });
}

/// Gives the world its own clock again: another would jump with each replacement, under requests that carry its time.
fn plant(servers: &Servers) {
    servers.first().admin("POST", "/admin/reset", "");
}

/// What threads do while others replace the state.
#[derive(Debug)]
enum Act {
    Made(String),
    Replaced,
}

/// Writers of the default account, and of one that the replacement takes away, go on while the state is replaced again
/// and again: what was made before the last replacement is gone, what was made after it is there.
fn leaves_nothing_of_before(servers: &Servers, kept: &[String], replace: impl Fn() + Sync) {
    const ROUNDS: usize = 6;
    let stranger = Buyer::new(servers.first());
    let history = History::new();
    at_once(9, |thread| {
        for round in 0..ROUNDS {
            let server = servers.of(thread + round);
            match thread {
                0 => history.record(|| {
                    replace();
                    Act::Replaced
                }),
                1 | 2 => drop(stranger.call(server, "Vpc:CreateVpc", &[])),
                _ => history.record(|| {
                    let answer = server.call("Vpc:CreateVpc", &[REGION]);
                    Act::Made(vpc_of(&answer).unwrap_or_else(|| panic!("{answer}")))
                }),
            }
        }
    });
    let events = history.into_events();
    let last =
        events.iter().filter(|event| matches!(event.call, Act::Replaced)).max_by_key(|event| event.end);
    let last = last.expect("the state was replaced");
    let made = |which: &dyn Fn(&Event<Act>) -> bool| -> BTreeSet<&str> {
        let made = events.iter().filter(|event| which(event)).filter_map(|event| match &event.call {
            Act::Made(vpc) => Some(vpc.as_str()),
            Act::Replaced => None,
        });
        made.chain(kept.iter().map(String::as_str)).collect()
    };
    let state = servers.first().lines("/admin/state");
    let there: BTreeSet<String> = lines_of(&state, "vpc").filter_map(|line| field(&line, "id")).collect();
    let there: BTreeSet<&str> = there.iter().map(String::as_str).collect();
    assert!(there.is_superset(&made(&|event| event.begin > last.end)), "something is lost: {there:?}");
    assert!(there.is_subset(&made(&|event| event.end > last.begin)), "something is left: {there:?}");
    // That a call was refused stays true, and a server may remember it after the replacement.
    let is_refusal = |line: &str| line.starts_with(r#"{"table":"request","#);
    let left: Vec<&str> =
        state.lines().filter(|line| line.contains(&stranger.uid) && !is_refusal(line)).collect();
    assert!(left.is_empty(), "something of an account that is gone is left: {left:?}");
    assert_eq!(lines_of(&state, "accounts").count(), 1);
    assert!(state.contains(DEFAULT_ACCOUNT));
}

fn vpc_of(answer: &Value) -> Option<String> {
    answer["VpcId"].as_str().map(str::to_owned)
}

/// The lines of a table in an exported state.
fn lines_of<'s>(state: &'s str, table: &'s str) -> impl Iterator<Item = Value> + 's {
    let lines = state.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(move |line| line["table"] == table)
}

fn field(line: &Value, name: &str) -> Option<String> {
    line["record"][name].as_str().map(str::to_owned)
}
