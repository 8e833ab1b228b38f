//! Two servers on one PostgreSQL are one cloud. Without a database there is nothing to test.

use moyun_cloud::world::{DEFAULT_KEY_ID, DEFAULT_SECRET};
use serde_json::Value;

use crate::process::{Moyun, ask, at_once};
use crate::schema::Schema;

const REGION: (&str, &str) = ("RegionId", "cn-hangzhou");

/// How many calls each of the two gets at once.
const CALLS: usize = 16;

/// Two servers, and what they share. They stop before the schema goes.
struct Pair {
    servers: [Moyun; 2],
    _data: tempfile::TempDir,
    _schema: Schema,
}

impl Pair {
    /// None when the tests were given no database.
    fn start() -> Option<Pair> {
        let schema = Schema::fresh()?;
        let data = tempfile::tempdir().unwrap();
        let servers = [0, 1].map(|_| Moyun::start(data.path(), &["--store", &schema.url]));
        servers[0].admin("PATCH", "/admin/world/clock", r#"{"mode":"manual","now":"2030-01-01T00:00:00Z"}"#);
        Some(Pair { servers, _data: data, _schema: schema })
    }

    /// Many calls at once, half of them to each of the two.
    fn at_once(&self, call: impl Fn(&Moyun) -> Value + Sync) -> Vec<Value> {
        at_once(2 * CALLS, |number| call(&self.servers[number % 2]))
    }

    /// How many of the answers are refusals with this code; no other refusal is among them.
    fn refused(answers: &[Value], code: &str) -> usize {
        let refusals: Vec<&Value> = answers.iter().filter(|answer| answer["Code"].is_string()).collect();
        assert!(refusals.iter().all(|refusal| refusal["Code"] == code), "{refusals:?}");
        refusals.len()
    }
}

#[test]
fn a_request_is_accepted_by_one_of_the_two_and_once() {
    let Some(pair) = Pair::start() else { return };
    let [first, second] = &pair.servers;
    let request = first.request(DEFAULT_KEY_ID, DEFAULT_SECRET, "DescribeRegions", &[]);
    assert!(ask(first.api, &request)["Regions"].is_object());
    assert_eq!(ask(second.api, &request)["Code"], "SignatureNonceUsed");

    let request = first.request(DEFAULT_KEY_ID, DEFAULT_SECRET, "Vpc:CreateVpc", &[REGION]);
    let answers = pair.at_once(|server| ask(server.api, &request));
    assert_eq!(Pair::refused(&answers, "SignatureNonceUsed"), 2 * CALLS - 1);
    assert_eq!(second.call("Vpc:DescribeVpcs", &[REGION])["TotalCount"], 1);
}

#[test]
fn a_client_token_makes_one_thing_whoever_is_asked() {
    let Some(pair) = Pair::start() else { return };
    let [first, second] = &pair.servers;
    let once = [REGION, ("ClientToken", "once")];
    let made = first.call("Vpc:CreateVpc", &once);
    assert_eq!(second.call("Vpc:CreateVpc", &once)["VpcId"], made["VpcId"]);
    let other = [REGION, ("ClientToken", "once"), ("VpcName", "other")];
    assert_eq!(second.call("Vpc:CreateVpc", &other)["Code"], "IdempotentParameterMismatch");

    let token = [REGION, ("ClientToken", "at once")];
    let answers = pair.at_once(|server| server.call("Vpc:CreateVpc", &token));
    assert_eq!(Pair::refused(&answers, "LastTokenProcessing"), 0);
    assert!(answers.iter().all(|answer| answer["VpcId"] == answers[0]["VpcId"]), "{answers:?}");
    assert_eq!(first.call("Vpc:DescribeVpcs", &[REGION])["TotalCount"], 2);
}

#[test]
fn a_rate_is_one_rate_for_both() {
    let Some(pair) = Pair::start() else { return };
    let [first, second] = &pair.servers;
    first.admin("PATCH", "/admin/world/limits", r#"{"throttle":{"DescribeRegions":"5/min"}}"#);
    let answers = pair.at_once(|server| server.call("DescribeRegions", &[]));
    assert_eq!(Pair::refused(&answers, "Throttling"), 2 * CALLS - 5);
    for server in [first, second] {
        let budget = server.admin("GET", "/admin/throttle/1000000000000001", "");
        assert_eq!(budget["DescribeRegions"]["remaining"], 0);
    }
    second.admin("POST", "/admin/clock/advance", r#"{"seconds":60}"#);
    assert!(first.call("DescribeRegions", &[])["Regions"].is_object());
}

#[test]
fn the_name_of_a_key_pair_is_taken_for_both() {
    let Some(pair) = Pair::start() else { return };
    let [first, second] = &pair.servers;
    let login = [REGION, ("KeyPairName", "login")];
    // Asked at once by as many as there are, for a key pair takes the processor a while.
    let answers = at_once(4, |number| pair.servers[number % 2].call("CreateKeyPair", &login));
    assert_eq!(Pair::refused(&answers, "KeyPair.AlreadyExist"), 3);
    assert_eq!(second.call("CreateKeyPair", &login)["Code"], "KeyPair.AlreadyExist");
    assert_eq!(first.call("DescribeKeyPairs", &[REGION])["TotalCount"], 1);
    first.call("DeleteKeyPairs", &[REGION, ("KeyPairNames", r#"["login"]"#)]);
    assert_eq!(second.call("CreateKeyPair", &login)["KeyPairName"], "login");
}
