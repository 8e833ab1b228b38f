//! Images: what the world says about them shows at once.

use moyun_cloud::ecs::image::given::{licence_used, one_copying, one_creating, one_image, one_of_snapshots};
use moyun_cloud::ecs::instance::creation::given::{account, base, ephemeral};
use moyun_cloud::ecs::instance::given::{one_running, run};
use moyun_cloud::story::Story;
use moyun_cloud::vpc::given::OTHER_ACCOUNT;
use moyun_cloud::world::DEFAULT_ACCOUNT;
use serde_json::{Value, json};

const UBUNTU: &str = "ubuntu_22_04_x64_20G_alibase_20230718.vhd";

#[test]
fn a_deprecated_image_is_hidden_unless_asked_for() {
    let mut story = Story::begin();
    assert_eq!(statuses(&mut story, ""), ["Available"]);

    story.patch(&format!("images/{UBUNTU}"), json!({ "status": "Deprecated" }));
    assert!(statuses(&mut story, "").is_empty());
    assert_eq!(statuses(&mut story, "&Status=Available,Deprecated"), ["Deprecated"]);

    story.patch(&format!("images/{UBUNTU}"), json!({ "status": "Available" }));
    assert_eq!(statuses(&mut story, ""), ["Available"]);
}

#[test]
fn an_image_narrowed_to_families_runs_on_their_types_only() {
    let mut story = Story::begin();
    assert_eq!(statuses(&mut story, "&InstanceType=ecs.g5.large").len(), 1);

    story.patch(&format!("images/{UBUNTU}"), json!({ "supported_families": ["ecs.g7"] }));
    assert!(statuses(&mut story, "&InstanceType=ecs.g5.large").is_empty());
    assert_eq!(statuses(&mut story, "&InstanceType=ecs.g7.large").len(), 1);
}

#[test]
fn pages_hold_every_image_once() {
    let mut story = Story::begin();
    let mut seen = vec![];
    for page in 1.. {
        let request = format!("RegionId=cn-hangzhou&PageSize=5&PageNumber={page}");
        let reply = story.call("DescribeImages", &request);
        let images = reply["Images"]["Image"].as_array().unwrap().clone();
        assert_eq!(reply["TotalCount"], 16);
        if images.is_empty() {
            break;
        }
        seen.extend(images.iter().map(|image| image["ImageId"].as_str().unwrap().to_owned()));
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 16);
}

/// The status of the image in the list, if it is listed.
fn statuses(story: &mut Story, more: &str) -> Vec<String> {
    let reply = story.call("DescribeImages", &format!("RegionId=cn-hangzhou&ImageId={UBUNTU}{more}"));
    let images = reply["Images"]["Image"].as_array().expect("a list is always there");
    images
        .iter()
        .map(|image: &Value| image["Status"].as_str().expect("ids and statuses are texts").to_owned())
        .collect()
}

#[test]
fn an_image_is_creating_for_a_while_and_can_then_be_used() {
    let mut story = Story::begin();
    one_running(&mut story);
    let request = "RegionId=cn-hangzhou&InstanceId=$i";
    story.make("m", "CreateImage", request, "ImageId");
    assert!(story.named("m").starts_with("m-bp1"));
    assert_eq!(own(&mut story, "Status"), Vec::<String>::new());
    assert_eq!(refusal(&mut story, "ImageId=$m").0, "IncorrectImageStatus");
    story.pass_ms(9_999);
    assert_eq!(own(&mut story, "Status"), Vec::<String>::new());
    story.pass_ms(1);
    assert_eq!(own(&mut story, "Status"), ["Available"]);
    run(&mut story, "j", "ImageId=$m");
    assert_eq!(own(&mut story, "Usage"), ["instance"]);
}

#[test]
fn the_data_disks_of_an_image_are_made_with_each_instance() {
    let mut story = Story::begin();
    one_image(&mut story);
    let networks =
        "RegionId=cn-hangzhou&InstanceType=ecs.g5.large&VSwitchId=$w&SecurityGroupId=$g&ImageId=$m";
    let path = "InstanceIdSets/InstanceIdSet/0";
    story.make("plain", "RunInstances", networks, path);
    assert_eq!(disks(&mut story, "$plain"), [("/dev/xvda".to_owned(), 40), ("/dev/xvdb".to_owned(), 40)]);

    let more = format!("{networks}&DataDisk.1.Size=20");
    story.make("more", "RunInstances", &more, path);
    assert_eq!(disks(&mut story, "$more").iter().map(|disk| disk.1).collect::<Vec<_>>(), [40, 40, 20]);

    let other = format!("{networks}&DataDisk.1.Device=/dev/xvdb&DataDisk.1.Size=60");
    story.make("other", "RunInstances", &other, path);
    assert_eq!(disks(&mut story, "$other").iter().map(|disk| disk.1).collect::<Vec<_>>(), [40, 60]);
}

#[test]
fn a_system_disk_is_not_smaller_than_the_one_the_image_was_made_of() {
    let mut story = Story::begin();
    one_running(&mut story);
    run(&mut story, "i", "SystemDisk.Size=60");
    story.pass_ms(10_000);
    story.make("m", "CreateImage", "RegionId=cn-hangzhou&InstanceId=$i", "ImageId");
    story.pass_ms(10_000);
    let (code, status) = refusal(&mut story, "ImageId=$m&SystemDisk.Size=59");
    assert_eq!((code.as_str(), status), ("InvalidSystemDiskSize.LessThanImageSize", 404));
    run(&mut story, "j", "ImageId=$m");
}

#[test]
fn disks_made_from_an_encrypted_copy_are_encrypted() {
    let mut story = Story::begin();
    one_image(&mut story);
    let copy = "RegionId=cn-hangzhou&ImageId=$m&DestinationRegionId=cn-hangzhou&Encrypted=true";
    story.make("copy", "CopyImage", copy, "ImageId");
    story.pass_ms(10_000);
    run(&mut story, "j", "ImageId=$copy");
    let reply = story.call("DescribeDisks", "RegionId=cn-hangzhou&InstanceId=$j");
    let disks = reply["Disks"]["Disk"].as_array().expect("a list is always there");
    // The system disk, the disk of the image and one of the request, which says nothing about encryption.
    assert_eq!(disks.iter().filter(|disk| disk["Encrypted"] == true).count(), 2);
    assert_eq!(disks.len(), 3);

    story.patch("accounts/1000000000000001/services", json!({ "kms": "disabled" }));
    assert_eq!(refusal(&mut story, "ImageId=$copy").0, "InvalidParameter.Encrypted.KmsNotEnabled");
}

#[test]
fn a_deleted_image_is_known_to_have_been_there_and_its_instances_stay() {
    let mut story = Story::begin();
    one_image(&mut story);
    run(&mut story, "j", "ImageId=$m");
    story.pass_ms(10_000);
    story.call("DeleteImage", "RegionId=cn-hangzhou&ImageId=$m&Force=true");
    assert_eq!(own(&mut story, "Status"), Vec::<String>::new());
    assert_eq!(refusal(&mut story, "ImageId=$m"), ("OperationDenied".to_owned(), 403));
    let never = refusal(&mut story, "ImageId=m-bp1doesnotexist00001");
    assert_eq!(never, ("InvalidImageId.NotFound".to_owned(), 404));
    let listed = story.call("DescribeInstances", "RegionId=cn-hangzhou&ImageId=$m");
    assert_eq!(listed["Instances"]["Instance"][0]["OSNameEn"], "CentOS 7.9 64 bit");
    // The name is free again.
    story.call("CreateImage", "RegionId=cn-hangzhou&InstanceId=$i&ImageName=web-1.0");
    story.make("again", "CreateImage", "RegionId=cn-hangzhou&InstanceId=$j", "ImageId");
}

#[test]
fn a_shared_image_is_seen_and_used_by_the_other_account_until_it_is_taken_back() {
    let mut story = Story::begin();
    one_image(&mut story);
    story.patch(&format!("accounts/{OTHER_ACCOUNT}"), json!({ "login_name": "other@moyun.local" }));
    story.act_as(OTHER_ACCOUNT);
    base(&mut story);
    for (name, known) in [("vsw", "w"), ("sg", "g")] {
        let id = story.named(known).to_owned();
        story.bind(name, id);
    }
    assert_eq!(refusal(&mut story, "ImageId=$m").0, "InvalidImageId.NotFound");

    share(&mut story, "AddAccount.1=other@moyun.local");
    let listed = story.call("DescribeImages", "RegionId=cn-hangzhou&ImageOwnerAlias=others");
    let image = &listed["Images"]["Image"][0];
    assert_eq!(image["ImageOwnerId"], 1_000_000_000_000_001_i64);
    assert_eq!(image["IsSelfShared"], "");
    run(&mut story, "theirs", "ImageId=$m");
    let refused = story.try_call("DeleteImage", "RegionId=cn-hangzhou&ImageId=$m").unwrap_err();
    assert_eq!(refused.row.code, "InvalidImageId.NotFound");

    share(&mut story, "RemoveAccount.1=other@moyun.local");
    assert_eq!(refusal(&mut story, "ImageId=$m").0, "InvalidImageId.NotFound");
    let listed = story.call("DescribeImages", "RegionId=cn-hangzhou&ImageOwnerAlias=others");
    assert_eq!(listed["TotalCount"], 0);
}

#[test]
fn instances_of_a_custom_image_use_the_licences_of_its_product() {
    let mut story = Story::begin();
    base(&mut story);
    for (name, known) in [("vsw", "w"), ("sg", "g")] {
        let id = story.named(known).to_owned();
        story.bind(name, id);
    }
    let market = "ImageId=m-bp1market0000000lamp01";
    assert_eq!(refusal(&mut story, market).0, "ImageNotSubscribed");
    let subscribed = json!({ "marketplace": { "subscriptions": { "cmjj000001": 2 } } });
    story.patch("accounts/1000000000000001", subscribed);
    run(&mut story, "i", market);
    story.pass_ms(10_000);
    story.make("m", "CreateImage", "RegionId=cn-hangzhou&InstanceId=$i", "ImageId");
    story.pass_ms(10_000);
    assert_eq!(own(&mut story, "ProductCode"), ["cmjj000001"]);
    run(&mut story, "j", "ImageId=$m");
    assert_eq!(refusal(&mut story, "ImageId=$m").0, "QuotaExceed.BuyImage");

    story.call("DeleteInstance", "InstanceId=$i&Force=true");
    run(&mut story, "k", market);
    story.patch("images/m-bp1market0000000lamp01", json!({ "market_state": "removed" }));
    assert_eq!(refusal(&mut story, "ImageId=$m").0, "ImageRemovedInMarket");
    assert_eq!(refusal(&mut story, market).0, "ImageRemovedInMarket");
}

fn share(story: &mut Story, change: &str) {
    story.act_as(DEFAULT_ACCOUNT);
    story.call("ModifyImageSharePermission", &format!("RegionId=cn-hangzhou&ImageId=$m&{change}"));
    story.act_as(OTHER_ACCOUNT);
}

/// A field of each image of the caller's own that is listed.
fn own(story: &mut Story, field: &str) -> Vec<String> {
    let reply = story.call("DescribeImages", "RegionId=cn-hangzhou&ImageOwnerAlias=self");
    let images = reply["Images"]["Image"].as_array().expect("a list is always there");
    images.iter().map(|image| image[field].as_str().expect("the field is a text").to_owned()).collect()
}

/// Code and status by which an instance is refused in the networks of the story.
fn refusal(story: &mut Story, more: &str) -> (String, u16) {
    let networks = "RegionId=cn-hangzhou&InstanceType=ecs.g5.large&VSwitchId=$w&SecurityGroupId=$g";
    let refusal = story.try_call("RunInstances", &format!("{networks}&{more}")).expect_err("it is refused");
    (refusal.row.code.to_owned(), refusal.row.status)
}

/// Device and size of each disk of an instance.
fn disks(story: &mut Story, instance: &str) -> Vec<(String, i64)> {
    let reply = story.call("DescribeDisks", &format!("RegionId=cn-hangzhou&InstanceId={instance}"));
    let disks = reply["Disks"]["Disk"].as_array().expect("a list is always there");
    let mut disks: Vec<_> = disks
        .iter()
        .map(|disk| {
            (disk["Device"].as_str().expect("a text").to_owned(), disk["Size"].as_i64().expect("a number"))
        })
        .collect();
    disks.sort_unstable();
    disks
}

#[test]
fn an_image_of_an_instance_keeps_a_snapshot_of_each_disk() {
    let mut story = Story::begin();
    one_image(&mut story);
    let image = story.call("DescribeImages", "RegionId=cn-hangzhou&ImageId=$m")["Images"]["Image"][0].clone();
    let mapped = image["DiskDeviceMappings"]["DiskDeviceMapping"].as_array().unwrap().clone();
    let kinds: Vec<_> = mapped.iter().map(|disk| disk["Type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["system", "data"]);
    for disk in &mapped {
        let id = disk["SnapshotId"].as_str().unwrap();
        let shown = snapshot(&mut story, id);
        assert_eq!((&shown["Status"], &shown["Usage"]), (&json!("accomplished"), &json!("image")));
        assert_eq!(shown["SourceDiskType"], disk["Type"]);
        let refused = story.try_call("DeleteSnapshot", &format!("SnapshotId={id}&Force=true")).unwrap_err();
        assert_eq!(refused.row.code, "SnapshotCreatedImage");
    }

    run(&mut story, "j", "ImageId=$m");
    let data = mapped[1]["SnapshotId"].as_str().unwrap();
    let filled = format!("RegionId=cn-hangzhou&InstanceId=$j&SnapshotId={data}");
    assert_eq!(story.call("DescribeDisks", &filled)["Disks"]["Disk"][0]["SourceSnapshotId"], data);
    assert_eq!(snapshot(&mut story, data)["Usage"], "image_disk");

    story.call("DeleteImage", "RegionId=cn-hangzhou&ImageId=$m&Force=true");
    assert_eq!(snapshot(&mut story, data)["Usage"], "disk");
}

#[test]
fn instances_are_made_from_an_image_of_snapshots() {
    let mut story = Story::begin();
    one_of_snapshots(&mut story);
    let networks =
        "RegionId=cn-hangzhou&InstanceType=ecs.g5.large&VSwitchId=$vsw&SecurityGroupId=$sg&ImageId=$m";
    let path = "InstanceIdSets/InstanceIdSet/0";
    story.make("plain", "RunInstances", networks, path);
    let sizes: Vec<_> = disks(&mut story, "$plain").into_iter().map(|disk| disk.1).collect();
    assert_eq!(sizes, [60, 30, 40]);

    let smaller = format!("{networks}&DataDisk.1.Device=/dev/xvdd&DataDisk.1.Size=39");
    assert_eq!(story.try_call("RunInstances", &smaller).unwrap_err().row.id, "I060");
    // An empty disk of the image can be made smaller.
    let smaller = format!("{networks}&DataDisk.1.Device=/dev/xvdb&DataDisk.1.Size=20");
    story.make("small", "RunInstances", &smaller, path);
}

#[test]
fn a_copy_of_an_image_has_snapshots_of_its_own() {
    let mut story = Story::begin();
    one_image(&mut story);
    let copy = "RegionId=cn-hangzhou&ImageId=$m&DestinationRegionId=cn-beijing";
    story.make("copy", "CopyImage", copy, "ImageId");
    let copied = story.call("DescribeSnapshots", "RegionId=cn-beijing&Usage=image");
    assert_eq!(copied["TotalCount"], 2);
    assert_eq!(copied["Snapshots"]["Snapshot"][0]["SourceDiskId"], "");
}

#[test]
fn a_snapshot_that_an_image_names_outlives_its_days() {
    let mut story = Story::begin();
    one_running(&mut story);
    for (name, disk) in [("s", "$system"), ("t", "$data")] {
        story.make(name, "CreateSnapshot", &format!("DiskId={disk}&RetentionDays=1"), "SnapshotId");
    }
    story.pass_ms(10_000);
    story.call("CreateImage", "RegionId=cn-hangzhou&SnapshotId=$s");
    story.pass_ms(24 * 60 * 60 * 1000);
    let left = story.call("DescribeSnapshots", "RegionId=cn-hangzhou");
    assert_eq!(left["Snapshots"]["Snapshot"][0]["SnapshotId"], story.named("s"));
    assert_eq!(left["TotalCount"], 1);
}

/// What DescribeSnapshots shows of a snapshot.
fn snapshot(story: &mut Story, id: &str) -> Value {
    let reply = story.call("DescribeSnapshots", &format!("RegionId=cn-hangzhou&SnapshotIds=[\"{id}\"]"));
    reply["Snapshots"]["Snapshot"][0].clone()
}

#[test]
fn a_cancelled_copy_never_becomes_available() {
    let mut story = Story::begin();
    one_copying(&mut story);
    story.call("CancelCopyImage", "RegionId=cn-beijing&ImageId=$copy");
    story.pass_ms(10_000);
    let shown = "RegionId=cn-beijing&ImageId=$copy&Status=Creating,Available,UnAvailable";
    assert_eq!(story.call("DescribeImages", shown)["TotalCount"], 0);
    let source = story.call("DescribeImages", "RegionId=cn-hangzhou&ImageId=$m");
    assert_eq!(source["Images"]["Image"][0]["Status"], "Available");
}

#[test]
fn an_image_in_the_making_is_seen_to_progress() {
    let mut story = Story::begin();
    one_creating(&mut story);
    story.pass_ms(4_000);
    let reply = story.call("DescribeImages", "RegionId=cn-hangzhou&ImageId=$m&Status=Creating");
    let image = &reply["Images"]["Image"][0];
    let system = &image["DiskDeviceMappings"]["DiskDeviceMapping"][0];
    assert_eq!((&image["Progress"], &system["Progress"]), (&json!("40%"), &json!("40%")));
    assert_eq!(system["RemainTime"], 6);
}

#[test]
fn an_encrypted_disk_of_an_image_is_encrypted_wherever_it_is_made() {
    let mut story = Story::begin();
    ephemeral(&mut story);
    let path = "InstanceIdSets/InstanceIdSet/0";
    let networks =
        "RegionId=cn-hangzhou&InstanceType=ecs.s2.large&IoOptimized=none&SecurityGroupId=$g&VSwitchId=$w";
    let source = format!(
        "{networks}&ImageId=centos_7_9_x64_20G_alibase_20230815.vhd&SystemDisk.Category=cloud\
         &DataDisk.1.Category=cloud&DataDisk.1.Size=50&DataDisk.1.Encrypted=true"
    );
    story.make("i", "RunInstances", &source, path);
    story.pass_ms(10_000);
    story.make("m", "CreateImage", "RegionId=cn-hangzhou&InstanceId=$i", "ImageId");
    story.pass_ms(10_000);

    let of_image = format!("{networks}&ImageId=$m&SystemDisk.Category=cloud");
    story.make("j", "RunInstances", &of_image, path);
    let reply = story.call("DescribeDisks", "RegionId=cn-hangzhou&InstanceId=$j&Encrypted=true");
    assert_eq!((&reply["TotalCount"], &reply["Disks"]["Disk"][0]["Type"]), (&json!(1), &json!("data")));

    let local = format!("{networks}&ImageId=$m&SystemDisk.Category=ephemeral_ssd");
    assert_eq!(story.try_call("RunInstances", &local).unwrap_err().row.name, "CategoryCannotEncrypt");
    account(&mut story, json!({ "services": { "kms": "disabled" } }));
    assert_eq!(story.try_call("RunInstances", &of_image).unwrap_err().row.name, "KmsNotEnabled");
}

#[test]
fn a_snapshot_of_a_market_image_carries_the_product_into_images() {
    let mut story = Story::begin();
    licence_used(&mut story);
    story.pass_ms(10_000);
    let disks = "RegionId=cn-hangzhou&InstanceId=$i&DiskType=system";
    story.make("disk", "DescribeDisks", disks, "Disks/Disk/0/DiskId");
    story.make("s", "CreateSnapshot", "DiskId=$disk", "SnapshotId");
    story.pass_ms(10_000);
    assert_eq!(snapshot(&mut story, "$s")["ProductCode"], "cmjj000001");
    story.make("m", "CreateImage", "RegionId=cn-hangzhou&SnapshotId=$s", "ImageId");
    story.pass_ms(10_000);
    let refused =
        "RegionId=cn-hangzhou&InstanceType=ecs.g5.large&VSwitchId=$vsw&SecurityGroupId=$sg&ImageId=$m";
    assert_eq!(story.try_call("RunInstances", refused).unwrap_err().row.id, "I080");
    story.patch("images/m-bp1market0000000lamp01", json!({ "market_state": "removed" }));
    assert_eq!(story.try_call("RunInstances", refused).unwrap_err().row.id, "I055");
}
