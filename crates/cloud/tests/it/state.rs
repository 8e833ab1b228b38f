//! The state goes out as lines and comes back as the same bytes, or not at all.

use std::collections::BTreeSet;
use std::sync::Arc;

use moyun_cloud::case::Expect;
use moyun_cloud::ecs::instance::given::{one_running, one_stopped};
use moyun_cloud::registry::ACTIONS;
use moyun_cloud::state::{differences, tables as tables_of_records};
use moyun_cloud::story::Story;
use moyun_cloud::world::{DEFAULT_ACCOUNT, PatchError};
use moyun_store::{Engine, MemoryEngine, RedbEngine};
use moyun_wire::out::Format;

const FINE: &str = "the engine of a story does not fail";

fn export(story: &Story) -> String {
    story.cloud().export(None).expect(FINE)
}

/// Tables that the server writes, and no call.
const OF_SERVERS: [&str; 3] = ["throttle_budget", "request", "ram_key_use"];

fn imported() -> serde_json::Value {
    serde_json::json!({
        "account": DEFAULT_ACCOUNT, "region": "cn-hangzhou", "disk_kind": "data", "size": 40,
        "creation_time": "2025-01-01T00:00:00Z"
    })
}

#[test]
fn what_went_out_comes_back_as_the_same_bytes_on_every_engine() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let redb = RedbEngine::open(folder.path()).expect("a new database can be made");
    let engines: [Arc<dyn Engine>; 2] = [Arc::new(MemoryEngine::new()), Arc::new(redb)];
    let copies = engines.map(Story::on);
    let mut tables = BTreeSet::new();
    for entry in ACTIONS {
        let case = entry.cases.iter().find(|case| matches!(case.expect, Expect::Reply));
        let case = case.unwrap_or_else(|| panic!("{} has no case that succeeds", entry.spec.name));
        let mut story = Story::begin();
        (case.given)(&mut story);
        story.patch("snapshots/s-imported", imported());
        story.patch("zones/cn-hangzhou-h/spot_prices/ecs.g5.large", serde_json::json!(0.2));
        story.patch("prices/hours_per_week", serde_json::json!(100));
        let action = format!("{}:{}", entry.spec.product.name(), entry.spec.name);
        // Of an order something stays only while it is unpaid.
        let pay = if entry.spec.name == "ModifyPrepayInstanceSpec" { "&AutoPay=false" } else { "" };
        let request = format!("{}&ClientToken=once{pay}", case.request);
        story.answer(&action, &request, Format::Json).expect("the case runner has seen that it succeeds");
        story.cloud().spend_nonce(7 << 100, 60_000).expect(FINE);
        story.cloud().store_uses().expect(FINE);
        let lines = export(&story);
        for copy in &copies {
            copy.cloud().import(None, lines.clone()).unwrap_or_else(|error| panic!("{action}: {error:?}"));
            assert_eq!(copy.dump(), story.dump(), "{action}");
        }
        tables.extend(lines.lines().map(table_of));
    }
    let is_missing = |table: &&str| !tables.contains(*table) && !OF_SERVERS.contains(table);
    assert_eq!(tables_of_records().filter(is_missing).collect::<Vec<_>>(), [""; 0], "never copied");
}

fn table_of(line: &str) -> String {
    let line: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
    line["table"].as_str().expect("a line names its table").to_owned()
}

#[test]
fn lines_that_make_no_sense_are_refused_by_number_and_change_nothing() {
    let mut story = Story::begin();
    one_running(&mut story);
    let (lines, before) = (export(&story), story.dump());
    let at = 1 + lines.lines().position(|line| table_of(line) == "instance").expect("there is an instance");
    let instance = lines.lines().nth(at - 1).expect("there is an instance").to_owned();
    let last = lines.lines().count() + 1;
    for (broken, told) in [
        (String::new(), "there is nothing in it".to_owned()),
        (lines.replace(&instance, "{"), format!("line {at}: this is no record")),
        (
            lines.replace("\"table\":\"instance\"", "\"table\":\"moon\""),
            format!("line {at}: there is no table moon"),
        ),
        (format!("{lines}{instance}\n"), format!("line {last}: this is the record of line {at} again")),
        (
            lines.replace(&instance, &instance.replace("\"version\":1", "\"version\":9")),
            format!("line {at}: instance has version 1 here, not 9"),
        ),
        (
            lines.replace(&instance, &instance.replace("\"io_optimized\":true", "\"io_optimized\":7")),
            format!("line {at}: this is no instance: "),
        ),
        (
            lines.replace(&instance, &instance.replace("\"io_optimized\"", "\"moons\":7,\"io_optimized\"")),
            format!("line {at}: this is no instance: it has no field moons"),
        ),
        (
            lines.replace(&instance, &instance.replace("\"id\":\"i-", "\"id\":\"i-other")),
            format!("line {at}: its key is "),
        ),
        (lines.replace("\"max_in_flight\":4096", "\"max_in_flight\":0"), "works on at least one".to_owned()),
        (lines.replace(&format!("{instance}\n"), ""), "the state would not be sound: ".to_owned()),
        (lines.lines().skip(1).collect::<Vec<_>>().join("\n"), "the world has no clock".to_owned()),
    ] {
        match story.cloud().import(None, broken) {
            Err(PatchError::Refused(sentence)) => assert!(sentence.contains(&told), "{told}: {sentence}"),
            other => panic!("{told}: {other:?}"),
        }
        assert_eq!(story.dump(), before, "{told}");
    }
    story.cloud().import(None, lines).expect("what went out comes back");
}

#[test]
fn fields_without_content_are_left_out_and_may_be_there() {
    let mut story = Story::begin();
    one_running(&mut story);
    let (lines, before) = (export(&story), story.dump());
    assert!(!lines.contains("\"deletion_protection\"") && !lines.contains("\"recalled_ms\""));
    let wordy = lines
        .replace("\"host_name\"", "\"deletion_protection\":false,\"tags\":[],\"shown\":{},\"host_name\"")
        .replace("\"spot_strategy\"", "\"recalled_ms\":null,\"spot_strategy\"");
    assert_ne!(wordy, lines);
    story.cloud().import(None, wordy).expect("older versions wrote it so");
    assert_eq!(story.dump(), before);
}

#[test]
fn an_account_goes_back_alone() {
    let mut story = Story::begin();
    one_running(&mut story);
    let account = || Some(DEFAULT_ACCOUNT.into());
    let (whole, mine) = (export(&story), story.cloud().export(account().as_ref()).expect(FINE));
    assert!(!mine.contains("\"table\":\"zones\"") && mine.contains("\"table\":\"instance\""));
    story.call("StopInstance", "InstanceId=$i&ForceStop=true");
    story.patch("zones/cn-hangzhou-h/sale", serde_json::json!("off"));
    story.cloud().import(account(), whole).expect("what went out comes back");
    assert_eq!(story.cloud().export(account().as_ref()).expect(FINE), mine);
    assert!(export(&story).contains("\"sale\":\"off\""), "the world stays");
    let nobody = story.cloud().import(Some("7".into()), mine);
    assert!(
        matches!(nobody, Err(PatchError::Refused(sentence)) if sentence.contains("belongs to account 7"))
    );
}

#[test]
fn differences_are_told_record_by_record_and_field_by_field() {
    let mut story = Story::begin();
    one_stopped(&mut story);
    let before = export(&story);
    assert_eq!(differences(&before, &export(&story)), Ok(vec![]));
    story.call("ModifyInstanceAttribute", "InstanceId=$i&InstanceName=renamed");
    let (instance, disk) = (story.text("$i"), story.text("$data"));
    let told = differences(&before, &export(&story)).expect("both are exports");
    assert_eq!(told, [format!("~ instance {DEFAULT_ACCOUNT}/{instance}: name \"web-1\" → \"renamed\"")]);
    story.call("DeleteInstance", "InstanceId=$i");
    let gone = differences(&before, &export(&story)).expect("both are exports");
    assert!(gone.contains(&format!("- instance {DEFAULT_ACCOUNT}/{instance}")), "{gone:#?}");
    assert!(
        gone.contains(&format!("~ disk {DEFAULT_ACCOUNT}/{disk}: status \"InUse\" → \"Available\"")),
        "{gone:#?}"
    );
    let come = differences(&export(&story), &before).expect("both are exports");
    assert!(come.contains(&format!("+ instance {DEFAULT_ACCOUNT}/{instance}")), "{come:#?}");
}

#[test]
fn a_call_that_was_admitted_before_a_reset_is_refused_after_it() {
    let mut story = Story::begin();
    story.call("Ram:CreateUser", "UserName=ann");
    story.call("Ram:AttachPolicyToUser", "PolicyType=System&PolicyName=AdministratorAccess&UserName=ann");
    story.make("k", "Ram:CreateAccessKey", "UserName=ann", "AccessKey/AccessKeyId");
    let make = |story: &mut Story| story.answer("Vpc:CreateVpc", "RegionId=cn-hangzhou", Format::Json);
    story.act_with_key("$k");
    assert!(make(&mut story).is_ok());
    story.cloud().reset().expect("the built-in world is valid");
    let fresh = story.dump();
    assert_eq!(make(&mut story).expect_err("its key is gone").row.name, "AccessKeyUnknown");
    assert_eq!(story.dump(), fresh);
}
