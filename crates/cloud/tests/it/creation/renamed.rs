//! Every row is met again in a world where all that requests name goes by another name, and where every limit and
//! price lies elsewhere.

use moyun_cloud::case::{Case, Expect};
use moyun_cloud::errors;
use moyun_cloud::registry::ACTIONS;
use moyun_cloud::story::Story;
use moyun_cloud::world::DEFAULT_ACCOUNT;
use serde_json::{Map, Value, json};

/// What requests call by a name of their own choice, or the world by one of its, and what it is called instead; of
/// regions the beginnings of their names and so of their zones'. Instance types and images follow in [`names`].
const NAMES: [(&str, &str); 15] = [
    ("cn-hangzhou", "xn-castle"),
    ("cn-shanghai", "xn-harbour"),
    ("cn-beijing", "xn-capital"),
    ("cn-shenzhen", "xn-delta"),
    ("cn-qingdao", "xn-bay"),
    ("cn-hongkong", "xn-peak"),
    ("ap-southeast-1", "xs-island"),
    ("us-west-1", "xw-valley"),
    ("acs:centos_7_9_x64", "acs:penguin"),
    ("cmjj000001", "shop0000001"),
    ("cmgj000002", "shop0000002"),
    ("image/centos*", "image/picture-*"),
    ("worker", "smith"),
    ("builder", "mason"),
    ("login", "gate"),
];

/// The sections of the world whose things go by other names.
const RENAMED: [&str; 4] = ["regions", "zones", "instance_types", "images"];

/// What requests say at the edge of a limit, and what they say where those lie in [`moved`] and [`move_limits`].
const EDGES: [(&str, &str); 17] = [
    ("SystemDisk.Size=10", "SystemDisk.Size=29"),
    ("SystemDisk.Size=20", "SystemDisk.Size=30"),
    ("SystemDisk.Size=30", "SystemDisk.Size=49"),
    ("SystemDisk.Size=40", "SystemDisk.Size=50"),
    ("SystemDisk.Size=2048", "SystemDisk.Size=1800"),
    ("SystemDisk.Size=3000", "SystemDisk.Size=1801"),
    ("DataDisk.1.Size=10", "DataDisk.1.Size=34"),
    ("DataDisk.1.Size=20", "DataDisk.1.Size=35"),
    ("DataDisk.1.Size=800", "DataDisk.1.Size=700"),
    ("DataDisk.1.Size=2000", "DataDisk.1.Size=2400"),
    ("DataDisk.1.Size=32768", "DataDisk.1.Size=20000"),
    ("DataDisk.1.Size=40000", "DataDisk.1.Size=20001"),
    ("DataDisk.2.Size=424", "DataDisk.2.Size=300"),
    ("DataDisk.2.Size=600", "DataDisk.2.Size=301"),
    // Where four data disks were the most, five are.
    ("DataDisk.5.Size=20", "DataDisk.5.Size=20&DataDisk.6.Size=20"),
    ("SpotPriceLimit=0.131", "SpotPriceLimit=0.395"),
    ("SpotPriceLimit=0.132", "SpotPriceLimit=0.396"),
];

#[test]
fn every_case_of_run_instances_ends_the_same_in_another_world() {
    check_all("RunInstances", 104);
}

#[test]
fn every_case_of_create_instance_ends_the_same_in_another_world() {
    // It has no Amount that could be wrong.
    check_all("CreateInstance", 103);
}

/// All rows of creation but the one that no request is at fault for.
fn check_all(action: &str, rows: usize) {
    let entry = ACTIONS.iter().find(|entry| entry.spec.name == action).expect("it is there");
    entry.cases.iter().for_each(|case| check(action, case));
    let is_met =
        |id: &str| entry.cases.iter().any(|case| matches!(case.expect, Expect::Row(row) if row.id == id));
    assert_eq!(errors::all().filter(|row| row.id.starts_with('I') && is_met(row.id)).count(), rows);
}

fn check(action: &str, case: &Case) {
    let mut story = Story::begin();
    move_to_another_world(&mut story);
    (case.given)(&mut story);
    let verdict = |story: &mut Story, request: &str| {
        let request = at_edges(request);
        story.try_call(action, &request).map_or_else(|refusal| refusal.row.name, |_| "a reply")
    };
    let expected = match case.expect {
        Expect::Reply => "a reply",
        Expect::Row(row) => row.name,
    };
    assert_eq!(verdict(&mut story, case.request), expected, "{action}, {}", case.name);
    if case.twin.is_some() {
        let request = case.mend(&mut story);
        assert_eq!(verdict(&mut story, &request), "a reply", "the twin of {action}, {}", case.name);
    }
}

/// The request with what it says at the old edges of limits said at the new ones.
fn at_edges(request: &str) -> String {
    let edge = |pair: &str| EDGES.iter().find(|(old, _)| *old == pair).map(|(_, new)| *new);
    request.split('&').map(|pair| edge(pair).unwrap_or(pair)).collect::<Vec<_>>().join("&")
}

/// The things of the world leave it and come back under their other names, with other limits and prices.
fn move_to_another_world(story: &mut Story) {
    let names = names(story);
    let renamed = |text: &str| names.iter().fold(text.to_owned(), |text, (old, new)| text.replace(old, new));
    let mut patch = moved(story);
    for section in RENAMED {
        let mut changes = Map::new();
        for (name, mut facts) in things(story, section) {
            move_limits(section, &mut facts);
            let facts = serde_json::from_str(&renamed(&facts.to_string())).expect("JSON");
            assert_ne!(renamed(&name), name, "{section}");
            changes.insert(name.clone(), Value::Null);
            changes.insert(renamed(&name), facts);
        }
        patch[section] = Value::Object(changes);
    }
    story.patch("", patch);
    for (old, new) in names {
        story.rename(&old, &new);
    }
}

/// All names with what they become.
fn names(story: &Story) -> Vec<(String, String)> {
    let types = things(story, "instance_types");
    let types = types.keys().map(|id| (id.clone(), id.replace("ecs.", "ecs.y")));
    // Where a family is named alone, it stands in quotes.
    let families =
        ["gn5", "gn6i", "gn6v"].map(|name| (format!("\"ecs.{name}\""), format!("\"ecs.y{name}\"")));
    let images = things(story, "images");
    let images = images.keys().enumerate().map(|(at, id)| (id.clone(), format!("picture-{at}.vhd")));
    let own = NAMES.map(|(old, new)| (old.to_owned(), new.to_owned()));
    types.chain(families).chain(images).chain(own).collect()
}

fn things(story: &Story, section: &str) -> Map<String, Value> {
    let things = story.cloud().world(&[section.to_owned()]).expect("the engine does not fail");
    things.and_then(|things| things.as_object().cloned()).expect("the section is there")
}

/// Limits and prices of single things.
fn move_limits(section: &str, facts: &mut Value) {
    let number = |facts: &Value, name: &str| facts[name].as_f64().expect("it is a number");
    match section {
        "instance_types" => {
            facts["price_per_hour"] = json!(number(facts, "price_per_hour") * 2.0);
            if facts["max_data_disks"] == 4 {
                facts["max_data_disks"] = json!(5);
            }
        }
        "images" => facts["size"] = json!(facts["size"].as_u64().map(|size| size + 10)),
        _ => (),
    }
}

/// Limits and prices of the whole. Quotas that cases count on or set themselves lie elsewhere in `limits`.
fn moved(story: &Story) -> Value {
    let mut latency = things(story, "limits")["latency"].clone();
    for ms in latency.as_object_mut().into_iter().flat_map(Map::values_mut) {
        *ms = json!(ms.as_u64().map(|ms| ms / 2));
    }
    json!({
        "disk_categories": disks(),
        "prices": { "hours_per_month": 500, "hours_per_week": 120, "spot_percent": 30 },
        "limits": {
            "timestamp_skew": "20m", "nonce_window": "50m", "client_token_ttl": "2h", "latency": latency,
        },
        "accounts": {
            DEFAULT_ACCOUNT: { "quotas": { "portable_cloud_disks": 333, "instances_per_vpc": 222 } },
        },
    })
}

fn disks() -> Value {
    let limits = |system: [u64; 2], data: [u64; 2], price: f64| {
        json!({
            "system_gib": { "min": system[0], "max": system[1] },
            "data_gib": { "min": data[0], "max": data[1] },
            "price_per_gib_hour": price,
        })
    };
    let mut local = limits([25, 450], [6, 700], 0.0014);
    local["data_gib_of_instance"] = json!(900);
    json!({
        "cloud": limits([25, 450], [6, 2400], 0.001),
        "cloud_efficiency": limits([30, 1800], [15, 20000], 0.001),
        "cloud_ssd": limits([30, 1800], [35, 20000], 0.003),
        "cloud_essd": {
            "PL0": limits([2, 1800], [2, 60000], 0.0016),
            "PL1": limits([24, 1800], [24, 60000], 0.003),
            "PL2": limits([470, 1800], [470, 60000], 0.006),
            "PL3": limits([1270, 1800], [1270, 60000], 0.012),
        },
        "cloud_auto": limits([2, 1800], [2, 60000], 0.0024),
        "cloud_essd_entry": limits([12, 1800], [12, 20000], 0.0012),
        "ephemeral_ssd": local,
    })
}
