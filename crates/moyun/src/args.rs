//! The command line. Every flag has an environment variable.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use clap_complete::Shell;

/// Alibaba Cloud ECS on your own machine.
///
/// Speaks the ECS API (with VPC, RAM, STS and Location) so that unmodified SDKs and tools work against it.
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
    /// Read and change facts of the world: what is on sale, who owes what, how long things take.
    World(World),
    /// Read and move the one clock: transitions, time windows, expiry and maintenance all follow it.
    Clock(Clock),
    /// Make accounts for tests that must not meet.
    Accounts(Accounts),
    /// Tell why a request was refused, by its RequestId, or what an error code means.
    Explain(Explain),
    /// Save, load, compare, check and carry the stored state.
    State(State),
    /// Forget everything and plant the first world anew.
    Reset(At),
    /// Hold pages of an API reference against the form of ours.
    Docs(Docs),
    /// Print a script that completes commands and flags: source <(moyun completion bash).
    Completion {
        /// The shell it is for.
        shell: Shell,
    },
}

/// Which running Moyun is meant.
#[derive(Debug, clap::Args)]
pub(crate) struct At {
    /// Address of its admin API.
    #[arg(long, global = true, env = "MOYUN_ADMIN", value_name = "ADDR", default_value = "127.0.0.1:4581")]
    pub(crate) admin: SocketAddr,
    /// The token that it was started with, if it was.
    #[arg(long, global = true, env = "MOYUN_ADMIN_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    pub(crate) admin_token: Option<String>,
}

/// What to do with the world.
#[derive(Debug, clap::Args)]
#[command(after_help = WORLD_EXAMPLES)]
pub(crate) struct World {
    #[command(subcommand)]
    pub(crate) command: WorldCommand,
    #[command(flatten)]
    pub(crate) at: At,
}

const WORLD_EXAMPLES: &str = "\
Examples:
  moyun world get zones/cn-hangzhou-h/sale            what a zone says of itself
  moyun world set zones/cn-hangzhou-h/sale off        close a zone for sale
  moyun world set zones/cn-hangzhou-h/stock '{\"ecs.g6.large\": 2}'
  moyun world set accounts/1000000000000001/billing '{\"overdue_amount\": \"35.20\"}'
  moyun world set regions/cn-beijing/state unavailable
  moyun world set limits/throttle '{\"DescribeInstances\": \"100/min\"}'";

/// Reading and changing the world.
#[derive(Debug, Subcommand)]
pub(crate) enum WorldCommand {
    /// Show the world, or the part of it under a path such as regions/cn-hangzhou.
    Get {
        /// Names separated by slashes.
        #[arg(default_value = "")]
        path: String,
    },
    /// Merge a value into the world, all or nothing, and show what is there now.
    Set {
        /// Names separated by slashes.
        path: String,
        /// JSON, of which null takes a fact away; a bare word stands for itself.
        #[arg(value_name = "JSON", allow_hyphen_values = true)]
        value: String,
    },
}

/// What to do with the clock.
#[derive(Debug, clap::Args)]
#[command(after_help = CLOCK_EXAMPLES)]
pub(crate) struct Clock {
    #[command(subcommand)]
    pub(crate) command: ClockCommand,
    #[command(flatten)]
    pub(crate) at: At,
}

const CLOCK_EXAMPLES: &str = "\
Examples:
  moyun clock manual                          let time stand still
  moyun clock advance 5                       step it: everything due on the way happens, in order
  moyun clock manual 2030-01-01T00:00:00Z     let it stand at a time of your own
  moyun clock real --factor 60                a minute for every second
Signatures are judged by this clock, too: keep it within a quarter of an hour of your clients' clocks,
or widen the window: moyun world set limits/timestamp_skew 24h";

/// Reading and moving the clock.
#[derive(Debug, Subcommand)]
pub(crate) enum ClockCommand {
    /// Show it.
    Show,
    /// Move it ahead.
    Advance {
        /// By how many seconds.
        seconds: f64,
    },
    /// Let it stand still until it is moved.
    Manual {
        /// The time at which it stands, such as 2030-01-01T00:00:00Z; without it, where it is.
        now: Option<String>,
    },
    /// Let it follow the machine's clock from where it is.
    Real {
        /// How many seconds pass on it in one of the machine's.
        #[arg(long, value_name = "N", default_value = "1")]
        factor: f64,
    },
}

/// What to do with accounts.
#[derive(Debug, clap::Args)]
pub(crate) struct Accounts {
    #[command(subcommand)]
    pub(crate) command: AccountsCommand,
    #[command(flatten)]
    pub(crate) at: At,
}

/// Making accounts.
#[derive(Debug, Subcommand)]
pub(crate) enum AccountsCommand {
    /// Make an account that shares nothing with any other, and show its key this once.
    New,
}

/// What to do with the state.
#[derive(Debug, clap::Args)]
#[command(after_help = STATE_HELP)]
pub(crate) struct State {
    #[command(subcommand)]
    pub(crate) command: StateCommand,
    /// Directory that keeps the state; also where it is when no server runs on it.
    #[arg(long, global = true, env = "MOYUN_DATA", value_name = "DIR", default_value = "./moyun-data")]
    pub(crate) data: PathBuf,
    /// Folder of the saves; without it, `saves` in the data directory.
    #[arg(long, global = true, env = "MOYUN_SAVES", value_name = "DIR")]
    pub(crate) saves: Option<PathBuf>,
    /// What belongs to one account alone, by its uid.
    #[arg(long, global = true, value_name = "UID")]
    pub(crate) account: Option<String>,
    #[command(flatten)]
    pub(crate) at: At,
}

const STATE_HELP: &str = "\
Examples:
  moyun state save clean                  a named copy of the whole world
  moyun state diff clean                  what has changed since: + came, - went, ~ changed
  moyun state load clean                  back to it, all or nothing
  moyun state fork clean /tmp/try         a data directory of its own: moyun --data /tmp/try
  moyun state export | jq 'select(.table == \"instance\") | .record.status'
  moyun state check                       every inconsistency, in a sentence
A data directory on which no server runs is worked on directly; otherwise the server at --admin is asked.
Saves and exports hold the secrets of access keys: keep them as you keep those, or export --without-secrets.
diff and check end with 1 when they find something, with 2 when they could not look.";

/// Working on the state.
#[derive(Debug, Subcommand)]
pub(crate) enum StateCommand {
    /// Keep a copy under a name.
    Save {
        /// Letters, digits, `.`, `-` and `_`.
        name: String,
        /// Replace the save of this name, if there is one.
        #[arg(long)]
        replace: bool,
    },
    /// Replace the state by a save, all or nothing.
    Load {
        /// The save.
        name: String,
    },
    /// Make a data directory that begins with a save; ids stay as they are, for it is a world of its own.
    Fork {
        /// The save.
        name: String,
        /// The directory, in which no state may be yet.
        dir: PathBuf,
    },
    /// Tell what has changed since a save, record by record and field by field.
    Diff {
        /// The save.
        name: String,
    },
    /// List the saves.
    List,
    /// Remove a save.
    Remove {
        /// The save.
        name: String,
    },
    /// Write the state as lines of JSON, one record each.
    Export {
        /// Where to; without it, to the terminal.
        file: Option<PathBuf>,
        /// Leave out the secrets of access keys and remembered answers; such an export cannot be imported.
        #[arg(long)]
        without_secrets: bool,
    },
    /// Replace the state by an export, all or nothing.
    Import {
        /// The export.
        file: PathBuf,
    },
    /// Tell every inconsistency of the state.
    Check,
}

/// What to explain.
#[derive(Debug, clap::Args)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub(crate) struct Explain {
    /// The RequestId of a refusal, an error code, or the id of one of its rows, such as I042.
    pub(crate) what: String,
    /// The language of meanings and labels: en or zh; by itself that of the environment (LC_ALL, LC_MESSAGES, LANG).
    #[arg(long, value_name = "LANG", value_parser = ["en", "zh"])]
    pub(crate) lang: Option<String>,
    #[command(flatten)]
    pub(crate) at: At,
}

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  moyun explain 473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E    why a request was refused
  moyun explain OperationDenied.NoStock                 what a code means, and what to do
  moyun explain I042 --lang zh                          one row, in Chinese
Colours appear on a terminal only, and never where NO_COLOR is set.";

/// What to do with pages of an API reference.
#[derive(Debug, clap::Args)]
pub(crate) struct Docs {
    #[command(subcommand)]
    pub(crate) command: DocsCommand,
}

/// Checking and exporting pages.
#[derive(Debug, Subcommand)]
pub(crate) enum DocsCommand {
    /// Say line by line what a page, Chinese or English, lacks of the form or has wrong.
    ///
    /// The status is 0 if every page has the form, 1 if one has not, 2 if a file cannot be read.
    Check {
        /// Markdown files, each the page of one action.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Write the reference into a directory, as pages, as a site or as data for tools.
    Export {
        /// What to write.
        #[arg(long, value_enum, default_value = "md")]
        format: ExportFormat,
        /// The language of its words; of a site, which has both, the one in which it opens.
        #[arg(long, value_enum, default_value = "en")]
        lang: ExportLanguage,
        /// Where to; what is there under the same names is replaced.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

/// What an export is written as.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum ExportFormat {
    /// A page of Markdown for each action, error code and common subject.
    Md,
    /// The site that the admin address serves at /docs, with its search, as files.
    Html,
    /// For each product one file in the shape of Alibaba Cloud's own API metadata.
    Json,
    /// The admin API as an OpenAPI 3.1 document, admin.openapi.json.
    Openapi,
}

/// The language of an export.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum ExportLanguage {
    /// Chinese.
    Zh,
    /// English.
    En,
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
    /// How many MiB of what is stored stay in memory at most, once it was used [default: an eighth of the memory].
    #[arg(
        long,
        env = "MOYUN_CACHE",
        value_name = "MIB",
        value_parser = clap::value_parser!(u32).range(8..=1 << 20)
    )]
    pub(crate) cache: Option<u32>,
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
    ///
    /// Unless it is set, that is warn, and what is worth knowing of the start.
    #[arg(long, env = "MOYUN_LOG", value_name = "FILTER", default_value = "warn,moyun::start=info")]
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
