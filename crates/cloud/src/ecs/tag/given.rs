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

/// One tag more than a request takes.
macro_rules! twenty_one_tags {
    () => {
        "&Tag.1.Key=k1&Tag.2.Key=k2&Tag.3.Key=k3&Tag.4.Key=k4&Tag.5.Key=k5\
            &Tag.6.Key=k6&Tag.7.Key=k7&Tag.8.Key=k8&Tag.9.Key=k9&Tag.10.Key=k10\
            &Tag.11.Key=k11&Tag.12.Key=k12&Tag.13.Key=k13&Tag.14.Key=k14&Tag.15.Key=k15\
            &Tag.16.Key=k16&Tag.17.Key=k17&Tag.18.Key=k18&Tag.19.Key=k19&Tag.20.Key=k20\
            &Tag.21.Key=k21"
    };
}
pub(crate) use twenty_one_tags;

/// One resource more than a request takes.
macro_rules! fifty_one_resources {
    () => {
        "&ResourceId.1=sg-1&ResourceId.2=sg-2&ResourceId.3=sg-3&ResourceId.4=sg-4\
        &ResourceId.5=sg-5&ResourceId.6=sg-6&ResourceId.7=sg-7&ResourceId.8=sg-8\
        &ResourceId.9=sg-9&ResourceId.10=sg-10&ResourceId.11=sg-11&ResourceId.12=sg-12\
        &ResourceId.13=sg-13&ResourceId.14=sg-14&ResourceId.15=sg-15&ResourceId.16=sg-16\
        &ResourceId.17=sg-17&ResourceId.18=sg-18&ResourceId.19=sg-19&ResourceId.20=sg-20\
        &ResourceId.21=sg-21&ResourceId.22=sg-22&ResourceId.23=sg-23&ResourceId.24=sg-24\
        &ResourceId.25=sg-25&ResourceId.26=sg-26&ResourceId.27=sg-27&ResourceId.28=sg-28\
        &ResourceId.29=sg-29&ResourceId.30=sg-30&ResourceId.31=sg-31&ResourceId.32=sg-32\
        &ResourceId.33=sg-33&ResourceId.34=sg-34&ResourceId.35=sg-35&ResourceId.36=sg-36\
        &ResourceId.37=sg-37&ResourceId.38=sg-38&ResourceId.39=sg-39&ResourceId.40=sg-40\
        &ResourceId.41=sg-41&ResourceId.42=sg-42&ResourceId.43=sg-43&ResourceId.44=sg-44\
        &ResourceId.45=sg-45&ResourceId.46=sg-46&ResourceId.47=sg-47&ResourceId.48=sg-48\
        &ResourceId.49=sg-49&ResourceId.50=sg-50&ResourceId.51=sg-51"
    };
}
pub(crate) use fifty_one_resources;
