//! ModifyImageSharePermission.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::catalog::accounts::AccountFacts;
use crate::cx::Cx;
use crate::ecs::image::given::{one_creating, one_deleted, one_image, one_shared, with_other_account};
use crate::errors::{
    ApiError, DryRunPassed, ImageNotFound, ImageStatusWrong, ParameterMalformed, RegionNotFound,
    RequiredParameterMissing, ThirdAccountUnknown,
};
use crate::ids::{AccountId, ImageId};
use crate::spec::Run;
use crate::world::Fact;

/// Shares a custom image of one's own with other accounts, or no longer.
///
/// Those it is shared with find it in DescribeImages with the alias `others` and can make instances from it in the same
/// region. A published image can be used by everybody.
#[derive(Action)]
#[action(ecs, write, region, dry_run = DryRunPassed, reply = Empty, raises(
    RegionNotFound, RequiredParameterMissing, ParameterMalformed, ImageNotFound, ThirdAccountUnknown,
    ImageStatusWrong, DryRunPassed
))]
pub struct ModifyImageSharePermission {
    /// ID of the image.
    #[param(required)]
    image_id: ImageId,
    /// Accounts to share it with, by ID or login name, up to 10.
    #[param(max_items = 10)]
    add_account: Vec<String>,
    /// Accounts that lose it, by ID or login name, up to 10.
    #[param(max_items = 10)]
    remove_account: Vec<String>,
    /// Whether the image is published for everybody.
    is_public: Option<bool>,
    /// Whether those it is shared with see its disks. They always do; the value changes nothing.
    #[expect(dead_code, reason = "read for its type; it changes nothing")]
    launch_permission: Option<String>,
}

impl Run for ModifyImageSharePermission {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let mut image = cx.own_image(&self.image_id)?;
        let added = accounts(cx, &self.add_account, "AddAccount")?;
        let removed = accounts(cx, &self.remove_account, "RemoveAccount")?;
        if !image.state.is_usable() {
            return Err(ImageStatusWrong.about("ImageId"));
        }
        image.shared_with.extend(added.into_iter().filter(|account| account != cx.account()));
        image.shared_with.retain(|account| !removed.contains(account));
        image.shared_with.sort_unstable();
        image.shared_with.dedup();
        image.is_public = self.is_public.unwrap_or(image.is_public);
        cx.put(&image)?;
        Ok(Empty)
    }
}

/// The accounts of these IDs or login names.
fn accounts(cx: &Cx<'_>, named: &[String], parameter: &'static str) -> Result<Vec<AccountId>, ApiError> {
    let mut found = vec![];
    for name in named {
        let account = match Fact::<AccountFacts>::find(&cx.tx, name)? {
            Some(_) => Some(AccountId(name.clone())),
            None => Fact::account_named(&cx.tx, name)?,
        };
        found.push(account.ok_or_else(|| ThirdAccountUnknown.about(parameter))?);
    }
    Ok(found)
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "shared with another account",
        with_other_account,
        "RegionId=cn-hangzhou&ImageId=$m&AddAccount.1=1000000000000002",
    ),
    Case::ok(
        "taken back, by login name",
        one_shared,
        "RegionId=cn-hangzhou&ImageId=$m&RemoveAccount.1=1000000000000002@moyun.local",
    ),
    Case::ok("published", one_image, "RegionId=cn-hangzhou&ImageId=$m&IsPublic=true"),
    Case::err("of a region that is none", one_image, "RegionId=cn-atlantis&ImageId=$m", &RegionNotFound),
    Case::err("no id", one_image, "RegionId=cn-hangzhou&IsPublic=true", &RequiredParameterMissing),
    Case::err(
        "a flag that is none",
        one_image,
        "RegionId=cn-hangzhou&ImageId=$m&IsPublic=perhaps",
        &ParameterMalformed,
    ),
    Case::err("one that is gone", one_deleted, "RegionId=cn-hangzhou&ImageId=$m", &ImageNotFound),
    Case::err(
        "an image of the cloud",
        one_image,
        "RegionId=cn-hangzhou&ImageId=centos_7_9_x64_20G_alibase_20230815.vhd&IsPublic=true",
        &ImageNotFound,
    ),
    Case::err(
        "with an unknown account",
        one_image,
        "RegionId=cn-hangzhou&ImageId=$m&AddAccount.1=1999999999999999",
        &ThirdAccountUnknown,
    ),
    Case::err(
        "it is still being made",
        one_creating,
        "RegionId=cn-hangzhou&ImageId=$m&IsPublic=true",
        &ImageStatusWrong,
    ),
    Case::err("a rehearsal", one_image, "RegionId=cn-hangzhou&ImageId=$m&DryRun=true", &DryRunPassed),
];
