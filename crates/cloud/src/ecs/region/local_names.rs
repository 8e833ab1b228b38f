//! What regions and zones are called: Chinese to those who ask in Chinese, English to everybody else.

use crate::catalog::{regions, zones};

/// The name of a region; its id where a world added it.
pub(super) fn region(id: &str, language: &str) -> String {
    match regions::find(id) {
        None => id.to_owned(),
        Some(region) if is_chinese(language) => region.name_zh.to_owned(),
        Some(region) => region.name_en.to_owned(),
    }
}

/// The name of a zone; its id where a world added it.
pub(super) fn zone(id: &str, language: &str) -> String {
    match zones::find(id) {
        None => id.to_owned(),
        Some(zone) if is_chinese(language) => zone.name_zh(),
        Some(zone) => zone.name_en(),
    }
}

fn is_chinese(language: &str) -> bool {
    language.starts_with("zh")
}
