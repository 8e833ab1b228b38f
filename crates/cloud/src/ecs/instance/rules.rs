//! What the guest of an instance takes as host name, password and user data.
//!
//! Rules about a single text take any kind of text, so that each can stand in `#[param(check = ...)]`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use moyun_wire::timestamp;

use crate::catalog::images::OsType;

/// The most bytes of user data after decoding.
pub const USER_DATA_MAX: usize = 32 * 1024;

const MINUTE_MS: i64 = 60 * 1000;

/// What Linux puts in the place of the instance's id in a host name.
pub const INSTANCE_ID_PLACEHOLDER: &str = "${instance_id}";

/// Characters of a password that are neither letters nor digits.
const PASSWORD_MARKS: &str = "()`~!@#$%^&*-_+=|{}[]:;'<>,.?/";

/// Stands in for an instance id when a host name is measured.
const SOME_INSTANCE_ID: &str = "i-00000000000000000000";

/// Whether some guest takes this password: 8 to 30 characters of at least three of the four kinds.
pub fn is_password<T: AsRef<str> + ?Sized>(password: &T) -> bool {
    let password = password.as_ref();
    let is_mark = |c: char| PASSWORD_MARKS.contains(c);
    let kinds = [
        password.contains(|c: char| c.is_ascii_uppercase()),
        password.contains(|c: char| c.is_ascii_lowercase()),
        password.contains(|c: char| c.is_ascii_digit()),
        password.contains(is_mark),
    ];
    (8..=30).contains(&password.chars().count())
        && password.chars().all(|c| c.is_ascii_alphanumeric() || is_mark(c))
        && kinds.into_iter().filter(|kind| *kind).count() >= 3
}

/// Whether Windows takes this password.
pub fn is_windows_password<T: AsRef<str> + ?Sized>(password: &T) -> bool {
    is_password(password) && !password.as_ref().starts_with('/')
}

/// Whether some guest takes this host name.
pub fn is_host_name_anywhere<T: AsRef<str> + ?Sized>(name: &T) -> bool {
    let name = name.as_ref().replace(INSTANCE_ID_PLACEHOLDER, SOME_INSTANCE_ID);
    // Dots and dashes stand alone between letters and digits.
    (2..=64).contains(&name.len())
        && name
            .split(['.', '-'])
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Whether a guest of this kind takes this host name.
pub fn is_host_name_for(os_type: OsType, name: &str) -> bool {
    is_host_name_anywhere(name)
        && match os_type {
            OsType::Linux => true,
            OsType::Windows => {
                name.len() <= 15
                    && !name.contains(['.', '$'])
                    && !name.bytes().all(|byte| byte.is_ascii_digit())
            }
        }
}

/// The bytes that user data stands for; None when it is not standard Base64.
pub fn decode_user_data(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// Whether this is user data in standard Base64.
pub fn is_user_data<T: AsRef<str> + ?Sized>(text: &T) -> bool {
    decode_user_data(text.as_ref()).is_some()
}

/// When an instance with this AutoReleaseTime is released: to the minute, 30 minutes to 3 years ahead.
pub fn auto_release_ms(text: &str, now_ms: i64) -> Option<i64> {
    let at_ms = timestamp::parse(text)?;
    let at_ms = at_ms - at_ms.rem_euclid(MINUTE_MS);
    let now_ms = now_ms - now_ms.rem_euclid(MINUTE_MS);
    (now_ms + 30 * MINUTE_MS..=now_ms + 3 * 365 * 24 * 60 * MINUTE_MS).contains(&at_ms).then_some(at_ms)
}

#[cfg(test)]
mod tests {
    use moyun_wire::timestamp;

    use super::{
        auto_release_ms, decode_user_data, is_host_name_anywhere, is_host_name_for, is_password,
        is_windows_password,
    };
    use crate::catalog::images::OsType;

    #[test]
    fn passwords_at_their_edges() {
        for good in ["Abcdef12", "abcdef1!", "ABCDEF1!", &format!("Aa1{}", "x".repeat(27)), "/Passw0rd"] {
            assert!(is_password(good), "{good}");
        }
        for bad in [
            "",
            "Abcde12",
            "abcdefgh",
            "abcdefg1",
            "Abcdef 1!",
            "Abcdef1ü",
            &format!("Aa1{}", "x".repeat(28)),
        ] {
            assert!(!is_password(bad), "{bad}");
        }
        assert!(is_windows_password("Passw0rd/"));
        assert!(!is_windows_password("/Passw0rd"));
    }

    #[test]
    fn host_names_at_their_edges() {
        let linux = ["ab", "web-1", "web.prod", "123", "web-${instance_id}", &"a".repeat(64)];
        for good in linux {
            assert!(is_host_name_anywhere(good), "{good}");
            assert!(is_host_name_for(OsType::Linux, good), "{good}");
        }
        let long = format!("${{instance_id}}{}", "a".repeat(43));
        for bad in ["", "a", "-web", "web-", ".web", "web.", "a..b", "a--b", "a.-b", "web_01", "wéb", &long]
        {
            assert!(!is_host_name_anywhere(bad), "{bad}");
        }
        for good in ["ab", "web-1", "1a", &"a".repeat(15)] {
            assert!(is_host_name_for(OsType::Windows, good), "{good}");
        }
        for bad in ["web.prod", "12345678", "w${instance_id}", &"a".repeat(16)] {
            assert!(!is_host_name_for(OsType::Windows, bad), "{bad}");
        }
    }

    #[test]
    fn release_times_at_their_edges() {
        let now_ms = timestamp::parse("2026-01-01T00:00:30Z").unwrap();
        let at = |text| auto_release_ms(text, now_ms).map(timestamp::to_second);
        assert_eq!(at("2026-01-01T00:30:59Z").as_deref(), Some("2026-01-01T00:30:00Z"));
        assert_eq!(at("2028-12-31T00:00:00Z").as_deref(), Some("2028-12-31T00:00:00Z"));
        for bad in ["2026-01-01T00:29:59Z", "2028-12-31T00:01:00Z", "2026-01-02", "tomorrow"] {
            assert_eq!(at(bad), None, "{bad}");
        }
    }

    #[test]
    fn user_data_is_standard_base64() {
        assert_eq!(decode_user_data("ZWNobw==").as_deref(), Some(&b"echo"[..]));
        assert_eq!(decode_user_data("not base64!"), None);
    }
}
