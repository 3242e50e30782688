//! A file becomes questions: what is in it, in whichever format, and all that is wrong with it.

use serde_json::Value;

use super::given::{Fault, Faults, kind};
use super::limits::FILE_BYTES;
use super::{file, jupyterquiz};
use crate::lab::quiz::item::Item;

/// Questions that somebody else wrote.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnQuiz {
    /// What progress and answers are kept under.
    pub id: String,
    /// For people.
    pub title: String,
    /// Those that can be asked.
    pub items: Vec<Item>,
    /// Their scripts, by their names.
    pub scripts: Vec<(String, String)>,
    /// How many there are in the file.
    pub of: usize,
}

/// What came of reading a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// What can be asked: perhaps nothing.
    pub quiz: OwnQuiz,
    /// What is wrong, by lines.
    pub faults: Vec<Fault>,
}

impl Reading {
    fn unreadable(line: usize, says: String) -> Self {
        let fault = Fault { line, field: String::new(), says, is_grave: true };
        Self { quiz: OwnQuiz::default(), faults: vec![fault] }
    }
}

/// Reads a file of that name.
#[must_use]
pub fn read(bytes: &[u8], name: &str) -> Reading {
    if bytes.len() > FILE_BYTES {
        let says = format!("it has {} bytes, and may have {FILE_BYTES}", bytes.len());
        return Reading::unreadable(1, says);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let line = 1 + bytes.iter().take(error.valid_up_to()).filter(|it| **it == b'\n').count();
            return Reading::unreadable(line, "it is not in UTF-8: save it as that".into());
        }
    };
    match serde_json::from_str::<Value>(text) {
        Ok(value) => questions(&value, Faults::of(text), name),
        Err(error) => {
            let all = error.to_string();
            let (line, column) = (error.line(), error.column());
            let what = all.rsplit_once(" at line ").map_or(all.as_str(), |it| it.0);
            Reading::unreadable(line.max(1), format!("it is not JSON, from column {column} on: {what}"))
        }
    }
}

fn questions(value: &Value, mut faults: Faults, name: &str) -> Reading {
    let quiz = match value {
        Value::Object(_) => file::read(value, &mut faults),
        Value::Array(_) => Some(jupyterquiz::read(value, &id_of(name), name, &mut faults)),
        other => {
            let says = format!("a table (our format) or a list (jupyterquiz) is wanted, and it is {}", kind(other));
            faults.say("", says);
            None
        }
    };
    Reading { quiz: quiz.unwrap_or_default(), faults: faults.into_list() }
}

/// An id for a file that has none: its name, as far as that is letters and digits.
fn id_of(name: &str) -> String {
    let stem = name.rsplit('/').next().unwrap_or(name);
    let stem = stem.strip_suffix(".json").unwrap_or(stem);
    let id: String = stem.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '-' }).take(32).collect();
    let id = id.trim_matches('-');
    if id.is_empty() { "quiz".to_owned() } else { id.to_owned() }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The example of the documentation.
    pub(crate) fn example() -> String {
        let docs = include_str!("../../../../docs/own-quiz.md");
        let (_, rest) = docs.split_once("```json\n").expect("an example");
        rest.split_once("```").expect("its end").0.to_owned()
    }

    fn said(bytes: &[u8]) -> Vec<String> {
        read(bytes, "a.json").faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_documented_example_is_read_as_it_is() {
        let reading = read(example().as_bytes(), "week-3.json");
        assert_eq!(reading.faults, []);
        assert_eq!((reading.quiz.id.as_str(), reading.quiz.items.len(), reading.quiz.of), ("week-3", 3, 3));
        assert!(reading.quiz.items.iter().all(|it| it.id.starts_with("week-3:")));
        assert_eq!(reading.quiz.scripts.len(), 1);
    }

    #[test]
    fn what_is_no_json_says_where() {
        assert_eq!(said(b"{\n \"id\": ]"), ["line 2, the file: it is not JSON, from column 8 on: expected value"]);
        assert!(said(b"")[0].starts_with("line 1, the file: it is not JSON"));
        assert!(said(b"{\n\n\"a\": \"\xff\"}")[0].starts_with("line 3, the file: it is not in UTF-8"));
        assert!(said("[".repeat(10_000).as_bytes())[0].contains("recursion limit"));
        assert!(said(b"{\"version\": 1e999}")[0].contains("number out of range"));
        assert!(said(&vec![b' '; FILE_BYTES + 1])[0].contains("200001 bytes, and may have 200000"));
        assert!(said(b"7")[0].contains("a table (our format) or a list (jupyterquiz) is wanted"));
        let with_mark = [b"\xef\xbb\xbf".as_slice(), example().as_bytes()].concat();
        assert_eq!(said(&with_mark), [""; 0]);
    }

    #[test]
    fn a_file_without_an_id_has_its_name() {
        assert_eq!(id_of("course/Week 3 (new).json"), "Week-3--new");
        assert_eq!((id_of("ä.json"), id_of("")), ("quiz".to_owned(), "quiz".to_owned()));
    }

    proptest! {
        #[test]
        fn whatever_comes_is_met_with_words(bytes in prop::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>(), put in any::<u8>()) {
            let _ = read(&bytes, "a");
            // A good file with one byte changed or cut.
            let mut changed = example().trim_end().as_bytes().to_vec();
            let at = at.index(changed.len());
            changed[at] = put;
            let _ = read(&changed, "a");
            let cut = read(&changed[..at], "a");
            prop_assert!(cut.quiz.items.is_empty() && !cut.faults.is_empty());
        }
    }
}
