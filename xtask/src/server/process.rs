//! The process of the server. Dropping it kills it.

use std::ffi::OsStr;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::Outcome;
use crate::machine;

/// The server.
pub(crate) struct Moyun {
    child: Child,
    /// Where it answers the API.
    pub(crate) api: SocketAddr,
    /// Where it answers its operator.
    pub(crate) admin: SocketAddr,
}

/// The memory that it holds now, or the most that it has held.
#[derive(Clone, Copy)]
pub(crate) enum Memory {
    Now,
    Peak,
}

impl Moyun {
    /// Starts it on free ports over a folder, and waits until it is ready.
    pub(crate) async fn start(program: &Path, data: &Path) -> Outcome<Moyun> {
        Moyun::start_over(program, &["--data".as_ref(), data.as_os_str()]).await
    }

    /// Starts it with these arguments, which say where its state is.
    pub(crate) async fn start_over(program: &Path, state: &[&OsStr]) -> Outcome<Moyun> {
        let mut command = Command::new(program);
        command.args(["serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"]).args(state);
        // The user's own settings are for the user's own server.
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("MOYUN_"))
        {
            command.env_remove(name);
        }
        let (child, line) = spawn(command.stdin(Stdio::null())).await?;
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
    pub(crate) fn memory_mib(&self, which: Memory) -> Outcome<f64> {
        let id = self.child.id().ok_or("the server has ended")?;
        let path = format!("/proc/{id}/status");
        let status = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let name = match which {
            Memory::Now => "VmRSS:",
            Memory::Peak => "VmHWM:",
        };
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kib: Option<f64> = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        kib.map(|kib| kib / 1024.0).ok_or_else(|| format!("{path} tells no {name}"))
    }

    /// Ends it as `kill -9` does.
    pub(crate) async fn kill(mut self) -> Outcome {
        self.child.kill().await.map_err(|error| format!("the server cannot be killed: {error}"))
    }

    /// Asks it to stop and waits until it has.
    pub(crate) async fn stop(&mut self) -> Outcome {
        let id = self.child.id().ok_or("the server has ended")?;
        machine::run(&mut machine::command("kill", &["-s", "TERM", &id.to_string()]))?;
        let status = self.child.wait().await.map_err(|error| format!("the server: {error}"))?;
        if status.success() { Ok(()) } else { Err(format!("the server ended with {status}")) }
    }
}

/// Starts a process and waits for the first line that it writes.
pub(crate) async fn spawn(command: &mut Command) -> Outcome<(Child, String)> {
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
