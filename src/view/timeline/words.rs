//! What the timeline says: its heading, a span's figures, its table.

use super::course::Course;
use super::lanes::{Activity, Lane, Owner, Stretch};
use crate::model::report::Where;
use crate::model::settings::Executor;
use crate::view::format;
use crate::view::verdict::short_name;

/// Rows of the table at most; those beyond are only counted.
pub const ROW_LIMIT: usize = 200;

/// `Process-like, 10,000 members: who did what, when`.
#[must_use]
pub fn heading(course: &Course) -> String {
    let plural = if course.members == 1 { "" } else { "s" };
    let members = format::count(course.members.into());
    format!("{}, {members} member{plural}: who did what, when", short_name(course.executor))
}

/// What is shown, and what is not.
#[must_use]
pub fn extent(course: &Course) -> String {
    let (workers, shown) = (course.workers, course.shown_workers());
    let mut parts = vec![match workers {
        _ if course.place == Where::Page => "on the page itself".into(),
        1 => "1 worker".into(),
        _ if shown < workers => format!("{shown} of {workers} workers"),
        _ => format!("{workers} workers"),
    }];
    let tasks = format::count(course.tasks.into());
    parts.push(match course.tasks {
        1 => "1 task".into(),
        all if course.timed_tasks < all as usize => {
            format!("the first {} of {tasks} tasks", format::count(course.timed_tasks as u64))
        }
        _ => format!("{tasks} tasks"),
    });
    let mut text = format!("{} in {}", parts.join(", "), format::duration(course.wall_ms));
    if course.batch > 1 {
        let batch = format::count(course.batch.into());
        text.push_str(&format!(" (one of {batch} runs, each too short for this clock to time it alone)"));
    }
    text
}

/// The name beside a lane.
#[must_use]
pub fn lane_name(owner: Owner, place: Where) -> String {
    match (owner, place) {
        (Owner::Page, _) => "page".into(),
        (Owner::Worker(_), Where::Page) => "at work".into(),
        (Owner::Worker(worker), Where::Worker) => format!("worker {}", u64::from(worker) + 1),
    }
}

/// A span's figures in one line.
#[must_use]
pub fn figures(course: &Course, lane: &Lane, stretch: &Stretch) -> String {
    let mut parts = vec![lane_name(lane.owner, course.place), activity_name(course, stretch.activity)];
    parts.extend(members(stretch.activity));
    let (begin, takes) = (instant(stretch.begin_ms), format::duration(stretch.duration_ms()));
    parts.push(format!("begins {begin} after the start, takes {takes}"));
    parts.join(" · ")
}

fn activity_name(course: &Course, activity: Activity) -> String {
    match activity {
        Activity::Startup if course.executor == Executor::Thread => "the whole pool starts".into(),
        Activity::Startup => "starts".into(),
        Activity::Send => "sends the first tasks".into(),
        Activity::Gather => "gathers the last results".into(),
        Activity::Task { first_member, .. } => {
            let number = u64::from(first_member / course.chunk) + 1;
            format!("task {} of {}", format::count(number), format::count(course.tasks.into()))
        }
    }
}

/// Counted from 1, as people do.
fn members(activity: Activity) -> Option<String> {
    let Activity::Task { first_member, members } = activity else { return None };
    let (first, last) = (u64::from(first_member) + 1, u64::from(first_member) + u64::from(members.max(1)));
    Some(if first == last {
        format!("member {}", format::count(first))
    } else {
        format!("members {}–{}", format::count(first), format::count(last))
    })
}

/// A moment: always in ms, so that moments can be compared.
fn instant(ms: f64) -> String {
    let decimals = match ms {
        ms if ms <= 0.0 => 0,
        ms if ms < 1.0 => 3,
        ms if ms < 10.0 => 2,
        _ => 1,
    };
    format!("{ms:.decimals$} ms")
}

/// The lanes as a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Who, what, members, begin and duration, in order of time.
    pub rows: Vec<[String; 5]>,
    /// Tasks that have no row.
    pub left_out: u64,
}

/// At most [`ROW_LIMIT`] spans.
#[must_use]
pub fn table(course: &Course) -> Table {
    let of_lane = |lane: &'_ Lane| lane.stretches.iter().map(|it| (lane.owner, *it)).collect::<Vec<_>>();
    let mut spans: Vec<_> = course.lanes.iter().flat_map(of_lane).collect();
    spans.sort_by(|a, b| a.1.begin_ms.total_cmp(&b.1.begin_ms));
    spans.truncate(ROW_LIMIT);
    let listed = spans.iter().filter(|it| matches!(it.1.activity, Activity::Task { .. })).count();
    let row = |(owner, stretch): &(Owner, Stretch)| {
        [
            lane_name(*owner, course.place),
            activity_name(course, stretch.activity),
            members(stretch.activity).unwrap_or_else(|| "—".into()),
            instant(stretch.begin_ms),
            format::duration(stretch.duration_ms()),
        ]
    };
    Table { rows: spans.iter().map(row).collect(), left_out: u64::from(course.tasks).saturating_sub(listed as u64) }
}

/// What the table says of itself.
#[must_use]
pub fn table_caption(table: &Table) -> String {
    match table.left_out {
        0 => "All spans, in order of start".into(),
        1 => "The first spans, in order of start; 1 more task is left out".into(),
        more => {
            format!("The first spans, in order of start; {} more tasks are left out", format::count(more))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::course::tests::course;
    use super::super::lanes::{Place, at};
    use super::*;

    fn figures_at(course: &Course, lane: usize, stretch: usize) -> String {
        let (lane, stretch) = at(&course.lanes, Place { lane, stretch }).unwrap();
        figures(course, lane, stretch)
    }

    #[test]
    fn a_span_tells_its_figures() {
        let course = course(2);
        let task = "worker 1 · task 3 of 8 · members 9–12 · begins 43.2 ms after the start, takes 0.31 ms";
        assert_eq!(figures_at(&course, 1, 2), task);
        let startup = "worker 2 · starts · begins 0 ms after the start, takes 40.0 ms";
        assert_eq!(figures_at(&course, 2, 0), startup);
        let send = "page · sends the first tasks · begins 40.0 ms after the start, takes 1.20 ms";
        assert_eq!(figures_at(&course, 0, 0), send);
    }

    #[test]
    fn one_member_alone_and_many() {
        let task = |first_member, members| Activity::Task { first_member, members };
        assert_eq!(members(task(0, 1)).as_deref(), Some("member 1"));
        assert_eq!(members(task(9_999, 2)).as_deref(), Some("members 10,000–10,001"));
        assert_eq!(members(task(u32::MAX, u32::MAX)).as_deref(), Some("members 4,294,967,296–8,589,934,590"));
        assert_eq!(members(Activity::Gather), None);
    }

    #[test]
    fn the_heading_and_the_extent() {
        let course = course(2);
        assert_eq!(heading(&course), "Process-like, 30 members: who did what, when");
        assert_eq!(extent(&course), "2 workers, 8 tasks in 70.4 ms");
        let many = Course { members: 1, workers: 64, tasks: 250_000, timed_tasks: 4096, batch: 3, ..course };
        assert_eq!(heading(&many), "Process-like, 1 member: who did what, when");
        let text = extent(&many);
        assert!(
            text.starts_with("8 of 64 workers, the first 4,096 of 250,000 tasks in 70.4 ms (one of 3 runs"),
            "{text}"
        );
        assert!(extent(&Course { place: Where::Page, ..many }).starts_with("on the page itself, "));
    }

    #[test]
    fn threads_start_as_a_pool() {
        let course = Course { executor: Executor::Thread, ..course(2) };
        assert!(figures_at(&course, 2, 0).contains("the whole pool starts"));
    }

    #[test]
    fn the_table_lists_what_it_can() {
        let course = course(2);
        let all = table(&course);
        // Two parts of the page, two startups, eight tasks.
        assert_eq!((all.rows.len(), all.left_out), (12, 0));
        assert!(table_caption(&all).starts_with("All"));
        let mut long = course;
        long.tasks = 1000;
        let stretch = long.lanes[1].stretches[1];
        long.lanes[1].stretches = vec![stretch; 900];
        let cut = table(&long);
        assert_eq!(cut.rows.len(), ROW_LIMIT);
        let tasks = cut.rows.iter().filter(|row| row[1].starts_with("task")).count() as u64;
        assert_eq!(cut.left_out, 1000 - tasks);
        assert!(table_caption(&cut).contains("more tasks are left out"));
    }
}
