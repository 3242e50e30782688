//! Why it was so: what the recorded turns show, and one change to try.

use super::measured::{Came, Measured, Verdict};
use super::settings::{Kind, Settings};
use super::way::Way;
use super::words::{is_void, of};
use crate::model::format;
use crate::view::slide::BesideTheSlide;

/// The lock was held for so much of the time: it, and nothing else, was the bottleneck.
const BUSY: f64 = 0.8;

/// What decided it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Cause {
    /// Only one thread at a time runs Python.
    Lock,
    /// The lock was free while others computed or waited.
    Released,
    /// There was nobody to run on.
    Cores,
    /// Something else used the machine.
    Busy,
    /// Whoever comes back from a wait has to ask for the lock, and wait for an interval.
    Interval,
}

impl Cause {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Lock, Self::Released, Self::Interval, Self::Cores, Self::Busy];

    /// What stands for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lock => "lock",
            Self::Released => "released",
            Self::Cores => "too-few-cores",
            Self::Busy => "busy",
            Self::Interval => "interval",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Lock => "one stove: only one thread at a time runs Python",
            Self::Released => "the stove was free: the lock is released meanwhile",
            Self::Cores => "too few cores",
            Self::Busy => "something else used the machine",
            Self::Interval => "who comes back has to ask for the stove, and wait",
        }
    }
}

/// Why the threads with the lock came off as they did.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The question.
    pub question: String,
    /// What decided it.
    pub cause: Cause,
    /// What the figures show.
    pub text: String,
    /// What to try: words for a button, and the settings then.
    pub change: (&'static str, Settings),
}

/// Explains the way with the lock; `None` where it did not run.
#[must_use]
pub fn explain(settings: &Settings, all: &[Came]) -> Option<Explanation> {
    let gil = of(all, Way::Gil)?;
    let is_void = is_void(settings, all);
    let cause = if is_void { Cause::Busy } else { cause(settings.kind, gil, all) };
    let question = match (settings.kind, gil.verdict()) {
        _ if is_void => "Why can nothing be called?",
        (Kind::Convoy, Verdict::Slower) => "Why was the answer read so late?",
        (Kind::Convoy, _) => "Why was the answer read as soon as alone?",
        (_, Verdict::Faster) => "Why did threads help, though there is a GIL?",
        (_, Verdict::Close) => "Why did more threads not help?",
        (_, Verdict::Slower) => "Why were more threads slower?",
    };
    let text = if is_void { VOID.to_owned() } else { text(settings, gil, cause) };
    Some(Explanation { question: question.into(), cause, text, change: change(settings) })
}

/// Where nothing can be called.
const VOID: &str =
    "One thread’s time for the same tasks is what all is compared with, and it can’t be trusted this time.";

fn cause(kind: Kind, gil: &Measured, all: &[Came]) -> Cause {
    // Where another way was faster, there were cores to be had.
    let others_had_cores = || {
        [Way::Free, Way::Process].into_iter().filter_map(|way| of(all, way)).any(|it| it.verdict() == Verdict::Faster)
    };
    match (kind, gil.verdict()) {
        (Kind::Convoy, Verdict::Slower) => Cause::Interval,
        (Kind::Convoy, _) | (_, Verdict::Faster) => Cause::Released,
        _ if gil.kitchen.busy_share() >= BUSY => Cause::Lock,
        _ if others_had_cores() => Cause::Busy,
        _ => Cause::Cores,
    }
}

fn text(settings: &Settings, gil: &Measured, cause: Cause) -> String {
    let busy = format::percent(gil.kitchen.busy_share());
    let interval = format::duration(settings.switch_interval_ms);
    match cause {
        Cause::Lock => format!(
            "From when all were there, some thread held the lock for {busy} of the time: the tasks were done one after \
             the other, whoever did them."
        ),
        Cause::Released => format!(
            "The lock was held for {busy} of the time. Whoever waits, or runs compiled code, releases it, and others \
             go on."
        ),
        Cause::Cores => format!(
            "The lock was held for only {busy} of the time, and yet it was no faster: the machine had no core to spare, \
             or was busy with something else."
        ),
        Cause::Busy => format!(
            "The lock was held for only {busy} of the time, and yet it was no faster. Another way had cores for the same \
             tasks, so they were there: while these threads ran, something else used them."
        ),
        Cause::Interval => format!(
            "The busy thread has the lock when the answer comes. The other asks for it only after a switch interval, \
             {interval}, and then the busy one gives way: nearly all of a round trip is that wait."
        ),
    }
}

fn change(settings: &Settings) -> (&'static str, Settings) {
    let to = |kind| Settings { kind, ..settings.clone() };
    match settings.kind {
        Kind::Pure => ("The same in compiled code", to(Kind::Compiled)),
        Kind::Compiled if settings.mix > 60 => {
            ("Half of each task in Python", Settings { mix: 50, ..to(Kind::Compiled) })
        }
        Kind::Compiled => ("Tasks that wait", Settings { mix: 100, ..to(Kind::Io) }),
        Kind::Io => ("A small wait beside a busy thread", to(Kind::Convoy)),
        Kind::Convoy if settings.switch_interval_ms > 1.0 => {
            ("A switch interval of 0.5 ms", Settings { switch_interval_ms: 0.5, ..settings.clone() })
        }
        Kind::Convoy => ("Tasks in pure Python", Settings { switch_interval_ms: 5.0, ..to(Kind::Pure) }),
    }
}

/// What the lecture's slide says, beside what was measured.
#[must_use]
pub fn beside_the_slide(settings: &Settings, all: &[Came], here: String) -> Option<BesideTheSlide> {
    let gil = of(all, Way::Gil).filter(|_| !is_void(settings, all))?;
    let (slide, because, still_true) = match settings.kind {
        Kind::Pure => (
            "Four threads share one stove, and the fourth barely gets a turn: the same total time. Three processes, on its \
             laptop, are about 3 × as fast.",
            fair(settings, gil),
            "In Python's default build, threads do not make a loop in Python faster. From 3.14 on a free-threaded build is \
             supported, too.",
        ),
        Kind::Compiled => (
            "Compiled code sometimes scales on threads, since the lock is released in it; for code that mixes both, \
             processes are the safe choice.",
            "What a task does in Python is done one after the other, what it does in compiled code is not: set how much is \
             outside Python, and see where threads stop to pay."
                .into(),
            "Whether threads help is decided by how much of the time the lock is held.",
        ),
        Kind::Io => (
            "Threads help where tasks wait for a network or a disk: the GIL is released meanwhile.",
            "Waiting needs neither the lock nor a core, so as many waits as there are threads overlap, on one core too.".into(),
            "Threads are enough for waiting, and start with less than processes do elsewhere.",
        ),
        Kind::Convoy => (
            "Only one chef cooks at a time, the others wait in line though they are ready.",
            format!(
                "Among equals the line is fair. It is unfair to whoever comes often and stays short: each time it waits \
                 up to a switch interval, {}, for the one who computes.",
                format::duration(settings.switch_interval_ms)
            ),
            "A thread that computes slows down all others that only answer: give it a process of its own.",
        ),
    };
    Some(BesideTheSlide { slide: slide.into(), here, because, still_true: Some(still_true.into()) })
}

/// Whether one of them hardly got a turn.
fn fair(settings: &Settings, gil: &Measured) -> String {
    let shares = gil.kitchen.chefs.iter().map(|it| gil.kitchen.share(it, settings.switch_interval_ms).held_ms);
    let held: Vec<_> = shares.collect();
    let sum: f64 = held.iter().sum();
    let least = held.iter().copied().fold(f64::INFINITY, f64::min) / sum;
    if least.is_finite() && least * held.len() as f64 > 0.5 {
        format!(
            "Who has waited for an interval asks, and the holder gives way to another: the turns went round, and even the \
             last had {} of the stove. The ways here run the same number of workers.",
            format::percent(least)
        )
    } else {
        "The turns went round unevenly this time; on average they are fair. The ways here run the same number of workers."
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::super::measured::tests::ran;
    use super::*;
    use crate::model::parameter::Group;

    fn settings(kind: Kind) -> Settings {
        Settings { kind, ..Settings::usual(2) }
    }

    #[test]
    fn the_cause_follows_from_the_turns() {
        let cause = |kind, ms| {
            let settings = settings(kind);
            explain(&settings, &ran(&settings, [Some(ms), None, None])).unwrap().cause
        };
        assert_eq!(cause(Kind::Pure, 90.0), Cause::Lock);
        assert_eq!(cause(Kind::Io, 45.0), Cause::Released);
        assert_eq!(cause(Kind::Compiled, 200.0), Cause::Cores, "the lock was free, and yet");
        assert_eq!(cause(Kind::Convoy, 400.0), Cause::Interval);
        assert_eq!(cause(Kind::Convoy, 91.0), Cause::Released);
        let settings = settings(Kind::Pure);
        assert_eq!(explain(&settings, &ran(&settings, [None, Some(45.0), Some(45.0)])), None);
    }

    #[test]
    fn who_had_as_many_cores_as_others_is_not_told_that_there_were_too_few() {
        let settings = settings(Kind::Compiled);
        let told = |ms| explain(&settings, &ran(&settings, ms)).unwrap();
        let others_gained = told([Some(200.0), Some(45.0), None]);
        assert_eq!(others_gained.cause, Cause::Busy);
        assert!(others_gained.text.contains("Another way had cores"), "{others_gained:?}");
        assert!(!others_gained.question.contains("called"), "{others_gained:?}");
        assert_eq!(told([Some(200.0), Some(200.0), Some(200.0)]).cause, Cause::Cores);
    }

    #[test]
    fn every_change_leads_on_to_something_else() {
        let mut settings = settings(Kind::Pure);
        let mut kinds = Vec::new();
        for _ in 0..6 {
            let (_, next) = change(&settings);
            assert_ne!(next, settings);
            kinds.push(next.kind);
            settings = next;
        }
        assert_eq!(kinds.last(), Some(&Kind::Pure), "and back to the beginning: {kinds:?}");
    }

    #[test]
    fn the_slide_is_set_beside_it() {
        for kind in [Kind::Pure, Kind::Compiled, Kind::Io, Kind::Convoy] {
            let settings = settings(kind);
            let all = ran(&settings, [Some(90.0), None, None]);
            let beside = beside_the_slide(&settings, &all, "Here.".into()).unwrap();
            assert!(beside.because.ends_with('.') && beside.slide.ends_with('.'), "{beside:?}");
        }
    }
}
