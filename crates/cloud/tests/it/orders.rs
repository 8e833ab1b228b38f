//! Orders on instances that are there: what they cost, and what they change.

use moyun_cloud::call::Settlement;
use moyun_cloud::ecs::instance::creation::given::base;
use moyun_cloud::ecs::instance::given::{in_list, one_expired, one_running, one_subscription};
use moyun_cloud::errors::{BalanceTooLow, InstanceExpired, RamDeniesAction, SubscriptionForbidsAction};
use moyun_cloud::ids::AccountId;
use moyun_cloud::story::Story;
use moyun_cloud::world::{DEFAULT_ACCOUNT, PatchError};
use serde_json::{Value, json};

const CHANGE: &str = "RegionId=cn-hangzhou&InstanceIds=$ids";
const CREATION: &str = "RegionId=cn-hangzhou&ImageId=centos_7_9_x64_20G_alibase_20230815.vhd\
    &InstanceType=ecs.g5.large&SystemDisk.Category=cloud_efficiency&SecurityGroupId=$g&VSwitchId=$w";
const RENEWAL: &str = "RegionId=cn-hangzhou&InstanceId=$i";
const BROKE: &str = "accounts/1000000000000001";

#[test]
fn a_renewal_is_paid_and_begins_where_the_term_ends() {
    let mut story = begin(one_subscription);
    assert_eq!(shown(&mut story)["ExpiredTime"], "2026-02-01T00:00Z");
    story.call("RenewInstance", "InstanceId=$i&Period=1");
    assert_eq!(shown(&mut story)["ExpiredTime"], "2026-03-01T00:00Z");

    story.patch(BROKE, json!({ "billing": { "balance": 1, "credit_limit": 0 } }));
    let refusal = story.try_call("RenewInstance", "InstanceId=$i&Period=1").unwrap_err();
    assert_eq!(refusal.row, &BalanceTooLow);
    assert_eq!(shown(&mut story)["ExpiredTime"], "2026-03-01T00:00Z");
}

#[test]
fn an_instance_that_ran_out_starts_again_once_it_is_renewed() {
    let mut story = begin(one_expired);
    assert_eq!(story.try_call("StartInstance", "InstanceId=$i").unwrap_err().row, &InstanceExpired);
    story.call("RenewInstance", "InstanceId=$i&Period=2&PeriodUnit=Week");
    assert_eq!(shown(&mut story)["OperationLocks"]["LockReason"], json!([]));
    story.call("StartInstance", "InstanceId=$i");
}

#[test]
fn an_instance_becomes_a_subscription_with_its_disks_and_back() {
    let mut story = begin(one_running);
    in_list(&mut story);
    story.call("ModifyInstanceChargeType", CHANGE);
    assert_eq!(shown(&mut story)["InstanceChargeType"], "PrePaid");
    assert_eq!(disks(&mut story), ["PrePaid", "PrePaid"]);
    let refusal = story.try_call("DeleteInstance", "InstanceId=$i&Force=true").unwrap_err();
    assert_eq!(refusal.row, &SubscriptionForbidsAction);

    story.call("ModifyInstanceChargeType", &format!("{CHANGE}&InstanceChargeType=PostPaid"));
    assert_eq!(shown(&mut story)["InstanceChargeType"], "PostPaid");
    assert_eq!(disks(&mut story), ["PostPaid", "PostPaid"]);
    story.call("DeleteInstance", "InstanceId=$i&Force=true");
}

#[test]
fn data_disks_may_stay_out_of_a_subscription() {
    let mut story = begin(one_running);
    in_list(&mut story);
    story.call("ModifyInstanceChargeType", &format!("{CHANGE}&IncludeDataDisks=false"));
    assert_eq!(disks(&mut story), ["PrePaid", "PostPaid"]);
}

#[test]
fn an_order_that_is_not_paid_changes_nothing() {
    let mut story = begin(one_running);
    in_list(&mut story);
    story.patch(BROKE, json!({ "billing": { "balance": 1, "credit_limit": 0 } }));
    assert_eq!(story.try_call("ModifyInstanceChargeType", CHANGE).unwrap_err().row, &BalanceTooLow);
    story.call("ModifyInstanceChargeType", &format!("{CHANGE}&AutoPay=false"));
    assert_eq!(shown(&mut story)["InstanceChargeType"], "PostPaid");
}

#[test]
fn an_order_waits_until_it_is_paid_and_is_charged_once() {
    let mut story = begin(base);
    let order = "InstanceChargeType=PrePaid&Period=1&AutoPay=false&Password=S3cret-Enough&ClientToken=once";
    story.patch(BROKE, json!({ "billing": { "balance": 5000, "credit_limit": 0 } }));
    story.patch("zones/cn-hangzhou-h/stock", json!({ "ecs.g5.large": 5 }));
    let id = story.call("RunInstances", &format!("{CREATION}&{order}"))["OrderId"].clone();
    let again = story.call("RunInstances", &format!("{CREATION}&{order}"))["OrderId"].clone();
    assert_eq!(again, id, "the token stands for the same order");
    assert_eq!(instances(&mut story), 0);
    let waiting = orders(&story);
    assert_eq!((&waiting[0]["id"], &waiting[0]["status"], waiting.len()), (&id, &json!("Unpaid"), 1));
    assert!(!waiting[0].to_string().contains("S3cret"), "{}", waiting[0]);

    let before = fact(&story, "accounts/1000000000000001/billing/balance").as_f64().unwrap();
    let paid = settle(&story, Settlement::Pay, &id).unwrap();
    assert_eq!((&paid["status"], &paid["reply"]["OrderId"]), (&json!("Paid"), &id));
    assert_eq!(instances(&mut story), 1);
    let after = fact(&story, "accounts/1000000000000001/billing/balance").as_f64().unwrap();
    let price = paid["price"].as_f64().expect("a price is a number");
    assert!((before - after - price).abs() < 0.001, "{before} {after} {price}");
    assert_eq!(fact(&story, "zones/cn-hangzhou-h/stock/ecs.g5.large"), 4);
    assert!(settle(&story, Settlement::Pay, &id).is_err(), "nobody pays twice");
    assert_eq!(instances(&mut story), 1);
}

#[test]
fn an_order_is_carried_out_by_the_facts_of_the_day_it_is_paid() {
    let mut story = begin(base);
    let order = format!("{CREATION}&InstanceChargeType=PrePaid&Period=1&AutoPay=false");
    let id = story.call("RunInstances", &order)["OrderId"].clone();
    story.patch("zones/cn-hangzhou-h/stock", json!({ "ecs.g5.large": 0 }));
    let before = story.dump();
    let refusal = settle(&story, Settlement::Pay, &id).unwrap_err();
    assert!(refusal.contains("OperationDenied.NoStock"), "{refusal}");
    assert!(story.dump() == before, "a refused payment changes nothing");
    story.patch("zones/cn-hangzhou-h/stock", json!({ "ecs.g5.large": 1 }));
    settle(&story, Settlement::Pay, &id).unwrap();
    assert_eq!(instances(&mut story), 1);
}

#[test]
fn an_order_is_given_up_by_hand_or_by_the_clock() {
    let mut story = begin(one_subscription);
    let upgrade = "RegionId=cn-hangzhou&InstanceId=$i&InstanceType=ecs.g5.xlarge&AutoPay=false";
    let given_up = story.call("ModifyPrepayInstanceSpec", upgrade)["OrderId"].clone();
    assert_eq!(settle(&story, Settlement::Cancel, &given_up).unwrap()["status"], "Cancelled");
    assert!(settle(&story, Settlement::Pay, &given_up).is_err());
    let late = story.call("ModifyPrepayInstanceSpec", upgrade)["OrderId"].clone();
    story.pass_ms(24 * 60 * 60 * 1000);
    assert_eq!(orders(&story)[0]["status"], "Expired");
    assert!(settle(&story, Settlement::Pay, &late).is_err());
    let paid = story.call("ModifyPrepayInstanceSpec", upgrade)["OrderId"].clone();
    settle(&story, Settlement::Pay, &paid).unwrap();
    assert_eq!(shown(&mut story)["InstanceType"], "ecs.g5.xlarge");
}

#[test]
fn an_unpaid_change_of_payment_happens_when_it_is_paid() {
    let mut story = begin(one_running);
    in_list(&mut story);
    let order = story.call("ModifyInstanceChargeType", &format!("{CHANGE}&AutoPay=false"))["OrderId"].clone();
    assert_eq!(shown(&mut story)["InstanceChargeType"], "PostPaid");
    settle(&story, Settlement::Pay, &order).unwrap();
    assert_eq!(shown(&mut story)["InstanceChargeType"], "PrePaid");
}

fn orders(story: &Story) -> Vec<Value> {
    let orders = story.cloud().orders(&AccountId::from(DEFAULT_ACCOUNT));
    orders.expect("the engine of a story does not fail").as_array().expect("they are a list").clone()
}

fn settle(story: &Story, settlement: Settlement, id: &Value) -> Result<Value, String> {
    let id = id.as_str().expect("an order has a number").to_owned();
    let settled = story.cloud().settle_order(settlement, AccountId::from(DEFAULT_ACCOUNT), id);
    settled.map_err(|error| match error {
        PatchError::Refused(sentence) => sentence,
        PatchError::Fault(fault) => panic!("{fault:?}"),
    })
}

fn fact(story: &Story, path: &str) -> Value {
    let segments: Vec<String> = path.split('/').map(str::to_owned).collect();
    story.cloud().world(&segments).expect("the engine does not fail").expect("the fact is there")
}

fn instances(story: &mut Story) -> i64 {
    story.call("DescribeInstances", "RegionId=cn-hangzhou")["TotalCount"].as_i64().expect("it is a number")
}

#[test]
fn a_subscription_renews_itself_for_as_long_as_it_was_told_to() {
    let mut story = begin(one_subscription);
    let renewed = format!("{RENEWAL}&AutoRenew=true&Duration=1&PeriodUnit=Year");
    story.call("ModifyInstanceAutoRenewAttribute", &renewed);
    story.pass_ms(31 * 24 * 60 * 60 * 1000);
    assert_eq!(shown(&mut story)["ExpiredTime"], "2027-02-01T00:00Z");

    let ending = format!("{RENEWAL}&RenewalStatus=NotRenewal");
    story.call("ModifyInstanceAutoRenewAttribute", &ending);
    story.pass_ms(365 * 24 * 60 * 60 * 1000);
    assert_eq!(shown(&mut story)["OperationLocks"]["LockReason"][0]["LockReason"], "financial");
}

#[test]
fn of_a_comma_list_every_instance_is_judged_by_the_policies() {
    let mut story = begin(one_subscription);
    let id = story.named("i").to_owned();
    story.bind(
        "document",
        format!(
            r#"{{"Version":"1","Statement":{{"Effect":"Allow","Action":"ecs:*AutoRenew*",
            "Resource":"acs:ecs:*:*:instance/{id}"}}}}"#
        ),
    );
    story.call("Ram:CreatePolicy", "PolicyName=one&PolicyDocument=$document");
    story.call("Ram:CreateUser", "UserName=ann");
    story.call("Ram:AttachPolicyToUser", "PolicyType=Custom&PolicyName=one&UserName=ann");
    story.act_as_user("ann");
    story.call("ModifyInstanceAutoRenewAttribute", RENEWAL);
    story.call("DescribeInstanceAutoRenewAttribute", RENEWAL);
    for action in ["ModifyInstanceAutoRenewAttribute", "DescribeInstanceAutoRenewAttribute"] {
        let refusal = story.try_call(action, &format!("{RENEWAL},i-bp1ofsomebodyelse01")).unwrap_err();
        assert_eq!(refusal.row, &RamDeniesAction, "{action}");
    }
}

#[test]
fn the_price_that_is_told_is_the_price_that_is_paid() {
    let mut story = begin(one_running);
    in_list(&mut story);
    let asked = "RegionId=cn-hangzhou&InstanceType=ecs.g5.large&PriceUnit=Month&Period=3\
        &SystemDisk.Category=cloud_efficiency&SystemDisk.Size=40\
        &DataDisk.1.Category=cloud_efficiency&DataDisk.1.Size=40";
    let told = story.call("DescribePrice", asked)["PriceInfo"]["Price"]["TradePrice"].to_string();
    let change = format!("{CHANGE}&Period=3&IsDetailFee=true");
    let paid = story.call("ModifyInstanceChargeType", &change);
    assert_eq!(paid["FeeOfInstances"]["FeeOfInstance"][0]["Fee"], told);
}

fn begin(given: fn(&mut Story)) -> Story {
    let mut story = Story::begin();
    given(&mut story);
    story
}

fn shown(story: &mut Story) -> Value {
    story.call("DescribeInstanceAttribute", "InstanceId=$i")
}

/// How the system disk and the data disk are paid.
fn disks(story: &mut Story) -> [Value; 2] {
    ["system", "data"].map(|kind| {
        let request = format!("RegionId=cn-hangzhou&InstanceId=$i&DiskType={kind}");
        story.call("DescribeDisks", &request)["Disks"]["Disk"][0]["DiskChargeType"].clone()
    })
}
