//! Identities of RAM and what they hold.

use std::collections::BTreeMap;

use moyun_store::{Fault, Tx};

use crate::audit::{all, must_exist};
use crate::catalog::accounts::AccountFacts;
use crate::ram::access_key::record::UserKey;
use crate::ram::attachment::record::{Attachment, HolderKind};
use crate::ram::group::record::{Membership, RamGroup};
use crate::ram::managed_policy::record::{PolicyType, RamPolicy};
use crate::ram::policy::system;
use crate::ram::role::record::RamRole;
use crate::ram::user::record::RamUser;
use crate::world::Fact;

pub(super) fn check(tx: &Tx<'_>, problems: &mut Vec<String>) -> Result<(), Fault> {
    login_names(tx, problems)?;
    for membership in all::<Membership>(tx)? {
        let who = format!("the membership of {} in {}", membership.user, membership.group);
        let (account, user) = (&membership.account, &membership.user);
        must_exist::<RamUser>(tx, &RamUser::key_of(account, user), &who, problems)?;
        must_exist::<RamGroup>(tx, &RamGroup::key_of(account, &membership.group), &who, problems)?;
    }
    for key in all::<UserKey>(tx)? {
        let who = format!("the access key {}", key.access_key_id);
        must_exist::<RamUser>(tx, &RamUser::key_of(&key.account, &key.user), &who, problems)?;
    }
    attachments(tx, problems)
}

fn attachments(tx: &Tx<'_>, problems: &mut Vec<String>) -> Result<(), Fault> {
    for attachment in all::<Attachment>(tx)? {
        let (account, holder) = (&attachment.account, &attachment.holder);
        let who = format!("the attachment of policy {} to {holder}", attachment.policy);
        match attachment.kind {
            HolderKind::User => {
                must_exist::<RamUser>(tx, &RamUser::key_of(account, holder), &who, problems).map(drop)?
            }
            HolderKind::Group => {
                must_exist::<RamGroup>(tx, &RamGroup::key_of(account, holder), &who, problems).map(drop)?
            }
            HolderKind::Role => {
                must_exist::<RamRole>(tx, &RamRole::key_of(account, holder), &who, problems).map(drop)?
            }
        }
        match attachment.policy_type {
            PolicyType::Custom => {
                let key = RamPolicy::key_of(account, &attachment.policy);
                must_exist::<RamPolicy>(tx, &key, &who, problems)?;
            }
            PolicyType::System if system::find(&attachment.policy).is_none() => {
                problems.push(format!("{who} names a policy that the system does not have"));
            }
            PolicyType::System => {}
        }
    }
    Ok(())
}

fn login_names(tx: &Tx<'_>, problems: &mut Vec<String>) -> Result<(), Fault> {
    let mut names = BTreeMap::new();
    for account in Fact::<AccountFacts>::all(tx)? {
        if let Some(other) = names.insert(account.facts.login_name.clone(), account.name.clone()) {
            let name = account.facts.login_name;
            problems.push(format!("accounts {other} and {} both log in as {name}", account.name));
        }
    }
    Ok(())
}
