//! A sitting: one question after the other, from the first answer to the last explanation.
//!
//! ```text
//! Choose ─commit─▶ Ready ─begin─▶ Running ─came─▶ Look ─see─▶ Explained ─next─▶ Choose … Over
//!                    ▲               │ broke        └─▶ Again ─choose─▶ Choose
//!                    └───────────────┘
//! Explained, Again ─run_again─▶ Ready
//! where nothing is run:           Choose ─commit─▶ Explained, or Again
//! feedback at the end, or never:  Choose ─commit─▶ Choose … Over ─open─▶ Ready …
//! lines to put in order:          Choose or Again ─submit─▶ Ready ─▶ Running ─came─▶ Explained or Again
//! in a lecture hall:              Vote ─▶ Discuss ─▶ VoteAgain ─▶ Ready …
//! ```
//!
//! What can't be in a stage is not done, whoever asks: what is right can't be read before
//! somebody has said what they saw.

use std::sync::Arc;

use super::card::{Attempt, Card, Ran, Sure};
use super::item::{Item, Kind};
use super::observation::Observation;
use super::parsons::arrangement::Arrangement;
use super::parsons::judgement;
use super::settings::{Again, Feedback, Settings};
use super::shuffle::order;
use super::standing::Outcome;
use super::verdict::{self, Verdict};

/// Where a sitting stands.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Stage {
    /// An answer is to be picked, and said how sure.
    Choose,
    /// In a lecture hall: a first vote.
    Vote,
    /// And then with one's neighbour.
    Discuss,
    /// And a second vote.
    VoteAgain,
    /// It is answered, and can be run.
    Ready,
    /// It runs.
    Running,
    /// What was seen is to be said.
    Look,
    /// It was not so: another answer is to be picked.
    Again,
    /// All can be read.
    Explained,
    /// No question is left.
    Over,
}

/// How many answers were right.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Score {
    /// Questions that were answered.
    pub answered: usize,
    /// Of those, right in the end; `None` as long as nobody may know.
    pub correct: Option<usize>,
    /// And with the first answer.
    pub at_once: Option<usize>,
    /// Questions.
    pub of: usize,
}

/// One question after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Sitting {
    /// The questions, in order.
    pub cards: Vec<Card>,
    /// The one that is shown.
    pub at: usize,
    /// Where it stands.
    pub stage: Stage,
    feedback: Feedback,
    attempts: usize,
    is_in_hall: bool,
    /// All were answered: what follows is reading.
    is_over: bool,
}

impl Sitting {
    /// A sitting over these questions. Those that `are_due`, by their ids, come first, and changed where they
    /// can be; in a lecture hall nobody's do. Where the settings ask for all so, all are.
    #[must_use]
    pub fn new(items: &[Arc<Item>], settings: &Settings, are_due: &[String], is_in_hall: bool) -> Self {
        let is_due = |item: &Item| !is_in_hall && are_due.contains(&item.id);
        let comes_back = |item: &Item| settings.again == Again::Always || is_due(item);
        let card = |at: usize| {
            let item = items.get(at)?;
            let varied = if comes_back(item) { item.varied() } else { None };
            let options = match &item.lines {
                Some(lines) => lines.shuffled(settings.seed, comes_back(item)),
                None => order(item.options.len(), settings.seed, &item.id),
            };
            let is_variant = varied.is_some();
            let asked = varied.map_or_else(|| Arc::clone(item), Arc::new);
            Some(Card::new(asked, is_variant, comes_back(item), options))
        };
        let all: Vec<_> = order(items.len(), settings.seed, "").into_iter().filter_map(card).collect();
        let (mut cards, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|card| card.comes_back);
        cards.extend(others);
        let mut sitting = Self {
            cards,
            at: 0,
            stage: Stage::Over,
            feedback: settings.feedback,
            attempts: settings.attempts as usize,
            is_in_hall,
            is_over: false,
        };
        sitting.ask();
        sitting
    }

    /// The question that is shown.
    #[must_use]
    pub fn card(&self) -> Option<&Card> {
        self.cards.get(self.at)
    }

    fn card_mut(&mut self) -> Option<&mut Card> {
        self.cards.get_mut(self.at)
    }

    /// Whether people vote here.
    #[must_use]
    pub fn is_in_hall(&self) -> bool {
        self.is_in_hall
    }

    /// How often a question may be answered.
    #[must_use]
    pub fn attempts(&self) -> usize {
        self.attempts
    }

    /// When the page says what is right.
    #[must_use]
    pub fn feedback(&self) -> Feedback {
        self.feedback
    }

    /// Whether all were answered.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// Whether what is right of a question may be known.
    #[must_use]
    pub fn is_disclosed(&self, card: &Card) -> bool {
        match self.feedback {
            Feedback::Now => card.verdict.is_some(),
            Feedback::End => self.is_over || self.is_in_hall && card.verdict.is_some(),
            Feedback::Never => false,
        }
    }

    /// Whether what is shown has been run, or would be.
    #[must_use]
    pub fn may_run(&self) -> bool {
        self.stage == Stage::Ready
    }

    /// Picks an answer; nothing is given yet.
    pub fn choose(&mut self, option: &str) {
        if !matches!(self.stage, Stage::Choose | Stage::Again) {
            return;
        }
        self.stage = Stage::Choose;
        if let Some(card) = self.card_mut().filter(|card| card.item.option(option).is_some()) {
            card.choice = Some(option.to_owned());
        }
    }

    /// Shows the hint.
    pub fn hint(&mut self) {
        if let (Stage::Choose | Stage::Again | Stage::Vote | Stage::Discuss | Stage::VoteAgain, Some(card)) =
            (self.stage, self.card_mut())
        {
            card.had_hint = true;
        }
    }

    /// Gives the picked answer. Says whether that was done: the answer is the question's last then.
    pub fn commit(&mut self, sure: Sure) -> bool {
        let is_asked = self.stage == Stage::Choose;
        let Some(card) = self.card_mut().filter(|_| is_asked) else { return false };
        let Some(option) = card.choice.take() else { return false };
        let is_right = Some(option == card.item.key);
        card.attempts.push(Attempt { option, sure: Some(sure), is_right });
        let is_run = card.ran.is_some() || card.failed.is_some() || card.item.run.kind == Kind::Nothing;
        match self.feedback {
            Feedback::Now if is_run => self.settle(),
            Feedback::Now => self.stage = Stage::Ready,
            Feedback::End | Feedback::Never => self.advance(),
        }
        true
    }

    /// Gives lines in an order, to be run anew. Says whether that was done.
    pub fn submit(&mut self, arrangement: &Arrangement) -> bool {
        let is_asked = matches!(self.stage, Stage::Choose | Stage::Again);
        let Some(card) = self.card_mut().filter(|_| is_asked) else { return false };
        let Some(problem) = card.item.lines.clone() else { return false };
        let is_right = judgement::known(&problem, arrangement).is_right();
        card.attempts.push(Attempt { option: arrangement.text(), sure: None, is_right });
        (card.ran, card.failed) = (None, None);
        match self.feedback {
            Feedback::Now => self.stage = Stage::Ready,
            Feedback::End | Feedback::Never => self.advance(),
        }
        true
    }

    /// In a lecture hall: goes on from vote to discussion to vote to the run.
    pub fn go_on(&mut self) {
        self.stage = match self.stage {
            Stage::Vote => Stage::Discuss,
            Stage::Discuss => Stage::VoteAgain,
            Stage::VoteAgain if self.feedback != Feedback::Never && self.runs_nothing() => return self.explain(),
            Stage::VoteAgain if self.feedback != Feedback::Never => Stage::Ready,
            Stage::VoteAgain => return self.advance(),
            other => other,
        };
    }

    /// In a lecture hall: so many voted for the answer at this place of the page.
    pub fn count(&mut self, place: usize, votes: Option<u32>) {
        let round = match self.stage {
            Stage::Vote => 0,
            Stage::VoteAgain => 1,
            _ => return,
        };
        if let Some(slot) = self.card_mut().and_then(|card| card.votes[round].get_mut(place)) {
            *slot = votes;
        }
    }

    /// A run of the question begins.
    pub fn begin(&mut self) {
        if let (Stage::Ready, Some(card)) = (self.stage, self.card_mut()) {
            card.failed = None;
            self.stage = Stage::Running;
        }
    }

    /// It came to its end.
    pub fn came(&mut self, ran: Ran) {
        let is_running = self.stage == Stage::Running;
        let Some(card) = self.card_mut().filter(|_| is_running) else { return };
        if let Some(judged) = card.judged(Some(&ran))
            && let Some(last) = card.attempts.last_mut()
        {
            last.is_right = judged.is_right;
        }
        card.ran = Some(ran);
        self.stage = Stage::Look;
        // Where there are no figures, nothing was run, or the figures show nothing, there is nothing to say of them.
        let shows_nothing = |card: &Card| {
            card.outcome() == Outcome::Nothing || card.item.run.kind == Kind::Reckon || card.run_is_open()
        };
        if self.card().is_some_and(shows_nothing) {
            self.settle();
        }
    }

    /// It did not, or can't: the question can be explained without.
    pub fn broke(&mut self, sentence: &str) {
        if let (Stage::Running | Stage::Ready, Some(card)) = (self.stage, self.card_mut()) {
            card.failed = Some(sentence.to_owned());
            self.stage = Stage::Ready;
        }
    }

    /// Goes on without a run, where there was none to be had.
    pub fn without_run(&mut self) {
        if self.stage == Stage::Ready && self.card().is_some_and(|card| card.failed.is_some()) {
            self.settle();
        }
    }

    /// Takes what somebody saw of the run.
    pub fn see(&mut self, observation: Observation) {
        if let (Stage::Look, Some(card)) = (self.stage, self.card_mut()) {
            card.observation = Some(observation);
            self.settle();
        }
    }

    /// Explains it, though another answer could be given.
    pub fn give_up(&mut self) {
        if self.stage == Stage::Again {
            self.explain();
        }
    }

    /// Runs what was run once more, as where the machine was busy: what was answered stays.
    pub fn run_again(&mut self) {
        if self.runs_nothing() {
            return;
        }
        if let (Stage::Explained | Stage::Again, Some(card)) = (self.stage, self.card_mut()) {
            card.observation = None;
            self.stage = Stage::Ready;
        }
    }

    /// Goes on to the next question, or back to the end.
    pub fn next(&mut self) {
        let was_explained = self.card().is_some_and(|card| card.verdict.is_some());
        let may = self.stage == Stage::Explained || (self.stage == Stage::Ready && (self.is_over || was_explained));
        if may {
            if self.is_over { self.stage = Stage::Over } else { self.advance() }
        }
    }

    /// At the end: goes back to a question, to run it and to read.
    pub fn open(&mut self, at: usize) {
        let may = self.stage == Stage::Over && self.feedback != Feedback::Never;
        if let Some(card) = self.cards.get(at).filter(|_| may) {
            self.stage = if card.verdict.is_some() { Stage::Explained } else { Stage::Ready };
            self.at = at;
            if self.runs_nothing() {
                self.explain();
            }
        }
    }

    /// How many answers were right, as far as that may be known.
    #[must_use]
    pub fn score(&self) -> Score {
        let answered = self.cards.iter().filter(|card| !card.attempts.is_empty()).count();
        let is_known = self.feedback == Feedback::Now || (self.feedback == Feedback::End && self.is_over);
        let known = || self.cards.iter().filter(|card| self.is_disclosed(card));
        Score {
            answered,
            correct: is_known.then(|| known().filter(|card| card.is_right() == Some(true)).count()),
            at_once: is_known.then(|| known().filter(|card| card.was_right_at_once()).count()),
            of: self.cards.len(),
        }
    }

    /// The questions in the order in which they are worth another look; as they were asked,
    /// where nobody may know.
    #[must_use]
    pub fn review(&self) -> Vec<usize> {
        let mut places: Vec<_> = (0..self.cards.len()).collect();
        if self.feedback != Feedback::Never {
            places.sort_by_key(|at| self.cards.get(*at).map(Card::urgency));
        }
        places
    }

    /// The questions that were not answered right at once, by their ids, as far as that may be known.
    #[must_use]
    pub fn missed(&self) -> Vec<String> {
        let is_missed = |card: &&Card| self.is_disclosed(card) && !card.was_right_at_once();
        self.cards.iter().filter(is_missed).map(|card| card.item.id.clone()).collect()
    }

    /// Asks for another answer, or explains.
    fn settle(&mut self) {
        let Some(card) = self.card() else { return };
        let is_new = card.verdict.is_none();
        let may_try =
            self.feedback == Feedback::Now && is_new && !self.is_in_hall && card.attempts.len() < self.attempts;
        if may_try && card.is_right() == Some(false) {
            self.stage = Stage::Again;
        } else {
            self.explain();
        }
    }

    /// Whether the question that is shown has nothing that could be run.
    #[must_use]
    pub fn runs_nothing(&self) -> bool {
        self.card().is_some_and(|card| card.item.run.kind == Kind::Nothing)
    }

    fn explain(&mut self) {
        if let Some(card) = self.card_mut() {
            let of_lines = card.judged(card.ran.as_ref()).map(|it| it.verdict);
            card.verdict = Some(match (of_lines, &card.ran) {
                (Some(verdict), _) => verdict,
                (None, Some(ran)) => verdict::when_run(&card.item, &ran.observed, &ran.machine),
                (None, None) if card.item.run.kind == Kind::Nothing => Verdict::of_nothing(),
                (None, None) => Verdict::not_run(card.failed.as_deref().unwrap_or_default()),
            });
        }
        self.stage = Stage::Explained;
    }

    fn advance(&mut self) {
        self.at += 1;
        self.ask();
    }

    fn ask(&mut self) {
        if self.at >= self.cards.len() {
            self.at = self.cards.len().saturating_sub(1);
            self.is_over = !self.cards.is_empty();
            self.stage = Stage::Over;
        } else {
            // Lines are put in order by who stands in front.
            let is_voted_on = self.is_in_hall && self.card().is_some_and(|card| card.lines().is_none());
            self.stage = if is_voted_on { Stage::Vote } else { Stage::Choose };
        }
    }
}
