//! Refused requests that are kept for whoever asks why.

use std::sync::Arc;

use moyun_cloud::requests::KeptRequest;
use moyun_cloud::story::Story;
use moyun_store::{Engine, RedbEngine};

fn request(number: i64) -> KeptRequest {
    KeptRequest { request_id: format!("ID-{number}"), at_ms: number, told: format!("told {number}") }
}

fn kept(story: &Story) -> Vec<i64> {
    let kept = story.cloud().kept_requests(10).expect("the engine of a story does not fail");
    kept.iter().map(|kept| kept.at_ms).collect()
}

#[test]
fn the_oldest_go_first() {
    let story = Story::begin();
    let keep = |numbers: &[i64]| {
        let requests = numbers.iter().map(|number| request(*number)).collect();
        story.cloud().keep_requests(requests, 3).expect("the engine of a story does not fail");
    };
    keep(&[2, 1]);
    assert_eq!(kept(&story), [2, 1]);
    keep(&[3, 4]);
    assert_eq!(kept(&story), [4, 3, 2]);
    keep(&[7, 5, 6, 8]);
    assert_eq!(kept(&story), [8, 7, 6]);
    let find = |id| story.cloud().kept_request(id).expect("the engine of a story does not fail");
    assert_eq!(find("id-7").as_deref(), Some("told 7"));
    assert_eq!(find("ID-1"), None);
}

#[test]
fn they_are_there_after_the_store_was_closed() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let open =
        || -> Arc<dyn Engine> { Arc::new(RedbEngine::open(folder.path()).expect("the folder is free")) };
    let story = Story::on(open());
    story.cloud().keep_requests(vec![request(1)], 3).expect("the engine of a story does not fail");
    story.cloud().close();
    drop(story);
    assert_eq!(kept(&Story::on(open())), [1]);
}
