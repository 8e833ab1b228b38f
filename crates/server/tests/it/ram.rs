//! RAM users and temporary keys over a real socket.

use serde_json::{Value, json};

use crate::client::{Answer, NOW, Server, signed_with};

const RAM: &str = "2015-05-01";
const STS: &str = "2015-04-01";

/// A key with its secret and, where it is temporary, its token.
struct Key {
    id: String,
    secret: String,
    token: Option<String>,
}

#[test]
fn a_ram_user_is_refused_in_detail_until_a_policy_allows() {
    let server = Server::start();
    let key = ann(&server);
    let refusal = call(&server, &key, "DescribeRegions", "2014-05-26", &[]);
    assert_eq!((refusal.status, &*code(&refusal)), (403, "Forbidden.RAM"));
    let detail = &refusal.json()["AccessDeniedDetail"];
    assert_eq!(detail["AuthAction"], "ecs:DescribeRegions");
    assert_eq!(detail["AuthPrincipalType"], "SubUser");
    assert_eq!(detail["NoPermissionType"], "ImplicitDeny");
    attach(&server, "AliyunECSReadOnlyAccess");
    assert_eq!(call(&server, &key, "DescribeRegions", "2014-05-26", &[]).status, 200);

    attach(&server, "AdministratorAccess");
    let own = call(&server, &key, "DescribeUserBusinessBehavior", "2014-05-26", &[("statusKey", "a")]);
    assert_eq!((own.status, &*code(&own)), (403, "Forbidden.NotSupportRAM"));
    let switched = [("UserName", "ann"), ("UserAccessKeyId", &*key.id), ("Status", "Inactive")];
    owner(&server, "UpdateAccessKey", RAM, &switched);
    let off = call(&server, &key, "DescribeRegions", "2014-05-26", &[]);
    assert_eq!(code(&off), "Forbidden.AccessKeyDisabled");
}

#[test]
fn a_temporary_key_is_told_each_of_its_four_errors() {
    let server = Server::start();
    let ann = ann(&server);
    attach(&server, "AliyunSTSAssumeRoleAccess");
    let trust = r#"{"Version":"1","Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":"acs:ram::1000000000000001:root"}}}"#;
    owner(&server, "CreateRole", RAM, &[("RoleName", "worker"), ("AssumeRolePolicyDocument", trust)]);
    let policy = [("PolicyType", "System"), ("PolicyName", "ReadOnlyAccess"), ("RoleName", "worker")];
    owner(&server, "AttachPolicyToRole", RAM, &policy);

    let mut first = assume(&server, &ann);
    let other = assume(&server, &ann);
    let code = |key: &Key| code(&call(&server, key, "DescribeRegions", "2014-05-26", &[]));
    assert_eq!(code(&first), "");
    let token = first.token.replace("nonsense".to_owned());
    assert_eq!(code(&first), "InvalidSecurityToken.Malformed");
    first.token = other.token;
    assert_eq!(code(&first), "InvalidSecurityToken.MismatchWithAccessKey");
    first.token = None;
    assert_eq!(code(&first), "MissingSecurityToken");
    first.token = token;
    assert_eq!(code(&first), "");
    first.secret.push('x');
    assert_eq!(code(&first), "IncompleteSignature");
    first.secret.pop();
    // Far enough for the key, and not for the timestamp of a request.
    assert_eq!(server.admin("POST", "/admin/clock/advance", r#"{"seconds":900}"#).status, 200);
    assert_eq!(code(&first), "InvalidSecurityToken.Expired");
}

#[test]
fn only_accepted_calls_are_uses_of_a_key() {
    let server = Server::start();
    let mut key = ann(&server);
    let id = key.id.clone();
    let last_used = || {
        let own = [("UserName", "ann"), ("UserAccessKeyId", &*id)];
        owner(&server, "GetAccessKeyLastUsed", RAM, &own)["AccessKeyLastUsed"].clone()
    };
    key.secret.push('x');
    assert_eq!(code(&call(&server, &key, "DescribeRegions", "2014-05-26", &[])), "IncompleteSignature");
    assert_eq!(last_used(), json!({ "LastUsedDate": "", "ServiceName": "" }));
    key.secret.pop();
    assert_eq!(code(&call(&server, &key, "DescribeRegions", "2014-05-26", &[])), "Forbidden.RAM");
    assert_eq!(last_used(), json!({ "LastUsedDate": NOW, "ServiceName": "Ecs" }));
}

fn ann(server: &Server) -> Key {
    owner(server, "CreateUser", RAM, &[("UserName", "ann")]);
    let made = owner(server, "CreateAccessKey", RAM, &[("UserName", "ann")]);
    key(&made["AccessKey"])
}

fn assume(server: &Server, ann: &Key) -> Key {
    let role = "acs:ram::1000000000000001:role/worker";
    let own = [("RoleArn", role), ("RoleSessionName", "night"), ("DurationSeconds", "900")];
    key(&call(server, ann, "AssumeRole", STS, &own).json()["Credentials"])
}

fn key(json: &Value) -> Key {
    let text = |name: &str| json[name].as_str().map(str::to_owned);
    Key {
        id: text("AccessKeyId").unwrap(),
        secret: text("AccessKeySecret").unwrap(),
        token: text("SecurityToken"),
    }
}

fn attach(server: &Server, policy: &str) {
    let own = [("PolicyType", "System"), ("PolicyName", policy), ("UserName", "ann")];
    owner(server, "AttachPolicyToUser", RAM, &own);
}

fn owner(server: &Server, action: &str, version: &str, own: &[(&str, &str)]) -> Value {
    let answer = server.call(action, &[own, &[("Version", version)]].concat());
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

fn call(server: &Server, key: &Key, action: &str, version: &str, own: &[(&str, &str)]) -> Answer {
    let mut own = [own, &[("Version", version), ("AccessKeyId", &*key.id)]].concat();
    own.extend(key.token.as_ref().map(|token| ("SecurityToken", &**token)));
    server.get(&signed_with(&key.secret, "GET", server.params(action, &own)).encode())
}

/// The code of a refusal; empty for a normal reply.
fn code(answer: &Answer) -> String {
    answer.json()["Code"].as_str().unwrap_or_default().to_owned()
}
