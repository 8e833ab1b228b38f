//! Tags on resources of every kind.

pub mod given;
mod kinds;

pub mod add_tags;
pub mod describe_tags;
pub mod list_tag_resources;
pub mod remove_tags;
pub mod tag_resources;
pub mod untag_resources;

use crate::cx::Cx;
use crate::ecs::tag::kinds::Kind;
use crate::errors::{
    ApiError, TagResourceIdsMissing, TagResourceNotFound, TagResourceTypeMissing, TagResourceTypeUnknown,
    TooManyTaggedResources,
};
use crate::tags::Tag;

/// The most resources of one request.
const RESOURCES_MAX: usize = 50;

/// The kind that a request names.
fn kind(resource_type: Option<&String>) -> Result<&'static Kind, ApiError> {
    let name = resource_type.ok_or_else(|| TagResourceTypeMissing.about("ResourceType"))?;
    kinds::find(name).ok_or_else(|| TagResourceTypeUnknown.about("ResourceType"))
}

/// Refuses a request that names no resources, or too many.
fn check_resources(ids: &[String]) -> Result<(), ApiError> {
    match ids.len() {
        0 => Err(TagResourceIdsMissing.about("ResourceId")),
        count if count > RESOURCES_MAX => Err(TooManyTaggedResources.about("ResourceId")),
        _ => Ok(()),
    }
}

/// Changes the tags of every resource; the most that one of them has then.
fn change_all(
    cx: &mut Cx<'_>,
    kind: &Kind,
    ids: &[String],
    change: &dyn Fn(&mut Vec<Tag>),
) -> Result<usize, ApiError> {
    (kind.change)(cx, ids, change)?.ok_or_else(|| TagResourceNotFound.about("ResourceId"))
}
