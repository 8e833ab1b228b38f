//! ReplaceSystemDisk.

use moyun_derive::{Action, Group, Shape};

use crate::case::Case;
use crate::catalog::accounts::ServiceState;
use crate::catalog::money::Money;
use crate::catalog::offer;
use crate::catalog::wares::Wares;
use crate::cx::Cx;
use crate::ecs::disk::given::{
    broke_subscription, fixed_disk_stopped, licence_used_by_other, reset_of_locked,
    stopped_without_encryption, stopped_without_kms, system_beginning_anew, system_under_snapshot,
};
use crate::ecs::disk::login::Login;
use crate::ecs::disk::record::{Disk, DiskKind};
use crate::ecs::disk::reset_disk::check_off;
use crate::ecs::disk::resize_disk::check_no_snapshot;
use crate::ecs::image::given::{market_image_removed, one_creating, one_deleted, one_image};
use crate::ecs::image::record::ImageState;
use crate::ecs::image::shelf::NamedImage;
use crate::ecs::instance::given::{in_arrears, one_expired, one_running, one_stopped};
use crate::ecs::instance::life::FINANCIAL_LOCK;
use crate::ecs::instance::record::{Instance, PRE_PAID, Status};
use crate::ecs::instance::rules::is_password;
use crate::errors::{
    AccountInArrears, ApiError, BalanceTooLow, CategoryCannotEncrypt, DiskBusyWithSnapshot, DiskStatusWrong,
    ImageCarriesDataDisks, ImageDisabled, ImageDoesNotFitMemory, ImageExcludesInstanceType, ImageNotFound,
    ImageNotIoOptimized, ImageStatusWrong, InstanceExpired, InstanceLocked, InstanceNotFound,
    InstanceStatusWrong, KeyPairNotFound, KmsNotEnabled, MarketImageLicencesUsedUp, MarketImageNotSubscribed,
    MarketImageRemoved, ParameterMalformed, PasswordGivenAndInherited, PasswordMalformed,
    PreviewParameterNotGranted, RegionCannotEncrypt, RequiredParameterMissing, SystemDiskSizeInvalid,
    SystemDiskSmallerThanImage, SystemDiskTooLarge, SystemDiskTooSmall,
};
use crate::ids::{DiskId, ImageId, InstanceId};
use crate::spec::Run;
use crate::world::Fact;

/// The size of a system disk that the request leaves open, if its image needs no more.
const SYSTEM_DISK_GIB: u64 = 40;
const ID_LENGTH: usize = 20;

/// Gives an instance a new system disk, made from an image.
///
/// The instance is `Stopped` and stays so. The new disk has an ID of its own; category, name, tags and how it is paid are
/// those of the old one, which is released. Its snapshots stay. What a larger disk costs for the rest of a subscription
/// is paid at once.
#[derive(Action)]
#[action(
    ecs, write, idempotent, billable, reply = ReplacedDisk,
    raises(
        AccountInArrears, PreviewParameterNotGranted, RequiredParameterMissing, ParameterMalformed,
        PasswordMalformed, SystemDiskSizeInvalid, PasswordGivenAndInherited, InstanceNotFound, ImageNotFound,
        KeyPairNotFound, ImageDisabled, ImageStatusWrong, MarketImageRemoved, MarketImageNotSubscribed,
        MarketImageLicencesUsedUp, ImageCarriesDataDisks, InstanceLocked, InstanceStatusWrong, InstanceExpired,
        DiskStatusWrong, DiskBusyWithSnapshot, ImageNotIoOptimized, ImageDoesNotFitMemory,
        ImageExcludesInstanceType, SystemDiskTooSmall, SystemDiskTooLarge, SystemDiskSmallerThanImage,
        RegionCannotEncrypt, CategoryCannotEncrypt, KmsNotEnabled, BalanceTooLow
    )
)]
pub struct ReplaceSystemDisk {
    /// ID of the instance.
    #[param(required)]
    instance_id: InstanceId,
    /// Image that the disk is made from; it brings no data disks along.
    #[param(required)]
    image_id: ImageId,
    /// The new disk.
    #[param(group)]
    system_disk: Option<NewSystemDisk>,
    /// Password: 8 to 30 characters of three of the kinds upper case, lower case, digit and special; on Windows it
    /// does not begin with `/`. It is never shown.
    #[param(check = is_password, row = PasswordMalformed)]
    password: Option<String>,
    /// Whether the password of the image holds; Password is left out then.
    #[param(default = false)]
    password_inherit: bool,
    /// Key pair that logs in to Linux; Windows ignores it.
    key_pair_name: Option<String>,
    /// Whether the disk is encrypted; one from an encrypted image is in any case.
    #[param(default = false)]
    encrypted: bool,
    /// Key that an encrypted disk uses; by default the service's own.
    #[param(name = "KMSKeyId")]
    kms_key_id: Option<String>,
    /// Algorithm of an encrypted disk; without effect.
    encrypt_algorithm: Option<String>,
    /// Whether the guest gets security software; stored.
    #[param(one_of("Active", "Deactive"))]
    security_enhancement_strategy: Option<String>,
    /// Whether the guest uses the cloud's own time and package servers; without effect.
    use_additional_service: Option<bool>,
    /// Architecture of a system on DiskId; without effect.
    #[param(one_of("i386", "x86_64"))]
    architecture: Option<String>,
    /// System on DiskId; without effect.
    platform: Option<String>,
    /// Existing disk that becomes the system disk.
    #[param(preview)]
    disk_id: Option<DiskId>,
    /// Roles that others act in.
    #[param(group, preview)]
    arn: Vec<RoleArn>,
}

/// The new disk.
#[derive(Group)]
struct NewSystemDisk {
    /// Size in GiB, within the bounds of the category and not below the image. By default 40, or that of a larger image.
    #[param(range(1, 2147483647), row = SystemDiskSizeInvalid)]
    size: Option<u32>,
}

/// A role that another acts in.
#[derive(Group)]
#[expect(dead_code, reason = "read for their type, for those who were granted them")]
struct RoleArn {
    /// For whom.
    assume_role_for: Option<i64>,
    /// Kind of role.
    role_type: Option<String>,
    /// The role.
    rolearn: Option<String>,
}

/// The new disk.
#[derive(Shape)]
pub struct ReplacedDisk {
    /// ID of the new disk.
    disk_id: DiskId,
}

impl Run for ReplaceSystemDisk {
    fn run(self, cx: &mut Cx<'_>) -> Result<ReplacedDisk, ApiError> {
        let _ = (&self.encrypt_algorithm, &self.use_additional_service, &self.architecture);
        let _ = (&self.platform, &self.disk_id, &self.arn);
        if self.password_inherit && self.password.is_some() {
            return Err(PasswordGivenAndInherited.about("Password"));
        }
        let mut instance = cx.instance(&self.instance_id)?;
        let image = cx.find_named_image(&self.image_id, &instance.region)?;
        let image = image.ok_or_else(|| ImageNotFound.about("ImageId"))?;
        let login = Login { password: self.password.clone(), key_pair: self.key_pair_name.clone() };
        login.check_key_pair(&instance, cx)?;
        check_image(&image, &instance, cx)?;
        instance.check_changeable(&[Status::Stopped])?;
        if instance.is_locked(FINANCIAL_LOCK) {
            return Err(InstanceExpired.about("InstanceId"));
        }
        let disks = cx.disks_of(&instance.id)?.into_iter();
        let Some(old) = disks.into_iter().find(|disk| disk.kind == DiskKind::System) else {
            return Err(DiskStatusWrong.about("InstanceId"));
        };
        check_off(&old, cx)?;
        check_no_snapshot(&old, cx)?;
        let wares = Fact::wares(&cx.tx)?;
        check_guest(&image, &instance, &wares)?;
        login.check_password(image.facts.os_type)?;
        let new = self.disk(&old, &image, &wares, cx)?;
        self.check_encryption(&new, &wares, cx)?;
        if old.charge_type == PRE_PAID {
            let more = new.hour(&wares) - old.hour(&wares);
            let price = instance.rest_of_term(more.max(Money::ZERO), cx.now_ms(), &wares.prices);
            cx.check_payable(price)?;
            cx.charge(price)?;
        }
        (instance.key_pair, instance.has_password) = (None, self.password_inherit);
        login.apply(image.facts.os_type, &mut instance);
        self.settle(image, &mut instance);
        cx.delete(&old)?;
        cx.put(&new)?;
        cx.put(&instance)?;
        Ok(ReplacedDisk { disk_id: new.id })
    }
}

impl ReplaceSystemDisk {
    /// The new disk, like the old one but for what is made from the image.
    fn disk(&self, old: &Disk, image: &NamedImage, wares: &Wares, cx: &mut Cx<'_>) -> Result<Disk, ApiError> {
        let size = self.system_disk.as_ref().and_then(|disk| disk.size).map(u64::from);
        let size_gib = size.unwrap_or(SYSTEM_DISK_GIB.max(image.facts.size));
        let sizes = old.limits(wares).system_gib;
        if size_gib < sizes.min {
            return Err(SystemDiskTooSmall.about("SystemDisk.Size"));
        }
        if size_gib > sizes.max {
            return Err(SystemDiskTooLarge.about("SystemDisk.Size"));
        }
        if size_gib < image.facts.size {
            return Err(SystemDiskSmallerThanImage.about("SystemDisk.Size"));
        }
        let mut new = old.clone();
        new.id = DiskId(cx.new_id("d", &old.region, ID_LENGTH));
        new.size_gib = size_gib;
        new.created_ms = cx.now_ms();
        new.image = Some(self.image_id.clone());
        new.snapshot = None;
        new.auto_snapshot_policy_id = String::new();
        new.encrypted = self.encrypted || image.encrypted;
        new.kms_key_id = self.kms_key_id.clone().filter(|_| new.encrypted).unwrap_or_default();
        if let Some(attachment) = &mut new.attachment {
            attachment.attached_ms = cx.now_ms();
        }
        Ok(new)
    }

    fn check_encryption(&self, new: &Disk, wares: &Wares, cx: &Cx<'_>) -> Result<(), ApiError> {
        if !new.encrypted {
            return Ok(());
        }
        let region = Fact::of_region(&cx.tx, &new.region)?;
        if region.is_some_and(|region| !region.disk_encryption) {
            return Err(RegionCannotEncrypt.about("Encrypted"));
        }
        if !new.limits(wares).encryptable {
            return Err(CategoryCannotEncrypt.about("Encrypted"));
        }
        let account = Fact::of_account(&cx.tx, cx.account())?;
        match account.services.kms == ServiceState::Disabled {
            true => Err(KmsNotEnabled.about("Encrypted")),
            false => Ok(()),
        }
    }

    /// What the instance takes over from the image.
    fn settle(self, image: NamedImage, instance: &mut Instance) {
        instance.image = self.image_id;
        instance.take_system(image.base, image.guest);
        instance.product_code = image.facts.product_code;
        let strategy = self.security_enhancement_strategy;
        instance.shown.extend(strategy.map(|strategy| ("SecurityEnhancementStrategy".to_owned(), strategy)));
    }
}

/// The account can use the image now, for an instance that exists.
fn check_image(image: &NamedImage, instance: &Instance, cx: &Cx<'_>) -> Result<(), ApiError> {
    match image.state {
        ImageState::UnAvailable | ImageState::Deleted => return Err(ImageDisabled.about("ImageId")),
        ImageState::Creating => return Err(ImageStatusWrong.about("ImageId")),
        ImageState::Available | ImageState::Deprecated => (),
    }
    if let Some(code) = &image.facts.product_code {
        if image.is_removed() {
            return Err(MarketImageRemoved.about("ImageId"));
        }
        let account = Fact::of_account(&cx.tx, cx.account())?;
        let Some(bought) = account.marketplace.subscriptions.get(code) else {
            return Err(MarketImageNotSubscribed.about("ImageId"));
        };
        let used = cx.tx.count::<Instance>(&Instance::product_scope(cx.account(), code))?;
        // An instance that has the product already keeps its licence.
        if instance.product_code.as_ref() != Some(code) && used >= u64::from(*bought) {
            return Err(MarketImageLicencesUsedUp.about("ImageId"));
        }
    }
    match image.facts.data_disks.is_empty() {
        true => Ok(()),
        false => Err(ImageCarriesDataDisks.about("ImageId")),
    }
}

/// The system of the image runs on the instance.
fn check_guest(image: &NamedImage, instance: &Instance, wares: &Wares) -> Result<(), ApiError> {
    if !offer::image_suits_io(&image.facts, instance.io_optimized) {
        return Err(ImageNotIoOptimized.about("ImageId"));
    }
    let Some(kind) = wares.find_type(&instance.instance_type) else { return Ok(()) };
    if !offer::image_suits_memory(&image.facts, kind) {
        return Err(ImageDoesNotFitMemory.about("ImageId"));
    }
    match offer::image_declares(&image.facts, kind) {
        true => Ok(()),
        false => Err(ImageExcludesInstanceType.about("ImageId")),
    }
}

/// A request that succeeds for a stopped instance. Of a parameter that comes again the last value counts.
macro_rules! request {
    ($($more:literal),*) => {
        concat!("InstanceId=$i&ImageId=ubuntu_22_04_x64_20G_alibase_20230718.vhd" $(, "&", $more)*)
    };
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok(
        "a larger one with another system",
        one_stopped,
        request!("SystemDisk.Size=60", "Password=Passw0rd!", "ClientToken=once"),
    ),
    Case::ok("an encrypted one", one_stopped, request!("Encrypted=true")),
    Case::err("the account owes money", in_arrears, request!(), &AccountInArrears),
    Case::err("an existing disk", one_stopped, request!("DiskId=$data"), &PreviewParameterNotGranted),
    Case::err("no image", one_stopped, "InstanceId=$i", &RequiredParameterMissing),
    Case::err("neither encrypted nor not", one_stopped, request!("Encrypted=perhaps"), &ParameterMalformed),
    Case::err("a password that is none", one_stopped, request!("Password=short"), &PasswordMalformed),
    Case::err("a size that is none", one_stopped, request!("SystemDisk.Size=forty"), &SystemDiskSizeInvalid),
    Case::err(
        "a password beside that of the image",
        one_stopped,
        request!("Password=Passw0rd!", "PasswordInherit=true"),
        &PasswordGivenAndInherited,
    ),
    Case::err("an unknown instance", one_stopped, request!("InstanceId=i-none"), &InstanceNotFound),
    Case::err("an unknown image", one_stopped, request!("ImageId=m-none"), &ImageNotFound),
    Case::err("an unknown key pair", one_stopped, request!("KeyPairName=nope"), &KeyPairNotFound),
    Case::err("a deleted image", one_deleted, request!("ImageId=$m"), &ImageDisabled),
    Case::err("an unfinished image", one_creating, request!("ImageId=$m"), &ImageStatusWrong),
    Case::err(
        "a product that is no longer sold",
        market_image_removed,
        request!("ImageId=$m"),
        &MarketImageRemoved,
    ),
    Case::err(
        "a product without subscription",
        one_stopped,
        request!("ImageId=m-bp1market0000000lamp01"),
        &MarketImageNotSubscribed,
    ),
    Case::err(
        "a product without a licence left",
        licence_used_by_other,
        request!("ImageId=m-bp1market0000000lamp01", "InstanceId=$j"),
        &MarketImageLicencesUsedUp,
    ),
    Case::err("an image with data disks", one_image, request!("ImageId=$m"), &ImageCarriesDataDisks),
    Case::err("locked for security", reset_of_locked, request!(), &InstanceLocked),
    Case::err("it runs", one_running, request!(), &InstanceStatusWrong),
    Case::err("it has run out", one_expired, request!(), &InstanceExpired),
    Case::err("the disk begins anew", system_beginning_anew, request!(), &DiskStatusWrong),
    Case::err("a snapshot is being taken", system_under_snapshot, request!(), &DiskBusyWithSnapshot),
    Case::err(
        "a system without the drivers",
        one_stopped,
        request!("ImageId=_32_23c472_20120822172155_aliguest.vhd"),
        &ImageNotIoOptimized,
    ),
    Case::err(
        "a system for less memory",
        one_stopped,
        request!("ImageId=ubuntu_14_0405_32_40G_alibase_20170711.vhd"),
        &ImageDoesNotFitMemory,
    ),
    Case::err(
        "a system for other processors",
        one_stopped,
        request!("ImageId=aliyun_3_arm64_20G_alibase_20230731.vhd"),
        &ImageExcludesInstanceType,
    ),
    Case::err("below the minimum", one_stopped, request!("SystemDisk.Size=10"), &SystemDiskTooSmall),
    Case::err("above the maximum", one_stopped, request!("SystemDisk.Size=3000"), &SystemDiskTooLarge),
    Case::err(
        "below the image",
        one_stopped,
        request!("ImageId=win2019_1809_x64_dtc_en-us_40G_alibase_20221221.vhd", "SystemDisk.Size=30"),
        &SystemDiskSmallerThanImage,
    ),
    Case::err(
        "the region encrypts nothing",
        stopped_without_encryption,
        request!("Encrypted=true"),
        &RegionCannotEncrypt,
    ),
    Case::err(
        "a local disk is never encrypted",
        fixed_disk_stopped,
        request!("Encrypted=true"),
        &CategoryCannotEncrypt,
    ),
    Case::err("no keys", stopped_without_kms, request!("Encrypted=true"), &KmsNotEnabled),
    Case::err("too little money", broke_subscription, request!("SystemDisk.Size=2000"), &BalanceTooLow),
];
