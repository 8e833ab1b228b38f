//! The stored state from the command line: saved, loaded, forked, compared, carried and checked.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Output;

use crate::process::{Moyun, moyun};
use crate::schema::Schema;

/// Runs `moyun state` on a data directory, or on a server whose directory it is not to see.
fn state(data: &Path, server: Option<&Moyun>, arguments: &[&str]) -> Output {
    let mut command = moyun();
    // Nobody listens on port 1, so that a stopped server's directory is all there is.
    let admin = server.map_or("127.0.0.1:1".to_owned(), |server| server.admin.to_string());
    command.arg("state").args(arguments).arg("--data").arg(data).args(["--admin", &admin]);
    command.output().unwrap()
}

fn said(output: &Output, code: i32) -> String {
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{told}");
    match code {
        2 => told.into_owned(),
        _ => String::from_utf8(output.stdout.clone()).unwrap(),
    }
}

fn make_vpc(server: &Moyun) -> String {
    let own = [("RegionId", "cn-hangzhou"), ("CidrBlock", "10.0.0.0/8")];
    server.call("Vpc:CreateVpc", &own)["VpcId"].as_str().unwrap().to_owned()
}

#[test]
fn a_running_server_goes_back_to_a_save() {
    let data = tempfile::tempdir().unwrap();
    let server = Moyun::start(data.path(), &["--ephemeral"]);
    server.admin("PATCH", "/admin/world/clock", r#"{"mode":"manual"}"#);
    let ask = |arguments: &[&str]| state(data.path(), Some(&server), arguments);
    assert_eq!(said(&ask(&["list"]), 0), "");
    assert!(said(&ask(&["save", "clean"]), 0).contains("saved"));
    assert_eq!(said(&ask(&["list"]), 0), "clean\n");
    assert_eq!(said(&ask(&["diff", "clean"]), 0), "");
    assert!(said(&ask(&["save", "clean"]), 2).contains("--replace"));

    let vpc = make_vpc(&server);
    server.admin("PATCH", "/admin/world/zones/cn-hangzhou-h/sale", "\"off\"");
    let changed = said(&ask(&["diff", "clean"]), 1);
    assert!(changed.contains(&format!("+ vpc 1000000000000001/{vpc}\n")), "{changed}");
    assert!(changed.contains("~ zones cn-hangzhou-h: facts.sale \"on\" → \"off\"\n"), "{changed}");
    assert_eq!(said(&ask(&["check"]), 0), "");

    said(&ask(&["load", "clean", "--account", "1000000000000001"]), 0);
    let changed = said(&ask(&["diff", "clean"]), 1);
    assert!(!changed.contains(&vpc) && changed.contains("\"off\""), "{changed}");
    said(&ask(&["load", "clean"]), 0);
    assert_eq!(said(&ask(&["diff", "clean"]), 0), "");
    assert!(said(&ask(&["remove", "clean"]), 0).contains("removed"));
    assert!(said(&ask(&["load", "clean"]), 2).contains("there is no save clean"));
    assert!(said(&ask(&["save", "../clean"]), 2).contains("no name of a save"));
}

#[test]
fn a_stopped_directory_is_carried_forked_and_checked() {
    let data = tempfile::tempdir().unwrap();
    let server = Moyun::start(data.path(), &[]);
    let vpc = make_vpc(&server);
    let waiting = said(&state(data.path(), Some(&server), &["export"]), 0);
    assert!(waiting.contains(&vpc), "the server holds the directory, so that it is asked");
    assert!(server.stop().success());

    let on = |arguments: &[&str]| state(data.path(), None, arguments);
    assert_eq!(said(&on(&["check"]), 0), "");
    said(&on(&["save", "one"]), 0);
    let save = data.path().join("saves/one.ndjson");
    assert_eq!(fs::metadata(&save).unwrap().permissions().mode() & 0o777, 0o600);
    let lines = fs::read_to_string(&save).unwrap();
    assert!(lines.contains("moyun-local-secret"));
    assert!(!said(&on(&["export", "--without-secrets"]), 0).contains("moyun-local-secret"));

    let broken = data.path().join("broken");
    fs::write(&broken, lines.replacen("\"table\":\"vpc\"", "\"table\":\"moon\"", 1)).unwrap();
    let sentence = said(&on(&["import", broken.to_str().unwrap()]), 2);
    assert!(sentence.contains("line ") && sentence.contains("there is no table moon"), "{sentence}");
    assert_eq!(said(&on(&["diff", "one"]), 0), "", "a refused import changes nothing");

    let fork = data.path().join("fork");
    let fork = fork.to_str().unwrap();
    said(&on(&["fork", "one", fork]), 0);
    assert!(said(&on(&["fork", "one", fork]), 2).contains("holds a state already"));
    let forked = Moyun::start(Path::new(fork), &[]);
    let vpcs = forked.call("Vpc:DescribeVpcs", &[("RegionId", "cn-hangzhou")]);
    assert_eq!(vpcs["Vpcs"]["Vpc"][0]["VpcId"], vpc);
}

#[test]
fn it_says_whose_state_it_works_on() {
    let data = tempfile::tempdir().unwrap();
    let told = |server: Option<&Moyun>| {
        let output = state(data.path(), server, &["check"]);
        assert_eq!(said(&output, 0), "");
        String::from_utf8(output.stderr).unwrap()
    };
    let server = Moyun::start(data.path(), &["--ephemeral"]);
    assert_eq!(told(Some(&server)), format!("moyun: on the server at {}\n", server.admin));
    assert!(Moyun::start(data.path(), &[]).stop().success());
    let stale = format!("moyun: on the directory {}, which no server uses\n", data.path().display());
    assert_eq!(told(Some(&server)), stale, "the server keeps its state elsewhere");
}

#[test]
fn what_servers_write_by_themselves_comes_back_on_every_store() {
    let schema = Schema::fresh();
    let stores = [Some(vec![]), schema.as_ref().map(|schema| vec!["--store", schema.url.as_str()])];
    for store in stores.iter().flatten() {
        let data = tempfile::tempdir().unwrap();
        let server = Moyun::start(data.path(), store);
        server.admin("PATCH", "/admin/world/clock", r#"{"mode":"manual","now":"2030-01-01T00:00:00Z"}"#);
        server.admin("PATCH", "/admin/world/limits", r#"{"throttle":{"DescribeRegions":"5/min"}}"#);
        server.call("Ram:CreateUser", &[("UserName", "ann")]);
        let key = server.call("Ram:CreateAccessKey", &[("UserName", "ann")])["AccessKey"].clone();
        let (id, secret) = (key["AccessKeyId"].as_str().unwrap(), key["AccessKeySecret"].as_str().unwrap());
        assert_eq!(server.call_as(id, secret, "DescribeRegions", &[])["Code"], "Forbidden.RAM");
        assert!(server.stop().success(), "refusals and uses of keys are stored now");

        let server = Moyun::start(data.path(), store);
        let ask = |arguments: &[&str]| said(&state(data.path(), Some(&server), arguments), 0);
        let lines = ask(&["export"]);
        for table in ["throttle_budget", "request", "ram_key_use"] {
            assert!(lines.contains(&format!("\"table\":\"{table}\"")), "{table} in {lines}");
        }
        ask(&["save", "all"]);
        server.admin("POST", "/admin/reset", "");
        assert_ne!(ask(&["export"]), lines);
        ask(&["load", "all"]);
        assert_eq!(ask(&["export"]), lines);
    }
}

#[test]
fn where_nothing_is_a_sentence_says_so() {
    let data = tempfile::tempdir().unwrap();
    let sentence = said(&state(data.path(), None, &["check"]), 2);
    assert!(sentence.contains("no Moyun answers at 127.0.0.1:1"), "{sentence}");
    assert!(!data.path().join("moyun.redb").exists(), "looking makes nothing");
}
