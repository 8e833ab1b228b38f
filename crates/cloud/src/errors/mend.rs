//! What to do about a row, in Chinese: by the English words, which many rows share.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static CHINESE: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    toml::from_str(include_str!("mend.zh.toml")).unwrap_or_else(|error| panic!("mend.zh.toml: {error}"))
});

/// The Chinese for what an English note says to do.
pub(super) fn in_chinese(english: &str) -> &'static str {
    CHINESE.get(english).unwrap_or_else(|| panic!("mend.zh.toml has no Chinese for: {english}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::CHINESE;
    use crate::errors::all;

    #[test]
    fn every_mend_is_said_in_chinese_and_nothing_else_is() {
        let said: BTreeSet<&str> = CHINESE.keys().map(String::as_str).collect();
        let wanted: BTreeSet<&str> = all().map(|row| row.happened_and_mend().1).collect();
        let missing: Vec<_> = wanted.difference(&said).collect();
        let stale: Vec<_> = said.difference(&wanted).collect();
        assert!(missing.is_empty(), "write these into errors/mend.zh.toml: {missing:#?}");
        assert!(stale.is_empty(), "no row says these: {stale:#?}");
    }
}
