//! What is done to a cloud, as lines of a shell: for the pages of errors, and for whoever runs them.
//!
//! [`BEGIN`] comes first. Then every line is one of few forms: a call by `aliyun`, or by `curl` where that tool cannot make it;
//! the same in `name=$(… | jq -r .Path)`, which keeps a text of the reply for later lines; `name=value`; a call repeated by
//! `for n in $(seq …)`; a call that ends in `&`, whose answer comes later.

use moyun_wire::encode::encode;
use moyun_wire::params::Params;

use crate::registry::Entry;

/// What comes before the lines of a row: where the server is, the state and the time in which everything begins, and how a
/// request is signed by hand.
pub const BEGIN: &str = include_str!("commands.sh");

/// Stands for the value of a parameter that is not sent at all.
pub const ABSENT: &str = "(absent)";

/// How a row is met here, and how the same request comes to succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commands {
    /// Makes the state.
    pub given: Vec<String>,
    /// The request that the row refuses.
    pub refused: String,
    /// What is done about it.
    pub mend: Vec<String>,
    /// The request that then succeeds; none where nothing mends it.
    pub mended: Option<String>,
}

impl Commands {
    /// All lines in their order.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        let before = self.given.iter().chain([&self.refused]);
        before.chain(&self.mend).chain(&self.mended).map(String::as_str)
    }
}

/// The key with which requests are signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) secret: String,
}

/// A call by `aliyun`, with a key that is not the one of the environment.
pub(crate) fn aliyun<'a>(
    entry: &Entry,
    key: Option<&Key>,
    said: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> String {
    let mut line = format!("aliyun {} {}", entry.spec.product.ram_code(), entry.spec.name);
    if let Some(Key { id, secret }) = key {
        line += &format!(" --access-key-id {} --access-key-secret {}", word(id), word(secret));
    }
    // The tool takes each option once: of a parameter that is said again the last value counts.
    let said: Vec<_> = said.into_iter().collect();
    let last =
        |&(at, (name, _)): &(usize, &(&str, &str))| said[at + 1..].iter().all(|(later, _)| later != name);
    for (_, (name, value)) in said.iter().enumerate().filter(last) {
        // What begins with a dash would be read as the next option.
        let between = if value.starts_with('-') { "=" } else { " " };
        line += &format!(" --{name}{between}{}", word(value));
    }
    line
}

/// A request by `curl`, signed with a secret if there is one. Values may name what former lines kept.
pub(crate) fn curl(method: &str, params: &Params, secret: Option<&str>) -> String {
    let query = params.encode().replace(&encode("$"), "$");
    let query = match secret {
        Some(secret) => format!("$(signed {method} {} \"{query}\")", word(secret)),
        None => query,
    };
    let options = if method == "GET" { String::new() } else { format!(" -X {method}") };
    format!("curl -sS{options} \"$API/?{query}\"")
}

/// A call of the admin API by `curl`.
pub(crate) fn admin(method: &str, path: &str, body: &str) -> String {
    format!("curl -sS -X {method} {} -d {}", word(&format!("$ADMIN/{path}")), word(body))
}

/// A call whose reply gives texts to names, each by a path such as `InstanceIdSets/InstanceIdSet/0`.
pub(crate) fn keep(call: &str, names: &[(&str, &str)]) -> Vec<String> {
    if let [(name, path)] = names {
        return vec![format!("{name}=$({call} | jq -r {})", filter(path))];
    }
    let part =
        |(name, path): &(&str, &str)| format!("{name}=$(printf %s \"$reply\" | jq -r {})", filter(path));
    [format!("reply=$({call})")].into_iter().chain(names.iter().map(part)).collect()
}

/// A path as `jq` takes it.
fn filter(path: &str) -> String {
    let part = |part: &str| match part.parse::<usize>() {
        Ok(at) => format!("[{at}]"),
        Err(_) => format!(".{part}"),
    };
    path.split('/').map(part).collect()
}

/// Gives a name a value, which may say `$name` itself.
pub(crate) fn set(name: &str, value: &str) -> String {
    let unit = [1, 3, 4].into_iter().find(|&unit| is_repeated(value, unit));
    match unit {
        Some(unit) => {
            let (piece, times) = (&value[..unit], value.len() / unit);
            format!("{name}=$(printf '{piece}%.0s' $(seq {times}))")
        }
        None => format!("{name}={}", word(value)),
    }
}

/// Whether a long text is a piece of so many letters again and again.
fn is_repeated(text: &str, unit: usize) -> bool {
    let is_plain = text.bytes().all(|letter| letter.is_ascii_alphanumeric());
    text.len() > 100
        && text.len().is_multiple_of(unit)
        && is_plain
        && text.as_bytes()[unit..] == text.as_bytes()[..text.len() - unit]
}

/// A value as one word of a shell, in which `$name` keeps its meaning.
pub(crate) fn word(value: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_-./:,@%+=".contains(c);
    match value {
        "" => "''".to_owned(),
        plain if plain.chars().all(is_plain) => plain.to_owned(),
        named if named.contains('$') => {
            format!("\"{}\"", named.replace('\\', r"\\").replace('"', "\\\"").replace('`', "\\`"))
        }
        text => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

/// The lines with calls that come again and again in loops.
pub(crate) fn folded(lines: &[String]) -> Vec<String> {
    let mut folded = vec![];
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let (times, template) = repetition(&lines[at..]);
        if times < 3 {
            folded.push(line.clone());
            at += 1;
        } else {
            folded.push(format!("for n in $(seq {times}); do {template}; done"));
            at += times;
        }
    }
    folded
}

/// How often the first line comes again, perhaps with a number that counts from one, and the line with `$n` for the number.
fn repetition(lines: &[String]) -> (usize, String) {
    let first = &lines[0];
    let same = lines.iter().take_while(|line| *line == first).count();
    let counted = |(at, _): (usize, &str)| {
        let template = format!("{}$n{}", &first[..at], &first[at + 1..]);
        let is_next = |(n, line): &(usize, &String)| **line == template.replace("$n", &(n + 1).to_string());
        let times = lines.iter().enumerate().take_while(is_next).count();
        (times, template)
    };
    // Within single quotes nothing is filled in.
    let is_bare = !first.contains('\'') && first.starts_with("aliyun ");
    let best = first.match_indices('1').filter(|_| is_bare).map(counted).max_by_key(|(times, _)| *times);
    best.filter(|(times, _)| *times > same).unwrap_or((same, first.clone()))
}

#[cfg(test)]
mod tests {
    use super::{aliyun, filter, folded, set, word};
    use crate::registry::ACTIONS;

    #[test]
    fn a_word_is_one_word_and_names_keep_their_meaning() {
        assert_eq!(word("cn-hangzhou"), "cn-hangzhou");
        assert_eq!(word(""), "''");
        assert_eq!(word("it's"), r"'it'\''s'");
        assert_eq!(word("$vpc"), "\"$vpc\"");
        assert_eq!(word(r#"["$i"]"#), r#""[\"$i\"]""#);
    }

    #[test]
    fn an_option_comes_once_with_the_last_value() {
        let entry = ACTIONS.iter().find(|entry| entry.spec.name == "StopInstance").unwrap();
        let said = [("InstanceId", "i-1"), ("ForceStop", "true"), ("InstanceId", "-1")];
        assert_eq!(aliyun(entry, None, said), "aliyun ecs StopInstance --ForceStop true --InstanceId=-1");
    }

    #[test]
    fn paths_and_long_values_are_written_short() {
        assert_eq!(filter("InstanceIdSets/InstanceIdSet/0"), ".InstanceIdSets.InstanceIdSet[0]");
        assert_eq!(set("data", &"AAAA".repeat(100)), "data=$(printf 'A%.0s' $(seq 400))");
        assert_eq!(set("data", &"QUJD".repeat(100)), "data=$(printf 'QUJD%.0s' $(seq 100))");
        assert_eq!(set("phone", "mfa/phone"), "phone=mfa/phone");
    }

    #[test]
    fn repeated_calls_become_loops() {
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let same = lines(&["aliyun ecs A", "aliyun ecs A", "aliyun ecs A", "aliyun ecs B"]);
        assert_eq!(folded(&same), ["for n in $(seq 3); do aliyun ecs A; done", "aliyun ecs B"]);
        let counted = lines(&["aliyun ecs A --B x1", "aliyun ecs A --B x2", "aliyun ecs A --B x3"]);
        assert_eq!(folded(&counted), ["for n in $(seq 3); do aliyun ecs A --B x$n; done"]);
        let twice = lines(&["aliyun ecs A", "aliyun ecs A"]);
        assert_eq!(folded(&twice), twice);
    }
}
