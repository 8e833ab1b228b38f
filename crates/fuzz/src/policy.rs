//! Policies of RAM. Lines: action, resource, source address, document.

use moyun_cloud::ram::policy::{
    Circumstances, Document, POLICY_BYTES_MAX, Question, Trust, Verdict, judge, judge_action,
};
use serde_json::Value;

use crate::Reached;

pub(crate) fn run(input: &[u8]) -> Reached {
    let Some([action, resource, address, text]) = crate::lines(input) else { return Reached::Door };
    let circumstances = Circumstances::default()
        .with("acs:SourceIp", address)
        .with("acs:CurrentTime", "2026-01-01T00:00:00Z")
        .with("acs:SecureTransport", "true");
    let question = Question { action, resource, circumstances: &circumstances };
    let said = verdicts(text, &question);
    let admitted = Trust::parse(text).ok().map(|trust| admits(&trust, resource, &circumstances));
    let Ok(document) = serde_json::from_str::<Value>(text) else {
        assert!(said.is_none() && admitted.is_none(), "it was read, but it is no JSON");
        return Reached::Door;
    };
    // What it means does not change by being written anew. The new text may be longer than one may be.
    let written = document.to_string();
    if written.len() <= text.len() {
        assert_eq!(verdicts(&written, &question), said, "{written}");
        let again = Trust::parse(&written).ok().map(|trust| admits(&trust, resource, &circumstances));
        assert_eq!(again, admitted, "{written}");
    }
    if said.is_some() || admitted.is_some() { Reached::Inside } else { Reached::Door }
}

/// What a document says to the question, about the resource and about any; None when it is malformed.
fn verdicts(text: &str, question: &Question<'_>) -> Option<(Verdict, Verdict)> {
    let document = [Document::parse(text, POLICY_BYTES_MAX).ok()?];
    let said = (judge(&document, question), judge_action(&document, question));
    let twice = [Document::parse(text, POLICY_BYTES_MAX).ok()?, document.into_iter().next()?];
    assert_eq!((judge(&twice, question), judge_action(&twice, question)), said, "said twice it means more");
    Some(said)
}

fn admits(trust: &Trust, name: &str, circumstances: &Circumstances) -> [bool; 2] {
    ["RAM", "Service"].map(|kind| trust.admits(kind, &[name.to_owned()], circumstances))
}
