//! `cargo xtask ci`: what must hold before a change lands.

use std::path::Path;

use clap::Args;

use crate::Outcome;
use crate::clients;
use crate::crash::{self, Plan, Store, Victim};
use crate::docs;
use crate::fuzz;
use crate::machine::{command, run as run_command};
use crate::postgres::Cluster;
use crate::step::Steps;
use crate::storm;
use crate::tidy;

/// What a developer's machine may leave out.
#[derive(Args)]
pub(crate) struct Options {
    /// Do not start a PostgreSQL. Its tests run only if MOYUN_TEST_POSTGRES is set already, and none is killed.
    #[arg(long)]
    without_postgres: bool,
    /// Do not run the tests of the unmodified clients.
    #[arg(long)]
    without_clients: bool,
}

/// Runs the steps in order and stops at the first that fails.
pub(crate) fn run(options: &Options) -> Outcome {
    let mut steps = Steps::default();
    let outcome = all(options, &mut steps);
    println!("\n{}", steps.summary());
    outcome
}

fn all(options: &Options, steps: &mut Steps) -> Outcome {
    steps.step("format", || cargo(&["fmt", "--all", "--check"]))?;
    steps.step("lints", || cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    steps.step("tidy", tidy::run)?;
    steps.step("docs", docs::check)?;
    let cluster = match options.without_postgres {
        true => None,
        false => Some(steps.step("PostgreSQL", Cluster::start)?),
    };
    steps.step("tests", || tests(cluster.as_ref()))?;
    steps.step("storm", || storm::run(&storm::Options::brief(cluster.as_ref().map(Cluster::url))))?;
    drop(cluster);
    steps.step("fuzz", || fuzz::run(&fuzz::Options::brief()))?;
    let server = steps.step("release build", clients::build)?;
    steps.step("crash", || crash(options, &server))?;
    if options.without_clients {
        return Ok(());
    }
    steps.step("clients", || clients::test(&server))
}

fn tests(cluster: Option<&Cluster>) -> Outcome {
    let mut tests = command("cargo", &["test", "--workspace"]);
    if let Some(cluster) = cluster {
        tests.env("MOYUN_TEST_POSTGRES", cluster.url());
    }
    run_command(&mut tests)
}

/// A sample of the kills that `cargo xtask crash` does by the thousand.
fn crash(options: &Options, server: &Path) -> Outcome {
    let redb = Plan { times: 20, store: Store::Redb, servers: 1, kill: Victim::Server, hundreds: 0 };
    crash::prove(server, redb, None)?;
    if options.without_postgres {
        return Ok(());
    }
    let shared = Plan { times: 10, store: Store::Postgres, servers: 2, ..redb };
    crash::prove(server, shared, None)?;
    crash::prove(server, Plan { times: 2, kill: Victim::Database, ..shared }, None)
}

fn cargo(args: &[&str]) -> Outcome {
    run_command(&mut command("cargo", args))
}
