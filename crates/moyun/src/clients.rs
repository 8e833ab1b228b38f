//! The environment that points clients at this server.

use crate::args::Env;

/// Products whose endpoint Terraform reads from the environment, by the names it gives them.
const PRODUCTS: [&str; 4] = ["ECS", "VPC", "STS", "LOCATION"];

/// `export` lines for a POSIX shell.
pub(crate) fn exports(env: &Env) -> String {
    let endpoint = env.listen.to_string();
    let mut variables = vec![
        ("ALIBABA_CLOUD_ACCESS_KEY_ID".to_owned(), env.access_key_id.clone()),
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET".to_owned(), env.access_key_secret.clone()),
        ("ALIBABA_CLOUD_REGION_ID".to_owned(), env.region.clone()),
        ("ALIBABA_CLOUD_REGION".to_owned(), env.region.clone()),
        ("ALIBABA_CLOUD_ENDPOINT".to_owned(), endpoint.clone()),
        ("ALIBABA_CLOUD_IGNORE_PROFILE".to_owned(), "TRUE".to_owned()),
        ("ALIBABA_CLOUD_ACCOUNT_TYPE".to_owned(), "Domestic".to_owned()),
    ];
    variables.extend(PRODUCTS.map(|product| (format!("ALIBABA_CLOUD_ENDPOINT_{product}"), endpoint.clone())));
    variables.iter().map(|(name, value)| format!("export {name}={}\n", quoted(value))).collect()
}

/// A value as one word of a POSIX shell.
fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/@".contains(c);
    if !value.is_empty() && value.chars().all(plain) {
        return value.to_owned();
    }
    format!("'{}'", value.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_value_stays_one_word() {
        assert_eq!(quoted("127.0.0.1:4580"), "127.0.0.1:4580");
        assert_eq!(quoted("it's; rm"), r"'it'\''s; rm'");
        assert_eq!(quoted(""), "''");
    }
}
