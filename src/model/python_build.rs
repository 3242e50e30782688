//! How far a development server is with Python: `cargo xtask serve` builds it
//! while it serves the rest (`xtask/src/build_progress.rs`).

use serde::Deserialize;

/// What the server says.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PythonBuild {
    /// Python is being built.
    Building {
        /// So many crates have been begun to compile.
        crates: u32,
        /// For so long, minutes.
        minutes: u32,
    },
    /// It is there, in these folders: relative addresses.
    Done {
        /// The artefact without threads.
        isolated: String,
        /// The one with threads.
        threaded: String,
    },
    /// It could not be built.
    Failed {
        /// The compiler's words.
        reason: String,
    },
}

impl PythonBuild {
    /// Reads an answer. Hosts that know nothing of it may answer anything.
    #[must_use]
    pub fn read(answer: &[u8]) -> Option<Self> {
        serde_json::from_slice(answer).ok()
    }
}

/// A sentence for whoever waits.
#[must_use]
pub fn building(crates: u32, minutes: u32) -> String {
    let minutes = match minutes {
        0 => "less than a minute".to_owned(),
        1 => "1 minute".to_owned(),
        more => format!("{more} minutes"),
    };
    format!(
        "Python is being built on this computer: {crates} parts so far, in {minutes}. \
         The first time that takes some 20 minutes; then it opens here by itself."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts are those of the tests in `xtask/src/build_progress.rs`.
    #[test]
    fn the_servers_answers_are_read() {
        let read = |text: &str| PythonBuild::read(text.as_bytes());
        assert_eq!(
            read("{\"state\": \"building\", \"crates\": 94, \"minutes\": 4}\n"),
            Some(PythonBuild::Building { crates: 94, minutes: 4 })
        );
        assert_eq!(
            read("{\"state\": \"done\", \"isolated\": \"python-isolated-1/\", \"threaded\": \"python-threaded-2/\"}\n"),
            Some(PythonBuild::Done { isolated: "python-isolated-1/".into(), threaded: "python-threaded-2/".into() })
        );
        assert_eq!(
            read("{\"state\": \"failed\", \"reason\": \"error: no \\\"luck\\\"\"}\n"),
            Some(PythonBuild::Failed { reason: "error: no \"luck\"".into() })
        );
        for other in ["", "<!doctype html><title>404</title>", "{\"state\": \"else\"}", "[1]"] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn minutes_are_words() {
        assert!(building(0, 0).contains("0 parts so far, in less than a minute"));
        assert!(building(94, 1).contains("94 parts so far, in 1 minute."));
        assert!(building(94, 4).contains("in 4 minutes."));
    }
}
