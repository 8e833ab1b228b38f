//! ReInitDisk.

use moyun_derive::Action;
use moyun_wire::shape::Empty;

use crate::case::Case;
use crate::cx::Cx;
use crate::ecs::disk::given::{one_free, reset_of_locked};
use crate::ecs::disk::login::Login;
use crate::ecs::disk::record::{DiskKind, DiskStatus};
use crate::ecs::disk::reset_disk::check_off;
use crate::ecs::instance::given::{one_expired, one_running, one_stopped, stopped_without_charge_and_sold};
use crate::ecs::instance::rules::is_password;
use crate::errors::{
    ApiError, DiskNotFound, DiskStatusWrong, InstanceExpired, InstanceLocked, InstanceStatusWrong,
    KeyPairNotFound, OutOfStock, ParameterMalformed, PasswordMalformed, RequiredParameterMissing,
};
use crate::ids::DiskId;
use crate::spec::Run;

/// Puts a disk back to how it began.
///
/// The instance is Stopped. The disk is `ReIniting` for a while and then `In_use` again; what was written to it is gone.
#[derive(Action)]
#[action(
    ecs, write, reply = Empty,
    raises(
        RequiredParameterMissing, ParameterMalformed, PasswordMalformed, DiskNotFound, KeyPairNotFound,
        InstanceLocked, InstanceStatusWrong, DiskStatusWrong, InstanceExpired, OutOfStock
    )
)]
pub struct ReInitDisk {
    /// ID of the disk, which is In_use.
    #[param(required)]
    disk_id: DiskId,
    /// Whether the instance starts as soon as the disk is `In_use` again.
    #[param(default = false)]
    auto_start_instance: bool,
    /// New password of a system disk: 8 to 30 characters of three of the kinds upper case, lower case, digit and special;
    /// on Windows it does not begin with `/`. It is never shown.
    #[param(check = is_password, row = PasswordMalformed)]
    password: Option<String>,
    /// Key pair that logs in to a system disk with Linux from now on.
    key_pair_name: Option<String>,
    /// Whether a system disk gets security software; stored.
    #[param(one_of("Active", "Deactive"))]
    security_enhancement_strategy: Option<String>,
}

impl Run for ReInitDisk {
    fn run(self, cx: &mut Cx<'_>) -> Result<Empty, ApiError> {
        let mut disk = cx.disk(&self.disk_id)?;
        let attachment = disk.attachment.as_ref();
        let instance = attachment.map(|attachment| cx.find_instance(&attachment.instance)).transpose()?;
        let Some(mut instance) = instance.flatten() else { return Err(DiskStatusWrong.about("DiskId")) };
        let login = Login { password: self.password, key_pair: self.key_pair_name };
        login.check_key_pair(&instance, cx)?;
        check_off(&disk, cx)?;
        if disk.kind == DiskKind::System {
            let os_type = instance.os_type();
            login.check_password(os_type)?;
            login.apply(os_type, &mut instance);
            let strategy = self.security_enhancement_strategy;
            instance.shown.extend(strategy.map(|active| ("SecurityEnhancementStrategy".to_owned(), active)));
        }
        disk.begin(DiskStatus::ReIniting, cx)?;
        if self.auto_start_instance {
            instance.begin_start_at(disk.settles_ms.unwrap_or(cx.now_ms()), cx)?;
        }
        cx.put(&disk)?;
        cx.put(&instance)?;
        Ok(Empty)
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("of a stopped instance", one_stopped, "DiskId=$system"),
    Case::ok(
        "and on again",
        one_stopped,
        "DiskId=$system&AutoStartInstance=true&Password=Passw0rd!&SecurityEnhancementStrategy=Active",
    ),
    Case::err("no disk", one_stopped, "", &RequiredParameterMissing),
    Case::err(
        "a flag that is none",
        one_stopped,
        "DiskId=$system&AutoStartInstance=perhaps",
        &ParameterMalformed,
    ),
    Case::err("a password that is none", one_stopped, "DiskId=$system&Password=short", &PasswordMalformed),
    Case::err("an unknown disk", one_stopped, "DiskId=d-bp1doesnotexist0001", &DiskNotFound),
    Case::err("an unknown key pair", one_stopped, "DiskId=$system&KeyPairName=nope", &KeyPairNotFound),
    Case::err("its instance is locked", reset_of_locked, "DiskId=$system", &InstanceLocked),
    Case::err("its instance runs", one_running, "DiskId=$system", &InstanceStatusWrong),
    Case::err("a free disk", one_free, "DiskId=$d", &DiskStatusWrong),
    Case::err(
        "its instance has run out",
        one_expired,
        "DiskId=$system&AutoStartInstance=true",
        &InstanceExpired,
    ),
    Case::err(
        "no unit left to start on",
        stopped_without_charge_and_sold,
        "DiskId=$system&AutoStartInstance=true",
        &OutOfStock,
    ),
];
