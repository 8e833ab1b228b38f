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
    moyun().arg("explain").args(arguments).args(["--admin", &server.admin.to_string()]).output().unwrap()
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
    let text = said(&run(&["explain", "OperationDenied.NoStock"]));
    assert!(text.contains("403 OperationDenied.NoStock (I079)") && text.contains("RunInstances"), "{text}");
    let text = said(&run(&["explain", "I042", "--lang", "zh"]));
    assert!(text.contains("客户端应如何处理"), "{text}");
    let unknown = run(&["explain", "Nonsense"]);
    assert!(!unknown.status.success() && unknown.stdout.is_empty());
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("Nonsense"));
}
