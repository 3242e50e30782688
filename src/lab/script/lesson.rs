//! A lab that is data: what `labs/<name>/lab.toml` holds, and beside it its
//! scripts and its text.

use super::data::{Read, read};
use super::rule::Rule;

/// A lab that is scripts with words around them.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// As in the URL.
    pub name: String,
    /// What people read.
    pub title: String,
    /// Where in the course it stands.
    pub chapter: String,
    /// What a frame around it is called, for people who can't see it.
    pub frame_title: String,
    /// How long it takes, about.
    pub minutes: u32,
    /// In one line; stands over the lab until there is a sentence to say.
    pub question: String,
    /// The lecture's claims that it shows, by their numbers.
    pub claims: Vec<u32>,
    /// The program that it opens with; the first, where nothing is said.
    pub default: Option<String>,
    /// Runs that no rule is about are told by their figures alone.
    pub figures: bool,
    /// The program that others are compared with.
    pub serial: Option<String>,
    /// Its scripts.
    pub programs: Vec<Program>,
    /// Settings to begin with.
    pub beginnings: Vec<Beginning>,
    /// What is asked before a run.
    pub prediction: Option<Question>,
    /// What is said of which run: each is about other runs than all the rest.
    pub rules: Vec<Rule>,
    /// What the lecture says.
    pub slides: Vec<Slide>,
    /// What stands beside the script: HTML, made by the build of `text.md`.
    pub text: String,
}

/// A script to begin with.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    /// As in the URL.
    pub name: String,
    /// What people read.
    pub title: String,
    /// Its file's name, which tracebacks have too.
    pub file: String,
    /// Its text, which the build puts here.
    pub source: String,
}

/// Settings to begin with, by one press.
#[derive(Clone, Debug, PartialEq)]
pub struct Beginning {
    /// Within this lab.
    pub name: String,
    /// On its button.
    pub title: String,
    /// Which script.
    pub program: String,
    /// Whether threads take turns; else as the page has it.
    pub gil: Option<bool>,
    /// The switch interval, ms; else as the page has it.
    pub switch_ms: Option<f64>,
    /// What `os.cpu_count()` says; else as the page has it.
    pub workers: Option<u32>,
    /// What to look at: a sentence.
    pub words: String,
    /// The option that will turn out right: its id.
    pub key: Option<String>,
}

/// What is asked before a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// A short question.
    pub question: String,
    /// 2 to 5.
    pub options: Vec<Answer>,
}

/// One of its answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// For keys and rules.
    pub id: String,
    /// What people read.
    pub label: String,
    /// What whoever picks it takes for true, where something else happens: a sentence.
    pub feedback: String,
}

/// What the lecture's slide says; what happened here is said by rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Slide {
    /// For rules.
    pub id: String,
    /// In our words.
    pub says: String,
    /// What stays true of it.
    pub still_true: String,
}

read!(Lesson {
    name, title, chapter, frame_title, minutes, question, programs in "program";
    claims, default, figures, serial, beginnings in "beginning", prediction, rules in "rule", slides in "slide", text,
});
read!(Program { name, title, file; source });
read!(Beginning { name, title, program; gil, switch_ms, workers, words, key });
read!(Question { question, options in "option"; });
read!(Answer { id, label, feedback; });
read!(Slide { id, says, still_true; });

impl Lesson {
    /// Reads what the build has made of a lab's folder.
    ///
    /// # Errors
    /// What is wrong with it: a clause.
    pub fn read(json: &[u8]) -> Result<Self, String> {
        let read = || {
            let text = std::str::from_utf8(json).map_err(|error| error.to_string())?;
            Self::read_value(serde_json::from_str(text).map_err(|error| error.to_string())?)
        };
        read().map_err(|error| format!("the lab's words can't be read: {error}"))
    }

    /// The same, of JSON values.
    ///
    /// # Errors
    /// As [`Lesson::read`].
    pub fn read_value(value: serde_json::Value) -> Result<Self, String> {
        <Self as Read>::read(value)
    }

    /// The program of that name, or else the one that the lab opens with.
    #[must_use]
    pub fn program(&self, name: &str) -> Option<&Program> {
        let named = |wanted: &str| self.programs.iter().find(|it| it.name == wanted);
        named(name).or_else(|| named(self.default.as_deref()?)).or(self.programs.first())
    }

    /// The title of a prediction's option.
    #[must_use]
    pub fn answer(&self, id: &str) -> Option<&Answer> {
        self.prediction.as_ref()?.options.iter().find(|it| it.id == id)
    }

    /// The beginning of that name.
    #[must_use]
    pub fn beginning(&self, name: &str) -> Option<&Beginning> {
        self.beginnings.iter().find(|it| it.name == name)
    }

    /// After a run that showed the option `shown`: what is said of what was `expected`.
    #[must_use]
    pub fn feedback(&self, expected: &str, shown: &str) -> Option<String> {
        let (expected, shown) = (self.answer(expected)?, self.answer(shown)?);
        Some(if expected == shown {
            format!("You expected \u{201c}{}\u{201d}: so it was.", expected.label)
        } else {
            format!(
                "You expected \u{201c}{}\u{201d}; it was \u{201c}{}\u{201d}. {}",
                expected.label, shown.label, expected.feedback
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAB: &str = r#"{
        "name": "demo", "title": "Demo", "chapter": "pools", "frame_title": "A demo", "minutes": 5, "question": "What happens?",
        "program": [{ "name": "a", "title": "A", "file": "a.py" }, { "name": "b", "title": "B", "file": "b.py" }],
        "default": "b",
        "prediction": { "question": "Which?", "option": [
            { "id": "ends", "label": "It ends", "feedback": "Nothing ends it." },
            { "id": "goes-on", "label": "It goes on", "feedback": "It came to its end." }
        ] }
    }"#;

    #[test]
    fn a_lab_opens_with_the_program_that_it_names() {
        let lesson = Lesson::read(LAB.as_bytes()).unwrap();
        assert_eq!(lesson.program("a").unwrap().title, "A");
        assert_eq!(lesson.program("of another lab").unwrap().title, "B");
        assert!(Lesson::read(LAB.replace("\"default\"", "\"deflaut\"").as_bytes()).unwrap_err().contains("deflaut"));
    }

    #[test]
    fn what_was_expected_is_set_beside_what_happened() {
        let lesson = Lesson::read(LAB.as_bytes()).unwrap();
        let wrong = lesson.feedback("ends", "goes-on").unwrap();
        assert_eq!(wrong, "You expected “It ends”; it was “It goes on”. Nothing ends it.");
        assert_eq!(lesson.feedback("ends", "ends").unwrap(), "You expected “It ends”: so it was.");
        assert_eq!(lesson.feedback("ends", "other"), None);
    }
}
