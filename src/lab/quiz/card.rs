//! One question of a sitting: what is asked, what was answered, and what came of it.

use std::sync::Arc;

use super::item::{Choice, Item};
use super::observation::Observation;
use super::parsons::arrangement::Arrangement;
use super::parsons::judgement::{self, Judged};
use super::parsons::problem::Problem;
use super::standing::{self, Machine, Way};
use super::verdict::{self, Agreement, Verdict};
use crate::model::python::observed::Observed;

/// How sure somebody is; not scored.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Sure {
    /// A guess.
    Guess,
    /// A thought.
    Think,
    /// No doubt.
    Sure,
}

impl Sure {
    /// All of them, with their words in messages and for people.
    pub const ALL: [(Self, &'static str, &'static str); 3] =
        [(Self::Guess, "guess", "I guess"), (Self::Think, "think", "I think so"), (Self::Sure, "sure", "I am sure")];

    /// The word in messages.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|it| it.0 == self).map_or("", |it| it.1)
    }

    /// What people say.
    #[must_use]
    pub fn said(self) -> &'static str {
        Self::ALL.iter().find(|it| it.0 == self).map_or("", |it| it.2)
    }
}

/// An answer that was given.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Attempt {
    /// The option's id; of lines to put in order, their arrangement.
    pub option: String,
    /// How sure; of lines that is not asked.
    pub sure: Option<Sure>,
    /// Whether it is the key; `None` where nobody knows yet.
    pub is_right: Option<bool>,
}

/// A run of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Ran {
    /// What can be seen of it.
    pub observed: Observed,
    /// What it was done on.
    pub machine: Machine,
    /// What it printed.
    pub printed: String,
}

impl Ran {
    /// What its script told, as texts: without what the page has added.
    pub fn own(&self) -> impl Iterator<Item = (&str, String)> {
        let told = self.observed.told.iter().filter(|it| it.0 != "cores");
        told.map(|(name, value)| (name.as_str(), value.to_string()))
    }
}

/// A question of a sitting.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// What is asked: the variant, where it is that.
    pub item: Arc<Item>,
    /// Whether it is the question with something changed.
    pub is_variant: bool,
    /// Whether it was missed in an earlier visit.
    pub comes_back: bool,
    /// In which order its answers stand.
    pub order: Vec<usize>,
    /// The answer that is picked, and not yet given.
    pub choice: Option<String>,
    /// The answers that were given.
    pub attempts: Vec<Attempt>,
    /// Whether the hint was asked for.
    pub had_hint: bool,
    /// What was run.
    pub ran: Option<Ran>,
    /// Why a run did not come to its end.
    pub failed: Option<String>,
    /// What was seen of the run.
    pub observation: Option<Observation>,
    /// What the run says, once it may be read.
    pub verdict: Option<Verdict>,
    /// In a lecture hall: how many voted for each answer, as they stand, before and after they discussed.
    pub votes: [Vec<Option<u32>>; 2],
}

impl Card {
    /// A question that nobody has answered.
    #[must_use]
    pub fn new(item: Arc<Item>, is_variant: bool, comes_back: bool, order: Vec<usize>) -> Self {
        let nobody = vec![None; item.options.len()];
        Self {
            item,
            is_variant,
            comes_back,
            order,
            choice: None,
            attempts: Vec::new(),
            had_hint: false,
            ran: None,
            failed: None,
            observation: None,
            verdict: None,
            votes: [nobody.clone(), nobody],
        }
    }

    /// Its answers, as they stand on the page.
    pub fn options(&self) -> impl Iterator<Item = &Choice> {
        self.order.iter().filter_map(|at| self.item.options.get(*at))
    }

    /// The last answer that was given.
    #[must_use]
    pub fn answer(&self) -> Option<&Choice> {
        self.item.option(&self.attempts.last()?.option)
    }

    /// The lines to put in order, where it is that.
    #[must_use]
    pub fn lines(&self) -> Option<&Problem> {
        self.item.lines.as_deref()
    }

    /// The lines as they were put last.
    #[must_use]
    pub fn arrangement(&self) -> Option<Arrangement> {
        self.lines()?;
        self.attempts.last().map(|it| Arrangement::of_text(&it.option))
    }

    /// The program that was put together: its file's name, and all of it.
    #[must_use]
    pub fn assembled(&self) -> Option<(String, String)> {
        Some((format!("{}.py", self.item.id), self.lines()?.assembled(&self.arrangement()?)))
    }

    /// What people read of an answer that was given: an option's label, or the lines.
    #[must_use]
    pub fn words(&self, attempt: &Attempt) -> Option<String> {
        match self.lines() {
            Some(problem) => Some(problem.code(&Arrangement::of_text(&attempt.option))),
            None => self.item.option(&attempt.option).map(|it| it.label.clone()),
        }
    }

    /// What is to be said of the lines that were put last, with this run of them.
    #[must_use]
    pub fn judged(&self, ran: Option<&Ran>) -> Option<Judged> {
        let failed = self.failed.as_deref().unwrap_or_default();
        Some(judgement::when_run(self.lines()?, &self.arrangement()?, ran, failed))
    }

    /// Whether the last answer is the key; `None` where there is none, or nobody can tell.
    #[must_use]
    pub fn is_right(&self) -> Option<bool> {
        self.attempts.last()?.is_right
    }

    /// Whether the first answer was the key.
    #[must_use]
    pub fn was_right_at_once(&self) -> bool {
        self.attempts.first().is_some_and(|it| it.is_right == Some(true))
    }

    /// The ways of its run.
    #[must_use]
    pub fn ways(&self) -> Vec<Way> {
        self.ran.as_ref().map(|ran| standing::ways(&self.item.contenders, &ran.observed)).unwrap_or_default()
    }

    /// What is to be seen of its run.
    #[must_use]
    pub fn outcome(&self) -> standing::Outcome {
        match &self.ran {
            Some(ran) => standing::outcome(&self.ways(), &ran.machine),
            None => standing::Outcome::Nothing,
        }
    }

    /// What its run says by the question's rules; without rules, nobody has said what a run shows.
    fn said_by_rules(&self) -> Option<Verdict> {
        let ran = self.ran.as_ref().filter(|_| !self.item.rules.is_empty())?;
        Some(verdict::when_run(&self.item, &ran.observed, &ran.machine))
    }

    /// Whether its run can't show which answer is right, as where the machine was busy.
    #[must_use]
    pub fn run_is_open(&self) -> bool {
        self.said_by_rules().is_some_and(|it| it.agreement == Agreement::Open)
    }

    /// What is to be said beside a wrong answer, where the run does not bear the key out.
    #[must_use]
    pub fn contradiction(&self) -> Vec<String> {
        let told = |it: Verdict| Some(it.contradiction(&self.attempts.last()?.option));
        self.said_by_rules().and_then(told).unwrap_or_default()
    }

    /// How much this wants to be looked at again: least first. Who was sure and wrong comes
    /// before who was not sure.
    #[must_use]
    pub fn urgency(&self) -> u8 {
        let sure = self.attempts.first().and_then(|it| it.sure).unwrap_or(Sure::Guess) as u8;
        match (self.is_right(), self.was_right_at_once()) {
            (Some(false), _) => 2 - sure,
            (Some(true), false) => 5 - sure,
            (None, _) => 6,
            (Some(true), true) => 7,
        }
    }
}
