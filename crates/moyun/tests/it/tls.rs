//! TLS on the API listener, asked for by curl.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use moyun_cloud::world::{DEFAULT_KEY_ID, DEFAULT_SECRET};

use crate::process::{Moyun, run};

fn curl(moyun: &Moyun, trust: &[&str]) -> Output {
    curl_as(moyun, DEFAULT_KEY_ID, DEFAULT_SECRET, trust)
}

fn curl_as(moyun: &Moyun, key: &str, secret: &str, trust: &[&str]) -> Output {
    let request = moyun.request(key, secret, "DescribeRegions", &[]);
    let target = request.split(' ').nth(1).unwrap();
    let url = format!("https://localhost:{}{target}", moyun.api.port());
    Command::new("curl")
        .args(["--silent", "--show-error", "--noproxy", "*"])
        .args(trust)
        .arg(url)
        .output()
        .unwrap()
}

/// The reply names regions.
fn assert_answered(output: &Output) {
    let body = String::from_utf8_lossy(&output.stdout);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && body.contains("cn-hangzhou"), "{body} {told}");
}

fn authority(moyun: &Moyun) -> PathBuf {
    PathBuf::from(moyun.line.trim().rsplit_once(" CA ").unwrap().1)
}

#[test]
fn a_client_that_trusts_the_authority_is_answered_and_another_refuses() {
    let data = tempfile::tempdir().unwrap();
    let moyun = Moyun::start(data.path(), &["--tls-self-signed"]);
    let trusted = authority(&moyun);
    assert!(trusted.starts_with(data.path().canonicalize().unwrap()), "{}", trusted.display());
    let trust = ["--cacert", trusted.to_str().unwrap()];
    assert_answered(&curl(&moyun, &trust));
    assert!(!curl(&moyun, &[]).status.success());
    assert!(moyun.call("DescribeRegions", &[])["Regions"].is_object(), "plain HTTP is answered, too");
    let before = std::fs::read(&trusted).unwrap();
    assert!(moyun.stop().success());

    let moyun = Moyun::start(data.path(), &["--tls-self-signed"]);
    assert_eq!(std::fs::read(authority(&moyun)).unwrap(), before, "the authority stays");
    assert_answered(&curl(&moyun, &trust));
}

#[test]
fn a_certificate_of_ones_own_is_served() {
    let data = tempfile::tempdir().unwrap();
    let own = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let write = |name: &str, text: String| {
        let path = data.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (certificate, key) =
        (write("cert.pem", own.cert.pem()), write("key.pem", own.signing_key.serialize_pem()));
    let moyun = Moyun::start(&data.path().join("data"), &["--tls-cert", &certificate, "--tls-key", &key]);
    assert!(moyun.line.contains(" TLS https://"), "{}", moyun.line);
    assert_answered(&curl(&moyun, &["--cacert", &certificate]));
}

#[test]
fn wrong_files_stop_the_start_with_a_sentence() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("nonsense.pem");
    std::fs::write(&file, "nonsense").unwrap();
    let refused = |certificate: &Path, key: &Path| {
        let (certificate, key) = (certificate.to_str().unwrap(), key.to_str().unwrap());
        let output = run(&["--ephemeral", "--tls-cert", certificate, "--tls-key", key]);
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    let told = refused(&file, &file);
    assert!(told.contains("--tls-cert") && told.contains("nonsense.pem"), "{told}");
    assert!(refused(Path::new("/no/such.pem"), &file).contains("/no/such.pem"));
    let output = run(&["--ephemeral", "--tls-cert", "cert.pem"]);
    assert!(String::from_utf8(output.stderr).unwrap().contains("--tls-key"));
}

#[test]
fn a_policy_may_ask_for_tls() {
    const POLICY: &str = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*",
        "Condition":{"Bool":{"acs:SecureTransport":"true"}}}]}"#;
    let data = tempfile::tempdir().unwrap();
    let moyun = Moyun::start(data.path(), &["--ephemeral", "--tls-self-signed"]);
    let user = ("UserName", "ann");
    moyun.call("Ram:CreateUser", &[user]);
    moyun.call("Ram:CreatePolicy", &[("PolicyName", "tls"), ("PolicyDocument", POLICY)]);
    moyun.call("Ram:AttachPolicyToUser", &[("PolicyType", "Custom"), ("PolicyName", "tls"), user]);
    let key = moyun.call("Ram:CreateAccessKey", &[user]);
    let text = |name: &str| key["AccessKey"][name].as_str().unwrap().to_owned();
    let (id, secret) = (text("AccessKeyId"), text("AccessKeySecret"));
    assert_eq!(moyun.call_as(&id, &secret, "DescribeRegions", &[])["Code"], "Forbidden.RAM");
    let trusted = authority(&moyun);
    assert_answered(&curl_as(&moyun, &id, &secret, &["--cacert", trusted.to_str().unwrap()]));
}
