//! Lines to put in order (`labs/quiz/parsons/<id>.toml`, `docs/quiz.md`): every arrangement
//! that such a problem speaks of was run, and came out as it says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::LAB;
use crate::lab::script::condition::{Seen, When};
use crate::lab::script::data::{Read, read};
use crate::model::python::observed::Observed;

/// Characters of the longest line that fits beside the others.
const WIDTH: usize = 80;

#[derive(Debug, Default)]
struct Problem {
    id: String,
    title: String,
    claims: Vec<u32>,
    question: String,
    context: String,
    hint: String,
    reason: String,
    before: String,
    after: String,
    right: When,
    lines: Vec<Line>,
    distractors: Vec<Distractor>,
    also: Vec<Also>,
    mistakes: Vec<Mistake>,
}

#[derive(Debug, Default)]
struct Line {
    id: String,
    text: String,
    indent: u32,
}

#[derive(Debug, Default)]
struct Distractor {
    id: String,
    text: String,
    instead_of: String,
    feedback: String,
    when: When,
}

#[derive(Debug, Default)]
struct Also {
    lines: Vec<String>,
    say: String,
}

#[derive(Debug, Default)]
struct Mistake {
    id: String,
    lines: Vec<String>,
    feedback: String,
    when: When,
}

read!(Problem {
    id, title, claims, question, context, hint, reason, before, right, lines in "line", distractors in "distractor";
    after, also, mistakes in "mistake",
});
read!(Line { id, text, indent; });
read!(Distractor { id, text, instead_of, feedback, when; });
read!(Also { lines, say; });
read!(Mistake { id, lines, feedback, when; });

#[derive(Deserialize)]
struct Recorded {
    python: Observed,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("labs").join(LAB.name).join("parsons")
}

fn problems() -> Vec<Problem> {
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: PathBuf| {
        let value: serde_json::Value = toml::from_str(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let problem = Problem::read(value).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(path.ends_with(format!("{}.toml", problem.id)), "{} is of {}", path.display(), problem.id);
        problem
    };
    files.filter(|path| path.extension().is_some_and(|it| it == "toml")).map(read).collect()
}

impl Problem {
    fn is_line(&self, id: &str) -> bool {
        self.lines.iter().any(|it| it.id == id) || self.distractors.iter().any(|it| it.id == id)
    }

    /// What was run: its name, what must hold of it, and whether that is right.
    fn arrangements(&self) -> Vec<(String, &When, bool)> {
        let mut all = vec![("solution".to_owned(), &self.right, true)];
        all.extend((1..=self.also.len()).map(|number| (format!("also-{number}"), &self.right, true)));
        all.extend(self.distractors.iter().map(|it| (it.id.clone(), &it.when, false)));
        all.extend(self.mistakes.iter().map(|it| (it.id.clone(), &it.when, false)));
        all
    }

    fn recorded(&self, arrangement: &str) -> Observed {
        let path = folder().join("reports").join(format!("{}-{arrangement}.json", self.id));
        let json = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        serde_json::from_slice::<Recorded>(&json).unwrap_or_else(|error| panic!("{}: {error}", path.display())).python
    }
}

#[test]
fn each_problem_is_whole() {
    let problems = problems();
    assert_eq!(problems.len(), 4);
    for it in &problems {
        let id = &it.id;
        assert!(it.question.ends_with('?') && !it.claims.is_empty(), "{id}: {}", it.question);
        let texts = [&it.title, &it.context, &it.hint, &it.reason, &it.before];
        let feedback = it.distractors.iter().map(|it| &it.feedback).chain(it.mistakes.iter().map(|it| &it.feedback));
        let all = texts.into_iter().chain(feedback).chain(it.also.iter().map(|it| &it.say));
        assert!(all.into_iter().all(|text| !text.trim().is_empty()), "{id}: a text is empty");
        let names = it.arrangements();
        assert_eq!(
            names.iter().map(|it| &it.0).collect::<BTreeSet<_>>().len(),
            names.len(),
            "{id}: a name is there twice"
        );
        for line in it.before.lines().chain(it.after.lines()) {
            assert!(line.chars().count() <= WIDTH, "{id}: {line}");
        }
        let own = it.lines.iter().map(|it| (&it.text, it.indent));
        for (text, indent) in own.chain(it.distractors.iter().map(|it| (&it.text, 2))) {
            assert!(4 * indent as usize + text.chars().count() <= WIDTH, "{id}: {text}");
        }
    }
}

#[test]
fn arrangements_are_of_lines_that_are_there() {
    for it in problems() {
        for other in &it.distractors {
            assert!(it.lines.iter().any(|line| line.id == other.instead_of), "{}: {}", it.id, other.instead_of);
        }
        for lines in it.also.iter().map(|it| &it.lines).chain(it.mistakes.iter().map(|it| &it.lines)) {
            for line in lines {
                let (id, indent) = line.rsplit_once(':').unwrap_or_else(|| panic!("{}: {line}", it.id));
                assert!(it.is_line(id) && indent.parse::<u32>().is_ok(), "{}: {line}", it.id);
            }
        }
    }
}

#[test]
fn each_arrangement_was_run_and_comes_out_as_said() {
    for it in problems() {
        for (name, when, is_right) in it.arrangements() {
            let observed = it.recorded(&name);
            let seen = Seen { program: "", gil: true, observed: &observed, compared: &[] };
            assert!(when.holds(&seen), "{}, {name}: {observed:?}", it.id);
            assert_eq!(it.right.holds(&seen), is_right, "{}, {name}: {observed:?}", it.id);
        }
    }
}
