//! The file as it is written: its own JSON, of which a form shows and changes single fields. What no
//! form shows, and what is of another kind than a form would write, stays as it is.

use serde_json::{Map, Value};

/// A quiz that is being written.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The file: always a table.
    pub(super) file: Value,
    /// One for each question, which it keeps wherever it goes.
    pub(super) keys: Vec<u32>,
    /// The next that is free.
    pub(super) next_key: u32,
}

/// A field of the quiz, or of a question.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Place {
    /// The question's key; `None`: the quiz.
    pub question: Option<u32>,
    /// From there on, as the reader names it: `options[0].label`.
    pub field: String,
}

impl Place {
    /// A field of the quiz.
    #[must_use]
    pub fn of_quiz(field: &str) -> Self {
        Self { question: None, field: field.to_owned() }
    }

    /// A field of a question.
    #[must_use]
    pub fn of_question(key: u32, field: impl Into<String>) -> Self {
        Self { question: Some(key), field: field.into() }
    }
}

enum Step<'a> {
    Name(&'a str),
    Entry(usize),
}

/// `options[0].label`, step by step.
fn steps(field: &str) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    for part in field.split('.').filter(|it| !it.is_empty()) {
        let mut pieces = part.split(['[', ']']).filter(|it| !it.is_empty());
        steps.extend(pieces.next().map(Step::Name));
        steps.extend(pieces.filter_map(|it| it.parse().ok()).map(Step::Entry));
    }
    steps
}

fn below<'a>(value: &'a Value, step: &Step<'_>) -> Option<&'a Value> {
    match step {
        Step::Name(name) => value.as_object()?.get(*name),
        Step::Entry(at) => value.as_array()?.get(*at),
    }
}

fn below_mut<'a>(value: &'a mut Value, step: &Step<'_>) -> Option<&'a mut Value> {
    match step {
        Step::Name(name) => value.as_object_mut()?.get_mut(*name),
        Step::Entry(at) => value.as_array_mut()?.get_mut(*at),
    }
}

/// The same, and it is there afterwards; of a list, only what it has.
fn make_below<'a>(value: &'a mut Value, step: &Step<'_>) -> Option<&'a mut Value> {
    match step {
        Step::Name(name) => {
            if !value.is_object() {
                *value = Value::Object(Map::new());
            }
            let table = value.as_object_mut()?;
            if !table.contains_key(*name) {
                table.insert((*name).to_owned(), Value::Null);
            }
            table.get_mut(*name)
        }
        Step::Entry(at) => value.as_array_mut()?.get_mut(*at),
    }
}

/// What a field of a form shows of a value.
fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

impl Draft {
    /// A file that is a table.
    pub(super) fn of_table(file: Map<String, Value>) -> Self {
        let mut draft = Self { file: Value::Object(file), keys: Vec::new(), next_key: 0 };
        for _ in 0..draft.questions().len() {
            let key = draft.new_key();
            draft.keys.push(key);
        }
        draft
    }

    pub(super) fn new_key(&mut self) -> u32 {
        self.next_key += 1;
        self.next_key
    }

    /// The questions, whatever they are.
    #[must_use]
    pub fn questions(&self) -> &[Value] {
        self.file.get("questions").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn questions_mut(&mut self) -> Option<&mut Vec<Value>> {
        let list = make_below(&mut self.file, &Step::Name("questions"))?;
        if !list.is_array() {
            *list = Value::Array(Vec::new());
        }
        list.as_array_mut()
    }

    /// The questions' keys, in their order.
    #[must_use]
    pub fn keys(&self) -> &[u32] {
        &self.keys
    }

    /// Where the question with this key stands, from 0.
    #[must_use]
    pub fn index_of(&self, key: u32) -> Option<usize> {
        self.keys.iter().position(|it| *it == key)
    }

    fn root(&self, question: Option<u32>) -> Option<&Value> {
        match question {
            None => Some(&self.file),
            Some(key) => self.questions().get(self.index_of(key)?),
        }
    }

    pub(super) fn root_mut(&mut self, question: Option<u32>) -> Option<&mut Value> {
        match question {
            None => Some(&mut self.file),
            Some(key) => {
                let at = self.index_of(key)?;
                self.file.get_mut("questions")?.as_array_mut()?.get_mut(at)
            }
        }
    }

    /// What stands in a field.
    #[must_use]
    pub fn value(&self, place: &Place) -> Option<&Value> {
        steps(&place.field).iter().try_fold(self.root(place.question)?, |value, step| below(value, step))
    }

    /// What a form shows of it; nothing, where nothing stands there.
    #[must_use]
    pub fn text(&self, place: &Place) -> String {
        self.value(place).map(written).unwrap_or_default()
    }

    /// The entries of a list.
    #[must_use]
    pub fn count(&self, place: &Place) -> usize {
        self.value(place).and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// What a form was given for a field; where that is nothing, the field goes.
    pub fn write(&mut self, place: &Place, text: &str) {
        if text.is_empty() {
            self.take_out(place);
        } else if self.text(place) != text {
            self.put(place, Value::from(text));
        }
    }

    /// Puts a value into a field.
    pub fn put(&mut self, place: &Place, value: Value) {
        let Some(mut at) = self.root_mut(place.question) else { return };
        for step in steps(&place.field) {
            match make_below(at, &step) {
                Some(next) => at = next,
                None => return,
            }
        }
        *at = value;
    }

    /// Takes a field out of its table.
    pub fn take_out(&mut self, place: &Place) -> Option<Value> {
        let mut steps = steps(&place.field);
        let Some(Step::Name(name)) = steps.pop() else { return None };
        let table = steps.iter().try_fold(self.root_mut(place.question)?, |value, step| below_mut(value, step))?;
        table.as_object_mut()?.remove(name)
    }

    /// The list in a field, which is there afterwards.
    pub(super) fn list_mut(&mut self, place: &Place) -> Option<&mut Vec<Value>> {
        if !self.value(place).is_some_and(Value::is_array) {
            self.put(place, Value::Array(Vec::new()));
        }
        let found = steps(&place.field)
            .iter()
            .try_fold(self.root_mut(place.question)?, |value, step| below_mut(value, step))?;
        found.as_array_mut()
    }

    /// What a question runs: the kind's name, if it has one.
    #[must_use]
    pub fn kind(&self, key: u32) -> Option<&str> {
        self.value(&Place::of_question(key, "run.kind")).and_then(Value::as_str)
    }

    /// What a list of questions calls it.
    #[must_use]
    pub fn name(&self, key: u32) -> String {
        let text = |field: &str| self.text(&Place::of_question(key, field));
        let title = text("title");
        if title.trim().is_empty() { text("question") } else { title }
    }

    /// As it is kept: all of it, as it is.
    #[must_use]
    pub fn kept(&self) -> String {
        self.file.to_string()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn draft(file: Value) -> Draft {
        let Value::Object(file) = file else { panic!("a table") };
        Draft::of_table(file)
    }

    #[test]
    fn a_field_is_written_and_the_rest_stays() {
        let mut draft =
            draft(json!({ "x": [1], "questions": [{ "options": [{ "label": "a", "y": null }, 7] }, "text"] }));
        let key = draft.keys()[0];
        let label = Place::of_question(key, "options[0].label");
        assert_eq!(draft.text(&label), "a");
        draft.write(&label, "b");
        draft.write(&Place::of_question(key, "run.kind"), "k");
        draft.write(&Place::of_question(key, "options[9].label"), "nowhere");
        assert_eq!(
            draft.file,
            json!({ "x": [1], "questions": [{ "options": [{ "label": "b", "y": null }, 7], "run": { "kind": "k" } }, "text"] })
        );
        draft.write(&label, "");
        assert_eq!(draft.value(&label), None);
        assert_eq!((draft.text(&Place::of_question(key, "options[1]")), draft.kind(key)), ("7".into(), Some("k")));
        assert_eq!(draft.count(&Place::of_question(key, "options")), 2);
    }

    #[test]
    fn what_is_of_another_kind_is_shown_and_only_written_over_by_another_text() {
        let mut draft = draft(json!({ "title": 7, "id": ["a"], "questions": {} }));
        let (title, id) = (Place::of_quiz("title"), Place::of_quiz("id"));
        assert_eq!((draft.text(&title), draft.text(&id)), ("7".into(), "[\"a\"]".into()));
        draft.write(&title, "7");
        assert_eq!(draft.value(&title), Some(&json!(7)));
        draft.write(&title, "8");
        assert_eq!(draft.value(&title), Some(&json!("8")));
        assert!(draft.questions().is_empty() && draft.keys().is_empty());
    }
}
