//! Whose resources a call means: the account behind the key, the one a service acts for, or one that granted access.

use moyun_cloud::catalog::accounts::{AccessKeyFacts, AccountFacts, KeyKind, is_login_name};
use moyun_cloud::cloud::Cloud;
use moyun_cloud::errors::{
    ApiError, OwnerAccountForeign, OwnerAccountMalformed, OwnerIdWrong, OwnerNamedTwice,
    ResourceOwnerHasNotGranted, ResourceOwnerUnknown, ServiceKeyNamesNoOwner,
};
use moyun_cloud::ids::AccountId;
use moyun_cloud::world::Fact;
use moyun_store::{Fault, Tx};
use moyun_wire::params::Params;

/// What a request says about owners; a parameter without a value says nothing.
struct Named<'a> {
    id: Option<&'a str>,
    login: Option<&'a str>,
    resource_id: Option<&'a str>,
    resource_login: Option<&'a str>,
}

/// The account whose resources a request means, in the documented order of checks.
pub(crate) fn judge(params: &Params, key: &AccessKeyFacts, cloud: &Cloud) -> Result<AccountId, ApiError> {
    let named = Named {
        id: params.given("OwnerId"),
        login: params.given("OwnerAccount"),
        resource_id: params.given("ResourceOwnerId"),
        resource_login: params.given("ResourceOwnerAccount"),
    };
    let is_service = key.kind == KeyKind::Service;
    if named.id.is_some() && named.login.is_some() {
        return Err((&OwnerNamedTwice).into());
    }
    if is_service && named.id.is_none() && named.login.is_none() {
        return Err((&ServiceKeyNamesNoOwner).into());
    }
    let names_nobody = [named.id, named.login, named.resource_id, named.resource_login] == [None; 4];
    if names_nobody {
        return Ok(AccountId(key.account.clone()));
    }
    cloud.read(|tx, _| {
        Ok(match check_owner(&named, key, is_service, tx)? {
            Ok(owner) => check_resource_owner(&named, owner, tx)?,
            refused => refused,
        })
    })?
}

type Judged = Result<Result<AccountId, ApiError>, Fault>;

/// For whom the key acts: a service for anybody, every other key for the account behind it alone.
fn check_owner(named: &Named<'_>, key: &AccessKeyFacts, is_service: bool, tx: &Tx<'_>) -> Judged {
    let own = AccountId(key.account.clone());
    if let Some(id) = named.id {
        let known = match uid(id).filter(|uid| is_service || *uid == own) {
            Some(uid) => Fact::<AccountFacts>::find(tx, uid.as_str())?.map(|_| uid),
            None => None,
        };
        return Ok(known.ok_or_else(|| (&OwnerIdWrong).into()));
    }
    let Some(login) = named.login else { return Ok(Ok(own)) };
    if !is_login_name(login) {
        return Ok(Err((&OwnerAccountMalformed).into()));
    }
    let found = Fact::account_named(tx, login)?.filter(|account| is_service || *account == own);
    Ok(found.ok_or_else(|| (&OwnerAccountForeign).into()))
}

/// The account whose resources are meant: it exists, and if it is another one it has granted access.
fn check_resource_owner(named: &Named<'_>, caller: AccountId, tx: &Tx<'_>) -> Judged {
    let by_id = named.resource_id.map(uid);
    let by_login = match named.resource_login.map(|login| Some(login).filter(|login| is_login_name(login))) {
        Some(Some(login)) => Some(Fact::account_named(tx, login)?),
        other => other.map(|_| None),
    };
    let resolved = match (by_id, by_login) {
        (None, None) => return Ok(Ok(caller)),
        // Named in both ways, it must be the same account.
        (Some(by_id), Some(by_login)) => by_id.filter(|id| by_login.as_ref() == Some(id)),
        (Some(one), None) | (None, Some(one)) => one,
    };
    let Some(owner) = resolved else { return Ok(Err((&ResourceOwnerUnknown).into())) };
    let Some(facts) = Fact::<AccountFacts>::find(tx, owner.as_str())? else {
        return Ok(Err((&ResourceOwnerUnknown).into()));
    };
    let granted = owner == caller || facts.resource_grants.contains(&caller.0);
    Ok(if granted { Ok(owner) } else { Err((&ResourceOwnerHasNotGranted).into()) })
}

/// An account id as a parameter writes it: a positive whole number.
fn uid(text: &str) -> Option<AccountId> {
    let number: u64 = text.parse().ok().filter(|number| *number > 0)?;
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| AccountId(number.to_string()))
}
