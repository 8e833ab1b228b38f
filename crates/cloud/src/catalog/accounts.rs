//! Accounts, their keys, and the facts about them that an operator may change.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::catalog::disk_categories::DiskCategory;
use crate::catalog::instance_types::NetworkType;
use crate::catalog::money::Money;
use crate::catalog::text::{Names, uid, uids, validate_uid};

/// Parameters in preview, which an account must be admitted to.
pub const PREVIEW_PARAMETERS: &[&str] = &["Arn", "HibernationOptions.Configured", "Isp", "NodeControllerId"];
/// Members of a VPC security group while the account has no quota of its own for it.
pub const VPC_SECURITY_GROUP_INSTANCES_MAX: u32 = 2000;
/// Members of a classic security group while the account has no quota of its own for it.
pub const CLASSIC_SECURITY_GROUP_INSTANCES_MAX: u32 = 1000;

const LOGIN_NAME_CHARS_MAX: usize = 64;
const SPOT_HOURS_MAX: u8 = 6;
const BANDWIDTH_MBPS_MAX: u32 = 100;

/// The facts about an account: `accounts.U` of the world document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountFacts {
    /// Name that it logs in with.
    pub login_name: String,
    /// Whether its owner has proved who he is.
    pub real_name_verified: bool,
    /// Whether risk control holds it.
    pub risk_control: RiskControl,
    /// Other accounts that may act on its resources.
    #[serde(default, deserialize_with = "uids")]
    pub resource_grants: Vec<String>,
    /// Its money.
    pub billing: Billing,
    /// Services that it has opened.
    pub services: Services,
    /// What it may use.
    pub entitlements: Entitlements,
    /// How much it may have.
    pub quotas: Quotas,
    /// What it has from the marketplace.
    pub marketplace: Marketplace,
}

impl AccountFacts {
    /// The facts that every new account starts with.
    pub fn standard(login_name: &str) -> AccountFacts {
        AccountFacts {
            login_name: login_name.to_owned(),
            real_name_verified: true,
            risk_control: RiskControl::None,
            resource_grants: Vec::new(),
            billing: Billing {
                balance: Money::yuan(10_000),
                credit_limit: Money::ZERO,
                overdue_amount: Money::ZERO,
                payment_methods: vec![PaymentMethod::Balance, PaymentMethod::Credit],
            },
            services: Services { kms: ServiceState::Enabled, snapshot: ServiceState::Enabled },
            entitlements: Entitlements {
                regions: Names::All,
                zones: Vec::new(),
                instance_types: Vec::new(),
                disk_categories: Vec::new(),
                preview_parameters: Vec::new(),
                user_data: true,
                spot: SpotEntitlement {
                    allowed: true,
                    strategies: vec![SpotStrategy::SpotWithPriceLimit, SpotStrategy::SpotAsPriceGo],
                    durations: vec![0, 1],
                },
            },
            quotas: Quotas {
                postpaid_instances: 100,
                instances_per_vpc: 15_000,
                instances_per_security_group: None,
                portable_cloud_disks: 500,
                concurrent_instance_creations: 0,
                internet_bandwidth_max: BandwidthCeilings::default(),
            },
            marketplace: Marketplace { subscriptions: BTreeMap::new() },
        }
    }

    /// Refuses values that no account can have, with a sentence; whether zones exist is for the world to say.
    pub fn validate(&self) -> Result<(), String> {
        if !is_login_name(&self.login_name) {
            return Err(format!("{:?} cannot be a login name.", self.login_name));
        }
        for grantee in &self.resource_grants {
            validate_uid(grantee)?;
        }
        self.billing.validate()?;
        self.entitlements.validate()?;
        self.quotas.internet_bandwidth_max.validate()
    }
}

/// Whether an account could log in with this text.
pub fn is_login_name(text: &str) -> bool {
    let is_plain = !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    is_plain && text.chars().count() <= LOGIN_NAME_CHARS_MAX && !text.split('@').any(str::is_empty)
}

/// Whether risk control holds an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RiskControl {
    /// It does not.
    None,
    /// It does: nothing can be bought.
    Restricted,
}

/// The money of an account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Billing {
    /// What it has; charges by the hour may take it below zero.
    pub balance: Money,
    /// What it may spend beyond that.
    pub credit_limit: Money,
    /// What it owes.
    pub overdue_amount: Money,
    /// Ways in which it can pay.
    #[serde(default)]
    pub payment_methods: Vec<PaymentMethod>,
}

impl Billing {
    fn validate(&self) -> Result<(), String> {
        if self.credit_limit < Money::ZERO || self.overdue_amount < Money::ZERO {
            return Err("credit_limit and overdue_amount are never below zero.".to_owned());
        }
        Ok(())
    }
}

/// A way of paying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    /// From the balance.
    Balance,
    /// On credit.
    Credit,
    /// By card.
    Card,
    /// By monthly settlement.
    Settlement,
}

impl PaymentMethod {
    /// Whether it can pay an order; every method can pay by the hour.
    pub const fn pays_orders(self) -> bool {
        matches!(self, PaymentMethod::Balance | PaymentMethod::Credit)
    }
}

/// Services that an account has opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Services {
    /// Keys for encryption.
    pub kms: ServiceState,
    /// Snapshots.
    pub snapshot: ServiceState,
}

/// Whether a service is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceState {
    /// It is.
    Enabled,
    /// It is not.
    Disabled,
}

/// What an account may use.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entitlements {
    /// Regions.
    pub regions: Names,
    /// Zones that sell by invitation.
    #[serde(default)]
    pub zones: Vec<String>,
    /// Instance types that are sold by invitation.
    #[serde(default)]
    pub instance_types: Vec<String>,
    /// Disk categories that need a grant.
    #[serde(default)]
    pub disk_categories: Vec<DiskCategory>,
    /// Parameters in preview.
    #[serde(default)]
    pub preview_parameters: Vec<String>,
    /// User data.
    pub user_data: bool,
    /// Spot instances.
    pub spot: SpotEntitlement,
}

impl Entitlements {
    fn validate(&self) -> Result<(), String> {
        if let Some(name) =
            self.preview_parameters.iter().find(|name| !PREVIEW_PARAMETERS.contains(&name.as_str()))
        {
            return Err(format!(
                "{name} is no parameter in preview; those are {}.",
                PREVIEW_PARAMETERS.join(", ")
            ));
        }
        match self.spot.durations.iter().find(|hours| **hours > SPOT_HOURS_MAX) {
            Some(hours) => Err(format!("A spot duration is 0 to {SPOT_HOURS_MAX} hours, not {hours}.")),
            None => Ok(()),
        }
    }
}

/// What an account may do with spot instances.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpotEntitlement {
    /// Whether it may use them at all.
    pub allowed: bool,
    /// Strategies that it may use.
    #[serde(default)]
    pub strategies: Vec<SpotStrategy>,
    /// Protected hours that it may ask for.
    #[serde(default)]
    pub durations: Vec<u8>,
}

/// How an instance bids, in the words of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SpotStrategy {
    /// Not at all.
    NoSpot,
    /// Up to a limit.
    SpotWithPriceLimit,
    /// Whatever the market asks.
    SpotAsPriceGo,
}

/// How much an account may have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quotas {
    /// PostPaid instances in a region.
    pub postpaid_instances: u32,
    /// Instances in a VPC.
    pub instances_per_vpc: u32,
    /// Instances in a security group of either kind; without it the kind decides.
    #[serde(default)]
    pub instances_per_security_group: Option<u32>,
    /// Portable cloud disks in a region.
    pub portable_cloud_disks: u32,
    /// Instances under creation at once; 0 means any number.
    pub concurrent_instance_creations: u32,
    /// Public bandwidth of an instance.
    pub internet_bandwidth_max: BandwidthCeilings,
}

impl Quotas {
    /// Instances that a security group of this kind may have.
    pub fn security_group_instances_max(&self, network: NetworkType) -> u32 {
        self.instances_per_security_group.unwrap_or(match network {
            NetworkType::Vpc => VPC_SECURITY_GROUP_INSTANCES_MAX,
            NetworkType::Classic => CLASSIC_SECURITY_GROUP_INSTANCES_MAX,
        })
    }
}

/// Ceilings of public bandwidth in Mbit/s, by how it is billed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase", default)]
pub struct BandwidthCeilings {
    /// Billed by traffic.
    pub pay_by_traffic: u32,
    /// Billed by bandwidth.
    pub pay_by_bandwidth: u32,
}

impl Default for BandwidthCeilings {
    fn default() -> BandwidthCeilings {
        BandwidthCeilings { pay_by_traffic: BANDWIDTH_MBPS_MAX, pay_by_bandwidth: BANDWIDTH_MBPS_MAX }
    }
}

impl BandwidthCeilings {
    fn validate(self) -> Result<(), String> {
        match self.pay_by_traffic.max(self.pay_by_bandwidth) {
            over if over > BANDWIDTH_MBPS_MAX => {
                Err(format!("Public bandwidth goes up to {BANDWIDTH_MBPS_MAX} Mbit/s, not {over}."))
            }
            _ => Ok(()),
        }
    }
}

/// What an account has from the marketplace.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marketplace {
    /// Licences, by product code.
    #[serde(default)]
    pub subscriptions: BTreeMap<String, u32>,
}

/// The facts about an access key: `access_keys.K` of the world document.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessKeyFacts {
    /// What requests are signed with.
    pub secret: String,
    /// The account behind it.
    #[serde(deserialize_with = "uid")]
    pub account: String,
    /// On whose behalf it acts.
    pub kind: KeyKind,
    /// The RAM user or role session that holds it; the account itself and services have none.
    #[serde(default)]
    pub principal: Option<String>,
    /// Whether it works.
    pub status: KeyStatus,
    /// Actions that it may call at all; a name may end in `*`.
    pub allowed_actions: Names,
}

impl fmt::Debug for AccessKeyFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The secret stays out of every log.
        let AccessKeyFacts { secret: _, account, kind, principal, status, allowed_actions } = self;
        let shown = (account, kind, principal, status, allowed_actions);
        f.debug_tuple("AccessKeyFacts").field(&shown).finish()
    }
}

impl AccessKeyFacts {
    /// A working key of the account itself.
    pub fn of_owner(account: &str, secret: &str) -> AccessKeyFacts {
        AccessKeyFacts {
            secret: secret.to_owned(),
            account: account.to_owned(),
            kind: KeyKind::Owner,
            principal: None,
            status: KeyStatus::Active,
            allowed_actions: Names::All,
        }
    }

    /// Refuses values that no key can have, with a sentence.
    pub fn validate(&self) -> Result<(), String> {
        validate_uid(&self.account)?;
        if self.secret.is_empty() {
            return Err("A key without a secret cannot sign anything.".to_owned());
        }
        let needs_principal = matches!(self.kind, KeyKind::RamUser | KeyKind::Sts);
        if needs_principal != self.principal.is_some() {
            return Err(
                "Keys of RAM users and role sessions name their principal, and no others do.".to_owned()
            );
        }
        Ok(())
    }
}

/// On whose behalf a key acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyKind {
    /// The account itself.
    Owner,
    /// A RAM user of it.
    RamUser,
    /// A session of one of its roles.
    Sts,
    /// A service, for the owner that each request names.
    Service,
}

/// Whether a key works, in the words of RAM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyStatus {
    /// It does.
    Active,
    /// It is switched off.
    Inactive,
}
