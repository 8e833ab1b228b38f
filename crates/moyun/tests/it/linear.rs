//! Calls at once end as if they had come one after another, whichever server they went to.

use serde_json::Value;

use crate::buyer::{Buyer, made};
use crate::history::{Event, History, assert_linearizable, is_linearizable};
use crate::process::{Moyun, at_once};
use crate::schema::Schema;

/// How many threads call at once.
const THREADS: usize = 6;
const STOCK: &str = "/admin/world/zones/cn-hangzhou-h/stock";
const PUBLIC_KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";

/// Runs a scenario on redb, and on two servers of one PostgreSQL, if the tests were given any.
fn on_every_store(scenario: impl Fn(&[Moyun])) {
    let data = tempfile::tempdir().unwrap();
    let run = |servers: Vec<Moyun>| {
        servers[0].admin("PATCH", "/admin/world/clock", r#"{"mode":"manual","now":"2030-01-01T00:00:00Z"}"#);
        scenario(&servers);
    };
    run(vec![Moyun::start(data.path(), &[])]);
    let Some(schema) = Schema::fresh() else { return };
    run([0, 1].map(|_| Moyun::start(data.path(), &["--store", &schema.url])).into());
}

/// What a thread does at its server, and what came of it.
type Step<'a, C> = &'a (dyn Fn(&Moyun, usize) -> C + Sync);

/// Each thread makes its calls, one after another, at the server that is its.
fn storm<C: Send>(servers: &[Moyun], calls: &[Step<'_, C>]) -> Vec<Event<C>> {
    let history = History::new();
    at_once(THREADS, |thread| {
        for call in calls {
            history.record(|| call(&servers[thread % servers.len()], thread));
        }
    });
    history.into_events()
}

/// Whether a call succeeded; otherwise it was refused with this code.
fn passed(answer: &Value, code: &str) -> bool {
    match &answer["Code"] {
        Value::Null => true,
        refused => {
            assert_eq!(refused, code, "{answer}");
            false
        }
    }
}

/// Running instances of an account, one for each thread.
fn running(buyer: &Buyer, server: &Moyun) -> Vec<String> {
    let answer = buyer.run(server, &[("Amount", &THREADS.to_string())]);
    server.admin("POST", "/admin/clock/advance", r#"{"seconds":120}"#);
    let ids = answer["InstanceIdSets"]["InstanceIdSet"].as_array().unwrap();
    ids.iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}

fn delete(buyer: &Buyer, server: &Moyun, id: &str) {
    let answer = buyer.call(server, "DeleteInstance", &[("InstanceId", id), ("Force", "true")]);
    assert!(answer["Code"].is_null(), "{answer}");
}

/// What may be asked of a stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sale {
    Sold(bool),
    Returned,
    Left(u64),
}

/// A stock after one thing was asked of it, unless it cannot have said so.
fn sale(left: &u64, call: &Sale) -> Option<u64> {
    match *call {
        Sale::Sold(true) => left.checked_sub(1),
        Sale::Sold(false) => (*left == 0).then_some(0),
        Sale::Returned => Some(left + 1),
        Sale::Left(shown) => (*left == shown).then_some(shown),
    }
}

#[test]
fn the_last_unit_of_a_stock_is_sold_and_returned_in_some_order() {
    on_every_store(|servers| {
        let buyers: Vec<Buyer> = (0..THREADS).map(|_| Buyer::new(&servers[0])).collect();
        let owned: Vec<String> = buyers.iter().map(|buyer| running(buyer, &servers[0]).remove(0)).collect();
        servers[0].admin("PATCH", STOCK, r#"{"ecs.g5.large":1}"#);
        let buy = |server: &Moyun, thread: usize| {
            let answer = buyers[thread].run(server, &[]);
            Sale::Sold(passed(&answer, "OperationDenied.NoStock") && made(&answer) == 1)
        };
        let give_back = |server: &Moyun, thread: usize| {
            delete(&buyers[thread], server, &owned[thread]);
            Sale::Returned
        };
        let look =
            |server: &Moyun, _| Sale::Left(server.admin("GET", STOCK, "")["ecs.g5.large"].as_u64().unwrap());
        let events = storm(servers, &[&buy, &look, &give_back, &buy, &look, &buy, &look]);
        assert_linearizable(events, 1, sale);
    });
}

#[test]
fn a_unit_that_is_sold_twice_is_seen() {
    let sold = |begin| Event { call: Sale::Sold(true), begin, end: begin + 5 };
    assert!(is_linearizable(&[sold(0)], 1, sale));
    assert!(!is_linearizable(&[sold(0), sold(1)], 1, sale));
}

/// What may be asked of a name.
#[derive(Debug, Clone, Copy)]
enum Naming {
    Given(bool),
    Freed,
    IsTaken(bool),
}

/// Whether the name is taken after one thing was asked.
fn naming(taken: &bool, call: &Naming) -> Option<bool> {
    match *call {
        Naming::Given(given) => (given != *taken).then_some(true),
        Naming::Freed => Some(false),
        Naming::IsTaken(shown) => (shown == *taken).then_some(shown),
    }
}

#[test]
fn a_name_of_a_key_pair_is_given_and_freed_in_some_order() {
    on_every_store(|servers| {
        let buyer = Buyer::new(&servers[0]);
        let name = ("KeyPairName", "login");
        let give = |server: &Moyun, _| {
            let answer = buyer.call(server, "ImportKeyPair", &[name, ("PublicKeyBody", PUBLIC_KEY)]);
            Naming::Given(passed(&answer, "KeyPair.AlreadyExist"))
        };
        let free = |server: &Moyun, _| {
            let answer = buyer.call(server, "DeleteKeyPairs", &[("KeyPairNames", r#"["login"]"#)]);
            assert!(answer["Code"].is_null(), "{answer}");
            Naming::Freed
        };
        let look = |server: &Moyun, _| {
            Naming::IsTaken(buyer.call(server, "DescribeKeyPairs", &[name])["TotalCount"] == 1)
        };
        assert_linearizable(storm(servers, &[&give, &look, &free, &give, &look, &free]), false, naming);
    });
}

#[test]
fn an_address_is_given_and_freed_in_some_order() {
    const ADDRESS: &str = "10.0.1.77";
    on_every_store(|servers| {
        let buyer = Buyer::new(&servers[0]);
        let holder = buyer.run(&servers[0], &[("PrivateIpAddress", ADDRESS)]);
        let holder = holder["InstanceIdSets"]["InstanceIdSet"][0].as_str().unwrap().to_owned();
        servers[0].admin("POST", "/admin/clock/advance", r#"{"seconds":120}"#);
        let give = |server: &Moyun, _| {
            let answer = buyer.run(server, &[("PrivateIpAddress", ADDRESS)]);
            Naming::Given(passed(&answer, "InvalidPrivateIpAddress.Duplicated"))
        };
        let look = |server: &Moyun, _| {
            let holders = format!("[\"{ADDRESS}\"]");
            let wish = [("InstanceNetworkType", "vpc"), ("PrivateIpAddresses", &*holders)];
            Naming::IsTaken(buyer.call(server, "DescribeInstances", &wish)["TotalCount"] == 1)
        };
        // One thread frees the address, once; the others look instead.
        let free = |server: &Moyun, thread: usize| match thread {
            0 => {
                delete(&buyer, server, &holder);
                Naming::Freed
            }
            _ => look(server, thread),
        };
        assert_linearizable(storm(servers, &[&give, &free, &give, &look, &give, &look]), true, naming);
    });
}

/// What may be asked of a tag.
#[derive(Debug, Clone, Copy)]
enum Tagging {
    Put(usize),
    Taken,
    Shown(Option<usize>),
}

/// The value of the tag after one thing was asked.
fn tagging(value: &Option<usize>, call: &Tagging) -> Option<Option<usize>> {
    match *call {
        Tagging::Put(value) => Some(Some(value)),
        Tagging::Taken => Some(None),
        Tagging::Shown(shown) => (shown == *value).then_some(shown),
    }
}

#[test]
fn a_tag_has_the_values_it_was_given_in_some_order() {
    on_every_store(|servers| {
        let buyer = Buyer::new(&servers[0]);
        let id = running(&buyer, &servers[0]).remove(0);
        let tagged = [("ResourceType", "instance"), ("ResourceId.1", &*id)];
        let call = |server: &Moyun, action: &str, own: &[(&str, &str)]| {
            let answer = buyer.call(server, action, &[&tagged, own].concat());
            assert!(answer["Code"].is_null(), "{answer}");
            answer
        };
        let put = |server: &Moyun, thread: usize| {
            let value = thread.to_string();
            call(server, "TagResources", &[("Tag.1.Key", "role"), ("Tag.1.Value", &value)]);
            Tagging::Put(thread)
        };
        let take = |server: &Moyun, _| {
            call(server, "UntagResources", &[("TagKey.1", "role")]);
            Tagging::Taken
        };
        let look = |server: &Moyun, _| {
            let answer = call(server, "ListTagResources", &[]);
            let value = answer["TagResources"]["TagResource"][0]["TagValue"].as_str().map(str::to_owned);
            Tagging::Shown(value.map(|value| value.parse().unwrap()))
        };
        assert_linearizable(storm(servers, &[&put, &look, &take, &look, &put, &look]), None, tagging);
    });
}
