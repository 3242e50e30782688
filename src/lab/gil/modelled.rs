//! Where threads can't run: what they would do, by the model of the protocol, for tasks as long
//! as those that were measured. Always said to be modelled.

use super::kitchen::{Chef, Kitchen, Turn};
use super::measured::{Came, Found};
use super::settings::{Kind, Settings};
use super::way::Way;
use super::words::of;
use crate::model::gil::work::{Round, free_threaded, with_gil};
use crate::model::gil::{Doing, Piece, Rules, Schedule};

/// What a small request does with the interpreter, ms; and how long its answer takes.
const REQUEST_MS: f64 = 0.05;
const ANSWER_MS: f64 = 1.0;
/// How long it has company, ms, and how often it can come in that time at most.
const COMPANY_MS: f64 = 400.0;
const TRIPS: u32 = 380;

/// The kitchen of a way that could not run, if another did; its times are that one's.
#[must_use]
pub fn kitchen(settings: &Settings, way: Way, all: &[Came], cores: u32) -> Option<Kitchen> {
    let is_wanted = all.iter().any(|it| it.way() == way && matches!(it, Came::Unavailable(..)));
    let process = of(all, Way::Process).filter(|_| is_wanted && way.needs_threads())?;
    let threads = match &process.found {
        Found::Tasks(tasks) => {
            let task_ms = tasks.alone_ms / f64::from(settings.tasks.max(1));
            let round = round(settings.kind, task_ms, tasks.outside.unwrap_or_default());
            (0..settings.threads).map(|it| round.times(dealt(settings, it))).collect()
        }
        Found::Trips(_) => {
            vec![vec![Piece::Compute(COMPANY_MS)], Round::input(REQUEST_MS, ANSWER_MS).times(TRIPS)]
        }
    };
    let rules = Rules { switch_ms: settings.switch_interval_ms, cores, ..Rules::default() };
    let schedule = if way.has_gil() { with_gil(&threads, &rules) } else { free_threaded(&threads, &rules) };
    Some(drawn(&schedule, settings.kind, way))
}

fn round(kind: Kind, task_ms: f64, outside: f64) -> Round {
    match kind {
        Kind::Compiled => Round::mixed(task_ms, outside),
        Kind::Io => Round::input(task_ms * (1.0 - outside), task_ms * outside),
        Kind::Pure | Kind::Convoy => Round::pure(task_ms),
    }
}

/// How many tasks a thread gets, dealt out one by one.
fn dealt(settings: &Settings, thread: u32) -> u32 {
    let threads = settings.threads.max(1);
    settings.tasks / threads + u32::from(thread < settings.tasks % threads)
}

fn drawn(schedule: &Schedule, kind: Kind, way: Way) -> Kitchen {
    let name = |number: u32| match (kind, number) {
        (Kind::Convoy, 1) => "busy thread".to_owned(),
        (Kind::Convoy, _) => "small I/O".to_owned(),
        _ => format!("thread {number}"),
    };
    let mut turns = Vec::new();
    let mut chefs = Vec::new();
    for (number, lane) in (1..).zip(&schedule.lanes) {
        let mut chef = Chef { number, name: name(number), ..Chef::default() };
        for stretch in &lane.stretches {
            let stay = (stretch.start_ms, stretch.end_ms);
            match stretch.doing {
                Doing::Hold | Doing::Run => chef.held.push(stay),
                Doing::Wait => chef.waited.push(stay),
                Doing::Kernel | Doing::Blocked => chef.away.push(stay),
                Doing::Start | Doing::Pickle => chef.starts.push(stay),
            }
        }
        if way.has_gil() {
            turns.extend(chef.held.iter().map(|stay| Turn { chef: number, stay: *stay }));
        }
        chefs.push(chef);
    }
    turns.sort_by(|a, b| a.stay.0.total_cmp(&b.stay.0));
    Kitchen { chefs, turns, begun_ms: 0.0, end_ms: schedule.wall_ms, lost: 0 }
}

#[cfg(test)]
mod tests {
    use super::super::measured::tests::ran;
    use super::*;
    use crate::model::parameter::Group;

    fn modelled(kind: Kind, way: Way) -> Kitchen {
        let settings = Settings { kind, ..Settings::usual(2) };
        kitchen(&settings, way, &ran(&settings, [None, None, Some(50.0)]), 2).unwrap()
    }

    #[test]
    fn what_can_not_run_is_modelled() {
        let (gil, free) = (modelled(Kind::Pure, Way::Gil), modelled(Kind::Pure, Way::Free));
        // One thread took 90 ms for all of it.
        assert!((89.0..96.0).contains(&gil.end_ms), "{}", gil.end_ms);
        assert!((44.0..48.0).contains(&free.end_ms), "two cores: {}", free.end_ms);
        assert_eq!((gil.together_ms(), gil.chefs.len(), free.turns.len()), (0.0, 4, 0));
        assert!(gil.turns.len() > 8);
        let convoy = modelled(Kind::Convoy, Way::Gil);
        assert_eq!(convoy.chefs[1].name, "small I/O");
        assert!(convoy.share(&convoy.chefs[1], 5.0).longest_wait_ms >= 4.9);
    }

    #[test]
    fn what_ran_is_not() {
        let settings = Settings::usual(2);
        assert_eq!(kitchen(&settings, Way::Gil, &ran(&settings, [Some(90.0), None, Some(50.0)]), 2), None);
        assert_eq!(kitchen(&settings, Way::Gil, &ran(&settings, [None; 3]), 2), None, "there is nothing to go by");
    }
}
