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

impl Timeline {
    /// Turns times since the epoch into times since `dispatched_ms`.
    #[must_use]
    pub fn since(mut self, dispatched_ms: f64) -> Self {
        let marks = [&mut self.first_task_ms, &mut self.last_task_ms, &mut self.gathered_ms];
        let spans = self.spans.iter_mut().flat_map(|span| [&mut span.start_ms, &mut span.end_ms]);
        for ms in marks.into_iter().chain(&mut self.worker_ready_ms).chain(spans) {
            *ms -= dispatched_ms;
        }
        self.ready_ms = self.worker_ready_ms.iter().copied().fold(0.0, f64::max);
        self
    }

    /// Makes the four intervals consecutive where the clocks of different workers disagree by a
    /// tick. Times are since dispatch.
    #[must_use]
    pub fn consecutive(mut self) -> Self {
        let end_ms = self.gathered_ms.max(0.0);
        for ready_ms in &mut self.worker_ready_ms {
            *ready_ms = ready_ms.clamp(0.0, end_ms);
        }
        for span in &mut self.spans {
            span.start_ms = span.start_ms.clamp(0.0, end_ms);
            span.end_ms = span.end_ms.clamp(span.start_ms, end_ms);
        }
        self.ready_ms = self.ready_ms.clamp(0.0, end_ms);
        self.first_task_ms = self.first_task_ms.clamp(self.ready_ms, end_ms);
        self.last_task_ms = self.last_task_ms.clamp(self.first_task_ms, end_ms);
        self.gathered_ms = end_ms;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_since_the_epoch_become_times_since_dispatch() {
        let span = Span { worker: 0, first_item: 0, items: 1, start_ms: 1_004.0, end_ms: 1_008.0 };
        let whole = Timeline {
            first_task_ms: 1_004.0,
            last_task_ms: 1_008.0,
            gathered_ms: 1_010.0,
            worker_ready_ms: vec![1_002.0, 1_003.0],
            spans: vec![span],
            ..Timeline::default()
        };
        let since = whole.since(1_000.0);
        assert_eq!((since.ready_ms, since.first_task_ms, since.last_task_ms, since.gathered_ms), (3.0, 4.0, 8.0, 10.0));
        assert_eq!((since.spans[0].start_ms, since.spans[0].end_ms), (4.0, 8.0));
        assert_eq!(since.clone().consecutive(), since);
    }

    #[test]
    fn a_workers_clock_that_is_ahead_does_not_turn_time_back() {
        let span = Span { worker: 0, first_item: 0, items: 1, start_ms: -3.0, end_ms: 14.0 };
        let ahead = Timeline {
            ready_ms: 2.0,
            first_task_ms: -3.0,
            last_task_ms: 14.0,
            gathered_ms: 10.0,
            spans: vec![span],
            ..Timeline::default()
        };
        let told = ahead.consecutive();
        assert_eq!((told.ready_ms, told.first_task_ms, told.last_task_ms, told.gathered_ms), (2.0, 2.0, 10.0, 10.0));
        assert_eq!((told.spans[0].start_ms, told.spans[0].end_ms), (0.0, 10.0));
    }
}
