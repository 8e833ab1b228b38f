//! The detail of a refusal by policies.

use moyun_wire::out::Format;
use moyun_wire::reply::{AccessDenied, ErrorReply};

#[test]
fn the_detail_is_an_object_of_texts() {
    let denied = AccessDenied {
        action: "ecs:StartInstance".to_owned(),
        principal_type: "SubUser",
        principal_owner: "1000000000000001".to_owned(),
        principal_name: "2<3".to_owned(),
        policy_type: "SessionPolicy",
        no_permission_type: "ImplicitDeny",
        diagnostic: "e30=".to_owned(),
    };
    let reply = |access_denied| ErrorReply {
        request_id: "R",
        host_id: "h",
        code: "Forbidden.RAM",
        message: "m",
        recommend: None,
        access_denied,
    };
    assert_eq!(
        reply(Some(&denied)).body(Format::Json),
        r#"{"RequestId":"R","HostId":"h","Code":"Forbidden.RAM","Message":"m","AccessDeniedDetail":{"AuthAction":"ecs:StartInstance","AuthPrincipalDisplayName":"2<3","AuthPrincipalOwnerId":"1000000000000001","AuthPrincipalType":"SubUser","EncodedDiagnosticMessage":"e30=","NoPermissionType":"ImplicitDeny","PolicyType":"SessionPolicy"}}"#
    );
    assert_eq!(
        reply(Some(&denied)).body(Format::Xml),
        r#"<?xml version="1.0" encoding="UTF-8"?><Error><RequestId>R</RequestId><HostId>h</HostId><Code>Forbidden.RAM</Code><Message>m</Message><AccessDeniedDetail><AuthAction>ecs:StartInstance</AuthAction><AuthPrincipalDisplayName>2&lt;3</AuthPrincipalDisplayName><AuthPrincipalOwnerId>1000000000000001</AuthPrincipalOwnerId><AuthPrincipalType>SubUser</AuthPrincipalType><EncodedDiagnosticMessage>e30=</EncodedDiagnosticMessage><NoPermissionType>ImplicitDeny</NoPermissionType><PolicyType>SessionPolicy</PolicyType></AccessDeniedDetail></Error>"#
    );
    assert!(!reply(None).body(Format::Json).contains("AccessDeniedDetail"));
}
