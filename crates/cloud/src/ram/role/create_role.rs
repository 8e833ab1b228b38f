//! CreateRole.

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{
    ApiError, ParameterMalformed, RamPolicyDocumentMalformed, RamRoleExists, RamRoleNameMalformed,
    RequiredParameterMissing, TagKeyDuplicate, TagKeyMalformed, TagValueMalformed,
};
use crate::ram::given::one_role;
use crate::ram::group::record::is_group_name;
use crate::ram::role::record::{OneRole, RamRole, is_trust};
use crate::spec::Run;
use crate::story::Story;
use crate::tags::{self, TagParam};

/// Creates a role: an identity without keys, which others take on for a while.
///
/// The trust policy says who may: accounts and their RAM users by AssumeRole, or a service such as `ecs.aliyuncs.com` for
/// the roles of instances. What the role may do is a matter of the policies attached to it.
#[derive(Action)]
#[action(ram, write, regionless, reply = OneRole, raises(RequiredParameterMissing, RamRoleNameMalformed, RamPolicyDocumentMalformed, ParameterMalformed, TagKeyMalformed, TagValueMalformed, TagKeyDuplicate, RamRoleExists))]
pub struct CreateRole {
    /// Name of the role: 1 to 64 letters, digits, periods, hyphens and underscores, unique in the account.
    #[param(required, check = is_group_name, row = RamRoleNameMalformed)]
    role_name: String,
    /// The trust policy, in JSON: who may assume the role; at most 4096 bytes.
    #[param(required, check = is_trust, row = RamPolicyDocumentMalformed)]
    assume_role_policy_document: String,
    /// Description of the role.
    #[param(len(1, 1024))]
    description: Option<String>,
    /// The longest session, in seconds.
    #[param(default = 3600, range(3600, 43200))]
    max_session_duration: i64,
    /// Whether the role may log on to the console; there is none here.
    #[param(default = false)]
    allow_console_login: bool,
    /// Tags of the role: also as a JSON array in one parameter `Tag`.
    #[param(group, json, max_items = 20)]
    tag: Vec<TagParam>,
}

fn a_trust(story: &mut Story) {
    let trust = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["ecs.aliyuncs.com"]}}]}"#;
    story.bind("trust", trust);
}

impl Run for CreateRole {
    fn run(self, cx: &mut Cx<'_>) -> Result<OneRole, ApiError> {
        let tags = tags::read(&self.tag)?;
        if cx.find_role(&self.role_name)?.is_some() {
            return Err(RamRoleExists.with("name", self.role_name));
        }
        let role = RamRole {
            account: cx.account().clone(),
            name: self.role_name,
            id: cx.new_ram_id(),
            description: self.description.unwrap_or_default(),
            trust: self.assume_role_policy_document,
            session_seconds_max: self.max_session_duration,
            allow_console_login: self.allow_console_login,
            created_ms: cx.now_ms(),
            updated_ms: cx.now_ms(),
            tags,
        };
        cx.put(&role)?;
        Ok(OneRole { role: role.shape() })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("for instances", a_trust, "RoleName=worker&AssumeRolePolicyDocument=$trust"),
    Case::ok(
        "everything said",
        a_trust,
        "RoleName=worker&AssumeRolePolicyDocument=$trust&Description=Works&MaxSessionDuration=7200&AllowConsoleLogin=true&Tag.1.Key=team&Tag.1.Value=ops",
    ),
    Case::ok(
        "with tags in one parameter",
        a_trust,
        r#"RoleName=worker&AssumeRolePolicyDocument=$trust&Tag=[{"Key":"team","Value":"ops"}]"#,
    ),
    Case::err("no trust", nothing, "RoleName=worker", &RequiredParameterMissing),
    Case::err(
        "a name with a blank",
        a_trust,
        "RoleName=a worker&AssumeRolePolicyDocument=$trust",
        &RamRoleNameMalformed,
    ),
    Case::err(
        "trust that is no JSON",
        nothing,
        "RoleName=worker&AssumeRolePolicyDocument=all",
        &RamPolicyDocumentMalformed,
    ),
    Case::err(
        "a session of a minute",
        a_trust,
        "RoleName=worker&AssumeRolePolicyDocument=$trust&MaxSessionDuration=60",
        &ParameterMalformed,
    ),
    Case::err(
        "a reserved key",
        a_trust,
        "RoleName=worker&AssumeRolePolicyDocument=$trust&Tag.1.Key=acs:team",
        &TagKeyMalformed,
    ),
    Case::err(
        "a link as value",
        a_trust,
        "RoleName=worker&AssumeRolePolicyDocument=$trust&Tag.1.Key=team&Tag.1.Value=http://a",
        &TagValueMalformed,
    ),
    Case::err(
        "one key twice",
        a_trust,
        "RoleName=worker&AssumeRolePolicyDocument=$trust&Tag.1.Key=team&Tag.2.Key=team",
        &TagKeyDuplicate,
    ),
    Case::err("a name in use", one_role, "RoleName=worker&AssumeRolePolicyDocument=$trust", &RamRoleExists),
];
