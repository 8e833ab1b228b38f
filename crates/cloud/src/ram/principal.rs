//! The identity of a caller, as policies and replies name it.

use moyun_store::Fault;

use crate::cx::{Cx, Identity};
use crate::ram::role::record::RamRole;
use crate::ram::user::record::RamUser;

/// A RAM identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// Its kind in refusals: `SubUser` or `AssumedRoleUser`.
    pub kind: &'static str,
    /// Its identifier: of the user, or of the role with the name of the session.
    pub id: String,
    /// How refusals show it: a user by its identifier, a role by its name with that of the session.
    pub display: String,
    /// How trust policies name it.
    pub arn: String,
}

impl Cx<'_> {
    /// The RAM identity that calls; None for the account itself.
    pub fn principal(&self) -> Result<Option<Principal>, Fault> {
        let home = &self.caller.home;
        Ok(match &self.caller.identity {
            Identity::Owner => None,
            Identity::User(name) => {
                let user = self.find::<RamUser>(&RamUser::key_of(home, name))?;
                // A key of the world file may name a user that RAM knows nothing of.
                let id = user.map_or_else(|| name.clone(), |user| user.id);
                let arn = format!("acs:ram::{home}:user/{name}");
                Some(Principal { kind: "SubUser", display: id.clone(), id, arn })
            }
            Identity::Session { role, session } => {
                let found = self.find::<RamRole>(&RamRole::key_of(home, role))?;
                let role_id = found.map_or_else(|| role.clone(), |role| role.id);
                Some(Principal {
                    kind: "AssumedRoleUser",
                    id: format!("{role_id}:{session}"),
                    display: format!("{role}:{session}"),
                    arn: format!("acs:ram::{home}:role/{role}"),
                })
            }
        })
    }
}
