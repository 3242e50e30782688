//! `cargo xtask`: see `cargo xtask help`.

use std::process::ExitCode;

use xtask::arguments::{Command, HELP, parse};
use xtask::process::Told;
use xtask::{bench, data, dist, matrix, python_reference, screenshots, serve, single_file, site, test};

/// How a command line that can't be understood ends.
const USAGE_ERROR: u8 = 2;

fn main() -> ExitCode {
    let command = match parse(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(error) => {
            eprintln!("xtask: {error}");
            return ExitCode::from(USAGE_ERROR);
        }
    };
    match run(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => match error.downcast_ref::<Told>() {
            Some(told) => ExitCode::from(told.code),
            None => {
                eprintln!("xtask: {error:#}");
                ExitCode::FAILURE
            }
        },
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Help => {
            print!("{HELP}");
            Ok(())
        }
        Command::Serve(options) => serve::serve(&options),
        Command::Dist => dist::build(dist::Contents::Everything).map(drop),
        Command::SingleFile(options) => single_file::build(&options),
        Command::Test(suite) => test::run(suite),
        Command::Bench(benches) => bench::run(benches),
        Command::Matrix => matrix::run(),
        Command::Screenshots => screenshots::run(),
        Command::Data => data::run(),
        Command::PythonReference => python_reference::run(),
        Command::Hook(stage) => site::hook(stage),
    }
}
