//! How far Python is while `cargo xtask serve` already serves the rest: a small
//! resource beside the site that Python's labs ask for
//! (`src/pool/python/build.rs`). It is never part of `dist/`.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};

use crate::add_python::Folders;
use crate::server::Route;
use crate::site::script_string;

/// What a page asks for, relative to itself.
pub const NAME: &str = "build-progress.json";

/// How far Python is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum State {
    /// It is being built.
    Building {
        /// So many crates have been begun to compile.
        crates: u32,
        /// It has taken so long.
        elapsed: Duration,
    },
    /// It is part of the site.
    Done(Folders),
    /// It could not be built: why, in one line.
    Failed(String),
}

impl State {
    /// What the page reads (`src/model/python_build.rs`).
    #[must_use]
    pub fn to_json(&self) -> String {
        match self {
            Self::Building { crates, elapsed } => {
                let minutes = elapsed.as_secs() / 60;
                format!("{{\"state\": \"building\", \"crates\": {crates}, \"minutes\": {minutes}}}\n")
            }
            Self::Done(Folders { isolated, threaded }) => {
                let [isolated, threaded] = [isolated, threaded].map(|folder| script_string(folder));
                format!("{{\"state\": \"done\", \"isolated\": {isolated}, \"threaded\": {threaded}}}\n")
            }
            Self::Failed(reason) => {
                format!("{{\"state\": \"failed\", \"reason\": {}}}\n", script_string(reason))
            }
        }
    }

    /// A build that is over. An error's first line is what the page gets to say.
    fn over(outcome: &Result<Folders>) -> Self {
        match outcome {
            Ok(folders) => Self::Done(folders.clone()),
            Err(error) => Self::Failed(format!("{error:#}").lines().next().unwrap_or_default().to_owned()),
        }
    }

    /// The resource as a server gives it.
    #[must_use]
    pub fn route(&self) -> Route {
        Route { path: format!("/{NAME}"), content_type: "application/json".into(), body: self.to_json().into() }
    }
}

/// Has `build` build, in a thread of its own, and tells how far it is: at the
/// beginning, at each crate that it counts, at each minute, and when it is over.
///
/// # Errors
/// The build's own, or that it panicked.
pub fn follow(
    build: impl FnOnce(&(dyn Fn() + Sync)) -> Result<Folders> + Send,
    mut tell: impl FnMut(&State),
) -> Result<Folders> {
    let start = Instant::now();
    // Gives how long that holds.
    let mut tell_building = |crates| {
        let elapsed = start.elapsed();
        tell(&State::Building { crates, elapsed });
        rest_of_minute(elapsed)
    };
    let (count, counted) = mpsc::channel();
    let mut crates = 0;
    let mut holds = tell_building(crates);
    let outcome = thread::scope(|scope| {
        let building = scope.spawn(move || {
            build(&|| {
                // It is heard for as long as the build goes on.
                let _ = count.send(());
            })
        });
        loop {
            match counted.recv_timeout(holds) {
                Ok(()) => crates += 1,
                Err(RecvTimeoutError::Timeout) => {}
                // However the build ended, it has let go of its end.
                Err(RecvTimeoutError::Disconnected) => break,
            }
            holds = tell_building(crates);
        }
        building.join().unwrap_or_else(|_| Err(anyhow!("building Python panicked")))
    });
    tell(&State::over(&outcome));
    outcome
}

fn rest_of_minute(elapsed: Duration) -> Duration {
    Duration::from_secs(60 - elapsed.as_secs() % 60)
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    fn folders() -> Folders {
        Folders { isolated: "python-isolated-1/".into(), threaded: "python-threaded-2/".into() }
    }

    /// `model::python_build` reads the same texts in its tests.
    #[test]
    fn each_state_is_a_line_of_json() {
        let building = State::Building { crates: 94, elapsed: Duration::from_secs(299) };
        assert_eq!(building.to_json(), "{\"state\": \"building\", \"crates\": 94, \"minutes\": 4}\n");
        assert_eq!(
            State::Done(folders()).to_json(),
            "{\"state\": \"done\", \"isolated\": \"python-isolated-1/\", \"threaded\": \"python-threaded-2/\"}\n"
        );
        assert_eq!(
            State::Failed("error: no \"luck\"".into()).to_json(),
            "{\"state\": \"failed\", \"reason\": \"error: no \\\"luck\\\"\"}\n"
        );
    }

    /// What is told of a build, in order.
    fn told(build: impl FnOnce(&(dyn Fn() + Sync)) -> Result<Folders> + Send) -> Vec<State> {
        let mut told = Vec::new();
        let _ = follow(build, |state| {
            told.push(match state {
                State::Building { crates, .. } => State::Building { crates: *crates, elapsed: Duration::ZERO },
                over => over.clone(),
            });
        });
        told
    }

    fn building(crates: u32) -> State {
        State::Building { crates, elapsed: Duration::ZERO }
    }

    #[test]
    fn each_crate_is_told_until_the_build_is_over() {
        let told = told(|count| {
            (0..3).for_each(|_| count());
            Ok(folders())
        });
        assert_eq!(told, [building(0), building(1), building(2), building(3), State::Done(folders())]);
    }

    #[test]
    fn a_failure_is_told_in_one_line() {
        let told = told(|_| bail!("error: no such crate\n    Compiling a\n    Compiling b"));
        assert_eq!(told, [building(0), State::Failed("error: no such crate".into())]);
    }

    #[test]
    fn a_panic_is_a_failure() {
        let told = told(|_| panic!("this panic is part of the test"));
        assert_eq!(told, [building(0), State::Failed("building Python panicked".into())]);
    }

    #[test]
    fn what_is_told_is_renewed_each_minute() {
        assert_eq!(rest_of_minute(Duration::ZERO), Duration::from_secs(60));
        assert_eq!(rest_of_minute(Duration::from_millis(119_999)), Duration::from_secs(1));
    }
}
