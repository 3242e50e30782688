//! The lanes of one repeat, and the ways from span to span.

use crate::model::timeline::Timeline;

/// Workers that have a lane; those beyond are only counted.
pub const LANE_LIMIT: usize = 8;

/// What a stretch of a lane was spent on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Activity {
    /// A worker was starting.
    Startup,
    /// The page was sending the first tasks.
    Send,
    /// A worker was busy with a task.
    Task {
        /// The first member of its chunk, from 0.
        first_member: u32,
        /// Members of its chunk.
        members: u32,
    },
    /// The page was gathering the last results.
    Gather,
}

/// A stretch of time since dispatch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// What it was spent on.
    pub activity: Activity,
    /// Its begin, ms.
    pub begin_ms: f64,
    /// Its end, ms; never before the begin.
    pub end_ms: f64,
}

impl Stretch {
    fn new(activity: Activity, begin_ms: f64, end_ms: f64) -> Self {
        let finite = |ms: f64| if ms.is_finite() { ms.max(0.0) } else { 0.0 };
        let (begin_ms, end_ms) = (finite(begin_ms), finite(end_ms));
        Self { activity, begin_ms, end_ms: end_ms.max(begin_ms) }
    }

    /// How long it took, ms.
    #[must_use]
    pub fn duration_ms(&self) -> f64 {
        self.end_ms - self.begin_ms
    }

    fn middle_ms(&self) -> f64 {
        f64::midpoint(self.begin_ms, self.end_ms)
    }

    /// How far a moment is from this stretch, ms; 0 within.
    fn distance_ms(&self, at_ms: f64) -> f64 {
        (self.begin_ms - at_ms).max(at_ms - self.end_ms).max(0.0)
    }
}

/// Whose lane it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Owner {
    /// The page, which hands out tasks and takes results.
    Page,
    /// A worker or thread, from 0.
    Worker(u32),
}

/// What one of them did, in order of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// Who did it.
    pub owner: Owner,
    /// What was done; empty for a worker that never got a task.
    pub stretches: Vec<Stretch>,
}

/// The page's lane and those of the first of `workers` workers.
#[must_use]
pub fn lanes(timeline: &Timeline, workers: usize) -> Vec<Lane> {
    let count = workers.min(LANE_LIMIT);
    let mut lanes = vec![page_lane(timeline)];
    for worker in 0..count {
        let startup = startup_ms(timeline, worker);
        let startup = startup.map(|ready_ms| Stretch::new(Activity::Startup, 0.0, ready_ms));
        lanes.push(Lane { owner: Owner::Worker(worker as u32), stretches: startup.into_iter().collect() });
    }
    for span in &timeline.spans {
        if let Some(lane) = lanes.get_mut((span.worker as usize).saturating_add(1)) {
            let activity = Activity::Task { first_member: span.first_member, members: span.members };
            lane.stretches.push(Stretch::new(activity, span.start_ms, span.end_ms));
        }
    }
    for lane in &mut lanes {
        lane.stretches.sort_by(|a, b| a.begin_ms.total_cmp(&b.begin_ms));
    }
    lanes
}

fn page_lane(timeline: &Timeline) -> Lane {
    let parts = [
        Stretch::new(Activity::Send, timeline.ready_ms, timeline.first_task_ms),
        Stretch::new(Activity::Gather, timeline.last_task_ms, timeline.gathered_ms),
    ];
    Lane { owner: Owner::Page, stretches: parts.into_iter().filter(|it| it.duration_ms() > 0.0).collect() }
}

/// How long a worker took to start. Threads have one moment for all of them:
/// their pool is ready as a whole.
fn startup_ms(timeline: &Timeline, worker: usize) -> Option<f64> {
    let ready_ms = match timeline.worker_ready_ms.as_slice() {
        [all_ms] => Some(*all_ms),
        each_ms => each_ms.get(worker).copied(),
    };
    ready_ms.filter(|ready_ms| *ready_ms > 0.0)
}

/// A stretch by its lane and its number therein, both from 0.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Place {
    /// The lane.
    pub lane: usize,
    /// The stretch.
    pub stretch: usize,
}

/// The stretch at a place, with its lane.
#[must_use]
pub fn at(lanes: &[Lane], place: Place) -> Option<(&Lane, &Stretch)> {
    let lane = lanes.get(place.lane)?;
    Some((lane, lane.stretches.get(place.stretch)?))
}

/// What is at this moment in a lane, or nearest to it within the tolerance.
#[must_use]
pub fn hit(lanes: &[Lane], lane: usize, at_ms: f64, tolerance_ms: f64) -> Option<Place> {
    let (stretch, distance_ms) = nearest(lanes.get(lane)?, at_ms)?;
    (distance_ms <= tolerance_ms).then_some(Place { lane, stretch })
}

fn nearest(lane: &Lane, at_ms: f64) -> Option<(usize, f64)> {
    let distances = lane.stretches.iter().map(|it| it.distance_ms(at_ms)).enumerate();
    distances.min_by(|a, b| a.1.total_cmp(&b.1))
}

/// A step from span to span.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Step {
    /// To the one before in this lane.
    Earlier,
    /// To the next in this lane.
    Later,
    /// To the lane above, at about the same time.
    Up,
    /// To the lane below, at about the same time.
    Down,
    /// To this lane's first.
    First,
    /// To this lane's last.
    Last,
}

/// Where a step leads; it stays where there is nothing further. The first step
/// of all leads to the first worker's first span.
#[must_use]
pub fn moved(lanes: &[Lane], from: Option<Place>, step: Step) -> Option<Place> {
    let Some((place, (lane, _))) = from.and_then(|place| Some((place, at(lanes, place)?))) else {
        return entrance(lanes);
    };
    let last = lane.stretches.len().saturating_sub(1);
    let within = |stretch| Some(Place { stretch, ..place });
    match step {
        Step::Earlier => within(place.stretch.saturating_sub(1)),
        Step::Later => within((place.stretch + 1).min(last)),
        Step::First => within(0),
        Step::Last => within(last),
        Step::Up => beside(lanes, place, (0..place.lane).rev()),
        Step::Down => beside(lanes, place, place.lane + 1..lanes.len()),
    }
}

/// In the first of the other lanes that has any: what is nearest in time.
fn beside(lanes: &[Lane], place: Place, mut others: impl Iterator<Item = usize>) -> Option<Place> {
    let middle_ms = at(lanes, place)?.1.middle_ms();
    let found = others.find_map(|lane| Some(Place { lane, stretch: nearest(lanes.get(lane)?, middle_ms)?.0 }));
    found.or(Some(place))
}

fn entrance(lanes: &[Lane]) -> Option<Place> {
    let has_some = |lane: &Lane| !lane.stretches.is_empty();
    let worker = lanes.iter().position(|lane| lane.owner != Owner::Page && has_some(lane));
    let lane = worker.or_else(|| lanes.iter().position(has_some))?;
    Some(Place { lane, stretch: 0 })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::timeline::Span;

    fn span(worker: u32, start_ms: f64, end_ms: f64) -> Span {
        Span { worker, first_member: 0, members: 1, start_ms, end_ms }
    }

    /// Two workers that start at 40 and 50, and a third that gets nothing.
    fn processes() -> Vec<Lane> {
        let timeline = Timeline {
            ready_ms: 50.0,
            first_task_ms: 52.0,
            last_task_ms: 90.0,
            gathered_ms: 100.0,
            worker_ready_ms: vec![40.0, 50.0],
            spans: vec![span(1, 60.0, 70.0), span(0, 70.0, 90.0), span(0, 52.0, 70.0)],
            ..Timeline::default()
        };
        lanes(&timeline, 3)
    }

    fn place(lane: usize, stretch: usize) -> Option<Place> {
        Some(Place { lane, stretch })
    }

    #[test]
    fn each_lane_is_in_order_of_time() {
        let lanes = processes();
        let owners: Vec<_> = lanes.iter().map(|lane| lane.owner).collect();
        assert_eq!(owners, [Owner::Page, Owner::Worker(0), Owner::Worker(1), Owner::Worker(2)]);
        let begins: Vec<_> = lanes[1].stretches.iter().map(|it| it.begin_ms).collect();
        assert_eq!(begins, [0.0, 52.0, 70.0]);
        assert_eq!(lanes[2].stretches[0].activity, Activity::Startup);
        assert!(lanes[3].stretches.is_empty());
    }

    #[test]
    fn the_page_sends_and_gathers() {
        let lanes = processes();
        let parts: Vec<_> = lanes[0].stretches.iter().map(|it| (it.activity, it.begin_ms, it.end_ms)).collect();
        assert_eq!(parts, [(Activity::Send, 50.0, 52.0), (Activity::Gather, 90.0, 100.0)]);
    }

    #[test]
    fn threads_are_ready_together() {
        let timeline = Timeline { worker_ready_ms: vec![30.0], gathered_ms: 40.0, ..Timeline::default() };
        let lanes = lanes(&timeline, 2);
        assert_eq!(lanes[1].stretches, lanes[2].stretches);
        assert_eq!(lanes[2].stretches[0].end_ms, 30.0);
    }

    #[test]
    fn odd_timelines_give_sound_stretches() {
        assert_eq!(lanes(&Timeline::default(), 0).len(), 1);
        let spans = vec![span(u32::MAX, f64::NAN, 5.0), span(3, 9.0, 1.0), span(3, f64::NAN, f64::INFINITY)];
        let timeline = Timeline { gathered_ms: f64::NAN, spans, ..Timeline::default() };
        let lanes = lanes(&timeline, usize::MAX);
        assert_eq!(lanes.len(), LANE_LIMIT + 1);
        for stretch in lanes.iter().flat_map(|lane| &lane.stretches) {
            assert!(stretch.begin_ms >= 0.0 && stretch.duration_ms() >= 0.0, "{stretch:?}");
        }
    }

    #[test]
    fn pointing_finds_what_is_there_or_near() {
        let lanes = processes();
        assert_eq!(hit(&lanes, 1, 75.0, 0.0), place(1, 2));
        assert_eq!(hit(&lanes, 1, 51.0, 0.5), None);
        assert_eq!(hit(&lanes, 1, 51.0, 1.0), place(1, 1));
        assert_eq!(hit(&lanes, 3, 75.0, 1e9), None);
        assert_eq!(hit(&lanes, 9, 75.0, 1e9), None);
    }

    #[test]
    fn steps_lead_from_span_to_span() {
        let lanes = processes();
        assert_eq!(moved(&lanes, None, Step::Later), place(1, 0));
        assert_eq!(moved(&lanes, place(1, 0), Step::Later), place(1, 1));
        assert_eq!(moved(&lanes, place(1, 2), Step::Later), place(1, 2));
        assert_eq!(moved(&lanes, place(1, 0), Step::Earlier), place(1, 0));
        assert_eq!(moved(&lanes, place(1, 1), Step::First), place(1, 0));
        assert_eq!(moved(&lanes, place(1, 0), Step::Last), place(1, 2));
        assert_eq!(moved(&lanes, place(1, 1), Step::Down), place(2, 1));
        assert_eq!(moved(&lanes, place(1, 2), Step::Up), place(0, 1));
        // The lane below is empty, and nothing is above the page.
        assert_eq!(moved(&lanes, place(2, 1), Step::Down), place(2, 1));
        assert_eq!(moved(&lanes, place(0, 1), Step::Up), place(0, 1));
        // A place that is gone.
        assert_eq!(moved(&lanes, place(7, 7), Step::Up), place(1, 0));
        assert_eq!(moved(&[], None, Step::Later), None);
    }

    proptest! {
        #[test]
        fn no_step_leaves_the_lanes(
            spans in prop::collection::vec((0_u32..4, 0.0..90.0_f64, 0.0..9.0_f64), 0..30),
            steps in prop::collection::vec(0_usize..6, 0..40),
        ) {
            let spans = spans.into_iter().map(|(worker, begin, length)| span(worker, begin, begin + length)).collect();
            let lanes = lanes(&Timeline { gathered_ms: 100.0, spans, ..Timeline::default() }, 4);
            let all = [Step::Earlier, Step::Later, Step::Up, Step::Down, Step::First, Step::Last];
            let mut place = None;
            for step in steps {
                place = moved(&lanes, place, all[step]);
                prop_assert_eq!(place.is_some(), lanes.iter().any(|lane| !lane.stretches.is_empty()));
                prop_assert!(place.is_none_or(|place| at(&lanes, place).is_some()));
            }
        }
    }
}
