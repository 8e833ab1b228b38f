//! Images: what the world says about them shows at once.

use moyun_cloud::story::Story;
use serde_json::{Value, json};

const UBUNTU: &str = "ubuntu_22_04_x64_20G_alibase_20230718.vhd";

#[test]
fn a_deprecated_image_is_hidden_unless_asked_for() {
    let mut story = Story::begin();
    assert_eq!(statuses(&mut story, ""), ["Available"]);

    story.patch(&format!("images/{UBUNTU}"), json!({ "status": "Deprecated" }));
    assert!(statuses(&mut story, "").is_empty());
    assert_eq!(statuses(&mut story, "&Status=Available,Deprecated"), ["Deprecated"]);

    story.patch(&format!("images/{UBUNTU}"), json!({ "status": "Available" }));
    assert_eq!(statuses(&mut story, ""), ["Available"]);
}

#[test]
fn an_image_narrowed_to_families_runs_on_their_types_only() {
    let mut story = Story::begin();
    assert_eq!(statuses(&mut story, "&InstanceType=ecs.g5.large").len(), 1);

    story.patch(&format!("images/{UBUNTU}"), json!({ "supported_families": ["ecs.g7"] }));
    assert!(statuses(&mut story, "&InstanceType=ecs.g5.large").is_empty());
    assert_eq!(statuses(&mut story, "&InstanceType=ecs.g7.large").len(), 1);
}

#[test]
fn pages_hold_every_image_once() {
    let mut story = Story::begin();
    let mut seen = vec![];
    for page in 1.. {
        let request = format!("RegionId=cn-hangzhou&PageSize=5&PageNumber={page}");
        let reply = story.call("DescribeImages", &request);
        let images = reply["Images"]["Image"].as_array().unwrap().clone();
        assert_eq!(reply["TotalCount"], 16);
        if images.is_empty() {
            break;
        }
        seen.extend(images.iter().map(|image| image["ImageId"].as_str().unwrap().to_owned()));
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 16);
}

/// The status of the image in the list, if it is listed.
fn statuses(story: &mut Story, more: &str) -> Vec<String> {
    let reply = story.call("DescribeImages", &format!("RegionId=cn-hangzhou&ImageId={UBUNTU}{more}"));
    let images = reply["Images"]["Image"].as_array().expect("a list is always there");
    images
        .iter()
        .map(|image: &Value| image["Status"].as_str().expect("ids and statuses are texts").to_owned())
        .collect()
}
