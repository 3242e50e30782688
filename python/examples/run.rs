//! Runs a Python file natively, as a worker would: `cargo run --example run -- file.py`. What is told of a deadlock
//! goes to stderr.

use std::io::Write as _;
use std::process::ExitCode;
use std::time::Duration;
use std::{env, fs, io, thread};

use parallel_lab_python::allocator::Allocator;
use parallel_lab_python::interpreter::{self, Options};
use parallel_lab_python::output::{self, Stream};
use parallel_lab_python::processes::host;
use parallel_lab_python::script::{self, Script};
use parallel_lab_python::threads;

#[global_allocator]
static ALLOCATOR: Allocator = Allocator;

fn main() -> ExitCode {
    let Some(file_name) = env::args().nth(1) else {
        eprintln!("which file?");
        return ExitCode::FAILURE;
    };
    if file_name == host::CHILD {
        return child();
    }
    let source = match fs::read_to_string(&file_name) {
        Ok(source) => source,
        Err(error) => {
            eprintln!("{file_name}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let interpreter = match interpreter::new(&Options::default()) {
        Ok(interpreter) => interpreter,
        Err(traceback) => {
            eprintln!("{traceback}");
            return ExitCode::FAILURE;
        }
    };
    output::open(Box::new(print));
    thread::spawn(tell_deadlocks);
    let script = Script { source, file_name };
    let (outcome, _) = interpreter.enter(|vm| script::run(&script, threads::Options::default(), vm));
    output::close();
    parallel_lab_python::region::host::forget();
    ExitCode::from(outcome.exit_code as u8)
}

/// The same program as a process of a script.
fn child() -> ExitCode {
    match interpreter::new(&Options::default()) {
        Ok(interpreter) => host::serve(&interpreter).map_or(ExitCode::FAILURE, ExitCode::from),
        Err(traceback) => {
            eprintln!("{traceback}");
            ExitCode::FAILURE
        }
    }
}

/// For as long as the program lives.
fn tell_deadlocks() {
    loop {
        host::take_deadlocks().iter().for_each(|json| eprintln!("{json}"));
        thread::sleep(Duration::from_millis(100));
    }
}

fn print(stream: Stream, text: &str) {
    let printed = match stream {
        Stream::Stdout => io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()),
        Stream::Stderr => io::stderr().write_all(text.as_bytes()),
    };
    // Nobody reads any more: there is nobody to tell either.
    let _ = printed;
}
