//! The bare server's process. Dropping it kills it.

use std::net::SocketAddr;
use std::process::Stdio;

use tokio::process::{Child, ChildStdin, Command};

use crate::Outcome;
use crate::server::process::spawn;

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
