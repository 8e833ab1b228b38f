//! Instances over time: what the clock does, what their end gives back, and who sees them.

use moyun_cloud::ecs::instance::given::{
    one_expired, one_pending, one_protected, one_renewed, one_running, one_stopped, one_subscription, run,
    three_running,
};
use moyun_cloud::errors::{
    InstanceExpired, InstanceInitializing, InstanceNotFound, InstanceProtected, InstanceStatusWrong,
    OutOfStock, ServiceDown,
};
use moyun_cloud::story::Story;
use moyun_cloud::vpc::given::OTHER_ACCOUNT;
use moyun_wire::out::Format;
use serde_json::{Value, json};

const HOUR_MS: i64 = 60 * 60 * 1000;
const DAY_MS: i64 = 24 * HOUR_MS;

#[test]
fn an_instance_comes_up_exactly_by_the_clock() {
    let mut story = Story::begin();
    one_pending(&mut story);
    assert_eq!(status(&mut story), "Pending");
    story.pass_ms(1_999);
    assert_eq!(status(&mut story), "Pending");
    story.pass_ms(1);
    assert_eq!(status(&mut story), "Starting");
    assert_eq!(shown(&mut story)["StartTime"], "");
    story.pass_ms(2_999);
    assert_eq!(status(&mut story), "Starting");
    story.pass_ms(1);
    assert_eq!(status(&mut story), "Running");
    assert_ne!(shown(&mut story)["StartTime"], "");
}

/// Terraform sends back the mode that it was shown.
#[test]
fn a_stop_in_the_mode_that_a_running_instance_shows_keeps_charging() {
    let mut story = Story::begin();
    one_running(&mut story);
    assert_eq!(shown(&mut story)["StoppedMode"], "Not-applicable");
    story.call("StopInstance", "InstanceId=$i&StoppedMode=Not-applicable");
    assert_eq!(shown(&mut story)["StoppedMode"], "KeepCharging");
}

/// footmark, on which the modules of Ansible stand, recurses without end where the public addresses come first.
#[test]
fn the_elastic_address_is_told_before_the_public_ones() {
    let mut story = Story::begin();
    one_running(&mut story);
    let asked =
        [("DescribeInstances", "RegionId=cn-hangzhou"), ("DescribeInstanceAttribute", "InstanceId=$i")];
    for (action, request) in asked {
        let body = story.answer(action, request, Format::Json).unwrap();
        let elastic = body.find("\"EipAddress\"").unwrap();
        assert!(elastic < body.find("\"PublicIpAddress\"").unwrap(), "{body}");
    }
}

#[test]
fn a_list_tells_each_change_at_once_in_every_form() {
    let mut story = Story::begin();
    one_running(&mut story);
    let shown = |story: &mut Story| {
        let plain =
            story.call("DescribeInstances", "RegionId=cn-hangzhou")["Instances"]["Instance"][0].clone();
        let asked =
            story.call("DescribeInstances", "RegionId=cn-hangzhou&AdditionalAttributes.1=META_OPTIONS");
        let mut asked = asked["Instances"]["Instance"][0].clone();
        assert_eq!(
            asked.as_object_mut().unwrap().remove("MetadataOptions").unwrap()["HttpEndpoint"],
            "enabled"
        );
        assert_eq!(plain, asked);
        plain
    };
    let before = shown(&mut story);
    assert_eq!(shown(&mut story), before);
    story.call("ModifyInstanceAttribute", "InstanceId=$i&InstanceName=renamed");
    assert_eq!(shown(&mut story)["InstanceName"], "renamed");
    story.call(
        "ModifyInstanceAttribute",
        &format!("InstanceId=$i&InstanceName={}", before["InstanceName"].as_str().unwrap()),
    );
    assert_eq!(shown(&mut story), before);
}

#[test]
fn an_instance_stops_starts_and_reboots_exactly_by_the_clock() {
    let mut story = Story::begin();
    one_running(&mut story);
    story.call("StopInstance", "InstanceId=$i");
    goes_through(&mut story, &[("Stopping", 3_000), ("Stopped", 0)]);
    assert_eq!(shown(&mut story)["StoppedMode"], "KeepCharging");
    story.call("StartInstance", "InstanceId=$i");
    goes_through(&mut story, &[("Starting", 3_000), ("Running", 0)]);
    assert_eq!(shown(&mut story)["StoppedMode"], "Not-applicable");
    story.call("RebootInstance", "InstanceId=$i");
    goes_through(&mut story, &[("Stopping", 3_000), ("Starting", 3_000), ("Running", 0)]);
}

#[test]
fn an_instance_on_its_way_takes_no_other_way() {
    let mut story = Story::begin();
    one_pending(&mut story);
    for action in ["StartInstance", "StopInstance", "RebootInstance"] {
        refuses(&mut story, action, "InstanceId=$i", &InstanceStatusWrong);
    }
    refuses(&mut story, "DeleteInstance", "InstanceId=$i&Force=true", &InstanceInitializing);
    story.pass_ms(2_000);
    for action in ["StartInstance", "StopInstance", "RebootInstance"] {
        refuses(&mut story, action, "InstanceId=$i", &InstanceStatusWrong);
    }
    refuses(&mut story, "DeleteInstance", "InstanceId=$i&Force=true", &InstanceStatusWrong);
    story.pass_ms(3_000);
    story.call("StopInstance", "InstanceId=$i");
    refuses(&mut story, "StartInstance", "InstanceId=$i", &InstanceStatusWrong);
    refuses(&mut story, "DeleteInstance", "InstanceId=$i&Force=true", &InstanceStatusWrong);
}

#[test]
fn deletion_gives_back_disks_address_membership_and_stock() {
    let mut story = Story::begin();
    one_stopped(&mut story);
    story.patch("zones/cn-hangzhou-h", json!({ "stock": { "ecs.g5.large": 4 } }));
    let free = free_addresses(&mut story);
    story.call("DeleteInstance", "InstanceId=$i");

    refuses(&mut story, "DeleteInstance", "InstanceId=$i", &InstanceNotFound);
    assert_eq!(ids(&mut story, ""), json!([]));
    assert_eq!(ids(&mut story, "&SecurityGroupId=$sg"), json!([]));
    assert_eq!(free_addresses(&mut story), free + 1);
    assert_eq!(stock(&story), json!(5));
    let disks = story.call("DescribeDisks", "RegionId=cn-hangzhou");
    assert_eq!(disks["TotalCount"], 1);
    let disk = &disks["Disks"]["Disk"][0];
    assert_eq!(disk["DiskId"], story.named("data"));
    assert_eq!(disk["Status"], "Available");
    assert_eq!(disk["InstanceId"], "");
    assert_eq!(disk["Attachments"]["Attachment"], json!([]));
}

#[test]
fn a_protected_instance_stays_until_the_protection_is_off() {
    let mut story = Story::begin();
    one_protected(&mut story);
    refuses(&mut story, "DeleteInstance", "InstanceId=$i&Force=true", &InstanceProtected);
    story.call("StopInstance", "InstanceId=$i");
    story.pass_ms(3_000);
    refuses(&mut story, "DeleteInstance", "InstanceId=$i", &InstanceProtected);
    assert_eq!(status(&mut story), "Stopped");
    story.call("ModifyInstanceAttribute", "InstanceId=$i&DeletionProtection=false");
    story.call("DeleteInstance", "InstanceId=$i");
    assert_eq!(ids(&mut story, ""), json!([]));
}

#[test]
fn accounts_never_see_each_others_instances() {
    let mut story = Story::begin();
    one_running(&mut story);
    story.act_as(OTHER_ACCOUNT);
    for filter in ["", "&InstanceIds=[\"$i\"]", "&VpcId=$vpc", "&SecurityGroupId=$sg", "&InstanceName=*"] {
        assert_eq!(ids(&mut story, filter), json!([]), "{filter}");
    }
    let disks = story.call("DescribeDisks", "RegionId=cn-hangzhou&DiskIds=[\"$data\"]");
    assert_eq!(disks["TotalCount"], 0);
    assert_eq!(status(&mut story), "");
    for (action, request) in [
        ("DescribeInstanceAttribute", "InstanceId=$i"),
        ("DescribeUserData", "RegionId=cn-hangzhou&InstanceId=$i"),
        ("ModifyInstanceAttribute", "InstanceId=$i&InstanceName=mine"),
        ("ModifyInstanceAutoReleaseTime", "InstanceId=$i"),
        ("StopInstance", "InstanceId=$i"),
        ("StopInstances", "RegionId=cn-hangzhou&InstanceId.1=$i"),
        ("RebootInstance", "InstanceId=$i"),
        ("DeleteInstance", "InstanceId=$i&Force=true"),
        ("DeleteInstances", "RegionId=cn-hangzhou&InstanceId.1=$i&Force=true"),
    ] {
        refuses(&mut story, action, request, &InstanceNotFound);
    }
}

#[test]
fn pages_by_token_show_each_instance_once_while_others_come_and_go() {
    let mut story = Story::begin();
    three_running(&mut story);
    let (first, token) = token_page(&mut story, "");
    assert_eq!(first, json!([story.named("k")]));

    story.call("DeleteInstance", "InstanceId=$k&Force=true");
    story.pass_ms(60_000);
    run(&mut story, "l", "InstanceName=web-4");

    let (second, token) = token_page(&mut story, &token);
    assert_eq!(second, json!([story.named("j")]));
    let (third, token) = token_page(&mut story, &token);
    assert_eq!(third, json!([story.named("i")]));
    assert_eq!(token, "");
}

#[test]
fn pages_by_number_part_the_list() {
    let mut story = Story::begin();
    three_running(&mut story);
    let all = ids(&mut story, "");
    assert_eq!(all, json!([story.named("k"), story.named("j"), story.named("i")]));
    let pages: Vec<Value> = (1..=4)
        .map(|number| ids(&mut story, &format!("&PageSize=1&PageNumber={number}")))
        .flat_map(|page| page.as_array().cloned().unwrap_or_default())
        .collect();
    assert_eq!(json!(pages), all);
    let filtered = story.call("DescribeInstances", "RegionId=cn-hangzhou&InstanceName=*-2&PageSize=1");
    assert_eq!(filtered["TotalCount"], 1);
}

#[test]
fn a_stop_without_charge_gives_the_unit_back_until_the_start() {
    let mut story = Story::begin();
    one_running(&mut story);
    story.patch("zones/cn-hangzhou-h", json!({ "stock": { "ecs.g5.large": 0 } }));
    story.call("StopInstance", "InstanceId=$i&StoppedMode=StopCharging");
    story.pass_ms(3_000);
    assert_eq!(shown(&mut story)["StoppedMode"], "StopCharging");
    assert_eq!(stock(&story), json!(1));

    story.patch("zones/cn-hangzhou-h", json!({ "stock": { "ecs.g5.large": 0 } }));
    refuses(&mut story, "StartInstance", "InstanceId=$i", &OutOfStock);
    story.patch("zones/cn-hangzhou-h", json!({ "stock": { "ecs.g5.large": 1 } }));
    story.call("StartInstance", "InstanceId=$i");
    assert_eq!(stock(&story), json!(0));
    story.pass_ms(3_000);

    // The unit is given back once, whichever way it goes.
    story.call("StopInstance", "InstanceId=$i&StoppedMode=StopCharging");
    story.pass_ms(3_000);
    story.call("DeleteInstance", "InstanceId=$i");
    assert_eq!(stock(&story), json!(1));
}

#[test]
fn a_subscription_has_no_stop_without_charge() {
    let mut story = Story::begin();
    one_subscription(&mut story);
    story.patch("zones/cn-hangzhou-h", json!({ "stock": { "ecs.g5.large": 7 } }));
    story.call("StopInstance", "InstanceId=$i&StoppedMode=StopCharging");
    story.pass_ms(3_000);
    assert_eq!(shown(&mut story)["StoppedMode"], "Not-applicable");
    assert_eq!(stock(&story), json!(7));
}

#[test]
fn an_instance_made_stopped_starts_and_goes() {
    let mut story = Story::begin();
    one_running(&mut story);
    let request = "RegionId=cn-hangzhou&ImageId=centos_7_9_x64_20G_alibase_20230815.vhd&VSwitchId=$vsw\
        &InstanceType=ecs.g5.large&SystemDisk.Category=cloud_efficiency&SecurityGroupId=$sg";
    story.make("i", "CreateInstance", request, "InstanceId");
    assert_eq!(status(&mut story), "Pending");
    story.pass_ms(2_000);
    assert_eq!(status(&mut story), "Stopped");
    story.call("StartInstance", "InstanceId=$i");
    goes_through(&mut story, &[("Starting", 3_000), ("Running", 0)]);
    story.call("DeleteInstance", "InstanceId=$i&Force=true");
    assert_eq!(status(&mut story), "");
}

#[test]
fn an_instance_goes_at_its_release_time_even_if_protected() {
    let mut story = Story::begin();
    one_protected(&mut story);
    story.call("ModifyInstanceAutoReleaseTime", "InstanceId=$i&AutoReleaseTime=2026-01-01T02:00:59Z");
    assert_eq!(shown(&mut story)["AutoReleaseTime"], "2026-01-01T02:00Z");
    story.pass_ms(HOUR_MS);
    assert_eq!(status(&mut story), "Running");
    story.pass_ms(HOUR_MS);
    assert_eq!(ids(&mut story, ""), json!([]));
    assert_eq!(story.call("DescribeDisks", "RegionId=cn-hangzhou&Status=In_use")["TotalCount"], 0);
}

#[test]
fn a_subscription_that_runs_out_stops_and_is_locked() {
    let mut story = Story::begin();
    one_subscription(&mut story);
    story.pass_ms(32 * DAY_MS);
    let instance = shown(&mut story);
    assert_eq!(instance["Status"], "Stopped");
    assert_eq!(instance["OperationLocks"]["LockReason"], json!([{ "LockReason": "financial" }]));
    assert_eq!(ids(&mut story, "&LockReason=financial"), json!([story.named("i")]));
    refuses(&mut story, "StartInstance", "InstanceId=$i", &InstanceExpired);
    story.call("DeleteInstance", "InstanceId=$i");
}

#[test]
fn a_region_that_is_down_answers_for_what_is_in_it() {
    let mut story = Story::begin();
    one_running(&mut story);
    story.patch("regions/cn-hangzhou", json!({ "state": "unavailable" }));
    refuses(&mut story, "StopInstance", "InstanceId=$i", &ServiceDown);
    refuses(&mut story, "ModifyDiskAttribute", "DiskId=$data&DiskName=logs", &ServiceDown);
    refuses(&mut story, "StopInstance", "InstanceId=i-bp1doesnotexist0001", &InstanceNotFound);
}

#[test]
fn a_renewal_is_paid_and_fails_without_money() {
    let mut story = Story::begin();
    one_renewed(&mut story);
    let paid = balance(&story);
    story.pass_ms(32 * DAY_MS);
    let left = 2.0 * paid - 10_000.0;
    assert!((balance(&story) - left).abs() < 1e-6, "{} {left}", balance(&story));

    let account = "accounts/1000000000000001";
    story.patch(account, json!({ "billing": { "balance": 1 } }));
    story.pass_ms(32 * DAY_MS);
    assert_eq!(status(&mut story), "Stopped");
    assert!((balance(&story) - 1.0).abs() < 1e-6);
}

#[test]
fn a_subscription_that_renews_itself_goes_on() {
    let mut story = Story::begin();
    one_renewed(&mut story);
    let before = shown(&mut story)["ExpiredTime"].clone();
    story.pass_ms(32 * DAY_MS);
    let after = shown(&mut story);
    assert_eq!(after["Status"], "Running");
    assert!(after["ExpiredTime"].as_str() > before.as_str());
    story.pass_ms(32 * DAY_MS);
    assert_eq!(status(&mut story), "Running");
}

#[test]
fn an_expired_instance_keeps_its_disks_until_it_is_deleted() {
    let mut story = Story::begin();
    one_expired(&mut story);
    let attached = "RegionId=cn-hangzhou&InstanceId=$i";
    assert_eq!(story.call("DescribeDisks", attached)["TotalCount"], 2);
    story.call("DeleteInstance", "InstanceId=$i");
    let kept = story.call("DescribeDisks", "RegionId=cn-hangzhou");
    assert_eq!(kept["Disks"]["Disk"][0]["DiskChargeType"], "PostPaid");
}

#[test]
fn a_batch_changes_all_or_none_unless_told_otherwise() {
    let mut story = Story::begin();
    three_running(&mut story);
    story.call("StopInstance", "InstanceId=$j");
    let both = "RegionId=cn-hangzhou&InstanceId.1=$i&InstanceId.2=$j";
    refuses(&mut story, "StopInstances", both, &InstanceStatusWrong);
    assert_eq!(status(&mut story), "Running");

    let reply = story.call("StopInstances", &format!("{both}&BatchOptimization=SuccessFirst"));
    let told = &reply["InstanceResponses"]["InstanceResponse"];
    assert_eq!(told[0]["Code"], "200");
    assert_eq!(told[0]["PreviousStatus"], "Running");
    assert_eq!(told[0]["CurrentStatus"], "Stopping");
    assert_eq!(told[1]["Code"], "IncorrectInstanceStatus");
    assert_eq!(told[1]["CurrentStatus"], "Stopping");
    assert_eq!(status(&mut story), "Stopping");
}

#[test]
fn a_batch_names_each_instance_once() {
    let mut story = Story::begin();
    one_running(&mut story);
    let twice = "RegionId=cn-hangzhou&InstanceId.1=$i&InstanceId.2=$i";
    let reply = story.call("RebootInstances", twice);
    assert_eq!(reply["InstanceResponses"]["InstanceResponse"].as_array().map(Vec::len), Some(1));
    story.pass_ms(10_000);
    story.call("DeleteInstances", &format!("{twice}&Force=true"));
    assert_eq!(ids(&mut story, ""), json!([]));
}

#[test]
fn a_batch_deletion_with_a_token_is_answered_again() {
    let mut story = Story::begin();
    one_running(&mut story);
    let request = "RegionId=cn-hangzhou&InstanceId.1=$i&Force=true&ClientToken=once";
    story.call("DeleteInstances", request);
    story.call("DeleteInstances", request);
    refuses(
        &mut story,
        "DeleteInstances",
        "RegionId=cn-hangzhou&InstanceId.1=$i&Force=true",
        &InstanceNotFound,
    );
}

#[test]
fn a_change_of_groups_moves_the_membership() {
    let mut story = Story::begin();
    one_running(&mut story);
    let group = "RegionId=cn-hangzhou&VpcId=$vpc";
    story.make("new", "CreateSecurityGroup", group, "SecurityGroupId");
    story.call("ModifyInstanceAttribute", "InstanceId=$i&SecurityGroupIds.1=$new&SecurityGroupIds.2=$new");
    assert_eq!(ids(&mut story, "&SecurityGroupId=$sg"), json!([]));
    assert_eq!(ids(&mut story, "&SecurityGroupId=$new"), json!([story.named("i")]));
    assert_eq!(shown(&mut story)["SecurityGroupIds"]["SecurityGroupId"], json!([story.named("new")]));
}

#[test]
fn what_is_changed_is_shown() {
    let mut story = Story::begin();
    one_running(&mut story);
    story.call(
        "ModifyInstanceAttribute",
        "InstanceId=$i&InstanceName=shop&Description=sells&HostName=shop.eu&UserData=ZWNobw==&Recyclable=true",
    );
    let instance = shown(&mut story);
    assert_eq!(instance["InstanceName"], "shop");
    assert_eq!(instance["Description"], "sells");
    assert_eq!(instance["HostName"], "shop.eu");
    assert_eq!(instance["Recyclable"], true);
    assert_eq!(ids(&mut story, "&InstanceName=sh*p"), json!([story.named("i")]));
    assert_eq!(ids(&mut story, "&InstanceName=web*"), json!([]));
    let user_data = story.call("DescribeUserData", "RegionId=cn-hangzhou&InstanceId=$i");
    assert_eq!(user_data["UserData"], "ZWNobw==");
    assert_eq!(story.call("DescribeInstanceAttribute", "InstanceId=$i")["InstanceName"], "shop");
}

/// Sees each status last so long, to the millisecond.
fn goes_through(story: &mut Story, statuses: &[(&str, i64)]) {
    for (expected, lasts_ms) in statuses {
        assert_eq!(status(story), *expected);
        if *lasts_ms > 0 {
            story.pass_ms(lasts_ms - 1);
            assert_eq!(status(story), *expected);
            story.pass_ms(1);
        }
    }
}

fn shown(story: &mut Story) -> Value {
    let reply = story.call("DescribeInstances", "RegionId=cn-hangzhou&InstanceIds=[\"$i\"]");
    reply["Instances"]["Instance"][0].clone()
}

fn status(story: &mut Story) -> String {
    let reply = story.call("DescribeInstanceStatus", "RegionId=cn-hangzhou&InstanceId.1=$i");
    reply["InstanceStatuses"]["InstanceStatus"][0]["Status"].as_str().unwrap_or_default().to_owned()
}

/// The ids that a list shows, in its order.
fn ids(story: &mut Story, filter: &str) -> Value {
    let reply = story.call("DescribeInstances", &format!("RegionId=cn-hangzhou{filter}"));
    ids_in(&reply)
}

fn ids_in(reply: &Value) -> Value {
    let list = reply["Instances"]["Instance"].as_array().cloned().unwrap_or_default();
    list.into_iter().map(|instance| instance["InstanceId"].clone()).collect()
}

/// One instance after a position, and where the next one begins.
fn token_page(story: &mut Story, token: &str) -> (Value, String) {
    let request = format!("RegionId=cn-hangzhou&MaxResults=1&NextToken={token}");
    let reply = story.call("DescribeInstances", &request);
    (ids_in(&reply), reply["NextToken"].as_str().unwrap_or_default().to_owned())
}

fn free_addresses(story: &mut Story) -> u64 {
    let reply = story.call("Vpc:DescribeVSwitchAttributes", "VSwitchId=$vsw");
    reply["AvailableIpAddressCount"].as_u64().expect("a vSwitch tells how many addresses are free")
}

fn balance(story: &Story) -> f64 {
    let path = ["accounts", "1000000000000001", "billing", "balance"].map(str::to_owned);
    fact(story, &path).as_f64().expect("an account has a balance")
}

fn fact(story: &Story, path: &[String]) -> Value {
    let fact = story.cloud().world(path).expect("the engine of a story does not fail");
    fact.expect("the world has this fact")
}

fn stock(story: &Story) -> Value {
    let path = ["zones", "cn-hangzhou-h", "stock", "ecs.g5.large"].map(str::to_owned);
    fact(story, &path)
}

fn refuses(story: &mut Story, action: &str, request: &str, row: &'static moyun_cloud::errors::ErrorRow) {
    match story.try_call(action, request) {
        Ok(reply) => panic!("{action} {request}: {reply}"),
        Err(refusal) => assert_eq!(refusal.row, row, "{action} {request}"),
    }
}
