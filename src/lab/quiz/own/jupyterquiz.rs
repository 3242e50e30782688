//! Questions of jupyterquiz, a package for Jupyter notebooks: a list, each with its answers.
//! There an answer can be several answers, or typed; here one is picked. What can't be asked so
//! is said.

use serde_json::Value;

use super::given::{Faults, Fields, kind};
use super::limits::{CODE, FEEDBACK, HINT, LABEL, OPTIONS, QUESTION, QUESTIONS, range};
use super::markdown;
use super::read::OwnQuiz;
use crate::lab::quiz::item::{Choice, Item, Kind, Run};

const TYPES: [&str; 4] = ["multiple_choice", "many_choice", "numeric", "string"];

/// What only says how a question looks there.
const LOOKS: [&str; 4] = ["answer_cols", "code_language", "class", "precision"];

/// Reads a list.
pub fn read(value: &Value, id: &str, title: &str, faults: &mut Faults) -> OwnQuiz {
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    if !QUESTIONS.contains(&list.len()) {
        faults.note("", format!("a list of {} is wanted, and it has {}", range(&QUESTIONS), list.len()));
    }
    let list = list.get(..list.len().min(*QUESTIONS.end())).unwrap_or_default();
    let mut quiz = OwnQuiz { id: id.to_owned(), title: title.to_owned(), of: list.len(), ..OwnQuiz::default() };
    for (index, value) in list.iter().enumerate() {
        let place = format!("[{index}]");
        let question = question(value, &place, faults);
        if let Some(mut item) = question.filter(|_| !faults.spoil(&place)) {
            item.id = format!("{id}:q{}", index + 1);
            quiz.items.push(item);
        }
    }
    quiz
}

fn question(value: &Value, place: &str, faults: &mut Faults) -> Option<Item> {
    let mut fields = Fields::of(value, place.to_owned(), faults)?;
    let asked = fields.text("question", &QUESTION, faults);
    let code = fields.optional("code", &CODE, faults);
    let hint = fields.optional("hint", &HINT, faults).unwrap_or_default();
    let kind = fields.word("type", &TYPES, faults);
    let (options, right) = answers(&mut fields, faults);
    match right.as_slice() {
        [_] => {}
        [] => faults.say(&fields.field("answers"), "none of them is correct, and here one is picked"),
        [..] => {
            faults
                .say(&fields.field("answers"), format!("{} of them are correct, and here one is picked", right.len()));
        }
    }
    if let Some(kind) = kind.filter(|it| *it != "multiple_choice") {
        faults.note(&fields.field("type"), format!("{kind} is asked here as a choice among the answers that it lists"));
    }
    for name in fields.unknown() {
        if !LOOKS.contains(&name.as_str()) {
            faults.note(&fields.field(name), "it has no counterpart here, and is left out");
        }
    }
    Some(Item {
        question: markdown::plain(&asked),
        code,
        hint,
        key: right.first().cloned().unwrap_or_default(),
        options,
        run: Run { kind: Kind::Nothing, ..Run::default() },
        ..Item::default()
    })
}

/// The options, and the ids of those that are correct.
fn answers(fields: &mut Fields<'_>, faults: &mut Faults) -> (Vec<Choice>, Vec<String>) {
    let place = fields.field("answers");
    let (mut options, mut right) = (Vec::new(), Vec::new());
    for (index, value) in fields.list("answers", &OPTIONS, faults).iter().enumerate() {
        let Some(mut fields) = Fields::of(value, format!("{place}[{index}]"), faults) else { continue };
        let id = format!("a{}", index + 1);
        let label = label(&mut fields, faults);
        if fields.truth("correct", faults) == Some(true) {
            right.push(id.clone());
        }
        let feedback = fields.optional("feedback", &FEEDBACK, faults).unwrap_or_default();
        for name in fields.unknown() {
            faults.note(&fields.field(name), "it has no counterpart here, and is left out");
        }
        options.push(Choice { id, label, feedback });
    }
    (options, right)
}

fn label(fields: &mut Fields<'_>, faults: &mut Faults) -> String {
    let kind_of = fields.get("type").and_then(Value::as_str).unwrap_or_default();
    let code = fields.optional("code", &LABEL, faults);
    if kind_of == "default" {
        return "Something else".into();
    }
    if fields.get("range").is_some() {
        faults.say(&fields.field("range"), "a range of numbers to be typed can't be a choice");
        return String::new();
    }
    if let Some(value) = fields.get("value") {
        if !value.is_number() {
            faults.say(&fields.field("value"), format!("a number is wanted, and it is {}", kind(value)));
        }
        return value.to_string();
    }
    let marked = |code: String| format!("`{code}`");
    match (fields.get("answer"), code) {
        // A number or a word stands there without quotes, too.
        (Some(Value::Number(number)), _) => number.to_string(),
        (Some(_), code) => {
            let answer = fields.text("answer", &LABEL, faults);
            code.map_or(answer.clone(), |code| format!("{answer} {}", marked(code)))
        }
        (None, Some(code)) => marked(code),
        (None, None) => fields.text("answer", &LABEL, faults),
    }
}

#[cfg(test)]
mod tests {
    use super::super::read::{Reading, read};

    const FILE: &str = r#"[
  { "question": "What is `1 + 1`?", "type": "multiple_choice", "answer_cols": 2,
    "answers": [
      { "answer": "1", "correct": false, "feedback": "One more." },
      { "answer": "2", "correct": true } ] },
  { "question": "Which are even?", "type": "many_choice",
    "answers": [ { "answer": "2", "correct": true }, { "answer": "4", "correct": true } ] },
  { "question": "How much is a half?", "type": "numeric", "precision": 2,
    "answers": [ { "type": "value", "value": 0.5, "correct": true }, { "type": "default", "feedback": "No." } ] },
  { "question": "Between?", "type": "numeric",
    "answers": [ { "type": "range", "range": [0, 1], "correct": true },
                 { "type": "default", "feedback": "No." } ] },
  { "question": "Which word?", "type": "string", "topic": "words",
    "answers": [ { "answer": "spawn", "correct": true, "match_case": false }, { "code": "fork()", "correct": false } ] }
]"#;

    fn reading() -> Reading {
        read(FILE.as_bytes(), "course/quiz.json")
    }

    #[test]
    fn what_can_be_picked_is_imported() {
        let quiz = reading().quiz;
        let asked: Vec<_> =
            quiz.items.iter().map(|it| (it.id.as_str(), it.question.as_str(), it.key.as_str())).collect();
        assert_eq!(
            asked,
            [
                ("quiz:q1", "What is 1 + 1?", "a2"),
                ("quiz:q3", "How much is a half?", "a1"),
                ("quiz:q5", "Which word?", "a1")
            ]
        );
        assert_eq!((quiz.of, quiz.items[0].options[0].feedback.as_str()), (5, "One more."));
        let labels: Vec<_> = quiz.items[1..].iter().flat_map(|it| &it.options).map(|it| it.label.as_str()).collect();
        assert_eq!(labels, ["0.5", "Something else", "spawn", "`fork()`"]);
    }

    #[test]
    fn what_cannot_is_said_with_line_and_field() {
        let said: Vec<_> = reading().faults.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "line 6, [1].type: many_choice is asked here as a choice among the answers that it lists",
                "line 7, [1].answers: 2 of them are correct, and here one is picked",
                "line 8, [2].type: numeric is asked here as a choice among the answers that it lists",
                "line 10, [3].type: numeric is asked here as a choice among the answers that it lists",
                "line 11, [3].answers[0].range: a range of numbers to be typed can't be a choice",
                "line 13, [4].type: string is asked here as a choice among the answers that it lists",
                "line 13, [4].topic: it has no counterpart here, and is left out",
                "line 14, [4].answers[0].match_case: it has no counterpart here, and is left out",
            ]
        );
    }

    #[test]
    fn what_is_none_is_said() {
        let said = |text: &str| {
            read(text.as_bytes(), "a").faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        };
        assert!(said("[]").contains("a list of 1 to 50 is wanted, and it has 0"));
        assert!(said("[1]").contains("[0]: a table is wanted"));
        assert!(
            said(r#"[{"question": "a?", "type": "essay", "answers": []}]"#)
                .contains("[0].type: one of multiple_choice")
        );
        let both = said(r#"[{"question": "a?", "type": "essay", "answers": [{"answer": 1}]}]"#);
        assert!(both.contains("[0].type: one of") && both.contains("[0].answers: a list of 2 to 8"), "{both}");
        assert!(
            said(r#"[{"question": "a?", "type": "multiple_choice", "answers": [{"answer": "a"}, {"answer": []}]}]"#)
                .contains("[0].answers[1].answer: a text")
        );
    }
}
