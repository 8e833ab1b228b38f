//! The servers, where they keep their state, and how they go down and come back.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rand_chacha::ChaCha8Rng;
use tempfile::TempDir;

use crate::Outcome;
use crate::crash::{Plan, Store, Victim, draw, now};
use crate::postgres::{Cluster, Pair};
use crate::server::api::{Api, ECS};
use crate::server::process::Moyun;
use crate::server::requests::Key;

/// Where a server answers.
#[derive(Clone, Copy)]
pub(super) struct Address {
    pub(super) api: std::net::SocketAddr,
    pub(super) admin: std::net::SocketAddr,
}

/// Where all servers answer.
pub(super) type Addresses = Arc<[Address]>;

/// Servers on one state.
pub(super) struct Cloud {
    program: PathBuf,
    /// None while it is killed.
    servers: Vec<Option<Moyun>>,
    addresses: Addresses,
    state: State,
    victim: Victim,
}

enum State {
    Folder(TempDir),
    Database(Cluster),
    Pair(Pair),
}

impl State {
    fn new(plan: Plan) -> Outcome<State> {
        Ok(match (plan.store, plan.kill) {
            (Store::Redb, _) => {
                State::Folder(tempfile::tempdir().map_err(|error| format!("a folder for the data: {error}"))?)
            }
            (Store::Postgres, Victim::Server) => State::Database(Cluster::start()?),
            (Store::Postgres, Victim::Database) => State::Pair(Pair::start()?),
        })
    }

    async fn start(&self, program: &Path) -> Outcome<Moyun> {
        let on = async |url: String, log: &str| {
            let state = ["--store", &url, "--log", log].map(OsStr::new);
            Moyun::start_over(program, &state).await
        };
        match self {
            State::Folder(folder) => Moyun::start(program, folder.path()).await,
            State::Database(cluster) => on(cluster.url(), "warn").await,
            // Every call that meets the failing database is an error in the log, as it should be.
            State::Pair(pair) => on(pair.url(), "off").await,
        }
    }
}

impl Cloud {
    /// Starts on an empty state.
    pub(super) async fn start(program: &Path, plan: Plan) -> Outcome<Cloud> {
        let state = State::new(plan)?;
        let mut servers = vec![];
        for _ in 0..plan.servers.max(1) {
            servers.push(Some(state.start(program).await?));
        }
        let program = program.to_owned();
        let mut cloud = Cloud { program, servers, addresses: Arc::default(), state, victim: plan.kill };
        cloud.look_up();
        Ok(cloud)
    }

    pub(super) fn addresses(&self) -> Addresses {
        Arc::clone(&self.addresses)
    }

    pub(super) fn victim(&self) -> Victim {
        self.victim
    }

    /// Kills one of the servers, or the primary of the database, whose standby takes over.
    pub(super) async fn kill(&mut self, rng: &mut ChaCha8Rng) -> Outcome {
        if let State::Pair(pair) = &mut self.state {
            return pair.fail_over();
        }
        let one = draw(rng, self.servers.len());
        match self.servers[one].take() {
            Some(server) => server.kill().await,
            None => Ok(()),
        }
    }

    /// Starts what was killed, and tells how long that took until the first answer.
    pub(super) async fn restart(&mut self) -> Outcome<Option<Duration>> {
        let Some(killed) = self.servers.iter().position(Option::is_none) else { return Ok(None) };
        let begin = now();
        let server = self.state.start(&self.program).await?;
        Api::open(server.api, Key::built_in()).await?.send(ECS, "DescribeRegions", "").await?;
        let took = begin.elapsed();
        self.servers[killed] = Some(server);
        self.look_up();
        Ok(Some(took))
    }

    /// Stops the servers before their state goes.
    pub(super) async fn stop(self) -> Outcome {
        for mut server in self.servers.into_iter().flatten() {
            server.stop().await?;
        }
        Ok(())
    }

    fn look_up(&mut self) {
        let servers = self.servers.iter().flatten();
        self.addresses = servers.map(|server| Address { api: server.api, admin: server.admin }).collect();
    }
}
