//! Who did what, when: spans on the page's clock.

use serde::{Deserialize, Serialize};

/// One task as a worker ran it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// Which worker or thread, from 0.
    pub worker: u32,
    /// First item of the task's chunk.
    pub first_item: u32,
    /// Items of the task's chunk.
    pub items: u32,
    /// Begin, ms since the Unix epoch (`performance.timeOrigin + now()`).
    pub start_ms: f64,
    /// End, ms since the Unix epoch.
    pub end_ms: f64,
}

impl Span {
    /// How long the task took, ms.
    #[must_use]
    pub fn duration_ms(&self) -> f64 {
        (self.end_ms - self.start_ms).max(0.0)
    }
}

/// One repeat of an executor: four consecutive intervals, and who worked when.
/// All times are ms since dispatch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// When the last worker was ready (0 where they were up before).
    pub ready_ms: f64,
    /// When the first task began.
    pub first_task_ms: f64,
    /// When the last task ended.
    pub last_task_ms: f64,
    /// When the page held all bytes: the wall time.
    pub gathered_ms: f64,
    /// When each worker was ready (empty where they were up before).
    pub worker_ready_ms: Vec<f64>,
    /// The tasks, with times since dispatch, in the order of their ends.
    pub spans: Vec<Span>,
    /// Summed durations of all tasks, also of those that `spans` had no room for.
    pub work_ms: f64,
}
