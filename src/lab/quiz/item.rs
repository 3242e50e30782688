//! A question as it stands in `labs/quiz/items/<id>.toml` (`docs/quiz.md`), and the same
//! question again with something changed.

use std::sync::Arc;

use serde_json::Value;

use super::parsons::problem::Problem;
use crate::lab::script::data::{Named, Read, read, word};
use crate::lab::script::field;
use crate::lab::script::rule::Rule;
use crate::model::parameter::number::decimal;

/// A question with all that is said of it. One of an instructor's own file has that file's id and a
/// colon before its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// As in the URL.
    pub id: String,
    /// In which sets it is.
    pub sets: Vec<String>,
    /// Its place in the lecture's order.
    pub place: Option<f64>,
    /// A few words, for lists; where they are missing, the question.
    pub title: String,
    /// The lecture's claims, by their numbers.
    pub claims: Vec<u32>,
    /// Stated so that the key is true.
    pub question: String,
    /// Sizes, where the data come from, which Python.
    pub context: String,
    /// One, for who asks for it.
    pub hint: String,
    /// A few lines that are shown.
    pub code: Option<String>,
    /// 2 to 5 answers.
    pub options: Vec<Choice>,
    /// The right one: an option's id.
    pub key: String,
    /// Why.
    pub reason: String,
    /// What is run.
    pub run: Run,
    /// Whose figures are set beside each other: two or more.
    pub contenders: Vec<Contender>,
    /// What is said of which run.
    pub rules: Vec<Rule>,
    /// The same by compiled code.
    pub compiled: Option<Compiled>,
    /// The same with something changed.
    pub variant: Option<Variant>,
    /// The lab that must be there.
    pub needs: Option<String>,
    /// Lines to put in order, where it is that: then there are no answers to pick from.
    pub lines: Option<Arc<Problem>>,
}

/// An answer.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Choice {
    /// For keys, rules and messages.
    pub id: String,
    /// What people read.
    pub label: String,
    /// What whoever picks it takes for true, and that it is not so.
    pub feedback: String,
}

/// What kind of thing is run.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Kind {
    /// A Python script.
    #[default]
    Python,
    /// Fourier transforms by our executors.
    Fft,
    /// The compiled ensemble by our executors.
    Lorenz,
    /// Data files, read and worked out by our executors.
    Files,
    /// Amdahl's law: nothing is measured.
    Reckon,
    /// Nothing: of an instructor's own question.
    Nothing,
}

/// What is run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// What kind of thing it is.
    pub kind: Kind,
    /// The script's file.
    pub script: String,
    /// Whether threads take turns; they do where nothing is said.
    pub gil: Option<bool>,
    /// Signals, and points of each.
    pub signals: u32,
    /// See [`Self::signals`].
    pub points: u32,
    /// Where the signals come from, `parent` or `worker`; or which files, `csv`, `netcdf` or `json`.
    pub data: String,
    /// How long a read of a file usually takes, ms.
    pub latency: f64,
    /// Members of the ensemble, and steps of each.
    pub members: u32,
    /// See [`Self::members`].
    pub steps: u32,
    /// Amdahl's share that stays serial.
    pub serial_share: f64,
    /// Amdahl's workers; of files, those that read (else as many as are set).
    pub workers: u32,
}

/// One of the ways that are compared.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Contender {
    /// The name of its figure.
    pub told: String,
    /// What people read.
    pub label: String,
}

/// The same by compiled code, offered afterwards.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compiled {
    /// What is offered, and where the answer may turn.
    pub words: String,
    /// What is run.
    pub run: Run,
    /// As [`Item::contenders`].
    pub contenders: Vec<Contender>,
    /// As [`Item::rules`].
    pub rules: Vec<Rule>,
}

/// The same question, changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Variant {
    /// Constants of the script, or fields of what is run.
    pub set: Named<Constant>,
    /// The question anew.
    pub question: String,
    /// What changes with it.
    pub title: Option<String>,
    /// See [`Item::context`].
    pub context: Option<String>,
    /// See [`Item::code`].
    pub code: Option<String>,
    /// See [`Item::key`].
    pub key: Option<String>,
    /// See [`Item::reason`].
    pub reason: Option<String>,
    /// See [`Item::hint`].
    pub hint: Option<String>,
}

/// A constant's value, as a script has it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Constant(pub String);

read!(Item {
    id, sets in "set", question, context, hint, options in "option", key, reason, run, contenders in "contender";
    place, title, claims, code, rules in "rule", compiled, variant, needs;
    lines
});
read!(Choice { id, label, feedback; });
read!(Run { kind; script, gil, signals, points, data, latency, members, steps, serial_share, workers });
read!(Contender { told, label; });
read!(Compiled { words, run, contenders in "contender"; rules in "rule" });
read!(Variant { set, question; title, context, code, key, reason, hint });

impl Read for Kind {
    fn read(value: Value) -> Result<Self, String> {
        let words = [
            ("python", Self::Python),
            ("fft", Self::Fft),
            ("lorenz", Self::Lorenz),
            ("files", Self::Files),
            ("reckon", Self::Reckon),
        ];
        word(value, &words)
    }
}

impl Read for Constant {
    fn read(value: Value) -> Result<Self, String> {
        Ok(Self(match value {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            Value::Bool(truth) => (if truth { "True" } else { "False" }).into(),
            other => return Err(format!("{other} is not a number, a text, true or false")),
        }))
    }
}

/// Reads what the build has made of a set.
///
/// # Errors
/// What is wrong with it: a clause.
pub fn read_pack(json: &[u8]) -> Result<Vec<Item>, String> {
    let read = || {
        let text = std::str::from_utf8(json).map_err(|error| error.to_string())?;
        Read::read(serde_json::from_str(text).map_err(|error| error.to_string())?)
    };
    read().map_err(|error: String| format!("the questions can't be read: {error}"))
}

impl Item {
    /// A few words for it.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.title.is_empty() { &self.question } else { &self.title }
    }

    /// The option of that id.
    #[must_use]
    pub fn option(&self, id: &str) -> Option<&Choice> {
        self.options.iter().find(|it| it.id == id)
    }

    /// The right answer's words.
    #[must_use]
    pub fn key_label(&self) -> &str {
        self.option(&self.key).map_or("", |it| &it.label)
    }

    /// The same question again, changed; `None` where it has no other form.
    #[must_use]
    pub fn varied(&self) -> Option<Self> {
        let variant = self.variant.as_ref()?;
        let mut item = self.clone();
        item.question.clone_from(&variant.question);
        let changes = [
            (&mut item.title, &variant.title),
            (&mut item.context, &variant.context),
            (&mut item.key, &variant.key),
            (&mut item.reason, &variant.reason),
            (&mut item.hint, &variant.hint),
        ];
        for (old, new) in changes {
            if let Some(new) = new {
                old.clone_from(new);
            }
        }
        if variant.code.is_some() {
            item.code.clone_from(&variant.code);
        }
        for (name, Constant(value)) in variant.set.iter() {
            item.run.set(name, value);
        }
        Some(item)
    }

    /// Its script, with the variant's constants where it `is_variant`.
    #[must_use]
    pub fn script(&self, source: &str, is_variant: bool) -> String {
        let Some(variant) = self.variant.as_ref().filter(|_| is_variant) else { return source.to_owned() };
        let write = |source: String, (name, Constant(value)): &(String, Constant)| {
            let (fields, _) = field::fields(&source);
            match fields.iter().find(|it| it.name == *name) {
                Some(field) => field.write(&source, value).0,
                None => source,
            }
        };
        variant.set.iter().fold(source.to_owned(), write)
    }
}

impl Run {
    /// Changes a field that a variant may change.
    fn set(&mut self, name: &str, value: &str) {
        let whole = value.parse().ok();
        match (name, whole) {
            ("signals", Some(whole)) => self.signals = whole,
            ("points", Some(whole)) => self.points = whole,
            ("members", Some(whole)) => self.members = whole,
            ("steps", Some(whole)) => self.steps = whole,
            ("workers", Some(whole)) => self.workers = whole,
            ("data", _) => value.clone_into(&mut self.data),
            ("latency", _) => self.latency = decimal(value).unwrap_or(self.latency),
            ("serial_share", _) => self.serial_share = decimal(value).unwrap_or(self.serial_share),
            _ => {}
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A question about 16 sleeps, with a variant.
    pub(crate) fn item(id: &str) -> Item {
        let json = format!(
            r#"[{{ "id": "{id}", "set": ["lecture"], "question": "How much faster?", "context": "Default CPython.",
                "hint": "Who waits?", "key": "many", "reason": "Waiting needs no core.",
                "option": [ {{ "id": "none", "label": "Not at all", "feedback": "They wait side by side." }},
                            {{ "id": "two", "label": "Twice", "feedback": "No core is needed." }},
                            {{ "id": "many", "label": "16 times", "feedback": "So it is." }} ],
                "run": {{ "kind": "python", "script": "a.py" }},
                "contender": [ {{ "told": "serial_ms", "label": "one by one" }}, {{ "told": "threads_ms", "label": "16 threads" }} ],
                "rule": [ {{ "name": "fast", "when": {{ "against": {{ "threads_ms": ["slower"] }} }}, "say": "Threads were {{against.threads_ms}} as fast.", "shows": "many" }},
                          {{ "name": "slow", "when": {{ "against": {{ "threads_ms": ["close", "faster"] }} }}, "say": "Threads gained nothing.", "shows": "none" }} ],
                "variant": {{ "set": {{ "TASKS": 4, "data": "worker" }}, "question": "And with 4?", "key": "two" }} }}]"#
        );
        read_pack(json.as_bytes()).unwrap().remove(0)
    }

    #[test]
    fn a_variant_changes_what_it_says_and_no_more() {
        let item = item("sleeps");
        let varied = item.varied().unwrap();
        assert_eq!((varied.question.as_str(), varied.key.as_str()), ("And with 4?", "two"));
        assert_eq!((varied.run.data.as_str(), &varied.reason, &varied.rules), ("worker", &item.reason, &item.rules));
        let source = "TASKS = 16  #@param {type: \"integer\", min: 1, max: 99}\nprint(TASKS)\n";
        assert_eq!(item.script(source, false), source);
        assert!(item.script(source, true).starts_with("TASKS = 4  #@param"));
        assert_eq!(Item { variant: None, ..item }.varied(), None);
    }

    #[test]
    fn what_is_misspelt_is_named() {
        let wrong = |json: &str| read_pack(json.as_bytes()).unwrap_err();
        assert!(wrong("{").contains("the questions can't be read"));
        assert!(wrong(r#"[{ "id": "a", "keys": "b" }]"#).contains("1: "));
        assert!(Kind::read("pyhton".into()).unwrap_err().contains("pyhton"));
    }
}
