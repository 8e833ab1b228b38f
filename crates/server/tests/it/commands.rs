//! The commands of the error centre over a real socket: every row is met by them, and mended.
//!
//! A small shell runs the lines of the export, with clients of its own in the place of `aliyun` and `curl`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use moyun_cloud::doc::{self, Language};
use moyun_cloud::registry;
use moyun_wire::encode::encode;
use moyun_wire::params::Params;
use moyun_wire::v1;
use serde_json::Value;

use crate::client::{Answer, Server, signed_with};

static EXPORT: LazyLock<Value> = LazyLock::new(|| doc::all_metadata(Language::En));

/// The key of the environment, and its secret.
const KEY: (&str, &str) = ("LTAI5tMoyunLocalTest", "moyun-local-secret");

struct Shell {
    server: Server,
    names: BTreeMap<String, String>,
}

impl Shell {
    /// A shell in which the first lines ran.
    fn begin() -> Shell {
        let mut shell = Shell { server: Server::start(), names: BTreeMap::new() };
        let begin = EXPORT["begin"].as_str().unwrap();
        for line in begin.lines().filter(|line| line.starts_with("curl ")) {
            assert_eq!(shell.run(line).unwrap().status, 200, "{line}");
        }
        shell
    }

    /// Runs a line; the answer of the request that it makes, if it waits for one.
    fn run(&mut self, line: &str) -> Option<Answer> {
        if let Some(rest) = line.strip_prefix("for n in $(seq ") {
            let (times, body) = rest.strip_suffix("; done").unwrap().split_once("); do ").unwrap();
            for n in 1..=times.parse().unwrap() {
                self.names.insert("n".to_owned(), i32::to_string(&n));
                self.succeed(body);
            }
            return None;
        }
        if let Some(rest) = line.strip_prefix("until ") {
            let (call, _) = rest.split_once(" | grep -q '\"TotalCount\": *1'; do ").unwrap();
            while self.run(call).unwrap().json()["TotalCount"] != 1 {
                std::thread::yield_now();
            }
            return None;
        }
        if let Some(call) = line.strip_suffix(" &") {
            // Nobody waits for its answer.
            drop(self.server.get_later(&self.aliyun(&self.words(call)).encode()));
            return None;
        }
        match line.split_once('=') {
            Some((name, value)) if name.chars().all(|c| c.is_alphanumeric() || c == '_') => {
                let value = self.value(value);
                self.names.insert(name.to_owned(), value);
                None
            }
            _ => Some(self.call(line)),
        }
    }

    /// Runs a line that is not refused.
    fn succeed(&mut self, line: &str) {
        if let Some(answer) = self.run(line) {
            assert_eq!(answer.status, 200, "{line}: {}", answer.body);
        }
    }

    /// What is on the right side of an assignment.
    fn value(&mut self, value: &str) -> String {
        let Some(inner) = value.strip_prefix("$(").and_then(|value| value.strip_suffix(')')) else {
            return self.words(value).concat();
        };
        if let Some(rest) = inner.strip_prefix("printf '") {
            let (piece, times) = rest.trim_end_matches(')').split_once("%.0s' $(seq ").unwrap();
            return piece.repeat(times.parse().unwrap());
        }
        let (call, filter) = inner.rsplit_once(" | jq -r ").unwrap_or((inner, ""));
        let text = match call {
            "printf %s \"$reply\"" => self.names["reply"].clone(),
            call => {
                let answer = self.run(call).unwrap();
                assert_eq!(answer.status, 200, "{call}: {}", answer.body);
                answer.body
            }
        };
        if filter.is_empty() {
            return text;
        }
        let json: Value = serde_json::from_str(&text).unwrap();
        let found = json.pointer(&filter.replace(['.', '['], "/").replace(']', ""));
        found.and_then(Value::as_str).unwrap_or_else(|| panic!("{filter} of {text}")).to_owned()
    }

    fn call(&mut self, line: &str) -> Answer {
        if let Some(request) = line.strip_prefix("curl -sS ") {
            return self.curl(request);
        }
        let query = self.aliyun(&self.words(line)).encode();
        self.server.get(&query)
    }

    fn curl(&self, request: &str) -> Answer {
        let (method, rest) = match request.strip_prefix("-X ") {
            Some(rest) => rest.split_once(' ').unwrap(),
            None => ("GET", request),
        };
        if let Some(query) = rest.strip_prefix("\"$API/?").and_then(|rest| rest.strip_suffix('"')) {
            let query = self.query(query);
            let head = "Host: ecs.test\r\nConnection: close";
            return self.server.raw(format!("{method} /?{query} HTTP/1.1\r\n{head}\r\n\r\n"));
        }
        let words = self.words(rest);
        let path = words[0].strip_prefix("$ADMIN").unwrap();
        let body = words.get(2).map_or("", String::as_str);
        self.server.admin(method, &format!("/admin{path}"), body)
    }

    /// A query, which is signed if it says so.
    fn query(&self, query: &str) -> String {
        let Some(signed) = query.strip_prefix("$(signed ").and_then(|query| query.strip_suffix(')')) else {
            return query.to_owned();
        };
        let words = self.words(signed);
        let [method, secret, query] = &words[..] else { panic!("{signed}") };
        let text = format!("{method}&%2F&{}", encode(query));
        let signature = v1::sign(v1::Method::HmacSha1, secret, &text);
        format!("{query}&Signature={}", encode(&signature))
    }

    /// The signed request that `aliyun` makes of its arguments.
    fn aliyun(&self, words: &[String]) -> Params {
        let [tool, product, action, options @ ..] = words else { panic!("{words:?}") };
        assert_eq!(tool, "aliyun");
        let spec = |spec: &moyun_cloud::spec::ActionSpec| {
            spec.product.ram_code() == *product && spec.name == *action
        };
        let entry = registry::ACTIONS.iter().find(|entry| spec(entry.spec)).unwrap();
        let mut params = self.server.params(action, &[]);
        params.insert("Version", entry.spec.product.version());
        let (mut secret, mut options) = (KEY.1.to_owned(), options.iter());
        while let Some(option) = options.next() {
            let option = option.strip_prefix("--").unwrap();
            let (name, value) = match option.split_once('=') {
                Some((name, value)) => (name, value),
                None => (option, options.next().unwrap().as_str()),
            };
            match name {
                "access-key-id" => params.insert("AccessKeyId", value),
                "access-key-secret" => value.clone_into(&mut secret),
                own => params.insert(own, value),
            };
        }
        signed_with(&secret, "GET", params)
    }

    /// The words of a line, with names filled in.
    fn words(&self, line: &str) -> Vec<String> {
        let (mut words, mut word, mut quote) = (vec![], None::<String>, None);
        let mut letters = line.chars().peekable();
        while let Some(letter) = letters.next() {
            match (letter, quote) {
                (' ', None) => words.extend(word.take()),
                ('\'' | '"', None) => {
                    quote = Some(letter);
                    word.get_or_insert_default();
                }
                (close, Some(open)) if close == open => quote = None,
                ('\\', None | Some('"')) => word.get_or_insert_default().extend(letters.next()),
                ('$', None | Some('"')) => {
                    let mut name = String::new();
                    while let Some(part) = letters.next_if(|c| c.is_ascii_alphanumeric() || *c == '_') {
                        name.push(part);
                    }
                    let value = self.names.get(&name).cloned().unwrap_or_else(|| format!("${name}"));
                    word.get_or_insert_default().push_str(&value);
                }
                (other, _) => word.get_or_insert_default().push(other),
            }
        }
        words.extend(word);
        words
    }
}

fn lines(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

#[test]
fn every_row_is_met_and_mended_by_its_commands() {
    for row in EXPORT["errors"].as_array().unwrap() {
        if row["commands"].is_object() {
            check(row, &row["commands"]);
        }
    }
}

fn check(row: &Value, commands: &Value) {
    let (id, mut shell) = (&row["id"], Shell::begin());
    lines(&commands["given"]).for_each(|line| shell.succeed(line));
    let refused = shell.run(commands["refused"].as_str().unwrap()).unwrap();
    let told = (u64::from(refused.status), &refused.json()["Code"]);
    assert_eq!(told, (row["status"].as_u64().unwrap(), &row["errorCode"]), "{id}: {}", refused.body);
    lines(&commands["mend"]).for_each(|line| shell.succeed(line));
    if let Some(request) = commands["mended"].as_str() {
        let mended = shell.run(request).unwrap();
        assert_eq!(mended.status, 200, "{id}: {}", mended.body);
    }
}

#[test]
fn every_published_row_has_its_commands() {
    let rows = EXPORT["errors"].as_array().unwrap();
    let published = || rows.iter().filter(|row| !row["id"].as_str().unwrap().starts_with('N'));
    let told = |row: &&Value| row["commands"]["refused"].is_string() && row["commands"]["mended"].is_string();
    let told: BTreeSet<&str> = published().filter(told).map(|row| row["id"].as_str().unwrap()).collect();
    let untold: Vec<&Value> =
        published().map(|row| &row["id"]).filter(|id| !told.contains(id.as_str().unwrap())).collect();
    assert_eq!((told.len(), untold), (153, vec![]));
}
