//! Who did what, when: the lanes of one repeat.

use crate::model::timeline::Timeline;

/// Lanes that are drawn; the workers beyond are only counted.
pub const LANE_LIMIT: usize = 8;

/// What a stretch of a lane was spent on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Activity {
    /// Starting.
    Startup,
    /// A task.
    Task,
}

/// A stretch of time as shares of the repeat, 0 … 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// What it was spent on.
    pub activity: Activity,
    /// Its begin.
    pub from: f64,
    /// Its end.
    pub to: f64,
}

/// The lanes of the first of `workers` workers, each in order of time. A worker
/// that never got a task has an empty one.
#[must_use]
pub fn lanes(timeline: &Timeline, workers: usize) -> Vec<Vec<Stretch>> {
    let count = workers.min(LANE_LIMIT);
    let share = |ms: f64| {
        let share = ms / timeline.gathered_ms;
        if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
    };
    let mut lanes = vec![Vec::new(); count];
    for (lane, ready_ms) in lanes.iter_mut().zip(&timeline.worker_ready_ms) {
        if *ready_ms > 0.0 {
            let to = share(*ready_ms);
            lane.push(Stretch { activity: Activity::Startup, from: 0.0, to });
        }
    }
    for span in &timeline.spans {
        if let Some(lane) = lanes.get_mut(span.worker as usize) {
            let (from, to) = (share(span.start_ms), share(span.end_ms));
            lane.push(Stretch { activity: Activity::Task, from, to: to.max(from) });
        }
    }
    for lane in &mut lanes {
        lane.sort_by(|a, b| a.from.total_cmp(&b.from));
    }
    lanes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::timeline::Span;

    fn span(worker: u32, start_ms: f64, end_ms: f64) -> Span {
        Span { worker, first_member: 0, members: 1, start_ms, end_ms }
    }

    #[test]
    fn lanes_hold_startup_and_tasks_in_order() {
        let timeline = Timeline {
            gathered_ms: 100.0,
            worker_ready_ms: vec![40.0, 50.0],
            spans: vec![span(1, 60.0, 70.0), span(0, 70.0, 90.0), span(0, 50.0, 70.0)],
            ..Timeline::default()
        };
        let lanes = lanes(&timeline, 3);
        assert_eq!(lanes.len(), 3);
        assert!(lanes[2].is_empty());
        let froms: Vec<_> = lanes[0].iter().map(|it| it.from).collect();
        assert_eq!(froms, [0.0, 0.5, 0.7]);
        assert_eq!(lanes[1][0].activity, Activity::Startup);
    }

    #[test]
    fn odd_timelines_stay_inside() {
        assert!(lanes(&Timeline::default(), 0).is_empty());
        let spans = vec![span(u32::MAX, f64::NAN, 5.0), span(3, 9.0, 1.0)];
        let timeline = Timeline { gathered_ms: 0.0, spans, ..Timeline::default() };
        for stretch in lanes(&timeline, usize::MAX).into_iter().flatten() {
            assert!((0.0..=1.0).contains(&stretch.from) && stretch.to >= stretch.from);
        }
    }
}
