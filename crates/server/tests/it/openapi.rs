//! Every answer of the admin API, in whichever test, is what its OpenAPI document says.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use moyun_server::admin::openapi;
use serde_json::{Value, json};

use crate::client::{Answer, Server, signed};

static DOCUMENT: LazyLock<Value> = LazyLock::new(openapi);

/// Holds an answer against the document; what the document does not know is not served.
pub(crate) fn check(method: &str, path: &str, answer: &Answer) {
    let path = path.split('?').next().unwrap_or(path);
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let operation =
        paths.iter().find(|(form, _)| fits(form, path)).map(|(_, item)| &item[method.to_lowercase()]);
    let Some(operation) = operation.filter(|operation| operation.is_object()) else {
        assert!([400, 401, 403, 404, 405].contains(&answer.status), "{method} {path}: {}", answer.status);
        return;
    };
    let responses = &operation["responses"];
    let response =
        [answer.status.to_string().as_str(), "default"].into_iter().find_map(|it| responses.get(it));
    let Some(content) = response.unwrap()["content"].as_object() else { return };
    let told = answer.headers["content-type"].split(';').next().unwrap();
    let schema = content.get(told).or(content.get("*/*"));
    let schema = schema.unwrap_or_else(|| panic!("{method} {path}: {told} is no {content:?}"));
    if told == "application/json" {
        assert_valid(&schema["schema"], &answer.json(), &format!("{method} {path}"));
    }
}

fn assert_valid(schema: &Value, value: &Value, about: &str) {
    let name = schema["$ref"].as_str().unwrap_or_else(|| panic!("{about}: JSON of no schema"));
    let whole = json!({ "$ref": name, "components": DOCUMENT["components"] });
    let validator = jsonschema::validator_for(&whole).unwrap();
    let wrong: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{about} answers no {name}: {wrong:#?}");
}

/// Whether a path is of a form: a place takes a segment, that of the world and of pages at the end any number of them.
fn fits(form: &str, path: &str) -> bool {
    let (form, rest) = form.strip_suffix("/{path}").map_or((form, false), |form| (form, true));
    let (form, path): (Vec<&str>, Vec<&str>) = (form.split('/').collect(), path.split('/').collect());
    let is_like = |(wanted, given): (&&str, &&str)| wanted.starts_with('{') || wanted == given;
    (path.len() == form.len() || rest && path.len() > form.len()) && form.iter().zip(&path).all(is_like)
}

#[test]
fn every_json_of_the_admin_api_has_a_schema_that_its_answers_meet() {
    let server = Server::start();
    let refused = server.call("DescribeRegions", &[("AcceptLanguage", "tlh")]).json();
    let ok = signed("GET", server.params("DescribeRegions", &[])).encode();
    assert_eq!(server.get(&ok).verdict(), "200");
    let id = refused["RequestId"].as_str().unwrap();
    server.admin("PATCH", "/admin/world/limits/throttle", r#"{"CreateVpc":"5/min"}"#);
    let own = "/admin/state/accounts/1000000000000001";
    let lines = server.admin("GET", own, "").body;
    // The client of these tests holds each against the document.
    for (method, path, body) in [
        ("GET", "/health", ""),
        ("GET", "/admin/requests", ""),
        ("GET", &format!("/admin/requests/{id}"), ""),
        ("GET", "/admin/throttle/1000000000000001", ""),
        ("GET", "/admin/state/problems", ""),
        ("PUT", own, &lines),
        ("GET", "/admin/world/zones/cn-hangzhou-h", ""),
        ("POST", "/admin/clock/advance", r#"{"seconds":1}"#),
        ("POST", "/admin/accounts", "{}"),
        ("GET", "/admin/accounts/1000000000000001/orders", ""),
        ("POST", "/admin/reset", ""),
    ] {
        assert_eq!(server.admin(method, path, body).status, 200, "{method} {path}");
    }
    assert_eq!(server.admin("POST", "/admin/clock/advance", r#"{"seconds":-1}"#).status, 400);
}

#[test]
fn what_the_admin_api_takes_has_a_schema_too() {
    let advance = json!({ "$ref": "#/components/schemas/Advance" });
    assert_valid(&advance, &json!({ "seconds": 1.5 }), "a move of the clock");
    let mut bodies = BTreeMap::new();
    for (path, item) in DOCUMENT["paths"].as_object().unwrap() {
        for (method, operation) in
            item.as_object().unwrap().iter().filter(|(method, _)| *method != "parameters")
        {
            if let Some(schema) = operation.pointer("/requestBody/content/application~1json/schema/$ref") {
                let name = schema.as_str().unwrap().rsplit('/').next().unwrap();
                assert!(DOCUMENT["components"]["schemas"][name].is_object(), "{name}");
                bodies.insert(format!("{method} {path}"), name);
            }
        }
    }
    assert_eq!(bodies["post /admin/clock/advance"], "Advance");
    assert_eq!(bodies["patch /admin/world/{path}"], "Facts");
}
