//! AssumeRole.

use moyun_derive::{Action, Shape};
use moyun_wire::timestamp;

use crate::case::{Case, nothing};
use crate::catalog::accounts::{AccessKeyFacts, KeyKind, KeyStatus};
use crate::catalog::text::Names;
use crate::cx::{Cx, Identity};
use crate::errors::{
    ApiError, AssumeRoleDenied, OwnerMayNotAssumeRoles, RamEntityRoleNotFound, RequiredParameterMissing,
    RoleArnMalformed, SessionDurationOutOfRange, SessionNameMalformed, SessionPolicyMalformed,
};
use crate::ids::AccountId;
use crate::ram::policy::{Document, SESSION_BYTES_MAX};
use crate::ram::role::record::RamRole;
use crate::spec::Run;
use crate::story::Story;
use crate::sts::role::session::Session;
use crate::world::{Fact, mixed_text};

/// The longest session that a session may begin, in seconds.
const CHAINED_SECONDS_MAX: i64 = 3600;

/// Takes on a role for a while: gives a temporary key that may do what the role may.
///
/// The caller is a RAM user or has a role already; its policies allow `sts:AssumeRole` on the role, and the trust policy
/// of the role names it or its account. Requests signed with the key carry its SecurityToken.
#[derive(Action)]
#[action(
    sts,
    write,
    regionless,
    reply = Assumed,
    raises(
        AssumeRoleDenied,
        RequiredParameterMissing,
        RoleArnMalformed,
        SessionNameMalformed,
        SessionDurationOutOfRange,
        SessionPolicyMalformed,
        OwnerMayNotAssumeRoles,
        RamEntityRoleNotFound
    )
)]
pub struct AssumeRole {
    /// The role: `acs:ram::<account>:role/<name>`.
    #[param(required, check = is_role_arn, row = RoleArnMalformed)]
    role_arn: String,
    /// Name of the session: 2 to 64 letters, digits, periods, hyphens, underscores and at signs.
    #[param(required, check = is_session_name, row = SessionNameMalformed)]
    role_session_name: String,
    /// How long the key works, in seconds: up to the MaxSessionDuration of the role, and up to 3600 where the caller has
    /// a role itself.
    #[param(default = 3600, range(900, 43200), row = SessionDurationOutOfRange)]
    duration_seconds: i64,
    /// A policy, in JSON, that narrows the session further; at most 2048 bytes.
    #[param(check = is_session_policy, row = SessionPolicyMalformed)]
    policy: Option<String>,
    /// What the owner of the role asks third parties for, where its trust policy does.
    #[param(len(2, 1224))]
    external_id: Option<String>,
    /// Who is really behind the session.
    #[param(len(2, 64))]
    source_identity: Option<String>,
}

/// A role that was assumed.
#[derive(Shape)]
pub struct Assumed {
    /// The temporary key.
    credentials: Credentials,
    /// Whose it is.
    assumed_role_user: AssumedRoleUser,
    /// Who is really behind the session, where the request said so.
    source_identity: Option<String>,
}

/// A temporary key.
#[derive(Shape)]
struct Credentials {
    /// ID of the key.
    access_key_id: String,
    /// Secret of the key.
    access_key_secret: String,
    /// What requests signed with the key carry as SecurityToken.
    security_token: String,
    /// When the key stops working.
    expiration: String,
}

/// A session of a role.
#[derive(Shape)]
struct AssumedRoleUser {
    /// ARN of the session.
    arn: String,
    /// ID of the role and name of the session.
    assumed_role_id: String,
}

impl Run for AssumeRole {
    fn run(self, cx: &mut Cx<'_>) -> Result<Assumed, ApiError> {
        let Some(principal) = cx.principal()? else { return Err((&OwnerMayNotAssumeRoles).into()) };
        let (account, name) = parts(&self.role_arn).ok_or_else(|| RoleArnMalformed.about("RoleArn"))?;
        let role = cx.find::<RamRole>(&RamRole::key_of(&account, name))?;
        let role = role.ok_or_else(|| RamEntityRoleNotFound.with("name", name))?;
        let mut circumstances = cx.circumstances().with("sts:RoleSessionName", &self.role_session_name);
        if let Some(id) = &self.external_id {
            circumstances = circumstances.with("sts:ExternalId", id);
        }
        if let Some(identity) = &self.source_identity {
            circumstances = circumstances.with("sts:SourceIdentity", identity);
        }
        let names = [principal.arn, format!("acs:ram::{}:root", cx.caller.home)];
        if !role.trusts("RAM", &names, &circumstances) {
            return Err((&AssumeRoleDenied).into());
        }
        let is_chained = matches!(cx.caller.identity, Identity::Session { .. });
        let max = if is_chained { CHAINED_SECONDS_MAX } else { role.session_seconds_max };
        if self.duration_seconds > max {
            return Err(SessionDurationOutOfRange.about("DurationSeconds"));
        }
        Ok(self.begin(&role, cx)?)
    }
}

impl AssumeRole {
    fn begin(self, role: &RamRole, cx: &mut Cx<'_>) -> Result<Assumed, moyun_store::Fault> {
        let access_key_id = format!("STS.{}", mixed_text(&mut cx.rng, 24));
        let secret = mixed_text(&mut cx.rng, 44);
        let token = format!("CAIS{}", mixed_text(&mut cx.rng, 252));
        let expires_ms = cx.now_ms() + self.duration_seconds * 1000;
        cx.put(&Session {
            access_key_id: access_key_id.clone(),
            account: role.account.clone(),
            token_hash: Session::hash_of(&token),
            policy: self.policy,
            expires_ms,
        })?;
        let facts = AccessKeyFacts {
            secret: secret.clone(),
            account: role.account.to_string(),
            kind: KeyKind::Sts,
            principal: Some(format!("{}/{}", role.name, self.role_session_name)),
            status: KeyStatus::Active,
            allowed_actions: Names::All,
        };
        cx.put(&Fact { name: access_key_id.clone(), facts })?;
        Ok(Assumed {
            credentials: Credentials {
                access_key_id,
                access_key_secret: secret,
                security_token: token,
                expiration: timestamp::to_second(expires_ms),
            },
            assumed_role_user: AssumedRoleUser {
                arn: format!("{}/{}", role.arn(), self.role_session_name),
                assumed_role_id: format!("{}:{}", role.id, self.role_session_name),
            },
            source_identity: self.source_identity,
        })
    }
}

/// The account and the name in the ARN of a role.
fn parts(arn: &str) -> Option<(AccountId, &str)> {
    let (account, name) = arn.strip_prefix("acs:ram::")?.split_once(":role/")?;
    let is_account = !account.is_empty() && account.bytes().all(|byte| byte.is_ascii_digit());
    (is_account && !name.is_empty()).then(|| (AccountId::from(account), name))
}

#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
fn is_role_arn(arn: &String) -> bool {
    parts(arn).is_some()
}

#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
fn is_session_name(name: &String) -> bool {
    (2..=64).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b".@-_".contains(&b))
}

#[expect(clippy::ptr_arg, reason = "a check takes what the parameter holds")]
fn is_session_policy(text: &String) -> bool {
    Document::parse(text, SESSION_BYTES_MAX).is_ok()
}

/// A user `ann` who may assume roles, and a role `worker` that trusts the account.
fn ann_and_a_role(story: &mut Story) {
    let trust = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":["acs:ram::1000000000000001:root"]}}]}"#;
    story.bind("trust", trust);
    story.call("Ram:CreateRole", "RoleName=worker&AssumeRolePolicyDocument=$trust");
    story.call("Ram:CreateUser", "UserName=ann");
    story.call(
        "Ram:AttachPolicyToUser",
        "PolicyType=System&PolicyName=AliyunSTSAssumeRoleAccess&UserName=ann",
    );
    let policy = r#"{"Version":"1","Statement":{"Effect":"Allow","Action":"ecs:Describe*","Resource":"*"}}"#;
    story.bind("policy", policy);
    story.bind("role", "acs:ram::1000000000000001:role/worker");
    story.act_as_user("ann");
}

/// The same, where the user may nothing.
fn ann_without_policy(story: &mut Story) {
    ann_and_a_role(story);
    story.act_as_owner();
    story.call(
        "Ram:DetachPolicyFromUser",
        "PolicyType=System&PolicyName=AliyunSTSAssumeRoleAccess&UserName=ann",
    );
    story.act_as_user("ann");
}

/// The same, where the role is for instances.
fn a_role_for_others(story: &mut Story) {
    ann_and_a_role(story);
    let trust = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["ecs.aliyuncs.com"]}}]}"#;
    story.bind("trust", trust);
    story.act_as_owner();
    story.call("Ram:UpdateRole", "RoleName=worker&NewAssumeRolePolicyDocument=$trust");
    story.act_as_user("ann");
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("an hour", ann_and_a_role, "RoleArn=$role&RoleSessionName=ann"),
    Case::ok(
        "a quarter of an hour, narrowed",
        ann_and_a_role,
        "RoleArn=$role&RoleSessionName=ann&DurationSeconds=900&Policy=$policy",
    ),
    Case::err(
        "by a user who may nothing",
        ann_without_policy,
        "RoleArn=$role&RoleSessionName=ann",
        &AssumeRoleDenied,
    ),
    Case::err(
        "a role that trusts others",
        a_role_for_others,
        "RoleArn=$role&RoleSessionName=ann",
        &AssumeRoleDenied,
    ),
    Case::err("no role", nothing, "RoleSessionName=ann", &RequiredParameterMissing),
    Case::err(
        "a role by its name",
        ann_and_a_role,
        "RoleArn=acs:ram::worker:role/worker&RoleSessionName=ann",
        &RoleArnMalformed,
    ),
    Case::err(
        "a session of one letter",
        ann_and_a_role,
        "RoleArn=$role&RoleSessionName=a",
        &SessionNameMalformed,
    ),
    Case::err(
        "a minute",
        ann_and_a_role,
        "RoleArn=$role&RoleSessionName=ann&DurationSeconds=60",
        &SessionDurationOutOfRange,
    ),
    Case::err(
        "longer than the role allows",
        ann_and_a_role,
        "RoleArn=$role&RoleSessionName=ann&DurationSeconds=3601",
        &SessionDurationOutOfRange,
    ),
    Case::err(
        "a policy that is no JSON",
        ann_and_a_role,
        "RoleArn=$role&RoleSessionName=ann&Policy=all",
        &SessionPolicyMalformed,
    ),
    Case::err(
        "by the account itself",
        a_role,
        "RoleArn=acs:ram::1000000000000001:role/worker&RoleSessionName=ann",
        &OwnerMayNotAssumeRoles,
    ),
    Case::err(
        "a role that is not there",
        ann_and_a_role,
        "RoleArn=acs:ram::1000000000000001:role/nobody&RoleSessionName=ann",
        &RamEntityRoleNotFound,
    ),
];

/// The account itself, with a role that trusts it.
fn a_role(story: &mut Story) {
    ann_and_a_role(story);
    story.act_as_owner();
}
