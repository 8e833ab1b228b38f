//! Filters and tokens of lists. Lines: an action that reads, such as `Ecs:DescribeInstances`, and its query.

use std::collections::BTreeSet;
use std::sync::{LazyLock, mpsc};

use moyun_cloud::call::{Answer, Call};
use moyun_cloud::cloud::Cloud;
use moyun_cloud::cx::Caller;
use moyun_cloud::ids::AccountId;
use moyun_cloud::registry::{self, Entry};
use moyun_cloud::spec::Mode;
use moyun_cloud::story::{ENDPOINT, REQUEST_ID};
use moyun_cloud::world::{DEFAULT_ACCOUNT, DEFAULT_KEY_ID};
use moyun_wire::out::Format;
use moyun_wire::params::Params;
use serde_json::Value;

use crate::{Reached, clouds};

/// Actions only read it, so that one is enough.
static CLOUD: LazyLock<Cloud> = LazyLock::new(|| clouds::inhabited().cloud().clone());

/// More pages than any list of that cloud has.
const PAGES_MAX: usize = 1000;

pub(crate) fn run(input: &[u8]) -> Reached {
    let Some([action, query]) = crate::lines(input) else { return Reached::Door };
    let Some(entry) = registry::ACTIONS.iter().find(|entry| reads(entry, action)) else {
        return Reached::Door;
    };
    let Ok(mut params) = Params::decode(query.as_bytes(), None) else { return Reached::Door };
    let Some(json) = ask(entry, &params, Format::Json) else { return Reached::Door };
    let reply: Value = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
    let xml = ask(entry, &params, Format::Xml).expect("it was answered in JSON");
    roxmltree::Document::parse(&xml).unwrap_or_else(|error| panic!("{error}: {xml}"));

    let mut seen = BTreeSet::new();
    let mut next = token(&reply);
    while let Some(token_now) = next {
        assert!(seen.len() < PAGES_MAX, "the list has no end");
        params.insert("NextToken", token_now.as_str());
        assert!(seen.insert(token_now), "the list goes round");
        let page = ask(entry, &params, Format::Json).expect("its own token is refused");
        next = token(&serde_json::from_str(&page).expect("the page before was JSON"));
    }
    Reached::Inside
}

fn reads(entry: &Entry, action: &str) -> bool {
    let name = action.split_once(':');
    entry.spec.mode == Mode::Read && name == Some((entry.spec.product.name(), entry.spec.name))
}

/// What is answered; None for a refusal.
fn ask(entry: &'static Entry, params: &Params, format: Format) -> Option<String> {
    let call = Call {
        entry,
        params: params.clone(),
        caller: Caller::owner(AccountId::from(DEFAULT_ACCOUNT), DEFAULT_KEY_ID),
        format,
        request_id: REQUEST_ID.to_owned(),
        endpoint: ENDPOINT.to_owned(),
        seed: [7; 32],
        nonce: Some("one of a target's own".to_owned()),
    };
    let (tell, told) = mpsc::channel();
    CLOUD.call(call, move |answered| {
        // The receiver waits below.
        let _ = tell.send(answered.answer);
    });
    let answer: Answer = told.recv().expect("memory answers every call");
    answer.inspect_err(|refusal| assert_ne!(refusal.row.code, "InternalError", "{refusal}")).ok()
}

/// Where the page ends, if the list goes on.
fn token(reply: &Value) -> Option<String> {
    reply.get("NextToken").and_then(Value::as_str).filter(|token| !token.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_the_cloud_has_more_than_one_page() {
        let entry = registry::ACTIONS.iter().find(|entry| reads(entry, "Ecs:DescribeInstances")).unwrap();
        let params = Params::decode(b"RegionId=cn-hangzhou&MaxResults=1", None).unwrap();
        let reply = ask(entry, &params, Format::Json).unwrap();
        assert!(token(&serde_json::from_str(&reply).unwrap()).is_some(), "{reply}");
    }
}
