//! Which resources a request is about, in the words of policies.
//!
//! They follow from the names of the parameters: `InstanceId`, `InstanceId.1` and `InstanceIds` name instances in every
//! action. An action that reads is about things of its own kind alone, for other names are filters there. An action that
//! makes something, or names nothing, is about its kind as a whole, such as `instance/*`; one without a kind about `*`.

use moyun_store::Fault;
use moyun_wire::params::Params;

use crate::cx::Cx;
use crate::ecs::disk::record::Disk;
use crate::ecs::instance::record::Instance;
use crate::ecs::network_interface::record::NetworkInterface;
use crate::ecs::security_group::record::SecurityGroup;
use crate::ecs::snapshot::record::Snapshot;
use crate::ids::RegionId;
use crate::param::{JsonList, Param};
use crate::ram::policy::system;
use crate::spec::{ActionSpec, Mode, Product};
use crate::vpc::vpc::record::Vpc;
use crate::vpc::vswitch::record::VSwitch;

/// A kind of resource: the product it belongs to and its word in policies.
type Kind = (&'static str, &'static str);

/// Parameters that name resources: alone, with commas between them, as a list `Name.N`, or as a JSON array.
const PARAMETERS: &[(&str, Kind)] = &[
    ("InstanceId", ("ecs", "instance")),
    ("InstanceIds", ("ecs", "instance")),
    ("DiskId", ("ecs", "disk")),
    ("DiskIds", ("ecs", "disk")),
    ("SnapshotId", ("ecs", "snapshot")),
    ("SnapshotIds", ("ecs", "snapshot")),
    ("ImageId", ("ecs", "image")),
    ("SecurityGroupId", ("ecs", "securitygroup")),
    ("SecurityGroupIds", ("ecs", "securitygroup")),
    ("KeyPairName", ("ecs", "keypair")),
    ("KeyPairNames", ("ecs", "keypair")),
    ("NetworkInterfaceId", ("ecs", "eni")),
    ("HpcClusterId", ("ecs", "hpc")),
    ("VpcId", ("vpc", "vpc")),
    ("VSwitchId", ("vpc", "vswitch")),
    ("RouteTableId", ("vpc", "routetable")),
    ("AllocationId", ("vpc", "eip")),
    ("UserName", ("ram", "user")),
    ("GroupName", ("ram", "group")),
    ("RoleName", ("ram", "role")),
    ("PolicyName", ("ram", "policy")),
];

/// Words in the names of actions that tell their kind; the first that occurs counts.
const KINDS: &[(&str, Option<Kind>)] = &[
    ("InstanceType", None),
    ("NetworkInterface", Some(("ecs", "eni"))),
    ("SecurityGroup", Some(("ecs", "securitygroup"))),
    ("KeyPair", Some(("ecs", "keypair"))),
    ("Snapshot", Some(("ecs", "snapshot"))),
    ("Image", Some(("ecs", "image"))),
    ("Disk", Some(("ecs", "disk"))),
    ("HpcCluster", Some(("ecs", "hpc"))),
    ("Instance", Some(("ecs", "instance"))),
    ("UserData", Some(("ecs", "instance"))),
    ("VSwitch", Some(("vpc", "vswitch"))),
    ("Vpc", Some(("vpc", "vpc"))),
    ("Route", Some(("vpc", "routetable"))),
    ("Eip", Some(("vpc", "eip"))),
];

/// The same for RAM, where many words share a name: what follows `For` decides.
const RAM_KINDS: &[(&str, Option<Kind>)] = &[
    ("PasswordPolicy", None),
    ("LoginProfile", Some(("ram", "user"))),
    ("VirtualMFADevice", Some(("ram", "mfa"))),
    ("AccessKey", Some(("ram", "user"))),
    ("User", Some(("ram", "user"))),
    ("Group", Some(("ram", "group"))),
    ("Role", Some(("ram", "role"))),
    ("Polic", Some(("ram", "policy"))),
];

/// Beginnings of the names of actions that make something.
const MAKING: [&str; 5] = ["Create", "Run", "Allocate", "Import", "Copy"];

/// A resource that a request is about.
pub(super) struct Target {
    /// As policies name it.
    pub(super) resource: String,
    /// Whether the request names it or should, so that it may turn out not to exist.
    pub(super) may_be_missing: bool,
}

/// The resources that a request is about; at least one.
pub(super) fn resources_of(spec: &ActionSpec, params: &Params, cx: &Cx<'_>) -> Result<Vec<Target>, Fault> {
    let target = |resource| Target { resource, may_be_missing: false };
    if let Some(role) = params.given("RoleArn").filter(|_| spec.product == Product::Sts) {
        // Roles of other accounts are nobody's business: whether they exist is not told before the refusal.
        return Ok(vec![target(role.replacen("acs:ram::", "acs:ram:*:", 1))]);
    }
    let own = kind_of(spec);
    let whole = |kind: Kind| resource(cx, kind, "*", cx.region.as_ref());
    if spec.creates_instances {
        return Ok(own.map(whole).map(target).into_iter().collect());
    }
    let mut resources = vec![];
    for (kind, id) in tagged(spec, params).into_iter().chain(named(params)) {
        let is_meant = spec.mode == Mode::Write || own == Some(kind);
        let is_new = own == Some(kind) && makes(spec);
        if is_meant && !is_new {
            let region = region_of(cx, kind, &id)?;
            let policy = resource_of_policy(params, kind, &id);
            let resource = policy.unwrap_or_else(|| resource(cx, kind, &id, region.as_ref()));
            resources.push(Target { resource, may_be_missing: true });
        }
    }
    if makes(spec) || resources.is_empty() {
        let may_be_missing = spec.mode == Mode::Write && !makes(spec);
        resources.push(Target { resource: own.map_or_else(|| "*".to_owned(), whole), may_be_missing });
    }
    Ok(resources)
}

/// A resource as policies name it; what has no region of its own lies in `*`.
fn resource(cx: &Cx<'_>, (product, word): Kind, id: &str, region: Option<&RegionId>) -> String {
    let region = region.filter(|_| product != "ram").map_or("*", RegionId::as_str);
    format!("acs:{product}:{region}:{}:{word}/{id}", cx.account())
}

/// Policies of the system belong to no account.
fn resource_of_policy(params: &Params, kind: Kind, id: &str) -> Option<String> {
    let is_system = params.given("PolicyType").map_or(system::find(id).is_some(), |kind| kind == "System");
    (kind == ("ram", "policy") && is_system).then(|| format!("acs:ram:*:system:policy/{id}"))
}

impl Cx<'_> {
    /// What policies call a resource in the region of the call, such as
    /// `acs:ecs:cn-hangzhou:1000000000000001:securitygroup/sg-1`.
    pub fn arn(&self, product: &'static str, word: &'static str, id: &str) -> String {
        resource(self, (product, word), id, self.region.as_ref())
    }
}

fn makes(spec: &ActionSpec) -> bool {
    // A key, a login, a version or an address belongs to something that is there already.
    let belongs = ["AccessKey", "LoginProfile", "PolicyVersion", "PublicIpAddress"]
        .iter()
        .any(|word| spec.name.ends_with(word));
    MAKING.iter().any(|word| spec.name.starts_with(word)) && !belongs
}

fn kind_of(spec: &ActionSpec) -> Option<Kind> {
    let (kinds, name) = match spec.product {
        Product::Ram => (RAM_KINDS, spec.name.split_once("For").map_or(spec.name, |(_, whom)| whom)),
        Product::Ecs | Product::Vpc => (KINDS, spec.name),
        Product::Sts | Product::Location => return None,
    };
    kinds.iter().find(|(word, _)| name.contains(word)).and_then(|(_, kind)| *kind)
}

/// What the parameters name, in the order of the table.
fn named(params: &Params) -> Vec<(Kind, String)> {
    let mut found = vec![];
    for (parameter, kind) in PARAMETERS {
        if let Some(text) = params.given(parameter) {
            match serde_json::from_str::<Vec<String>>(text) {
                Ok(ids) => found.extend(ids.into_iter().map(|id| (*kind, id))),
                // No name or identifier has a comma in it.
                Err(_) => found.extend(text.split(',').map(|id| (*kind, id.trim().to_owned()))),
            }
        }
        for n in params.indices(parameter) {
            found.extend(params.given(&format!("{parameter}.{n}")).map(|id| (*kind, id.to_owned())));
        }
    }
    found
}

/// What actions on tags name: a type and identifiers, or names in those of RAM.
fn tagged(spec: &ActionSpec, params: &Params) -> Vec<(Kind, String)> {
    let Some(wanted) = params.given("ResourceType") else { return vec![] };
    let wanted = wanted.to_ascii_lowercase();
    let of_product = |kind: &&(&str, Kind)| kind.1.0 == spec.product.ram_code() && kind.1.1 == wanted;
    let Some((_, kind)) = PARAMETERS.iter().find(of_product) else { return vec![] };
    let ids = params.indices("ResourceId").into_iter();
    let ids = ids.filter_map(|n| params.given(&format!("ResourceId.{n}"))).map(str::to_owned);
    let names = params.given("ResourceNames").and_then(JsonList::read);
    ids.chain(names.into_iter().flat_map(|names| names.0)).map(|id| (*kind, id)).collect()
}

/// The region of the call, or else that of the resource.
fn region_of(cx: &Cx<'_>, kind: Kind, id: &str) -> Result<Option<RegionId>, Fault> {
    if cx.region.is_some() {
        return Ok(cx.region.clone());
    }
    let account = cx.account();
    Ok(match kind {
        ("ecs", "instance") => {
            cx.find::<Instance>(&Instance::key_of(account, &id.into()))?.map(|it| it.region)
        }
        ("ecs", "disk") => cx.find::<Disk>(&Disk::key_of(account, &id.into()))?.map(|it| it.region),
        ("ecs", "snapshot") => {
            cx.find::<Snapshot>(&Snapshot::key_of(account, &id.into()))?.map(|it| it.region)
        }
        ("ecs", "securitygroup") => {
            cx.find::<SecurityGroup>(&SecurityGroup::key_of(account, &id.into()))?.map(|it| it.region)
        }
        ("ecs", "eni") => {
            cx.find::<NetworkInterface>(&NetworkInterface::key_of(account, &id.into()))?.map(|it| it.region)
        }
        ("vpc", "vpc") => cx.find::<Vpc>(&Vpc::key_of(account, &id.into()))?.map(|it| it.region),
        ("vpc", "vswitch") => cx.find::<VSwitch>(&VSwitch::key_of(account, &id.into()))?.map(|it| it.region),
        _ => None,
    })
}
