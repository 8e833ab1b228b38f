//! An instance as it is stored, and its life by the clock.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, Ipv6Addr};

use moyun_store::{Fault, IndexRow, Key, Lane, Record, Table};
use serde::{Deserialize, Serialize};

use crate::catalog::images::{self, OsType};
use crate::catalog::money::Money;
use crate::cx::Cx;
use crate::errors::{ApiError, InstanceNotFound};
use crate::ids::{
    AccountId, HpcClusterId, ImageId, InstanceId, NetworkInterfaceId, RegionId, ResourceGroupId,
    SecurityGroupId, VSwitchId, VpcId, ZoneId,
};
use crate::paging::Listed;
use crate::tables::is_blank;
use crate::tags::Tag;
use crate::world::Fact;

/// The index of instances by each of their security groups.
pub const BY_SECURITY_GROUP: u16 = 1;
/// The index of instances by their VPC.
pub const BY_VPC: u16 = 2;
/// The index of instances by their key pair, region and name.
pub const BY_KEY_PAIR: u16 = 3;
/// The index of instances by their vSwitch.
pub const BY_V_SWITCH: u16 = 4;
/// The index of instances by their region and image.
pub const BY_IMAGE: u16 = 5;
/// The index of spot instances with a limit by their zone and type, across accounts.
pub const BY_SPOT: u16 = 6;
/// The index of instances by their region and each of their tags.
pub const BY_TAG: u16 = 7;

/// The charge type of an instance that is paid by the hour.
pub const POST_PAID: &str = "PostPaid";
/// The charge type of a subscription.
pub const PRE_PAID: &str = "PrePaid";

/// The Mbit/s from the Internet that nobody asked for, unless more goes out.
pub const BANDWIDTH_IN_MIN: i64 = 10;

/// An instance. Texts that were not given are empty.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Instance {
    /// Whose it is.
    pub account: AccountId,
    /// Its identifier.
    pub id: InstanceId,
    /// Where it is.
    pub region: RegionId,
    /// The zone it is in.
    pub zone: ZoneId,
    /// Its name.
    pub name: String,
    /// Its description.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub description: String,
    /// The name of its guest.
    pub host_name: String,
    /// The image it was made from.
    pub image: ImageId,
    /// The built-in image that its system comes from.
    #[serde(default)]
    pub base_image: Option<ImageId>,
    /// Its system, where that image is not built in or not as it is built in.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub guest: Option<Guest>,
    /// The product of the marketplace that is in it.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub product_code: Option<String>,
    /// Its type.
    pub instance_type: String,
    /// Whether its disks are I/O optimized.
    pub io_optimized: bool,
    /// Where it is in its life.
    pub status: Status,
    /// What happens to it next by the clock.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub next: Option<Next>,
    /// When it was made.
    pub created_ms: i64,
    /// When it last started.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub started_ms: Option<i64>,
    /// Its serial number.
    pub serial_number: String,
    /// How it is paid.
    pub payment: Payment,
    /// Its place in the private network.
    pub network: Network,
    /// Whether it went to another place there since it last ran.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub has_moved: bool,
    /// Its access to the public network.
    pub internet: Internet,
    /// Its security groups, the first one being the one it was made with.
    pub security_groups: Vec<SecurityGroupId>,
    /// The key pair that logs in.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub key_pair: Option<String>,
    /// Whether a password was set; the password itself is never kept.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub has_password: bool,
    /// What its guest runs at the first start, as Base64.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub user_data: String,
    /// Whether it is guarded against deletion by mistake.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub deletion_protection: bool,
    /// The RAM role of its guest.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub ram_role: Option<String>,
    /// Its HPC cluster.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub hpc_cluster: Option<HpcClusterId>,
    /// `Standard` or `Unlimited` for burstable types.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub credit_specification: String,
    /// How a stop of it leaves it: `KeepCharging`, `StopCharging` or `Not-applicable`.
    pub stopped_mode: String,
    /// Why it is locked.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub locks: Vec<String>,
    /// The resource group it belongs to.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub resource_group: ResourceGroupId,
    /// Its tags.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub tags: Vec<Tag>,
    /// The tags of its primary interface.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub interface_tags: Vec<Tag>,
    /// Its other interfaces, for its own replies: each has a record.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub more_interfaces: Vec<AttachedInterface>,
    /// Parameters that are only stored and shown, by the name of the request.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub shown: BTreeMap<String, String>,
}

/// What an instance tells about its system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    /// Name of the system in English.
    pub os_name: Cow<'static, str>,
    /// Name of the system in Chinese.
    pub os_name_zh: Cow<'static, str>,
    /// Kind of system.
    pub os_type: OsType,
}

impl Guest {
    /// The system of a built-in image.
    pub fn built_in(image: &ImageId) -> Option<Guest> {
        images::find(image.as_str()).map(|image| Guest {
            os_name: image.os_name_en.into(),
            os_name_zh: image.os_name_zh.into(),
            os_type: image.os_type,
        })
    }
}

/// Where an instance is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// It is being made.
    Pending,
    /// Its guest is starting.
    Starting,
    /// Its guest runs.
    Running,
    /// Its guest is shutting down.
    Stopping,
    /// Its guest is off.
    Stopped,
}

impl Status {
    /// Every status.
    pub const ALL: [Status; 5] =
        [Status::Pending, Status::Starting, Status::Running, Status::Stopping, Status::Stopped];

    /// The word on the wire.
    pub fn wire_name(self) -> &'static str {
        match self {
            Status::Pending => "Pending",
            Status::Starting => "Starting",
            Status::Running => "Running",
            Status::Stopping => "Stopping",
            Status::Stopped => "Stopped",
        }
    }

    /// The status of this word.
    pub fn find(wire_name: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.wire_name() == wire_name)
    }
}

/// What happens to an instance by the clock: it takes these statuses one after another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// When the first of them begins.
    pub at_ms: i64,
    /// The statuses to come, never empty.
    pub statuses: Vec<Status>,
}

/// How an instance is paid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Payment {
    /// `PostPaid` or `PrePaid`.
    pub charge_type: String,
    /// When a subscription ends.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub expires_ms: Option<i64>,
    /// Whether a subscription renews itself, for so many units.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub auto_renew: Option<(i64, String)>,
    /// Whether its owner said that it is not to be renewed.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub ends_for_good: bool,
    /// When it is released by itself.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub auto_release_ms: Option<i64>,
    /// `NoSpot`, `SpotWithPriceLimit` or `SpotAsPriceGo`.
    pub spot_strategy: String,
    /// The highest hourly price of a spot instance.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub spot_price_limit: Option<Money>,
    /// The hours for which a spot instance is safe.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub spot_duration: Option<i64>,
    /// `Terminate` or `Stop`.
    pub spot_interruption_behavior: String,
    /// When its limit is compared with the market price; until then nothing takes it back.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub spot_judged_ms: Option<i64>,
    /// When it is taken back, once that is announced.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub recalled_ms: Option<i64>,
}

/// The place of an instance in the private network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Network {
    /// In a VPC.
    Vpc {
        /// The VPC.
        vpc: VpcId,
        /// The vSwitch.
        v_switch: VSwitchId,
        /// The address of its primary interface.
        address: Ipv4Addr,
        /// Its primary interface.
        interface: NetworkInterfaceId,
        /// The MAC address of that interface.
        mac: String,
    },
    /// In the classic network.
    Classic {
        /// Its inner address.
        address: Ipv4Addr,
    },
}

impl Network {
    /// The word on the wire.
    pub fn wire_name(&self) -> &'static str {
        match self {
            Network::Vpc { .. } => "vpc",
            Network::Classic { .. } => "classic",
        }
    }

    /// The VPC.
    pub fn vpc(&self) -> Option<&VpcId> {
        match self {
            Network::Vpc { vpc, .. } => Some(vpc),
            Network::Classic { .. } => None,
        }
    }

    /// The vSwitch.
    pub fn v_switch(&self) -> Option<&VSwitchId> {
        match self {
            Network::Vpc { v_switch, .. } => Some(v_switch),
            Network::Classic { .. } => None,
        }
    }
}

/// An interface of an instance that is not its primary one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachedInterface {
    /// The interface.
    pub id: NetworkInterfaceId,
    /// Its MAC address.
    pub mac: String,
    /// Its primary private address.
    pub address: Ipv4Addr,
    /// Its other private addresses.
    pub more_addresses: Vec<Ipv4Addr>,
    /// Its IPv6 addresses.
    pub ipv6: Vec<Ipv6Addr>,
}

/// The access of an instance to the public network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Internet {
    /// `PayByTraffic` or `PayByBandwidth`.
    pub charge_type: String,
    /// Mbit/s out.
    pub max_bandwidth_out: i64,
    /// Mbit/s in.
    pub max_bandwidth_in: i64,
    /// Its public address, if it has one.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub address: Option<Ipv4Addr>,
}

impl Record for Instance {
    const TABLE: Table = Table { id: 120, name: "instance" };
    fn key(&self) -> Key {
        Instance::key_of(&self.account, &self.id)
    }
    fn lane(&self) -> Lane {
        self.account.lane()
    }
    fn counted_in(&self) -> Option<Key> {
        Some(self.scope())
    }
    fn counted_beside(&self) -> Vec<Key> {
        let mut scopes: Vec<Key> =
            self.security_groups.iter().map(|group| Instance::group_scope(&self.account, group)).collect();
        if let Network::Vpc { vpc, .. } = &self.network {
            scopes.push(Instance::vpc_scope(&self.account, vpc));
        }
        scopes.extend(self.hpc_cluster.iter().map(|cluster| Instance::hpc_scope(&self.account, cluster)));
        if self.payment.charge_type == POST_PAID {
            scopes.push(Instance::post_paid_scope(&self.account, &self.region));
        }
        if let Some(code) = &self.product_code {
            scopes.push(Instance::product_scope(&self.account, code));
        }
        if self.status == Status::Pending {
            scopes.push(Instance::pending_scope(&self.account));
        }
        scopes
    }
    fn index(&self) -> Vec<IndexRow> {
        let own = |index, key: Key| IndexRow { index, key };
        let account = || Key::new().text(&self.account);
        let mut rows = vec![self.listed()];
        rows.push(own(BY_IMAGE, account().text(&self.region).text(&self.image)));
        rows.extend(self.security_groups.iter().map(|group| own(BY_SECURITY_GROUP, account().text(group))));
        if let Network::Vpc { vpc, v_switch, .. } = &self.network {
            rows.push(own(BY_VPC, account().text(vpc)));
            rows.push(own(BY_V_SWITCH, account().text(v_switch)));
        }
        if self.payment.spot_price_limit.is_some() {
            rows.push(own(BY_SPOT, Key::new().text(&self.zone).text(&self.instance_type)));
        }
        let tagged = |tag: &Tag| account().text(&self.region).text(&tag.key).text(&tag.value);
        rows.extend(self.tags.iter().map(|tag| own(BY_TAG, tagged(tag))));
        rows.extend(
            self.key_pair.iter().map(|name| own(BY_KEY_PAIR, account().text(&self.region).text(name))),
        );
        rows
    }
    fn due(&self) -> Option<i64> {
        self.next_change_ms()
    }
}

impl Listed for Instance {
    fn scope(&self) -> Key {
        Instance::scope_of(&self.account, &self.region)
    }
    fn created_ms(&self) -> i64 {
        self.created_ms
    }
}

impl Instance {
    /// The primary key of an instance.
    pub fn key_of(account: &AccountId, id: &InstanceId) -> Key {
        Key::new().text(account).text(id)
    }

    /// Where the instances of an account in a region are listed and counted.
    pub fn scope_of(account: &AccountId, region: &RegionId) -> Key {
        Key::new().text(account).text(region)
    }

    /// Where the instances of a VPC are counted.
    pub fn vpc_scope(account: &AccountId, vpc: &VpcId) -> Key {
        Key::new().text("vpc").text(account).text(vpc)
    }

    /// Where the members of a security group are counted.
    pub fn group_scope(account: &AccountId, group: &SecurityGroupId) -> Key {
        Key::new().text("group").text(account).text(group)
    }

    /// Where the instances of an HPC cluster are counted.
    pub fn hpc_scope(account: &AccountId, cluster: &HpcClusterId) -> Key {
        Key::new().text("hpc").text(account).text(cluster)
    }

    /// Where the PostPaid instances of an account in a region are counted.
    pub fn post_paid_scope(account: &AccountId, region: &RegionId) -> Key {
        Key::new().text("post-paid").text(account).text(region)
    }

    /// Where the instances of an account that use a product of the marketplace are counted.
    pub fn product_scope(account: &AccountId, code: &str) -> Key {
        Key::new().text("product").text(account).text(code)
    }

    /// Where the instances of an account that are under creation are counted.
    pub fn pending_scope(account: &AccountId) -> Key {
        Key::new().text("pending").text(account)
    }

    /// What is only stored and shown under this name of a request; empty if there is nothing.
    pub fn text(&self, name: &str) -> &str {
        self.shown.get(name).map_or("", String::as_str)
    }

    /// The built-in image that its system comes from, or the only one that is known.
    pub fn system_image(&self) -> &ImageId {
        self.base_image.as_ref().unwrap_or(&self.image)
    }

    /// Has its system come from an image.
    pub fn take_system(&mut self, base: ImageId, guest: Guest) {
        self.guest = Some(guest).filter(|guest| Guest::built_in(&base).as_ref() != Some(guest));
        self.base_image = Some(base);
    }

    /// Its system; None when nobody knows.
    pub fn system(&self) -> Option<Guest> {
        self.guest.clone().or_else(|| Guest::built_in(self.system_image()))
    }

    /// The kind of its system.
    pub fn os_type(&self) -> OsType {
        self.system().map_or(OsType::Linux, |guest| guest.os_type)
    }

    /// How long a status lasts before the next one of a transition begins.
    fn lasts_ms(status: Status, cx: &Cx<'_>) -> Result<i64, Fault> {
        let latency = Fact::limits(&cx.tx)?.latency;
        let ms = match status {
            Status::Pending => latency.instance_pending_ms,
            Status::Starting => latency.instance_start_ms,
            Status::Stopping => latency.instance_stop_ms,
            Status::Running | Status::Stopped => 0,
        };
        Ok(i64::try_from(ms).unwrap_or(i64::MAX))
    }

    /// Takes the first of these statuses now and the others one after another as the clock goes on.
    ///
    /// # Panics
    ///
    /// When there are none.
    pub fn go_through(&mut self, statuses: &[Status], cx: &Cx<'_>) -> Result<(), Fault> {
        let (first, rest) = statuses.split_first().expect("a transition has a first status");
        self.status = *first;
        if *first == Status::Running {
            self.started_ms = Some(cx.now_ms());
            self.has_moved = false;
        }
        self.next = match rest {
            [] => None,
            _ => Some(Next { at_ms: cx.now_ms() + Instance::lasts_ms(*first, cx)?, statuses: rest.to_vec() }),
        };
        Ok(())
    }
}

impl Cx<'_> {
    /// The caller's instance of this id, in the region of the call if it names one.
    pub fn find_instance(&self, id: &InstanceId) -> Result<Option<Instance>, Fault> {
        let found = self.find::<Instance>(&Instance::key_of(self.account(), id))?;
        Ok(self.in_region(found, |instance| &instance.region))
    }

    /// The same, refused when there is none.
    pub fn instance(&self, id: &InstanceId) -> Result<Instance, ApiError> {
        self.find_instance(id)?.ok_or_else(|| InstanceNotFound.about("InstanceId"))
    }
}
