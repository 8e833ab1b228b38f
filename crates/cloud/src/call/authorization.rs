//! Phase 6: whether a RAM identity may do what it asks.
//!
//! The action is judged on each resource that the request names, before any of them is looked up, so that a refusal
//! tells nothing of what exists. Creations of instances are judged here on `instance/*` alone: what they build on is
//! judged later, by a row of its own.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use moyun_wire::params::Params;

use crate::call::resources::resources_of;
use crate::cx::{Cx, Identity};
use crate::errors::{
    AccessDenied, ActionForAccountOwnerOnly, ApiError, AssumeRoleDenied, ErrorRow, PassRoleDenied,
    RamDeniesAction, RamDeniesNamedResource, RamUserMayNotOrder,
};
use crate::ram::grants::{Grants, Refusal};
use crate::ram::policy::Question;
use crate::ram::principal::Principal;
use crate::spec::{ActionSpec, Product};

/// Actions that place an order whatever their parameters.
const ORDERS: [&str; 3] = ["RenewInstance", "ModifyInstanceChargeType", "ModifyPrepayInstanceSpec"];

/// Refuses RAM identities an action that only the account itself may call, whatever their policies say.
pub fn check_owner_only(spec: &ActionSpec, identity: &Identity) -> Result<(), ApiError> {
    match (spec.owner_only, identity) {
        (true, Identity::User(_) | Identity::Session { .. }) => Err((&ActionForAccountOwnerOnly).into()),
        _ => Ok(()),
    }
}

/// Refuses RAM identities what their policies do not allow: the action, then the order that it places.
pub(super) fn check(spec: &ActionSpec, params: &Params, cx: &Cx<'_>) -> Result<(), ApiError> {
    // Whoever holds a key may learn whose it is.
    let is_free = spec.product == Product::Sts && spec.name == "GetCallerIdentity";
    if is_free || cx.caller.identity == Identity::Owner {
        return Ok(());
    }
    let Some(grants) = Grants::of_caller(cx)? else { return Ok(()) };
    let row = if spec.product == Product::Sts { &AssumeRoleDenied } else { &RamDeniesAction };
    let action = format!("{}:{}", spec.product.ram_code(), spec.name);
    for resource in resources_of(spec, params, cx)? {
        ask(&grants, cx, &action, &resource, row)?;
    }
    if places_order(spec, params) {
        let resource = format!("acs:bss:*:{}:order/*", cx.account());
        ask(&grants, cx, "bss:PayOrder", &resource, &RamUserMayNotOrder)?;
    }
    Ok(())
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
    let Err(refusal) = grants.ask(&Question { action, resource, circumstances: &circumstances }) else {
        return Ok(());
    };
    let mut error = ApiError::from(row);
    if let Some(principal) = cx.principal()? {
        error.denied = Some(Box::new(detail(action, resource, &refusal, principal, cx)));
    }
    Err(error)
}

/// What the refused caller is told. The diagnostic message holds the question as JSON in Base64.
fn detail(
    action: &str,
    resource: &str,
    refusal: &Refusal,
    principal: Principal,
    cx: &Cx<'_>,
) -> AccessDenied {
    let question = serde_json::json!({
        "AuthAction": action,
        "AuthResource": resource,
        "ExplicitDeny": refusal.no_permission_type == "ExplicitDeny",
        "NoPermissionPolicyType": refusal.policy_type,
    });
    AccessDenied {
        action: action.to_owned(),
        principal_type: principal.kind,
        principal_owner: cx.caller.home.to_string(),
        principal_name: principal.display,
        policy_type: refusal.policy_type,
        no_permission_type: refusal.no_permission_type,
        diagnostic: STANDARD.encode(question.to_string()),
    }
}

fn places_order(spec: &ActionSpec, params: &Params) -> bool {
    ORDERS.contains(&spec.name)
        || spec.creates_instances && params.given("InstanceChargeType") == Some("PrePaid")
}
