//! What must hold of every state does, and what does not is told.

use moyun_cloud::audit::problems;
use moyun_cloud::case::Expect;
use moyun_cloud::ecs::disk::record::{Disk, DiskKind, DiskStatus};
use moyun_cloud::ecs::instance::given::one_running;
use moyun_cloud::ecs::instance::public_address::PublicAddress;
use moyun_cloud::ecs::instance::record::Instance;
use moyun_cloud::ecs::security_group::record::SecurityGroup;
use moyun_cloud::registry::ACTIONS;
use moyun_cloud::story::Story;
use moyun_cloud::vpc::vpc::record::Vpc;
use moyun_cloud::vpc::vswitch::record::{PrivateAddress, VSwitch};
use moyun_store::{Key, Record, Tx};
use moyun_wire::out::Format;

fn problems_of(story: &Story) -> Vec<String> {
    story.cloud().read(|tx, _| Ok(problems(tx))).expect("the engine of a story does not fail")
}

#[test]
fn every_action_leaves_a_sound_state() {
    for entry in ACTIONS {
        for case in entry.cases.iter().filter(|case| matches!(case.expect, Expect::Reply)) {
            let mut story = Story::begin();
            (case.given)(&mut story);
            let name = format!("{}:{}", entry.spec.product.name(), entry.spec.name);
            story
                .answer(&name, case.request, Format::Json)
                .expect("the case runner has seen that it succeeds");
            assert_eq!(problems_of(&story), [""; 0], "{name} — {}", case.name);
            story.pass_ms(60_000);
            assert_eq!(problems_of(&story), [""; 0], "{name} — {}, a minute later", case.name);
        }
    }
}

/// What is told of a running instance in a VPC once something was changed behind the back of all actions.
fn told_after(change: impl FnOnce(&mut Tx<'_>)) -> Vec<String> {
    let mut story = Story::begin();
    one_running(&mut story);
    let look = |tx: &Tx<'_>, _| {
        let mut broken = Tx::new(tx);
        change(&mut broken);
        Ok(problems(&broken))
    };
    story.cloud().read(look).expect("the engine of a story does not fail")
}

fn all<R: Record>(tx: &Tx<'_>) -> Vec<R> {
    tx.list(&Key::new()).expect("the engine of a story does not fail")
}

fn delete_all<R: Record>(tx: &mut Tx<'_>) {
    for record in all::<R>(tx) {
        tx.delete::<R>(&record.key()).expect("the engine of a story does not fail");
    }
}

fn change_all<R: Record>(tx: &mut Tx<'_>, change: impl Fn(&mut R)) {
    for mut record in all::<R>(tx) {
        change(&mut record);
        tx.put(&record).expect("the engine of a story does not fail");
    }
}

#[track_caller]
fn assert_told(told: &[String], pieces: &[&str]) {
    for piece in pieces {
        assert!(told.iter().any(|sentence| sentence.contains(piece)), "{piece} is not in {told:#?}");
    }
}

#[test]
fn what_a_record_names_is_missed() {
    assert_told(&told_after(delete_all::<Vpc>), &["vSwitch vsw-", "security group sg-", "names vpc "]);
    assert_told(&told_after(delete_all::<VSwitch>), &["names vswitch ", "private address 10."]);
    assert_told(&told_after(delete_all::<SecurityGroup>), &["instance i-", "names security_group "]);
    let pieces = ["disk d-", "names instance ", "interface eni-", "is taken for instance i-"];
    assert_told(&told_after(delete_all::<Instance>), &pieces);
    assert_told(&told_after(delete_all::<Disk>), &["has 0 system disks"]);
    assert_told(&told_after(delete_all::<PrivateAddress>), &["which its interface never took"]);
    assert_told(&told_after(delete_all::<PublicAddress>), &["which is not taken for it"]);
}

#[test]
fn what_contradicts_itself_is_told() {
    let told = told_after(|tx| change_all(tx, |disk: &mut Disk| disk.status = DiskStatus::Available));
    assert_told(&told, &["is Available, but attached"]);
    let told = told_after(|tx| change_all(tx, |disk: &mut Disk| disk.kind = DiskKind::System));
    assert_told(&told, &["has 2 system disks"]);
    let told = told_after(|tx| change_all(tx, |disk: &mut Disk| disk.zone = "cn-hangzhou-g".into()));
    assert_told(&told, &["disk d-", "are in different zones"]);
    let told = told_after(|tx| change_all(tx, |group: &mut SecurityGroup| group.vpc = None));
    assert_told(&told, &["are in different networks"]);
    let told = told_after(|tx| change_all(tx, |instance: &mut Instance| instance.security_groups.clear()));
    assert_told(&told, &["has no security group"]);
    let told = told_after(|tx| change_all(tx, |v_switch: &mut VSwitch| v_switch.id = "vsw-2".into()));
    assert_told(&told, &["and vSwitch", "overlap"]);
}
