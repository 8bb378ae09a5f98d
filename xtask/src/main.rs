//! The commands of the project, as `cargo xtask <command>`.
//!
//! `run` is for whoever wants to see it, `test` is all that CI runs, the others serve those who work on it.

mod bench;
mod build_apps;
mod database;
mod mutants;
mod postgres;
mod programs;
mod run;
mod shots;
mod size;
mod stopwatch;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The commands of the project")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what is missing, build everything in release and start the server with demo data
    Run(run::Options),
    /// Everything that CI checks; the last line is `N passed, N failed`
    Test(test::Options),
    /// Measure speed and sizes, as `bench <name> <value> <unit>` lines
    Bench,
    /// Print the compressed sizes of both apps and fail above their budgets
    Size,
    /// Try a sample of wrong operators in `shared` and print those that no test notices
    Mutants(mutants::Options),
    /// Print the circles of imports inside the crates, with who imports what
    Circles,
    /// Take screenshots of the main screens into target/shots
    Shots,
    /// Install the tools that are missing, or print how
    Tools,
    /// Build both apps into dist/m and dist/desk
    BuildApps(build_apps::Options),
    /// Write the metadata of the SQL queries (.sqlx), so that builds need no database
    Prepare,
    /// Run a command with DATABASE_URL set to a private Postgres that lives as long as the command
    WithDatabase(database::WithDatabase),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Run(options) => run::run(&options),
        Command::Test(options) => test::test(&options),
        Command::Bench => bench::bench(),
        Command::Size => size::size(),
        Command::Mutants(options) => mutants::mutants(&options),
        Command::Circles => test::circles(),
        Command::Shots => shots::shots(),
        Command::Tools => tools::prepare(&tools::EVERYTHING),
        Command::BuildApps(options) => tools::prepare(&tools::FOR_APPS).and_then(|()| build_apps::build_with(&options)),
        Command::Prepare => database::prepare(),
        Command::WithDatabase(options) => database::with_database(&options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if !error.is::<test::SomeFailed>() {
                eprintln!("{error:#}");
            }
            let needs_consent = error.is::<tools::NeedsInstalling>();
            ExitCode::from(if needs_consent { 2 } else { 1 })
        }
    }
}
