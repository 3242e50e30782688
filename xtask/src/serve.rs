//! `cargo xtask serve`.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::add_python::{self, Folders};
use crate::arguments::ServeOptions;
use crate::build_progress::{self, State};
use crate::dist::{self, Contents};
use crate::process::{say, spoken};
use crate::server::{Config, Server};

/// Tried from here on, when no port is asked for.
const FIRST_PORT: u16 = 8080;

/// How many ports are tried.
const TRIES: u16 = 100;

/// Builds the site without Python, serves it until the program is interrupted,
/// and builds Python meanwhile: its labs ask how far that is.
///
/// # Errors
/// When the build fails or the port that was asked for is taken.
pub fn serve(options: &ServeOptions) -> Result<()> {
    let whole = if options.no_python { None } else { dist::whole()? };
    let is_whole = whole.is_some();
    let dist = match whole {
        Some(dist) => dist,
        None => dist::build(Contents::WithoutPython)?,
    };
    let server = start(&dist, options.port)?;
    let url = server.url();
    say("serving dist/ with isolation headers; Ctrl-C ends it");
    println!("{url}");
    if !options.no_open {
        open(&url);
    }
    if is_whole {
        // A browser may have kept the page as it was before Python was there.
        server.set_routes(
            add_python::folders_of(&dist)?.map(|folders| State::Done(folders).route()).into_iter().collect(),
        );
    } else if !options.no_python {
        say("building Python too: some 20 minutes on 2 cores the first time; its labs open by themselves then");
        build_while_serving(&server, dist::add_python);
    }
    loop {
        thread::park();
    }
}

/// Has `build` build Python, and tells the pages of `server` how far it is. When
/// it fails, the rest is served all the same.
fn build_while_serving(server: &Server, build: impl FnOnce(&(dyn Fn() + Sync)) -> Result<Folders> + Send) {
    let start = Instant::now();
    match build_progress::follow(build, |state| server.set_routes(vec![state.route()])) {
        Ok(_) => say(&format!("Python is there, after {}: {}", spoken(start.elapsed()), server.url())),
        Err(error) => eprintln!("xtask: Python could not be built; the rest is served on: {error:#}"),
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
    use std::io::{Read, Write};
    use std::net::TcpStream;

    use super::*;
    use crate::build_progress::NAME;

    /// What a page hears of Python.
    fn progress(port: u16) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("connected");
        write!(stream, "GET /{NAME} HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer.split_once("\r\n\r\n").map(|(_, body)| body.trim().to_owned()).unwrap_or_default()
    }

    #[test]
    fn pages_hear_how_far_python_is_until_it_is_there() {
        let server = Server::start(Config::new(std::env::temp_dir())).expect("started");
        let port = server.port();
        assert!(progress(port).contains("no such file"));
        build_while_serving(&server, |_| {
            assert_eq!(progress(port), "{\"state\": \"building\", \"crates\": 0, \"minutes\": 0}");
            Ok(Folders { isolated: "a/".into(), threaded: "b/".into() })
        });
        assert_eq!(progress(port), "{\"state\": \"done\", \"isolated\": \"a/\", \"threaded\": \"b/\"}");
    }

    #[test]
    fn a_build_that_fails_leaves_the_server_up() {
        let server = Server::start(Config::new(std::env::temp_dir())).expect("started");
        build_while_serving(&server, |_| bail!("error: no luck\n    and more"));
        assert_eq!(progress(server.port()), "{\"state\": \"failed\", \"reason\": \"error: no luck\"}");
    }

    #[test]
    fn a_busy_port_that_was_asked_for_is_an_error() {
        let folder = std::env::temp_dir();
        let first = Server::start(Config::new(&folder)).expect("started");
        let error = start(&folder, Some(first.port())).expect_err("busy");
        assert!(error.to_string().contains("is busy"), "{error}");
    }
}
