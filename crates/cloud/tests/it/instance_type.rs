//! Instance types: pages and families.

use moyun_cloud::story::Story;
use serde_json::json;

#[test]
fn pages_hold_every_type_once() {
    let mut story = Story::begin();
    let (mut seen, mut token) = (vec![], String::new());
    loop {
        let reply = story.call("DescribeInstanceTypes", &format!("MaxResults=9&NextToken={token}"));
        let page = reply["InstanceTypes"]["InstanceType"].as_array().unwrap();
        seen.extend(page.iter().map(|kind| kind["InstanceTypeId"].as_str().unwrap().to_owned()));
        reply["NextToken"].as_str().unwrap().clone_into(&mut token);
        if token.is_empty() {
            break;
        }
    }
    assert_eq!(seen.len(), 45);
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 45);
}

#[test]
fn a_family_leaves_a_region_with_the_last_zone_that_has_it() {
    let mut story = Story::begin();
    let has_gn5 = |story: &mut Story| {
        let reply = story.call("DescribeInstanceTypeFamilies", "RegionId=us-west-1");
        reply.to_string().contains("ecs.gn5")
    };
    assert!(has_gn5(&mut story));
    story.patch("zones/us-west-1a", json!({ "instance_types": ["ecs.g5.large"] }));
    assert!(has_gn5(&mut story));
    story.patch("zones/us-west-1b", json!({ "lifecycle": "retired" }));
    assert!(!has_gn5(&mut story));
}
