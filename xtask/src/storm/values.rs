//! What a parameter is given: what the account knows, what worked requests say, what its definition allows, or nonsense.

use moyun_cloud::registry::Entry;
use moyun_cloud::spec::{Limits, ParamKind, ParamSpec, RegionUse};

use super::known::{Known, WORDS, singular};
use crate::dice::Dice;

/// What no parameter expects.
const NONSENSE: [&str; 14] = [
    "",
    " ",
    "null",
    "-1",
    "NaN",
    "[",
    "[\"",
    "{}",
    "*",
    "../..",
    "云服务器🙂",
    "a,b;c&d=e%20",
    "<Tag/>\u{0}\u{fffe}",
    "99999999999999999999999",
];

/// Where values come from.
pub(super) struct Values<'a> {
    pub(super) known: &'a Known,
    /// The account that calls.
    pub(super) account: &'a str,
    /// An account that does not.
    pub(super) stranger: &'a str,
}

/// One parameter that can be given a value of its own.
pub(super) struct Leaf {
    pub(super) name: String,
    kind: ParamKind,
    limits: Limits,
    pub(super) required: bool,
    /// Whether hardly any account may name it.
    pub(super) preview: bool,
}

impl Leaf {
    fn text(name: &str, required: bool) -> Leaf {
        let limits = Limits { range: None, len: None, one_of: &[], max_items: None };
        Leaf { name: name.to_owned(), kind: ParamKind::Text, limits, required, preview: false }
    }
}

/// The parameters of an action; of each list one element or two.
pub(super) fn leaves(entry: &Entry, dice: &mut Dice) -> Vec<Leaf> {
    let spec = entry.spec;
    let mut found = vec![];
    if spec.region != RegionUse::None {
        found.push(Leaf::text("RegionId", spec.region == RegionUse::Required));
    }
    collect(spec.params, "", true, dice, &mut found);
    found.extend(spec.idempotent.then(|| Leaf::text("ClientToken", false)));
    found.extend(spec.dry_run.map(|_| Leaf::text("DryRun", false)));
    found
}

fn collect(specs: &[ParamSpec], prefix: &str, required: bool, dice: &mut Dice, found: &mut Vec<Leaf>) {
    for spec in specs {
        let name = format!("{prefix}{}", spec.name);
        let mut add = |name: String, kind: ParamKind, dice: &mut Dice| match kind {
            ParamKind::Group(fields) => {
                collect(fields, &format!("{name}."), required && spec.required, dice, found);
            }
            ParamKind::Flat(fields) => collect(fields, prefix, required, dice, found),
            kind => {
                let (limits, preview, required) = (spec.limits, spec.preview, required && spec.required);
                found.push(Leaf { name, kind, limits, required, preview });
            }
        };
        match spec.kind {
            ParamKind::List(of) => {
                for number in 1..=1 + dice.below(2) {
                    add(format!("{name}.{number}"), *of, dice);
                }
            }
            kind => add(name, kind, dice),
        }
    }
}

impl Values<'_> {
    /// A value for a parameter.
    pub(super) fn of(&self, leaf: &Leaf, dice: &mut Dice) -> String {
        if leaf.name == "RegionId" && dice.percent(90) {
            return "cn-hangzhou".to_owned();
        }
        match dice.below(20) {
            0..8 => self.known(&leaf.name, dice).unwrap_or_else(|| Self::allowed(leaf, dice)),
            8..12 => Self::word(&leaf.name, dice).unwrap_or_else(|| Self::allowed(leaf, dice)),
            12..18 => match leaf.kind {
                ParamKind::JsonList => self.list(leaf, dice),
                _ => Self::allowed(leaf, dice),
            },
            _ => dice.one(NONSENSE).to_owned(),
        }
    }

    /// Something that exists, existed, or belongs to somebody else.
    pub(super) fn known(&self, name: &str, dice: &mut Dice) -> Option<String> {
        let whose = if dice.percent(4) { self.stranger } else { self.account };
        self.known.pick(dice, whose, name)
    }

    /// What a worked request says.
    pub(super) fn word(name: &str, dice: &mut Dice) -> Option<String> {
        dice.pick(WORDS.get(singular(name))?).cloned()
    }

    fn list(&self, leaf: &Leaf, dice: &mut Dice) -> String {
        let elements: Vec<String> = (0..dice.below(4)).filter_map(|_| self.known(&leaf.name, dice)).collect();
        serde_json::json!(elements).to_string()
    }

    /// What its definition speaks of: its only values, the ends of its range, its shortest and longest texts.
    fn allowed(leaf: &Leaf, dice: &mut Dice) -> String {
        let limits = leaf.limits;
        if let Some(value) = dice.pick(limits.one_of) {
            return if dice.percent(5) { value.to_lowercase() } else { (*value).to_owned() };
        }
        match leaf.kind {
            ParamKind::Boolean => dice.one(["true", "false", "True", "FALSE", "yes"]).to_owned(),
            ParamKind::Integer | ParamKind::Number => {
                let (low, high) = limits.range.unwrap_or((0, 100));
                let between = low.saturating_add(high.saturating_sub(low) / 2);
                let ends = [low, high, between, low.saturating_add(1), low.saturating_sub(1)];
                let beyond = [high.saturating_add(1), 1, 2, 3];
                dice.pick(&[&ends[..], &beyond].concat()).map(i64::to_string).unwrap_or_default()
            }
            _ => match limits.len {
                Some((fewest, most)) if dice.percent(50) => {
                    "n".repeat(dice.one([fewest, most, most + 1, fewest.saturating_sub(1)]).min(600))
                }
                _ => dice.one(["storm-1", "storm-2", "storm-3", "Storm_4"]).to_owned(),
            },
        }
    }
}
