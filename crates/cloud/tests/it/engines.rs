//! The same story on another engine answers the same bytes.

use std::sync::Arc;

use moyun_cloud::case::Expect;
use moyun_cloud::registry::ACTIONS;
use moyun_cloud::story::Story;
use moyun_store::{Engine, RedbEngine};
use moyun_wire::out::Format;

#[test]
fn the_first_case_of_every_action_answers_the_same_on_redb() {
    for entry in ACTIONS {
        let case = entry.cases.iter().find(|case| matches!(case.expect, Expect::Reply));
        let case = case.unwrap_or_else(|| panic!("{} has no case that succeeds", entry.spec.name));
        let action = format!("{}:{}", entry.spec.product.name(), entry.spec.name);
        let answer = |mut story: Story| {
            (case.given)(&mut story);
            let body = story.answer(&action, case.request, Format::Json);
            body.unwrap_or_else(|refusal| panic!("{action} — {}: {refusal}", case.name))
        };
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let redb: Arc<dyn Engine> =
            Arc::new(RedbEngine::open(folder.path()).expect("a new database can be made"));
        assert_eq!(answer(Story::on(redb)), answer(Story::begin()), "{action}");
    }
}
