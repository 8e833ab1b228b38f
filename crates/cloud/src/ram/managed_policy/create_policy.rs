//! CreatePolicy.

use moyun_derive::Action;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{
    ApiError, ParameterMalformed, RamPolicyDocumentMalformed, RamPolicyExists, RamPolicyNameMalformed,
    RequiredParameterMissing, TagKeyDuplicate, TagKeyMalformed, TagValueMalformed,
};
use crate::ram::given::one_policy;
use crate::ram::managed_policy::record::{
    OnePolicy, Policy, PolicyType, PolicyVersion, RamPolicy, is_policy_document, is_policy_name,
};
use crate::spec::Run;
use crate::story::Story;
use crate::tags::{self, TagParam};

/// Creates a custom policy. It allows nothing to anybody until it is attached.
///
/// A statement allows or denies actions on resources, under conditions. A denial wins over whatever else allows, and what
/// no statement allows is refused.
#[derive(Action)]
#[action(ram, write, regionless, reply = OnePolicy, raises(RequiredParameterMissing, RamPolicyNameMalformed, RamPolicyDocumentMalformed, ParameterMalformed, TagKeyMalformed, TagValueMalformed, TagKeyDuplicate, RamPolicyExists))]
pub struct CreatePolicy {
    /// Name of the policy: 1 to 128 letters, digits and hyphens, unique in the account.
    #[param(required, check = is_policy_name, row = RamPolicyNameMalformed)]
    policy_name: String,
    /// Document of the policy, in JSON: `Version` and `Statement`; at most 6144 bytes.
    #[param(required, check = is_policy_document, row = RamPolicyDocumentMalformed)]
    policy_document: String,
    /// Description of the policy.
    #[param(len(1, 1024))]
    description: Option<String>,
    /// Tags of the policy: also as a JSON array in one parameter `Tag`.
    #[param(group, json, max_items = 20)]
    tag: Vec<TagParam>,
}

fn a_document(story: &mut Story) {
    let document =
        r#"{"Version":"1","Statement":{"Effect":"Allow","Action":"ecs:Describe*","Resource":"*"}}"#;
    story.bind("document", document);
}

fn a_long_document(story: &mut Story) {
    let document = r#"{"Version":"1","Statement":[
        {"Effect":"Allow","Action":["ecs:*","vpc:Describe*"],"Resource":["acs:ecs:cn-hangzhou:*:*","acs:vpc:*:*:*"]},
        {"Effect":"Deny","Action":"ecs:Delete*","Resource":"*","Condition":{"Bool":{"acs:MFAPresent":"false"}}}
    ]}"#;
    story.bind("document", document);
}

fn a_foreign_document(story: &mut Story) {
    let document =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecs:*","Resource":"*"}}"#;
    story.bind("document", document);
}

const TAGS_21: &str = concat!(
    "PolicyName=look&PolicyDocument=$document&Tag.1.Key=a&Tag.2.Key=b&Tag.3.Key=c&Tag.4.Key=d&Tag.5.Key=e",
    "&Tag.6.Key=f&Tag.7.Key=g&Tag.8.Key=h&Tag.9.Key=i&Tag.10.Key=j&Tag.11.Key=k&Tag.12.Key=l&Tag.13.Key=m",
    "&Tag.14.Key=n&Tag.15.Key=o&Tag.16.Key=p&Tag.17.Key=q&Tag.18.Key=r&Tag.19.Key=s&Tag.20.Key=t&Tag.21.Key=u",
);

impl Run for CreatePolicy {
    fn run(self, cx: &mut Cx<'_>) -> Result<OnePolicy, ApiError> {
        let tags = tags::read(&self.tag)?;
        if cx.find_policy(PolicyType::Custom, &self.policy_name)?.is_some() {
            return Err(RamPolicyExists.with("name", self.policy_name));
        }
        let now_ms = cx.now_ms();
        let policy = RamPolicy {
            account: cx.account().clone(),
            name: self.policy_name,
            description: self.description.unwrap_or_default(),
            versions: vec![PolicyVersion { number: 1, document: self.policy_document, created_ms: now_ms }],
            default_version: 1,
            last_version: 1,
            created_ms: now_ms,
            updated_ms: now_ms,
            tags,
        };
        cx.put(&policy)?;
        Ok(OnePolicy { policy: Policy::Custom(policy).shape(0) })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("one statement", a_document, "PolicyName=look&PolicyDocument=$document&Description=To look"),
    Case::ok(
        "several statements under conditions",
        a_long_document,
        "PolicyName=look&PolicyDocument=$document",
    ),
    Case::ok(
        "with tags",
        a_document,
        "PolicyName=look&PolicyDocument=$document&Tag.1.Key=team&Tag.1.Value=ops&Tag.2.Key=env",
    ),
    Case::ok(
        "with tags in one parameter",
        a_document,
        r#"PolicyName=look&PolicyDocument=$document&Tag=[{"Key":"team","Value":"ops"},{"Key":"env"}]"#,
    ),
    Case::err("no document", nothing, "PolicyName=look", &RequiredParameterMissing),
    Case::err(
        "a name with a dot",
        a_document,
        "PolicyName=to.look&PolicyDocument=$document",
        &RamPolicyNameMalformed,
    ),
    Case::err("no JSON", nothing, "PolicyName=look&PolicyDocument=everything", &RamPolicyDocumentMalformed),
    Case::err(
        "another version of the language",
        a_foreign_document,
        "PolicyName=look&PolicyDocument=$document",
        &RamPolicyDocumentMalformed,
    ),
    Case::err("twenty-one tags", a_document, TAGS_21, &ParameterMalformed),
    Case::err(
        "tags that are no JSON",
        a_document,
        "PolicyName=look&PolicyDocument=$document&Tag=team",
        &ParameterMalformed,
    ),
    Case::err(
        "a reserved key",
        a_document,
        "PolicyName=look&PolicyDocument=$document&Tag.1.Key=acs:team",
        &TagKeyMalformed,
    ),
    Case::err(
        "a link as value",
        a_document,
        "PolicyName=look&PolicyDocument=$document&Tag.1.Key=team&Tag.1.Value=http://a",
        &TagValueMalformed,
    ),
    Case::err(
        "one key twice",
        a_document,
        "PolicyName=look&PolicyDocument=$document&Tag.1.Key=team&Tag.2.Key=team",
        &TagKeyDuplicate,
    ),
    Case::err(
        "a name in use",
        one_policy,
        "PolicyName=start-only&PolicyDocument=$document",
        &RamPolicyExists,
    ),
];
