//! States that stories of several families start from.

use moyun_cloud::story::Story;
use moyun_cloud::world::new_account;
use moyun_store::{Fault, Lane};
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::SeedableRng;

/// Goes on as a new account.
pub(crate) fn another_account(story: &mut Story) {
    let made = story.cloud().write::<_, Fault>(&Lane("world".to_owned()), |tx, _| {
        new_account(tx, &mut ChaCha12Rng::seed_from_u64(1))
    });
    story.act_as(&made.expect("the engine of a story does not fail").uid);
}
