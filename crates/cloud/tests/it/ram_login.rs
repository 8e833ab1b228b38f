//! Console logins of RAM users, and the settings of the account about them.

use moyun_cloud::errors::{RamAliasExists, RamLoginNotFound, RamPasswordTooWeak, RamUserHasLogin};
use moyun_cloud::ram::given::{one_alias, one_login};
use moyun_cloud::story::Story;
use serde_json::json;

use crate::given::another_account;

#[test]
fn a_login_is_changed_where_the_request_says_so_and_taken_away() {
    let mut story = Story::begin();
    one_login(&mut story);
    story.call("Ram:UpdateLoginProfile", "UserName=ann&MFABindRequired=true");
    story.call("Ram:UpdateLoginProfile", "UserName=ann&PasswordResetRequired=true");
    story.call("Ram:UpdateLoginProfile", "UserName=ann&MFABindRequired=false");
    let login = json!({
        "UserName": "ann",
        "PasswordResetRequired": true,
        "MFABindRequired": false,
        "CreateDate": "2026-01-01T00:00:01Z",
    });
    assert_eq!(story.call("Ram:GetLoginProfile", "UserName=ann")["LoginProfile"], login);
    story.call("Ram:DeleteLoginProfile", "UserName=ann");
    story.call("Ram:DeleteUser", "UserName=ann");
}

#[test]
fn a_login_goes_with_its_user_to_a_new_name_and_survives_an_operator() {
    let mut story = Story::begin();
    one_login(&mut story);
    story.call("Ram:UpdateUser", "UserName=ann&NewUserName=eve");
    story.patch("ram/1000000000000001", json!({ "users": { "eve": { "comments": "Renamed" } } }));
    assert_eq!(story.call("Ram:GetLoginProfile", "UserName=eve")["LoginProfile"]["UserName"], "eve");
    let refusal = story.try_call("Ram:DeleteUser", "UserName=eve").unwrap_err();
    assert_eq!(refusal.row, &RamUserHasLogin);
    story.patch("ram/1000000000000001", json!({ "users": { "eve": null } }));
    story.call("Ram:CreateUser", "UserName=eve");
    let refusal = story.try_call("Ram:GetLoginProfile", "UserName=eve").unwrap_err();
    assert_eq!(refusal.row, &RamLoginNotFound);
}

#[test]
fn passwords_are_judged_by_the_policy_of_the_account_and_never_kept() {
    let mut story = Story::begin();
    one_login(&mut story);
    story.call("Ram:SetPasswordPolicy", "MinimumPasswordLength=10&RequireSymbols=true");
    let refused = |story: &mut Story, password: &str| {
        let request = format!("UserName=ann&Password={password}");
        story.try_call("Ram:UpdateLoginProfile", &request).map_err(|refusal| refusal.row)
    };
    assert_eq!(refused(&mut story, "Passw0rd!").unwrap_err(), &RamPasswordTooWeak);
    assert_eq!(refused(&mut story, "Passw0rd10").unwrap_err(), &RamPasswordTooWeak);
    assert!(refused(&mut story, "Passw0rd10!").is_ok());
    let kept = |bytes: &[u8]| bytes.windows(8).any(|window| window == b"Passw0rd");
    assert!(!story.dump().values().any(|value| kept(value)));

    another_account(&mut story);
    story.call("Ram:CreateUser", "UserName=ann");
    story.call("Ram:CreateLoginProfile", "UserName=ann&Password=Passw0rd");
}

#[test]
fn settings_that_a_request_does_not_name_stay() {
    let mut story = Story::begin();
    story.call("Ram:SetPasswordPolicy", "MinimumPasswordLength=12&MaxPasswordAge=90");
    story.call("Ram:SetSecurityPreference", "LoginSessionDuration=8&LoginNetworkMasks=10.0.0.0/8");
    let passwords = story.call("Ram:SetPasswordPolicy", "HardExpiry=true");
    assert_eq!(passwords["PasswordPolicy"]["MinimumPasswordLength"], 12);
    assert_eq!(story.call("Ram:GetPasswordPolicy", "")["PasswordPolicy"], passwords["PasswordPolicy"]);
    let preference = story.call("Ram:SetSecurityPreference", "AllowUserToManageAccessKeys=true");
    let login = &preference["SecurityPreference"]["LoginProfilePreference"];
    assert_eq!(
        (&login["LoginSessionDuration"], &login["LoginNetworkMasks"]),
        (&json!(8), &json!("10.0.0.0/8"))
    );
    let told = story.call("Ram:GetSecurityPreference", "");
    assert_eq!(told["SecurityPreference"], preference["SecurityPreference"]);
}

#[test]
fn an_alias_is_of_one_account_until_it_is_cleared() {
    let mut story = Story::begin();
    one_alias(&mut story);
    assert_eq!(story.call("Ram:GetAccountAlias", "")["AccountAlias"], "my-company");
    story.call("Ram:ClearAccountAlias", "");
    another_account(&mut story);
    one_alias(&mut story);
    story.act_as("1000000000000001");
    assert_eq!(story.call("Ram:GetAccountAlias", "")["AccountAlias"], "");
    story.call("Ram:ClearAccountAlias", "");
    let refusal = story.try_call("Ram:SetAccountAlias", "AccountAlias=my-company").unwrap_err();
    assert_eq!(refusal.row, &RamAliasExists);
}

#[test]
fn the_right_to_one_login_is_none_to_another_and_settings_are_about_everything() {
    let mut story = Story::begin();
    one_login(&mut story);
    story.call("Ram:CreateUser", "UserName=eve");
    let document = json!({ "Version": "1", "Statement": [
        { "Effect": "Allow", "Action": "ram:*LoginProfile", "Resource": "acs:ram:*:*:user/ann" },
        { "Effect": "Allow", "Action": "ram:GetPasswordPolicy", "Resource": "*" },
        { "Effect": "Allow", "Action": "ram:SetPasswordPolicy", "Resource": "acs:ram:*:*:policy/*" },
    ]});
    story.bind("document", document.to_string());
    story.call("Ram:CreatePolicy", "PolicyName=ann-only&PolicyDocument=$document");
    story.call("Ram:AttachPolicyToUser", "PolicyType=Custom&PolicyName=ann-only&UserName=eve");
    story.act_as_user("eve");
    story.call("Ram:GetLoginProfile", "UserName=ann");
    story.call("Ram:DeleteLoginProfile", "UserName=ann");
    story.call("Ram:CreateLoginProfile", "UserName=ann&Password=Passw0rd");
    assert!(story.try_call("Ram:CreateLoginProfile", "UserName=eve&Password=Passw0rd").is_err());
    story.call("Ram:GetPasswordPolicy", "");
    assert!(story.try_call("Ram:SetPasswordPolicy", "RequireNumbers=true").is_err());
}
