//! Phase 6: whether a RAM identity may do what it asks.
//!
//! The action is judged on each resource that the request names. A caller who may do it to nothing at all is refused at
//! once; one who may do it to other resources learns so after malformed parameters and missing resources are told (N2
//! of the documented order). Creations of instances are judged here on `instance/*` alone: what they build on is judged
//! later, by a row of its own.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use moyun_store::Fault;
use moyun_wire::params::Params;
use serde_json::Value;

use crate::call::resources::{Target, resources_of};
use crate::catalog::accounts::AccountFacts;
use crate::cx::{Cx, Identity};
use crate::errors::{
    AccessDenied, AccessKeyUnknown, ActionForAccountOwnerOnly, ApiError, AssumeRoleDenied, ErrorRow,
    PassRoleDenied, RamDeniesAction, RamDeniesNamedResource, RamUserMayNotOrder, ResourceOwnerUnknown,
};
use crate::order;
use crate::ram::grants::{Grants, Refusal};
use crate::ram::policy::Question;
use crate::ram::principal::Principal;
use crate::spec::{ActionSpec, Product};
use crate::world::Fact;

/// Actions that place an order whatever their parameters.
const ORDERS: [&str; 3] = ["RenewInstance", "ModifyInstanceChargeType", "ModifyPrepayInstanceSpec"];

/// Refuses a key that has gone since the gate looked, as a reset takes it, so that it leaves nothing behind.
pub(super) fn check_key(cx: &Cx<'_>) -> Result<(), ApiError> {
    let id = &cx.caller.access_key_id;
    match Fact::of_key(&cx.tx, id)? {
        Some(_) => Ok(()),
        None => Err(ApiError::from(&AccessKeyUnknown).compared(format!("access_keys/{id}"), Value::Null)),
    }
}

/// Refuses to act for an account that has gone since.
pub(super) fn check_account(cx: &Cx<'_>) -> Result<(), ApiError> {
    match Fact::<AccountFacts>::find(&cx.tx, cx.account().as_str())? {
        Some(_) => Ok(()),
        None => Err((&ResourceOwnerUnknown).into()),
    }
}

/// Refuses RAM identities an action that only the account itself may call, whatever their policies say.
pub fn check_owner_only(spec: &ActionSpec, identity: &Identity) -> Result<(), ApiError> {
    match (spec.owner_only, identity) {
        (true, Identity::User(_) | Identity::Session { .. }) => Err((&ActionForAccountOwnerOnly).into()),
        _ => Ok(()),
    }
}

/// Refuses RAM identities what their policies do not allow: the action, then the order that it places.
///
/// A refusal that depends on a resource which the request names is given back instead, for the pipeline to tell once
/// the resource is found ([`Withheld`]).
pub(super) fn check(spec: &ActionSpec, params: &Params, cx: &Cx<'_>) -> Result<Withheld, ApiError> {
    // Whoever holds a key may learn whose it is.
    let is_free = spec.product == Product::Sts && spec.name == "GetCallerIdentity";
    if is_free || cx.caller.identity == Identity::Owner {
        return Ok(Withheld(None));
    }
    let Some(grants) = Grants::of_caller(cx)? else { return Ok(Withheld(None)) };
    let row = if spec.product == Product::Sts { &AssumeRoleDenied } else { &RamDeniesAction };
    let action = format!("{}:{}", spec.product.ram_code(), spec.name);
    let mut withheld = None;
    for Target { resource, may_be_missing } in resources_of(spec, params, cx)? {
        let circumstances = cx.circumstances();
        let question = Question { action: &action, resource: &resource, circumstances: &circumstances };
        if let Err(refusal) = grants.ask_action(&question) {
            return Err(told(row, &question, &refusal, cx)?);
        }
        match grants.ask(&question) {
            Ok(()) => {}
            Err(refusal) if may_be_missing => {
                withheld = withheld.or(Some(told(row, &question, &refusal, cx)?))
            }
            Err(refusal) => return Err(told(row, &question, &refusal, cx)?),
        }
    }
    if places_order(spec, params) {
        let resource = format!("acs:bss:*:{}:order/*", cx.account());
        ask(&grants, cx, "bss:PayOrder", &resource, &RamUserMayNotOrder)?;
    }
    Ok(Withheld(withheld))
}

/// A refusal that is told only once the resource it is about is known to exist.
pub(super) struct Withheld(Option<ApiError>);

impl Withheld {
    /// What comes of the call: until its resource is found, a request that is malformed (400) or names what is not there
    /// (404) is told so first.
    pub(super) fn judge<T>(self, outcome: Result<T, ApiError>, is_found: bool) -> Result<T, ApiError> {
        let comes_first =
            |error: &ApiError| error.fault.is_some() || !is_found && [400, 404].contains(&error.row.status);
        match (self.0, outcome) {
            (Some(_), Err(error)) if comes_first(&error) => Err(error),
            (Some(refusal), _) => order::POLICIES.judge(Err(refusal)),
            (None, outcome) => outcome,
        }
    }
}

impl Cx<'_> {
    /// Refuses a RAM identity the use of a resource that a creation names, such as
    /// `acs:ecs:cn-hangzhou:1000000000000001:securitygroup/sg-1`, under the creation's action (`ecs:RunInstances`).
    pub fn authorize_named(&self, action: &str, resource: &str) -> Result<(), ApiError> {
        self.authorize(action, resource, &RamDeniesNamedResource)
    }

    /// Refuses a RAM identity to hand a role of the account to an instance.
    pub fn authorize_pass_role(&self, role: &str) -> Result<(), ApiError> {
        let resource = format!("acs:ram:*:{}:role/{role}", self.account());
        self.authorize("ram:PassRole", &resource, &PassRoleDenied)
    }

    fn authorize(&self, action: &str, resource: &str, row: &'static ErrorRow) -> Result<(), ApiError> {
        match Grants::of_caller(self)? {
            Some(grants) => ask(&grants, self, action, resource, row),
            None => Ok(()),
        }
    }
}

fn ask(
    grants: &Grants,
    cx: &Cx<'_>,
    action: &str,
    resource: &str,
    row: &'static ErrorRow,
) -> Result<(), ApiError> {
    let circumstances = cx.circumstances();
    let question = Question { action, resource, circumstances: &circumstances };
    match grants.ask(&question) {
        Ok(()) => Ok(()),
        Err(refusal) => Err(told(row, &question, &refusal, cx)?),
    }
}

/// A refusal by a row, with what the policies said.
fn told(
    row: &'static ErrorRow,
    question: &Question<'_>,
    refusal: &Refusal,
    cx: &Cx<'_>,
) -> Result<ApiError, Fault> {
    let mut error = ApiError::from(row);
    if let Some(principal) = cx.principal()? {
        error.denied = Some(Box::new(detail(question, refusal, principal, cx)));
    }
    Ok(error)
}

/// What the refused caller is told. The diagnostic message holds the question as JSON in Base64.
fn detail(question: &Question<'_>, refusal: &Refusal, principal: Principal, cx: &Cx<'_>) -> AccessDenied {
    let diagnostic = serde_json::json!({
        "AuthAction": question.action,
        "AuthResource": question.resource,
        "ExplicitDeny": refusal.no_permission_type == "ExplicitDeny",
        "NoPermissionPolicyType": refusal.policy_type,
    });
    AccessDenied {
        action: question.action.to_owned(),
        principal_type: principal.kind,
        principal_owner: cx.caller.home.to_string(),
        principal_name: principal.display,
        policy_type: refusal.policy_type,
        no_permission_type: refusal.no_permission_type,
        diagnostic: STANDARD.encode(diagnostic.to_string()),
    }
}

/// Whether a request is an order, which the account pays.
pub(super) fn places_order(spec: &ActionSpec, params: &Params) -> bool {
    ORDERS.contains(&spec.name)
        || spec.creates_instances && params.given("InstanceChargeType") == Some("PrePaid")
}
