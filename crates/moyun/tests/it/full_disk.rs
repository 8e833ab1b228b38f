//! A data directory whose disk is full: writes are refused as documented, reads go on, and so does everything once
//! there is room again.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::buyer::{Buyer, made};
use crate::process::{Moyun, moyun_through};

const REGION: (&str, &str) = ("RegionId", "cn-hangzhou");
const STOCK: &str = "/admin/world/zones/cn-hangzhou-h/stock";
const UNITS: usize = 100_000;

const CREATION_FAULT: &str =
    "The request processing has failed due to some unknown error,exception or failure.";
const FAULT: &str = "The request processing has failed due to some unknown error, exception or failure.";

/// The kernel refuses what would make a file longer than it is allowed to be: that works for everybody, everywhere.
#[test]
fn a_file_that_may_not_grow_refuses_writes_until_it_may() {
    let data = tempfile::tempdir().unwrap();
    let moyun = Moyun::start_with(moyun_through(None, r#"trap "" XFSZ; exec "$@""#), data.path(), &[]);
    let limit = |bytes: &str| {
        let limited = Command::new("prlimit").args(["--pid", &moyun.pid().to_string(), bytes]).status();
        assert!(limited.unwrap().success());
    };
    let length = || fs::metadata(data.path().join("moyun.redb")).unwrap().len();
    let total = refuses_and_recovers(
        &moyun,
        || limit(&format!("--fsize={}:unlimited", length())),
        || limit("--fsize=unlimited"),
    );
    moyun.kill();
    let moyun = Moyun::start(data.path(), &[]);
    assert_eq!(moyun.admin("GET", STOCK, "")["ecs.g5.large"], UNITS - total);
}

/// A small file system of the server's own. Where users may not mount one, the test above has to do.
#[test]
fn a_full_disk_refuses_writes_until_there_is_room() {
    const MOUNT: &str = r#"mount -t tmpfs -o size=16m none "$MOYUN_DATA" && exec "$@""#;
    let data = tempfile::tempdir().unwrap();
    let probe = Command::new("unshare")
        .args(["-rm", "sh", "-c", MOUNT, "sh", "true"])
        .env("MOYUN_DATA", data.path())
        .stderr(Stdio::null())
        .status();
    if !probe.is_ok_and(|probe| probe.success()) {
        return;
    }
    let moyun = Moyun::start_with(moyun_through(Some("-rm"), MOUNT), data.path(), &[]);
    let seen = format!("/proc/{}/root{}", moyun.pid(), data.path().display());
    let filler = Path::new(&seen).join("filler");
    let fill = || {
        let mut file = File::create(&filler).unwrap();
        while file.write_all(&[1; 4096]).is_ok() {}
    };
    refuses_and_recovers(&moyun, fill, || fs::remove_file(&filler).unwrap());
}

/// Fills the disk, is refused, makes room and goes on; how many instances there are then.
fn refuses_and_recovers(moyun: &Moyun, fill: impl FnOnce(), mend: impl FnOnce()) -> usize {
    moyun.admin("PATCH", "/admin/world/clock", r#"{"mode":"manual","now":"2030-01-01T00:00:00Z"}"#);
    moyun.admin("PATCH", STOCK, &format!(r#"{{"ecs.g5.large":{UNITS}}}"#));
    let buyer = Buyer::new(moyun);
    buyer.patch(moyun, "quotas", r#"{"postpaid_instances":100000,"instances_per_security_group":100000}"#);
    fill();

    let hundred = [("Amount", "100"), ("InternetMaxBandwidthOut", "1"), ("ClientToken", "refused")];
    let mut total = 0;
    let refusal = until_refused(|| {
        let answer = buyer.run(moyun, &hundred[..2]);
        total += made(&answer);
        answer
    });
    assert_eq!((&refusal["Code"], &refusal["Message"]), (&"InternalError".into(), &CREATION_FAULT.into()));
    assert_eq!(buyer.run(moyun, &hundred)["Message"], CREATION_FAULT);
    let mut vpcs = 1;
    let refusal = until_refused(|| {
        let answer = buyer.call(moyun, "Vpc:CreateVpc", &[]);
        vpcs += u64::from(answer["VpcId"].is_string());
        answer
    });
    assert_eq!((&refusal["Code"], &refusal["Message"]), (&"InternalError".into(), &FAULT.into()));

    assert_whole(moyun, &buyer, total);
    assert_eq!(buyer.call(moyun, "Vpc:DescribeVpcs", &[])["TotalCount"], vpcs);
    assert!(moyun.call("DescribeRegions", &[REGION])["Regions"].is_object());

    mend();
    let answer = buyer.run(moyun, &hundred);
    assert_eq!(made(&answer), 100, "{answer}");
    assert_eq!(buyer.run(moyun, &hundred)["InstanceIdSets"], answer["InstanceIdSets"]);
    assert!(buyer.call(moyun, "Vpc:CreateVpc", &[])["VpcId"].is_string());
    total += 100;
    assert_whole(moyun, &buyer, total);
    total
}

/// Every instance has its disk, its unit of the stock, and nothing else was taken.
fn assert_whole(moyun: &Moyun, buyer: &Buyer, total: usize) {
    for action in ["DescribeInstances", "DescribeDisks"] {
        assert_eq!(buyer.call(moyun, action, &[])["TotalCount"], total, "{action}");
    }
    assert_eq!(moyun.admin("GET", STOCK, "")["ecs.g5.large"], UNITS - total);
}

/// The first refusal; a full disk has some room inside of the store's own file.
fn until_refused(mut call: impl FnMut() -> Value) -> Value {
    (0..1000).map(|_| call()).find(|answer| answer["Code"].is_string()).expect("the disk is full")
}
