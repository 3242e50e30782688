//! A sitting that was left before its end, as the tab keeps it: who loads the page anew goes on where they were.

use serde::{Deserialize, Serialize};

use super::card::{Attempt, Card, Sure};
use super::parsons::arrangement::Arrangement;
use super::parsons::judgement;
use super::settings::Feedback;
use super::sitting::{Sitting, Stage};
use super::verdict::Verdict;

/// What of a question is kept.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
struct Kept {
    /// The answers: what was given, how sure, and of lines whether they are right, which only a run may have said.
    /// What is right of others nobody can read here.
    attempts: Vec<(String, Option<String>, Option<bool>)>,
    had_hint: bool,
}

impl Kept {
    fn of(card: &Card) -> Self {
        let is_right = |it: &Attempt| it.is_right.filter(|_| card.lines().is_some());
        let attempt = |it: &Attempt| (it.option.clone(), it.sure.map(|it| it.word().to_owned()), is_right(it));
        Self { attempts: card.attempts.iter().map(attempt).collect(), had_hint: card.had_hint }
    }

    fn give_to(self, card: &mut Card) {
        let sure = |word: &str| Sure::ALL.into_iter().find(|it| it.1 == word).map(|it| it.0);
        let is_right = |option: &str, kept: Option<bool>| match card.lines() {
            Some(problem) => judgement::known(problem, &Arrangement::of_text(option)).is_right().or(kept),
            None => Some(option == card.item.key),
        };
        let attempt = |(option, word, kept): (String, Option<String>, Option<bool>)| Attempt {
            is_right: is_right(&option, kept),
            option,
            sure: word.and_then(|word| sure(&word)),
        };
        card.attempts = self.attempts.into_iter().map(attempt).collect();
        card.had_hint = self.had_hint;
    }
}

/// The questions that were answered, in the order in which they are asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Unfinished(Vec<Kept>);

impl Unfinished {
    /// What is to be kept of a sitting; `None` where there is nothing to go on with: nothing is answered yet,
    /// or all, or people vote.
    #[must_use]
    pub fn of(sitting: &Sitting) -> Option<Self> {
        let is_done = |card: &&Card| match sitting.feedback() {
            Feedback::Now => card.verdict.is_some(),
            Feedback::End | Feedback::Never => !card.attempts.is_empty(),
        };
        let done: Vec<_> = sitting.cards.iter().take_while(is_done).map(Kept::of).collect();
        let may_go_on = !sitting.is_in_hall() && !done.is_empty() && done.len() < sitting.cards.len();
        may_go_on.then_some(Self(done))
    }

    /// The question with which it goes on, from 1.
    #[must_use]
    pub fn number(&self) -> usize {
        self.0.len() + 1
    }

    /// As it is kept.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    /// Of what was kept for these questions; `None` where it can't be of them.
    #[must_use]
    pub fn of_text(text: &str, sitting: &Sitting) -> Option<Self> {
        let kept: Vec<Kept> = serde_json::from_str(text).ok()?;
        let fits = |(kept, card): (&Kept, &Card)| {
            let is_known = |it: &String| card.lines().is_some() || card.item.option(it).is_some();
            (1..=sitting.attempts()).contains(&kept.attempts.len()) && kept.attempts.iter().all(|it| is_known(&it.0))
        };
        let all_fit = kept.iter().zip(&sitting.cards).all(fits);
        (all_fit && !kept.is_empty() && kept.len() < sitting.cards.len()).then_some(Self(kept))
    }
}

impl Sitting {
    /// Under which name what is left of this sitting is kept: its questions in their order, and when it is told
    /// what is right.
    #[must_use]
    pub fn name(&self) -> String {
        let id = |card: &Card| format!("{}{}", card.item.id, if card.is_variant { "'" } else { "" });
        let ids: Vec<_> = self.cards.iter().map(id).collect();
        format!("quiz {} {}", self.feedback().word(), ids.join(" "))
    }

    /// Whether nothing is answered yet.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        self.at == 0 && self.stage == Stage::Choose
    }

    /// Goes on where it was left.
    pub fn take_up(&mut self, unfinished: Unfinished) {
        if !self.is_untouched() || unfinished.0.len() >= self.cards.len() {
            return;
        }
        self.at = unfinished.0.len();
        let is_told = self.feedback() == Feedback::Now;
        for (card, kept) in self.cards.iter_mut().zip(unfinished.0) {
            kept.give_to(card);
            card.verdict = is_told.then(Verdict::of_another_page);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::item::tests::item;
    use super::super::settings::Settings;
    use super::super::sitting::Score;
    use super::*;
    use crate::model::parameter::Group;

    fn sitting(feedback: Feedback) -> Sitting {
        let settings = Settings { feedback, ..Settings::usual(2) };
        Sitting::new(&["a", "b", "c"].map(|id| Arc::new(item(id))), &settings, &[], false)
    }

    fn answer(sitting: &mut Sitting, option: &str) {
        sitting.choose(option);
        assert!(sitting.commit(Sure::Think));
        sitting.broke("Python is not here.");
        sitting.without_run();
        sitting.give_up();
        sitting.next();
    }

    #[test]
    fn it_goes_on_where_it_was_left() {
        for feedback in [Feedback::Now, Feedback::End] {
            let mut left = sitting(feedback);
            assert_eq!(Unfinished::of(&left), None, "nothing is answered");
            answer(&mut left, "many");
            let kept = Unfinished::of(&left).unwrap();
            assert_eq!(kept.number(), 2);
            let mut again = sitting(feedback);
            assert_eq!(again.name(), left.name());
            let kept = Unfinished::of_text(&kept.text(), &again).unwrap();
            again.take_up(kept);
            assert_eq!((again.at, again.stage), (1, Stage::Choose));
            assert_eq!(again.cards[0].attempts, left.cards[0].attempts);
            assert_eq!(again.score(), left.score());
            answer(&mut again, "many");
            answer(&mut again, "none");
            assert_eq!(Unfinished::of(&again), None, "all is answered");
            assert_eq!(again.score(), Score { answered: 3, correct: Some(2), at_once: Some(2), of: 3 });
        }
    }

    #[test]
    fn what_is_of_other_questions_is_left() {
        let sitting = sitting(Feedback::Now);
        for text in [
            "",
            "{}",
            "[]",
            r#"[{"attempts":[],"had_hint":false}]"#,
            r#"[{"attempts":[["such is no answer",null,true]],"had_hint":false}]"#,
            r#"[{"attempts":[["many",null,true],["many",null,true],["many",null,true]],"had_hint":false}]"#,
            &format!("[{}]", [r#"{"attempts":[["many",null,true]],"had_hint":false}"#; 3].join(",")),
        ] {
            assert_eq!(Unfinished::of_text(text, &sitting), None, "{text}");
        }
        let mut begun = sitting.clone();
        begun.choose("many");
        begun.commit(Sure::Guess);
        let before = begun.clone();
        let kept = Unfinished::of_text(r#"[{"attempts":[["none",null,true]],"had_hint":false}]"#, &sitting).unwrap();
        let mut cheated = sitting.clone();
        cheated.take_up(kept.clone());
        assert_eq!(cheated.cards[0].is_right(), Some(false), "what is right is not for whoever writes there");
        begun.take_up(kept);
        assert_eq!(begun, before, "what was begun meanwhile stays");
    }
}
