//! Query and form: a line each.

use moyun_wire::params::{MAX_PARAMS, Params};

use crate::Reached;

pub(crate) fn run(input: &[u8]) -> Reached {
    let (query, form) = match input.iter().position(|&byte| byte == b'\n') {
        Some(end) => (&input[..end], Some(&input[end + 1..])),
        None => (input, None),
    };
    let Ok(params) = Params::decode(query, form) else { return Reached::Door };
    assert!(params.len() <= MAX_PARAMS);
    assert!(params.iter().is_sorted_by(|(a, _), (b, _)| a < b), "names come twice, or in no order");
    let encoded = params.encode();
    assert!(Params::decode(encoded.as_bytes(), None) == Ok(params.clone()), "as a query: {encoded}");
    assert!(Params::decode(b"", Some(encoded.as_bytes())) == Ok(params.clone()), "as a form: {encoded}");
    for (name, value) in params.iter() {
        assert_eq!(params.get(name), Some(value));
        for (dot, _) in name.match_indices('.').take(4) {
            check_indices(&params, &name[..dot]);
        }
    }
    Reached::Inside
}

fn check_indices(params: &Params, prefix: &str) {
    let indices = params.indices(prefix);
    assert!(indices.is_sorted_by(|a, b| a < b), "{prefix}: {indices:?}");
    for index in indices {
        let (whole, stem) = (format!("{prefix}.{index}"), format!("{prefix}.{index}."));
        let sent = params.iter().any(|(name, _)| name == whole || name.starts_with(&stem));
        assert!(sent, "{whole} was not sent");
    }
}
