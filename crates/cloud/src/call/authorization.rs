//! Phase 6: whether a RAM identity may do what it asks.

use crate::cx::Identity;
use crate::errors::{ActionForAccountOwnerOnly, ApiError};
use crate::spec::ActionSpec;

/// Refuses RAM identities an action that only the account itself may call, whatever their policies say.
pub fn check_owner_only(spec: &ActionSpec, identity: &Identity) -> Result<(), ApiError> {
    match (spec.owner_only, identity) {
        (true, Identity::User(_) | Identity::Session { .. }) => Err((&ActionForAccountOwnerOnly).into()),
        _ => Ok(()),
    }
}
