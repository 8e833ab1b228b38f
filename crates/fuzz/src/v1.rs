//! Signatures over parameters. Lines: verb, secret, query.

use moyun_wire::params::Params;
use moyun_wire::v1::{Method, sign, string_to_sign, verify};

use crate::Reached;

pub(crate) fn run(input: &[u8]) -> Reached {
    let Some([verb, secret, query]) = crate::lines(input) else { return Reached::Door };
    let Ok(mut params) = Params::decode(query.as_bytes(), None) else { return Reached::Door };
    let sent = params.remove("Signature");
    if let Some(sent) = &sent {
        verify(verb, &params, secret, sent);
    }
    let Some(method) = Method::of(&params) else {
        assert!(!verify(verb, &params, secret, &sent.unwrap_or_default()));
        return Reached::Door;
    };
    let signature = sign(method, secret, &string_to_sign(verb, &params));
    params.insert("Signature", signature.as_str());
    assert!(verify(verb, &params, secret, &signature), "what was signed is refused");

    let refuses = |verb: &str, params: &Params, secret: &str, signature: &str, what: &str| {
        assert!(!verify(verb, params, secret, signature), "{what} may be changed");
    };
    refuses(&format!("{verb}x"), &params, secret, &signature, "the verb");
    refuses(verb, &params, &format!("{secret}x"), &signature, "the secret");
    for (at, char) in signature.char_indices().filter(|(_, char)| *char != '=') {
        let mut other = signature.clone();
        other.replace_range(at..=at, if char == 'A' { "B" } else { "A" });
        refuses(verb, &params, secret, &other, "the signature");
    }
    for (name, value) in params.iter().filter(|(name, _)| *name != "Signature").take(8) {
        let mut without = params.clone();
        without.remove(name);
        refuses(verb, &without, secret, &signature, "whether a parameter is there");
        let mut renamed = without.clone();
        renamed.insert(format!("{name}x"), value);
        refuses(verb, &renamed, secret, &signature, "a parameter's name");
        let mut with_other = without;
        with_other.insert(name, format!("{value}x"));
        refuses(verb, &with_other, secret, &signature, "a parameter's value");
    }
    Reached::Inside
}
