//! Phase 15: the units of a type that a zone has left.

use crate::cx::Cx;
use crate::ecs::instance::creation::draft::Draft;
use crate::errors::{ApiError, OutOfStock};

/// The zone has as many units as are asked for, or at least MinAmount.
pub(super) fn units(draft: &mut Draft, _: &Cx<'_>) -> Result<(), ApiError> {
    let count = draft.zone().stock_of(&draft.instance_type().id).at_most(draft.amount);
    let least = draft.request.min_amount.and_then(|min| u64::try_from(min).ok()).unwrap_or(draft.amount);
    if count < least {
        return Err(OutOfStock.about("InstanceType"));
    }
    draft.count = count;
    Ok(())
}
