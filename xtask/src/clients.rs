//! `cargo xtask clients`: unmodified SDKs, tools and a browser against a server.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::Outcome;
use crate::machine::{self, command, run as run_command};

/// What `cargo xtask clients` can be told.
#[derive(Args)]
pub(crate) struct Options {
    /// The server to test, instead of a fresh release build.
    #[arg(long, value_name = "FILE")]
    bin: Option<PathBuf>,
}

/// Builds the server unless one is named, and runs all client tests against it.
pub(crate) fn run(options: &Options) -> Outcome {
    let server = match &options.bin {
        Some(named) => named.canonicalize().map_err(|error| format!("{}: {error}", named.display()))?,
        None => build()?,
    };
    test(&server)
}

/// Builds the server as users run it. Returns where it lies.
pub(crate) fn build() -> Outcome<PathBuf> {
    run_command(&mut command("cargo", &["build", "--release", "--package", "moyun"]))?;
    Ok(machine::target_dir()?.join("release/moyun"))
}

/// Runs all client tests against a server, after installing the pinned clients.
pub(crate) fn test(server: &Path) -> Outcome {
    python(server)?;
    ansible(server)?;
    node(server)?;
    curl(server)?;
    browser(server)
}

fn python(server: &Path) -> Outcome {
    println!("--- Python");
    if machine::has("aliyun") {
        // The commands of the error pages read its replies with jq.
        machine::ensure("jq", "jq")?;
    }
    pytest(server, "tests/clients/python", "clients/venv", &[])
}

/// The modules of Ansible, without the collections that they ask for and do not need.
fn ansible(server: &Path) -> Outcome {
    println!("--- Ansible");
    pytest(server, "tests/clients/ansible", "clients/ansible", &["--no-deps"])
}

/// The pages of the admin address, in a browser.
fn browser(server: &Path) -> Outcome {
    println!("--- Chromium");
    machine::ensure("chromium", "chromium")?;
    machine::ensure("chromedriver", "chromium-driver")?;
    pytest(server, "tests/site", "site/venv", &[])
}

/// Runs the tests of a folder in an environment that has what it asks for, by pip with some options.
fn pytest(server: &Path, folder: &str, venv: &str, options: &[&str]) -> Outcome {
    machine::ensure("python3", "python3")?;
    let venv = machine::target_dir()?.join(venv);
    let python = venv.join("bin/python");
    if !machine::has(&python) && make_venv(&venv).is_err() {
        // Debian's python3 comes without the part that fills a new environment.
        machine::install("python3-venv")?;
        make_venv(&venv)?;
    }
    let wanted = format!("{folder}/requirements.txt");
    let install = ["-m", "pip", "install", "--quiet", "--requirement", &wanted];
    run_command(command(&python, &install).args(options))?;
    let mut pytest = command(&python, &["-m", "pytest", folder]);
    run_command(against(server, pytest.env("PYTHONDONTWRITEBYTECODE", "1")))
}

fn make_venv(venv: &Path) -> Outcome {
    run_command(command("python3", &["-m", "venv", "--clear"]).arg(venv))
}

fn node(server: &Path) -> Outcome {
    println!("--- Node");
    machine::ensure("node", "nodejs")?;
    machine::ensure("npm", "npm")?;
    let folder = machine::root().join("tests/clients/node");
    // The one install script among the packages only matters to Node versions older than 14.
    let ci = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    run_command(command("npm", &ci).current_dir(&folder))?;
    run_command(against(server, command("npm", &["test"]).current_dir(&folder)))
}

fn curl(server: &Path) -> Outcome {
    println!("--- curl");
    machine::ensure("curl", "curl")?;
    // Unlike the others, openssl has no --version.
    if machine::output(&mut command("openssl", &["version"])).is_err() {
        machine::install("openssl")?;
    }
    run_command(against(server, &mut command("bash", &["tests/clients/curl/run.sh"])))
}

fn against<'c>(server: &Path, tests: &'c mut Command) -> &'c mut Command {
    // A proxy set for the machine must not see what goes to the loopback address.
    tests.env("MOYUN_BIN", server).env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1")
}
