//! One executor's median repeat, ready to be shown.

use super::lanes::{LANE_LIMIT, Lane, lanes};
use crate::model::report::{ExecutorResult, Report, Where};
use crate::model::settings::Executor;
use crate::model::timeline::Timeline;

/// The lanes, and what the figures beside them are made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// Who ran.
    pub executor: Executor,
    /// Members of the ensemble.
    pub members: u32,
    /// Workers that ran.
    pub workers: usize,
    /// On the page itself, or in workers.
    pub place: Where,
    /// Tasks of the run.
    pub tasks: u32,
    /// Tasks whose times are known.
    pub timed_tasks: usize,
    /// Members per task.
    pub chunk: u32,
    /// Runs of the repeat; the lanes show the last one.
    pub batch: u32,
    /// The wall time, ms.
    pub wall_ms: f64,
    /// The page's lane and the workers'.
    pub lanes: Vec<Lane>,
}

impl Course {
    /// Those of a report, in its order. A run below the clock has none: its
    /// spans would show the clock's steps, not the work.
    #[must_use]
    pub fn all(report: &Report) -> Vec<Self> {
        let of = |(executor, timeline): &(Executor, Timeline)| {
            let result = report.results.iter().find(|it| it.executor == *executor)?;
            Self::of(result, timeline, report.settings.members)
        };
        report.timelines.iter().filter_map(of).collect()
    }

    fn of(result: &ExecutorResult, timeline: &Timeline, members: u32) -> Option<Self> {
        result.wall_ms?;
        let workers = result.workers?.max(1) as usize;
        Some(Self {
            executor: result.executor,
            members,
            workers,
            place: result.place?,
            tasks: result.tasks?,
            timed_tasks: timeline.spans.len(),
            chunk: result.chunk?.max(1),
            batch: result.batch.unwrap_or(1),
            wall_ms: timeline.gathered_ms,
            lanes: lanes(timeline, workers),
        })
    }

    /// Workers that have a lane.
    #[must_use]
    pub fn shown_workers(&self) -> usize {
        self.workers.min(LANE_LIMIT)
    }
}

/// Which of them is shown: the chosen one, else a pool, for its lanes tell most.
#[must_use]
pub fn shown(courses: &[Course], chosen: Option<Executor>) -> Option<&Course> {
    let wanted = [chosen, Some(Executor::Process), Some(Executor::Thread)];
    let found = wanted.iter().flatten().find_map(|executor| courses.iter().find(|it| it.executor == *executor));
    found.or_else(|| courses.first())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::report::{Status, Wall};
    use crate::model::settings::{Kernel, Settings};
    use crate::model::timeline::Span;

    pub fn result(executor: Executor, workers: u32) -> ExecutorResult {
        ExecutorResult {
            place: Some(Where::Worker),
            kernel: Some(Kernel::Scalar),
            workers: Some(workers),
            tasks: Some(8),
            chunk: Some(4),
            batch: Some(1),
            wall_ms: Some(Wall { min: 60.0, median: 70.4, max: 80.0 }),
            reason: None,
            ..ExecutorResult::without_figures(executor, Status::Ok, String::new())
        }
    }

    /// Eight tasks of four members, dealt to the workers in turn.
    pub fn timeline(workers: u32) -> Timeline {
        let span = |task: u32| {
            let start_ms = 41.2 + f64::from(task / workers) * 2.0;
            Span { worker: task % workers, first_member: task * 4, members: 4, start_ms, end_ms: start_ms + 0.31 }
        };
        Timeline {
            ready_ms: 40.0,
            first_task_ms: 41.2,
            last_task_ms: 60.0,
            gathered_ms: 70.4,
            worker_ready_ms: (0..workers).map(|worker| 39.0 + f64::from(worker)).collect(),
            spans: (0..8).map(span).collect(),
            ..Timeline::default()
        }
    }

    pub fn course(workers: u32) -> Course {
        Course::of(&result(Executor::Process, workers), &timeline(workers), 30).unwrap()
    }

    fn report(results: Vec<ExecutorResult>) -> Report {
        let timelines = results.iter().map(|it| (it.executor, timeline(2))).collect();
        Report { run: 1, settings: Settings::defaults(2), results, timelines, drawing: None }
    }

    #[test]
    fn what_is_below_the_clock_has_no_lanes() {
        let below = ExecutorResult { wall_ms: None, ..result(Executor::Vectorized, 1) };
        let courses = Course::all(&report(vec![below, result(Executor::Thread, 2)]));
        assert_eq!(courses.iter().map(|it| it.executor).collect::<Vec<_>>(), [Executor::Thread]);
        assert_eq!(course(64).shown_workers(), LANE_LIMIT);
    }

    #[test]
    fn a_pool_is_shown_unless_another_is_chosen() {
        let all = Course::all(&report(Executor::ALL.map(|executor| result(executor, 2)).to_vec()));
        let of = |courses: &[Course], chosen| shown(courses, chosen).map(|it| it.executor);
        assert_eq!(of(&all, None), Some(Executor::Process));
        assert_eq!(of(&all, Some(Executor::Serial)), Some(Executor::Serial));
        assert_eq!(of(&all[..2], Some(Executor::Thread)), Some(Executor::Serial));
        assert_eq!(of(&[], None), None);
    }
}
