//! The processes under load. Dropping one kills it.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStdin, Command};

use crate::Outcome;
use crate::machine;

/// The server.
pub(super) struct Moyun {
    child: Child,
    /// Where it answers the API.
    pub(super) api: SocketAddr,
    /// Where it answers its operator.
    pub(super) admin: SocketAddr,
}

impl Moyun {
    /// Starts it on free ports and waits until it is ready.
    pub(super) async fn start(program: &Path, data: &Path) -> Outcome<Moyun> {
        let mut command = Command::new(program);
        command.args(["serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--data"]);
        // The user's own settings are for the user's own server.
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("MOYUN_"))
        {
            command.env_remove(name);
        }
        let (child, line) = spawn(command.arg(data).stdin(Stdio::null())).await?;
        let address = |before: &str| {
            let after = line.split_once(before)?.1;
            after.split_whitespace().next()?.parse().ok()
        };
        match (address("API http://"), address("admin http://")) {
            (Some(api), Some(admin)) => Ok(Moyun { child, api, admin }),
            _ => Err(format!("the server announces no addresses: {line}")),
        }
    }

    /// How much memory it holds, in MiB.
    pub(super) fn memory_mib(&self) -> Outcome<f64> {
        let id = self.child.id().ok_or("the server has ended")?;
        let path = format!("/proc/{id}/status");
        let status = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib: Option<f64> = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        kib.map(|kib| kib / 1024.0).ok_or_else(|| format!("{path} tells no VmRSS"))
    }

    /// Asks it to stop and waits until it has.
    pub(super) async fn stop(mut self) -> Outcome {
        let id = self.child.id().ok_or("the server has ended")?;
        machine::run(&mut machine::command("kill", &["-s", "TERM", &id.to_string()]))?;
        let status = self.child.wait().await.map_err(|error| format!("the server: {error}"))?;
        if status.success() { Ok(()) } else { Err(format!("the server ended with {status}")) }
    }
}

/// The bare server.
pub(super) struct Reference {
    /// Kills it when it is dropped.
    _child: Child,
    /// Ends it even if this process is killed.
    _stdin: Option<ChildStdin>,
    /// Where it answers.
    pub(super) address: SocketAddr,
}

impl Reference {
    /// Starts it; it answers so many bytes.
    pub(super) async fn start(body_bytes: usize) -> Outcome<Reference> {
        let program = std::env::current_exe().map_err(|error| format!("where this program is: {error}"))?;
        let mut command = Command::new(program);
        command.args(["load", "--reference", &body_bytes.to_string()]).stdin(Stdio::piped());
        let (mut child, line) = spawn(&mut command).await?;
        let address = line.strip_prefix("ready ").and_then(|address| address.trim().parse().ok());
        let address = address.ok_or_else(|| format!("the bare server announces no address: {line}"))?;
        Ok(Reference { _stdin: child.stdin.take(), _child: child, address })
    }
}

/// Starts a process and waits for the first line that it writes.
async fn spawn(command: &mut Command) -> Outcome<(Child, String)> {
    let shown = command.as_std().get_program().to_string_lossy().into_owned();
    let tell = |error| format!("{shown}: {error}");
    let mut child = command.stdout(Stdio::piped()).kill_on_drop(true).spawn().map_err(tell)?;
    let stdout = child.stdout.take().expect("stdout was piped at the start");
    let mut line = String::new();
    match BufReader::new(stdout).read_line(&mut line).await.map_err(tell)? {
        0 => Err(format!("{shown} ended before it was ready")),
        _ => Ok((child, line)),
    }
}
