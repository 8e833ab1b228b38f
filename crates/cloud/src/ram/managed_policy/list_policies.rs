//! ListPolicies.

use moyun_derive::{Action, Shape};
use moyun_store::Key;

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, ParameterMalformed, RamPolicyTypeUnknown};
use crate::paging::LISTED;
use crate::ram::given::{everybody_attached, one_policy};
use crate::ram::managed_policy::record::{Policy, PolicyShape, PolicyType, RamPolicy};
use crate::ram::marker::MarkerInfo;
use crate::ram::policy::system::SYSTEM_POLICIES;
use crate::ram::tag::given::tagged;
use crate::spec::Run;
use crate::tags::{self, EcsTag, TagParam};

/// Lists policies: those of the account, newest first, then those of the system by their names.
///
/// The list goes on while IsTruncated is true; send its Marker with the next request.
#[derive(Action)]
#[action(ram, read, regionless, reply = PolicyList, raises(ParameterMalformed, RamPolicyTypeUnknown))]
pub struct ListPolicies {
    /// Only those of this type: `System` or `Custom`.
    #[param(row = RamPolicyTypeUnknown)]
    policy_type: Option<PolicyType>,
    /// Where the last page ended: its Marker.
    marker: Option<String>,
    /// Entries on a page.
    #[param(default = 100, range(1, 1000))]
    max_items: i64,
    /// Only policies with all these tags: also as a JSON array in one parameter `Tag`.
    #[param(group, json, max_items = 20)]
    tag: Vec<TagParam>,
}

/// Policies.
#[derive(Shape)]
pub struct PolicyList {
    /// The policies.
    #[shape(list = "Policy")]
    policies: Vec<ListedPolicy>,
    /// Which page this is.
    #[shape(flatten)]
    page: MarkerInfo,
}

/// A policy with its tags.
#[derive(Shape)]
struct ListedPolicy {
    /// The policy.
    #[shape(flatten)]
    policy: PolicyShape,
    /// Tags of the policy.
    #[shape(list = "Tag")]
    tags: Vec<EcsTag>,
}

fn mark(policy: &Policy) -> String {
    format!("{}:{}", policy.policy_type().wire_name(), policy.name())
}

impl Run for ListPolicies {
    fn run(self, cx: &mut Cx<'_>) -> Result<PolicyList, ApiError> {
        let custom: Vec<RamPolicy> =
            cx.tx.index_list(LISTED, &Key::new().text(cx.account()), 0, usize::MAX)?;
        let custom = custom.into_iter().map(Policy::Custom);
        let all = custom.chain(SYSTEM_POLICIES.iter().map(Policy::System));
        let of_type = all
            .filter(|policy| self.policy_type.is_none_or(|wanted| wanted == policy.policy_type()))
            .filter(|policy| tags::matches(policy.tags(), &self.tag));
        // A marker names the last policy of its page; when that is gone, the list begins anew.
        let of_type: Vec<Policy> = of_type.collect();
        let after = self.marker.and_then(|marker| of_type.iter().position(|policy| mark(policy) == marker));
        let mut rest = of_type.iter().skip(after.map_or(0, |at| at + 1));
        let page: Vec<&Policy> = rest.by_ref().take(usize::try_from(self.max_items).unwrap_or(0)).collect();
        let is_truncated = rest.next().is_some();
        let marker = page.last().filter(|_| is_truncated).map(|policy| mark(policy));
        let mut policies = vec![];
        for policy in page {
            let attachments = cx.attachment_count(policy.policy_type(), policy.name())?;
            policies.push(ListedPolicy { policy: policy.shape(attachments), tags: tags::ecs(policy.tags()) });
        }
        Ok(PolicyList { policies, page: MarkerInfo { is_truncated, marker } })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("all", one_policy, ""),
    Case::ok("those of the account", everybody_attached, "PolicyType=Custom"),
    Case::ok("the first of the system", nothing, "PolicyType=System&MaxItems=1"),
    Case::ok("what follows", nothing, "PolicyType=System&MaxItems=1&Marker=System:AdministratorAccess"),
    Case::ok("those with a tag", tagged, "Tag.1.Key=team&Tag.1.Value=ops"),
    Case::err("a page of nothing", nothing, "MaxItems=0", &ParameterMalformed),
    Case::err("a type of its own", nothing, "PolicyType=Own", &RamPolicyTypeUnknown),
];
