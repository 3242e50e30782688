//! From repeats to figures: medians, overhead, speedup, efficiency.

use super::report::{ExecutorResult, Status, Wall};
use super::settings::{Executor, Kernel};
use super::timeline::Timeline;

/// One repeat: the means over its batch. The four parts are consecutive, so
/// that they add up to the wall time. All in ms.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Repeat {
    /// Dispatch → last worker ready.
    pub startup_ms: f64,
    /// → first task begins.
    pub send_ms: f64,
    /// → last task ends.
    pub compute_ms: f64,
    /// → the page holds all bytes.
    pub gather_ms: f64,
    /// Summed task spans.
    pub work_ms: f64,
    /// Workers that ran.
    pub workers: u32,
    /// The last run of the batch.
    pub timeline: Timeline,
}

impl Repeat {
    /// The means over the runs of one batch; `None` where there are none. The intervals are made
    /// consecutive only then: a run that is shorter than a tick of the clock has a part of it by
    /// chance, and many together by and large what is true.
    #[must_use]
    pub fn of_batch(runs: &[Timeline], workers: u32) -> Option<Self> {
        let last = runs.last()?.clone();
        let count = runs.len() as f64;
        let mean = |mark: fn(&Timeline) -> f64| runs.iter().map(mark).sum::<f64>() / count;
        let computing_ms = mean(|run| run.last_task_ms - run.first_task_ms).max(0.0);
        let wall_ms = mean(|run| run.gathered_ms).max(0.0);
        let startup_ms = mean(|run| run.ready_ms).clamp(0.0, wall_ms);
        let compute_ms = computing_ms.min(wall_ms - startup_ms);
        // What is left: its two parts are told apart by the clocks of two workers.
        let send_ms = mean(|run| run.first_task_ms - run.ready_ms).clamp(0.0, wall_ms - startup_ms - compute_ms);
        let work_ms = mean(|run| run.work_ms);
        let timeline = last.consecutive();
        let gather_ms = (wall_ms - startup_ms - compute_ms - send_ms).max(0.0);
        Some(Self { startup_ms, send_ms, compute_ms, gather_ms, work_ms, workers, timeline })
    }

    /// Dispatch → the page holds all bytes.
    #[must_use]
    pub fn wall_ms(&self) -> f64 {
        self.startup_ms + self.send_ms + self.compute_ms + self.gather_ms
    }
}

/// The repeat with the (lower) median wall time, and the range of all.
#[must_use]
pub fn median(mut repeats: Vec<Repeat>) -> Option<(Wall, Repeat)> {
    repeats.sort_by(|a, b| a.wall_ms().total_cmp(&b.wall_ms()));
    let min = repeats.first()?.wall_ms();
    let max = repeats.last()?.wall_ms();
    let lower = (repeats.len() - 1) / 2;
    let repeat = repeats.into_iter().nth(lower)?;
    Some((Wall { min, median: repeat.wall_ms(), max }, repeat))
}

/// Fills in what compares one executor with another: speedups and efficiency.
pub fn fill_in_speedups(results: &mut [ExecutorResult]) {
    let median_of = |executor| {
        let ok = results.iter().find(|result| result.executor == executor && result.status == Status::Ok);
        ok.and_then(|result| result.wall_ms).map(|wall| wall.median)
    };
    let serial = median_of(Executor::Serial);
    let vectorized = median_of(Executor::Vectorized);
    for result in results {
        let (Status::Ok, Some(wall)) = (result.status, result.wall_ms) else { continue };
        let one_worker = match result.kernel {
            Some(Kernel::Scalar) => serial,
            Some(Kernel::Simd) => vectorized,
            None => None,
        };
        let ratio = |of: Option<f64>| of.map(|ms| ms / wall.median).filter(|ratio| ratio.is_finite());
        result.speedup = ratio(serial);
        result.speedup_same_kernel = ratio(one_worker);
        result.efficiency = result.speedup_same_kernel.zip(result.workers).map(|(s, workers)| s / f64::from(workers));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(ready_ms: f64, first_task_ms: f64, last_task_ms: f64, gathered_ms: f64) -> Timeline {
        Timeline { ready_ms, first_task_ms, last_task_ms, gathered_ms, work_ms: 2.0, ..Timeline::default() }
    }

    fn repeat(wall_ms: f64) -> Repeat {
        Repeat { compute_ms: wall_ms, ..Repeat::default() }
    }

    fn ok(executor: Executor, kernel: Kernel, workers: u32, median: f64) -> ExecutorResult {
        ExecutorResult {
            kernel: Some(kernel),
            workers: Some(workers),
            wall_ms: Some(Wall { min: median, median, max: median }),
            reason: None,
            ..ExecutorResult::without_figures(executor, Status::Ok, String::new())
        }
    }

    #[test]
    fn the_parts_of_a_batch_add_up() {
        let repeat = Repeat::of_batch(&[run(1.0, 2.0, 5.0, 6.0), run(3.0, 3.0, 9.0, 10.0)], 2).unwrap();
        assert_eq!(repeat.wall_ms(), 8.0);
        assert_eq!((repeat.startup_ms, repeat.send_ms, repeat.compute_ms, repeat.gather_ms), (2.0, 0.5, 4.5, 1.0));
        assert!(Repeat::of_batch(&[], 2).is_none());
    }

    #[test]
    fn what_is_shorter_than_a_tick_is_right_on_average() {
        // 4 ms, of them 3 at work, on a clock with steps of 16; the worker's is 5 ms ahead.
        let tick = |ms: f64| (ms / 16.0).floor() * 16.0;
        let runs = (0..1600).map(|index| {
            let dispatched_ms = f64::from(index) * 4.37;
            let whole = Timeline {
                first_task_ms: tick(dispatched_ms + 0.5 + 5.0),
                last_task_ms: tick(dispatched_ms + 3.5 + 5.0),
                gathered_ms: tick(dispatched_ms + 4.0),
                ..Timeline::default()
            };
            whole.since(tick(dispatched_ms))
        });
        let repeat = Repeat::of_batch(&runs.collect::<Vec<_>>(), 1).unwrap();
        assert!((repeat.wall_ms() - 4.0).abs() < 0.2, "{repeat:?}");
        assert!((repeat.compute_ms - 3.0).abs() < 0.2, "{repeat:?}");
        assert!(repeat.gather_ms >= 0.0 && repeat.send_ms >= 0.0 && repeat.startup_ms == 0.0, "{repeat:?}");
    }

    #[test]
    fn the_median_is_the_lower_one() {
        let (wall, middle) = median([4.0, 1.0, 3.0, 2.0].map(repeat).to_vec()).unwrap();
        assert_eq!((wall.min, wall.median, wall.max), (1.0, 2.0, 4.0));
        assert_eq!(middle.wall_ms(), 2.0);
        assert!(median(Vec::new()).is_none());
    }

    #[test]
    fn speedups_compare_like_with_like() {
        let mut results = [
            ok(Executor::Serial, Kernel::Scalar, 1, 8.0),
            ok(Executor::Vectorized, Kernel::Simd, 1, 2.0),
            ok(Executor::Process, Kernel::Simd, 2, 1.0),
        ];
        fill_in_speedups(&mut results);
        assert_eq!(results[0].speedup, Some(1.0));
        assert_eq!(results[1].speedup, Some(4.0));
        assert_eq!(results[2].speedup, Some(8.0));
        assert_eq!(results[2].speedup_same_kernel, Some(2.0));
        assert_eq!(results[2].efficiency, Some(1.0));
    }

    #[test]
    fn without_serial_there_is_no_speedup() {
        let mut results = [
            ExecutorResult::without_figures(Executor::Serial, Status::Failed, "broke".into()),
            ok(Executor::Thread, Kernel::Scalar, 2, 1.0),
        ];
        fill_in_speedups(&mut results);
        assert_eq!((results[1].speedup, results[1].efficiency), (None, None));
    }
}
