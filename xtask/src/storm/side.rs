//! One cloud over one engine, to which steps happen.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};

use moyun_cloud::call::{Answer, Call};
use moyun_cloud::cloud::Cloud;
use moyun_cloud::story::{ENDPOINT, REQUEST_ID, Story};
use moyun_cloud::world::{DEFAULT_ACCOUNT, PatchError};
use moyun_store::Engine;
use moyun_wire::params::Params;
use serde_json::{Value, json};

use super::known::Known;
use super::step::{OTHER_ACCOUNT, Request, Step};
use super::watched::Watched;
use crate::{Outcome, panics};

/// A cloud that a storm goes over.
pub(super) struct Side {
    pub(super) name: &'static str,
    story: Story,
    writes: Arc<AtomicU64>,
}

/// What came of a step.
pub(super) enum Came {
    /// The answer to a call.
    Answer(Answer),
    /// The world was changed, or not, for this reason; time passed.
    Done(Result<(), String>),
    /// Nothing: something panicked, or the store failed, and said this.
    Broken(String),
}

impl Side {
    /// A cloud as it is at the beginning of every storm; what it names is known then.
    pub(super) fn begin(name: &'static str, engine: Arc<dyn Engine>, known: &mut Known) -> Outcome<Side> {
        Story::on(engine.clone()).cloud().reset().map_err(|error| format!("{name}: {error:?}"))?;
        let (engine, writes) = Watched::of(engine);
        let mut story = Story::on(engine);
        story.patch("accounts", json!({ OTHER_ACCOUNT: { "billing": { "balance": 100_000 } } }));
        for account in [DEFAULT_ACCOUNT, OTHER_ACCOUNT] {
            story.act_as(account);
            prepare(&mut story, account, known);
        }
        story.patch("zones/cn-hangzhou-h/stock", json!({ "ecs.g5.large": 12 }));
        Ok(Side { name, story, writes })
    }

    /// The cloud itself.
    pub(super) fn cloud(&self) -> &Cloud {
        self.story.cloud()
    }

    /// Every stored byte.
    pub(super) fn dump(&self) -> BTreeMap<Vec<u8>, Vec<u8>> {
        self.story.dump()
    }

    /// How often something was stored.
    pub(super) fn writes(&self) -> u64 {
        self.writes.load(Ordering::Relaxed)
    }

    /// A section of the world.
    pub(super) fn world(&self, section: &str) -> Value {
        self.cloud().world(&[section.to_owned()]).ok().flatten().unwrap_or_default()
    }

    /// Makes a step happen.
    pub(super) fn take(&self, step: &Step) -> Came {
        let took = catch_unwind(AssertUnwindSafe(|| match step {
            Step::Call(request) => {
                self.call(request).map_or_else(|| Came::Broken(panics::last()), Came::Answer)
            }
            Step::Pass { ms } => done(self.cloud().advance(*ms).map_err(PatchError::Fault).map(|_| ())),
            Step::Patch { path, value } => done(self.cloud().patch_world(path.clone(), value.clone())),
        }));
        took.unwrap_or_else(|_| Came::Broken(panics::last()))
    }

    /// None when the call was never answered.
    fn call(&self, request: &Request) -> Option<Answer> {
        let mut seed = [0x57; 32];
        seed[..8].copy_from_slice(&request.number.to_be_bytes());
        let call = Call {
            entry: request.entry,
            params: Params::decode(request.query().as_bytes(), None).ok()?,
            caller: request.actor.caller(),
            format: request.format,
            request_id: REQUEST_ID.to_owned(),
            endpoint: ENDPOINT.to_owned(),
            seed,
            nonce: Some("a storm's own".to_owned()),
        };
        let (tell, told) = mpsc::channel();
        self.cloud().call(call, move |answered| {
            // The receiver waits below.
            let _ = tell.send(answered.answer);
        });
        told.recv().ok()
    }
}

impl Came {
    /// What can be compared between engines.
    pub(super) fn shown(&self) -> String {
        match self {
            Came::Answer(Ok(body)) => body.clone(),
            Came::Answer(Err(refusal)) => format!("{} {:?} {refusal}", refusal.row.id, refusal.values),
            Came::Done(outcome) => format!("{outcome:?}"),
            Came::Broken(sentence) => format!("broken: {sentence}"),
        }
    }
}

fn done(outcome: Result<(), PatchError>) -> Came {
    match outcome {
        Ok(()) => Came::Done(Ok(())),
        Err(PatchError::Refused(sentence)) => Came::Done(Err(sentence)),
        Err(PatchError::Fault(fault)) => Came::Broken(fault.to_string()),
    }
}

/// Roles that are there from the beginning, and the policies of their sessions.
pub(super) const ROLES: [(&str, &str); 2] = [("ops", "AdministratorAccess"), ("audit", "ReadOnlyAccess")];

/// A network, a group, instances, two RAM users and two roles.
fn prepare(story: &mut Story, account: &str, known: &mut Known) {
    let mut make = |name: &str, action: &str, request: &str, path: &str| {
        story.make(name, action, request, path);
        story.pass_ms(10_000);
        known.remember(account, path, story.named(name));
    };
    make("v", "Vpc:CreateVpc", "RegionId=cn-hangzhou&CidrBlock=10.0.0.0/8", "VpcId");
    let place = "RegionId=cn-hangzhou&ZoneId=cn-hangzhou-h&VpcId=$v";
    make("w", "Vpc:CreateVSwitch", &format!("{place}&CidrBlock=10.0.1.0/24"), "VSwitchId");
    make("g", "CreateSecurityGroup", "RegionId=cn-hangzhou&VpcId=$v", "SecurityGroupId");
    let order = "RegionId=cn-hangzhou&SecurityGroupId=$g&VSwitchId=$w&InstanceType=ecs.g5.large\
        &ImageId=centos_7_9_x64_20G_alibase_20230815.vhd&SystemDisk.Category=cloud_efficiency";
    for _ in 0..3 {
        story.make("i", "RunInstances", order, "InstanceIdSets/InstanceIdSet/0");
        known.remember(account, "InstanceId", story.named("i"));
        story.pass_ms(60_000);
    }
    for (user, policy) in [("anna", "AdministratorAccess"), ("bob", "ReadOnlyAccess")] {
        story.call("Ram:CreateUser", &format!("UserName={user}"));
        let policy = format!("PolicyType=System&PolicyName={policy}&UserName={user}");
        story.call("Ram:AttachPolicyToUser", &policy);
        known.remember(account, "UserName", user);
    }
    let trust = json!({ "Version": "1", "Statement": [{
        "Action": "sts:AssumeRole", "Effect": "Allow", "Principal": { "RAM": [format!("acs:ram::{account}:root")] },
    }] });
    story.bind("trust", trust.to_string());
    for (role, policy) in ROLES {
        story.call("Ram:CreateRole", &format!("RoleName={role}&AssumeRolePolicyDocument=$trust"));
        story.call(
            "Ram:AttachPolicyToRole",
            &format!("PolicyType=System&PolicyName={policy}&RoleName={role}"),
        );
        known.remember(account, "RoleName", role);
    }
}
