//! Patches of the world. Lines: path, JSON merge patch.

use moyun_cloud::cloud::Cloud;
use moyun_cloud::world::PatchError;
use serde_json::Value;

use crate::{Reached, clouds};

pub(crate) fn run(input: &[u8]) -> Reached {
    let Some([path, patch]) = crate::lines(input) else { return Reached::Door };
    let Ok(patch) = serde_json::from_str::<Value>(patch) else { return Reached::Door };
    let path: Vec<String> =
        path.split('/').filter(|segment| !segment.is_empty()).map(str::to_owned).collect();
    let cloud = clouds::planted();
    let before = clouds::export(&cloud);
    if !merge(&cloud, &path, &patch) {
        assert_eq!(clouds::export(&cloud), before, "refused, but done");
        return Reached::Door;
    }
    clouds::check(&cloud);
    let changed = clouds::export(&cloud);
    let shown = clouds::world(&cloud, &[]).expect("the world is there");

    // The same again changes nothing more, and neither does what is shown.
    assert!(merge(&cloud, &path, &patch), "it is refused the second time");
    assert_eq!(clouds::world(&cloud, &[]), Some(shown.clone()), "done twice it does more");
    assert!(merge(&cloud, &[], &shown), "what is shown is refused: {shown}");
    assert_eq!(clouds::export(&cloud), changed, "what is shown is something else");
    Reached::Inside
}

/// Whether the patch was accepted.
fn merge(cloud: &Cloud, path: &[String], patch: &Value) -> bool {
    match cloud.patch_world(path.to_vec(), patch.clone()) {
        Ok(()) => true,
        Err(PatchError::Refused(_)) => false,
        Err(PatchError::Fault(fault)) => panic!("{}", fault.chain()),
    }
}
