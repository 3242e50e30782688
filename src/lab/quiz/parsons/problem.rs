//! A program in pieces, as it stands in `labs/quiz/parsons/<id>.toml` (`docs/quiz.md`).

use std::sync::Arc;

use super::arrangement::Arrangement;
use crate::lab::quiz::item::Item;
use crate::lab::quiz::shuffle::order;
use crate::lab::script::condition::When;
use crate::lab::script::data::{Read, read};

/// A program in pieces.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problem {
    /// As in the URL.
    pub id: String,
    /// In which sets it is.
    pub sets: Vec<String>,
    /// Its place among the questions.
    pub place: Option<f64>,
    /// A few words, for lists.
    pub title: String,
    /// The lecture's claims, by their numbers.
    pub claims: Vec<u32>,
    /// What the lines are to do.
    pub question: String,
    /// Which Python, and what is given.
    pub context: String,
    /// One, for who asks for it.
    pub hint: String,
    /// Why the right lines are right.
    pub reason: String,
    /// What stands above the lines.
    pub before: String,
    /// What stands below them.
    pub after: String,
    /// What a run of the right lines shows.
    pub right: When,
    /// The solution, in order.
    pub lines: Vec<Line>,
    /// Real mistakes in one line.
    pub distractors: Vec<Distractor>,
    /// Other arrangements that are right.
    pub also: Vec<Also>,
    /// Arrangements that are wrong.
    pub mistakes: Vec<Mistake>,
}

/// A line of the solution.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Line {
    /// For arrangements and messages.
    pub id: String,
    /// What stands there.
    pub text: String,
    /// How far indented: levels of four spaces.
    pub indent: u32,
}

/// A mistake in one line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Distractor {
    /// See [`Line::id`].
    pub id: String,
    /// What stands there.
    pub text: String,
    /// The line that it is put in place of: an id.
    pub instead_of: String,
    /// What is wrong with it.
    pub feedback: String,
    /// What a run of the solution with it shows.
    pub when: When,
}

/// Another arrangement that is right.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Also {
    /// The arrangement: `guard:0`, an id and its indent.
    pub lines: Vec<String>,
    /// What is to be said of it.
    pub say: String,
}

/// An arrangement that is wrong.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mistake {
    /// For the name of its report.
    pub id: String,
    /// See [`Also::lines`].
    pub lines: Vec<String>,
    /// What is wrong with it.
    pub feedback: String,
    /// What a run of it shows.
    pub when: When,
}

read!(Problem {
    id, sets in "set", title, claims, question, context, hint, reason, before, right, lines in "line",
    distractors in "distractor";
    place, after, also, mistakes in "mistake",
});
read!(Line { id, text, indent; });
read!(Distractor { id, text, instead_of, feedback, when; });
read!(Also { lines, say; });
read!(Mistake { id, lines, feedback, when; });

/// Reads what the build has made of all problems: each as a question of the quiz.
///
/// # Errors
/// What is wrong with it: a clause.
pub fn read_problems(json: &[u8]) -> Result<Vec<Item>, String> {
    let read = || {
        let text = std::str::from_utf8(json).map_err(|error| error.to_string())?;
        Read::read(serde_json::from_str(text).map_err(|error| error.to_string())?)
    };
    let problems: Vec<Problem> = read().map_err(|error: String| format!("the lines can't be read: {error}"))?;
    Ok(problems.into_iter().map(Problem::into_item).collect())
}

impl Problem {
    /// As a question of the quiz: one without answers to pick from.
    #[must_use]
    pub fn into_item(self) -> Item {
        Item {
            id: self.id.clone(),
            sets: self.sets.clone(),
            place: self.place,
            title: self.title.clone(),
            claims: self.claims.clone(),
            question: self.question.clone(),
            context: self.context.clone(),
            hint: self.hint.clone(),
            reason: self.reason.clone(),
            lines: Some(Arc::new(self)),
            ..Item::default()
        }
    }

    /// All lines that can be taken, by their ids: the solution's, and the mistakes.
    pub fn pieces(&self) -> impl Iterator<Item = (&str, &str)> {
        let own = self.lines.iter().map(|it| (it.id.as_str(), it.text.as_str()));
        own.chain(self.distractors.iter().map(|it| (it.id.as_str(), it.text.as_str())))
    }

    /// What the line of that id says.
    #[must_use]
    pub fn text(&self, id: &str) -> Option<&str> {
        self.pieces().find(|it| it.0 == id).map(|it| it.1)
    }

    /// In which order the lines lie there: for seed 0, too, in none that helps.
    #[must_use]
    pub fn shuffled(&self, seed: u32, comes_back: bool) -> Vec<usize> {
        // Who meets them again finds them in another order.
        let again = if comes_back { 10_000 } else { 0 };
        order(self.pieces().count(), seed + 1 + again, &self.id)
    }

    /// The solution.
    #[must_use]
    pub fn solution(&self) -> Arrangement {
        self.lines.iter().map(|it| (it.id.clone(), it.indent)).collect()
    }

    /// The solution, with a mistake in one line.
    #[must_use]
    pub fn with(&self, distractor: &Distractor) -> Arrangement {
        let put = |id: &str| if id == distractor.instead_of { &distractor.id } else { id }.to_owned();
        self.solution().iter().map(|(id, indent)| (put(id), indent)).collect()
    }

    /// The lines as Python has them.
    #[must_use]
    pub fn code(&self, arrangement: &Arrangement) -> String {
        let line = |(id, indent): (&str, u32)| Some(format!("{}{}", "    ".repeat(indent as usize), self.text(id)?));
        arrangement.iter().filter_map(line).collect::<Vec<_>>().join("\n")
    }

    /// The whole program.
    #[must_use]
    pub fn assembled(&self, arrangement: &Arrangement) -> String {
        format!("{}{}\n{}", self.before, self.code(arrangement), self.after)
    }
}

#[cfg(test)]
pub(in crate::lab::quiz) mod tests {
    use super::*;

    /// Two lines that tell a number, and one that is wrong.
    pub(in crate::lab::quiz) fn lines(id: &str) -> Item {
        let json = format!(
            r#"[{{ "id": "{id}", "set": ["lines"], "title": "t", "claims": [1], "question": "Which?", "context": "c",
                "hint": "h", "reason": "So it is.", "before": "n = 2\n", "right": {{ "told": {{ "sum": {{ "is": 4 }} }} }},
                "line": [ {{ "id": "if", "text": "if n:", "indent": 0 }}, {{ "id": "tell", "text": "tell(n + n)", "indent": 1 }} ],
                "distractor": [ {{ "id": "not", "text": "if not n:", "instead_of": "if", "feedback": "That is never so.",
                                   "when": {{ "told": {{ "sum": {{ "missing": true }} }} }} }} ],
                "also": [ {{ "lines": ["tell:0"], "say": "Right, too." }} ],
                "mistake": [ {{ "id": "flat", "lines": ["if:0", "tell:0"], "feedback": "Nothing is below it.",
                                "when": {{ "status": ["error"] }} }} ] }}]"#
        );
        read_problems(json.as_bytes()).unwrap().remove(0)
    }

    #[test]
    fn lines_become_a_program() {
        let item = lines("a");
        let problem = item.lines.unwrap();
        let solution = problem.solution();
        assert_eq!(problem.assembled(&solution), "n = 2\nif n:\n    tell(n + n)\n");
        assert_eq!(problem.assembled(&Arrangement::default()), "n = 2\n\n");
        assert_eq!(Arrangement::of_text(&solution.text()), solution);
        assert_eq!((item.question.as_str(), item.options.len()), ("Which?", 0));
    }

    #[test]
    fn they_lie_there_in_an_order_that_the_seed_gives() {
        let problem = lines("a").lines.unwrap();
        assert_eq!(problem.shuffled(3, false), problem.shuffled(3, false));
        let orders: std::collections::BTreeSet<_> = (0..50).map(|seed| problem.shuffled(seed, false)).collect();
        assert_eq!(orders.len(), 6, "every order of three comes up");
    }

    #[test]
    fn what_is_misspelt_is_named() {
        assert!(read_problems(b"[{}]").unwrap_err().contains("id is missing"));
        assert!(read_problems(b"{").unwrap_err().contains("the lines can't be read"));
    }
}
