//! How far Python is while `cargo xtask serve` already serves the rest: a small
//! resource beside the site that Python's labs ask for
//! (`src/pool/python/build.rs`). It is never part of `dist/`.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

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

    /// The resource as a server gives it.
    #[must_use]
    pub fn route(&self) -> Route {
        Route { path: format!("/{NAME}"), content_type: "application/json".into(), body: self.to_json().into() }
    }
}

/// The state of a build that goes on in one thread, for those who ask in others.
#[derive(Debug)]
pub struct BuildProgress {
    start: Instant,
    stage: Mutex<Stage>,
}

#[derive(Debug)]
enum Stage {
    Building { crates: u32 },
    Over(State),
}

impl BuildProgress {
    /// The build begins now.
    #[must_use]
    pub fn begin() -> Self {
        Self { start: Instant::now(), stage: Mutex::new(Stage::Building { crates: 0 }) }
    }

    /// One more crate is being compiled.
    pub fn count_crate(&self) {
        if let Stage::Building { crates } = &mut *self.stage() {
            *crates += 1;
        }
    }

    /// The build is over. An error's first line is what the page gets to say.
    pub fn end(&self, outcome: &anyhow::Result<Folders>) {
        *self.stage() = Stage::Over(match outcome {
            Ok(folders) => State::Done(folders.clone()),
            Err(error) => State::Failed(format!("{error:#}").lines().next().unwrap_or_default().to_owned()),
        });
    }

    /// How far it is.
    #[must_use]
    pub fn state(&self) -> State {
        match &*self.stage() {
            Stage::Building { crates } => State::Building { crates: *crates, elapsed: self.start.elapsed() },
            Stage::Over(state) => state.clone(),
        }
    }

    /// A panic elsewhere leaves the stage whole: go on with it.
    fn stage(&self) -> MutexGuard<'_, Stage> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

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

    #[test]
    fn a_build_counts_until_it_is_over() {
        let progress = BuildProgress::begin();
        progress.count_crate();
        progress.count_crate();
        assert!(matches!(progress.state(), State::Building { crates: 2, .. }));
        progress.end(&Ok(folders()));
        progress.count_crate();
        assert_eq!(progress.state(), State::Done(folders()));
    }

    #[test]
    fn a_failure_is_told_in_one_line() {
        let progress = BuildProgress::begin();
        progress.end(&Err(anyhow!("error: no such crate\n    Compiling a\n    Compiling b")));
        assert_eq!(progress.state(), State::Failed("error: no such crate".into()));
    }
}
