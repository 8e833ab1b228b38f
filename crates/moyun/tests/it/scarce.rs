//! What is scarce goes to as many as there are units, however many ask at once and whichever server they ask.

use std::collections::HashSet;

use serde_json::Value;

use crate::buyer::{Buyer, made};
use crate::process::{Moyun, ask, at_once};
use crate::schema::Schema;

/// How many ask at once.
const CALLS: usize = 64;

const STOCK: &str = "/admin/world/zones/cn-hangzhou-h/stock";

/// An order of one month that is paid at once.
const ORDER: [(&str, &str); 3] =
    [("InstanceChargeType", "PrePaid"), ("Period", "1"), ("PeriodUnit", "Month")];

/// Runs a scenario in memory, on redb, and on two and four servers of one PostgreSQL, if the tests were given any.
pub(crate) fn on_every_cloud(scenario: impl Fn(&[Moyun])) {
    let data = tempfile::tempdir().unwrap();
    let run = |servers: Vec<Moyun>| {
        servers[0].admin("PATCH", "/admin/world/clock", r#"{"mode":"manual","now":"2030-01-01T00:00:00Z"}"#);
        scenario(&servers);
    };
    run(vec![Moyun::start(data.path(), &["--ephemeral"])]);
    run(vec![Moyun::start(data.path(), &[])]);
    for count in [2, 4] {
        let Some(schema) = Schema::fresh() else { return };
        run((0..count).map(|_| Moyun::start(data.path(), &["--store", &schema.url])).collect());
    }
}

/// Many calls at once, spread over the servers.
fn ask_all(servers: &[Moyun], call: impl Fn(&Moyun, usize) -> Value + Sync) -> Vec<Value> {
    at_once(CALLS, |number| call(&servers[number % servers.len()], number))
}

/// The number of instances made; every answer that made none is a refusal with this code.
fn sold(answers: &[Value], code: &str) -> usize {
    let losers: Vec<&Value> = answers.iter().filter(|answer| made(answer) == 0).collect();
    assert!(losers.iter().all(|loser| loser["Code"] == code), "{losers:?}");
    answers.iter().map(made).sum()
}

#[test]
fn the_last_units_of_a_stock_go_to_as_many_accounts() {
    on_every_cloud(|servers| {
        let buyers: Vec<Buyer> = (0..4).map(|_| Buyer::new(&servers[0])).collect();
        servers[0].admin("PATCH", STOCK, r#"{"ecs.g5.large":5}"#);
        let answers = ask_all(servers, |server, number| buyers[number / 16].run(server, &[]));
        assert_eq!(sold(&answers, "OperationDenied.NoStock"), 5);
        assert_eq!(servers[0].admin("GET", STOCK, "")["ecs.g5.large"], 0);
        let there = buyers.iter().map(|buyer| {
            let instances = buyer.call(&servers[0], "DescribeInstances", &[]);
            instances["TotalCount"].as_u64().unwrap()
        });
        assert_eq!(there.sum::<u64>(), 5);
    });
}

#[test]
fn a_least_amount_takes_what_is_left_of_a_stock() {
    on_every_cloud(|servers| {
        let buyers: Vec<Buyer> = (0..4).map(|_| Buyer::new(&servers[0])).collect();
        servers[0].admin("PATCH", STOCK, r#"{"ecs.g5.large":10}"#);
        let wish = [("Amount", "4"), ("MinAmount", "2")];
        let answers = ask_all(servers, |server, number| buyers[number / 16].run(server, &wish));
        assert_eq!(sold(&answers, "OperationDenied.NoStock"), 10);
        let mut sizes: Vec<usize> = answers.iter().map(made).filter(|made| *made > 0).collect();
        sizes.sort_unstable();
        assert_eq!(sizes, [2, 4, 4]);
        assert_eq!(servers[0].admin("GET", STOCK, "")["ecs.g5.large"], 0);
    });
}

#[test]
fn a_quota_admits_as_many_as_it_says() {
    on_every_cloud(|servers| {
        let buyer = Buyer::new(&servers[0]);
        buyer.patch(&servers[0], "quotas", r#"{"postpaid_instances":3}"#);
        let answers = ask_all(servers, |server, _| buyer.run(server, &[]));
        assert_eq!(sold(&answers, "QuotaExceed.AfterpayInstance"), 3);
        assert_eq!(buyer.call(&servers[0], "DescribeInstances", &[])["TotalCount"], 3);
    });
}

#[test]
fn money_buys_as_much_as_it_pays_for() {
    on_every_cloud(|servers| {
        let buyer = Buyer::new(&servers[0]);
        let before = buyer.balance(&servers[0]);
        let first = buyer.run(&servers[0], &ORDER);
        let price = first["TradePrice"].as_f64().unwrap();
        assert!(price > 0.0 && (before - price - buyer.balance(&servers[0])).abs() < 1e-6);
        let money = format!(r#"{{"balance":{:.2},"credit_limit":0}}"#, 3.0 * price);
        buyer.patch(&servers[0], "billing", &money);
        let answers = ask_all(servers, |server, _| buyer.run(server, &ORDER));
        assert_eq!(sold(&answers, "InsufficientBalance"), 3);
        assert_eq!(buyer.balance(&servers[0]), 0.0);
    });
}

#[test]
fn a_public_address_is_given_once() {
    on_every_cloud(|servers| {
        let buyers: Vec<Buyer> = (0..4).map(|_| Buyer::new(&servers[0])).collect();
        let wish = [("InternetMaxBandwidthOut", "1"), ("Amount", "4")];
        let answers = ask_all(servers, |server, number| buyers[number / 16].run(server, &wish));
        assert!(answers.iter().all(|answer| made(answer) == 4), "{answers:?}");
        let mut addresses = HashSet::new();
        for buyer in &buyers {
            let listed = buyer.call(&servers[0], "DescribeInstances", &[("PageSize", "100")]);
            for instance in listed["Instances"]["Instance"].as_array().unwrap() {
                let address = instance["PublicIpAddress"]["IpAddress"][0].as_str().unwrap();
                assert!(addresses.insert(address.to_owned()), "{address} was given twice");
            }
        }
        assert_eq!(addresses.len(), 4 * CALLS);
    });
}

#[test]
fn an_order_is_charged_once_also_across_a_kill() {
    let data = tempfile::tempdir().unwrap();
    let moyun = Moyun::start(data.path(), &[]);
    moyun.admin("PATCH", "/admin/world/clock", r#"{"mode":"manual","now":"2030-01-01T00:00:00Z"}"#);
    let buyer = Buyer::new(&moyun);
    let before = buyer.balance(&moyun);
    let order = [&ORDER[..], &[("ClientToken", "once")]].concat();
    moyun.admin("PATCH", "/admin/world/limits/latency", r#"{"create_commit_ms":2000}"#);
    let (api, request) = (moyun.api, buyer.run_request(&moyun, &order));
    // It is stored and waits for its time to be answered; the kill takes the answer away.
    let unanswered = std::thread::spawn(move || std::panic::catch_unwind(|| ask(api, &request)).is_err());
    while buyer.call(&moyun, "DescribeInstances", &[])["TotalCount"] != 1 {
        std::thread::yield_now();
    }
    let charged = buyer.balance(&moyun);
    moyun.kill();
    assert!(unanswered.join().unwrap());

    let moyun = Moyun::start(data.path(), &[]);
    moyun.admin("POST", "/admin/clock/advance", r#"{"seconds":2}"#);
    let answers = at_once(CALLS, |_| buyer.run(&moyun, &order));
    assert!(answers.iter().all(|answer| made(answer) == 1), "{answers:?}");
    assert_eq!(buyer.call(&moyun, "DescribeInstances", &[])["TotalCount"], 1);
    let price = answers[0]["TradePrice"].as_f64().unwrap();
    assert!((before - charged - price).abs() < 1e-6);
    assert_eq!(buyer.balance(&moyun), charged);
}
