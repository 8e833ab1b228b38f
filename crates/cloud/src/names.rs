//! What names and descriptions may be; each rule can stand in `#[param(check = ...)]`.

/// A name of 2 to 128 characters: first a letter of any script, then letters, digits, `:`, `_`, `.` and `-`.
#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
pub fn is_resource_name(name: &String) -> bool {
    is_name(name, ":_.-")
}

/// As [`is_resource_name`], and `[`, `]` and `,` for numbering.
#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
pub fn is_instance_name(name: &String) -> bool {
    is_name(name, ":_.-[],")
}

/// A description of 2 to 256 characters that is no link.
#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
pub fn is_description(description: &String) -> bool {
    (2..=256).contains(&description.chars().count()) && !is_link(description)
}

/// Whether a name fits a pattern in which each `*` stands for any text.
pub fn is_like(name: &str, pattern: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else { return name == pattern };
    let Some(mut name) = name.strip_prefix(head) else { return false };
    let (middle, tail) = rest.rsplit_once('*').unwrap_or(("", rest));
    // The leftmost place of each part leaves the most for those that follow.
    for part in middle.split('*') {
        let Some(at) = name.find(part) else { return false };
        name = &name[at + part.len()..];
    }
    name.ends_with(tail)
}

fn is_name(name: &str, marks: &str) -> bool {
    (2..=128).contains(&name.chars().count())
        && name.starts_with(char::is_alphabetic)
        && !is_link(name)
        && name.chars().all(|c| c.is_alphanumeric() || marks.contains(c))
}

fn is_link(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

#[cfg(test)]
mod tests {
    use super::{is_description, is_instance_name, is_like, is_resource_name};

    #[test]
    fn patterns_with_stars() {
        for (name, pattern) in [
            ("web", "web"),
            ("web", "*"),
            ("web", "w*"),
            ("web", "*b"),
            ("web", "w*b"),
            ("web", "**e**"),
            ("abcabc", "*bc*bc"),
            ("模云一号", "*云*"),
        ] {
            assert!(is_like(name, pattern), "{name} {pattern}");
        }
        for (name, pattern) in
            [("web", "we"), ("web", "*w"), ("web", "w*e"), ("ab", "ab*b"), ("abc", "*bc*bc")]
        {
            assert!(!is_like(name, pattern), "{name} {pattern}");
        }
    }

    #[test]
    fn names_at_their_edges() {
        for good in ["ab", "a1", "中文", "web:1_x.y-z", &"a".repeat(128)] {
            assert!(is_resource_name(&good.to_owned()), "{good}");
        }
        for bad in ["", "a", "1a", "-a", "a b", "a*b", "web[1,2]", "http://a", "https://a", &"a".repeat(129)]
        {
            assert!(!is_resource_name(&bad.to_owned()), "{bad}");
        }
        assert!(is_instance_name(&"web[1,3]".to_owned()));
    }

    #[test]
    fn descriptions_at_their_edges() {
        for good in ["ab", "说明", "9 lives", &"a".repeat(256)] {
            assert!(is_description(&good.to_owned()), "{good}");
        }
        for bad in ["", "a", "http://a", "https://a", &"a".repeat(257)] {
            assert!(!is_description(&bad.to_owned()), "{bad}");
        }
    }
}
