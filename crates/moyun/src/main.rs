//! Moyun: Alibaba Cloud ECS on your own machine.

mod args;
mod clients;
mod start;

use std::process::ExitCode;

use args::{Args, Command};
use clap::Parser;

fn main() -> ExitCode {
    let args = Args::parse();
    match args.command {
        Some(Command::Env(env)) => {
            print!("{}", clients::exports(&env));
            ExitCode::SUCCESS
        }
        None => report(start::serve(&args.serve)),
        Some(Command::Serve(serve)) => report(start::serve(&serve)),
    }
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
