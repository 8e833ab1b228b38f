//! What calls named so far, so that later calls can mean the same things.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use moyun_cloud::case::Case;
use moyun_cloud::registry::ACTIONS;
use moyun_cloud::story::Story;
use serde_json::Value;

use crate::dice::Dice;

/// How many values of one name are remembered; then a new one takes the place of an old one.
const REMEMBERED: usize = 24;

/// Values by the account that saw them and by the name of the field or parameter that held them.
#[derive(Default)]
pub(super) struct Known {
    values: BTreeMap<(String, String), Vec<String>>,
}

impl Known {
    /// Takes in every text and number of a reply, or of anything else in JSON.
    pub(super) fn learn(&mut self, account: &str, name: &str, value: &Value) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    self.learn(account, name, value);
                }
            }
            Value::Array(elements) => elements.iter().for_each(|element| self.learn(account, name, element)),
            Value::String(text) if !text.is_empty() => self.remember(account, name, text),
            _ => {}
        }
    }

    /// Takes in one value.
    pub(super) fn remember(&mut self, account: &str, name: &str, text: &str) {
        let values = self.values.entry((account.to_owned(), singular(name).to_owned())).or_default();
        if !values.iter().any(|known| known == text) {
            if values.len() == REMEMBERED {
                values.remove(0);
            }
            values.push(text.to_owned());
        }
    }

    /// Takes out what is gone.
    pub(super) fn forget(&mut self, account: &str, text: &str) {
        for ((whose, _), values) in &mut self.values {
            if whose == account {
                values.retain(|known| known != text);
            }
        }
    }

    /// A value that an account knows for a parameter; newer ones rather than older ones.
    pub(super) fn pick(&self, dice: &mut Dice, account: &str, parameter: &str) -> Option<String> {
        let wanted = singular(parameter);
        let key = (account.to_owned(), wanted.to_owned());
        let values = self.values.get(&key).or_else(|| self.like(dice, account, wanted))?;
        let from = if dice.percent(60) { values.len().saturating_sub(3) } else { 0 };
        dice.pick(&values[from..]).cloned()
    }

    /// `SourceSnapshotId` means a `SnapshotId`, and a `ResourceId` any id at all.
    fn like(&self, dice: &mut Dice, account: &str, wanted: &str) -> Option<&Vec<String>> {
        let fits = |name: &str| match wanted {
            "ResourceId" => name.ends_with("Id"),
            _ => name.len() > 4 && wanted.ends_with(name),
        };
        let known = self.values.iter().filter(|((whose, name), _)| whose == account && fits(name));
        let known: Vec<_> = known.map(|(_, values)| values).collect();
        dice.pick(&known).copied()
    }
}

/// What the worked requests of all actions say for each parameter.
pub(super) static WORDS: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut words: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for case in ACTIONS.iter().flat_map(|entry| entry.cases) {
        let mut story = None;
        for (name, value) in case.request.split('&').filter_map(|pair| pair.split_once('=')) {
            let known = words.entry(singular(name).to_owned()).or_default();
            let value = match value.contains('$') {
                // One value that a story made is enough: an id of another cloud means nothing here.
                true if !known.is_empty() => continue,
                true => story.get_or_insert_with(|| told(case)).text(value),
                false => value.to_owned(),
            };
            if !known.contains(&value) {
                known.push(value);
            }
        }
    }
    words
});

/// The story that a case begins with.
fn told(case: &Case) -> Story {
    let mut story = Story::begin();
    (case.given)(&mut story);
    story
}

/// What a parameter or field is about: `SecurityGroupIds.2` and `SecurityGroupIdSet` are both a `SecurityGroupId`.
pub(super) fn singular(name: &str) -> &str {
    let last = name.rsplit('.').find(|segment| !segment.bytes().all(|byte| byte.is_ascii_digit()));
    let last = last.unwrap_or(name);
    last.strip_suffix("Set").or_else(|| last.strip_suffix('s')).unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_mean_what_replies_named() {
        let mut known = Known::default();
        known.learn("1", "", &serde_json::json!({ "InstanceIdSets": { "InstanceIdSet": ["i-1"] } }));
        let pick = |account, name| known.pick(&mut Dice::of(1), account, name);
        assert_eq!(pick("1", "InstanceIds"), Some("i-1".to_owned()));
        assert_eq!(pick("1", "InstanceId.2"), Some("i-1".to_owned()));
        assert_eq!(pick("1", "ResourceId"), Some("i-1".to_owned()));
        assert_eq!(pick("2", "InstanceId"), None);
        assert_eq!(pick("1", "VpcId"), None);
    }
}
