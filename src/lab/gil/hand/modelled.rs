//! What the kitchens would look like where threads can't run: the model's schedule of the same
//! tasks, each as long as one thread alone really took for it.

use super::super::kitchen::{Chef, Kitchen, Stay, Turn};
use super::super::measured::{Came, Found, Measured};
use super::super::settings::{Kind, Settings};
use super::super::way::Way;
use crate::model::gil::work::{Round, free_threaded, with_gil};
use crate::model::gil::{Doing, Lane, Piece, Rules, Schedule};

/// What a small request computes, and waits, ms.
const TRIP: Round = Round::input(0.05, 1.0);
/// How long its company computes, ms.
const COMPANY_MS: f64 = 400.0;

/// One task, as one thread alone does it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Task {
    /// In the interpreter, ms.
    pub inside_ms: f64,
    /// Without it: compiled, or waiting, ms.
    pub outside_ms: f64,
}

impl Task {
    /// As it was measured before processes had their turn; `None` where it was not.
    #[must_use]
    pub fn of(settings: &Settings, measured: &Measured) -> Option<Self> {
        let Found::Tasks(tasks) = &measured.found else { return None };
        let each_ms = tasks.alone_ms / f64::from(settings.tasks.max(1));
        let outside = tasks.outside.unwrap_or_default().clamp(0.0, 1.0);
        Some(Self { inside_ms: each_ms * (1.0 - outside), outside_ms: each_ms * outside })
    }

    fn round(self, kind: Kind) -> Round {
        let Self { inside_ms, outside_ms } = self;
        match kind {
            Kind::Io => Round { compute_ms: inside_ms, kernel_ms: 0.0, block_ms: outside_ms },
            _ => Round { compute_ms: inside_ms, kernel_ms: outside_ms, block_ms: 0.0 },
        }
    }
}

/// The kitchen of a way that threads are missing for; `None` where it ran, where none is
/// needed, or where nothing tells how long a task takes.
#[must_use]
pub fn kitchen(settings: &Settings, way: Way, all: &[Came], cores: u32) -> Option<Kitchen> {
    let is_missing = all.iter().any(|it| matches!(it, Came::Unavailable(of, _) if *of == way));
    if is_missing && way.needs_threads() { when_run(settings, way, all, cores) } else { None }
}

/// By this name its part of the program is entered (`xtask/src/parts.rs`).
#[inline(never)]
fn when_run(settings: &Settings, way: Way, all: &[Came], cores: u32) -> Option<Kitchen> {
    let threads = if settings.kind == Kind::Convoy {
        convoy(settings)
    } else {
        let task = all.iter().filter_map(Came::measured).find_map(|it| Task::of(settings, it))?;
        dealt(settings, task.round(settings.kind))
    };
    let rules = Rules { switch_ms: settings.switch_interval_ms, cores, ..Rules::default() };
    let schedule = if way.has_gil() { with_gil(&threads, &rules) } else { free_threaded(&threads, &rules) };
    Some(drawn(settings.kind, &schedule))
}

/// The tasks, dealt out in turn.
fn dealt(settings: &Settings, round: Round) -> Vec<Vec<Piece>> {
    let (threads, tasks) = (settings.threads.max(1), settings.tasks);
    (0..threads).map(|thread| round.times(tasks / threads + u32::from(thread < tasks % threads))).collect()
}

/// Small requests, as many as there is time for beside the company.
fn convoy(settings: &Settings) -> Vec<Vec<Piece>> {
    let each_ms = TRIP.compute_ms + TRIP.block_ms + settings.switch_interval_ms.max(0.0);
    let trips = (COMPANY_MS / each_ms).ceil() as u32;
    vec![TRIP.times(trips), vec![Piece::Compute(COMPANY_MS)]]
}

fn drawn(kind: Kind, schedule: &Schedule) -> Kitchen {
    // With a convoy, the main thread is the first of the two.
    let first = u32::from(kind != Kind::Convoy);
    let chefs: Vec<_> = (first..).zip(&schedule.lanes).map(|(number, lane)| chef(kind, number, lane)).collect();
    let holds = |(number, lane): (u32, &Lane)| {
        stays(lane, &[Doing::Hold]).into_iter().map(move |stay| Turn { chef: number, stay }).collect::<Vec<_>>()
    };
    let mut turns: Vec<_> = (first..).zip(&schedule.lanes).flat_map(holds).collect();
    turns.sort_by(|a, b| a.stay.0.total_cmp(&b.stay.0));
    let lost: u64 = schedule.lanes.iter().map(|it| it.lost).sum();
    let lost = u32::try_from(lost).unwrap_or(u32::MAX);
    Kitchen { chefs, turns, begun_ms: 0.0, end_ms: schedule.wall_ms, lost }
}

fn chef(kind: Kind, number: u32, lane: &Lane) -> Chef {
    let name = match (kind, number) {
        (Kind::Convoy, 0) => "small I/O".into(),
        (Kind::Convoy, _) => "busy thread".into(),
        _ => format!("thread {number}"),
    };
    Chef {
        number,
        name,
        starts: Vec::new(),
        held: stays(lane, &[Doing::Hold, Doing::Run]),
        waited: stays(lane, &[Doing::Wait]),
        away: stays(lane, &[Doing::Kernel, Doing::Blocked]),
    }
}

fn stays(lane: &Lane, doing: &[Doing]) -> Vec<Stay> {
    let of = lane.stretches.iter().filter(|it| doing.contains(&it.doing) && it.end_ms > it.start_ms);
    of.map(|it| (it.start_ms, it.end_ms)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::measured::tests::ran;
    use super::*;
    use crate::model::parameter::Group;

    fn without_threads(settings: &Settings) -> Vec<Came> {
        let reason = || "no memory can be shared".to_owned();
        let real = ran(settings, [None, None, Some(80.0)]).into_iter().filter(|it| it.way() == Way::Process);
        let missing = [Way::Gil, Way::Free].map(|way| Came::Unavailable(way, reason()));
        missing.into_iter().chain(real).collect()
    }

    fn modelled(settings: &Settings, way: Way) -> Kitchen {
        kitchen(settings, way, &without_threads(settings), 2).unwrap()
    }

    fn settings(kind: Kind) -> Settings {
        Settings { kind, threads: 2, ..Settings::usual(2) }
    }

    #[test]
    fn with_the_gil_it_takes_what_one_thread_took_and_without_it_half() {
        let settings = settings(Kind::Pure);
        let real = without_threads(&settings);
        let measured = real.iter().find_map(Came::measured).unwrap();
        let Found::Tasks(tasks) = &measured.found else { panic!("tasks were measured") };
        let (gil, free) = (modelled(&settings, Way::Gil), modelled(&settings, Way::Free));
        let ratio = |kitchen: &Kitchen| kitchen.end_ms / tasks.alone_ms;
        assert!((0.99..1.05).contains(&ratio(&gil)), "{}", ratio(&gil));
        assert!((0.49..0.52).contains(&ratio(&free)), "{}", ratio(&free));
        assert!(gil.together_ms() < 1e-6 && free.together_ms() > 0.4 * tasks.alone_ms);
        assert!(gil.turns.len() > 2 && free.turns.is_empty());
    }

    #[test]
    fn what_ran_and_what_is_not_known_is_not_modelled() {
        let settings = settings(Kind::Pure);
        let all = without_threads(&settings);
        assert_eq!(kitchen(&settings, Way::Process, &all, 2), None);
        assert_eq!(kitchen(&settings, Way::Gil, &[], 2), None);
        assert_eq!(kitchen(&settings, Way::Gil, &all[..2], 2), None, "nothing tells how long a task takes");
        let ran = ran(&settings, [Some(100.0), Some(50.0), Some(80.0)]);
        assert_eq!(kitchen(&settings, Way::Gil, &ran, 2), None);
    }

    #[test]
    fn small_requests_wait_for_the_interval_in_company() {
        let settings = Settings { kind: Kind::Convoy, ..settings(Kind::Convoy) };
        let all = [Came::Unavailable(Way::Gil, "no threads".into()), Came::Unavailable(Way::Free, "no threads".into())];
        let gil = kitchen(&settings, Way::Gil, &all, 2).unwrap();
        let waited = |it: &Kitchen| it.share(&it.chefs[0], settings.switch_interval_ms);
        assert_eq!((gil.chefs[0].number, gil.chefs[0].name.as_str()), (0, "small I/O"));
        assert!(waited(&gil).longest_wait_ms > 4.9, "{:?}", waited(&gil));
        let free = kitchen(&settings, Way::Free, &all, 2).unwrap();
        assert!(waited(&free).waited_ms < 1e-6 && free.end_ms < 420.0);
    }

    #[test]
    fn waits_overlap_with_the_gil() {
        let settings = settings(Kind::Io);
        let mut all = without_threads(&settings);
        for came in &mut all {
            if let Came::Ran(measured) = came
                && let Found::Tasks(tasks) = &mut measured.found
            {
                tasks.outside = Some(0.9);
            }
        }
        let gil = kitchen(&settings, Way::Gil, &all, 2).unwrap();
        let away: f64 = gil.chefs.iter().flat_map(|it| &it.away).map(|it| it.1 - it.0).sum();
        assert!(gil.end_ms < away, "two wait at once: {} ms of {away} ms", gil.end_ms);
    }
}
