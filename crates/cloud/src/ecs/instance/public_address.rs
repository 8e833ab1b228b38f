//! Public addresses that instances hold, each unique within the cloud.

use std::net::Ipv4Addr;

use moyun_store::{Fault, Key, Lane, Record, Table};
use rand_chacha::rand_core::Rng;
use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::ids::{AccountId, InstanceId};

/// The first address of 198.18.0.0/15, a block that RFC 2544 sets aside: nobody on the Internet has them.
const FIRST: u32 = u32::from_be_bytes([198, 18, 0, 0]);
/// How many addresses the block has.
const COUNT: u32 = 1 << 17;
/// Neighbours that are tried after the address that was drawn.
const TRIES: u32 = 4096;
/// How many lanes share the addresses, so that accounts wait for each other rarely.
const LANES: u32 = 16;

/// A public address in use.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PublicAddress {
    /// The address.
    pub address: Ipv4Addr,
    /// Whose it is.
    pub account: AccountId,
    /// The instance that has it.
    pub instance: InstanceId,
}

impl Record for PublicAddress {
    const TABLE: Table = Table { id: 122, name: "public_address" };
    fn key(&self) -> Key {
        PublicAddress::key_of(self.address)
    }
    fn lane(&self) -> Lane {
        Lane(format!("public-addresses-{}", u32::from(self.address) % LANES))
    }
}

impl PublicAddress {
    /// The primary key of an address in use.
    pub fn key_of(address: Ipv4Addr) -> Key {
        Key::new().u64(u64::from(u32::from(address)))
    }
}

impl Cx<'_> {
    /// Gives a public address that nobody has to an instance.
    pub fn take_public_address(&mut self, instance: &InstanceId) -> Result<Ipv4Addr, Fault> {
        let drawn = self.rng.next_u32();
        for step in 0..TRIES {
            let offset = drawn.wrapping_add(step) % COUNT;
            let address = Ipv4Addr::from(FIRST + offset);
            // The last part is never one that looks like a network or a broadcast address.
            if matches!(address.octets()[3], 0 | 255) || self.has_public_address(address)? {
                continue;
            }
            self.put(&PublicAddress {
                address,
                account: self.account().clone(),
                instance: instance.clone(),
            })?;
            return Ok(address);
        }
        Err(Fault::new("no public address is left"))
    }

    /// Gives a public address back.
    pub fn release_public_address(&mut self, address: Ipv4Addr) -> Result<(), Fault> {
        self.tx.delete::<PublicAddress>(&PublicAddress::key_of(address)).map(|_| ())
    }

    fn has_public_address(&self, address: Ipv4Addr) -> Result<bool, Fault> {
        Ok(self.find::<PublicAddress>(&PublicAddress::key_of(address))?.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_lane_guards_an_address_whoever_takes_it() {
        let taken_by = |account: &str| PublicAddress {
            address: Ipv4Addr::from(FIRST + 1),
            account: account.into(),
            instance: InstanceId::default(),
        };
        let lane = taken_by("1").lane();
        assert_eq!(taken_by("2").lane(), lane);
        assert_ne!(AccountId::from("1").lane(), lane);
    }
}
