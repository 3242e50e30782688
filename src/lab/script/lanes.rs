//! A script's run as the timeline shows it: a lane for each thread and process.

use std::collections::BTreeMap;

use crate::model::course::{self, Course, Key, Label, Lane, Total};
use crate::model::format;
use crate::model::python::{Doing, PythonReport, Stretch, Who};
use crate::model::settings::Executor;

/// Lanes that are drawn, at most; those beyond are only counted.
const LANE_LIMIT: usize = 20;

/// The run's course; `None` where nobody did anything.
#[must_use]
pub fn course(report: &PythonReport) -> Option<Course> {
    let mut by_whom: BTreeMap<Who, Vec<course::Stretch>> = BTreeMap::new();
    for stretch in &report.stretches {
        by_whom.entry(stretch.who).or_default().push(shown(stretch));
    }
    if by_whom.is_empty() {
        return None;
    }
    let everybody: Vec<_> = by_whom.keys().copied().collect();
    let lane = |(who, stretches)| Lane::new(name(who), Some(executor(who)), stretches);
    let lanes: Vec<_> = by_whom.into_iter().take(LANE_LIMIT).map(lane).collect();
    let lost: u64 = report.gil_times.iter().map(|it| u64::from(it.lost)).sum();
    Some(Course {
        id: "script",
        name: "Script",
        heading: "Who did what, when".into(),
        extent: format!("{} in {}", crowd(&everybody, report.stretches.len()), format::duration(report.wall_ms)),
        note: note(lost),
        label_heading: "Of what",
        legend: legend(&lanes),
        wall_ms: report.wall_ms,
        lanes,
        total: Total::Stretches(report.stretches.len() as u64 + lost),
    })
}

/// What somebody is called.
fn name(who: Who) -> String {
    match who {
        Who::Thread(0) => "main thread".into(),
        Who::Thread(number) => format!("thread {number}"),
        Who::Process(number) => format!("process {number}"),
    }
}

/// Whose colour somebody has: what the main thread does is done serially.
fn executor(who: Who) -> Executor {
    match who {
        Who::Thread(0) => Executor::Serial,
        Who::Thread(_) => Executor::Thread,
        Who::Process(_) => Executor::Process,
    }
}

fn shown(stretch: &Stretch) -> course::Stretch {
    let doing = match stretch.doing {
        Doing::Start => course::Doing::Start,
        Doing::Task => course::Doing::Task(None),
        Doing::Pickle => course::Doing::Pickle,
        Doing::Unpickle => course::Doing::Unpickle,
        Doing::Wait => course::Doing::Wait,
        Doing::Hold => course::Doing::Hold,
        Doing::Run => course::Doing::Run,
        Doing::Read => course::Doing::Read,
    };
    let label = match stretch.label.as_str() {
        "" if stretch.doing == Doing::Start => Label::Text("imports the script".into()),
        "" => Label::None,
        label => Label::Text(label.into()),
    };
    course::Stretch::new(doing, stretch.start_ms, stretch.end_ms, label)
}

/// Who is shown, and what is not: `main thread and 2 processes, 12 spans`.
fn crowd(everybody: &[Who], stretches: usize) -> String {
    let count = |number: usize, one: &str, more: &str| match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        number => Some(format!("{number} {more}")),
    };
    let threads = everybody.iter().filter(|it| matches!(it, Who::Thread(1..))).count();
    let processes = everybody.iter().filter(|it| matches!(it, Who::Process(_))).count();
    let main = everybody.contains(&Who::Thread(0)).then(|| "main thread".to_owned());
    let parts = [main, count(threads, "thread", "threads"), count(processes, "process", "processes")];
    let parts: Vec<_> = parts.iter().flatten().map(String::as_str).collect();
    let spans = if stretches == 1 { "1 span".into() } else { format!("{} spans", format::count(stretches as u64)) };
    match everybody.len().saturating_sub(LANE_LIMIT) {
        0 => format!("{}, {spans}", format::list(&parts)),
        more => format!("{} ({more} of them without a lane here), {spans}", format::list(&parts)),
    }
}

fn note(lost: u64) -> Option<String> {
    match lost {
        0 => None,
        1 => Some("1 later span was not kept: the lanes end before the threads did.".into()),
        more => {
            Some(format!("{} later spans were not kept: the lanes end before the threads did.", format::count(more)))
        }
    }
}

/// What is in the lanes, in their colours: of several, the one that is there for
/// its own sake, which is no main thread.
fn legend(lanes: &[Lane]) -> Vec<Key> {
    let of = |doing: course::Doing, words: &'static str| {
        let has = |lane: &&Lane| lane.stretches().iter().any(|it| it.doing == doing);
        lanes.iter().rev().find(has).map(|lane| Key { doing, executor: lane.executor, words })
    };
    let pickle = of(course::Doing::Pickle, "pickle, unpickle").or_else(|| of(course::Doing::Unpickle, "unpickle"));
    let keys = [
        of(course::Doing::Start, "start"),
        of(course::Doing::Task(None), "task"),
        pickle.map(|key| Key { executor: None, ..key }),
        of(course::Doing::Hold, "holds the GIL"),
        of(course::Doing::Run, "runs"),
        of(course::Doing::Read, "reads a file"),
        of(course::Doing::Wait, "waits for the GIL"),
    ];
    keys.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::python::{GilTime, Outcome};
    use crate::view::timeline::words;

    fn stretch(who: Who, doing: Doing, start_ms: f64, label: &str) -> Stretch {
        Stretch { who, doing, start_ms, end_ms: start_ms + 2.0, label: label.into() }
    }

    fn report(stretches: Vec<Stretch>) -> PythonReport {
        PythonReport { processes: 1, stretches, ..PythonReport::new(Outcome::default(), 50.0) }
    }

    #[test]
    fn everybody_has_a_lane_and_every_stretch_a_row() {
        let course = course(&report(vec![
            stretch(Who::Process(1), Doing::Start, 1.0, ""),
            stretch(Who::Thread(0), Doing::Hold, 0.0, ""),
            stretch(Who::Process(1), Doing::Task, 40.0, "integrate"),
            stretch(Who::Thread(0), Doing::Pickle, 0.5, "integrate, 96 bytes"),
        ]))
        .unwrap();
        let lanes: Vec<_> = course.lanes.iter().map(|it| (it.name.as_str(), it.executor)).collect();
        assert_eq!(lanes, [("main thread", Some(Executor::Serial)), ("process 1", Some(Executor::Process))]);
        assert_eq!(course.extent, "main thread and 1 process, 4 spans in 50.0 ms");
        let table = words::table(&course);
        assert_eq!(table.rows[2], ["process 1", "starts", "imports the script", "1.00 ms", "2.00 ms"]);
        assert_eq!(table.rows[3], ["process 1", "task", "integrate", "40.0 ms", "2.00 ms"]);
        assert!(table.caption.starts_with("All"));
        assert_eq!(course.note, None);
        let legend: Vec<_> = course.legend.iter().map(|it| (it.words, it.executor)).collect();
        let process = Some(Executor::Process);
        let expected = [
            ("start", process),
            ("task", process),
            ("pickle, unpickle", None),
            ("holds the GIL", Some(Executor::Serial)),
        ];
        assert_eq!(legend, expected);
    }

    #[test]
    fn threads_lend_the_gil_their_colour() {
        let stretches = (0..3).map(|thread| stretch(Who::Thread(thread), Doing::Hold, 1.0, "")).collect();
        let lost = GilTime { thread: 1, waited_ms: 0.0, held_ms: 9.0, lost: 1500 };
        let course = course(&PythonReport { gil_times: vec![lost], ..report(stretches) }).unwrap();
        assert_eq!(course.legend[0].executor, Some(Executor::Thread));
        assert_eq!(course.extent, "main thread and 2 threads, 3 spans in 50.0 ms");
        assert!(course.note.unwrap().starts_with("1,500 later spans were not kept"));
        assert_eq!(course.total, Total::Stretches(1503));
    }

    #[test]
    fn lanes_beyond_the_limit_are_counted() {
        let stretches = (0..30).map(|thread| stretch(Who::Thread(thread), Doing::Run, 1.0, "")).collect();
        let course = course(&report(stretches)).unwrap();
        assert_eq!(course.lanes.len(), LANE_LIMIT);
        assert_eq!(course.extent, "main thread and 29 threads (10 of them without a lane here), 30 spans in 50.0 ms");
        assert_eq!(self::course(&report(Vec::new())), None);
    }
}
