//! The machine that a chore runs on: programs, users and folders.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Outcome;

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is a folder of the repository")
}

/// The folder that cargo builds into, wherever a setting has put it.
pub(crate) fn target_dir() -> Outcome<PathBuf> {
    let program = std::env::current_exe().map_err(|error| format!("where this program is: {error}"))?;
    // Cargo marks its target folder, in which this very program lies.
    let marked = program.ancestors().find(|folder| folder.join("CACHEDIR.TAG").exists());
    marked.map(Path::to_owned).ok_or_else(|| format!("{} lies in no target folder", program.display()))
}

/// A command that starts at the root of the repository.
pub(crate) fn command(program: impl AsRef<OsStr>, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(root());
    command
}

/// Runs a command with its output left visible.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| format!("{}: {error}", shown(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", shown(command))) }
}

/// Runs a command and returns what it wrote to stdout. What it wrote to stderr is told if it fails.
pub(crate) fn output(command: &mut Command) -> Outcome<String> {
    let done = command.output().map_err(|error| format!("{}: {error}", shown(command)))?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr);
        return Err(format!("{} ended with {}: {}", shown(command), done.status, said.trim()));
    }
    String::from_utf8(done.stdout).map_err(|error| format!("{}: {error}", shown(command)))
}

/// Whether a program can be started.
pub(crate) fn has(program: impl AsRef<OsStr>) -> bool {
    let mut asked = Command::new(program);
    asked.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    asked.status().is_ok_and(|status| status.success())
}

/// Sees to it that a program can be started, by installing the Debian package that has it.
pub(crate) fn ensure(program: &str, package: &str) -> Outcome {
    if has(program) {
        return Ok(());
    }
    install(package).map_err(|sentence| format!("{program} is missing; {sentence}"))
}

/// Installs a Debian package. Only root can.
pub(crate) fn install(package: &str) -> Outcome {
    if !is_root() {
        return Err(format!("install the package {package}, or let root run this"));
    }
    if !has("apt-get") {
        return Err(format!("this machine has no apt-get that could install {package}"));
    }
    println!("installing {package}");
    run(&mut command("apt-get", &["update", "--quiet=2"]))?;
    let args = ["install", "--yes", "--quiet=2", "--no-install-recommends", package];
    run(command("apt-get", &args).env("DEBIAN_FRONTEND", "noninteractive"))
}

/// Whether this process may do everything.
pub(crate) fn is_root() -> bool {
    output(&mut command("id", &["-u"])).is_ok_and(|uid| uid.trim() == "0")
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
