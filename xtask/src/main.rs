//! The chores of the project: `cargo xtask CHORE`.

mod ci;
mod clients;
mod crash;
mod dice;
mod docs;
mod fuzz;
mod load;
mod machine;
mod panics;
mod postgres;
mod server;
mod step;
mod storm;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What a chore ends with: nothing, or the sentence that says what went wrong.
pub(crate) type Outcome<T = ()> = Result<T, String>;

/// The chores of the project.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Xtask {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Everything that must hold before a change lands, in the order of how soon it can fail.
    Ci(ci::Options),
    /// The rules of style that a machine can see.
    Tidy,
    /// Unmodified SDKs, tools and a browser against a server.
    Clients(clients::Options),
    /// The reference in docs/reference, made from the definitions of the actions.
    Docs(docs::Options),
    /// How fast the server is beside a bare one that only verifies a signature.
    Load(load::Options),
    /// Kills servers, or their database, and looks whether anything that was answered is lost.
    Crash(crash::Options),
    /// Random calls of every action against the whole cloud, and what must be true whatever is called.
    Storm(storm::Options),
    /// Inputs like those in fuzz/corpus for every way in, and what must be true whatever comes in.
    Fuzz(fuzz::Options),
}

fn main() -> ExitCode {
    let outcome = match Xtask::parse().chore {
        Chore::Ci(options) => ci::run(&options),
        Chore::Tidy => tidy::run(),
        Chore::Clients(options) => clients::run(&options),
        Chore::Docs(options) => docs::run(&options),
        Chore::Load(options) => load::run(&options),
        Chore::Crash(options) => crash::run(&options),
        Chore::Storm(options) => storm::run(&options),
        Chore::Fuzz(options) => fuzz::run(&options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("xtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}
