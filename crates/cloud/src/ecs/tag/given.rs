//! States and requests that cases about tags share.

use crate::ecs::key_pair::given::one_key_pair;
use crate::ecs::security_group::given::one_group;
use crate::story::Story;

/// Two security groups, `$group` and `$other`, and a key pair, all with tags.
pub fn tagged(story: &mut Story) {
    one_group(story);
    one_key_pair(story);
    let request = "RegionId=cn-hangzhou&Tag.1.Key=team&Tag.1.Value=b&Tag.2.Key=env&Tag.2.Value=test";
    story.make("other", "CreateSecurityGroup", request, "SecurityGroupId");
    let request =
        "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=$group&Tag.1.Key=env&Tag.1.Value=live";
    story.call("TagResources", request);
}

/// A security group, `$group`, with as many tags as it takes.
pub fn full_of_tags(story: &mut Story) {
    let tags: String = (1..=20).map(|n| format!("&Tag.{n}.Key=k{n}")).collect();
    story.make("group", "CreateSecurityGroup", &format!("RegionId=cn-hangzhou{tags}"), "SecurityGroupId");
}
