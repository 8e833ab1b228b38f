//! States that cases of roles of instances begin with.

use crate::ecs::instance::given::{one_running, run};
use crate::ram::given::one_role;
use crate::story::Story;

/// A running instance `$i` and a role `worker` for instances.
pub fn instance_and_role(story: &mut Story) {
    one_running(story);
    one_role(story);
    let ids = format!("[\"{}\"]", story.named("i"));
    story.bind("ids", ids);
}

/// The same, where the instance has the role.
pub fn instance_with_role(story: &mut Story) {
    instance_and_role(story);
    story.call("AttachInstanceRamRole", "RegionId=cn-hangzhou&InstanceIds=$ids&RamRoleName=worker");
}

/// An instance `$i` with the role `worker` and one `$j` without, and a role `idler` besides.
pub fn two_instances_and_roles(story: &mut Story) {
    instance_with_role(story);
    story.call("Ram:CreateRole", "RoleName=idler&AssumeRolePolicyDocument=$trust");
    run(story, "j", "InstanceName=web-2");
    let ids = format!("[\"{}\",\"{}\",\"i-none\"]", story.named("i"), story.named("j"));
    story.bind("ids", ids);
}
