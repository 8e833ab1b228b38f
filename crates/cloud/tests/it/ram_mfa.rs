//! Virtual MFA devices of RAM users.

use moyun_cloud::errors::{MfaCodeWrong, MfaDeviceNotFound, RamUserLacksMfaDevice};
use moyun_cloud::ram::given::{one_bound_device, user_and_device};
use moyun_cloud::story::Story;
use serde_json::json;

use crate::given::another_account;

const BIND: &str = "UserName=ann&SerialNumber=$phone&AuthenticationCode1=$code1&AuthenticationCode2=$code2";

#[test]
fn codes_that_are_too_old_bind_nothing() {
    let mut story = Story::begin();
    user_and_device(&mut story);
    story.pass_ms(90_000);
    assert_eq!(story.try_call("Ram:BindMFADevice", BIND).unwrap_err().row, &MfaCodeWrong);
    let mut story = Story::begin();
    user_and_device(&mut story);
    story.pass_ms(89_999);
    story.call("Ram:BindMFADevice", BIND);
}

#[test]
fn a_device_goes_with_its_user_until_it_is_unbound() {
    let mut story = Story::begin();
    one_bound_device(&mut story);
    story.call("Ram:UpdateUser", "UserName=ann&NewUserName=eve");
    story.patch("ram/1000000000000001", json!({ "users": { "eve": { "comments": "Renamed" } } }));
    assert_eq!(story.call("Ram:GetUserMFAInfo", "UserName=eve")["MFADevice"]["Type"], "VMFA");
    let listed = story.call("Ram:ListVirtualMFADevices", "");
    assert_eq!(listed["VirtualMFADevices"]["VirtualMFADevice"][0]["User"]["UserName"], "eve");
    let unbound = story.call("Ram:UnbindMFADevice", "UserName=eve");
    assert_eq!(unbound["MFADevice"]["SerialNumber"], story.named("phone"));
    let refusal = story.try_call("Ram:GetUserMFAInfo", "UserName=eve").unwrap_err();
    assert_eq!(refusal.row, &RamUserLacksMfaDevice);
    story.call("Ram:DeleteUser", "UserName=eve");
    story.call("Ram:DeleteVirtualMFADevice", "SerialNumber=$phone");
}

#[test]
fn a_device_is_free_again_when_the_world_takes_its_user_away() {
    let mut story = Story::begin();
    one_bound_device(&mut story);
    story.patch("ram/1000000000000001", json!({ "users": { "ann": null } }));
    let listed = story.call("Ram:ListVirtualMFADevices", "");
    assert!(listed["VirtualMFADevices"]["VirtualMFADevice"][0].get("User").is_none());
    story.call("Ram:DeleteVirtualMFADevice", "SerialNumber=$phone");
}

#[test]
fn other_accounts_have_nothing_to_do_with_a_device() {
    let mut story = Story::begin();
    user_and_device(&mut story);
    another_account(&mut story);
    story.call("Ram:CreateUser", "UserName=ann");
    assert_eq!(story.try_call("Ram:BindMFADevice", BIND).unwrap_err().row, &MfaDeviceNotFound);
    assert_eq!(
        story.call("Ram:ListVirtualMFADevices", "")["VirtualMFADevices"]["VirtualMFADevice"],
        json!([])
    );
}
