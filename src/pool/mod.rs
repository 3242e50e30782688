//! The page's side of the workers: it finds out what works here, starts and
//! ends workers, hands out tasks, takes the time, and never waits on a lock.

use std::rc::Rc;

use crate::model::capabilities::Capabilities;
use crate::model::report::{ErrorCode, ExecutorResult, Report};
use crate::model::settings::{Executor, Settings};
use crate::model::timeline::Timeline;

/// What a run tells while it goes on. Each run ends with exactly one of
/// `Finished`, `Stopped`, `Failed`.
#[derive(Clone, Debug)]
pub enum Event {
    /// What the run is doing now: a sentence for learners.
    Phase {
        /// The run.
        run: u32,
        /// The sentence.
        sentence: String,
    },
    /// Members done over all repeats of one executor; at most ten a second,
    /// the last with `done == total`.
    Progress {
        /// The run.
        run: u32,
        /// Which executor.
        executor: Executor,
        /// Members done.
        done: u64,
        /// Members to do.
        total: u64,
    },
    /// One executor is done (speedups are final only in the report).
    Result {
        /// The run.
        run: u32,
        /// Its figures.
        result: Box<ExecutorResult>,
        /// Its median repeat, where it ran.
        timeline: Option<Timeline>,
    },
    /// All is done.
    Finished(Rc<Report>),
    /// The run was stopped.
    Stopped {
        /// The run.
        run: u32,
    },
    /// The run as a whole could not be done.
    Failed {
        /// The run.
        run: u32,
        /// What kind of failure.
        code: ErrorCode,
        /// A sentence for learners.
        message: String,
    },
}

/// Runs experiments, one at a time.
pub struct Runner {
    capabilities: Capabilities,
}

impl Runner {
    /// Tries what works here, within a second, and starts to load the engines.
    pub async fn open() -> Rc<Self> {
        unimplemented!()
    }

    /// What was found.
    #[must_use]
    pub fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    /// Starts a run and gives its number; `None` while another is running.
    pub fn run(self: &Rc<Self>, _settings: Settings, _on_event: impl Fn(Event) + 'static) -> Option<u32> {
        unimplemented!()
    }

    /// Asks the current run to stop; nothing when idle. `Event::Stopped` follows within 100 ms.
    pub fn stop(&self) {}

    /// Is a run going on?
    #[must_use]
    pub fn is_running(&self) -> bool {
        false
    }
}
