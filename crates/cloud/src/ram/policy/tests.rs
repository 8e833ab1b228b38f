//! The policy language as tables.

use super::system::SYSTEM_POLICIES;
use super::{Circumstances, Document, POLICY_BYTES_MAX, Question, Trust, Verdict, judge};

const INSTANCE: &str = "acs:ecs:cn-hangzhou:1000000000000001:instance/i-1";

fn parse(text: &str) -> Document {
    Document::parse(text, POLICY_BYTES_MAX).unwrap_or_else(|_| panic!("{text}"))
}

fn statement(rest: &str) -> String {
    format!(r#"{{"Version":"1","Statement":{{{rest}}}}}"#)
}

fn verdict(documents: &[&str], action: &str, resource: &str) -> Verdict {
    let documents: Vec<Document> = documents.iter().map(|text| parse(&statement(text))).collect();
    judge(&documents, &Question { action, resource, circumstances: &Circumstances::default() })
}

#[test]
fn actions_and_resources() {
    use Verdict::{Allowed, ImplicitDeny};
    for (rest, action, expected) in [
        (r#""Effect":"Allow","Action":"*","Resource":"*""#, "ecs:StartInstance", Allowed),
        (r#""Effect":"Allow","Action":"ecs:*","Resource":"*""#, "ecs:StartInstance", Allowed),
        (r#""Effect":"Allow","Action":"ECS:startinstance","Resource":"*""#, "ecs:StartInstance", Allowed),
        (r#""Effect":"Allow","Action":"ecs:Start??stance","Resource":"*""#, "ecs:StartInstance", Allowed),
        (r#""Effect":"Allow","Action":["vpc:*","ecs:Stop*"],"Resource":"*""#, "ecs:StopInstance", Allowed),
        (r#""Effect":"Allow","Action":"vpc:*","Resource":"*""#, "ecs:StartInstance", ImplicitDeny),
        (r#""Effect":"Allow","NotAction":"ecs:Delete*","Resource":"*""#, "ecs:StartInstance", Allowed),
        (r#""Effect":"Allow","NotAction":"ecs:Start*","Resource":"*""#, "ecs:StartInstance", ImplicitDeny),
        (
            r#""Effect":"Allow","Action":"*","Resource":["acs:ecs:*:*:disk/*","acs:ecs:*:*:instance/i-1"]"#,
            "ecs:StartInstance",
            Allowed,
        ),
        (
            r#""Effect":"Allow","Action":"*","Resource":"acs:ecs:*:*:INSTANCE/i-1""#,
            "ecs:StartInstance",
            ImplicitDeny,
        ),
        (
            r#""Effect":"Allow","Action":"*","Resource":"acs:ecs:cn-beijing:*:instance/*""#,
            "ecs:StartInstance",
            ImplicitDeny,
        ),
        (
            r#""Effect":"Allow","Action":"*","NotResource":"acs:ecs:*:*:instance/i-2""#,
            "ecs:StartInstance",
            Allowed,
        ),
        (
            r#""Effect":"Allow","Action":"*","NotResource":"acs:ecs:*:*:instance/i-1""#,
            "ecs:StartInstance",
            ImplicitDeny,
        ),
    ] {
        assert_eq!(verdict(&[rest], action, INSTANCE), expected, "{rest}");
    }
}

#[test]
fn a_denial_wins_over_any_number_of_grants() {
    let allow = r#""Effect":"Allow","Action":"*","Resource":"*""#;
    let deny = r#""Effect":"Deny","Action":"ecs:*","Resource":"acs:ecs:*:*:instance/i-1""#;
    assert_eq!(verdict(&[], "ecs:StartInstance", INSTANCE), Verdict::ImplicitDeny);
    assert_eq!(verdict(&[allow, deny], "ecs:StartInstance", INSTANCE), Verdict::ExplicitDeny);
    assert_eq!(verdict(&[deny, allow, allow], "ecs:StartInstance", INSTANCE), Verdict::ExplicitDeny);
    assert_eq!(verdict(&[deny, allow], "vpc:DescribeVpcs", INSTANCE), Verdict::Allowed);
}

#[test]
fn conditions() {
    let circumstances = Circumstances::default()
        .with("acs:CurrentTime", "2026-01-01T00:00:00Z")
        .with("acs:SourceIp", "203.0.113.7")
        .with("acs:SecureTransport", "false")
        .with("acs:MFAPresent", "false")
        .with("ecs:Size", "40");
    for (condition, expected) in [
        (r#"{"StringEquals":{"acs:SourceIp":"203.0.113.7"}}"#, true),
        (r#"{"StringEquals":{"acs:SourceIp":["1.1.1.1","203.0.113.7"]}}"#, true),
        (r#"{"StringNotEquals":{"acs:SourceIp":["1.1.1.1","203.0.113.7"]}}"#, false),
        (r#"{"StringNotEquals":{"acs:SourceIp":"1.1.1.1"}}"#, true),
        (r#"{"StringEqualsIgnoreCase":{"acs:MFAPresent":"FALSE"}}"#, true),
        (r#"{"StringNotEqualsIgnoreCase":{"acs:MFAPresent":"FALSE"}}"#, false),
        (r#"{"StringLike":{"acs:SourceIp":"203.*"}}"#, true),
        (r#"{"StringNotLike":{"acs:SourceIp":"203.*"}}"#, false),
        (r#"{"NumericEquals":{"ecs:Size":"40"}}"#, true),
        (r#"{"NumericEquals":{"ecs:Size":40}}"#, true),
        (r#"{"NumericNotEquals":{"ecs:Size":"40"}}"#, false),
        (r#"{"NumericLessThan":{"ecs:Size":"40"}}"#, false),
        (r#"{"NumericLessThanEquals":{"ecs:Size":"40"}}"#, true),
        (r#"{"NumericGreaterThan":{"ecs:Size":"39.5"}}"#, true),
        (r#"{"NumericGreaterThanEquals":{"ecs:Size":"41"}}"#, false),
        (r#"{"DateEquals":{"acs:CurrentTime":"2026-01-01T08:00:00+08:00"}}"#, true),
        (r#"{"DateNotEquals":{"acs:CurrentTime":"2026-01-01T00:00:00Z"}}"#, false),
        (r#"{"DateLessThan":{"acs:CurrentTime":"2026-01-01T00:00:01Z"}}"#, true),
        (r#"{"DateLessThanEquals":{"acs:CurrentTime":"2025-12-31T23:59:59Z"}}"#, false),
        (r#"{"DateGreaterThan":{"acs:CurrentTime":"2025-12-31T23:59:59Z"}}"#, true),
        (r#"{"DateGreaterThanEquals":{"acs:CurrentTime":"2026-01-01T00:00:00Z"}}"#, true),
        (r#"{"Bool":{"acs:SecureTransport":"false"}}"#, true),
        (r#"{"Bool":{"acs:SecureTransport":true}}"#, false),
        (r#"{"Bool":{"acs:MFAPresent":["true"]}}"#, false),
        (r#"{"IpAddress":{"acs:SourceIp":"203.0.113.0/24"}}"#, true),
        (r#"{"IpAddress":{"acs:SourceIp":["198.51.100.0/24","203.0.113.7"]}}"#, true),
        (r#"{"IpAddress":{"acs:SourceIp":"2001:db8::/32"}}"#, false),
        (r#"{"NotIpAddress":{"acs:SourceIp":["203.0.113.0/24"]}}"#, false),
        (r#"{"NotIpAddress":{"acs:SourceIp":["198.51.100.0/24"]}}"#, true),
        (r#"{"StringEquals":{"acs:Unheard":"x"}}"#, false),
        (r#"{"StringNotEquals":{"acs:Unheard":"x"}}"#, false),
        (r#"{"Bool":{"acs:MFAPresent":"false"},"IpAddress":{"acs:SourceIp":"1.1.1.1"}}"#, false),
        (r#"{"Bool":{"acs:MFAPresent":"false","acs:SecureTransport":"false"}}"#, true),
        (r#"{}"#, true),
    ] {
        let text =
            statement(&format!(r#""Effect":"Allow","Action":"*","Resource":"*","Condition":{condition}"#));
        let question =
            Question { action: "ecs:StartInstance", resource: INSTANCE, circumstances: &circumstances };
        assert_eq!(judge(&[parse(&text)], &question) == Verdict::Allowed, expected, "{condition}");
    }
}

#[test]
fn malformed_documents_are_refused() {
    let good = r#""Effect":"Allow","Action":"ecs:*","Resource":"*""#;
    assert!(Document::parse(&statement(good), POLICY_BYTES_MAX).is_ok());
    for text in [
        String::new(),
        "[]".to_owned(),
        "{}".to_owned(),
        format!(r#"{{"Version":"2","Statement":{{{good}}}}}"#),
        format!(r#"{{"Version":1,"Statement":{{{good}}}}}"#),
        format!(r#"{{"Statement":{{{good}}}}}"#),
        r#"{"Version":"1"}"#.to_owned(),
        r#"{"Version":"1","Statement":[]}"#.to_owned(),
        r#"{"Version":"1","Statement":["*"]}"#.to_owned(),
        format!(r#"{{"Version":"1","Statement":{{{good}}},"Id":"x"}}"#),
        statement(r#""Action":"ecs:*","Resource":"*""#),
        statement(r#""Effect":"allow","Action":"ecs:*","Resource":"*""#),
        statement(r#""Effect":"Allow","Resource":"*""#),
        statement(r#""Effect":"Allow","Action":"ecs:*""#),
        statement(r#""Effect":"Allow","Action":[],"Resource":"*""#),
        statement(r#""Effect":"Allow","Action":"","Resource":"*""#),
        statement(r#""Effect":"Allow","Action":"everything","Resource":"*""#),
        statement(r#""Effect":"Allow","Action":"ecs:*","NotAction":"vpc:*","Resource":"*""#),
        statement(r#""Effect":"Allow","Action":"ecs:*","Resource":"instance/i-1""#),
        statement(r#""Effect":"Allow","Action":{"ecs":"*"},"Resource":"*""#),
        statement(&format!(r#"{good},"Principal":{{"RAM":"acs:ram::1:root"}}"#)),
        statement(&format!(r#"{good},"Condition":"true""#)),
        statement(&format!(r#"{good},"Condition":{{"StringMatches":{{"acs:SourceIp":"x"}}}}"#)),
        statement(&format!(r#"{good},"Condition":{{"IpAddress":{{"acs:SourceIp":"somewhere"}}}}"#)),
        statement(&format!(r#"{good},"Condition":{{"DateLessThan":{{"acs:CurrentTime":"tomorrow"}}}}"#)),
        statement(&format!(r#"{good},"Condition":{{"Bool":{{"acs:MFAPresent":"maybe"}}}}"#)),
        statement(&format!(r#"{good},"Condition":{}1{}"#, "[".repeat(500), "]".repeat(500))),
        format!("{}{}", statement(good), " ".repeat(POLICY_BYTES_MAX)),
    ] {
        assert!(Document::parse(&text, POLICY_BYTES_MAX).is_err(), "{text}");
    }
}

#[test]
fn trust_names_who_may_assume_a_role() {
    let root = "acs:ram::1000000000000001:root".to_owned();
    let ann = "acs:ram::1000000000000001:user/ann".to_owned();
    let names = [root, ann];
    let ecs = ["ecs.aliyuncs.com".to_owned()];
    let plain = Circumstances::default();
    for (rest, kind, expected) in [
        (r#""Effect":"Allow","Principal":{"RAM":"acs:ram::1000000000000001:root"}"#, "RAM", true),
        (r#""Effect":"Allow","Principal":{"RAM":["acs:ram::1000000000000001:user/ann"]}"#, "RAM", true),
        (r#""Effect":"Allow","Principal":{"RAM":"acs:ram::1000000000000001:user/bob"}"#, "RAM", false),
        (r#""Effect":"Deny","Principal":{"RAM":"acs:ram::1000000000000001:root"}"#, "RAM", false),
        (r#""Effect":"Allow","Principal":{"Service":"ecs.aliyuncs.com"}"#, "Service", true),
        (r#""Effect":"Allow","Principal":{"Service":"fc.aliyuncs.com"}"#, "Service", false),
        (r#""Effect":"Allow","Principal":{"Service":"ecs.aliyuncs.com"}"#, "RAM", false),
    ] {
        let trust = Trust::parse(&statement(&format!(r#"{rest},"Action":"sts:AssumeRole""#)));
        let trust = trust.unwrap_or_else(|_| panic!("{rest}"));
        let names: &[String] = if kind == "RAM" { &names } else { &ecs };
        assert_eq!(trust.admits(kind, names, &plain), expected, "{rest}");
    }
    for rest in [
        r#""Effect":"Allow","Action":"sts:AssumeRole""#,
        r#""Effect":"Allow","Action":"sts:AssumeRole","Principal":{}"#,
        r#""Effect":"Allow","Action":"sts:AssumeRole","Principal":"*""#,
        r#""Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":"ann"}"#,
        r#""Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"acs:ram::1:root"}"#,
        r#""Effect":"Allow","Action":"sts:AssumeRole","Resource":"*","Principal":{"RAM":"acs:ram::1:root"}"#,
    ] {
        assert!(Trust::parse(&statement(rest)).is_err(), "{rest}");
    }
}

#[test]
fn the_policies_of_the_system_are_of_the_language() {
    for policy in SYSTEM_POLICIES {
        parse(policy.document);
        assert!(policy.description.ends_with('.'), "{}", policy.name);
    }
    assert!(SYSTEM_POLICIES.windows(2).all(|pair| pair[0].name < pair[1].name));
}
