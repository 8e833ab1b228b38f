//! What policies give to the caller.

use moyun_store::{Fault, Key};

use crate::cx::{Cx, Identity};
use crate::ids::AccountId;
use crate::ram::attachment::record::{Attachment, HolderKind};
use crate::ram::group::record::Membership;
use crate::ram::managed_policy::record::{Policy, PolicyType, RamPolicy};
use crate::ram::policy::{
    Circumstances, Document, Question, SESSION_BYTES_MAX, Verdict, judge, judge_action, system,
};
use crate::sts::role::session::Session;

/// What policies give to a RAM identity.
#[derive(Debug)]
pub struct Grants {
    /// The policies of the user and its groups, or of the role.
    own: Vec<Document>,
    /// What the session was narrowed to.
    session: Option<Document>,
}

/// Why policies refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// The kind of policy that decided.
    pub policy_type: &'static str,
    /// `ExplicitDeny` or `ImplicitDeny`.
    pub no_permission_type: &'static str,
}

impl Grants {
    /// What policies give to the caller; None for the account itself, which needs none.
    pub fn of_caller(cx: &Cx<'_>) -> Result<Option<Grants>, Fault> {
        let home = &cx.caller.home;
        let (attachments, session) = match &cx.caller.identity {
            Identity::Owner => return Ok(None),
            Identity::User(name) => {
                let mut attachments = attached(cx, home, HolderKind::User, name)?;
                for membership in cx.tx.list::<Membership>(&Key::new().text(home).text(name))? {
                    attachments.extend(attached(cx, home, HolderKind::Group, &membership.group)?);
                }
                (attachments, None)
            }
            Identity::Session { role, .. } => {
                let session = cx.find::<Session>(&Session::key_of(&cx.caller.access_key_id))?;
                (attached(cx, home, HolderKind::Role, role)?, session.and_then(|session| session.policy))
            }
        };
        let session = session.map(|text| Document::parse(&text, SESSION_BYTES_MAX)).transpose();
        let session = session.map_err(|_| Fault::new("the stored policy of a session cannot be read"))?;
        Ok(Some(Grants { own: documents(cx, home, attachments)?, session }))
    }

    /// Whether the policies allow something. A session may do what both its role and its own policy allow.
    pub fn ask(&self, question: &Question<'_>) -> Result<(), Refusal> {
        self.weigh(|policies| judge(policies, question))
    }

    /// Whether the policies allow the action on anything at all.
    pub fn ask_action(&self, question: &Question<'_>) -> Result<(), Refusal> {
        self.weigh(|policies| judge_action(policies, question))
    }

    fn weigh(&self, judge: impl Fn(&[Document]) -> Verdict) -> Result<(), Refusal> {
        refuse("AccountLevelIdentityBasedPolicy", judge(&self.own))?;
        match &self.session {
            Some(policy) => refuse("SessionPolicy", judge(std::slice::from_ref(policy))),
            None => Ok(()),
        }
    }
}

fn refuse(policy_type: &'static str, verdict: Verdict) -> Result<(), Refusal> {
    match verdict {
        Verdict::Allowed => Ok(()),
        Verdict::ImplicitDeny => Err(Refusal { policy_type, no_permission_type: "ImplicitDeny" }),
        Verdict::ExplicitDeny => Err(Refusal { policy_type, no_permission_type: "ExplicitDeny" }),
    }
}

fn attached(cx: &Cx<'_>, home: &AccountId, kind: HolderKind, holder: &str) -> Result<Vec<Attachment>, Fault> {
    cx.tx.list(&Attachment::of_holder(home, kind, holder))
}

/// The documents of attached policies; custom ones are read in one go.
fn documents(cx: &Cx<'_>, home: &AccountId, attachments: Vec<Attachment>) -> Result<Vec<Document>, Fault> {
    let (system, custom): (Vec<_>, Vec<_>) =
        attachments.into_iter().partition(|attachment| attachment.policy_type == PolicyType::System);
    let keys: Vec<Key> =
        custom.iter().map(|attachment| RamPolicy::key_of(home, &attachment.policy)).collect();
    let custom = cx.tx.find_many::<RamPolicy>(&keys)?.into_iter().flatten().map(Policy::Custom);
    let system = system.iter().filter_map(|attachment| system::find(&attachment.policy)).map(Policy::System);
    custom.chain(system).map(|policy| policy.document()).collect()
}

impl Cx<'_> {
    /// What policies may ask of this call beside its action and resource.
    pub fn circumstances(&self) -> Circumstances {
        let origin = self.caller.origin;
        Circumstances::default()
            .with("acs:CurrentTime", moyun_wire::timestamp::to_second(self.now_ms()))
            .with("acs:SourceIp", origin.address.to_string())
            .with("acs:SecureTransport", origin.is_secure.to_string())
            // Whoever signs with an access key has shown no second factor.
            .with("acs:MFAPresent", "false")
    }
}
