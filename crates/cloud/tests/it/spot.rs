//! Spot instances: the market price, whom it spares, and how they are taken back.

use moyun_cloud::ecs::instance::given::{one_pending_of, run};
use moyun_cloud::story::Story;
use serde_json::{Value, json};

const ZONE: &str = "zones/cn-hangzhou-h";
const LIMITED: &str = "SpotStrategy=SpotWithPriceLimit&SpotPriceLimit=0.2";
const MINUTE_MS: i64 = 60_000;
const HISTORY: &str = "RegionId=cn-hangzhou&InstanceType=ecs.g5.large&NetworkType=vpc&ZoneId=cn-hangzhou-h";

#[test]
fn an_instance_whose_limit_is_passed_goes_after_five_minutes() {
    let mut story = begin("SpotDuration=0");
    price(&mut story, 0.2);
    assert_eq!(lock(&mut story), Value::Null);
    price(&mut story, 0.201);
    assert_eq!(lock(&mut story), "Recycling");
    story.pass_ms(5 * MINUTE_MS - 1);
    assert_eq!(shown(&mut story)["Status"], "Running");
    story.pass_ms(1);
    assert_eq!(shown(&mut story), Value::Null);
}

#[test]
fn an_end_that_was_announced_comes_also_when_the_price_falls() {
    let mut story = begin("SpotDuration=0");
    price(&mut story, 0.3);
    price(&mut story, 0.1);
    assert_eq!(lock(&mut story), "Recycling");
    story.pass_ms(5 * MINUTE_MS);
    assert_eq!(shown(&mut story), Value::Null);
}

#[test]
fn an_instance_is_safe_for_the_hours_of_its_spot_duration() {
    let mut story = begin("SpotDuration=1");
    price(&mut story, 0.3);
    story.pass_ms(59 * MINUTE_MS);
    assert_eq!(lock(&mut story), Value::Null);
    story.pass_ms(MINUTE_MS);
    assert_eq!(lock(&mut story), "Recycling");
}

#[test]
fn a_price_that_fell_again_in_time_takes_nothing_back() {
    let mut story = begin("SpotDuration=1");
    price(&mut story, 0.3);
    story.pass_ms(30 * MINUTE_MS);
    price(&mut story, 0.1);
    story.pass_ms(300 * MINUTE_MS);
    assert_eq!(lock(&mut story), Value::Null);
    price(&mut story, 0.3);
    assert_eq!(lock(&mut story), "Recycling");
}

#[test]
fn who_pays_every_price_and_who_is_elsewhere_stays() {
    let mut story = Story::begin();
    one_pending_of(&mut story, "SpotStrategy=SpotAsPriceGo&SpotDuration=0");
    run(&mut story, "j", &format!("{LIMITED}&SpotDuration=0&InstanceType=ecs.c5.large"));
    run(&mut story, "k", "SpotStrategy=NoSpot");
    price(&mut story, 0.6);
    story.pass_ms(60 * MINUTE_MS);
    let list = story.call("DescribeInstances", "RegionId=cn-hangzhou");
    assert_eq!(list["TotalCount"], 3);
    let locked = story.call("DescribeInstances", "RegionId=cn-hangzhou&LockReason=Recycling");
    assert_eq!(locked["TotalCount"], 0);
}

#[test]
fn an_instance_that_is_to_stop_stops_and_gives_its_unit_back() {
    let mut story = begin("SpotDuration=0&SpotInterruptionBehavior=Stop");
    story.patch(ZONE, json!({ "stock": { "ecs.g5.large": 0 } }));
    price(&mut story, 0.3);
    story.pass_ms(6 * MINUTE_MS);
    let stopped = shown(&mut story);
    assert_eq!((&stopped["Status"], &stopped["StoppedMode"]), (&json!("Stopped"), &json!("StopCharging")));
    assert_eq!(lock(&mut story), Value::Null);

    // The unit that came back is the one that it starts with.
    story.call("StartInstance", "InstanceId=$i");
    story.pass_ms(MINUTE_MS);
    assert_eq!(lock(&mut story), "Recycling", "the market is still above the limit");
    story.pass_ms(6 * MINUTE_MS);
    price(&mut story, 0.1);
    story.call("StartInstance", "InstanceId=$i");
    story.pass_ms(60 * MINUTE_MS);
    assert_eq!((lock(&mut story), shown(&mut story)["Status"].clone()), (Value::Null, json!("Running")));
}

#[test]
fn the_instances_of_every_account_face_the_market() {
    let mut story = begin("SpotDuration=0");
    story.patch("accounts", json!({ "1000000000000002": { "login_name": "other@moyun.local" } }));
    let key = json!({ "LTAIother": { "account": "1000000000000002", "secret": "s" } });
    story.patch("access_keys", key);
    story.act_as("1000000000000002");
    one_pending_of(&mut story, &format!("{LIMITED}&SpotDuration=0"));
    price(&mut story, 0.3);
    assert_eq!(lock(&mut story), "Recycling");
}

#[test]
fn the_history_tells_each_move_for_thirty_days() {
    let mut story = Story::begin();
    story.pass_ms(60 * MINUTE_MS);
    price(&mut story, 0.3);
    story.pass_ms(60 * MINUTE_MS);
    price(&mut story, 0.1);
    price(&mut story, 0.4);
    let (first, then) = (json!(["2025-12-31T23:00:00Z", 0.132]), json!(["2026-01-01T01:00:00Z", 0.3]));
    let now = json!(["2026-01-01T02:00:00Z", 0.4]);
    assert_eq!(history(&mut story, ""), json!([first, then, now]));
    let between = "&StartTime=2026-01-01T01:30:00Z&EndTime=2026-01-01T01:45:00Z";
    assert_eq!(history(&mut story, between), json!([["2026-01-01T01:30:00Z", 0.3]]));
    assert_eq!(history(&mut story, "&Offset=2"), json!([now]));

    story.pass_ms(30 * 24 * 60 * MINUTE_MS);
    let since = "&StartTime=2026-01-01T00:00:00Z";
    assert_eq!(history(&mut story, since), json!([["2026-01-01T00:00:00Z", 0.4]]));
}

/// A running spot instance `$i` that pays at most 0.2 an hour.
fn begin(more: &str) -> Story {
    let mut story = Story::begin();
    one_pending_of(&mut story, &format!("{LIMITED}&{more}"));
    story.pass_ms(10_000);
    story
}

fn price(story: &mut Story, price: f64) {
    story.patch(ZONE, json!({ "spot_prices": { "ecs.g5.large": price } }));
}

fn shown(story: &mut Story) -> Value {
    story.call("DescribeInstances", "RegionId=cn-hangzhou&InstanceIds=[\"$i\"]")["Instances"]["Instance"][0]
        .clone()
}

fn lock(story: &mut Story) -> Value {
    shown(story)["OperationLocks"]["LockReason"][0]["LockReason"].clone()
}

/// Each price with the time from which it held.
fn history(story: &mut Story, more: &str) -> Value {
    let list = story.call("DescribeSpotPriceHistory", &format!("{HISTORY}{more}"));
    let entries = list["SpotPrices"]["SpotPriceType"].as_array().expect("prices come as a list");
    entries.iter().map(|entry| json!([entry["Timestamp"], entry["SpotPrice"]])).collect()
}
