//! Identifiers: one type each, so that two of them never meet by mistake.

use std::fmt::{self, Display};

use moyun_store::Lane;
use moyun_wire::out::Out;
use moyun_wire::shape::{Kind, Value};
use serde::{Deserialize, Serialize};

use crate::param::Param;
use crate::spec::ParamKind;

/// The characters of the random part of an identifier.
pub const ALPHABET: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

impl AccountId {
    /// The lane in which everything of this account changes.
    pub fn lane(&self) -> Lane {
        Lane(self.0.clone())
    }
}

macro_rules! identifiers {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> $name {
                $name(text.to_owned())
            }
        }

        // Any text is read as an identifier; whether something has it is a question to the state.
        impl Param for $name {
            const KIND: ParamKind = ParamKind::Text;
            fn read(text: &str) -> Option<$name> {
                Some($name(text.to_owned()))
            }
        }

        impl Value for $name {
            const KIND: Kind = Kind::Text;
            fn write(&self, out: &mut Out) {
                out.text(&self.0);
            }
        }
    )*};
}

identifiers! {
    /// The uid of an account: 16 decimal digits.
    AccountId;
    /// A region, such as `cn-hangzhou`.
    RegionId;
    /// A zone, such as `cn-hangzhou-h`.
    ZoneId;
    /// An instance.
    InstanceId;
    /// A disk.
    DiskId;
    /// A snapshot.
    SnapshotId;
    /// An image, public or custom.
    ImageId;
    /// A security group.
    SecurityGroupId;
    /// A rule of a security group.
    SecurityGroupRuleId;
    /// A network interface.
    NetworkInterfaceId;
    /// A VPC.
    VpcId;
    /// A vSwitch.
    VSwitchId;
    /// A virtual router of a VPC.
    VRouterId;
    /// A route table.
    RouteTableId;
    /// A key pair's identifier; calls name key pairs by name.
    KeyPairId;
    /// An HPC cluster.
    HpcClusterId;
    /// A resource group.
    ResourceGroupId;
}
