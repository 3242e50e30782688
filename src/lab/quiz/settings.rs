//! What the lab can be set to: each setting is declared here, once. Which questions there
//! are to choose from is in `labs/quiz/items/`.

use crate::model::lab::{AGAIN, ALWAYS, QUESTION};
use crate::model::parameter::{Parameter, Word, settings, words};

/// The word for all questions of a set.
pub const ALL: &str = "all";

/// The set of lines to put in order, and the pack in which they travel.
pub const LINES: &str = "lines";

include!(concat!(env!("OUT_DIR"), "/items.rs"));

/// When the page says what is right.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Feedback {
    /// After each answer.
    Now,
    /// After the last.
    End,
    /// Not at all.
    Never,
}

words!(Feedback { Now = "now", End = "end", Never = "never" });

/// When a question is asked with something changed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Again {
    /// Where it was missed on another day.
    Missed,
    /// Whoever asks.
    Always,
}

words!(Again { Missed = "missed", Always = "always" });

settings! {
    /// Which questions are asked, and how.
    pub struct Settings {
        /// One question, or all of the set.
        item: &'static str = Parameter::choice(QUESTION, ALL, ITEMS).labelled("Question", "One question, or all of the set");
        /// Which questions.
        set: &'static str = Parameter::choice("set", "lecture", &[("lecture", "the lecture's"), ("more", "further ones"), (LINES, "lines to put in order"), ("all", "all")])
            .labelled("Set", "");
        /// Where a file with other questions is; empty: there is none.
        quiz: String = Parameter::text("quiz", "the address of a quiz file on this site", 300, "the questions of the set")
            .labelled("Quiz file", "Own questions instead: docs/own-quiz.md");
        /// When the page says what is right.
        feedback: Feedback = Parameter::choice("feedback", "now", &[("now", "after each"), ("end", "at the end"), ("never", "never")])
            .labelled("Feedback", "When the page says what is right; before that, nothing is run");
        /// When a question is asked with something changed.
        again: Again = Parameter::choice(AGAIN, "missed", &[("missed", "of those missed on another day"), (ALWAYS, "of all")])
            .labelled("Variants", "Which questions are asked with something changed");
        /// How often a question may be answered.
        attempts: u32 = Parameter::whole("attempts", 2, 1, 5).labelled("Attempts", "How often a question may be answered");
        /// Shuffles.
        seed: u32 = Parameter::whole("seed", 0, 0, 9999)
            .labelled("Order", "0: as the lecture has it; any other number shuffles questions and answers, the same for all who have it");
        /// What `os.cpu_count()` says, and how many native workers there are.
        workers: u32 = Parameter::workers("workers").labelled("Workers", "What os.cpu_count() says, and the workers of native runs");
    }
}

impl Settings {
    /// The ids of the questions that are asked, in the lecture's order.
    #[must_use]
    pub fn ids(&self) -> Vec<&'static str> {
        let is_asked = |id: &str, sets: &[&str]| match self.item {
            ALL => self.set == ALL || sets.contains(&self.set),
            item => item == id,
        };
        SETS.iter().filter(|(id, sets)| is_asked(id, sets)).map(|(id, _)| *id).collect()
    }

    /// Whether the same is asked, in whichever way.
    #[must_use]
    pub fn asks_same(&self, other: &Self) -> bool {
        self.quiz == other.quiz && self.ids() == other.ids()
    }

    /// Whether the same is asked in the same way.
    #[must_use]
    pub fn asks_as(&self, other: &Self) -> bool {
        Self { workers: 0, ..self.clone() } == Self { workers: 0, ..other.clone() }
    }
}

/// The packs in which questions travel: by the first set of each.
#[must_use]
pub fn packs(ids: &[&str]) -> Vec<&'static str> {
    let mut packs = Vec::new();
    for (_, sets) in SETS.iter().filter(|(id, _)| ids.contains(id)) {
        if let Some(pack) = sets.first().filter(|pack| !packs.contains(*pack)) {
            packs.push(*pack);
        }
    }
    packs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::parameter::Group;
    use crate::model::progress::Progress;

    #[test]
    fn a_set_is_its_questions_and_an_item_is_one() {
        let usual = Settings::usual(2);
        let lecture = usual.ids();
        assert!(!lecture.is_empty());
        assert_eq!(packs(&lecture), ["lecture"]);
        let all = Settings { set: ALL, ..usual.clone() }.ids();
        assert_eq!(all.len(), SETS.len());
        let one = Settings { item: all[0], set: "more", ..usual.clone() };
        assert_eq!(one.ids(), [all[0]]);
        assert!(usual.asks_as(&Settings { workers: 9, ..usual.clone() }) && !usual.asks_as(&one));
    }

    #[test]
    fn what_was_missed_first_is_where_it_is_asked() {
        let quiz = super::super::LAB;
        let mut progress = Progress::default();
        assert_eq!(progress.first_missed(&quiz), None);
        progress.mark("own:first", true, 20_783);
        progress.mark("no-longer-there", true, 20_783);
        progress.mark("fft", false, 20_783);
        assert_eq!(progress.first_missed(&quiz), None, "nobody else's, and none that was known");
        progress.mark("sleeps", true, 20_785);
        progress.mark("tiny", true, 20_784);
        assert_eq!(progress.first_missed(&quiz).as_deref(), Some("item=sleeps&again=always"));
        progress.mark("sleeps", false, 20_785);
        assert_eq!(progress.first_missed(&quiz).as_deref(), Some("item=tiny&again=always"));
        let other = crate::lab::ALL.iter().find(|it| !it.asks_first());
        assert_eq!(other.and_then(|it| progress.first_missed(it)), None);
    }
}
