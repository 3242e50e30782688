//! `cargo xtask serve`.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};

use crate::arguments::ServeOptions;
use crate::dist::{self, Contents};
use crate::process::say;
use crate::server::{Config, Server};

/// Tried from here on, when no port is asked for.
const FIRST_PORT: u16 = 8080;

/// How many ports are tried.
const TRIES: u16 = 100;

/// Builds the site and serves it until the program is interrupted.
///
/// # Errors
/// When the build fails or the port that was asked for is taken.
pub fn serve(options: &ServeOptions) -> Result<()> {
    let contents = if options.python { Contents::Everything } else { Contents::WithoutPython };
    let dist = dist::build(contents)?;
    let server = start(&dist, options.port)?;
    let url = server.url();
    say("serving dist/ with isolation headers; Ctrl-C ends it");
    println!("{url}");
    if !options.no_open {
        open(&url);
    }
    loop {
        thread::park();
    }
}

fn start(dist: &Path, asked: Option<u16>) -> Result<Server> {
    let ports = match asked {
        Some(port) => port..=port,
        None => FIRST_PORT..=FIRST_PORT + TRIES - 1,
    };
    for port in ports {
        match Server::start(Config { port, ..Config::new(dist) }) {
            Ok(server) => return Ok(server),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => match asked {
                Some(_) => {
                    bail!("port {port} is busy: choose another with --port, or leave it out")
                }
                None => say(&format!("port {port} is busy, trying the next")),
            },
            Err(error) => {
                return Err(error).with_context(|| format!("cannot serve on port {port}"));
            }
        }
    }
    bail!("ports {FIRST_PORT} to {} are all busy: name a free one with --port", FIRST_PORT + TRIES - 1)
}

/// Opens the browser; where there is none, the printed URL is enough.
fn open(url: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(url);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Ok(mut child) = command.spawn() {
        thread::spawn(move || child.wait());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_port_that_was_asked_for_is_an_error() {
        let folder = std::env::temp_dir();
        let first = Server::start(Config::new(&folder)).expect("started");
        let error = start(&folder, Some(first.port())).expect_err("busy");
        assert!(error.to_string().contains("is busy"), "{error}");
    }
}
