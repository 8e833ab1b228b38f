//! The end of an instance: everything that its creation took comes back.

use moyun_store::Fault;

use crate::catalog::zones::{Stock, ZoneFacts};
use crate::cx::Cx;
use crate::ecs::disk::record::DiskStatus;
use crate::ecs::instance::record::{Instance, Network, POST_PAID};
use crate::ecs::network_interface::record::InterfaceStatus;
use crate::ids::ZoneId;
use crate::world::Fact;

impl Cx<'_> {
    /// Removes an instance of the caller, its disks and interfaces as they were told to go, and gives back what it occupied.
    ///
    /// What is counted over living instances (quotas, licences, members of groups) is free by that alone.
    pub fn release(&mut self, instance: &Instance) -> Result<(), Fault> {
        for mut disk in self.disks_of(&instance.id)? {
            if disk.delete_with_instance || !disk.portable {
                self.delete(&disk)?;
                continue;
            }
            disk.attachment = None;
            disk.settles_ms = None;
            disk.detached_ms = Some(self.now_ms());
            disk.status = DiskStatus::Available;
            // A disk outlives the subscription it was bought with.
            disk.charge_type = POST_PAID.to_owned();
            self.put(&disk)?;
        }
        for mut interface in self.more_interfaces_of(instance)? {
            if interface.delete_on_release {
                self.release_interface(&interface)?;
                continue;
            }
            interface.attachment = None;
            interface.settles_ms = None;
            interface.status = InterfaceStatus::Available;
            self.put(&interface)?;
        }
        if let Network::Vpc { v_switch, address, .. } = &instance.network {
            self.release_address(v_switch, *address)?;
        }
        if let Some(address) = instance.internet.address {
            self.release_public_address(address)?;
        }
        if instance.holds_stock() {
            self.return_stock(&instance.zone, &instance.instance_type, 1)?;
        }
        self.delete(instance)
    }

    /// Takes units of a type from a zone; false, and nothing taken, when there are too few.
    pub fn take_stock(&mut self, zone: &ZoneId, instance_type: &str, units: u64) -> Result<bool, Fault> {
        self.move_stock(zone, instance_type, |left| left.checked_sub(units))
    }

    /// Gives units of a type back to a zone.
    pub fn return_stock(&mut self, zone: &ZoneId, instance_type: &str, units: u64) -> Result<(), Fault> {
        self.move_stock(zone, instance_type, |left| Some(left.saturating_add(units))).map(|_| ())
    }

    /// Changes the units left of a type; what never runs out is not counted.
    fn move_stock(
        &mut self,
        zone: &ZoneId,
        instance_type: &str,
        change: impl FnOnce(u64) -> Option<u64>,
    ) -> Result<bool, Fault> {
        let Some(mut facts) = Fact::of_zone(&self.tx, zone)? else { return Ok(true) };
        let Stock::Units(left) = facts.stock_of(instance_type) else { return Ok(true) };
        let Some(left) = change(left) else { return Ok(false) };
        facts.stock.insert(instance_type.to_owned(), Stock::Units(left));
        self.put::<Fact<ZoneFacts>>(&Fact { name: zone.to_string(), facts })?;
        Ok(true)
    }
}
