//! Who had the lock when, taken from what a run recorded: what the picture is drawn from.

use super::settings::Kind;
use super::way::Way;
use crate::model::python::{Doing, PythonReport, Stretch, Who};

/// From, to, ms since those who work were begun to be started.
pub type Stay = (f64, f64);

/// What one of those who work did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chef {
    /// From 1; 0 is the script's main thread.
    pub number: u32,
    /// What it is called beside its lane.
    pub name: String,
    /// It came up.
    pub starts: Vec<Stay>,
    /// It had the lock, or ran without there being one.
    pub held: Vec<Stay>,
    /// It stood in line for the lock.
    pub waited: Vec<Stay>,
    /// It computed in compiled code, or waited for an answer: the lock was free for others.
    pub away: Vec<Stay>,
}

/// Somebody's turn with the lock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn {
    /// Whose: see [`Chef::number`].
    pub chef: u32,
    /// When, ms.
    pub stay: Stay,
}

/// One way's run as it was recorded, from the moment when the first worker was started.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kitchen {
    /// Who worked.
    pub chefs: Vec<Chef>,
    /// The lock's own lane; empty where there is none, or each has its own.
    pub turns: Vec<Turn>,
    /// When all were there, ms.
    pub begun_ms: f64,
    /// When all was done, ms.
    pub end_ms: f64,
    /// Stretches that there was no room for.
    pub lost: u32,
}

/// What one of those who work did, in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Share {
    /// It had the lock, or ran, ms.
    pub held_ms: f64,
    /// It stood in line, ms.
    pub waited_ms: f64,
    /// It did without the lock, ms.
    pub away_ms: f64,
    /// How often it had the lock.
    pub turns: u32,
    /// The longest it stood in line, ms.
    pub longest_wait_ms: f64,
    /// How often it had to ask more than once before it had the lock: worked out from
    /// the log, as the protocol has it.
    pub asked_again: u32,
}

/// What is cut out of a report.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    /// How it was run.
    pub way: Way,
    /// What the tasks were.
    pub kind: Kind,
    /// When the first worker was started, ms since the run began.
    pub from_ms: f64,
    /// How long it took until all were there, ms.
    pub start_ms: f64,
    /// And from then on until all was done, ms.
    pub work_ms: f64,
}

impl Kitchen {
    /// What a run recorded between these moments.
    #[must_use]
    pub fn of(report: &PythonReport, cut: Cut) -> Self {
        let end_ms = cut.start_ms + cut.work_ms;
        let stay = |it: &Stretch| {
            let place = |ms: f64| (ms - cut.from_ms).clamp(0.0, end_ms);
            let (from, to) = (place(it.start_ms), place(it.end_ms));
            (to > from).then_some((from, to))
        };
        let mut chefs: Vec<Chef> = Vec::new();
        let mut turns = Vec::new();
        for stretch in &report.stretches {
            let Some(stay) = stay(stretch) else { continue };
            if let (Doing::Hold, Who::Thread(chef), Way::Gil) = (stretch.doing, stretch.who, cut.way) {
                turns.push(Turn { chef, stay });
            }
            let Some((number, name)) = cut.chef(stretch.who) else { continue };
            let index = chefs.iter().position(|it| it.name == name).unwrap_or_else(|| {
                chefs.push(Chef { number, name, ..Chef::default() });
                chefs.len() - 1
            });
            match stretch.doing {
                Doing::Start => chefs[index].starts.push(stay),
                Doing::Hold | Doing::Run => chefs[index].held.push(stay),
                // Those before only asked whether it is up.
                Doing::Task if stay.0 >= cut.start_ms => chefs[index].held.push(stay),
                Doing::Wait => chefs[index].waited.push(stay),
                Doing::Task | Doing::Pickle | Doing::Unpickle | Doing::Read => {}
            }
        }
        chefs.sort_by(|a, b| (a.number, &a.name).cmp(&(b.number, &b.name)));
        for chef in chefs.iter_mut().filter(|it| cut.can_be_away(it.number)) {
            chef.away = gaps(chef, cut.start_ms);
        }
        turns.sort_by(|a, b| a.stay.0.total_cmp(&b.stay.0));
        let lost = report.gil_times.iter().fold(0_u32, |sum, it| sum.saturating_add(it.lost));
        Self { chefs, turns, begun_ms: cut.start_ms, end_ms, lost }
    }

    /// The figures of one of those who work, where a waiting thread asks every `interval_ms`.
    #[must_use]
    pub fn share(&self, chef: &Chef, interval_ms: f64) -> Share {
        let sum = |stays: &[Stay]| stays.iter().map(length).fold(0.0, |sum, ms| sum + ms);
        let asked_again = chef.waited.iter().filter(|it| self.requests(**it, interval_ms) > 1).count();
        Share {
            held_ms: sum(&chef.held),
            waited_ms: sum(&chef.waited),
            away_ms: sum(&chef.away),
            turns: u32::try_from(chef.held.len()).unwrap_or(u32::MAX),
            longest_wait_ms: chef.waited.iter().map(length).fold(0.0, f64::max),
            asked_again: u32::try_from(asked_again).unwrap_or(u32::MAX),
        }
    }

    /// How often somebody who stood in line then asked for the lock: once for each interval
    /// in which it stayed with one holder.
    fn requests(&self, (from, to): Stay, interval_ms: f64) -> u64 {
        let first = self.turns.partition_point(|it| it.stay.0 <= from);
        let changes = self.turns[first..].iter().map(|it| it.stay.0).take_while(|ms| *ms < to);
        let (mut since, mut requests) = (from, 0);
        for change in changes.chain([to]) {
            requests += whole_intervals(change - since, interval_ms);
            since = change;
        }
        requests
    }

    /// How long more than one of them had the lock, or ran, at once, ms.
    #[must_use]
    pub fn together_ms(&self) -> f64 {
        let mut events: Vec<(f64, i32)> =
            self.chefs.iter().flat_map(|it| &it.held).flat_map(|stay| [(stay.0, 1), (stay.1, -1)]).collect();
        // Who leaves at that moment is gone before the next comes.
        events.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let (mut at_work, mut since, mut sum_ms) = (0, 0.0, 0.0);
        for (ms, change) in events {
            if at_work > 1 {
                sum_ms += ms - since;
            }
            since = ms;
            at_work += change;
        }
        sum_ms
    }

    /// How much of the time, once all were there, somebody had the lock or ran: at most 1.
    #[must_use]
    pub fn busy_share(&self) -> f64 {
        let mut stays: Vec<Stay> = self.chefs.iter().flat_map(|it| &it.held).copied().collect();
        stays.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut until, mut sum_ms) = (self.begun_ms, 0.0);
        for (from, to) in stays {
            sum_ms += (to - from.max(until)).max(0.0);
            until = until.max(to);
        }
        let whole_ms = self.end_ms - self.begun_ms;
        if whole_ms > 0.0 { (sum_ms / whole_ms).min(1.0) } else { 0.0 }
    }
}

impl Cut {
    /// Whether somebody has a lane: its number and name.
    fn chef(&self, who: Who) -> Option<(u32, String)> {
        let is_convoy = self.kind == Kind::Convoy;
        match who {
            Who::Thread(0) if is_convoy => Some((0, "small I/O".into())),
            Who::Thread(number @ 1..) if self.way.needs_threads() => {
                Some((number, if is_convoy { "busy thread".into() } else { format!("thread {number}") }))
            }
            Who::Process(number) if !self.way.needs_threads() => {
                Some((number, if is_convoy { "busy process".into() } else { format!("process {number}") }))
            }
            _ => None,
        }
    }

    /// Whether what lies between its turns is work, or a wait, without the lock.
    fn can_be_away(&self, number: u32) -> bool {
        match self.kind {
            Kind::Pure => false,
            Kind::Compiled | Kind::Io => self.way.needs_threads(),
            Kind::Convoy => number == 0,
        }
    }
}

fn length(stay: &Stay) -> f64 {
    stay.1 - stay.0
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole_intervals(ms: f64, interval_ms: f64) -> u64 {
    if interval_ms > 0.0 && ms > 0.0 { (ms / interval_ms).floor() as u64 } else { 0 }
}

/// What lies between somebody's stretches, once all are there.
fn gaps(chef: &Chef, begun_ms: f64) -> Vec<Stay> {
    let mut stays: Vec<Stay> = chef.held.iter().chain(&chef.waited).copied().collect();
    stays.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut gaps = Vec::new();
    let mut until: Option<f64> = None;
    for (from, to) in stays {
        let begin = until.map(|it| it.max(begun_ms));
        if let Some(begin) = begin.filter(|begin| from > *begin) {
            gaps.push((begin, from));
        }
        until = Some(until.map_or(to, |it| it.max(to)));
    }
    gaps
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::python::Outcome;

    pub(in crate::lab::gil) fn stretch(who: Who, doing: Doing, start_ms: f64, end_ms: f64) -> Stretch {
        Stretch { who, doing, start_ms, end_ms, label: String::new() }
    }

    fn report(stretches: Vec<Stretch>) -> PythonReport {
        PythonReport { stretches, ..PythonReport::new(Outcome::default(), 500.0) }
    }

    const CUT: Cut = Cut { way: Way::Gil, kind: Kind::Pure, from_ms: 100.0, start_ms: 10.0, work_ms: 90.0 };

    /// Two threads that take turns of 5 ms, of 100 to 200 ms.
    fn turns() -> PythonReport {
        let mut all = vec![stretch(Who::Thread(0), Doing::Hold, 0.0, 105.0)];
        for turn in 0..18_u32 {
            let start_ms = 110.0 + 5.0 * f64::from(turn);
            let (holds, waits) = (Who::Thread(1 + turn % 2), Who::Thread(1 + (turn + 1) % 2));
            all.push(stretch(holds, Doing::Hold, start_ms, start_ms + 5.0));
            all.push(stretch(waits, Doing::Wait, start_ms, start_ms + 5.0));
        }
        report(all)
    }

    #[test]
    fn the_lock_has_one_holder_and_each_its_share() {
        let kitchen = Kitchen::of(&turns(), CUT);
        assert_eq!(kitchen.chefs.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["thread 1", "thread 2"]);
        assert_eq!(kitchen.turns.len(), 19, "the main thread's turn is one, too");
        assert_eq!(kitchen.turns[0], Turn { chef: 0, stay: (0.0, 5.0) });
        assert_eq!(kitchen.together_ms(), 0.0);
        assert!((kitchen.busy_share() - 1.0).abs() < 1e-9);
        for chef in &kitchen.chefs {
            let share = kitchen.share(chef, 5.0);
            assert_eq!((share.held_ms, share.waited_ms, share.turns), (45.0, 45.0, 9));
            assert_eq!((share.longest_wait_ms, share.away_ms, share.asked_again), (5.0, 0.0, 0));
        }
    }

    #[test]
    fn who_asks_more_than_once_is_counted() {
        let (one, two, three) = (Who::Thread(1), Who::Thread(2), Who::Thread(3));
        let mut all = vec![
            stretch(one, Doing::Hold, 110.0, 122.0),
            stretch(two, Doing::Hold, 122.0, 128.0),
            // It asks after 5 ms and after 10; the next has the lock; it asks once more.
            stretch(three, Doing::Wait, 110.0, 128.0),
            stretch(three, Doing::Hold, 128.0, 130.0),
        ];
        // It asks once.
        all.push(stretch(two, Doing::Wait, 116.0, 122.0));
        let kitchen = Kitchen::of(&report(all), CUT);
        let again: Vec<_> = kitchen.chefs.iter().map(|it| kitchen.share(it, 5.0).asked_again).collect();
        assert_eq!(again, [0, 0, 1]);
        assert_eq!(kitchen.requests((10.0, 28.0), 5.0), 3);
    }

    #[test]
    fn without_the_lock_all_work_at_once() {
        let stretches = (1..=3).map(|it| stretch(Who::Thread(it), Doing::Run, 110.0, 150.0)).collect();
        let kitchen = Kitchen::of(&report(stretches), Cut { way: Way::Free, ..CUT });
        assert_eq!(kitchen.together_ms(), 40.0);
        assert!(kitchen.turns.is_empty());
    }

    #[test]
    fn what_lies_between_is_done_without_the_lock() {
        let one = Who::Thread(1);
        let stretches = vec![
            stretch(one, Doing::Hold, 105.0, 107.0),
            stretch(one, Doing::Hold, 112.0, 114.0),
            stretch(one, Doing::Wait, 134.0, 136.0),
            stretch(one, Doing::Hold, 136.0, 137.0),
        ];
        let away = |kind| Kitchen::of(&report(stretches.clone()), Cut { kind, ..CUT }).chefs[0].away.clone();
        assert_eq!(away(Kind::Io), [(10.0, 12.0), (14.0, 34.0)]);
        assert_eq!(away(Kind::Pure), [], "who has no other work stands idle");
    }

    #[test]
    fn processes_come_up_and_then_work() {
        let one = Who::Process(1);
        let stretches = vec![
            stretch(one, Doing::Start, 100.0, 108.0),
            stretch(one, Doing::Task, 108.0, 109.0),
            stretch(one, Doing::Task, 112.0, 150.0),
            stretch(Who::Thread(0), Doing::Hold, 100.0, 200.0),
        ];
        let kitchen = Kitchen::of(&report(stretches), Cut { way: Way::Process, ..CUT });
        assert_eq!(kitchen.chefs.len(), 1);
        assert_eq!(kitchen.chefs[0].starts, [(0.0, 8.0)]);
        assert_eq!(kitchen.chefs[0].held, [(12.0, 50.0)], "what only asks whether it is up is no work");
    }

    #[test]
    fn odd_clocks_break_nothing() {
        let stretches = vec![
            stretch(Who::Thread(1), Doing::Hold, f64::NAN, 120.0),
            stretch(Who::Thread(1), Doing::Hold, 130.0, 120.0),
            stretch(Who::Thread(1), Doing::Wait, 0.0, 1e9),
        ];
        let kitchen = Kitchen::of(&report(stretches), CUT);
        let share = kitchen.share(&kitchen.chefs[0], 0.0);
        assert!(share.held_ms.is_finite() && share.waited_ms == 100.0 && share.asked_again == 0);
        let empty = Kitchen::of(&report(Vec::new()), Cut { work_ms: 0.0, start_ms: 0.0, ..CUT });
        assert_eq!((empty.busy_share(), empty.together_ms()), (0.0, 0.0));
    }
}
