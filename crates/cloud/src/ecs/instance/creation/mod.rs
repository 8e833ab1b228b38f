//! Creating instances: RunInstances and CreateInstance are judged by one list of checks and carried out in one place.

pub mod cases;
pub mod disk_params;
pub mod draft;
pub mod execute;
pub mod given;
pub mod interface_params;
pub mod price;
pub mod request;

mod authorization;
mod checks;
mod compatibility;
mod disks;
mod entitlement;
mod existence;
mod filled;
mod interfaces;
mod names;
mod neighbours;
mod payment;
mod quota;
mod sale;
mod stock;
mod syntax;
mod template;

use crate::cx::Cx;
use crate::ecs::instance::creation::draft::Draft;
use crate::ecs::instance::creation::execute::{Created, execute};
use crate::ecs::instance::creation::request::Request;
use crate::errors::ApiError;

/// Judges a request by every check in order and makes its instances.
pub(crate) fn create(request: Request, cx: &mut Cx<'_>) -> Result<Created, ApiError> {
    let mut draft = Draft::of(request, cx)?;
    for check in checks::CHECKS {
        (check.judge)(&mut draft, cx)?;
    }
    execute(&draft, cx)
}
