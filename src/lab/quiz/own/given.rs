//! Reads what somebody gave, field by field: all that is wrong with it is said, each with its
//! line and field, and reading goes on.

use std::fmt;

use serde_json::{Map, Value};

use super::limits::{Limit, range};
use super::lines::{Lines, field};

/// What is wrong with a file, and where.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    /// From 1.
    pub line: usize,
    /// From the file's beginning on, `questions[2].options[0].feedback`; empty: the file.
    pub field: String,
    /// What is wrong: a clause.
    pub says: String,
    /// Whether a question is left out for it; else only this field is.
    pub is_grave: bool,
}

impl fmt::Display for Fault {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = if self.field.is_empty() { "the file".to_owned() } else { shortened(&self.field, LONGEST_FIELD) };
        write!(to, "line {}, {field}: {}", self.line, self.says)
    }
}

/// Characters of a field's name that are shown, at most: any name can stand in a file.
const LONGEST_FIELD: usize = 100;
/// And of a value.
const LONGEST_VALUE: usize = 40;

/// Faults that are listed, at most.
const MOST_LISTED: usize = 50;

/// A line for each fault: those first for which a question is left out, so that no number of notes
/// hides them.
#[must_use]
pub fn listed(faults: &[Fault]) -> Vec<String> {
    let (grave, notes): (Vec<_>, Vec<_>) = faults.iter().partition(|it| it.is_grave);
    let mut lines: Vec<_> = grave.into_iter().chain(notes).take(MOST_LISTED).map(ToString::to_string).collect();
    let more = faults.len().saturating_sub(MOST_LISTED);
    lines.extend((more > 0).then(|| format!("and {more} more")));
    lines
}

/// What was wrong so far.
#[derive(Debug)]
pub struct Faults {
    lines: Lines,
    /// In the order in which it was found.
    pub list: Vec<Fault>,
}

impl Faults {
    /// None yet, of a text that is JSON.
    #[must_use]
    pub fn of(json: &str) -> Self {
        let mut faults = Self { lines: Lines::of(json), list: Vec::new() };
        for field in faults.lines.twice().to_vec() {
            faults.say(&field, "it stands here twice");
        }
        faults
    }

    /// Says what is wrong with a field.
    pub fn say(&mut self, field: &str, says: impl Into<String>) {
        self.push(field, says.into(), true);
    }

    /// Says what is left out, or taken otherwise: its question can be asked.
    pub fn note(&mut self, field: &str, says: impl Into<String>) {
        self.push(field, says.into(), false);
    }

    fn push(&mut self, field: &str, says: String, is_grave: bool) {
        self.list.push(Fault { line: self.lines.line(field), field: field.to_owned(), says, is_grave });
    }

    /// Whether something in this field is wrong.
    #[must_use]
    pub fn spoil(&self, field: &str) -> bool {
        let is_within =
            |it: &str| it.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
        self.list.iter().any(|it| it.is_grave && is_within(&it.field))
    }

    /// All, by their lines.
    #[must_use]
    pub fn into_list(self) -> Vec<Fault> {
        let mut list = self.list;
        list.sort_by_key(|it| it.line);
        list
    }
}

/// A table's fields, of which it is kept which were read.
pub struct Fields<'a> {
    of: &'a Map<String, Value>,
    /// The table's own field.
    pub path: String,
    known: Vec<&'static str>,
}

/// What a value is, in a word.
#[must_use]
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a table",
    }
}

impl<'a> Fields<'a> {
    /// Those of a table.
    pub fn of(value: &'a Value, path: String, faults: &mut Faults) -> Option<Self> {
        if let Value::Object(of) = value {
            return Some(Self { of, path, known: Vec::new() });
        }
        faults.say(&path, format!("a table is wanted, and it is {}", kind(value)));
        None
    }

    /// The name of one of them, from the file's beginning on.
    #[must_use]
    pub fn field(&self, name: &str) -> String {
        field(&self.path, name)
    }

    /// One of them as it is, if it is there.
    pub fn get(&mut self, name: &'static str) -> Option<&'a Value> {
        self.known.push(name);
        self.of.get(name)
    }

    fn required(&mut self, name: &'static str, wanted: &str, faults: &mut Faults) -> Option<&'a Value> {
        let found = self.get(name);
        if found.is_none() {
            faults.say(&self.field(name), format!("it is missing: {wanted}"));
        }
        found
    }

    /// A text that must be there.
    pub fn text(&mut self, name: &'static str, limit: &Limit, faults: &mut Faults) -> String {
        let wanted = characters(limit);
        let found = self.required(name, &wanted, faults);
        found.and_then(|it| text(it, &self.field(name), limit, faults)).unwrap_or_default()
    }

    /// A text that may be left out.
    pub fn optional(&mut self, name: &'static str, limit: &Limit, faults: &mut Faults) -> Option<String> {
        let found = self.get(name)?;
        text(found, &self.field(name), limit, faults)
    }

    /// A short name of letters, digits and hyphens.
    pub fn id(&mut self, name: &'static str, limit: &Limit, faults: &mut Faults) -> String {
        let before = faults.list.len();
        let id = self.text(name, limit, faults);
        if faults.list.len() == before && !is_id(&id) {
            faults.say(&self.field(name), format!("“{id}” is not of letters (a to z), digits and hyphens alone"));
        }
        id
    }

    /// A list of so many.
    pub fn list(&mut self, name: &'static str, count: &Limit, faults: &mut Faults) -> &'a [Value] {
        let wanted = format!("a list of {}", range(count));
        let Some(found) = self.required(name, &wanted, faults) else { return &[] };
        match found {
            Value::Array(list) if count.contains(&list.len()) => list,
            Value::Array(list) => {
                faults.say(&self.field(name), format!("{wanted} is wanted, and it has {}", list.len()));
                list.get(..list.len().min(*count.end())).unwrap_or_default()
            }
            other => {
                faults.say(&self.field(name), format!("{wanted} is wanted, and it is {}", kind(other)));
                &[]
            }
        }
    }

    /// A whole number.
    pub fn whole(&mut self, name: &'static str, limit: &Limit, faults: &mut Faults) -> u32 {
        let wanted = format!("a whole number, {}", range(limit));
        let Some(found) = self.required(name, &wanted, faults) else { return 0 };
        // 10.0 is a whole number, to JSON Schema as to people.
        let whole =
            found.as_f64().filter(|it| it.fract() == 0.0 && (*limit.start() as f64..=*limit.end() as f64).contains(it));
        if whole.is_none() {
            faults.say(&self.field(name), format!("{wanted} is wanted, and it is {}", shown(found)));
        }
        whole.unwrap_or_default() as u32
    }

    /// A number from 0 to 1.
    pub fn share(&mut self, name: &'static str, faults: &mut Faults) -> f64 {
        let wanted = "a number, 0 to 1";
        let Some(found) = self.required(name, wanted, faults) else { return 0.0 };
        let share = found.as_f64().filter(|it| (0.0..=1.0).contains(it));
        if share.is_none() {
            faults.say(&self.field(name), format!("{wanted} is wanted, and it is {}", shown(found)));
        }
        share.unwrap_or_default()
    }

    /// One of these words.
    pub fn word(&mut self, name: &'static str, words: &[&'static str], faults: &mut Faults) -> Option<&'static str> {
        let wanted = format!("one of {}", words.join(", "));
        let found = self.required(name, &wanted, faults)?;
        let word = words.iter().find(|it| found.as_str() == Some(**it)).copied();
        if word.is_none() {
            faults.say(&self.field(name), format!("{wanted} is wanted, and it is {}", shown(found)));
        }
        word
    }

    /// True or false, if it is there.
    pub fn truth(&mut self, name: &'static str, faults: &mut Faults) -> Option<bool> {
        let found = self.get(name)?;
        if !found.is_boolean() {
            faults.say(&self.field(name), format!("true or false is wanted, and it is {}", kind(found)));
        }
        found.as_bool()
    }

    /// The fields that nobody has asked for.
    #[must_use]
    pub fn unknown(&self) -> Vec<&'a String> {
        self.of.keys().filter(|name| !self.known.contains(&name.as_str())).collect()
    }

    /// Nothing is left that nobody knows.
    pub fn end(self, faults: &mut Faults) {
        for name in self.unknown() {
            let known = self.known.join(", ");
            faults
                .note(&self.field(name), format!("there is no such field here, and it is left out; there are {known}"));
        }
    }
}

/// Whether it is of letters, digits and hyphens alone.
#[must_use]
pub fn is_id(id: &str) -> bool {
    id.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
}

fn characters(limit: &Limit) -> String {
    format!("{} characters", range(limit))
}

/// A text of so many characters, of which not all are spaces.
pub fn text(value: &Value, field: &str, limit: &Limit, faults: &mut Faults) -> Option<String> {
    let wanted = characters(limit);
    let Value::String(text) = value else {
        faults.say(field, format!("a text of {wanted} is wanted, and it is {}", kind(value)));
        return None;
    };
    let count = text.chars().count();
    if !limit.contains(&count) {
        faults.say(field, format!("{wanted} are wanted, and it has {count}"));
        return None;
    }
    if text.trim().is_empty() {
        faults.say(field, format!("{wanted} are wanted, and it has nothing but spaces"));
        return None;
    }
    Some(text.clone())
}

/// A value, shortened: what is wrong with a file is said in its line, not by the file.
#[must_use]
pub fn shown(value: &Value) -> String {
    match value {
        Value::Array(_) | Value::Object(_) => kind(value).to_owned(),
        other => shortened(&other.to_string(), LONGEST_VALUE),
    }
}

/// At most so many characters of a text.
#[must_use]
pub fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(line: usize, is_grave: bool) -> Fault {
        Fault { line, field: format!("f{line}"), says: "s".into(), is_grave }
    }

    #[test]
    fn no_number_of_notes_hides_a_fault() {
        let faults: Vec<_> = (1..=80).map(|line| fault(line, line == 79)).collect();
        let lines = listed(&faults);
        assert_eq!((lines[0].as_str(), lines[1].as_str()), ("line 79, f79: s", "line 1, f1: s"));
        assert_eq!((lines.len(), lines[50].as_str()), (51, "and 30 more"));
        assert_eq!(listed(&faults[..50]).len(), 50);
    }

    #[test]
    fn a_line_says_what_is_wrong_and_not_the_file() {
        use serde_json::json;

        use super::super::read::read;
        let long = "x".repeat(8_000);
        let rules = json!([{ "name": [long] }, { "name": "n", "when": { "against": { (long.as_str()): ["faster"] } }, "shows": long }]);
        let contenders = json!([{ "told": long, "label": long }, { "told": "a", "label": "b" }]);
        let question = json!({ "id": "a", "key": long, "run": { "kind": "lorenz", "members": long, "steps": [long] },
            "contenders": contenders, "rules": rules, "options": [{ "id": "a" }, { "id": "b", (long.as_str()): 1 }] });
        let own = json!({ "$schema": [long], "version": long, "id": [long], "questions": [question] });
        let answers = json!([{ "answer": [long], "correct": long }, { "value": long, "type": long }]);
        let other = json!([{ "question": "q", "type": long, "answers": answers, (long.as_str()): long }]);
        for file in [own, other] {
            let faults = read(file.to_string().as_bytes(), "a").faults;
            assert!(faults.len() > 3, "{faults:?}");
            let lengths: Vec<_> = faults.iter().map(|it| it.to_string().chars().count()).collect();
            assert!(lengths.iter().all(|it| *it < 400), "{lengths:?}");
        }
    }
}
