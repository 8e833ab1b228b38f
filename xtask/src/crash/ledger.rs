//! What one client knows to be there, by the answers it got.

use std::collections::BTreeMap;

use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use crate::Outcome;
use crate::crash::draw;

/// Things of a client beyond which it rather deletes.
const THINGS_MAX: usize = 8;

/// What a client has, by id.
#[derive(Default)]
pub(super) struct Ledger {
    pub(super) instances: BTreeMap<String, Instance>,
    pub(super) disks: BTreeMap<String, Marks>,
    /// What its orders cost.
    pub(super) spent: f64,
}

/// An instance.
pub(super) struct Instance {
    pub(super) marks: Marks,
    pub(super) data_disks: usize,
    pub(super) is_public: bool,
    pub(super) is_ordered: bool,
}

/// What can be changed about anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) name: String,
    pub(super) tag: Option<String>,
}

/// A write.
#[derive(Clone, Debug)]
pub(super) enum Write {
    Run { token: String, amount: usize, data_disks: usize, is_public: bool, is_ordered: bool },
    CreateDisk { token: String },
    Rename { kind: Kind, id: String, name: String },
    Tag { kind: Kind, id: String, value: String },
    Delete { kind: Kind, id: String },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Instance,
    Disk,
}

impl Kind {
    /// Its name in actions and parameters.
    fn name(self) -> &'static str {
        match self {
            Kind::Instance => "Instance",
            Kind::Disk => "Disk",
        }
    }
}

impl Write {
    /// The action and its query; `place` says where instances go.
    pub(super) fn call(&self, place: &str) -> (String, String) {
        match self {
            Write::Run { token, amount, data_disks, is_public, is_ordered } => {
                let mut query = format!("{place}&Amount={amount}&ClientToken={token}&InstanceName={token}");
                for number in 1..=*data_disks {
                    query +=
                        &format!("&DataDisk.{number}.Size=20&DataDisk.{number}.Category=cloud_efficiency");
                }
                if *is_public {
                    query += "&InternetMaxBandwidthOut=1";
                }
                if *is_ordered {
                    query += "&InstanceChargeType=PrePaid&Period=1&PeriodUnit=Month";
                }
                ("RunInstances".to_owned(), query)
            }
            Write::CreateDisk { token } => {
                let disk = "ZoneId=cn-hangzhou-h&DiskCategory=cloud_efficiency&Size=20";
                ("CreateDisk".to_owned(), format!("{disk}&ClientToken={token}&DiskName={token}"))
            }
            Write::Rename { kind, id, name } => {
                let kind = kind.name();
                (format!("Modify{kind}Attribute"), format!("{kind}Id={id}&{kind}Name={name}"))
            }
            Write::Tag { kind, id, value } => {
                let kind = kind.name().to_lowercase();
                let query =
                    format!("ResourceType={kind}&ResourceId.1={id}&Tag.1.Key=mark&Tag.1.Value={value}");
                ("TagResources".to_owned(), query)
            }
            Write::Delete { kind, id } => {
                let kind = kind.name();
                let force = if kind == "Instance" { "&Force=true" } else { "" };
                (format!("Delete{kind}"), format!("{kind}Id={id}{force}"))
            }
        }
    }

    /// Whether a token guards it.
    pub(super) fn is_creation(&self) -> bool {
        matches!(self, Write::Run { .. } | Write::CreateDisk { .. })
    }

    /// The ids that its reply names.
    pub(super) fn made(reply: &Value) -> Vec<String> {
        let instances = reply["InstanceIdSets"]["InstanceIdSet"].as_array().into_iter().flatten();
        let ids = instances.chain([&reply["DiskId"]]).filter_map(Value::as_str);
        ids.map(str::to_owned).collect()
    }
}

impl Ledger {
    /// What to do next; `word` is new each time.
    pub(super) fn next(&self, rng: &mut ChaCha8Rng, word: String) -> Write {
        let ordered = self.instances.values().filter(|instance| instance.is_ordered).count();
        let deletable = self.instances.iter().filter(|(_, instance)| !instance.is_ordered).map(|(id, _)| id);
        let deletable = deletable.map(|id| (Kind::Instance, id));
        let disks = self.disks.keys().map(|id| (Kind::Disk, id));
        let mut things: Vec<_> = deletable.chain(disks).collect();
        let decision = draw(rng, 8);
        if things.is_empty() || (decision < 3 && things.len() < THINGS_MAX) {
            return match draw(rng, 3) {
                0 => Write::CreateDisk { token: word },
                _ => Write::Run {
                    token: word,
                    amount: 1 + draw(rng, 3),
                    data_disks: draw(rng, 3),
                    is_public: draw(rng, 2) == 0,
                    is_ordered: ordered < THINGS_MAX && draw(rng, 8) == 0,
                },
            };
        }
        let (kind, id) = things.swap_remove(draw(rng, things.len()));
        let id = id.clone();
        match decision {
            0..4 => Write::Delete { kind, id },
            4..6 => Write::Tag { kind, id, value: word },
            _ => Write::Rename { kind, id, name: word },
        }
    }

    /// Notes what was answered with 200.
    pub(super) fn note(&mut self, write: &Write, reply: &Value) -> Outcome {
        let made = Write::made(reply);
        match write {
            Write::Run { token, amount, data_disks, is_public, is_ordered } => {
                if made.len() != *amount {
                    return Err(format!("{write:?} makes {made:?}"));
                }
                if *is_ordered {
                    self.spent += reply["TradePrice"].as_f64().ok_or("an order without a price")?;
                }
                for id in made {
                    let marks = Marks { name: token.clone(), tag: None };
                    let (data_disks, is_public, is_ordered) = (*data_disks, *is_public, *is_ordered);
                    self.instances.insert(id, Instance { marks, data_disks, is_public, is_ordered });
                }
            }
            Write::CreateDisk { token } => {
                let [id] = made.try_into().map_err(|made| format!("{write:?} makes {made:?}"))?;
                self.disks.insert(id, Marks { name: token.clone(), tag: None });
            }
            Write::Rename { kind, id, name } => {
                if let Some(marks) = self.marks(*kind, id) {
                    marks.name.clone_from(name);
                }
            }
            Write::Tag { kind, id, value } => {
                if let Some(marks) = self.marks(*kind, id) {
                    marks.tag = Some(value.clone());
                }
            }
            Write::Delete { kind: Kind::Instance, id } => drop(self.instances.remove(id)),
            Write::Delete { kind: Kind::Disk, id } => drop(self.disks.remove(id)),
        }
        Ok(())
    }

    fn marks(&mut self, kind: Kind, id: &str) -> Option<&mut Marks> {
        match kind {
            Kind::Instance => self.instances.get_mut(id).map(|instance| &mut instance.marks),
            Kind::Disk => self.disks.get_mut(id),
        }
    }
}

#[cfg(test)]
mod tests {
    use rand_chacha::rand_core::SeedableRng;
    use serde_json::json;

    use super::*;

    #[test]
    fn the_same_seed_decides_the_same() {
        let decide = |seed| {
            let (mut rng, mut ledger) = (ChaCha8Rng::seed_from_u64(seed), Ledger::default());
            let mut write = |number| {
                let write = ledger.next(&mut rng, format!("w{number}"));
                let ids: Vec<String> = (0..3).map(|id| format!("i-{number}-{id}")).collect();
                let reply = match &write {
                    Write::Run { amount, .. } => {
                        json!({ "TradePrice": 1.0, "InstanceIdSets": { "InstanceIdSet": ids[..*amount] } })
                    }
                    _ => json!({ "DiskId": ids[0] }),
                };
                ledger.note(&write, &reply).unwrap();
                format!("{write:?}")
            };
            (0..100).map(&mut write).collect::<Vec<_>>()
        };
        assert_eq!(decide(1), decide(1));
        assert_ne!(decide(1), decide(2));
    }

    #[test]
    fn half_of_what_was_ordered_is_not_accepted() {
        let write = Write::Run {
            token: "w".to_owned(),
            amount: 2,
            data_disks: 0,
            is_public: false,
            is_ordered: false,
        };
        let mut ledger = Ledger::default();
        let answered = |ids: &[&str]| json!({ "InstanceIdSets": { "InstanceIdSet": ids } });
        assert!(ledger.note(&write, &answered(&["i-1"])).is_err());
        assert!(ledger.instances.is_empty());
        assert_eq!(ledger.note(&write, &answered(&["i-1", "i-2"])), Ok(()));
        assert_eq!(ledger.instances.len(), 2);
    }
}
