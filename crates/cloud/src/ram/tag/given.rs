//! States that cases about tags of RAM begin with.

use crate::ram::given::{one_policy, one_role};
use crate::story::Story;

/// 51 names, one more than a request about tags may have.
macro_rules! fifty_one_names {
    () => {
        r#"ResourceNames=["r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r","r"]"#
    };
}
pub(crate) use fifty_one_names;

/// A role `worker`, a newer one `helper` and a policy `start-only`, all with tags.
pub fn tagged(story: &mut Story) {
    one_role(story);
    one_policy(story);
    story.pass_ms(1000);
    story.call(
        "Ram:CreateRole",
        "RoleName=helper&AssumeRolePolicyDocument=$trust&Tag.1.Key=team&Tag.1.Value=dev",
    );
    let team = r#"Tag=[{"Key":"team","Value":"ops"},{"Key":"env","Value":"live"}]"#;
    story.call("Ram:TagResources", &format!(r#"ResourceType=role&ResourceNames=["worker"]&{team}"#));
    story.call("Ram:TagResources", &format!(r#"ResourceType=policy&ResourceNames=["start-only"]&{team}"#));
}

/// A role `worker` with as many tags as it takes.
pub fn full_of_tags(story: &mut Story) {
    one_role(story);
    let tags: String = (1..=20).map(|n| format!("&Tag.{n}.Key=k{n}")).collect();
    story.call("Ram:TagResources", &format!(r#"ResourceType=role&ResourceNames=["worker"]{tags}"#));
}
