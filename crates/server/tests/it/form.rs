//! One request in each of the four forms: two signatures, two formats.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use moyun_cloud::commands::ABSENT;
use moyun_cloud::errors::ErrorRow;
use moyun_cloud::registry;
use moyun_cloud::world::{DEFAULT_KEY_ID, DEFAULT_SECRET};
use moyun_wire::params::Params;
use moyun_wire::v3;

use crate::client::{Answer, NOW, Server, signed_with};

/// What V1 sends as parameters and V3 in headers, if at all.
const COMMON: [&str; 10] = [
    "Method",
    "Secret",
    "Action",
    "Version",
    "AccessKeyId",
    "Signature",
    "SignatureMethod",
    "SignatureVersion",
    "SignatureNonce",
    "Timestamp",
];

/// How a request is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signature {
    V1,
    V3,
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Xml,
    Json,
}

/// The form of a request and its answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form {
    pub(crate) signature: Signature,
    pub(crate) format: Format,
}

/// What a request says, by the names that V1 has for it; beside them `Method`, and `Secret`, which signs.
#[derive(Clone)]
pub(crate) struct Words(BTreeMap<String, String>);

impl Words {
    /// Those of a correct call of the default account.
    pub(crate) fn of(action: &str) -> Words {
        let common = [
            ("Method", "GET"),
            ("Secret", DEFAULT_SECRET),
            ("Action", action),
            ("Version", version(action)),
            ("AccessKeyId", DEFAULT_KEY_ID),
            ("SignatureMethod", "HMAC-SHA1"),
            ("SignatureVersion", "1.0"),
            ("Timestamp", NOW),
        ];
        Words::from(&common)
    }

    /// These and no others; the request is not signed until it has a `Secret`.
    pub(crate) fn from(words: &[(&str, &str)]) -> Words {
        Words(words.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.insert(name.to_owned(), value.into());
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| *value != ABSENT)
    }

    /// Sends the request; one that names no nonce has a fresh one.
    pub(crate) fn send(&self, form: Form, server: &Server) -> Answer {
        server.raw(self.bytes(form, server))
    }

    /// The same, as bytes.
    pub(crate) fn bytes(&self, form: Form, server: &Server) -> String {
        let mut words = self.clone();
        words.0.entry("SignatureNonce".to_owned()).or_insert_with(|| server.nonce());
        match form.signature {
            Signature::V1 => words.v1(form.format),
            Signature::V3 => words.v3(form.format),
        }
    }

    fn v1(&self, format: Format) -> String {
        let sent = self.0.iter().filter(|(name, value)| *value != ABSENT && !is_unsent(name));
        let mut params = Params::from_pairs(sent.map(|(name, value)| (name.clone(), value.clone())));
        params.insert("Format", if format == Format::Json { "JSON" } else { "XML" });
        let method = self.get("Method").unwrap_or("GET");
        if let Some(secret) = self.secret() {
            params = signed_with(secret, method, params);
        }
        format!("{method} /?{} HTTP/1.1\r\nHost: ecs.test\r\nConnection: close\r\n\r\n", params.encode())
    }

    fn v3(&self, format: Format) -> String {
        let own = self.0.iter().filter(|(name, value)| *value != ABSENT && !COMMON.contains(&&***name));
        let query = Params::from_pairs(own.map(|(name, value)| (name.clone(), value.clone()))).encode();
        let word = |name| self.get(name).unwrap_or_default();
        let method = self.get("Method").unwrap_or("GET");
        let call = v3::Call {
            method,
            host: "ecs.test",
            action: word("Action"),
            version: word("Version"),
            query: &query,
            body: "",
            date: word("Timestamp"),
            nonce: word("SignatureNonce"),
            access_key_id: word("AccessKeyId"),
            secret: self.secret().unwrap_or_default(),
            security_token: None,
        };
        let mut lines = String::new();
        for (name, mut value) in v3::sign(&call) {
            let carried = match name {
                "x-acs-action" => "Action",
                "x-acs-version" => "Version",
                "x-acs-date" => "Timestamp",
                "x-acs-signature-nonce" => "SignatureNonce",
                "authorization" => {
                    value = self.authorization(value);
                    "Method"
                }
                _ => "Method",
            };
            if carried == "Method" || self.get(carried).is_some() {
                lines.push_str(&format!("{name}: {value}\r\n"));
            }
        }
        let accept = if format == Format::Json { "json" } else { "xml" };
        format!(
            "{method} /?{query} HTTP/1.1\r\n{lines}Accept: application/{accept}\r\nConnection: close\r\n\r\n"
        )
    }

    /// The header without what is not said. One of another algorithm cannot be read, so nothing can be told of what it
    /// lacks: it is sent whole.
    fn authorization(&self, whole: String) -> String {
        if self.secret().is_none() {
            return whole.split(",Signature=").next().unwrap().to_owned();
        }
        match self.get("SignatureMethod") {
            Some(method) if method != "HMAC-SHA1" => whole.replace(v3::ALGORITHM, &format!("ACS3-{method}")),
            _ => whole,
        }
    }

    /// None when the request is not signed.
    fn secret(&self) -> Option<&str> {
        let is_signed = self.0.get("Signature").is_none_or(|signature| signature != ABSENT);
        self.get("Secret").filter(|_| is_signed)
    }
}

impl Form {
    /// The body of a refusal by a row, byte for byte; with what comes after the link to its page, if something may.
    pub(crate) fn refusal(self, row: &ErrorRow, request_id: &str, admin: SocketAddr, detail: &str) -> String {
        let page = format!("http://{admin}/requests/{request_id}");
        let (code, message) = (row.code, row.message);
        match self.format {
            Format::Json => format!(
                "{{\"RequestId\":\"{request_id}\",\"HostId\":\"ecs.test\",\"Code\":\"{code}\",\
                 \"Message\":\"{message}\",\"Recommend\":\"{page}\"{detail}}}"
            ),
            Format::Xml => format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><RequestId>{request_id}</RequestId>\
                 <HostId>ecs.test</HostId><Code>{code}</Code><Message>{message}</Message>\
                 <Recommend>{page}</Recommend>{detail}</Error>"
            ),
        }
    }

    /// `AccessDeniedDetail` as it came, whatever it says.
    pub(crate) fn detail(self, body: &str) -> &str {
        let (opens, closes) = match self.format {
            Format::Json => (",\"AccessDeniedDetail\":{", "}"),
            Format::Xml => ("<AccessDeniedDetail>", "</Error>"),
        };
        let from = body.find(opens).unwrap_or_else(|| panic!("no detail: {body}"));
        &body[from..body.len() - closes.len()]
    }

    pub(crate) fn content_type(self) -> &'static str {
        match self.format {
            Format::Json => "application/json;charset=utf-8",
            Format::Xml => "text/xml;charset=utf-8",
        }
    }

    /// How a normal reply begins.
    pub(crate) fn opening(self, action: &str, request_id: &str) -> String {
        match self.format {
            Format::Json => format!("{{\"RequestId\":\"{request_id}\""),
            Format::Xml => format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><{action}Response><RequestId>{request_id}</RequestId>"
            ),
        }
    }
}

/// The version of the product that has this action; of ECS for one that nobody has.
pub(crate) fn version(action: &str) -> &'static str {
    const VERSIONS: [&str; 4] = ["2014-05-26", "2016-04-28", "2015-05-01", "2015-04-01"];
    VERSIONS.into_iter().find(|version| registry::find(version, action).is_some()).unwrap_or(VERSIONS[0])
}

fn is_unsent(name: &str) -> bool {
    ["Method", "Secret", "Signature"].contains(&name)
}
