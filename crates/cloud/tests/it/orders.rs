//! Orders on instances that are there: what they cost, and what they change.

use moyun_cloud::ecs::instance::given::{in_list, one_expired, one_running, one_subscription};
use moyun_cloud::errors::{BalanceTooLow, InstanceExpired, RamDeniesAction, SubscriptionForbidsAction};
use moyun_cloud::story::Story;
use serde_json::{Value, json};

const CHANGE: &str = "RegionId=cn-hangzhou&InstanceIds=$ids";
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
