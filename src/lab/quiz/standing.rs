//! How the ways of one run stand to each other: their figures, who is first, and what of
//! that this machine can tell.

use std::cmp::Ordering;

use super::item::Contender;
use crate::model::format;
use crate::model::python::Value;
use crate::model::python::observed::{Compared, Observed, Speed};
use crate::model::settings::Executor;
use crate::model::standing::CLOSE_RATIO;

/// A time of fewer ticks than this is not told from others.
const TICKS: f64 = 20.0;

/// What a run was done on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Machine {
    /// What the browser reports.
    pub cores: u32,
    /// Whether threads can be.
    pub shares_memory: bool,
    /// The clock's tick, ms.
    pub clock_ms: f64,
}

/// What one of the ways came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    /// A figure.
    Figure(f64),
    /// It failed with this.
    Failed(String),
    /// It did not come so far.
    Missing,
}

/// One of the ways, with what it came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// The name of its figure.
    pub told: String,
    /// What people read.
    pub label: String,
    /// What it came to.
    pub amount: Amount,
}

impl Way {
    /// Its figure.
    #[must_use]
    pub fn figure(&self) -> Option<f64> {
        if let Amount::Figure(figure) = self.amount { Some(figure) } else { None }
    }

    /// Whether it is a time.
    #[must_use]
    pub fn is_time(&self) -> bool {
        self.told.ends_with("_ms")
    }

    /// What people read of it.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.amount {
            Amount::Figure(figure) if self.is_time() => format::duration(*figure),
            Amount::Figure(figure) if figure.fract() == 0.0 && (0.0..1e15).contains(figure) => {
                format::count(*figure as u64)
            }
            Amount::Figure(figure) => format!("{figure:.2}"),
            Amount::Failed(with) => format!("failed: {with}"),
            Amount::Missing => "nothing came of it".into(),
        }
    }

    /// Where it stands among others: one by one before processes before threads, whoever was asked about first.
    #[must_use]
    pub fn rank(&self) -> usize {
        Executor::ALL.into_iter().position(|it| Some(it) == self.executor()).unwrap_or(Executor::ALL.len())
    }

    /// In whose colour, where its name says it.
    #[must_use]
    pub fn executor(&self) -> Option<Executor> {
        let begins = |word: &str| self.told.starts_with(word);
        Executor::ALL.into_iter().find(|it| begins(it.name()))
    }
}

/// The ways of a run.
#[must_use]
pub fn ways(contenders: &[Contender], observed: &Observed) -> Vec<Way> {
    let way = |contender: &Contender| {
        let amount = match observed.told(&contender.told) {
            Some(Value::Number(number)) => Amount::Figure(*number),
            Some(Value::Text(text)) => Amount::Failed(text.clone()),
            None => Amount::Missing,
        };
        Way { told: contender.told.clone(), label: contender.label.clone(), amount }
    };
    contenders.iter().map(way).collect()
}

/// How one figure stands to another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Standing {
    /// Clearly first: less time, or more of anything else.
    First,
    /// Clearly behind.
    Behind,
    /// Too close to call.
    Close,
    /// The clock is too coarse for it.
    Unknown,
}

/// How one way stands to another; `None` where one of them has no figure.
#[must_use]
pub fn stands(one: &Way, other: &Way, machine: &Machine) -> Option<Standing> {
    let (this, that) = (one.figure()?, other.figure()?);
    Some(if one.is_time() {
        let tick = machine.clock_ms.max(0.0);
        let is_faster = |a: f64, b: f64| (a + tick) * CLOSE_RATIO < b - tick;
        if is_faster(this, that) {
            Standing::First
        } else if is_faster(that, this) {
            Standing::Behind
        } else if this.min(that) < TICKS * tick {
            Standing::Unknown
        } else {
            Standing::Close
        }
    } else {
        // What was counted, or computed, is exact.
        match this.total_cmp(&that) {
            Ordering::Greater => Standing::First,
            Ordering::Less => Standing::Behind,
            Ordering::Equal => Standing::Close,
        }
    })
}

/// The factor between two ways: above 1 where the other is ahead; `None` where there is none.
#[must_use]
pub fn factor(one: &Way, other: &Way) -> Option<f64> {
    let (this, that) = (one.figure()?, other.figure()?);
    let factor = if one.is_time() { this / that } else { that / this };
    Some(factor).filter(|it| it.is_finite() && *it > 0.0)
}

/// The first way against each of the others, as rules ask it.
#[must_use]
pub fn compared(ways: &[Way], machine: &Machine) -> Vec<Compared> {
    let Some((first, others)) = ways.split_first() else { return Vec::new() };
    let against = |other: &Way| {
        let speed = match stands(first, other, machine)? {
            Standing::First => Speed::Faster,
            Standing::Behind => Speed::Slower,
            Standing::Close => Speed::Close,
            Standing::Unknown => return None,
        };
        // The other's time through the first's; without bound where one of them is nothing.
        let speedup = factor(first, other).map_or(f64::INFINITY, |factor| 1.0 / factor);
        Some(Compared { with: other.told.clone(), speed, speedup })
    };
    others.iter().filter_map(against).collect()
}

/// Who is first, and by how much.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// This way alone: an index; and how many times as much as the last with a figure, where there
    /// is such a factor.
    Won(usize, Option<f64>),
    /// These are too close to call: indices, the first one first.
    Close(Vec<usize>),
    /// The clock is too coarse.
    TooCoarse,
    /// Nobody has a figure.
    Nothing,
}

/// What is to be seen of a run.
#[must_use]
pub fn outcome(ways: &[Way], machine: &Machine) -> Outcome {
    let is_better = |one: &Way, other: &Way| match (one.figure(), other.figure()) {
        (Some(a), Some(b)) => {
            if one.is_time() {
                a < b
            } else {
                a > b
            }
        }
        (Some(_), None) => true,
        _ => false,
    };
    let with_figure = || ways.iter().enumerate().filter(|(_, way)| way.figure().is_some());
    let Some((at, first)) = with_figure().reduce(|best, it| if is_better(it.1, best.1) { it } else { best }) else {
        return Outcome::Nothing;
    };
    let against = |it: (usize, &Way)| Some((it.0, stands(first, it.1, machine)?));
    let others: Vec<_> = with_figure().filter(|(index, _)| *index != at).filter_map(against).collect();
    if others.iter().any(|it| it.1 == Standing::Unknown) {
        return Outcome::TooCoarse;
    }
    let close: Vec<_> = others.iter().filter(|it| it.1 == Standing::Close).map(|it| it.0).collect();
    if !close.is_empty() {
        return Outcome::Close([vec![at], close].concat());
    }
    let last = with_figure().reduce(|worst, it| if is_better(worst.1, it.1) { it } else { worst });
    Outcome::Won(at, last.filter(|it| it.0 != at).and_then(|(_, last)| factor(last, first)))
}

/// Why this machine may differ from what is usual: sentences, as far as the page can tell.
#[must_use]
pub fn why_it_may_differ(ways: &[Way], machine: &Machine) -> Vec<String> {
    let mut reasons = Vec::new();
    let is_cut_short = ways.iter().any(|it| it.figure().is_none());
    if is_cut_short && !machine.shares_memory {
        reasons.push("Here no memory can be shared, so that there are no threads.".into());
    }
    if machine.cores == 1 {
        reasons.push("The browser has one core here: workers take turns on it, whatever they are.".into());
    }
    let times = ways.iter().filter(|it| it.is_time()).filter_map(Way::figure);
    if times.reduce(f64::min).is_some_and(|least| least < TICKS * machine.clock_ms) {
        let tick = format::duration(machine.clock_ms);
        reasons.push(format!("This browser's clock ticks every {tick}: too coarse for so short a time."));
    }
    reasons
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A machine as most are.
    pub(crate) const MACHINE: Machine = Machine { cores: 4, shares_memory: true, clock_ms: 0.1 };

    /// What a script told.
    pub(crate) fn observed(told: &[(&str, f64)]) -> Observed {
        let told = told.iter().map(|(name, number)| (name.to_string(), Value::Number(*number))).collect();
        Observed { told, ..serde_json::from_str(r#"{ "status": "ok", "wall_ms": 900 }"#).unwrap() }
    }

    fn run(told: &[(&str, f64)]) -> Vec<Way> {
        let contender = |name: &&str| Contender { told: (*name).into(), label: (*name).into() };
        let names: Vec<_> = told.iter().map(|it| it.0).chain(["gone"]).collect();
        ways(&names.iter().map(contender).collect::<Vec<_>>(), &observed(told))
    }

    #[test]
    fn who_is_first_is_told_as_far_as_the_clock_can() {
        let times = |a: f64, b: f64| run(&[("serial_ms", a), ("thread_ms", b)]);
        assert_eq!(outcome(&times(1600.0, 100.0), &MACHINE), Outcome::Won(1, Some(16.0)));
        assert_eq!(outcome(&times(100.0, 1600.0), &MACHINE), Outcome::Won(0, Some(16.0)));
        assert_eq!(outcome(&times(100.0, 110.0), &MACHINE), Outcome::Close(vec![0, 1]));
        assert_eq!(outcome(&times(1.0, 1.2), &MACHINE), Outcome::TooCoarse);
        assert_eq!(outcome(&times(0.0, 500.0), &MACHINE), Outcome::Won(0, None), "what is below a tick is far less");
        assert_eq!(outcome(&run(&[]), &MACHINE), Outcome::Nothing);
        assert_eq!(outcome(&run(&[("serial_ms", 5.0)]), &MACHINE), Outcome::Won(0, None), "the other failed");
    }

    #[test]
    fn of_what_is_no_time_the_most_is_first() {
        assert_eq!(outcome(&run(&[("total", 400.0), ("counted", 100.0)]), &MACHINE), Outcome::Won(0, Some(4.0)));
        let empty = run(&[("inside", 8.0), ("parent", 0.0)]);
        assert_eq!(outcome(&empty, &MACHINE), Outcome::Won(0, None));
        assert_eq!(empty[1].text(), "0");
        assert_eq!(compared(&empty, &MACHINE)[0].speed, Speed::Faster);
    }

    #[test]
    fn rules_see_the_first_way_against_the_others() {
        let compared = compared(&run(&[("serial_ms", 900.0), ("process_ms", 300.0), ("thread_ms", 910.0)]), &MACHINE);
        let told: Vec<_> = compared.iter().map(|it| (it.with.as_str(), it.speed)).collect();
        assert_eq!(told, [("process_ms", Speed::Slower), ("thread_ms", Speed::Close)]);
        assert!((compared[0].speedup - 1.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn a_machine_that_differs_says_why() {
        let why = |told: &[(&str, f64)], machine: Machine| why_it_may_differ(&run(told), &machine).join(" ");
        let usual = [("a_ms", 100.0), ("b_ms", 100.0)];
        assert_eq!(why(&usual, MACHINE), "");
        assert!(why(&usual, Machine { cores: 1, ..MACHINE }).contains("one core"));
        assert!(why(&usual, Machine { shares_memory: false, ..MACHINE }).contains("no threads"));
        assert!(why(&usual, Machine { clock_ms: 100.0, ..MACHINE }).contains("ticks every 100 ms"));
    }
}
