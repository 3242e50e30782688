//! What a run says, in words computed from it, and what is asked before it.

use super::kitchen::Share;
use super::measured::{Came, Found, Measured, Tasks, Trips, Verdict, disturbed, is_impossible};
use super::settings::{Kind, Settings};
use super::way::Way;
use crate::model::format;
use crate::view::headline::Headline;

/// Said of a way that needs threads where there are none.
pub const NO_THREADS: &str = "Threads can't run here: the browser lets this page share no memory between workers.";

/// What is asked before a run.
#[must_use]
pub fn question(settings: &Settings) -> String {
    match settings.kind {
        Kind::Convoy => "Your guess: with the GIL, beside a busy thread the answer is read".into(),
        _ => format!("Your guess: with the GIL, {} threads together are", settings.threads),
    }
}

/// What can be answered: as in messages, and for people.
#[must_use]
pub fn answers(kind: Kind) -> [(Verdict, &'static str); 3] {
    match kind {
        Kind::Convoy => {
            [(Verdict::Faster, "sooner"), (Verdict::Close, "as soon as alone"), (Verdict::Slower, "clearly later")]
        }
        _ => [
            (Verdict::Faster, "clearly faster than one"),
            (Verdict::Close, "about as fast as one"),
            (Verdict::Slower, "clearly slower than one"),
        ],
    }
}

/// What was guessed of the first way, beside what came of it.
#[must_use]
pub fn feedback(guess: Verdict, settings: &Settings, all: &[Came]) -> Option<String> {
    let gil = of(all, Way::Gil)?;
    let words = |verdict| answers(settings.kind).into_iter().find(|it| it.0 == verdict).map_or("", |it| it.1);
    if is_void(settings, all) {
        return Some(format!("You expected “{}”; this time nothing can be called.", words(guess)));
    }
    let shown = gil.verdict();
    Some(if guess == shown {
        format!("You expected “{}”: so it was.", words(guess))
    } else {
        format!("You expected “{}”; it was “{}”.", words(guess), words(shown))
    })
}

/// The sentence over a run.
#[must_use]
pub fn headline(settings: &Settings, all: &[Came]) -> Headline {
    let ran: Vec<_> = all.iter().filter_map(Came::measured).collect();
    match ran.first() {
        None => Headline::plain("None of the three ways could run here; the table says why."),
        Some(_) if settings.kind == Kind::Convoy => trips(&ran),
        Some(_) if is_void(settings, all) => void(&ran),
        Some(_) => tasks(settings, &ran),
    }
}

/// Whether something else used so much of the machine that nothing can be called.
#[must_use]
pub fn is_void(settings: &Settings, all: &[Came]) -> bool {
    settings.kind != Kind::Convoy && (disturbed(all).is_some() || is_impossible(settings.kind, all))
}

/// The times, where nothing can be called.
fn void(ran: &[&Measured]) -> Headline {
    let mut said = Headline::plain("The machine was busy, so nothing can be called: ");
    for (index, (measured, tasks)) in ran.iter().filter_map(|it| Some((it, tasks_of(it)?))).enumerate() {
        let how = match measured.way {
            Way::Gil => "with the GIL ",
            Way::Free => "without it ",
            Way::Process => "as processes ",
        };
        let comma = if index > 0 { ", " } else { "" };
        said = said.words(format!("{comma}{how}")).figure(measured.way.executor(), format::duration(tasks.work_ms));
    }
    said.words(".")
}

/// What it shows that the machine was busy.
fn busy(settings: &Settings, all: &[Came]) -> Option<String> {
    let shown = match disturbed(all) {
        Some((least, most)) => format!(
            "One thread took {} for the same tasks, and another time {}: something else used the machine.",
            format::duration(least),
            format::duration(most),
        ),
        None if is_impossible(settings.kind, all) => {
            "Threads that take turns can’t be faster than one: something else used the machine.".to_owned()
        }
        None => return None,
    };
    Some(format!("{shown} Run again when it is quiet."))
}

fn tasks(settings: &Settings, ran: &[&Measured]) -> Headline {
    let threads = settings.threads;
    let mut said = Headline::default();
    for (index, measured) in ran.iter().enumerate() {
        let begin = match (measured.way, index) {
            (Way::Gil, _) => format!("With the GIL, {threads} threads were "),
            (Way::Free, 0) => format!("Without the GIL, {threads} threads were "),
            (Way::Free, _) => "; without it ".into(),
            (Way::Process, 0) => format!("{threads} processes were "),
            (Way::Process, _) => "; as processes ".into(),
        };
        let (figure, words) = against_one(measured);
        let one = match (index, figure.is_empty()) {
            (0, _) if measured.verdict() == Verdict::Slower => " than one",
            (0, true) => " than one",
            (0, false) => " as one",
            _ => "",
        };
        said = said.words(begin);
        if !figure.is_empty() {
            said = said.figure(measured.way.executor(), figure);
        }
        said = said.words(format!("{words}{one}"));
    }
    said.words(".")
}

/// A figure, if there is one to be told, and words behind it.
fn against_one(measured: &Measured) -> (String, &'static str) {
    let speedup = measured.speedup();
    match measured.verdict() {
        Verdict::Faster => (format::ratio(speedup), " as fast"),
        Verdict::Slower => (format::ratio(1.0 / speedup), " slower"),
        Verdict::Close => (String::new(), "no faster"),
    }
}

fn trips(ran: &[&Measured]) -> Headline {
    let trips = |it: &Measured| if let Found::Trips(trips) = &it.found { Some(trips.clone()) } else { None };
    let Some(Trips { alone_ms, .. }) = ran.first().and_then(|it| trips(it)) else { return Headline::default() };
    let mut said = Headline::plain(format!("Beside a busy thread, a {} round trip took ", format::duration(alone_ms)));
    for (index, measured) in ran.iter().enumerate() {
        let Some(trips) = trips(measured) else { continue };
        let how = match measured.way {
            Way::Gil => " with the GIL",
            Way::Free => " without it",
            Way::Process => " beside a process",
        };
        let comma = if index > 0 { ", " } else { "" };
        said = said.words(comma).figure(measured.way.executor(), format::duration(trips.company_ms)).words(how);
    }
    said.words(".")
}

/// What else is true: how the lock went round, what starting cost, what was outside.
#[must_use]
pub fn more(settings: &Settings, all: &[Came], cores: u32) -> String {
    let mut sentences: Vec<_> = busy(settings, all).into_iter().collect();
    if let Some(gil) = of(all, Way::Gil) {
        sentences.extend(round(settings, gil));
    }
    if settings.kind == Kind::Convoy {
        sentences.extend(longest(all));
    } else {
        sentences.extend(starting(all));
        sentences.extend(outside(settings, all));
        if settings.threads > cores {
            let machine = if cores == 1 { "one core".into() } else { format!("{cores} cores") };
            sentences.push(format!("The browser reports {machine}: no more can compute at once."));
        }
    }
    if all.iter().any(|it| it.reason().is_some()) {
        sentences.push("Not all ways could run here: the table says why.".into());
    }
    sentences.join(" ")
}

/// How the lock went from one to the next.
fn round(settings: &Settings, gil: &Measured) -> Option<String> {
    let shares: Vec<Share> =
        gil.kitchen.chefs.iter().map(|it| gil.kitchen.share(it, settings.switch_interval_ms)).collect();
    let held_ms: f64 = shares.iter().map(|it| it.held_ms).sum();
    if shares.len() < 2 || held_ms <= 0.0 || settings.kind == Kind::Convoy {
        return None;
    }
    let each = shares.iter().map(|it| it.held_ms / held_ms);
    let (least, most) = (each.clone().fold(1.0, f64::min), each.fold(0.0, f64::max));
    let turns: u32 = shares.iter().map(|it| it.turns).sum();
    let again: u32 = shares.iter().map(|it| it.asked_again).sum();
    let asked = match again {
        0 => String::new(),
        1 => "; once, somebody had to ask for it again".into(),
        more => format!("; {} times, somebody had to ask for it again", format::count(more.into())),
    };
    Some(format!(
        "The lock was held in {} turns, by each thread for {} to {} of that time{asked}.",
        format::count(turns.into()),
        format::percent(least),
        format::percent(most),
    ))
}

fn starting(all: &[Came]) -> Option<String> {
    let of_way = |way| Some(format::duration(tasks_of(of(all, way)?)?.start_ms));
    match (of_way(Way::Gil).or_else(|| of_way(Way::Free)), of_way(Way::Process)) {
        (Some(threads), Some(processes)) => {
            Some(format!("Starting is not in these ratios: the threads took {threads}, the processes {processes}."))
        }
        (None, Some(processes)) => Some(format!("Starting the processes took {processes}, not counted here.")),
        _ => None,
    }
}

/// How much of a task was outside the interpreter, as it was measured.
fn outside(settings: &Settings, all: &[Came]) -> Option<String> {
    let shares = all.iter().filter_map(|it| tasks_of(it.measured()?)?.outside);
    let share = shares.reduce(f64::max)?;
    let what = if settings.kind == Kind::Io { "waiting" } else { "compiled code" };
    Some(format!("Of a task alone, {} was {what}.", format::percent(share)))
}

fn longest(all: &[Came]) -> Option<String> {
    let gil = of(all, Way::Gil)?;
    let Found::Trips(trips) = &gil.found else { return None };
    Some(format!(
        "With the GIL the longest of {} round trips took {}: each waits until the busy thread gives the lock away.",
        format::count(trips.count.into()),
        format::duration(trips.worst_ms),
    ))
}

/// What must be said also where the figure stands alone: why a way is missing, or nothing can be called.
#[must_use]
pub fn note(settings: &Settings, all: &[Came]) -> Option<String> {
    let missing = all.iter().find_map(Came::reason).map(str::to_owned);
    missing.or_else(|| busy(settings, all))
}

/// A way's figures, if it ran.
#[must_use]
pub fn of(all: &[Came], way: Way) -> Option<&Measured> {
    all.iter().find(|it| it.way() == way)?.measured()
}

/// The times of tasks.
#[must_use]
pub fn tasks_of(measured: &Measured) -> Option<&Tasks> {
    if let Found::Tasks(tasks) = &measured.found { Some(tasks) } else { None }
}

#[cfg(test)]
mod tests {
    use super::super::measured::tests::ran;
    use super::*;
    use crate::model::parameter::Group;
    use crate::view::headline::assert_one_sentence;

    fn settings(kind: Kind) -> Settings {
        Settings { kind, ..Settings::usual(2) }
    }

    const TIMES: [Option<f64>; 4] = [None, Some(45.0), Some(92.0), Some(1800.0)];

    #[test]
    fn every_headline_is_one_short_sentence() {
        for kind in [Kind::Pure, Kind::Compiled, Kind::Io, Kind::Convoy] {
            for gil in TIMES {
                for free in TIMES {
                    for process in TIMES {
                        let said = headline(&settings(kind), &ran(&settings(kind), [gil, free, process])).to_string();
                        assert_one_sentence(&said);
                        assert!(said.ends_with('.') && !said.contains("  "), "{said}");
                    }
                }
            }
        }
    }

    #[test]
    fn each_way_is_told_with_its_verdict() {
        let of = |kind, times| headline(&settings(kind), &ran(&settings(kind), times)).to_string();
        assert_eq!(
            of(Kind::Pure, [Some(92.0), Some(45.0), Some(50.0)]),
            "With the GIL, 4 threads were no faster than one; without it 2.0 × as fast; as processes 1.8 × as fast."
        );
        assert_eq!(
            of(Kind::Pure, [Some(45.0), Some(22.0), Some(500.0)]),
            "The machine was busy, so nothing can be called: with the GIL 45.0 ms, without it 22.0 ms, as processes 500 ms."
        );
        assert_eq!(
            of(Kind::Io, [Some(45.0), Some(180.0), None]),
            "With the GIL, 4 threads were 2.0 × as fast as one; without it 2.0 × slower."
        );
        assert_eq!(of(Kind::Pure, [None, None, Some(180.0)]), "4 processes were 2.0 × slower than one.");
        assert_eq!(of(Kind::Pure, [None; 3]), "None of the three ways could run here; the table says why.");
        assert_eq!(
            of(Kind::Convoy, [Some(450.0), Some(90.0), Some(95.0)]),
            "Beside a busy thread, a 90.0 ms round trip took 450 ms with the GIL, 90.0 ms without it, 95.0 ms beside a process."
        );
    }

    #[test]
    fn what_else_is_true_stands_below() {
        let settings = settings(Kind::Pure);
        let said = more(&settings, &ran(&settings, [Some(90.0), Some(45.0), Some(50.0)]), 2);
        assert!(
            said.starts_with("The lock was held in 2 turns, by each thread for 44 % to 56 % of that time."),
            "{said}"
        );
        assert!(said.contains("the threads took 10.0 ms, the processes 10.0 ms"), "{said}");
        assert!(said.ends_with("The browser reports 2 cores: no more can compute at once."), "{said}");
        let alone = more(&settings, &ran(&settings, [None, None, Some(50.0)]), 8);
        assert!(alone.ends_with("Not all ways could run here: the table says why."), "{alone}");
    }

    #[test]
    fn a_guess_is_set_beside_what_came() {
        let settings = settings(Kind::Pure);
        let all = ran(&settings, [Some(90.0), None, None]);
        let said = |guess| feedback(guess, &settings, &all).unwrap();
        assert_eq!(said(Verdict::Close), "You expected “about as fast as one”: so it was.");
        assert!(said(Verdict::Faster).ends_with("it was “about as fast as one”."));
        assert_eq!(feedback(Verdict::Close, &settings, &ran(&settings, [None; 3])), None);
    }
}
