//! Every row is met again where every region and zone goes by another name.

use moyun_cloud::case::{Case, Expect};
use moyun_cloud::registry::ACTIONS;
use moyun_cloud::story::Story;
use serde_json::{Map, Value, json};

/// The beginnings of the names of all regions, and so of their zones, and what they are called instead.
const NAMES: [(&str, &str); 8] = [
    ("cn-hangzhou", "xn-castle"),
    ("cn-shanghai", "xn-harbour"),
    ("cn-beijing", "xn-capital"),
    ("cn-shenzhen", "xn-delta"),
    ("cn-qingdao", "xn-bay"),
    ("cn-hongkong", "xn-peak"),
    ("ap-southeast-1", "xs-island"),
    ("us-west-1", "xw-valley"),
];

#[test]
fn every_case_of_creation_ends_the_same_in_a_world_of_other_names() {
    let entry = ACTIONS.iter().find(|entry| entry.spec.name == "RunInstances").expect("it is there");
    entry.cases.iter().for_each(check);
}

fn check(case: &Case) {
    let mut story = Story::begin();
    rename(&mut story);
    (case.given)(&mut story);
    let verdict = |story: &mut Story, request: &str| {
        story.try_call("RunInstances", request).map_or_else(|refusal| refusal.row.name, |_| "a reply")
    };
    let expected = match case.expect {
        Expect::Reply => "a reply",
        Expect::Row(row) => row.name,
    };
    assert_eq!(verdict(&mut story, case.request), expected, "{}", case.name);
    if case.twin.is_some() {
        let request = case.mend(&mut story);
        assert_eq!(verdict(&mut story, &request), "a reply", "the twin of {}", case.name);
    }
}

/// Regions and zones leave the world, and come back under their other names.
fn rename(story: &mut Story) {
    let mut patch = Map::new();
    for section in ["regions", "zones"] {
        let facts = story.cloud().world(&[section.to_owned()]).expect("the engine does not fail");
        let mut changes = Map::new();
        for (name, facts) in facts.as_ref().and_then(Value::as_object).expect("the section is there") {
            changes.insert(name.clone(), Value::Null);
            changes.insert(renamed(name), serde_json::from_str(&renamed(&facts.to_string())).expect("JSON"));
        }
        patch.insert(section.to_owned(), Value::Object(changes));
    }
    story.patch("", json!(patch));
    for (old, new) in NAMES {
        story.rename(old, new);
    }
}

fn renamed(text: &str) -> String {
    NAMES.iter().fold(text.to_owned(), |text, (old, new)| text.replace(old, new))
}
