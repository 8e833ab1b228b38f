//! `moyun explain`, and what it knows after a restart.

use std::process::Output;

use serde_json::Value;

use crate::process::{Moyun, moyun, run};
use crate::schema::Schema;

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn explained(server: &Moyun, arguments: &[&str]) -> Output {
    let admin = server.admin.to_string();
    let mut explain = moyun();
    explain.arg("explain").args(arguments).args(["--admin", &admin]);
    // Whoever runs the tests may speak another language.
    explain.env("LC_ALL", "en_GB.UTF-8").output().unwrap()
}

/// A call that is refused for an instance that nobody has.
fn refuse(server: &Moyun) -> Value {
    server.call("StopInstance", &[("InstanceId", "i-nobody"), ("RegionId", "cn-hangzhou")])
}

fn is_explained(server: &Moyun, id: &str) {
    let text = said(&explained(server, &[id]));
    for words in [
        "404 InvalidInstanceId.NotFound (C041)",
        "instance/1000000000000001/i-nobody: absent",
        "✓ signature",
        "Check the ID",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains('\x1b') && !text.contains("moyun-local-secret"), "{text}");
}

fn survives_a_restart(arguments: &[&str]) {
    let data = tempfile::tempdir().unwrap();
    let server = Moyun::start(data.path(), arguments);
    let refusal = refuse(&server);
    let id = refusal["RequestId"].as_str().unwrap().to_owned();
    assert_eq!(refusal["Recommend"], format!("http://{}/requests/{id}", server.admin));
    is_explained(&server, &id);
    assert!(server.stop().success());
    let server = Moyun::start(data.path(), arguments);
    is_explained(&server, &id);
    let recent = server.admin("GET", "/admin/requests", "");
    assert!(recent.as_array().unwrap().iter().any(|told| told["request_id"] == id), "{recent}");
    server.admin("POST", "/admin/reset", "");
    let absent = explained(&server, &[&id]);
    assert!(!absent.status.success());
    assert!(String::from_utf8_lossy(&absent.stderr).contains("no request"), "{absent:?}");
}

#[test]
fn a_refusal_is_explained_after_a_restart() {
    survives_a_restart(&[]);
}

#[test]
fn a_refusal_is_explained_after_a_restart_on_postgresql() {
    let Some(schema) = Schema::fresh() else { return };
    survives_a_restart(&["--store", &schema.url]);
}

#[test]
fn codes_and_rows_are_explained_without_a_server() {
    let text = said(&run(&["explain", "OperationDenied.NoStock", "--lang", "en"]));
    assert!(text.contains("403 OperationDenied.NoStock (I079)") && text.contains("RunInstances"), "{text}");
    let text = said(&run(&["explain", "I042", "--lang", "zh"]));
    assert!(text.contains("客户端应如何处理"), "{text}");
    let unknown = run(&["explain", "Nonsense", "--lang", "en"]);
    assert!(!unknown.status.success() && unknown.stdout.is_empty());
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("Nonsense"));
}

#[test]
fn an_explanation_speaks_the_language_of_the_environment_unless_it_is_told_another() {
    let title = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut explain = moyun();
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            explain.env_remove(name);
        }
        explain.envs(variables.iter().copied()).args(["explain", "I042"]).args(arguments);
        if said(&explain.output().unwrap()).contains("含义") { "zh" } else { "en" }
    };
    for (variables, arguments, language) in [
        (&[][..], &[][..], "en"),
        (&[("LANG", "zh_CN.UTF-8")], &[], "zh"),
        (&[("LANG", "zh_CN.UTF-8"), ("LC_MESSAGES", "en_US.UTF-8")], &[], "en"),
        (&[("LANG", "en_US.UTF-8"), ("LC_ALL", "zh_TW")], &[], "zh"),
        (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "")], &[], "zh"),
        (&[("LANG", "zh_CN.UTF-8")], &["--lang", "en"], "en"),
        (&[("LANG", "C")], &["--lang", "zh"], "zh"),
    ] {
        assert_eq!(title(variables, arguments), language, "{variables:?} {arguments:?}");
    }
}
