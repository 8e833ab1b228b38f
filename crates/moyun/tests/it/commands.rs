//! The world, the clock and accounts from the command line.

use std::process::Output;

use crate::process::{Moyun, moyun, run};

/// Runs a command against a running server; what it prints.
fn ask(server: &Moyun, arguments: &[&str]) -> Output {
    moyun().args(arguments).args(["--admin", &server.admin.to_string()]).output().unwrap()
}

fn said(output: &Output) -> String {
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn refused(output: &Output) -> String {
    assert!(!output.status.success() && output.stdout.is_empty());
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn the_world_is_read_and_changed() {
    let data = tempfile::tempdir().unwrap();
    let server = Moyun::start(data.path(), &["--ephemeral"]);
    let sale = "zones/cn-hangzhou-h/sale";
    assert_eq!(said(&ask(&server, &["world", "get", sale])), "on\n");
    assert_eq!(said(&ask(&server, &["world", "set", sale, "off"])), "off\n");
    assert_eq!(said(&ask(&server, &["world", "get", sale])), "off\n");
    let stock = said(&ask(&server, &["world", "set", "zones/cn-hangzhou-h/stock", r#"{"ecs.g5.large": 2}"#]));
    assert!(stock.contains("\"ecs.g5.large\": 2"), "{stock}");
    assert!(said(&ask(&server, &["world", "get"])).contains("\"regions\""));

    let sentence = refused(&ask(&server, &["world", "set", sale, "maybe"]));
    assert!(sentence.contains("maybe") && sentence.contains("zones/cn-hangzhou-h"), "{sentence}");
    assert!(refused(&ask(&server, &["world", "get", "weather"])).contains("weather"));
    assert!(refused(&ask(&server, &["world", "set", sale, "{"])).contains("JSON"));
    assert!(said(&ask(&server, &["reset"])).contains("first start"));
    assert_eq!(said(&ask(&server, &["world", "get", sale])), "on\n");
}

#[test]
fn the_clock_is_moved() {
    let data = tempfile::tempdir().unwrap();
    let server = Moyun::start(data.path(), &["--ephemeral"]);
    let stopped = said(&ask(&server, &["clock", "manual", "2030-01-01T00:00:00Z"]));
    assert!(stopped.contains("2030-01-01T00:00:00Z") && stopped.contains("manual"), "{stopped}");
    assert!(said(&ask(&server, &["clock", "advance", "90"])).contains("2030-01-01T00:01:30Z"));
    assert!(said(&ask(&server, &["clock", "show"])).contains("2030-01-01T00:01:30Z"));
    let fast = said(&ask(&server, &["clock", "real", "--factor", "60"]));
    assert!(fast.contains("real") && fast.contains("60"), "{fast}");
    assert!(refused(&ask(&server, &["clock", "real", "--factor", "0"])).contains("factor"));
    assert!(refused(&ask(&server, &["clock", "manual", "teatime"])).contains("teatime"));
}

#[test]
fn a_fresh_account_calls_with_the_key_that_was_shown() {
    let data = tempfile::tempdir().unwrap();
    let server = Moyun::start(data.path(), &["--ephemeral"]);
    let account: serde_json::Value =
        serde_json::from_str(&said(&ask(&server, &["accounts", "new"]))).unwrap();
    let text = |name: &str| account[name].as_str().unwrap();
    let answer = server.call_as(text("access_key_id"), text("access_key_secret"), "DescribeRegions", &[]);
    assert!(answer["Regions"].is_object(), "{answer}");
}

#[test]
fn a_token_is_sent_and_where_nobody_answers_that_is_said() {
    let data = tempfile::tempdir().unwrap();
    let server = Moyun::start(data.path(), &["--ephemeral", "--admin-token", "open sesame"]);
    assert!(refused(&ask(&server, &["clock", "show"])).contains("token"));
    said(&ask(&server, &["clock", "show", "--admin-token", "open sesame"]));
    let nobody = run(&["clock", "show", "--admin", "127.0.0.1:1"]);
    assert!(refused(&nobody).contains("127.0.0.1:1"));
    let api = server.api.to_string();
    assert!(refused(&run(&["clock", "show", "--admin", &api])).contains("admin address"));
}

#[test]
fn shells_are_completed_and_help_teaches() {
    for shell in ["bash", "zsh", "fish"] {
        let script = said(&run(&["completion", shell]));
        for word in
            ["world", "clock", "accounts", "explain", "state", "without-secrets", "reset", "admin-token"]
        {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    assert!(said(&run(&["world", "--help"])).contains("moyun world set zones/cn-hangzhou-h/sale off"));
    assert!(said(&run(&["explain", "--help"])).contains("moyun explain OperationDenied.NoStock"));
    assert!(said(&run(&["clock", "--help"])).contains("moyun clock advance 5"));
}

#[test]
fn pages_are_checked_and_the_status_tells() {
    let status = |files: &[&str]| {
        let output = run(&[&["docs", "check"], files].concat());
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    let folder = tempfile::tempdir().unwrap();
    let bad = folder.path().join("bad.md");
    std::fs::write(&bad, "# RunInstances\n\n## 描述\n\n").unwrap();
    let bad = bad.to_str().unwrap();
    let good = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference/en/ecs/RunInstances.md");
    assert_eq!(status(&[good]), (0, String::new()));
    let (code, told) = status(&[good, bad]);
    assert_eq!(code, 1);
    assert!(told.starts_with(&format!("{bad}:3: `## 描述` says nothing.\n")), "{told}");
    assert_eq!(status(&[bad, "no/such.md"]).0, 2);
    assert!(!run(&["docs", "check"]).status.success());
}

#[test]
fn the_reference_is_exported_as_pages_and_as_data() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    said(&run(&["docs", "export", "--lang", "zh", place]));
    let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference/zh/ecs/RunInstances.md");
    let page = std::fs::read_to_string(folder.path().join("ecs/RunInstances.md")).unwrap();
    assert_eq!(page, std::fs::read_to_string(committed).unwrap());

    said(&run(&["docs", "export", "--format", "json", "--lang", "zh", place]));
    let data = std::fs::read(folder.path().join("ecs.json")).unwrap();
    let data: serde_json::Value = serde_json::from_slice(&data).unwrap();
    let of = |path: &str| data.pointer(path).unwrap_or_else(|| panic!("{path}"));
    assert_eq!(of("/info/version"), "2014-05-26");
    assert!(of("/directories").as_array().unwrap().contains(&"RunInstances".into()));
    let parameters = of("/apis/DescribeInstances/parameters").as_array().unwrap();
    let named = |name: &str| parameters.iter().find(|parameter| parameter["name"] == name).unwrap();
    assert_eq!(named("RegionId")["schema"]["required"], true);
    assert_eq!(named("Tag")["style"], "repeatList");
    assert_eq!(named("Tag")["schema"]["items"]["properties"]["Key"]["type"], "string");
    assert!(named("Tag")["schema"]["description"].as_str().unwrap().contains("标签"));
    assert_eq!(named("PageSize")["schema"]["maximum"], 100);
    let reply = "/apis/DescribeRegions/responses/200/schema/properties/Regions/properties/Region";
    assert_eq!(of(reply)["items"]["properties"]["RegionId"]["type"], "string");
    assert_eq!(of("/apis/StopInstance/errorCodes/404/0/errorCode"), "InvalidInstanceId.NotFound");
    let all: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.path().join("moyun.json")).unwrap()).unwrap();
    assert_eq!(all["products"]["Ecs"], data);
    assert!(all["errors"].as_array().unwrap().iter().any(|row| row["errorCode"] == "SignatureNonceUsed"));
    assert!(refused(&run(&["docs", "export", "/dev/null/x"])).contains("/dev/null/x"));
}

#[test]
fn the_site_is_exported_with_every_page_in_both_languages_and_no_link_leads_astray() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    said(&run(&["docs", "export", "--format", "html", "--lang", "zh", place.to_str().unwrap()]));
    let read = |path: &str| std::fs::read_to_string(place.join(path)).unwrap();
    assert!(read("index.html").contains("url=zh/index.html"));
    assert!(read("assets/search-zh.js").contains("\"ecs/StopInstance.html\""));
    for path in moyun_cloud::doc::reference().into_keys() {
        let page = moyun_cloud::doc::site::address(&path);
        let text = read(&page);
        assert!(!text.contains("style=") && !text.contains("<script>"), "{page}");
        let here = place.join(&page);
        for link in text.split([' ', '\n']).filter_map(|word| {
            word.strip_prefix("href=\"").or(word.strip_prefix("src=\""))?.split('"').next()
        }) {
            let (file, fragment) = link.split_once('#').unwrap_or((link, ""));
            if file.is_empty() {
                assert!(text.contains(&format!("id=\"{fragment}\"")), "{page}: {link}");
            } else if !file.contains("://") {
                assert!(here.parent().unwrap().join(file).is_file(), "{page}: {link}");
            }
        }
    }
}

#[test]
fn the_admin_api_is_exported_as_openapi() {
    let folder = tempfile::tempdir().unwrap();
    said(&run(&["docs", "export", "--format", "openapi", folder.path().to_str().unwrap()]));
    let document = std::fs::read(folder.path().join("admin.openapi.json")).unwrap();
    let document: serde_json::Value = serde_json::from_slice(&document).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let patch = &document["paths"]["/admin/world/{path}"]["patch"];
    assert!(patch["requestBody"]["content"]["application/json"].is_object(), "{patch}");
    let query = document["paths"]["/requests"]["get"]["parameters"].as_array().unwrap();
    assert!(query.iter().any(|parameter| parameter["name"] == "status"), "{query:?}");
}
