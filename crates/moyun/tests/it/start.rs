//! Starting: what is told, what is refused.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::process::{Moyun, moyun_through, run};
use crate::schema::Schema;

/// The start was refused with one sentence that has these words.
fn assert_refused(output: &Output, words: &[&str]) {
    let stderr = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(!output.status.success(), "{stderr}");
    assert!(output.stdout.is_empty());
    for word in words {
        assert!(stderr.contains(word), "{word} in: {stderr}");
    }
    assert!(!stderr.contains("panicked"), "{stderr}");
}

#[test]
fn a_fresh_directory_answers_and_stops_with_status_zero() {
    let data = tempfile::tempdir().unwrap();
    let moyun = Moyun::start(&data.path().join("not/yet/there"), &[]);
    assert_eq!(moyun.admin("GET", "/health", "")["status"], "ok");
    assert!(moyun.call("DescribeRegions", &[])["Regions"]["Region"].is_array());
    assert!(moyun.stop().success());
}

#[test]
fn an_open_address_is_refused_while_the_default_secret_is_in_force() {
    let listen = ["--ephemeral", "--listen", "0.0.0.0:0", "--admin-listen", "127.0.0.1:0"];
    assert_refused(&run(&listen), &["0.0.0.0:0", "default secret", "access_keys"]);
    assert_refused(
        &run(&["--ephemeral", "--listen", "127.0.0.1:0", "--admin-listen", "0.0.0.0:0"]),
        &["--admin-listen", "--admin-token"],
    );
}

#[test]
fn an_open_address_is_served_with_a_secret_of_ones_own() {
    let data = tempfile::tempdir().unwrap();
    let world = data.path().join("world.toml");
    fs::write(&world, "[access_keys.LTAI5tMoyunLocalTest]\nsecret = \"my own\"\n").unwrap();
    let moyun = Moyun::start(
        data.path(),
        &["--ephemeral", "--listen", "0.0.0.0:0", "--world", world.to_str().unwrap()],
    );
    let answer = moyun.call_as("LTAI5tMoyunLocalTest", "my own", "DescribeRegions", &[]);
    assert!(answer["Regions"]["Region"].is_array(), "{answer}");
    assert_eq!(moyun.call("DescribeRegions", &[])["Code"], "IncompleteSignature");
}

#[test]
fn a_wrong_value_is_named() {
    for (flag, value) in [
        ("--listen", "localhost"),
        ("--admin-listen", "127.0.0.1:99999"),
        ("--cache", "7"),
        ("--cache", "1048577"),
        ("--cache", "plenty"),
        ("--world", "/no/such/file.toml"),
        ("--log", "module=loudest"),
    ] {
        assert_refused(&run(&[flag, value]), &[value]);
    }
    assert_refused(&run(&["--nonsense"]), &["--nonsense", "--help"]);
}

#[test]
fn a_database_that_cannot_be_used_is_told_without_its_password() {
    let output = run(&["--store", "mysql://user:hunter2@nowhere"]);
    assert_refused(&output, &["--store", "URL"]);
    assert!(!String::from_utf8(output.stderr).unwrap().contains("hunter2"));
}

#[test]
fn a_database_that_cannot_be_used_is_told_with_what_to_do() {
    let nowhere = "postgres://user:hunter2@127.0.0.1:1/none";
    let mut refusals = vec![(nowhere.to_owned(), "see that it runs")];
    let schema = Schema::fresh();
    if let Some(schema) = &schema {
        let Schema { name, url, .. } = schema;
        let (server, _) = url.rsplit_once('/').unwrap();
        let (_, address) = server.rsplit_once('@').unwrap();
        let place = format!("postgres?options=-csearch_path%3D{name}");
        schema.run(&format!("CREATE ROLE {name} LOGIN"));
        refusals.extend([
            (format!("postgres://nobody-{name}:hunter2@{address}/{place}"), "give a user that it lets in"),
            (format!("{server}/{name}"), "create the database"),
            (format!("postgres://{name}:hunter2@{address}/{place}"), "let the user read, write and create"),
            (format!("{url}%20-cdefault_transaction_read_only%3Don"), "a server that takes writes"),
        ]);
    }
    for (url, advice) in &refusals {
        let refused = run(&["--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--store", url]);
        assert_refused(&refused, &["--store", "cannot use the PostgreSQL database", advice]);
        assert!(!String::from_utf8(refused.stderr).unwrap().contains("hunter2"));
    }
    if let Some(schema) = &schema {
        schema.run(&format!("DROP ROLE {}", schema.name));
        let data = tempfile::tempdir().unwrap();
        assert!(Moyun::start(data.path(), &["--store", &schema.url]).stop().success());
        schema.run(&format!("UPDATE {}.moyun_schema SET version = 99", schema.name));
        let refused = run(&["--store", &schema.url]);
        assert_refused(&refused, &["schema version 99", "use a newer program"]);
    }
}

#[test]
fn a_world_file_with_impossible_facts_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let world = folder.path().join("world.toml");
    let start = |text: &str| {
        fs::write(&world, text).unwrap();
        run(&[
            "--ephemeral",
            "--listen",
            "127.0.0.1:0",
            "--admin-listen",
            "127.0.0.1:0",
            "--world",
            world.to_str().unwrap(),
        ])
    };
    assert_refused(&start("[zones.cn-hangzhou-h]\nsale = \"maybe\"\n"), &["zones/cn-hangzhou-h", "maybe"]);
    assert_refused(&start("[weather]\nrain = true\n"), &["weather"]);
    assert_refused(&start("zones ="), &["not TOML"]);
}

#[test]
fn an_address_in_use_is_named() {
    let data = tempfile::tempdir().unwrap();
    let first = Moyun::start(data.path(), &["--ephemeral"]);
    let taken = first.api.to_string();
    let second = run(&["--ephemeral", "--listen", &taken, "--admin-listen", "127.0.0.1:0"]);
    assert_refused(&second, &[&taken]);
}

#[test]
fn the_environment_sets_what_flags_set() {
    let output = crate::process::moyun().env("MOYUN_LISTEN", "localhost").output().unwrap();
    assert_refused(&output, &["localhost"]);
}

#[test]
fn env_prints_exports_for_a_shell() {
    let output = run(&["env", "--listen", "127.0.0.1:4999", "--region", "cn-beijing"]);
    let text = String::from_utf8(output.stdout).unwrap();
    for line in [
        "export ALIBABA_CLOUD_ACCESS_KEY_ID=LTAI5tMoyunLocalTest",
        "export ALIBABA_CLOUD_ACCESS_KEY_SECRET=moyun-local-secret",
        "export ALIBABA_CLOUD_REGION_ID=cn-beijing",
        "export ALIBABA_CLOUD_ENDPOINT=127.0.0.1:4999",
        "export ALIBABA_CLOUD_IGNORE_PROFILE=TRUE",
    ] {
        assert!(text.lines().any(|printed| printed == line), "{line} in {text}");
    }
}

#[test]
fn help_names_every_flag_and_its_variable() {
    let output = run(&["serve", "--help"]);
    let text = String::from_utf8(output.stdout).unwrap();
    for flag in
        ["listen", "admin-listen", "admin-token", "data", "cache", "store", "ephemeral", "world", "log"]
    {
        let variable = format!("MOYUN_{}", flag.to_uppercase().replace('-', "_"));
        assert!(text.contains(&format!("--{flag}")) && text.contains(&variable), "{flag} in {text}");
    }
}

#[test]
fn an_open_admin_address_is_served_with_a_token() {
    let data = tempfile::tempdir().unwrap();
    let open = ["--ephemeral", "--admin-listen", "0.0.0.0:0", "--admin-token", "open sesame"];
    let moyun = Moyun::start(data.path(), &open);
    assert!(moyun.admin("GET", "/admin/world/clock", "")["error"].as_str().unwrap().contains("Bearer"));
    assert_refused(&run(&["--ephemeral", "--admin-token", ""]), &["--admin-token"]);
}

#[test]
fn the_data_directory_is_closed_to_others() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mode = || fs::metadata(&data).unwrap().permissions().mode() & 0o777;
    assert!(Moyun::start(&data, &[]).stop().success());
    assert_eq!(mode(), 0o700);
    fs::set_permissions(&data, fs::Permissions::from_mode(0o755)).unwrap();
    assert!(Moyun::start(&data, &[]).stop().success());
    assert_eq!(mode(), 0o700);
}

/// Tries to start through a shell script, perhaps in namespaces of its own, on a data directory.
fn start_through(namespaces: Option<&str>, script: &str, data: &Path) -> Output {
    let mut command = moyun_through(namespaces, script);
    command.env("MOYUN_LISTEN", "127.0.0.1:0").env("MOYUN_ADMIN_LISTEN", "127.0.0.1:0");
    command.env("MOYUN_DATA", data).output().unwrap()
}

/// Whether this user may run a script in namespaces of its own.
fn may_unshare(namespaces: &str, script: &str, data: &Path) -> bool {
    let mut probe = Command::new("unshare");
    probe.args([namespaces, "sh", "-c", script, "sh", "true"]).env("MOYUN_DATA", data).stderr(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}

/// A directory with a store in it, and the store's bytes.
fn used_directory() -> (tempfile::TempDir, Vec<u8>) {
    let data = tempfile::tempdir().unwrap();
    assert!(Moyun::start(data.path(), &[]).stop().success());
    let bytes = fs::read(data.path().join("moyun.redb")).unwrap();
    (data, bytes)
}

#[test]
fn a_disk_without_room_is_refused_with_what_to_do() {
    for blocks in [1, 8, 64] {
        let data = tempfile::tempdir().unwrap();
        let script = format!(r#"trap "" XFSZ; ulimit -f {blocks}; exec "$@""#);
        let room = data.path().to_str().unwrap();
        assert_refused(&start_through(None, &script, data.path()), &[room, "make room on its disk"]);
        assert!(Moyun::start(data.path(), &[]).stop().success(), "what was left behind does no harm");
    }
    const MOUNT: &str = r#"mount -t tmpfs -o size=32k none "$MOYUN_DATA" && exec "$@""#;
    let data = tempfile::tempdir().unwrap();
    if may_unshare("-rm", MOUNT, data.path()) {
        assert_refused(&start_through(Some("-rm"), MOUNT, data.path()), &["make room on it"]);
    }
}

#[test]
fn a_directory_that_may_not_be_written_is_refused_and_left_as_it_is() {
    let (data, bytes) = used_directory();
    let file = data.path().join("moyun.redb");
    fs::set_permissions(&file, Permissions::from_mode(0o400)).unwrap();
    // The superuser may write everything, but not from a namespace in which it is nobody.
    const PLAIN: &str = r#"exec "$@""#;
    let nobody = may_unshare("-U", PLAIN, data.path());
    if nobody || File::options().write(true).open(&file).is_err() {
        let refused = start_through(nobody.then_some("-U"), PLAIN, data.path());
        assert_refused(&refused, &["moyun.redb", "make it writable"]);
    }
    const READ_ONLY: &str =
        r#"mount --bind "$MOYUN_DATA" "$MOYUN_DATA" && mount -o remount,ro,bind "$MOYUN_DATA" && exec "$@""#;
    if may_unshare("-rm", READ_ONLY, data.path()) {
        assert_refused(&start_through(Some("-rm"), READ_ONLY, data.path()), &["make it writable"]);
    }
    assert!(fs::read(&file).unwrap() == bytes, "the store was changed");
    fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    assert!(Moyun::start(data.path(), &[]).stop().success());
}

#[test]
fn a_damaged_store_is_refused_and_left_as_it_is() {
    let (data, mut bytes) = used_directory();
    let file = data.path().join("moyun.redb");
    bytes[..1024].fill(7);
    fs::write(&file, &bytes).unwrap();
    let refused = run(&["--data", data.path().to_str().unwrap()]);
    assert_refused(&refused, &["moyun.redb", "damaged", "restore a copy", "move it away"]);
    assert!(fs::read(&file).unwrap() == bytes, "the store was changed");
}
