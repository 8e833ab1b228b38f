//! Whether what the API tells is what the ledgers say, no more and no less.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;

use serde_json::{Value, json};

use crate::Outcome;
use crate::crash::client::Client;
use crate::crash::cloud::{Address, Addresses};
use crate::crash::ledger::Marks;
use crate::server::api::{Api, ECS, VPC, ask_admin, patch};
use crate::server::requests::Key;

const STOCK: &str = "/admin/world/zones/cn-hangzhou-h/stock";
const INSTANCE_TYPE: &str = "ecs.g5.large";
const UNITS: usize = 1_000_000;
const BALANCE: f64 = 10_000_000.0;

/// How many hundreds of instances an account has at most that is there beforehand: its vSwitch has no more addresses.
const HUNDREDS_MAX: usize = 600;

/// How many things a page lists.
const PAGE: usize = 100;

/// An account with a network.
pub(super) struct Account {
    pub(super) key: Key,
    /// What says where its instances go.
    pub(super) place: String,
    uid: String,
    v_switch: String,
    /// Addresses of the vSwitch while nobody has any.
    addresses: u64,
}

impl Account {
    /// Makes one that may own much, in a world that has as much as ever in stock.
    pub(super) async fn open(server: &Address) -> Outcome<Account> {
        patch(server.admin, STOCK, &json!({ INSTANCE_TYPE: UNITS })).await?;
        let soon = json!({ "instance_pending_ms": 20, "instance_start_ms": 20, "vswitch_pending_ms": 0 });
        patch(server.admin, "/admin/world/limits/latency", &soon).await?;
        let account = ask_admin(server.admin, "POST", "/admin/accounts", "").await?;
        let told = |name: &str| {
            let told = account[name].as_str().map(str::to_owned);
            told.ok_or_else(|| format!("a new account has no {name}: {account}"))
        };
        let key = Key { id: told("access_key_id")?, secret: told("access_key_secret")? };
        let uid = told("uid")?;
        let path = format!("/admin/world/accounts/{uid}");
        patch(server.admin, &path, &json!({ "billing": { "balance": BALANCE } })).await?;
        let mut api = Api::open(server.api, key.clone()).await?;
        let vpc = api.make(VPC, "CreateVpc", "CidrBlock=10.0.0.0%2F8", "VpcId").await?;
        api.wait_for(VPC, "DescribeVpcs", &format!("VpcId={vpc}"), "/Vpcs/Vpc/0/Status").await?;
        let query = format!("VpcId={vpc}&ZoneId=cn-hangzhou-h&CidrBlock=10.0.0.0%2F16");
        let v_switch = api.make(VPC, "CreateVSwitch", &query, "VSwitchId").await?;
        let query = format!("VSwitchId={v_switch}");
        api.wait_for(VPC, "DescribeVSwitches", &query, "/VSwitches/VSwitch/0/Status").await?;
        let group = api.make(ECS, "CreateSecurityGroup", &format!("VpcId={vpc}"), "SecurityGroupId").await?;
        let place = format!(
            "ImageId=centos_7_9_x64_20G_alibase_20230815.vhd&InstanceType={INSTANCE_TYPE}\
             &SystemDisk.Category=cloud_efficiency&VSwitchId={v_switch}&SecurityGroupId={group}"
        );
        let mut account = Account { key, place, uid, v_switch, addresses: 0 };
        account.addresses = account.free_addresses(&mut api).await?;
        account.set_quotas(server.admin, UNITS).await?;
        Ok(account)
    }

    async fn free_addresses(&self, api: &mut Api) -> Outcome<u64> {
        let query = format!("VSwitchId={}", self.v_switch);
        let reply = api.send(VPC, "DescribeVSwitches", &query).await?;
        let free = reply["VSwitches"]["VSwitch"][0]["AvailableIpAddressCount"].as_u64();
        free.ok_or_else(|| format!("how many addresses are free is not told: {reply}"))
    }

    async fn balance(&self, admin: SocketAddr) -> Outcome<f64> {
        let path = format!("/admin/world/accounts/{}/billing/balance", self.uid);
        let balance = ask_admin(admin, "GET", &path, "").await?;
        let told = balance.as_f64().or_else(|| balance.as_str()?.parse().ok());
        told.ok_or_else(|| format!("the balance is {balance}"))
    }

    async fn set_quotas(&self, admin: SocketAddr, postpaid: usize) -> Outcome {
        let quotas = json!({ "quotas": {
            "postpaid_instances": postpaid,
            "instances_per_vpc": UNITS,
            "instances_per_security_group": UNITS,
            "portable_cloud_disks": UNITS,
            "concurrent_instance_creations": 0,
        }});
        patch(admin, &format!("/admin/world/accounts/{}", self.uid), &quotas).await
    }

    /// Compares all that the account has with the ledgers of its clients.
    async fn check(&self, server: &Address, clients: &[&Client]) -> Outcome {
        let mut api = Api::open(server.api, self.key.clone()).await?;
        self.check_instances(&mut api, clients).await?;
        check_disks(&mut api, clients).await?;
        let instances = clients.iter().flat_map(|client| client.ledger.instances.values());
        let (ordered, by_the_hour): (Vec<_>, Vec<_>) = instances.partition(|instance| instance.is_ordered);
        let free = self.free_addresses(&mut api).await?;
        let wanted = self.addresses - (ordered.len() + by_the_hour.len()) as u64;
        same("free addresses", &free, &wanted)?;
        let spent: f64 = clients.iter().map(|client| client.ledger.spent).sum();
        let balance = self.balance(server.admin).await?;
        if (BALANCE - spent - balance).abs() > 0.005 {
            return Err(format!("the balance is {balance}, and {spent} of {BALANCE} was spent"));
        }
        self.check_quota(server, by_the_hour.len()).await
    }

    async fn check_instances(&self, api: &mut Api, clients: &[&Client]) -> Outcome {
        let (mut found, mut private, mut public) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        for instance in all(api, "DescribeInstances", "Instances", "Instance").await? {
            let addresses = strings(&instance["VpcAttributes"]["PrivateIpAddress"]["IpAddress"]);
            let outside = strings(&instance["PublicIpAddress"]["IpAddress"]);
            if addresses.len() != 1 || addresses.into_iter().any(|address| !private.insert(address)) {
                return Err(format!("an instance without an address of its own: {instance}"));
            }
            let is_public = !outside.is_empty();
            if outside.into_iter().any(|address| !public.insert(address)) {
                return Err(format!("a public address is given twice: {instance}"));
            }
            found.insert(string(&instance["InstanceId"]), (marks(&instance, "InstanceName"), is_public));
        }
        let wanted = clients.iter().flat_map(|client| &client.ledger.instances);
        let wanted = wanted.map(|(id, instance)| (id.clone(), (instance.marks.clone(), instance.is_public)));
        same("instances", &found, &wanted.collect())
    }

    /// One more is within the quota and two more are not: so what counts against it is what is there.
    async fn check_quota(&self, server: &Address, postpaid: usize) -> Outcome {
        self.set_quotas(server.admin, postpaid + 1).await?;
        let mut api = Api::open(server.api, self.key.clone()).await?;
        for (amount, code) in [(1, "DryRunOperation"), (2, "QuotaExceed.AfterpayInstance")] {
            let query = format!("{}&DryRun=true&Amount={amount}", self.place);
            match api.send(ECS, "RunInstances", &query).await {
                Err(refusal) if refusal.contains(&format!("\"{code}\"")) => {}
                other => {
                    return Err(format!("{amount} more instances than {postpaid}: {other:?}, not {code}"));
                }
            }
        }
        self.set_quotas(server.admin, UNITS).await
    }
}

/// Makes accounts that have so many hundreds of instances together.
pub(super) async fn fill(server: &Address, hundreds: usize) -> Outcome {
    for done in (0..hundreds).step_by(HUNDREDS_MAX) {
        let account = Account::open(server).await?;
        let mut api = Api::open(server.api, account.key.clone()).await?;
        for _ in done..hundreds.min(done + HUNDREDS_MAX) {
            api.send(ECS, "RunInstances", &format!("{}&Amount=100", account.place)).await?;
        }
    }
    Ok(())
}

/// Compares everything, as one of the servers tells it, with the ledgers.
pub(super) async fn check(
    servers: &Addresses,
    accounts: &[std::sync::Arc<Account>],
    clients: &[Client],
) -> Outcome {
    for (account, server) in accounts.iter().zip(servers.iter().cycle()) {
        let its = clients.iter().filter(|client| std::sync::Arc::ptr_eq(&client.account, account));
        account.check(server, &its.collect::<Vec<_>>()).await?;
    }
    let sold: usize = clients.iter().map(|client| client.ledger.instances.len()).sum();
    let stock = ask_admin(servers[0].admin, "GET", STOCK, "").await?;
    same("stock", &stock[INSTANCE_TYPE], &json!(UNITS - sold))
}

async fn check_disks(api: &mut Api, clients: &[&Client]) -> Outcome {
    // Of each instance how many disks of which kind, and the disks that are nobody's.
    let (mut of_instances, mut free) = (BTreeMap::new(), BTreeMap::new());
    for disk in all(api, "DescribeDisks", "Disks", "Disk").await? {
        match disk["InstanceId"].as_str() {
            None | Some("") => drop(free.insert(string(&disk["DiskId"]), marks(&disk, "DiskName"))),
            Some(instance) => {
                *of_instances.entry((instance.to_owned(), string(&disk["Type"]))).or_insert(0) += 1;
            }
        }
    }
    let mut wanted = BTreeMap::new();
    for (id, instance) in clients.iter().flat_map(|client| &client.ledger.instances) {
        wanted.insert((id.clone(), "system".to_owned()), 1);
        if instance.data_disks > 0 {
            wanted.insert((id.clone(), "data".to_owned()), instance.data_disks);
        }
    }
    same("disks of instances", &of_instances, &wanted)?;
    let disks = clients.iter().flat_map(|client| client.ledger.disks.clone());
    same("free disks", &free, &disks.collect())
}

/// All things that an action lists, page by page.
async fn all(api: &mut Api, action: &str, list: &str, item: &str) -> Outcome<Vec<Value>> {
    let mut things = vec![];
    loop {
        let page = things.len() / PAGE + 1;
        let reply = api.send(ECS, action, &format!("PageSize={PAGE}&PageNumber={page}")).await?;
        let listed = reply[list][item].as_array().cloned().unwrap_or_default();
        let is_last = listed.len() < PAGE;
        things.extend(listed);
        if is_last {
            return same("TotalCount", &reply["TotalCount"], &json!(things.len())).map(|()| things);
        }
    }
}

fn marks(thing: &Value, name: &str) -> Marks {
    let tags = thing["Tags"]["Tag"].as_array();
    let tag = tags.and_then(|tags| tags.first()).and_then(|tag| tag["TagValue"].as_str());
    Marks { name: string(&thing[name]), tag: tag.map(str::to_owned) }
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn strings(values: &Value) -> Vec<String> {
    let values = values.as_array().into_iter().flatten();
    values.filter_map(Value::as_str).filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, wanted: &T) -> Outcome {
    if found == wanted {
        return Ok(());
    }
    Err(format!("{what}: the cloud tells {found:?}, and was told {wanted:?}"))
}
