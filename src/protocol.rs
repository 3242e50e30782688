//! The whole conversation between the page and a worker, on one page.
//!
//! On the wire a message is a JavaScript object
//! `{header: string, data?: ArrayBuffer}`: the control plane is one of the two
//! enums below as JSON text, `{"kind": {fields}}`, the data plane one buffer
//! beside it: rows of the workload's own scalars, little-endian.
//! What is computed is [`AnyWorkload`]'s affair: nothing here knows it.
//! A worker that shares its memory adds `memory` and `board` to [`FromWorker::Ready`].
//!
//! A worker script speaks first with a plain `start` object (see
//! `www/engine-isolated.js`), because nothing can be decoded before the engine
//! is compiled; everything after [`FromWorker::Ready`] is this protocol.

pub mod python;

use serde::{Deserialize, Serialize};

use crate::model::settings::{Gather, Kernel};
use crate::model::timeline::Span;
use crate::workload::AnyWorkload;

/// From the page to a worker. Every request carries the `dispatch` it belongs
/// to; replies to a dispatch that is over are dropped by the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ToWorker {
    /// Do a chunk of items; the data are its input, shape `(items, in_row)`.
    /// Answer: [`FromWorker::Progress`]…, [`FromWorker::Done`].
    Run(Task),
    /// Do all items with the pool of threads of this instance; the data are all
    /// input. The answer is one [`FromWorker::Done`]; what happens meanwhile is
    /// on the board in shared memory.
    RunThreads(ThreadRun),
    /// Drop all work. Answer, always: [`FromWorker::Stopped`].
    Stop {
        /// The dispatch that is over.
        dispatch: u32,
    },
}

/// One chunk of items for one worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// Which dispatch.
    pub dispatch: u32,
    /// Which task of the dispatch, from 0.
    pub task: u32,
    /// Which worker this is, from 0: goes into the span.
    pub worker: u32,
    /// First item of the chunk.
    pub first_item: u32,
    /// Items of the chunk.
    pub items: u32,
    /// What to do.
    pub workload: AnyWorkload,
    /// How.
    pub kernel: Kernel,
    /// How the result travels back.
    pub gather: Gather,
    /// Tests only: what is to go wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
}

/// All items for a worker that hosts threads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThreadRun {
    /// Which dispatch.
    pub dispatch: u32,
    /// What to do.
    pub workload: AnyWorkload,
    /// How.
    pub kernel: Kernel,
    /// Items per task.
    pub chunk: u32,
    /// How the result travels back.
    pub gather: Gather,
    /// Tests only: what is to go wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
}

/// What a test may ask to go wrong, for real, in the release build. The page
/// itself never asks for it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// The engine (or one rayon thread) panics.
    Panic,
    /// The engine (or one rayon thread) never yields again.
    Hang,
}

/// From a worker to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FromWorker {
    /// The engine is up.
    Ready {
        /// Its [`crate::BUILD`].
        build: String,
    },
    /// A sign of life: units done of the task at work.
    Progress {
        /// Which dispatch.
        dispatch: u32,
        /// Which task.
        task: u32,
        /// Units done of this task.
        done: u64,
    },
    /// A task is done; the data are its output, shape `(items, out_row)`.
    Done {
        /// Which dispatch.
        dispatch: u32,
        /// Which task.
        task: u32,
        /// When and by whom.
        span: Span,
    },
    /// All work is dropped.
    Stopped {
        /// Which dispatch.
        dispatch: u32,
    },
    /// The worker can't go on, or can't do this.
    Failed(EngineError),
}

impl FromWorker {
    /// The dispatch that this belongs to; `None` for what concerns the worker itself.
    #[must_use]
    pub fn dispatch(&self) -> Option<u32> {
        match self {
            Self::Progress { dispatch, .. } | Self::Done { dispatch, .. } | Self::Stopped { dispatch } => {
                Some(*dispatch)
            }
            Self::Ready { .. } | Self::Failed(_) => None,
        }
    }
}

/// What went wrong inside a worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum EngineError {
    /// The engine's file did not arrive, did not compile or did not start.
    #[error("its program could not be loaded ({message})")]
    Load {
        /// The browser's words.
        message: String,
    },
    /// The engine panicked; it is gone.
    #[error("its program stopped with an internal error ({message})")]
    Panic {
        /// The panic's message.
        message: String,
    },
    /// There was not enough memory for its rows, or for something else.
    #[error("there was not enough memory for it")]
    Memory {
        /// Bytes that could be had at once, or that it had when it ended; 0 where nobody knows.
        had: u64,
    },
    /// A data file could not be had, or is damaged.
    #[error("{message}")]
    File {
        /// A clause that says which, and why.
        message: String,
    },
    /// The request was not understood.
    #[error("it was sent something that it does not understand ({message})")]
    Request {
        /// What was wrong with it.
        message: String,
    },
}

/// The block of shared memory through which a hosting worker's threads report
/// while the worker itself blocks. Offsets in bytes from the board's address;
/// the page reads with `Atomics.load` and never waits.
pub mod board {
    /// `i32`: the page sets it to 1 to stop the run.
    pub const STOP: u32 = 0;
    /// `i32`: [`PANIC`] or [`NO_MEMORY`] after that in any thread, else 0.
    pub const PANICKED: u32 = 4;
    /// A thread panicked.
    pub const PANIC: i32 = 1;
    /// A thread was refused memory.
    pub const NO_MEMORY: i32 = 2;
    /// `i32`: grows with each slice that any thread has done.
    pub const HEARTBEAT: u32 = 8;
    /// `i32`: bytes of the panic's message.
    pub const MESSAGE_LENGTH: u32 = 12;
    /// `i64`: units done.
    pub const DONE: u32 = 16;
    /// `i64`: summed task durations, ns.
    pub const WORK_NS: u32 = 24;
    /// `i64`: tasks done, also of those that the slots have no room for.
    pub const TASKS: u32 = 32;
    /// `f64`: when the first task began, ms since the Unix epoch.
    pub const FIRST_START: u32 = 40;
    /// `f64`: when the last task ended, ms since the Unix epoch.
    pub const LAST_END: u32 = 48;
    /// The panic's message in UTF-8.
    pub const MESSAGE: u32 = 56;
    /// Room for the panic's message, bytes.
    pub const MESSAGE_CAPACITY: u32 = 200;
    /// The first span's slot: five `f64` each (worker, first item, items, start, end).
    pub const SLOTS: u32 = MESSAGE + MESSAGE_CAPACITY;
    /// `f64` values per slot.
    pub const SLOT_VALUES: u32 = 5;
    /// Spans that have a slot; later ones are only summed.
    pub const SLOT_COUNT: u32 = 4096;
    /// Size of the board, bytes.
    pub const BYTES: u32 = SLOTS + SLOT_COUNT * SLOT_VALUES * 8;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::lorenz::equations::Parameters;
    use crate::workload::lorenz::{Integration, Keep};

    fn task() -> Task {
        Task {
            dispatch: 7,
            task: 3,
            worker: 1,
            first_item: 24,
            items: 8,
            workload: AnyWorkload::from(Integration {
                members: 1000,
                parameters: Parameters { beta: 8.0 / 3.0, ..Parameters::LORENZ_1963 },
                steps: 5000,
                keep: Keep::Trajectories,
            }),
            kernel: Kernel::Simd,
            gather: Gather::Copy,
            fault: None,
        }
    }

    #[test]
    fn a_task_crosses_the_boundary_bit_for_bit() {
        let sent = ToWorker::Run(task());
        let text = serde_json::to_string(&sent).unwrap();
        assert!(text.starts_with(r#"{"run":{"#), "{text}");
        assert!(text.contains(r#""workload":{"lorenz-integration":{"members":1000,"#), "{text}");
        assert!(!text.contains("fault"), "{text}");
        assert_eq!(serde_json::from_str::<ToWorker>(&text).unwrap(), sent);
    }

    #[test]
    fn a_fault_can_be_written_into_a_header() {
        let text = serde_json::to_string(&ToWorker::Run(task())).unwrap();
        let faulty = text.replacen(r#"{"run":{"#, r#"{"run":{"fault":"panic","#, 1);
        let ToWorker::Run(read) = serde_json::from_str(&faulty).unwrap() else { panic!("{faulty}") };
        assert_eq!(read.fault, Some(Fault::Panic));
    }

    #[test]
    fn scripts_can_speak_of_their_own_failures() {
        let failed = |text: &str| serde_json::from_str::<FromWorker>(&format!(r#"{{"failed":{text}}}"#)).unwrap();
        let missing = failed(r#"{"load":{"message":"404"}}"#);
        assert_eq!(missing, FromWorker::Failed(EngineError::Load { message: "404".into() }));
        let refused = failed(r#"{"memory":{"had":65536}}"#);
        assert_eq!(refused, FromWorker::Failed(EngineError::Memory { had: 65536 }));
    }

    #[test]
    fn the_board_keeps_its_alignment() {
        for offset in [board::DONE, board::WORK_NS, board::TASKS, board::FIRST_START, board::LAST_END, board::SLOTS] {
            assert_eq!(offset % 8, 0);
        }
    }
}
