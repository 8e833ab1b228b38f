//! What names and descriptions of networks may be; each rule can stand in `#[param(check = ...)]`.

/// A name of 1 to 128 characters that is no link.
#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
pub fn is_name(name: &String) -> bool {
    (1..=128).contains(&name.chars().count()) && !is_link(name)
}

/// A description of 1 to 256 characters that is no link.
#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
pub fn is_description(description: &String) -> bool {
    (1..=256).contains(&description.chars().count()) && !is_link(description)
}

fn is_link(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

#[cfg(test)]
mod tests {
    use super::{is_description, is_name};

    #[test]
    fn names_and_descriptions_at_their_edges() {
        assert!(is_name(&"网".to_owned()) && is_name(&"a".repeat(128)) && !is_name(&"a".repeat(129)));
        assert!(is_description(&"1".to_owned()) && is_description(&"a".repeat(256)));
        assert!(!is_description(&"a".repeat(257)) && !is_description(&"https://a".to_owned()));
        assert!(!is_name(&"http://a".to_owned()));
    }
}
