//! Rows whose state neither a fact of the world nor a call of the API alone makes, but what they are really about: a store
//! that cannot commit, an account that somebody opened, a group that was filled.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use moyun_cloud::story::Story;
use moyun_store::{Engine, Fault, Job, Lane, MemoryEngine, Reader};
use serde_json::json;

use super::{catalogued, check_refusal};
use crate::client::Server;
use crate::form::{Form, Format, Signature, Words};

/// A row, and what makes and mends its state.
struct Row {
    id: &'static str,
    action: &'static str,
    given: fn(&mut Scene),
    mend: fn(&mut Scene),
}

/// A server, and the request that it gets.
struct Scene {
    server: Server,
    story: Story,
    disk: Arc<Disk>,
    words: Words,
}

const ROWS: [Row; 6] = [
    Row { id: "I105", action: "RunInstances", given: creation_on_a_full_disk, mend: make_room },
    Row { id: "I105", action: "CreateInstance", given: creation_on_a_full_disk, mend: make_room },
    Row { id: "C046", action: "CreateVpc", given: full_disk, mend: make_room },
    Row { id: "C029", action: "CreateVpc", given: account_of_somebody_else, mend: grant },
    Row { id: "I083", action: "RunInstances", given: full_group, mend: another_group },
    Row { id: "I083", action: "CreateInstance", given: full_group, mend: another_group },
];

/// The rows that are met here, by their actions.
pub(super) fn met() -> impl Iterator<Item = (&'static str, &'static str)> {
    ROWS.iter().map(|row| (row.action, row.id))
}

fn check(row: &Row, form: Form) {
    let disk = Arc::new(Disk::default());
    let story = Story::on(disk.clone());
    let server = Server::of(story.cloud().clone(), disk.clone(), None);
    let mut scene = Scene { server, story, disk, words: Words::of(row.action) };
    scene.words.set("RegionId", "cn-hangzhou");
    (row.given)(&mut scene);
    let state = |scene: &Scene| (scene.server.dump(), scene.server.admin("GET", "/admin/world", "").body);
    let before = state(&scene);
    let refused = scene.words.send(form, &scene.server);
    check_refusal(catalogued(row.id), form, &refused, &scene.server);
    assert!(state(&scene) == before, "{} changed something, {form:?}", row.id);

    (row.mend)(&mut scene);
    let twin = scene.words.send(form, &scene.server);
    assert_eq!(twin.status, 200, "the twin of {}, {form:?}: {}", row.id, twin.body);
    assert!(state(&scene) != before, "the twin of {} made nothing, {form:?}", row.id);
}

#[test]
fn every_row_without_a_story_in_every_form() {
    for signature in [Signature::V1, Signature::V3] {
        for format in [Format::Xml, Format::Json] {
            ROWS.iter().for_each(|row| check(row, Form { signature, format }));
        }
    }
}

/// What is stored is kept and read, and nothing more goes onto it while it is full.
#[derive(Default)]
struct Disk {
    engine: MemoryEngine,
    is_full: AtomicBool,
}

impl Engine for Disk {
    fn read(&self, job: &mut dyn FnMut(&dyn Reader)) -> Result<(), Fault> {
        self.engine.read(job)
    }
    fn write(&self, lane: &Lane, mut job: Box<dyn Job>) {
        if !self.is_full.load(Ordering::Relaxed) {
            return self.engine.write(lane, job);
        }
        self.engine.read(&mut |view| drop(job.run(view))).expect("a memory can be read");
        job.done(Err(Fault::new("No space left on device")));
    }
    fn may_block(&self) -> bool {
        self.engine.may_block()
    }
    fn close(&self) {
        self.engine.close();
    }
}

fn full_disk(scene: &mut Scene) {
    scene.disk.is_full.store(true, Ordering::Relaxed);
}

fn make_room(scene: &mut Scene) {
    scene.disk.is_full.store(false, Ordering::Relaxed);
}

fn creation_on_a_full_disk(scene: &mut Scene) {
    let story = &mut scene.story;
    story.make("v", "Vpc:CreateVpc", "RegionId=cn-hangzhou&CidrBlock=10.0.0.0/8", "VpcId");
    story.pass_ms(10_000);
    let v_switch = "RegionId=cn-hangzhou&VpcId=$v&ZoneId=cn-hangzhou-h&CidrBlock=10.0.1.0/24";
    story.make("w", "Vpc:CreateVSwitch", v_switch, "VSwitchId");
    story.make("g", "CreateSecurityGroup", "RegionId=cn-hangzhou&VpcId=$v", "SecurityGroupId");
    story.pass_ms(10_000);
    scene.say(
        "SecurityGroupId=$g&VSwitchId=$w&InstanceType=ecs.g5.large&SystemDisk.Category=cloud_efficiency\
         &ImageId=centos_7_9_x64_20G_alibase_20230815.vhd",
    );
    full_disk(scene);
}

/// Somebody opens an account, which is no fact that anybody sets.
fn account_of_somebody_else(scene: &mut Scene) {
    let made = scene.server.admin("POST", "/admin/accounts", "").json();
    scene.words.set("ResourceOwnerAccount", made["login_name"].as_str().unwrap());
    scene.story.bind("uid", made["uid"].as_str().unwrap());
}

fn grant(scene: &mut Scene) {
    scene.story.patch("accounts/$uid", json!({ "resource_grants": ["1000000000000001"] }));
}

/// The cheapest type there is, by the week: a thousand of them are what an account begins with.
const WEEK: &str = "ZoneId=cn-hangzhou-b&SecurityGroupId=$g&InstanceType=ecs.t1.xsmall\
    &SystemDisk.Category=cloud&SystemDisk.Size=20&ImageId=centos_7_9_x64_20G_alibase_20230815.vhd\
    &InstanceChargeType=PrePaid&Period=1&PeriodUnit=Week";

/// A group of the classic network has a thousand members at most.
fn full_group(scene: &mut Scene) {
    let story = &mut scene.story;
    for name in ["other", "g"] {
        story.make(name, "CreateSecurityGroup", "RegionId=cn-hangzhou", "SecurityGroupId");
    }
    for _ in 0..10 {
        story.call("RunInstances", &format!("RegionId=cn-hangzhou&{WEEK}&Amount=100"));
    }
    scene.say(WEEK);
}

fn another_group(scene: &mut Scene) {
    scene.say("SecurityGroupId=$other");
}

impl Scene {
    fn say(&mut self, said: &str) {
        for (name, value) in said.split('&').filter_map(|pair| pair.split_once('=')) {
            self.words.set(name, self.story.text(value));
        }
    }
}
