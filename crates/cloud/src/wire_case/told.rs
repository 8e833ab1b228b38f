//! A case as commands, for a server that begins as a story does.

use std::collections::BTreeMap;

use moyun_wire::params::Params;
use moyun_wire::v1;

use crate::commands::{self, ABSENT, Commands, Key};
use crate::registry::{ACTIONS, Entry};
use crate::story::Story;
use crate::wire_case::{First, NOW, WireCase};
use crate::world::{DEFAULT_KEY_ID, DEFAULT_SECRET};

/// What the `aliyun` command line says by itself: who says it otherwise writes the request himself.
const COMMON: [&str; 8] = [
    "Method",
    "Action",
    "Version",
    "Signature",
    "SignatureMethod",
    "SignatureVersion",
    "SignatureNonce",
    "Timestamp",
];

/// What a request says: the last word on each name counts.
type Said = BTreeMap<&'static str, &'static str>;

impl WireCase {
    /// How to meet the row, and how to mend it.
    ///
    /// # Panics
    ///
    /// When its state is one that no command makes.
    pub fn commands(&self) -> Commands {
        let mut story = Story::begin();
        self.arrange(&mut story);
        (self.given)(&mut story);
        if let Some(first) = self.first {
            first.tell(&mut story);
        }
        self.spoil(&mut story);
        let told = "the state of a case is made by calls and facts";
        let given = story.take_steps().expect(told);
        let refused = command(self.action, &self.request, &[], "refused");
        self.mend(&mut story);
        let mend = story.take_steps().expect(told);
        let mended = Some(command(self.action, &self.request, &self.instead, "mended"));
        Commands { given, refused, mend, mended }
    }
}

impl First {
    fn tell(self, story: &mut Story) {
        let line = command(self.action, &[self.said], &[], "first");
        if !self.is_held {
            return story.tell(line);
        }
        story.tell(format!("{line} &"));
        // Its answer is held back, but what it makes is there.
        story.tell(
            "until aliyun vpc DescribeVpcs --RegionId cn-hangzhou | grep -q '\"TotalCount\": *1'; do sleep 1; done",
        );
    }
}

/// The entry of an action by its name alone.
fn entry(action: &str) -> &'static Entry {
    ACTIONS.iter().find(|entry| entry.spec.name == action).expect("a case calls an action that is served")
}

/// A call in `cn-hangzhou` that says this, and that instead; the nonce is for a request that is signed by hand.
fn command(
    action: &'static str,
    said: &[(&'static str, &'static str)],
    instead: &[(&'static str, &'static str)],
    nonce: &'static str,
) -> String {
    let mut words = Said::from([("RegionId", "cn-hangzhou")]);
    words.extend(said.iter().chain(instead).copied());
    let is_by_hand = |(name, value): (&&str, &&str)| COMMON.contains(name) || value.is_empty();
    if words.iter().any(is_by_hand) || words.get("AccessKeyId") == Some(&ABSENT) {
        by_hand(action, words, nonce)
    } else {
        by_tool(action, words)
    }
}

fn by_tool(action: &str, mut words: Said) -> String {
    let (id, secret) = (words.remove("AccessKeyId"), words.remove("Secret"));
    let key = (id.is_some() || secret.is_some()).then(|| Key {
        id: id.unwrap_or(DEFAULT_KEY_ID).to_owned(),
        secret: secret.unwrap_or(DEFAULT_SECRET).to_owned(),
    });
    commands::aliyun(entry(action), key.as_ref(), words.into_iter().filter(|(_, value)| *value != ABSENT))
}

fn by_hand(action: &'static str, said: Said, nonce: &'static str) -> String {
    let mut words = Said::from([
        ("Method", "GET"),
        ("Secret", DEFAULT_SECRET),
        ("Action", action),
        ("Version", entry(action).spec.product.version()),
        ("AccessKeyId", DEFAULT_KEY_ID),
        ("SignatureMethod", v1::Method::HmacSha1.name()),
        ("SignatureVersion", "1.0"),
        ("SignatureNonce", nonce),
        ("Timestamp", NOW),
        ("Format", "JSON"),
    ]);
    words.extend(said);
    let is_sent =
        |name: &str, value: &str| value != ABSENT && !["Method", "Secret", "Signature"].contains(&name);
    let sent = words.iter().filter(|(name, value)| is_sent(name, value));
    let params = Params::from_pairs(sent.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let secret = (words.get("Signature") != Some(&ABSENT)).then_some(words["Secret"]);
    commands::curl(words["Method"], &params, secret)
}
