//! Parameters of networks that this server does not offer.

use crate::errors::{ApiError, PreviewParameterNotGranted};

/// Refuses the first parameter that is asked for: left out, it would make another network than the one meant.
pub fn refuse(asked: &[(&str, bool)]) -> Result<(), ApiError> {
    match asked.iter().find(|(_, asked)| *asked) {
        Some((name, _)) => Err(PreviewParameterNotGranted.about(name)),
        None => Ok(()),
    }
}
