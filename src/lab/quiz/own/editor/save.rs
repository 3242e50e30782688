//! A draft becomes a file: with the ids that nobody has given, numbers as numbers, and fields in the
//! order in which people read them.

use serde_json::{Value, json};

use super::draft::{Draft, Place};
use super::form;
use crate::lab::quiz::own::file::VERSION;
use crate::lab::quiz::own::limits::ID;

/// In which order a table's fields stand; any other is behind them, by its name.
const ORDER: [&str; 31] = [
    "$schema",
    "version",
    "kind",
    "name",
    "when",
    "told",
    "id",
    "title",
    "questions",
    "question",
    "context",
    "code",
    "label",
    "feedback",
    "options",
    "key",
    "hint",
    "reason",
    "say",
    "more",
    "shows",
    "run",
    "contenders",
    "rules",
    "gil",
    "script",
    "signals",
    "points",
    "data",
    "serial_share",
    "workers",
];

impl Draft {
    /// The file as it is saved.
    #[must_use]
    pub fn json(&self) -> String {
        let mut saved = self.clone();
        saved.complete();
        let mut text = String::new();
        write(&saved.file, 0, &mut text);
        text.push('\n');
        text
    }

    /// The file's name.
    #[must_use]
    pub fn file_name(&self) -> String {
        let mut saved = self.clone();
        saved.complete();
        let id = slug(&saved.text(&Place::of_quiz("id")));
        format!("{}.json", if id.is_empty() { "quiz" } else { &id })
    }

    /// The file with one of its questions alone.
    #[must_use]
    pub fn alone(&self, key: u32) -> Self {
        let mut alone = self.clone();
        alone.complete();
        if let Some(at) = self.index_of(key)
            && let Some(questions) = alone.questions_mut()
        {
            let question = questions.swap_remove(at);
            *questions = vec![question];
            alone.keys = vec![key];
        }
        alone
    }

    /// Gives what is needed and nobody has to think of: ids and the version. A file that was
    /// saved has them, so they stay.
    pub fn complete(&mut self) {
        let lacks = |draft: &Self, place: &Place| draft.text(place).trim().is_empty();
        let version = Place::of_quiz("version");
        if lacks(self, &version) {
            self.put(&version, json!(VERSION));
        }
        let id = Place::of_quiz("id");
        if lacks(self, &id) {
            let slug = slug(&self.text(&Place::of_quiz("title")));
            self.put(&id, Value::from(if slug.is_empty() { "quiz" } else { &slug }));
        }
        if self.file.get("questions").is_none() {
            self.put(&Place::of_quiz("questions"), json!([]));
        }
        // More than a file may have is wrong anyhow, and nothing keeps a file from having very many.
        for key in self.keys.iter().copied().take(form::MOST_QUESTIONS).collect::<Vec<_>>() {
            let is_table = self.root_mut(Some(key)).is_some_and(|it| it.is_object());
            if is_table {
                self.complete_question(key);
            }
        }
    }

    fn complete_question(&mut self, key: u32) {
        let place = Place::of_question(key, "id");
        if self.text(&place).trim().is_empty() {
            let id = self.free_id(key);
            self.put(&place, Value::from(id));
        }
        for at in 0..self.count(&Place::of_question(key, "options")).min(form::MOST_ENTRIES) {
            let is_table = self.value(&Place::of_question(key, format!("options[{at}]"))).is_some_and(Value::is_object);
            if is_table {
                self.option_id(key, at);
            }
        }
        // While it is written, a number is a text: "0." is on its way to 0.5.
        for field in form::of_run(self.kind(key).unwrap_or_default()).iter().filter(|it| it.of == form::Of::Number) {
            let place = Place::of_question(key, format!("run.{}", field.name));
            if let Some(number) = self.value(&place).and_then(Value::as_str).and_then(number) {
                self.put(&place, number);
            }
        }
    }

    /// An id for a question that has none, and that no other has.
    fn free_id(&self, key: u32) -> String {
        let wanted = slug(&self.name(key));
        let wanted = if wanted.is_empty() { "question".to_owned() } else { wanted };
        let is_taken = |id: &String| {
            self.questions().iter().any(|it| it.get("id").and_then(Value::as_str).is_some_and(|it| it == id))
        };
        let more = (2..).map(|number| {
            let end = format!("-{number}");
            let begin: String = wanted.chars().take(ID.end() - end.len()).collect();
            begin + &end
        });
        std::iter::once(wanted.clone()).chain(more).find(|id| !is_taken(id)).unwrap_or_default()
    }
}

/// A number as people write it.
fn number(text: &str) -> Option<Value> {
    let text = text.trim().replace(',', ".");
    let text = text.strip_suffix('.').unwrap_or(&text);
    let text = if text.starts_with('.') { format!("0{text}") } else { text.to_owned() };
    serde_json::from_str(&text).ok().filter(Value::is_number)
}

/// An id made of a text: its first words, as far as they are letters and digits.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        let plain = match letter {
            'ä' | 'æ' => "ae",
            'ö' | 'ø' | 'œ' => "oe",
            'ü' => "ue",
            'ß' => "ss",
            'à' | 'á' | 'â' | 'ã' | 'å' => "a",
            'ç' => "c",
            'è' | 'é' | 'ê' | 'ë' => "e",
            'ì' | 'í' | 'î' | 'ï' => "i",
            'ñ' => "n",
            'ò' | 'ó' | 'ô' | 'õ' => "o",
            'ù' | 'ú' | 'û' => "u",
            _ => "",
        };
        match letter {
            'a'..='z' | '0'..='9' => slug.push(letter),
            '\'' | '’' => {}
            _ if !plain.is_empty() => slug.push_str(plain),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    let most = *ID.end();
    if slug.len() > most {
        // A word that is cut is left out, where that leaves enough.
        let end = slug[..=most].rfind('-').filter(|end| *end > most / 2).unwrap_or(most);
        slug.truncate(end);
    }
    slug.trim_matches('-').to_owned()
}

fn rank(name: &str) -> usize {
    ORDER.iter().position(|it| *it == name).unwrap_or(ORDER.len())
}

/// Writes a value on lines of its own; a short table of plain values on one.
fn write(value: &Value, depth: usize, to: &mut String) {
    let line = |to: &mut String, depth: usize| {
        to.push('\n');
        to.push_str(&"  ".repeat(depth));
    };
    match value {
        Value::Object(table) if !table.is_empty() => {
            let mut names: Vec<_> = table.keys().collect();
            names.sort_by_key(|name| rank(name));
            for (at, name) in names.into_iter().enumerate() {
                to.push(if at == 0 { '{' } else { ',' });
                line(to, depth + 1);
                to.push_str(&Value::from(name.as_str()).to_string());
                to.push_str(": ");
                write(&table[name], depth + 1, to);
            }
            line(to, depth);
            to.push('}');
        }
        Value::Array(list) if !list.is_empty() => {
            for (at, value) in list.iter().enumerate() {
                to.push(if at == 0 { '[' } else { ',' });
                line(to, depth + 1);
                write(value, depth + 1, to);
            }
            line(to, depth);
            to.push(']');
        }
        plain => to.push_str(&plain.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::quiz::own::editor::open::of_text;

    #[test]
    fn ids_are_made_of_what_is_written() {
        for (text, id) in [
            ("Week 3: who waits?", "week-3-who-waits"),
            ("Überlauf à la carte", "ueberlauf-a-la-carte"),
            ("It's 1.5 × as fast!", "its-1-5-as-fast"),
            ("A tenth of a program is serial. How much faster?", "a-tenth-of-a-program-is-serial"),
            ("x".repeat(40).as_str(), "x".repeat(32).as_str()),
            ("并行", ""),
            ("", ""),
        ] {
            assert_eq!(slug(text), id);
        }
        let mut draft = Draft::blank();
        let other = draft.add();
        for key in draft.keys().to_vec() {
            draft.write(&Place::of_question(key, "question"), "Which one?");
        }
        draft.write(&Place::of_quiz("title"), "Week 3");
        let file: Value = serde_json::from_str(&draft.json()).unwrap();
        assert_eq!((&file["id"], &file["version"]), (&json!("week-3"), &json!(1)));
        assert_eq!(
            (&file["questions"][0]["id"], &file["questions"][1]["id"]),
            (&json!("which-one"), &json!("which-one-2"))
        );
        assert_eq!(draft.file_name(), "week-3.json");
        let alone: Value = serde_json::from_str(&draft.alone(other).json()).unwrap();
        assert_eq!(
            (alone["questions"].as_array().map(Vec::len), &alone["questions"][0]["id"]),
            (Some(1), &json!("which-one-2"))
        );
        // What was saved stays.
        draft.complete();
        draft.write(&Place::of_quiz("title"), "Week 4");
        assert_eq!(draft.file_name(), "week-3.json");
    }

    #[test]
    fn numbers_are_numbers_once_they_are_whole() {
        let draft = |share: Value| {
            let file =
                json!({ "questions": [{ "run": { "kind": "reckon", "serial_share": share, "workers": "16" } }] });
            let file: Value = serde_json::from_str(&of_text(&file.to_string(), "").unwrap().json()).unwrap();
            assert_eq!(file["questions"][0]["run"]["workers"], json!(16));
            file["questions"][0]["run"]["serial_share"].clone()
        };
        for (written, number) in [
            ("0.", json!(0)),
            ("0.5", json!(0.5)),
            (",25", json!(0.25)),
            ("a tenth", json!("a tenth")),
            ("", json!("")),
        ] {
            assert_eq!(draft(json!(written)), number, "{written}");
        }
    }

    #[test]
    fn fields_stand_as_people_read_them() {
        let draft =
            of_text(r#"{"zeta": [], "questions": [{"key": "a", "question": "b"}], "title": "t", "id": "i"}"#, "")
                .unwrap();
        let expected = "{\n  \"version\": 1,\n  \"id\": \"i\",\n  \"title\": \"t\",\n  \"questions\": [\n    {\n      \"id\": \"b\",\n      \
                        \"question\": \"b\",\n      \"key\": \"a\"\n    }\n  ],\n  \"zeta\": []\n}\n";
        assert_eq!(draft.json(), expected);
    }
}
