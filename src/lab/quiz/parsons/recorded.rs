//! Every arrangement that a problem speaks of was run (`labs/quiz/parsons/reports/`), and came out
//! as it says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::arrangement::Arrangement;
use super::judgement::known;
use super::problem::Problem;
use crate::lab::quiz::LAB;
use crate::lab::quiz::settings::SETS;
use crate::lab::script::condition::{Seen, When};
use crate::lab::script::data::Read;
use crate::model::python::observed::Observed;

/// Characters of the longest line that fits beside the others.
const WIDTH: usize = 80;

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
    /// What was run: its name, its lines, what must hold of it, and whether that is right.
    fn arrangements(&self) -> Vec<(String, Arrangement, &When, bool)> {
        let of = |lines: &[String]| Arrangement::of_text(&lines.join(" "));
        let mut all = vec![("solution".to_owned(), self.solution(), &self.right, true)];
        let also = self.also.iter().zip(1..);
        all.extend(also.map(|(it, number)| (format!("also-{number}"), of(&it.lines), &self.right, true)));
        all.extend(self.distractors.iter().map(|it| (it.id.clone(), self.with(it), &it.when, false)));
        all.extend(self.mistakes.iter().map(|it| (it.id.clone(), of(&it.lines), &it.when, false)));
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
        assert!(SETS.iter().any(|(listed, sets)| *listed == *id && *sets == it.sets), "{id} is not in the list");
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
                let read = Arrangement::of_text(line);
                let is_line = read.at(0).is_some_and(|id| it.text(id).is_some());
                assert!(is_line && read.text() == *line, "{}: {line}", it.id);
            }
        }
    }
}

/// And no other run stands there.
#[test]
fn each_report_is_of_an_arrangement_that_is_spoken_of() {
    let named = |it: &Problem| {
        let names = it.arrangements().into_iter().map(|(name, ..)| name);
        names.map(|name| format!("{}-{name}.json", it.id)).collect::<Vec<_>>()
    };
    let named: BTreeSet<_> = problems().iter().flat_map(named).collect();
    let reports = fs::read_dir(folder().join("reports")).unwrap();
    let there: BTreeSet<_> = reports.map(|it| it.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(there, named);
}

#[test]
fn each_arrangement_was_run_and_comes_out_as_said() {
    for it in problems() {
        for (name, lines, when, is_right) in it.arrangements() {
            assert_eq!(known(&it, &lines).is_right(), Some(is_right), "{}, {name}", it.id);
            let observed = it.recorded(&name);
            let seen = Seen { program: "", gil: true, observed: &observed, compared: &[] };
            assert!(when.holds(&seen), "{}, {name}: {observed:?}", it.id);
            assert_eq!(it.right.holds(&seen), is_right, "{}, {name}: {observed:?}", it.id);
        }
    }
}
