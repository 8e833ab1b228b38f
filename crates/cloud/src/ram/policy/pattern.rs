//! Patterns in which `*` stands for any text and `?` for any one character.

/// Whether a text fits a pattern. The time grows with the product of the lengths, whatever the pattern.
pub(super) fn fits(text: &str, pattern: &str) -> bool {
    let (text, pattern): (Vec<char>, Vec<char>) = (text.chars().collect(), pattern.chars().collect());
    let (mut at, mut in_pattern) = (0, 0);
    // Where the last star stands, and how much of the text it has taken so far.
    let mut star: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(in_pattern) {
            Some('*') => {
                star = Some((in_pattern, at));
                in_pattern += 1;
            }
            Some(wanted) if *wanted == '?' || *wanted == text[at] => {
                at += 1;
                in_pattern += 1;
            }
            _ => match star {
                Some((position, taken)) => {
                    star = Some((position, taken + 1));
                    (at, in_pattern) = (taken + 1, position + 1);
                }
                None => return false,
            },
        }
    }
    pattern[in_pattern..].iter().all(|rest| *rest == '*')
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn patterns_fit_whole_texts() {
        for (text, pattern, expected) in [
            ("", "", true),
            ("", "*", true),
            ("a", "", false),
            ("ecs:RunInstances", "ecs:RunInstances", true),
            ("ecs:RunInstances", "ecs:Run*", true),
            ("ecs:RunInstances", "ecs:*Instances", true),
            ("ecs:RunInstances", "*:*", true),
            ("ecs:RunInstances", "ecs:Run", false),
            ("ecs:RunInstances", "vpc:*", false),
            ("i-1", "i-?", true),
            ("i-12", "i-?", false),
            ("i-", "i-?", false),
            ("acs:ecs:cn-hangzhou:1:instance/i-1", "acs:ecs:*:*:instance/*", true),
            ("acs:ecs:cn-hangzhou:1:disk/d-1", "acs:ecs:*:*:instance/*", false),
            ("中文", "中?", true),
            ("aab", "*a*b", true),
            ("aba", "*a*b", false),
        ] {
            assert_eq!(fits(text, pattern), expected, "{text} {pattern}");
        }
    }

    #[test]
    fn many_stars_cost_no_more_than_their_number() {
        assert!(!fits(&"a".repeat(2000), &"*a".repeat(1000).replace("*a*a", "*a*b")));
    }
}
