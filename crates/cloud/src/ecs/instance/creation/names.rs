//! Names of instances that are created together: `web-[1,3]` numbers them, UniqueSuffix adds a number at the end.

use crate::ecs::instance::creation::draft::Draft;

/// The largest number that a numbering can begin with.
const BEGIN_MAX: u64 = 999_999;
/// The most digits that a number is filled up to, and how many there are when none are named.
const DIGITS_MAX: usize = 6;

/// A name of the form `prefix[begin,digits]suffix`.
#[derive(Debug, PartialEq, Eq)]
struct Numbering<'a> {
    prefix: &'a str,
    begin: u64,
    digits: usize,
    suffix: &'a str,
}

impl Numbering<'_> {
    fn read(name: &str) -> Option<Numbering<'_>> {
        let (prefix, rest) = name.split_once('[')?;
        let (numbers, suffix) = rest.split_once(']')?;
        let (begin, digits) = numbers.split_once(',')?;
        let number = |text: &str, default: u64| match text.trim() {
            "" => Some(default),
            text if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok(),
            _ => None,
        };
        let begin = number(begin, 0).filter(|begin| *begin <= BEGIN_MAX)?;
        let digits = usize::try_from(number(digits, DIGITS_MAX as u64)?).ok()?;
        (1..=DIGITS_MAX).contains(&digits).then_some(Numbering { prefix, begin, digits, suffix })
    }
}

/// The name of the instance at this place among those created together, counted from 0.
pub(super) fn of_instance(name: &str, unique_suffix: bool, at: u64) -> String {
    match Numbering::read(name) {
        Some(Numbering { prefix, begin, digits, suffix }) => {
            let numbered = format!("{prefix}{:0digits$}{suffix}", begin + at);
            // A number at the end of the name already tells the instances apart.
            if unique_suffix && !suffix.is_empty() { with_suffix(&numbered, at) } else { numbered }
        }
        None if unique_suffix => with_suffix(name, at),
        None => name.to_owned(),
    }
}

/// The host names that a request gives, numbered; empty where the hosts are named after their instances.
pub(super) fn hosts_asked_for(draft: &Draft) -> Vec<String> {
    let request = &draft.request;
    match &request.shared.host_name {
        None => request.host_names.clone(),
        Some(name) if !request.runs => vec![name.clone()],
        Some(name) => (0..draft.amount).map(|at| of_instance(name, request.unique_suffix, at)).collect(),
    }
}

fn with_suffix(name: &str, at: u64) -> String {
    format!("{name}{:03}", at + 1)
}

#[cfg(test)]
mod tests {
    use super::of_instance;

    #[test]
    fn names_are_numbered_as_asked() {
        for (name, unique, first, third) in [
            ("web", false, "web", "web"),
            ("web", true, "web001", "web003"),
            ("web-[1,3]", false, "web-001", "web-003"),
            ("web-[1,3]", true, "web-001", "web-003"),
            ("web[8,2]-a", false, "web08-a", "web10-a"),
            ("web[8,2]-a", true, "web08-a001", "web10-a003"),
            ("web[99,1]", false, "web99", "web101"),
            ("web[,]", false, "web000000", "web000002"),
            ("web[1,7]", false, "web[1,7]", "web[1,7]"),
            ("web[x,1]", true, "web[x,1]001", "web[x,1]003"),
        ] {
            assert_eq!(of_instance(name, unique, 0), first);
            assert_eq!(of_instance(name, unique, 2), third);
        }
    }
}
