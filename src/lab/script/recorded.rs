//! Every lab that is data, against the runs that were recorded for it
//! (`labs/<name>/reports/*.json`, the page's own messages): each rule is reached,
//! and each run has exactly one sentence.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::condition::Seen;
use super::field;
use super::lesson::{Beginning, Lesson};
use super::rule::Rule;
use crate::lab::script::settings::MAX_CODE_CHARS;
use crate::lab::scripts;
use crate::model::python::observed::{Compared, Observed};
use crate::view::headline::assert_one_sentence;

/// A `finished` or `stopped` message, as far as rules can see it.
#[derive(Deserialize)]
struct Recorded {
    settings: Settings,
    python: Observed,
    /// Not in the message: what the runs before it made of it.
    #[serde(default)]
    compared: Vec<Compared>,
}

#[derive(Deserialize)]
struct Settings {
    program: String,
    #[serde(default = "on")]
    gil: String,
}

fn on() -> String {
    "on".into()
}

impl Recorded {
    fn seen(&self) -> Seen<'_> {
        let gil = self.settings.gil == "on";
        Seen { program: &self.settings.program, gil, observed: &self.python, compared: &self.compared }
    }

    fn is_of(&self, beginning: &Beginning) -> bool {
        self.settings.program == beginning.program && beginning.gil.is_none_or(|gil| gil == (self.settings.gil == "on"))
    }
}

fn folder(lab: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("labs").join(lab)
}

fn lessons() -> Vec<Lesson> {
    let read = |name: &str| {
        let folder = folder(name);
        let text = fs::read_to_string(folder.join("lab.toml")).unwrap();
        let value: serde_json::Value = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut lesson = Lesson::read_value(value).unwrap_or_else(|error| panic!("{name}: {error}"));
        for program in &mut lesson.programs {
            program.source = fs::read_to_string(folder.join(&program.file)).unwrap();
        }
        lesson
    };
    scripts().iter().map(|it| read(it.lab.name)).collect()
}

fn reports(lab: &str) -> Vec<(String, Recorded)> {
    let Ok(entries) = fs::read_dir(folder(lab).join("reports")) else { return Vec::new() };
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let recorded = serde_json::from_slice(&fs::read(path).unwrap());
        let recorded = recorded.unwrap_or_else(|error| panic!("{lab}/{name}: {error}"));
        (name, recorded)
    };
    entries.map(|entry| read(entry.unwrap().path())).collect()
}

#[test]
fn each_recorded_run_has_exactly_one_sentence() {
    for lesson in lessons() {
        for (name, report) in reports(&lesson.name) {
            let seen = report.seen();
            let about: Vec<&Rule> = lesson.rules.iter().filter(|rule| rule.when.holds(&seen)).collect();
            let names: Vec<_> = about.iter().map(|rule| rule.name.as_str()).collect();
            let is_one = about.len() == 1 || (about.is_empty() && lesson.figures);
            assert!(is_one, "{}/{name} has the rules {names:?}", lesson.name);
            let Some(rule) = about.first() else { continue };
            let told = rule.explain(&seen);
            let told = told.unwrap_or_else(|| panic!("{}/{name} lacks what {} says", lesson.name, rule.name));
            assert!(told.headline.is_some() || lesson.figures, "{}: {} says nothing", lesson.name, rule.name);
            let sentence = told.headline.map(|it| it.to_string()).unwrap_or_default();
            if !sentence.is_empty() {
                assert_one_sentence(&sentence);
            }
            // Behind a colon the next beginning's button follows.
            let is_sentence = |text: &str| text.is_empty() || text.ends_with(['.', '!', '?', ':']);
            for text in [Some(sentence), told.more, told.because, told.next.map(|it| it.words)].iter().flatten() {
                assert!(is_sentence(text) && !text.contains(['{', '}']), "{}/{name}: {text}", lesson.name);
            }
        }
    }
}

#[test]
fn each_rule_is_reached_by_a_recorded_run() {
    for lesson in lessons() {
        let reports = reports(&lesson.name);
        for rule in &lesson.rules {
            let is_reached = reports.iter().any(|(_, report)| rule.when.holds(&report.seen()));
            assert!(is_reached, "{}: no recorded run reaches {:?}", lesson.name, rule.name);
        }
    }
}

/// Whatever is filled in: a figure has at most two words, its number and its unit.
#[test]
fn headlines_of_rules_stay_short_with_large_figures() {
    for lesson in lessons() {
        for say in lesson.rules.iter().filter_map(|rule| rule.say.as_deref()) {
            let filled = say.split('{').map(|part| match part.split_once('}') {
                Some((_, words)) => format!("1,000,000 ms{words}"),
                None => part.to_owned(),
            });
            assert_one_sentence(&filled.collect::<String>());
        }
    }
}

/// What is recorded is a sample; this holds of all runs that there can be.
#[test]
fn no_run_can_meet_two_rules() {
    for lesson in lessons() {
        for (index, one) in lesson.rules.iter().enumerate() {
            for other in &lesson.rules[index + 1..] {
                assert!(
                    one.when.excludes(&other.when),
                    "{}: {:?} and {:?} can be of one run",
                    lesson.name,
                    one.name,
                    other.name
                );
            }
        }
    }
}

#[test]
fn the_key_of_each_beginning_is_what_its_recorded_runs_show() {
    for lesson in lessons() {
        let reports = reports(&lesson.name);
        for beginning in &lesson.beginnings {
            assert!(lesson.programs.iter().any(|it| it.name == beginning.program), "{}", beginning.name);
            let Some(key) = &beginning.key else { continue };
            let shown: BTreeSet<_> = reports
                .iter()
                .filter(|(_, report)| report.is_of(beginning))
                .filter_map(|(_, report)| lesson.explain(&report.seen())?.shows)
                .collect();
            assert_eq!(shown, BTreeSet::from([key.clone()]), "{}/{}", lesson.name, beginning.name);
        }
    }
}

#[test]
fn what_labs_name_is_there() {
    for (lesson, known) in lessons().iter().zip(scripts()) {
        assert_eq!((lesson.name.as_str(), lesson.title.as_str()), (known.lab.name, known.lab.title));
        assert_eq!(lesson.program("").unwrap().name, known.program("").name);
        if let Some(serial) = &lesson.serial {
            assert!(lesson.programs.iter().any(|it| it.name == *serial), "{serial}");
        }
        let options: Vec<_> = lesson.prediction.iter().flat_map(|it| &it.options).collect();
        assert!(options.is_empty() || (2..=5).contains(&options.len()), "{}: {} options", lesson.name, options.len());
        let has_option = |id: &String| options.iter().any(|it| it.id == *id);
        assert!(lesson.beginnings.iter().filter_map(|it| it.key.as_ref()).all(has_option), "{}", lesson.name);
        assert!(lesson.rules.iter().filter_map(|it| it.shows.as_ref()).all(has_option), "{}", lesson.name);
        for rule in &lesson.rules {
            assert_eq!(rule.slide.is_some(), rule.because.is_some(), "{}: a slide needs its reason", rule.name);
            let is_there = |id: &String| lesson.slides.iter().any(|it| it.id == *id);
            assert!(rule.slide.as_ref().is_none_or(is_there), "{}: {:?}", rule.name, rule.slide);
        }
        let next = lesson.rules.iter().filter_map(|it| it.next.as_ref()?.beginning.as_deref());
        for beginning in next {
            assert!(lesson.beginning(beginning).is_some(), "{}: {beginning}", lesson.name);
        }
    }
}

/// The browser keeps what became of a program by its name.
#[test]
fn no_two_programs_have_one_name() {
    let names: Vec<_> = lessons().into_iter().flat_map(|it| it.programs).map(|it| it.name).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
}

#[test]
fn every_program_fits_the_editor_and_a_link() {
    for lesson in lessons() {
        for program in &lesson.programs {
            let (name, source) = (&program.name, &program.source);
            assert!(source.lines().count() <= 52, "{name}: {} lines", source.lines().count());
            assert!(source.lines().all(|line| line.contains("#@param") || line.chars().count() <= 80), "{name}");
            assert!(source.ends_with('\n') && source.chars().count() < MAX_CODE_CHARS, "{name}");
            let (fields, malformed) = field::fields(source);
            assert_eq!(malformed, [], "{name}");
            assert!(fields.iter().all(|it| it.problem().is_none()), "{name}");
        }
    }
}
