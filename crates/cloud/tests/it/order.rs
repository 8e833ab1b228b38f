//! The order in which what an action names is judged: its resource, the right to it, what else it names, status, charge
//! type, unfinished changes, dry run. Each line mends exactly what the line before was refused for.

use moyun_cloud::ecs::instance::given::one_subscription;
use moyun_cloud::ecs::security_group::given::instance_and_groups;
use moyun_cloud::errors::{
    ChangeInProgress, DryRunPassed, ErrorRow, InstanceNotFound, InstanceStatusWrong, RamDeniesAction,
    SecurityGroupNotFound, SubscriptionForbidsAction,
};
use moyun_cloud::story::Story;

const AN_HOUR_MS: i64 = 60 * 60 * 1000;
/// Longer than any month.
const A_TERM_MS: i64 = 40 * 24 * AN_HOUR_MS;

#[test]
fn deletion_is_judged_by_resource_right_status_charge_type_and_dry_run() {
    let mut story = Story::begin();
    one_subscription(&mut story);
    elsewhere_alone(&mut story);
    let delete = |id: &str, dry: &str| format!("InstanceId={id}&DryRun={dry}");
    refused(&mut story, "DeleteInstance", &delete("i-none", "true"), &InstanceNotFound);
    refused(&mut story, "DeleteInstance", &delete("$i", "true"), &RamDeniesAction);
    everything(&mut story);
    refused(&mut story, "DeleteInstance", &delete("$i", "true"), &InstanceStatusWrong);
    story.call("StopInstance", "InstanceId=$i");
    story.pass_ms(10_000);
    refused(&mut story, "DeleteInstance", &delete("$i", "true"), &SubscriptionForbidsAction);
    story.pass_ms(A_TERM_MS);
    refused(&mut story, "DeleteInstance", &delete("$i", "true"), &DryRunPassed);
    story.call("DeleteInstance", &delete("$i", "false"));
}

#[test]
fn joining_is_judged_by_resource_right_other_resources_status_and_unfinished_changes() {
    let mut story = Story::begin();
    instance_and_groups(&mut story);
    story.patch("limits/latency", serde_json::json!({ "attach_ms": AN_HOUR_MS }));
    let disk = "RegionId=cn-hangzhou&ZoneId=cn-hangzhou-h&DiskCategory=cloud_essd&Size=40";
    story.make("d", "CreateDisk", disk, "DiskId");
    story.pass_ms(AN_HOUR_MS);
    story.call("AttachDisk", "InstanceId=$i&DiskId=$d");
    story.call("StopInstance", "InstanceId=$i");
    elsewhere_alone(&mut story);
    let join =
        |id: &str, group: &str| format!("RegionId=cn-hangzhou&InstanceId={id}&SecurityGroupId={group}");
    refused(&mut story, "JoinSecurityGroup", &join("i-none", "sg-none"), &InstanceNotFound);
    refused(&mut story, "JoinSecurityGroup", &join("$i", "sg-none"), &RamDeniesAction);
    everything(&mut story);
    refused(&mut story, "JoinSecurityGroup", &join("$i", "sg-none"), &SecurityGroupNotFound);
    refused(&mut story, "JoinSecurityGroup", &join("$i", "$other"), &InstanceStatusWrong);
    story.pass_ms(10_000);
    refused(&mut story, "JoinSecurityGroup", &join("$i", "$other"), &ChangeInProgress);
    story.pass_ms(AN_HOUR_MS);
    story.call("JoinSecurityGroup", &join("$i", "$other"));
}

/// Goes on as a user who may do everything, but to one instance that is not there.
fn elsewhere_alone(story: &mut Story) {
    story.bind(
        "document",
        r#"{"Version":"1","Statement":{"Effect":"Allow","Action":"ecs:*","Resource":"acs:ecs:*:*:instance/i-other"}}"#,
    );
    story.call("Ram:CreateUser", "UserName=ann");
    story.call("Ram:CreatePolicy", "PolicyName=elsewhere&PolicyDocument=$document");
    story.call("Ram:AttachPolicyToUser", "PolicyType=Custom&PolicyName=elsewhere&UserName=ann");
    story.act_as_user("ann");
}

/// The user may do everything from now on.
fn everything(story: &mut Story) {
    story.act_as_owner();
    story.call("Ram:AttachPolicyToUser", "PolicyType=System&PolicyName=AdministratorAccess&UserName=ann");
    story.act_as_user("ann");
}

fn refused(story: &mut Story, action: &str, request: &str, row: &'static ErrorRow) {
    let before = story.dump();
    let refusal = story.try_call(action, request).expect_err(action);
    assert_eq!(refusal.row, row, "{action} {request}");
    assert_eq!(story.dump(), before, "{action} {request}");
}
