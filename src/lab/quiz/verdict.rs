//! What a run says of a question: the answer that it shows, computed from its figures, beside
//! the key; and where they part, why.

use super::item::{Contender, Item, Kind};
use super::standing::{self, Machine};
use crate::lab::script::condition::Seen;
use crate::lab::script::rule::{Explanation, Rule};
use crate::model::python::Value;
use crate::model::python::observed::Observed;

/// Whether a run bears the key out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Agreement {
    /// It shows the key.
    Agrees,
    /// It shows another answer.
    Differs,
    /// It shows nothing of the kind.
    Open,
    /// Nothing was run.
    NotRun,
}

impl Agreement {
    /// In messages.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Differs => "differs",
            Self::Open => "open",
            Self::NotRun => "not-run",
        }
    }
}

/// What a run says.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// In one sentence.
    pub says: String,
    /// What else is true of it.
    pub more: Vec<String>,
    /// The answer that it shows: an option's id.
    pub shows: Option<String>,
    /// Whether that is the key.
    pub agreement: Agreement,
}

/// What was seen of a run, with what the page knows of the machine.
#[must_use]
pub fn with_machine(observed: Observed, machine: &Machine) -> Observed {
    let mut observed = observed;
    if observed.told("cores").is_none() {
        observed.told.push(("cores".into(), Value::Number(machine.cores.into())));
    }
    // Whoever takes fewer workers than there are cores leaves some idle.
    if let (Some(Value::Number(workers)), None) = (observed.told("workers"), observed.told("idle_cores")) {
        let idle = (f64::from(machine.cores) - workers).max(0.0);
        observed.told.push(("idle_cores".into(), Value::Number(idle)));
    }
    observed
}

/// The rule that a run meets, with its words; `None` where there is none.
#[must_use]
pub fn explained(
    rules: &[Rule],
    contenders: &[Contender],
    gil: bool,
    observed: &Observed,
    machine: &Machine,
) -> Option<Explanation> {
    let ways = standing::ways(contenders, observed);
    let compared = standing::compared(&ways, machine);
    let seen = Seen { program: "", gil, observed, compared: &compared };
    rules.iter().find(|rule| rule.when.holds(&seen))?.explain(&seen)
}

/// What a run of a question says. By this name its part of the program is entered
/// (`xtask/src/parts.rs`): it is wanted after a run only.
#[inline(never)]
#[must_use]
pub fn when_run(item: &Item, observed: &Observed, machine: &Machine) -> Verdict {
    let ways = standing::ways(&item.contenders, observed);
    let told = explained(&item.rules, &item.contenders, item.run.gil.unwrap_or(true), observed, machine);
    let shows = told.as_ref().and_then(|it| it.shows.clone());
    let agreement = match &shows {
        Some(shows) if *shows == item.key => Agreement::Agrees,
        Some(_) => Agreement::Differs,
        None => Agreement::Open,
    };
    let figures = || super::observation::figures(&ways, &standing::outcome(&ways, machine));
    let says = told.as_ref().and_then(|it| it.headline.clone()).map_or_else(figures, |it| it.to_string());
    let mut more: Vec<_> = told.and_then(|it| it.more).into_iter().collect();
    // Without rules, nobody has said what a run shows.
    if agreement != Agreement::Agrees && !item.rules.is_empty() {
        let reasons = standing::why_it_may_differ(&ways, machine);
        if reasons.is_empty() && more.is_empty() {
            more.push("The page can't tell why: something else may have kept the cores busy. Run it again.".into());
        }
        more.extend(reasons);
    }
    Verdict { says, more, shows, agreement }
}

impl Verdict {
    /// Where a question is explained without a run.
    #[must_use]
    pub fn not_run(because: &str) -> Self {
        let says = format!("It was not run here, so that this machine has no say. {because}");
        Self { says: says.trim_end().into(), more: Vec::new(), shows: None, agreement: Agreement::NotRun }
    }

    /// What is to be said beside a wrong answer, while another can be given: where the run does not bear
    /// the key out, that, and why. What the key is, is not told.
    #[must_use]
    pub fn contradiction(&self, answer: &str) -> Vec<String> {
        let begin = match self.agreement {
            Agreement::Agrees | Agreement::NotRun => return Vec::new(),
            Agreement::Differs if self.shows.as_deref() == Some(answer) => {
                "This run looks as you answered, and so it contradicts the right answer. Here is why:"
            }
            Agreement::Differs => "This run contradicts the right answer. Here is why:",
            Agreement::Open => "This run can’t show which answer is right:",
        };
        let why = std::iter::once(format!("{begin} {}", self.says)).chain(self.more.iter().cloned());
        why.chain(["You can run it again before you answer.".to_owned()]).collect()
    }

    /// Where it was explained before the page was loaded anew.
    #[must_use]
    pub fn of_another_page() -> Self {
        let says = "It was answered before this page was loaded anew: run it again to see its figures.".into();
        Self { says, ..Self::of_nothing() }
    }

    /// Where there is nothing to run.
    #[must_use]
    pub fn of_nothing() -> Self {
        Self { says: String::new(), more: Vec::new(), shows: None, agreement: Agreement::NotRun }
    }

    /// Whether the answer was right, where one was given, and how the run stands to the key: a sentence or two.
    #[must_use]
    pub fn beside_the_key(&self, item: &Item, was_right: Option<bool>) -> String {
        let key = match (was_right, item.key_label()) {
            (Some(true), key) => format!("Right: {key}."),
            (Some(false), key) => format!("Not right. The answer is “{key}”."),
            (None, key) => format!("The answer is “{key}”."),
        };
        let run = match self.agreement {
            Agreement::Agrees if item.run.kind == Kind::Reckon => "So it is computed.".to_owned(),
            Agreement::Agrees => "Your machine agrees.".to_owned(),
            Agreement::Differs => {
                let shown = self.shows.as_deref().and_then(|id| item.option(id)).map_or("", |it| &it.label);
                format!("This machine shows “{shown}”, and here is why.")
            }
            Agreement::Open if !item.rules.is_empty() => "This run can't show it.".to_owned(),
            Agreement::Open | Agreement::NotRun => return key,
        };
        format!("{key} {run}")
    }
}

#[cfg(test)]
mod tests {
    use super::super::item::tests::item;
    use super::super::standing::tests::{MACHINE, observed};
    use super::*;

    fn verdict(serial_ms: f64, threads_ms: f64, machine: Machine) -> Verdict {
        let observed = with_machine(observed(&[("serial_ms", serial_ms), ("threads_ms", threads_ms)]), &machine);
        when_run(&item("sleeps"), &observed, &machine)
    }

    #[test]
    fn a_run_agrees_with_the_key_or_says_why_not() {
        let agrees = verdict(1600.0, 100.0, MACHINE);
        assert_eq!((agrees.agreement, agrees.says.as_str()), (Agreement::Agrees, "Threads were 16 × as fast."));
        assert!(agrees.more.is_empty());
        let said = |was_right| agrees.beside_the_key(&item("sleeps"), was_right);
        assert_eq!(said(Some(true)), "Right: 16 times. Your machine agrees.");
        assert_eq!(said(Some(false)), "Not right. The answer is “16 times”. Your machine agrees.");
        assert_eq!(said(None), "The answer is “16 times”. Your machine agrees.");
        let differs = verdict(1600.0, 1600.0, Machine { cores: 1, ..MACHINE });
        assert_eq!((differs.agreement, differs.shows.as_deref()), (Agreement::Differs, Some("none")));
        assert!(differs.more[0].contains("one core"), "{differs:?}");
        let busy = verdict(1600.0, 1600.0, MACHINE);
        assert!(busy.more[0].contains("can't tell why"), "{busy:?}");
    }

    #[test]
    fn a_wrong_answer_that_the_run_seems_to_bear_out_is_told_so() {
        let busy = verdict(1600.0, 1600.0, MACHINE);
        let told = busy.contradiction("none").join(" ");
        assert!(told.contains("looks as you answered") && told.contains("Threads gained nothing."), "{told}");
        assert!(told.contains("can't tell why") && told.contains("run it again"), "{told}");
        assert!(!told.contains("16 times"), "the key is told: {told}");
        assert!(busy.contradiction("two")[0].starts_with("This run contradicts the right answer."));
        let coarse = verdict(1.0, 1.0, Machine { clock_ms: 100.0, ..MACHINE });
        assert!(coarse.contradiction("two")[0].starts_with("This run can’t show"), "{coarse:?}");
        assert_eq!(verdict(1600.0, 100.0, MACHINE).contradiction("two"), Vec::<String>::new());
    }

    #[test]
    fn a_run_that_shows_nothing_is_open() {
        let coarse = verdict(1.0, 1.0, Machine { clock_ms: 100.0, ..MACHINE });
        assert_eq!(coarse.agreement, Agreement::Open);
        assert!(coarse.more[0].contains("clock ticks"), "{coarse:?}");
        let broken = when_run(&item("sleeps"), &observed(&[]), &Machine { shares_memory: false, ..MACHINE });
        assert_eq!(broken.agreement, Agreement::Open);
        assert!(broken.more[0].contains("no threads") && !broken.says.is_empty(), "{broken:?}");
        assert!(Verdict::not_run("").says.ends_with("no say."));
    }
}
