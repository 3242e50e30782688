//! A browser that has little memory to give: programs can't grow beyond a limit,
//! and memory that is to be shared can't be had above it.

use std::fs;
use std::path::PathBuf;

use xtask::memory_limit::limited;

use crate::Outcome;
use crate::site::{Fault, FaultKind, Site};

/// In whoever asks for memory that is shared: a page, or a worker.
const SHARED: &str = include_str!("scripts/memory_limit.js");

/// Whose memory is limited.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Whose {
    /// The page's own.
    Page,
    /// An isolated engine's.
    IsolatedEngine,
    /// That of the threads' engine.
    ThreadedEngine,
    /// An isolated Python's.
    IsolatedPython,
    /// What Python's threads share.
    ThreadedPython,
}

impl Whose {
    /// Everybody's.
    pub const ALL: [Self; 5] =
        [Self::Page, Self::IsolatedEngine, Self::ThreadedEngine, Self::IsolatedPython, Self::ThreadedPython];

    fn faults(self, site: &Site, mib: u64) -> Outcome<Vec<Fault>> {
        let module = |pattern: &str, file: PathBuf| -> Outcome<Vec<Fault>> {
            Ok(vec![Fault::new(pattern, FaultKind::Replaced(limited(&fs::read(file)?, mib)?))])
        };
        match self {
            Self::Page => module("parallel-lab-*_bg.wasm", page_program(site)?),
            Self::IsolatedEngine => {
                module("engine-isolated-*/engine.wasm", site.engine_file("engine-isolated", "engine.wasm")?)
            }
            Self::IsolatedPython => {
                module("python-isolated-*/python.wasm", site.engine_file("python-isolated", "python.wasm")?)
            }
            // It asks for its memory by itself.
            Self::ThreadedEngine => {
                let script = fs::read_to_string(site.engine_file("engine-threaded", "worker.js")?)?;
                let script = format!("{}{script}", shared(mib));
                Ok(vec![Fault::new("engine-threaded-*/worker.js", FaultKind::Replaced(script.into()))])
            }
            Self::ThreadedPython => {
                let source = shared(mib);
                Ok(vec![Fault::new("index.html", FaultKind::Script { name: "memory-limit.js".into(), source })])
            }
        }
    }
}

fn shared(mib: u64) -> String {
    SHARED.replace("LIMIT_MIB", &mib.to_string())
}

fn page_program(site: &Site) -> Outcome<PathBuf> {
    for entry in fs::read_dir(site.file(""))? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with("_bg.wasm") {
            return Ok(path);
        }
    }
    Err("the site has no program".into())
}

impl Site {
    /// From the next request on, no memory of these gets larger than `mib` MiB.
    ///
    /// # Errors
    /// When a program can't be read, or begins with more.
    pub fn limit_memory(&self, whose: &[Whose], mib: u64) -> Outcome {
        let mut faults = Vec::new();
        for whose in whose {
            faults.extend(whose.faults(self, mib)?);
        }
        self.break_files(&faults);
        Ok(())
    }
}
