//! The documentation's example, which stands there alone: its JSON is cut out of it when the program
//! is compiled.

use serde_json::{Value, json};

use super::draft::Draft;
use super::open::of_text;

const DOCS: &[u8] = include_bytes!("../../../../../docs/own-quiz.md");
const BEGIN: usize = after(DOCS, 0, b"```json\n");
const LENGTH: usize = after(DOCS, BEGIN, b"```") - b"```".len() - BEGIN;
static EXAMPLE: [u8; LENGTH] = cut();

/// Where the first of these words ends.
const fn after(text: &[u8], from: usize, words: &[u8]) -> usize {
    let mut at = from;
    let mut same = 0;
    while same < words.len() {
        if text[at + same] == words[same] {
            same += 1;
        } else {
            same = 0;
            at += 1;
        }
    }
    at + words.len()
}

const fn cut() -> [u8; LENGTH] {
    let mut cut = [0; LENGTH];
    let mut at = 0;
    while at < LENGTH {
        cut[at] = DOCS[BEGIN + at];
        at += 1;
    }
    cut
}

/// Its text.
#[must_use]
pub fn text() -> &'static str {
    std::str::from_utf8(&EXAMPLE).unwrap_or_default()
}

/// As a draft; whose schema it names is not the site's.
#[must_use]
pub fn draft() -> Draft {
    let mut draft = of_text(text(), "").unwrap_or_else(|_| Draft::blank());
    draft.take_out(&super::draft::Place::of_quiz("$schema"));
    draft
}

/// A run of this kind to begin with, and what it tells: fields of a question.
#[must_use]
pub fn run(kind: &str) -> Vec<(&'static str, Value)> {
    let draft = draft();
    let is_it = |question: &&Value| question.pointer("/run/kind").and_then(Value::as_str) == Some(kind);
    let field = |question: &Value, name: &'static str| question.get(name).map(|it| (name, it.clone()));
    if let Some(question) = draft.questions().iter().find(is_it) {
        return ["run", "contenders"].into_iter().filter_map(|name| field(question, name)).collect();
    }
    let contenders =
        json!([{ "told": "serial_ms", "label": "one by one" }, { "told": "thread_ms", "label": "threads" }]);
    vec![("run", json!({ "kind": kind })), ("contenders", contenders)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::quiz::own::question::KINDS;
    use crate::lab::quiz::own::read::{read, tests::example};

    #[test]
    fn it_is_the_documentations() {
        assert_eq!(text(), example());
        assert_eq!(draft().questions().len(), 3);
    }

    #[test]
    fn each_kind_of_run_begins_with_something() {
        for kind in KINDS {
            let mut draft = draft();
            let key = draft.keys()[0];
            draft.run(key, Some(kind));
            let reading = read(draft.json().as_bytes(), "");
            let about = |field: &str| reading.faults.iter().any(|it| it.field.starts_with(field));
            assert!(!about("questions[0].contenders"), "{kind}: {:?}", reading.faults);
            assert_eq!(draft.kind(key), Some(kind));
        }
    }
}
