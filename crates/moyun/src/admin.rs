//! The admin API from the command line.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use moyun_wire::encode::encode;
use serde_json::{Value, json};

use crate::args::{At, ClockCommand, WorldCommand};

/// How long to wait for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Reads the world or changes it.
pub(crate) fn world(at: &At, command: &WorldCommand) -> Result<String, String> {
    match command {
        WorldCommand::Get { path } => at.ask("GET", &world_path(path), None).map(|found| shown(&found)),
        WorldCommand::Set { path, value } => {
            at.ask("PATCH", &world_path(path), Some(read_value(value)?)).map(|now| shown(&now))
        }
    }
}

/// Reads the clock or moves it.
pub(crate) fn clock(at: &At, command: &ClockCommand) -> Result<String, String> {
    let patch = match command {
        ClockCommand::Show => return at.ask("GET", "/admin/world/clock", None).map(|clock| shown(&clock)),
        ClockCommand::Advance { seconds } => {
            let by = json!({ "seconds": seconds });
            return at.ask("POST", "/admin/clock/advance", Some(by)).map(|clock| shown(&clock));
        }
        ClockCommand::Manual { now: None } => json!({ "mode": "manual" }),
        ClockCommand::Manual { now: Some(now) } => json!({ "mode": "manual", "now": now }),
        ClockCommand::Real { factor } => json!({ "mode": "real", "factor": factor }),
    };
    at.ask("PATCH", "/admin/world/clock", Some(patch)).map(|clock| shown(&clock))
}

/// Makes an account and shows it with its key, this once.
pub(crate) fn new_account(at: &At) -> Result<String, String> {
    at.ask("POST", "/admin/accounts", None).map(|account| shown(&account))
}

/// Forgets everything.
pub(crate) fn reset(at: &At) -> Result<String, String> {
    at.ask("POST", "/admin/reset", None).map(|_| "everything is as at the first start\n".to_owned())
}

impl At {
    /// Asks the admin API; what it refuses is an error in its own words.
    pub(crate) fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Result<Value, String> {
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        let answer = self.ask_text(method, path, &body)?;
        serde_json::from_str(&answer).map_err(|_| self.is_no_admin())
    }

    /// [`At::ask`] of what need not be JSON.
    pub(crate) fn ask_text(&self, method: &str, path: &str, body: &str) -> Result<String, String> {
        let nobody = |error: io::Error| {
            let admin = self.admin;
            format!(
                "no Moyun answers at {admin} ({error}); start one with `moyun`, or say where it is with --admin"
            )
        };
        let answer = self.exchange(method, path, body).map_err(nobody)?;
        let (status, answer) = parse(&answer).ok_or_else(|| self.is_no_admin())?;
        if status == 200 {
            return Ok(answer.to_owned());
        }
        let told: Value = serde_json::from_str(answer).map_err(|_| self.is_no_admin())?;
        Err(match told.get("error").and_then(Value::as_str) {
            Some(sentence) => sentence.to_owned(),
            None => format!("the admin API answered {status}: {told}"),
        })
    }

    fn is_no_admin(&self) -> String {
        format!("what answers at {} is no Moyun admin address; the API listens elsewhere", self.admin)
    }

    fn exchange(&self, method: &str, path: &str, body: &str) -> io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect_timeout(&self.admin, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let token = self.admin_token.as_ref().map(|token| format!("Authorization: Bearer {token}\r\n"));
        let (host, token, length) = (self.admin, token.unwrap_or_default(), body.len());
        let head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\n{token}Connection: close\r\n");
        stream.write_all(format!("{head}Content-Length: {length}\r\n\r\n{body}").as_bytes())?;
        let mut answer = vec![];
        stream.read_to_end(&mut answer)?;
        Ok(answer)
    }
}

/// Status and body of an HTTP answer.
fn parse(answer: &[u8]) -> Option<(u16, &str)> {
    let text = std::str::from_utf8(answer).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
    Some((status, body))
}

fn world_path(path: &str) -> String {
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    segments.fold("/admin/world".to_owned(), |path, segment| format!("{path}/{}", encode(segment)))
}

/// A value as it is typed: JSON, or a bare word that stands for itself.
fn read_value(text: &str) -> Result<Value, String> {
    let is_word = text.starts_with(|c: char| c.is_alphabetic()) && !["true", "false", "null"].contains(&text);
    if is_word {
        return Ok(Value::from(text));
    }
    serde_json::from_str(text)
        .map_err(|error| format!("{text} is not JSON: {error}; put quotes around a text"))
}

/// JSON on lines of its own; a single text without its quotes, for shells.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{text}\n"),
        other => format!("{other:#}\n"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{read_value, world_path};

    #[test]
    fn a_bare_word_is_a_text_and_everything_else_json() {
        assert_eq!(read_value("off"), Ok(json!("off")));
        assert_eq!(read_value("true"), Ok(json!(true)));
        assert_eq!(read_value("\"true\""), Ok(json!("true")));
        assert_eq!(read_value("-2.5"), Ok(json!(-2.5)));
        assert_eq!(read_value("{\"ecs.g5.large\":2}"), Ok(json!({ "ecs.g5.large": 2 })));
        assert!(read_value("{\"a\":").unwrap_err().contains("not JSON"));
        assert!(read_value("2026-01-01T00:00:00Z").unwrap_err().contains("quotes"));
    }

    #[test]
    fn segments_are_encoded() {
        assert_eq!(world_path(""), "/admin/world");
        assert_eq!(world_path("/zones/a b/"), "/admin/world/zones/a%20b");
    }
}
