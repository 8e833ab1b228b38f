//! The command line. Every flag has an environment variable.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Alibaba Cloud ECS on your own machine.
///
/// Speaks the ECS API (with VPC, STS and Location) so that unmodified SDKs and tools work against it.
/// Without a command it serves.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) serve: Serve,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Answer the API until stopped.
    Serve(Serve),
    /// Print `export` lines that point the clients here: eval "$(moyun env)".
    Env(Env),
}

/// How to serve.
#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    /// Address of the API.
    #[arg(long, env = "MOYUN_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:4580")]
    pub(crate) listen: SocketAddr,
    /// Address of the admin API: world, clock, accounts, requests, health.
    #[arg(long, env = "MOYUN_ADMIN_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:4581")]
    pub(crate) admin_listen: SocketAddr,
    /// Certificate with its chain, as PEM: the API then speaks TLS, too.
    #[arg(long, env = "MOYUN_TLS_CERT", value_name = "FILE.pem", requires = "tls_key")]
    pub(crate) tls_cert: Option<PathBuf>,
    /// The key of the certificate, as PEM.
    #[arg(
        long,
        env = "MOYUN_TLS_KEY",
        value_name = "FILE.pem",
        requires = "tls_cert",
        hide_env_values = true
    )]
    pub(crate) tls_key: Option<PathBuf>,
    /// Make a certificate for this machine; the file of the authority that clients must trust is told at the start.
    #[arg(long, env = "MOYUN_TLS_SELF_SIGNED", conflicts_with_all = ["tls_cert", "tls_key"])]
    pub(crate) tls_self_signed: bool,
    /// What the admin API asks for as `Authorization: Bearer …`; without it, it answers this machine alone.
    #[arg(long, env = "MOYUN_ADMIN_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    pub(crate) admin_token: Option<String>,
    /// Directory that keeps the state.
    #[arg(long, env = "MOYUN_DATA", value_name = "DIR", default_value = "./moyun-data")]
    pub(crate) data: PathBuf,
    /// PostgreSQL database that keeps the state instead of the directory, as postgres://user@host/name.
    #[arg(
        long,
        env = "MOYUN_STORE",
        value_name = "URL",
        conflicts_with = "ephemeral",
        hide_env_values = true
    )]
    pub(crate) store: Option<String>,
    /// Keep the state in memory only.
    #[arg(long, env = "MOYUN_EPHEMERAL")]
    pub(crate) ephemeral: bool,
    /// Facts merged over the built-in world at the first start.
    #[arg(long, env = "MOYUN_WORLD", value_name = "FILE.toml")]
    pub(crate) world: Option<PathBuf>,
    /// What goes to the log on stderr: error, warn, info (a line for each request), debug, or filters by module.
    #[arg(long, env = "MOYUN_LOG", value_name = "FILTER", default_value = "warn")]
    pub(crate) log: String,
}

/// What the clients are told.
#[derive(Debug, clap::Args)]
pub(crate) struct Env {
    /// Address of the API.
    #[arg(long, env = "MOYUN_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:4580")]
    pub(crate) listen: SocketAddr,
    /// The region that clients use when they name none.
    #[arg(long, env = "MOYUN_REGION", value_name = "REGION", default_value = "cn-hangzhou")]
    pub(crate) region: String,
    /// AccessKeyId of the account to use.
    #[arg(long, env = "MOYUN_ACCESS_KEY_ID", value_name = "ID", default_value = moyun_cloud::world::DEFAULT_KEY_ID)]
    pub(crate) access_key_id: String,
    /// Its secret.
    #[arg(
        long,
        env = "MOYUN_ACCESS_KEY_SECRET",
        value_name = "SECRET",
        hide_env_values = true,
        default_value = moyun_cloud::world::DEFAULT_SECRET
    )]
    pub(crate) access_key_secret: String,
}
