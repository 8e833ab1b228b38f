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
    use super::{is_description, is_instance_name, is_resource_name};

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
