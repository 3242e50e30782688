//! What a run yields: one result per executor, as `docs/embed.md` defines it.

use serde::Serialize;

use super::settings::{Executor, Kernel};

/// Did the executor run?
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It ran and gave results.
    Ok,
    /// It can't run here; `reason` says why.
    Unavailable,
    /// It began and broke; `reason` says how.
    Failed,
}

impl Status {
    /// As in messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Unavailable => "unavailable",
            Self::Failed => "failed",
        }
    }
}

/// Where the work was done.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Where {
    /// In one or more web workers.
    Worker,
    /// On the page's own thread, in slices: the last fallback.
    Page,
}

/// Smallest, (lower) median and largest of the repeats' wall times, ms.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Wall {
    /// The fastest repeat.
    pub min: f64,
    /// The (lower) median repeat.
    pub median: f64,
    /// The slowest repeat.
    pub max: f64,
}

/// One executor's figures; what does not apply is `None` (`null`).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExecutorResult {
    /// Which executor.
    pub executor: Executor,
    /// Did it run?
    pub status: Status,
    /// Why not, or what was done instead: a sentence for learners.
    pub reason: Option<String>,
    /// Where it ran.
    #[serde(rename = "where")]
    pub place: Option<Where>,
    /// Which inner loop it ran.
    pub kernel: Option<Kernel>,
    /// Workers that ran.
    pub workers: Option<u32>,
    /// Workers that were to run: more where some did not come.
    #[serde(skip)]
    pub asked_workers: Option<u32>,
    /// Tasks per run.
    pub tasks: Option<u32>,
    /// Members per task.
    pub chunk: Option<u32>,
    /// Repeats that count.
    pub repeats: Option<u32>,
    /// Runs per repeat.
    pub batch: Option<u32>,
    /// Repeats that were thrown away and redone.
    pub discarded: Option<u32>,
    /// Wall times; `None` also where a run is below the clock.
    pub wall_ms: Option<Wall>,
    /// Dispatch → last worker ready.
    pub startup_ms: Option<f64>,
    /// → first task begins.
    pub send_ms: Option<f64>,
    /// → last task ends.
    pub compute_ms: Option<f64>,
    /// → the page holds all bytes.
    pub gather_ms: Option<f64>,
    /// Summed task spans.
    pub work_ms: Option<f64>,
    /// `wall_ms.median − work_ms / workers`.
    pub overhead_ms: Option<f64>,
    /// Serial's median wall / this one's.
    pub speedup: Option<f64>,
    /// The same against one worker running the same kernel.
    pub speedup_same_kernel: Option<f64>,
    /// `speedup_same_kernel / workers`.
    pub efficiency: Option<f64>,
    /// Members with a non-finite final state.
    pub diverged: Option<u32>,
    /// FNV-1a, 64 bit, of the final states: 16 hex digits.
    pub final_fnv1a64: Option<String>,
}

impl ExecutorResult {
    /// A result that has only a status and its reason.
    #[must_use]
    pub fn without_figures(executor: Executor, status: Status, reason: String) -> Self {
        Self {
            executor,
            status,
            reason: Some(reason),
            place: None,
            kernel: None,
            workers: None,
            asked_workers: None,
            tasks: None,
            chunk: None,
            repeats: None,
            batch: None,
            discarded: None,
            wall_ms: None,
            startup_ms: None,
            send_ms: None,
            compute_ms: None,
            gather_ms: None,
            work_ms: None,
            overhead_ms: None,
            speedup: None,
            speedup_same_kernel: None,
            efficiency: None,
            diverged: None,
            final_fnv1a64: None,
        }
    }
}

/// Why a run as a whole ended without a report: the listed set of `error.code`.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    /// The run needs more memory than there is for it.
    Memory,
    /// Python could not be had, or broke; the next run starts another.
    Python,
    /// A data file could not be had, or is damaged; the next run asks for it again.
    File,
    /// A message or a part of the program broke its own rules.
    Internal,
}
