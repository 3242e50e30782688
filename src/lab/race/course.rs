//! The race's courses: each executor's median repeat, as the timeline shows it.

use std::sync::Arc;

use crate::lab::race::report::Report;
use crate::model::course::{Course, Doing, Key, Label, Lane, Ordinal, Stretch, Total};
use crate::model::format;
use crate::model::report::{ExecutorResult, Where};
use crate::model::settings::Executor;
use crate::model::timeline::{Span, Timeline};
use crate::view::verdict::short_name;

/// Workers that have a lane; those beyond are only counted.
pub const LANE_LIMIT: usize = 8;

/// What is the same for all tasks of a run.
#[derive(Clone, Copy, Debug)]
struct Tasks {
    /// How many.
    count: u32,
    /// Members of each but the last.
    chunk: u32,
}

/// Those of a report, in its order. A run below the clock has none: its spans
/// would show the clock's steps, not the work.
#[must_use]
pub fn all(report: &Report) -> Vec<Arc<Course>> {
    let of = |(executor, timeline): &(Executor, Timeline)| {
        let result = report.results.iter().find(|it| it.executor == *executor)?;
        course(result, timeline, report.settings.members).map(Arc::new)
    };
    report.timelines.iter().filter_map(of).collect()
}

/// Which of them is shown until a person chooses: the pool that was guessed, else
/// any pool, for its lanes tell most.
#[must_use]
pub fn favourite(courses: &[Arc<Course>], guessed: Option<Executor>) -> usize {
    let pools = [Executor::Process, Executor::Thread];
    let wanted = guessed.filter(|it| pools.contains(it)).into_iter().chain(pools);
    wanted.filter_map(|executor| courses.iter().position(|it| it.id == executor.name())).next().unwrap_or(0)
}

fn course(result: &ExecutorResult, timeline: &Timeline, members: u32) -> Option<Course> {
    result.wall_ms?;
    let workers = result.workers?.max(1) as usize;
    let place = result.place?;
    let tasks = Tasks { count: result.tasks?, chunk: result.chunk?.max(1) };
    let plural = if members == 1 { "" } else { "s" };
    let members = format::count(members.into());
    Some(Course {
        id: result.executor.name(),
        name: short_name(result.executor),
        heading: format!("{}, {members} member{plural}: who did what, when", short_name(result.executor)),
        extent: extent(place, workers, tasks.count, timeline, result.batch.unwrap_or(1)),
        note: None,
        label_heading: "Members",
        legend: vec![
            Key { doing: Doing::Start, executor: None, words: "start" },
            Key { doing: Doing::Task(None), executor: None, words: "task, or the page's part" },
        ],
        wall_ms: timeline.gathered_ms,
        lanes: lanes(result.executor, place, workers, tasks, timeline),
        total: Total::Tasks(tasks.count.into()),
    })
}

/// What is shown, and what is not.
fn extent(place: Where, workers: usize, tasks: u32, timeline: &Timeline, batch: u32) -> String {
    let (shown, timed) = (workers.min(LANE_LIMIT), timeline.spans.len());
    let mut parts = vec![match workers {
        _ if place == Where::Page => "on the page itself".into(),
        1 => "1 worker".into(),
        _ if shown < workers => format!("{shown} of {workers} workers"),
        _ => format!("{workers} workers"),
    }];
    let count = format::count(tasks.into());
    parts.push(match tasks {
        1 => "1 task".into(),
        all if timed < all as usize => format!("the first {} of {count} tasks", format::count(timed as u64)),
        _ => format!("{count} tasks"),
    });
    let mut text = format!("{} in {}", parts.join(", "), format::duration(timeline.gathered_ms));
    if batch > 1 {
        let batch = format::count(batch.into());
        text.push_str(&format!(" (one of {batch} runs, each too short for this clock to time it alone)"));
    }
    text
}

/// The page's lane and those of the first workers.
fn lanes(executor: Executor, place: Where, workers: usize, tasks: Tasks, timeline: &Timeline) -> Vec<Lane> {
    let mut of_workers = vec![Vec::new(); workers.min(LANE_LIMIT)];
    let start = if executor == Executor::Thread { Doing::StartTogether } else { Doing::Start };
    for (worker, stretches) in of_workers.iter_mut().enumerate() {
        stretches.extend(startup_ms(timeline, worker).map(|ready_ms| Stretch::new(start, 0.0, ready_ms, Label::None)));
    }
    for span in &timeline.spans {
        if let Some(stretches) = of_workers.get_mut(span.worker as usize) {
            stretches.push(task(span, tasks));
        }
    }
    let of_worker = |(worker, stretches)| {
        let name = match place {
            Where::Page => "at work".to_owned(),
            Where::Worker => format!("worker {}", worker + 1),
        };
        Lane::new(name, Some(executor), stretches)
    };
    std::iter::once(page_lane(timeline)).chain(of_workers.into_iter().enumerate().map(of_worker)).collect()
}

fn page_lane(timeline: &Timeline) -> Lane {
    let parts = [
        Stretch::new(Doing::Send, timeline.ready_ms, timeline.first_task_ms, Label::None),
        Stretch::new(Doing::Gather, timeline.last_task_ms, timeline.gathered_ms, Label::None),
    ];
    Lane::new("page", None, parts.into_iter().filter(|it| it.duration_ms() > 0.0).collect())
}

fn task(span: &Span, tasks: Tasks) -> Stretch {
    let number = (span.first_item / tasks.chunk).saturating_add(1);
    let label = Label::Items { noun: "member", first: span.first_item, count: span.items };
    Stretch::new(Doing::Task(Some(Ordinal { number, of: tasks.count })), span.start_ms, span.end_ms, label)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::race::settings::Settings;
    use crate::model::course::Place;
    use crate::model::pace::Pace;
    use crate::model::report::{Status, Wall};
    use crate::model::settings::Kernel;
    use crate::view::timeline::words;

    fn result(executor: Executor, workers: u32) -> ExecutorResult {
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

    fn span(worker: u32, start_ms: f64, end_ms: f64) -> Span {
        Span { worker, first_item: 0, items: 1, start_ms, end_ms }
    }

    /// Eight tasks of four members, dealt to the workers in turn.
    fn timeline(workers: u32) -> Timeline {
        let span = |task: u32| {
            let start_ms = 41.2 + f64::from(task / workers) * 2.0;
            Span { first_item: task * 4, items: 4, ..span(task % workers, start_ms, start_ms + 0.31) }
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

    fn of(executor: Executor, workers: u32) -> Course {
        course(&result(executor, workers), &timeline(workers), 30).unwrap()
    }

    fn lanes_of(timeline: &Timeline, workers: usize) -> Vec<Lane> {
        lanes(Executor::Process, Where::Worker, workers, Tasks { count: 8, chunk: 4 }, timeline)
    }

    fn figures(course: &Course, lane: usize, stretch: usize) -> String {
        let (lane, stretch) = course.at(Place { lane, stretch }).unwrap();
        words::figures(lane, stretch)
    }

    #[test]
    fn what_is_below_the_clock_has_no_lanes() {
        let below = ExecutorResult { wall_ms: None, ..result(Executor::Vectorized, 1) };
        let results = vec![below, result(Executor::Thread, 2)];
        let timelines = results.iter().map(|it| (it.executor, timeline(2))).collect();
        let report = Report {
            run: 1,
            settings: Settings::defaults(2),
            results,
            timelines,
            pace: Pace::default(),
            drawing: None,
        };
        assert_eq!(all(&report).iter().map(|it| it.id).collect::<Vec<_>>(), ["thread"]);
    }

    #[test]
    fn a_pool_is_the_favourite() {
        let all = Executor::ALL.map(|executor| Arc::new(of(executor, 2)));
        let id = |courses: &[Arc<Course>], guessed| courses.get(favourite(courses, guessed)).map(|it| it.id);
        assert_eq!(id(&all, None), Some("process"));
        assert_eq!(id(&all, Some(Executor::Thread)), Some("thread"));
        assert_eq!(id(&all, Some(Executor::Serial)), Some("process"));
        assert_eq!(id(&all[..2], Some(Executor::Thread)), Some("serial"));
        assert_eq!(id(&[], None), None);
    }

    #[test]
    fn each_lane_is_in_order_of_time() {
        let timeline = Timeline {
            ready_ms: 50.0,
            first_task_ms: 52.0,
            last_task_ms: 90.0,
            gathered_ms: 100.0,
            worker_ready_ms: vec![40.0, 50.0],
            spans: vec![span(1, 60.0, 70.0), span(0, 70.0, 90.0), span(0, 52.0, 70.0)],
            ..Timeline::default()
        };
        let lanes = lanes_of(&timeline, 3);
        let names: Vec<_> = lanes.iter().map(|lane| lane.name.as_str()).collect();
        assert_eq!(names, ["page", "worker 1", "worker 2", "worker 3"]);
        let starts: Vec<_> = lanes[1].stretches().iter().map(|it| it.start_ms).collect();
        assert_eq!(starts, [0.0, 52.0, 70.0]);
        assert_eq!(lanes[2].stretches()[0].doing, Doing::Start);
        assert!(lanes[3].stretches().is_empty());
        let parts: Vec<_> = lanes[0].stretches().iter().map(|it| (it.doing, it.start_ms, it.end_ms)).collect();
        assert_eq!(parts, [(Doing::Send, 50.0, 52.0), (Doing::Gather, 90.0, 100.0)]);
    }

    #[test]
    fn threads_start_as_a_pool() {
        let timeline = Timeline { worker_ready_ms: vec![30.0], gathered_ms: 40.0, ..Timeline::default() };
        let lanes = lanes_of(&timeline, 2);
        assert_eq!(lanes[1].stretches(), lanes[2].stretches());
        assert_eq!(lanes[2].stretches()[0].end_ms, 30.0);
        assert!(figures(&of(Executor::Thread, 2), 2, 0).contains("the whole pool starts"));
    }

    #[test]
    fn odd_timelines_give_sound_lanes() {
        assert_eq!(lanes_of(&Timeline::default(), 0).len(), 1);
        let spans = vec![span(u32::MAX, f64::NAN, 5.0), span(3, 9.0, 1.0), span(3, f64::NAN, f64::INFINITY)];
        let timeline = Timeline { gathered_ms: f64::NAN, spans, ..Timeline::default() };
        let lanes = lanes_of(&timeline, usize::MAX);
        assert_eq!(lanes.len(), LANE_LIMIT + 1);
        assert_eq!(lanes[4].stretches().len(), 2);
    }

    #[test]
    fn a_task_tells_its_figures() {
        let course = of(Executor::Process, 2);
        let task = "worker 1 · task 3 of 8 · members 9–12 · begins 43.2 ms after the start, takes 0.31 ms";
        assert_eq!(figures(&course, 1, 2), task);
        let startup = "worker 2 · starts · begins 0 ms after the start, takes 40.0 ms";
        assert_eq!(figures(&course, 2, 0), startup);
        let send = "page · sends the first tasks · begins 40.0 ms after the start, takes 1.20 ms";
        assert_eq!(figures(&course, 0, 0), send);
    }

    #[test]
    fn the_heading_and_the_extent() {
        let one = of(Executor::Process, 2);
        assert_eq!(one.heading, "Process-like, 30 members: who did what, when");
        assert_eq!(one.extent, "2 workers, 8 tasks in 70.4 ms");
        let many = ExecutorResult { tasks: Some(250_000), batch: Some(3), ..result(Executor::Process, 64) };
        let course = |result: &ExecutorResult| course(result, &timeline(8), 1).unwrap();
        let alone = course(&many);
        assert_eq!(alone.heading, "Process-like, 1 member: who did what, when");
        let said = "8 of 64 workers, the first 8 of 250,000 tasks in 70.4 ms (one of 3 runs";
        assert!(alone.extent.starts_with(said), "{}", alone.extent);
        let on_page = course(&ExecutorResult { place: Some(Where::Page), ..many });
        assert!(on_page.extent.starts_with("on the page itself, "));
        assert_eq!(on_page.lanes[1].name, "at work");
    }

    #[test]
    fn the_table_is_the_lanes_twin() {
        let table = words::table(&of(Executor::Process, 2));
        // Two parts of the page, two startups, eight tasks.
        assert_eq!(table.rows.len(), 12);
        assert!(table.caption.starts_with("All"));
    }
}
