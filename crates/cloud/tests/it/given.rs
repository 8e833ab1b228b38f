//! States that stories of several families start from, and what they look at.

use moyun_cloud::story::Story;
use moyun_cloud::world::{DEFAULT_ACCOUNT, new_account};
use moyun_store::{Fault, Lane};
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::Value;

/// Goes on as a new account.
pub(crate) fn another_account(story: &mut Story) {
    let made = story.cloud().write::<_, Fault>(&Lane("world".to_owned()), |tx, _| {
        new_account(tx, &mut ChaCha12Rng::seed_from_u64(1))
    });
    story.act_as(&made.expect("the engine of a story does not fail").uid);
}

/// A fact of the world; the path is separated by slashes.
pub(crate) fn fact(story: &Story, path: &str) -> Value {
    let path: Vec<String> = path.split('/').map(str::to_owned).collect();
    story.cloud().world(&path).expect("the engine of a story does not fail").expect("there is such a fact")
}

/// What the default account has.
pub(crate) fn balance(story: &Story) -> Value {
    fact(story, &format!("accounts/{DEFAULT_ACCOUNT}/billing/balance"))
}
