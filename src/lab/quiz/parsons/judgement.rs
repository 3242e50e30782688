//! Whether an arrangement is right, and what a run of it shows: what a problem speaks of is
//! known, and anything else is judged by its run.

use super::arrangement::Arrangement;
use super::problem::Problem;
use crate::lab::quiz::card::Ran;
use crate::lab::quiz::verdict::{Agreement, Verdict};
use crate::lab::script::condition::Seen;
use crate::model::python::Status;

/// What a problem says of an arrangement.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Known<'a> {
    /// It is right; of other arrangements than the solution, what is to be said of it.
    Right(Option<&'a str>),
    /// It is wrong: why.
    Wrong(&'a str),
    /// Nothing.
    Unknown,
}

impl Known<'_> {
    /// Whether it is right, as far as that is known.
    #[must_use]
    pub fn is_right(self) -> Option<bool> {
        match self {
            Known::Right(_) => Some(true),
            Known::Wrong(_) => Some(false),
            Known::Unknown => None,
        }
    }
}

/// What the problem says of an arrangement.
#[must_use]
pub fn known<'a>(problem: &'a Problem, arrangement: &Arrangement) -> Known<'a> {
    if *arrangement == problem.solution() {
        return Known::Right(None);
    }
    let is = |lines: &[String]| Arrangement::of_text(&lines.join(" ")) == *arrangement;
    let also = problem.also.iter().find(|it| is(&it.lines)).map(|it| Known::Right(Some(&it.say)));
    let mistake = || problem.mistakes.iter().find(|it| is(&it.lines)).map(|it| Known::Wrong(&it.feedback));
    let distractor = || {
        let found = problem.distractors.iter().find(|it| problem.with(it) == *arrangement);
        found.map(|it| Known::Wrong(&it.feedback))
    };
    also.or_else(mistake).or_else(distractor).unwrap_or(Known::Unknown)
}

/// What is said of an arrangement.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// Whether it is right; `None` where this machine can't tell.
    pub is_right: Option<bool>,
    /// That, in a sentence.
    pub key: &'static str,
    /// What the run shows, beside that.
    pub verdict: Verdict,
}

/// What is to be said of an arrangement and its run; without one, because of `failed`. By this
/// name its part of the program is entered (`xtask/src/parts.rs`): it is wanted after a run only.
#[inline(never)]
#[must_use]
pub fn when_run(problem: &Problem, arrangement: &Arrangement, ran: Option<&Ran>, failed: &str) -> Judged {
    let known = known(problem, arrangement);
    let shown = ran.and_then(|ran| shows_right(problem, ran));
    let is_right = known.is_right().or(shown);
    let agreement = match (ran, shown) {
        (None, _) => Agreement::NotRun,
        (_, None) => Agreement::Open,
        (_, shown) if shown == is_right => Agreement::Agrees,
        _ => Agreement::Differs,
    };
    let says = match ran {
        Some(ran) => came(ran),
        None => Verdict::not_run(failed).says,
    };
    let key = match is_right {
        Some(true) => "These lines are right.",
        Some(false) => "These lines are not right.",
        None => "Whether these lines are right stays open.",
    };
    let own = match known {
        Known::Right(say) => say.map(ToOwned::to_owned),
        Known::Wrong(feedback) => Some(feedback.to_owned()),
        Known::Unknown => Some(by_the_run(problem, arrangement, shown)),
    };
    let beside = match (agreement, known) {
        (Agreement::Differs, Known::Right(_)) => {
            Some("This run did not come out as it should: something else is wrong here. Run it again.")
        }
        (Agreement::Differs, _) => {
            Some("This run came out as if they were right. That is luck: another time it need not.")
        }
        (Agreement::Open, Known::Right(_) | Known::Wrong(_)) => {
            Some("Here no memory can be shared, so that there are no threads: this run can’t show it.")
        }
        _ => None,
    };
    let more = own.into_iter().chain(beside.map(ToOwned::to_owned)).collect();
    Judged { is_right, key, verdict: Verdict { says, more, shows: None, agreement } }
}

/// Whether a run came out as one of the right lines; `None` where this machine can't have them run.
fn shows_right(problem: &Problem, ran: &Ran) -> Option<bool> {
    let seen = Seen { program: "", gil: true, observed: &ran.observed, compared: &[] };
    let has_no_threads = !ran.machine.shares_memory && ran.observed.exception.as_deref() == Some("RuntimeError");
    if has_no_threads { None } else { Some(problem.right.holds(&seen)) }
}

/// How a run ended, and what it told.
fn came(ran: &Ran) -> String {
    let own: Vec<_> = ran.own().map(|(name, value)| format!("{} = {value}", name.replace('_', " "))).collect();
    let end = match (ran.observed.status, &ran.observed.exception) {
        (Status::Error, Some(exception)) => format!("Python ended the run with {exception}."),
        (Status::Error, None) => "Python ended the run with an error.".to_owned(),
        _ => "The program ran to its end.".to_owned(),
    };
    if own.is_empty() { format!("{end} It told nothing.") } else { format!("{end} It told: {}.", own.join(", ")) }
}

/// Of lines that nobody has foreseen, what their run says, and what may have been the reason.
fn by_the_run(problem: &Problem, arrangement: &Arrangement, shown: Option<bool>) -> String {
    const BEGIN: &str = "The page does not know this arrangement, and goes by its run alone:";
    match shown {
        Some(true) => format!("{BEGIN} it came out as it should. Whether it always does, one run can’t show."),
        Some(false) => {
            let distractor = problem.distractors.iter().find(|it| arrangement.place(&it.id).is_some());
            let why = match distractor {
                Some(it) => format!("Look at “{}”. {}", it.text, it.feedback),
                None if arrangement.count() < problem.lines.len() => {
                    format!("The solution has {} lines.", problem.lines.len())
                }
                None => "Look at the order, and at what is indented below what.".to_owned(),
            };
            format!("{BEGIN} it did not come out as it should. {why}")
        }
        None => format!("{BEGIN} and here nothing comes of that."),
    }
}

#[cfg(test)]
mod tests {
    use super::super::problem::tests::lines;
    use super::*;
    use crate::lab::quiz::standing::Machine;
    use crate::lab::quiz::standing::tests::{MACHINE, observed};

    fn judged(arrangement: &str, told: &[(&str, f64)], machine: Machine) -> Judged {
        let ran = Ran { observed: observed(told), machine, printed: String::new() };
        judge(arrangement, &ran)
    }

    fn judge(arrangement: &str, ran: &Ran) -> Judged {
        let problem = lines("a").lines.unwrap();
        when_run(&problem, &Arrangement::of_text(arrangement), Some(ran), "")
    }

    const RIGHT: &[(&str, f64)] = &[("sum", 4.0)];

    #[test]
    fn what_a_problem_speaks_of_is_known() {
        let told = judged("if:0 tell:1", RIGHT, MACHINE);
        assert_eq!((told.is_right, told.verdict.agreement), (Some(true), Agreement::Agrees));
        assert_eq!(told.verdict.says, "The program ran to its end. It told: sum = 4.");
        assert_eq!(judged("tell:0", RIGHT, MACHINE).verdict.more, ["Right, too."]);
        let distractor = judged("not:0 tell:1", &[], MACHINE);
        assert_eq!((distractor.is_right, distractor.verdict.agreement), (Some(false), Agreement::Agrees));
        assert_eq!(distractor.verdict.more, ["That is never so."]);
        assert_eq!(judged("if:0 tell:0", &[], MACHINE).verdict.more, ["Nothing is below it."]);
    }

    #[test]
    fn a_run_that_shows_otherwise_is_called_that() {
        let lucky = judged("not:0 tell:1", RIGHT, MACHINE);
        assert_eq!((lucky.is_right, lucky.verdict.agreement), (Some(false), Agreement::Differs));
        assert!(lucky.verdict.more[1].contains("luck"), "{lucky:?}");
        let odd = judged("if:0 tell:1", &[], MACHINE);
        assert_eq!((odd.is_right, odd.verdict.agreement), (Some(true), Agreement::Differs));
        assert!(odd.verdict.more[0].contains("Run it again"), "{odd:?}");
    }

    #[test]
    fn anything_else_is_judged_by_its_run() {
        let right = judged("tell:1", RIGHT, MACHINE);
        assert!(right.is_right == Some(true) && right.verdict.more[0].contains("one run can’t show"), "{right:?}");
        let wrong = judged("tell:0 not:0", &[], MACHINE);
        assert!(wrong.is_right == Some(false) && wrong.verdict.more[0].contains("That is never so."), "{wrong:?}");
        let nothing = judged("", &[], MACHINE);
        assert!(nothing.is_right == Some(false) && nothing.verdict.more[0].contains("has 2 lines"), "{nothing:?}");
        let all = judged("if:0 tell:0 not:0", &[], MACHINE);
        assert_eq!(all.is_right, Some(false));
    }

    #[test]
    fn where_there_are_no_threads_it_is_said() {
        let machine = Machine { shares_memory: false, ..MACHINE };
        let mut ran = Ran { observed: observed(&[]), machine, printed: String::new() };
        ran.observed.status = Status::Error;
        ran.observed.exception = Some("RuntimeError".into());
        let known = judge("if:0 tell:1", &ran);
        assert_eq!((known.is_right, known.verdict.agreement), (Some(true), Agreement::Open));
        assert!(known.verdict.more[0].contains("no threads"), "{known:?}");
        let unknown = judge("tell:1", &ran);
        assert_eq!((unknown.is_right, unknown.key), (None, "Whether these lines are right stays open."));
        let problem = lines("a").lines.unwrap();
        let not_run = when_run(&problem, &problem.solution(), None, "Stopped.");
        assert_eq!((not_run.is_right, not_run.verdict.agreement), (Some(true), Agreement::NotRun));
    }
}
