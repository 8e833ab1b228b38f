//! Tags: read from requests, kept on records, shown in replies, matched by filters.

use moyun_derive::{Group, Shape};
use serde::{Deserialize, Serialize};

use crate::errors::{ApiError, TagKeyDuplicate, TagKeyMalformed, TagValueMalformed, TooManyTags};

/// The most tags of one request and of one resource.
pub const TAGS_MAX: usize = 20;

/// A tag as a resource keeps it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tag {
    /// The key.
    pub key: String,
    /// The value, perhaps empty.
    pub value: String,
}

/// One tag of a request. In a filter a tag without value matches any value.
#[derive(Debug, Clone, Group)]
pub struct TagParam {
    /// Key of the tag: 1 to 128 characters, without `http://` and `https://`, not beginning with `aliyun` or `acs:`.
    #[param(also = "key")]
    pub key: Option<String>,
    /// Value of the tag: up to 128 characters, without `http://` and `https://`.
    #[param(also = "value")]
    pub value: Option<String>,
}

impl TagParam {
    /// Whether this tag of a filter is a tag of a resource.
    pub fn fits(&self, tag: &Tag) -> bool {
        self.key.as_ref().is_none_or(|key| *key == tag.key)
            && self.value.as_ref().is_none_or(|value| *value == tag.value)
    }
}

/// A tag in the replies of ECS.
#[derive(Debug, Clone, Shape)]
pub struct EcsTag {
    /// Key of the tag.
    tag_key: String,
    /// Value of the tag.
    tag_value: String,
}

/// A tag in the replies of VPC.
#[derive(Debug, Clone, Shape)]
pub struct VpcTag {
    /// Key of the tag.
    key: String,
    /// Value of the tag.
    value: String,
}

/// The tags that a request sets, in its order.
pub fn read(params: &[TagParam]) -> Result<Vec<Tag>, ApiError> {
    let mut tags: Vec<Tag> = vec![];
    for param in params {
        let key = param.key.clone().unwrap_or_default();
        let value = param.value.clone().unwrap_or_default();
        if !is_key(&key) {
            return Err(TagKeyMalformed.about("Tag.N.Key"));
        }
        if !is_value(&value) {
            return Err(TagValueMalformed.about("Tag.N.Value"));
        }
        if tags.iter().any(|tag| tag.key == key) {
            return Err(TagKeyDuplicate.about("Tag.N.Key"));
        }
        tags.push(Tag { key, value });
    }
    if tags.len() > TAGS_MAX {
        return Err(TooManyTags.about("Tag"));
    }
    Ok(tags)
}

/// Sets tags of a resource: known keys get the new value in their place, others come last.
pub fn merge(tags: &mut Vec<Tag>, new: &[Tag]) {
    for tag in new {
        match tags.iter_mut().find(|known| known.key == tag.key) {
            Some(known) => known.value.clone_from(&tag.value),
            None => tags.push(tag.clone()),
        }
    }
}

/// Whether a resource with these tags passes a filter: it has every tag of it.
pub fn matches(tags: &[Tag], filter: &[TagParam]) -> bool {
    filter.iter().all(|wanted| tags.iter().any(|tag| wanted.fits(tag)))
}

/// The tags as ECS shows them.
pub fn ecs(tags: &[Tag]) -> Vec<EcsTag> {
    tags.iter().map(|tag| EcsTag { tag_key: tag.key.clone(), tag_value: tag.value.clone() }).collect()
}

/// The tags as VPC shows them.
pub fn vpc(tags: &[Tag]) -> Vec<VpcTag> {
    tags.iter().map(|tag| VpcTag { key: tag.key.clone(), value: tag.value.clone() }).collect()
}

/// Whether this can be the key of a tag that a user sets.
pub fn is_key(key: &str) -> bool {
    (1..=128).contains(&key.chars().count())
        && !has_link(key)
        && !key.starts_with("aliyun")
        && !key.starts_with("acs:")
}

/// Whether this can be the value of a tag.
pub fn is_value(value: &str) -> bool {
    value.chars().count() <= 128 && !has_link(value)
}

fn has_link(text: &str) -> bool {
    text.contains("http://") || text.contains("https://")
}
