//! A schedule as the timeline shows it: always said to be modelled.

use super::record::{Doing, Lane, Stretch};
use super::{Mode, Schedule};
use crate::model::course::{self, Course, Key, Label, Total};
use crate::model::format;
use crate::model::settings::Executor;

/// Stands wherever a schedule is shown.
pub const MODELLED: &str = "modelled, not measured";

/// Who did what, in a schedule.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Naming {
    /// Tells it from other courses; a part of the page's ids.
    pub id: &'static str,
    /// What it is called where one is chosen.
    pub name: &'static str,
    /// `thread`, `process`.
    pub who: &'static str,
    /// In whose colour.
    pub executor: Executor,
}

/// What the timeline shows of a schedule.
#[must_use]
pub fn course(schedule: &Schedule, mode: Mode, naming: Naming) -> Course {
    let stretches: usize = schedule.lanes.iter().map(|it| it.stretches.len()).sum();
    let lost: u64 = schedule.lanes.iter().map(|it| it.lost).sum();
    let lanes: Vec<_> = schedule.lanes.iter().enumerate().map(|(index, it)| lane(index, it, naming)).collect();
    let heading = match mode {
        Mode::Locked => "Who had the GIL, when",
        Mode::Free => "Who ran, when",
    };
    Course {
        id: naming.id,
        name: naming.name,
        heading: format!("{heading}: {MODELLED}"),
        extent: format!("{} {}s, {} in all", lanes.len(), naming.who, format::duration(schedule.wall_ms)),
        note: note(schedule, lost),
        label_heading: "Of what",
        legend: legend(schedule, naming.executor),
        wall_ms: schedule.wall_ms,
        lanes,
        total: Total::Stretches(stretches as u64 + lost),
    }
}

fn lane(index: usize, lane: &Lane, naming: Naming) -> course::Lane {
    let stretches = lane.stretches.iter().filter_map(shown).collect();
    course::Lane::new(format!("{} {}", naming.who, index + 1), Some(naming.executor), stretches)
}

/// Who waits for something outside does nothing: its lane is empty there.
fn shown(stretch: &Stretch) -> Option<course::Stretch> {
    let (doing, label) = match stretch.doing {
        Doing::Hold => (course::Doing::Hold, Label::None),
        Doing::Run => (course::Doing::Run, Label::None),
        Doing::Kernel => (course::Doing::Run, Label::Text("compiled, without the GIL".into())),
        Doing::Wait => (course::Doing::Wait, Label::None),
        Doing::Start => (course::Doing::Start, Label::None),
        Doing::Pickle => (course::Doing::Pickle, Label::None),
        Doing::Blocked => return None,
    };
    Some(course::Stretch::new(doing, stretch.start_ms, stretch.end_ms, label))
}

fn legend(schedule: &Schedule, executor: Executor) -> Vec<Key> {
    let has =
        |doing: &[Doing]| schedule.lanes.iter().any(|lane| lane.stretches.iter().any(|it| doing.contains(&it.doing)));
    let key = |of: &[Doing], doing, words| has(of).then_some(Key { doing, executor: Some(executor), words });
    let keys = [
        key(&[Doing::Start], course::Doing::Start, "start"),
        key(&[Doing::Pickle], course::Doing::Pickle, "pickle, unpickle"),
        key(&[Doing::Hold], course::Doing::Hold, "holds the GIL"),
        key(&[Doing::Run, Doing::Kernel], course::Doing::Run, "runs without it"),
        key(&[Doing::Wait], course::Doing::Wait, "waits for the GIL"),
    ];
    keys.into_iter().flatten().collect()
}

fn note(schedule: &Schedule, lost: u64) -> Option<String> {
    if schedule.is_cut {
        Some("So much happens here that the model stops before the threads end.".into())
    } else if lost > 0 {
        Some(format!("{} later spans are not drawn: the lanes end before the threads did.", format::count(lost)))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::work::{Round, free_threaded, with_gil};
    use super::super::{Piece, Rules};
    use super::*;

    const NAMING: Naming = Naming { id: "locked", name: "With the GIL", who: "thread", executor: Executor::Thread };

    #[test]
    fn a_schedule_is_said_to_be_modelled() {
        let threads = vec![Round::mixed(20.0, 0.5).times(2), Round::input(1.0, 8.0).times(2)];
        let course = course(&with_gil(&threads, &Rules::default()), Mode::Locked, NAMING);
        assert_eq!(course.heading, "Who had the GIL, when: modelled, not measured");
        assert_eq!(course.lanes[1].name, "thread 2");
        assert!(course.extent.starts_with("2 threads, "), "{}", course.extent);
        let words: Vec<_> = course.legend.iter().map(|it| it.words).collect();
        assert_eq!(words, ["holds the GIL", "runs without it", "waits for the GIL"]);
        assert_eq!(course.note, None);
        let free = self::course(&free_threaded(&threads, &Rules::default()), Mode::Free, NAMING);
        assert!(free.legend.iter().all(|it| it.doing == course::Doing::Run));
    }

    #[test]
    fn what_is_not_drawn_is_told() {
        let busy = vec![vec![Piece::Compute(50.0)]; 2];
        let rules = Rules { switch_ms: 0.008, check_ms: 0.001, handover_ms: 0.0, cores: 2 };
        let course = course(&with_gil(&busy, &rules), Mode::Locked, NAMING);
        assert!(course.note.is_some_and(|it| it.contains("not drawn")));
        let endless = vec![vec![Piece::Compute(1e9)]; 3];
        let course = self::course(&with_gil(&endless, &rules), Mode::Locked, NAMING);
        assert!(course.note.is_some_and(|it| it.contains("the model stops")));
    }
}
