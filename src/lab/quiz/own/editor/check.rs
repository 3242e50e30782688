//! What is wrong with a draft: the reader of files is asked, as whoever opens the file will ask it,
//! and what it says is brought to the field of the form that it is about.

use super::draft::{Draft, Place};
use super::form::{is_of_question, is_of_quiz, rank};
use crate::lab::quiz::own::given::{Fault, shortened};
use crate::lab::quiz::own::read::read;

/// Characters of a field's name that are shown, at most.
const LONGEST_NAME: usize = 60;

/// Something that is wrong, and where it is said.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problem {
    /// Of the question there, from 0; `None`: of the quiz.
    pub question: Option<usize>,
    /// The field that it is about, below that.
    pub field: String,
    /// The field of the form at which it is said: the same, or what it is in.
    pub said_at: String,
    /// What is wrong: a sentence.
    pub says: String,
    /// Whether a question can't be asked for it.
    pub is_grave: bool,
}

/// What came of checking a draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked {
    /// In the file's order.
    pub problems: Vec<Problem>,
    /// What the file would weigh.
    pub bytes: usize,
    /// Questions that can be asked.
    pub good: usize,
}

impl Problem {
    fn of(draft: &Draft, fault: &Fault) -> Self {
        let (question, field) = split(&fault.field);
        let kind = question.and_then(|at| draft.keys().get(at)).and_then(|key| draft.kind(*key));
        let has_place = |field: &str| match question {
            Some(_) => is_of_question(field, kind),
            None => is_of_quiz(field),
        };
        let mut said_at = field.as_str();
        while !said_at.is_empty() && !has_place(said_at) {
            said_at = said_at.rfind(['.', '[']).map_or("", |end| &said_at[..end]);
        }
        let rest = field[said_at.len()..].trim_start_matches('.');
        let says = if rest.is_empty() {
            fault.says.clone()
        } else {
            format!("{}: {}", shortened(rest, LONGEST_NAME), fault.says)
        };
        let is_key = field == "key" && says.starts_with("it is missing");
        let says = if is_key { "mark the one that is right".to_owned() } else { says };
        Self { question, said_at: said_at.to_owned(), says: sentence(&says), is_grave: fault.is_grave, field }
    }

    /// The field that no form shows, where it can be taken out to be rid of the problem.
    #[must_use]
    pub fn dispensable(&self, draft: &Draft) -> Option<Place> {
        if self.field == self.said_at || self.field.ends_with(']') {
            return None;
        }
        let question = match self.question {
            Some(at) => Some(*draft.keys().get(at)?),
            None => None,
        };
        let place = Place { question, field: self.field.clone() };
        draft.value(&place).is_some().then_some(place)
    }
}

/// `questions[2].options[0].label` → 2, `options[0].label`.
fn split(path: &str) -> (Option<usize>, String) {
    let of_question = || {
        let (at, rest) = path.strip_prefix("questions[")?.split_once(']')?;
        Some((at.parse().ok()?, rest.trim_start_matches('.').to_owned()))
    };
    of_question().map_or_else(|| (None, path.to_owned()), |(at, rest)| (Some(at), rest))
}

/// A clause with what a sentence has.
fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let text: String = first.chain(letters).collect();
    if text.ends_with('.') { text } else { format!("{text}.") }
}

/// Checks a draft.
#[must_use]
pub fn check(draft: &Draft) -> Checked {
    let json = draft.json();
    let reading = read(json.as_bytes(), "");
    let mut problems: Vec<_> = reading.faults.iter().map(|it| Problem::of(draft, it)).collect();
    // As the form has them: a file tells what is missing where the question begins.
    problems.sort_by_key(|it| (it.question, rank(&it.said_at)));
    Checked { problems, bytes: json.len(), good: reading.quiz.items.len() }
}

impl Checked {
    /// What is said at a field of the form, in its words; nothing, where nothing is wrong.
    #[must_use]
    pub fn said(&self, question: Option<usize>, field: &str) -> String {
        let here = self.problems.iter().filter(|it| it.question == question && it.said_at == field);
        here.map(|it| it.says.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// How much is wrong with a question, so that it can't be asked.
    #[must_use]
    pub fn count(&self, question: usize) -> usize {
        self.problems.iter().filter(|it| it.question == Some(question) && it.is_grave).count()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::lab::quiz::own::editor::open::of_text;
    use crate::lab::quiz::own::read::tests::example;

    /// What is said of the example with something else in this place, and at which field.
    fn said(pointer: &str, put: Value) -> Vec<(Option<usize>, String, String)> {
        let mut file: Value = serde_json::from_str(&example()).unwrap();
        let (of, name) = pointer.rsplit_once('/').unwrap();
        match file.pointer_mut(of).unwrap() {
            Value::Array(list) => list[name.parse::<usize>().unwrap()] = put,
            table => table[name] = put,
        }
        let draft = of_text(&file.to_string(), "").unwrap();
        let problems = check(&draft).problems;
        problems.into_iter().map(|it| (it.question, it.said_at, it.says)).collect()
    }

    #[test]
    fn what_is_wrong_is_said_at_its_field() {
        let long = |count: usize| json!("x".repeat(count));
        for (pointer, put, question, field, says) in [
            ("/title", json!(" "), None, "title", "1 to 80 characters are wanted, and it has nothing but spaces."),
            (
                "/questions/0/options/1/label",
                long(201),
                Some(0),
                "options[1].label",
                "1 to 200 characters are wanted, and it has 201.",
            ),
            (
                "/questions/2/run/script",
                long(20_001),
                Some(2),
                "run.script",
                "1 to 20000 characters are wanted, and it has 20001.",
            ),
            (
                "/questions/1/run/workers",
                json!("many"),
                Some(1),
                "run.workers",
                "A whole number, 1 to 1000000 is wanted, and it is \"many\".",
            ),
            (
                "/questions/1/contenders/0/told",
                json!("x"),
                Some(1),
                "contenders[0].told",
                "One of speedup, ideal, without_share is wanted, and it is \"x\".",
            ),
            (
                "/questions/0/key",
                json!("x"),
                Some(0),
                "key",
                "“x” is the id of no option; there are process, thread, none.",
            ),
            // What no form shows is said at what it is in.
            ("/questions/0/options/1/id", json!("a b"), Some(0), "options[1]", "Id: “a b” is not of letters"),
            ("/questions/0/author", json!(1), Some(0), "", "Author: there is no such field here"),
            ("/questions/2/rules/0/shows", json!("x"), Some(2), "", "Rules[0].shows: “x” is the id of no option"),
            ("/questions/2/run/workers", json!(2), Some(2), "run", "Workers: there is no such field here"),
            ("/questions/0/contenders", json!([]), Some(0), "", "Contenders: it is about a run"),
            ("/questions/1", json!(7), Some(1), "", "A table is wanted, and it is a number."),
            ("/version", json!(2), None, "", "Version: a whole number, 1 to 1 is wanted"),
            ("/questions", json!([]), None, "questions", "A list of 1 to 50 is wanted, and it has 0."),
        ] {
            let said = said(pointer, put);
            let found = said.iter().any(|it| it.0 == question && it.1 == field && it.2.starts_with(says));
            assert!(found, "{pointer}: {said:?}");
        }
    }

    #[test]
    fn nothing_is_wrong_with_the_example() {
        let draft = of_text(&example(), "").unwrap();
        let checked = check(&draft);
        assert_eq!((checked.problems.as_slice(), checked.good), ([].as_slice(), 3));
        assert_eq!(checked.bytes, draft.json().len());
    }

    #[test]
    fn an_empty_question_lacks_what_it_lacks_and_no_id() {
        let checked = check(&Draft::blank());
        let fields: Vec<_> = checked.problems.iter().map(|it| it.said_at.as_str()).collect();
        for field in ["title", "question", "key", "reason", "options[0].label", "options[1].feedback"] {
            assert!(fields.contains(&field), "{field}: {fields:?}");
        }
        assert!(!fields.contains(&"id") && fields.len() == 8, "{fields:?}");
        assert_eq!(checked.said(Some(0), "key"), "Mark the one that is right.");
        assert_eq!((checked.count(0), checked.said(None, "id")), (7, String::new()));
    }

    #[test]
    fn what_no_form_shows_can_be_taken_out() {
        let mut file: Value = serde_json::from_str(&example()).unwrap();
        file["version"] = json!(2);
        file["questions"][0]["author"] = json!("a");
        file["questions"][0]["options"][1]["id"] = json!("process");
        let mut draft = of_text(&file.to_string(), "").unwrap();
        let mut undone = Vec::new();
        while let Some(place) = check(&draft).problems.iter().find_map(|it| it.dispensable(&draft)) {
            undone.push(draft.drop_field(&place).unwrap());
            assert!(undone.len() < 9);
        }
        // All but that the right answer has another id now.
        assert!(check(&draft).problems.iter().all(|it| it.field == "key"), "{:?}", check(&draft).problems);
        while let Some(undo) = undone.pop() {
            draft.undo(undo);
        }
        assert_eq!(draft.file, file);
    }
}
