//! Moyun: Alibaba Cloud ECS on your own machine.

mod admin;
mod args;
mod caches;
mod clients;
mod docs;
mod explain;
mod start;
mod state;

use std::process::ExitCode;

use args::{AccountsCommand, Args, Command, DocsCommand};
use clap::{CommandFactory, Parser};
use mimalloc::MiMalloc;

/// A call makes and drops many small texts, on whichever thread: the system's allocator took a quarter of its time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let args = Args::parse();
    match args.command {
        Some(Command::Env(env)) => {
            print!("{}", clients::exports(&env));
            ExitCode::SUCCESS
        }
        Some(Command::World(world)) => print_or_report(admin::world(&world.at, &world.command)),
        Some(Command::Clock(clock)) => print_or_report(admin::clock(&clock.at, &clock.command)),
        Some(Command::Accounts(accounts)) => print_or_report(match accounts.command {
            AccountsCommand::New => admin::new_account(&accounts.at),
        }),
        Some(Command::Explain(explain)) => print_or_report(explain::explain(&explain)),
        Some(Command::State(state)) => state::run(&state),
        Some(Command::Reset(at)) => print_or_report(admin::reset(&at)),
        Some(Command::Docs(docs)) => match docs.command {
            DocsCommand::Check { files } => docs::check(&files),
            DocsCommand::Export { format, lang, folder } => report(docs::export(format, lang, &folder)),
        },
        Some(Command::Completion { shell }) => {
            clap_complete::generate(shell, &mut Args::command(), "moyun", &mut std::io::stdout());
            ExitCode::SUCCESS
        }
        None => report(start::serve(&args.serve)),
        Some(Command::Serve(serve)) => report(start::serve(&serve)),
    }
}

fn print_or_report(outcome: Result<String, String>) -> ExitCode {
    report(outcome.map(|text| print!("{text}")))
}

fn report(outcome: Result<(), String>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("moyun: {sentence}");
            ExitCode::FAILURE
        }
    }
}
