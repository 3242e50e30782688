//! Every question against the runs that were recorded of it (`labs/quiz/reports/<id>-*.json`,
//! the page's own messages): each rule is reached, and none is in another's way.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::LAB;
use super::item::{Contender, Item, Kind, Run, read_pack};
use super::settings::{LINES, SETS};
use super::standing::{self, Machine};
use super::verdict::{self, Agreement};
use crate::lab::script::condition::Seen;
use crate::lab::script::field;
use crate::lab::script::rule::Rule;
use crate::model::python::Status;
use crate::model::python::observed::Observed;

/// A `finished` message, as far as questions can see it.
#[derive(Deserialize)]
struct Recorded {
    quiz: Told,
    /// Where it is told: on what machine.
    #[serde(default = "four")]
    cores: u32,
    #[serde(default = "yes")]
    threads: bool,
    #[serde(default = "tenth")]
    clock_resolution_ms: f64,
}

#[derive(Deserialize)]
struct Told {
    item: String,
    #[serde(default)]
    variant: bool,
    #[serde(default)]
    compiled: bool,
    run: Observed,
}

fn four() -> u32 {
    4
}

fn yes() -> bool {
    true
}

fn tenth() -> f64 {
    0.1
}

impl Recorded {
    fn machine(&self) -> Machine {
        Machine { cores: self.cores, shares_memory: self.threads, clock_ms: self.clock_resolution_ms }
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("labs").join(LAB.name)
}

fn items() -> Vec<Item> {
    let read = |path: PathBuf| {
        let value: serde_json::Value = toml::from_str(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let pack = serde_json::Value::from(vec![value]).to_string();
        read_pack(pack.as_bytes()).unwrap_or_else(|error| panic!("{}: {error}", path.display())).remove(0)
    };
    let files = fs::read_dir(folder().join("items")).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|it| it == "toml")).map(read).collect()
}

fn source(run: &Run) -> String {
    let path = folder().join("items").join(&run.script);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn reports() -> Vec<(String, Recorded)> {
    let Ok(entries) = fs::read_dir(folder().join("reports")) else { return Vec::new() };
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let recorded = serde_json::from_slice(&fs::read(path).unwrap());
        (name.clone(), recorded.unwrap_or_else(|error| panic!("{name}: {error}")))
    };
    entries.map(|entry| read(entry.unwrap().path())).collect()
}

/// What is run for a question, with what is said of it: itself, and the same compiled.
fn parts(item: &Item) -> Vec<(bool, &Run, &[Contender], &[Rule])> {
    let own = (false, &item.run, item.contenders.as_slice(), item.rules.as_slice());
    let compiled = item.compiled.as_ref().map(|it| (true, &it.run, it.contenders.as_slice(), it.rules.as_slice()));
    std::iter::once(own).chain(compiled).collect()
}

fn met<'a>(rules: &'a [Rule], contenders: &[Contender], gil: bool, report: &Recorded) -> Vec<&'a str> {
    let observed = verdict::with_machine(report.quiz.run.clone(), &report.machine());
    let compared = standing::compared(&standing::ways(contenders, &observed), &report.machine());
    let seen = Seen { program: "", gil, observed: &observed, compared: &compared };
    rules.iter().filter(|rule| rule.when.holds(&seen)).map(|rule| rule.name.as_str()).collect()
}

#[test]
fn each_question_is_whole() {
    let items = items();
    for item in &items {
        let id = &item.id;
        assert!(item.question.ends_with('?'), "{id}: {}", item.question);
        assert!((2..=5).contains(&item.options.len()), "{id}: {} options", item.options.len());
        let ids: BTreeSet<_> = item.options.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids.len(), item.options.len(), "{id}: an option is there twice");
        for text in item.options.iter().flat_map(|it| [&it.label, &it.feedback]).chain([
            &item.reason,
            &item.hint,
            &item.context,
        ]) {
            assert!(!text.trim().is_empty(), "{id}: a text is empty");
        }
        let keys = std::iter::once(&item.key).chain(item.variant.as_ref().and_then(|it| it.key.as_ref()));
        for key in keys.chain(item.rules.iter().filter_map(|it| it.shows.as_ref())) {
            assert!(ids.contains(key.as_str()), "{id}: there is no option {key}");
        }
        assert!(item.sets.iter().all(|it| ["lecture", "more"].contains(&it.as_str())), "{id}: {:?}", item.sets);
        let usual = item.compiled.as_ref().and_then(|it| it.rules.first()?.more.as_deref()).unwrap_or_default();
        assert!(!usual.contains('{'), "{id}: it is said of other runs, too: {usual}");
        let is_listed = SETS.iter().any(|it| it.0 == *id);
        assert!(is_listed || item.needs.is_some(), "{id} is not in the list");
    }
    let of_questions = SETS.iter().filter(|(_, sets)| !sets.contains(&LINES));
    assert!(of_questions.into_iter().all(|(id, _)| items.iter().any(|it| it.id == *id)));
}

#[test]
fn what_is_run_is_there_and_compares() {
    for item in items() {
        for (is_compiled, run, contenders, rules) in parts(&item) {
            let what = format!("{}{}", item.id, if is_compiled { ", compiled" } else { "" });
            assert!(contenders.len() >= 2, "{what}: {} contenders", contenders.len());
            let times = contenders.iter().filter(|it| it.told.ends_with("_ms")).count();
            assert!(times == 0 || times == contenders.len(), "{what}: figures of two units");
            assert!(!rules.is_empty(), "{what} has no rules");
            match run.kind {
                Kind::Python => {
                    let source = source(run);
                    let (_, malformed) = field::fields(&source);
                    assert_eq!(malformed, [], "{what}");
                    let says = |it: &Contender| source.contains(&format!("\"{}\"", it.told));
                    assert!(contenders.iter().all(says), "{what}: a figure is never told");
                }
                Kind::Fft => {
                    let is_sound = run.signals > 0 && run.points.is_power_of_two() && run.points <= 65_536;
                    assert!(is_sound && ["parent", "worker"].contains(&run.data.as_str()), "{what}: {run:?}");
                }
                Kind::Lorenz => assert!(run.members > 0 && run.steps > 0, "{what}: {run:?}"),
                Kind::Files => {
                    let is_known = ["csv", "netcdf", "json"].contains(&run.data.as_str());
                    assert!(is_known && (0.0..=1000.0).contains(&run.latency), "{what}: {run:?}");
                }
                Kind::Reckon => assert!(run.workers > 0, "{what}: {run:?}"),
                Kind::Nothing => panic!("{what}: of our own questions, each is run"),
            }
        }
    }
}

#[test]
fn a_variant_is_another_question() {
    for item in items() {
        let Some((varied, variant)) = item.varied().zip(item.variant.as_ref()) else { continue };
        let id = &item.id;
        assert!(varied.question.ends_with('?'), "{id}: {}", varied.question);
        assert!(variant.set.iter().next().is_some(), "{id}: its variant changes nothing");
        if item.run.kind == Kind::Python {
            let before = source(&item.run);
            let fields = field::fields(&before).0;
            for (name, _) in variant.set.iter() {
                assert!(fields.iter().any(|it| it.name == *name), "{id}: {name} is no field of the script");
            }
            assert_ne!(item.script(&before, true), before, "{id}: the script stays the same");
        } else {
            assert_ne!(varied.run, item.run, "{id}: the run stays the same");
        }
    }
}

#[test]
fn no_run_can_meet_two_rules() {
    for item in items() {
        for (_, _, _, rules) in parts(&item) {
            for (at, one) in rules.iter().enumerate() {
                for other in &rules[at + 1..] {
                    assert!(one.when.excludes(&other.when), "{}: {:?} and {:?}", item.id, one.name, other.name);
                }
            }
        }
    }
}

#[test]
fn each_rule_is_reached_and_each_recorded_run_has_one() {
    let (items, reports) = (items(), reports());
    let mut reached = BTreeSet::new();
    for (name, report) in &reports {
        let told = &report.quiz;
        let item = items.iter().find(|it| it.id == told.item).unwrap_or_else(|| panic!("{name} is of {:?}", told.item));
        let item = if told.variant { item.varied().unwrap() } else { item.clone() };
        let parts = parts(&item);
        let (is_compiled, run, contenders, rules) = parts.iter().find(|it| it.0 == told.compiled).unwrap();
        let met = met(rules, contenders, run.gil.unwrap_or(true), report);
        assert_eq!(met.len(), 1, "{name} has the rules {met:?}");
        let machine = report.machine();
        let observed = verdict::with_machine(told.run.clone(), &machine);
        let said = verdict::explained(rules, contenders, run.gil.unwrap_or(true), &observed, &machine);
        let said = said.unwrap_or_else(|| panic!("{name} lacks what {met:?} says"));
        let words =
            format!("{} {}", said.headline.map(|it| it.to_string()).unwrap_or_default(), said.more.unwrap_or_default());
        assert!(words.trim().len() > 5 && !words.contains(['{', '}']), "{name}: {words:?}");
        if !is_compiled {
            let verdict = verdict::when_run(&item, &observed, &machine);
            assert!(
                verdict.agreement != Agreement::Differs || !verdict.more.is_empty(),
                "{name} does not say why it differs"
            );
        }
        reached.insert((told.item.clone(), told.compiled, met[0].to_owned()));
    }
    for item in &items {
        for (is_compiled, _, _, rules) in parts(item) {
            for rule in rules {
                let is_reached = reached.contains(&(item.id.clone(), is_compiled, rule.name.clone()));
                assert!(is_reached, "{}: no recorded run reaches {:?}", item.id, rule.name);
            }
        }
    }
}

/// What a script tells, by name.
fn names(source: &str) -> BTreeSet<&str> {
    source.split("tell(\"").skip(1).filter_map(|it| it.split_once('"')).map(|it| it.0).collect()
}

/// Reports are of today's scripts: a run that came to its end told all that the script tells, and no run more.
#[test]
fn each_report_is_of_the_script_as_it_is() {
    let items = items();
    for (name, report) in reports() {
        let told = &report.quiz;
        let item = items.iter().find(|it| it.id == told.item).unwrap_or_else(|| panic!("{name} is of {:?}", told.item));
        let parts = parts(item);
        let (_, run, ..) = parts.iter().find(|it| it.0 == told.compiled).unwrap();
        if run.kind != Kind::Python {
            continue;
        }
        let source = source(run);
        let (tells, told) = (names(&source), told.run.told.iter().map(|it| it.0.as_str()).collect::<BTreeSet<_>>());
        let has_ended = report.quiz.run.status == Status::Ok;
        let lacks: Vec<_> = tells.difference(&told).filter(|_| has_ended).collect();
        let others: Vec<_> = told.difference(&tells).collect();
        assert!(lacks.is_empty() && others.is_empty(), "{name} lacks {lacks:?}, and has {others:?}");
    }
}

/// The usual machine bears the key out: that is what makes it the key.
#[test]
fn each_key_is_what_a_recorded_run_shows() {
    let reports = reports();
    for item in items() {
        let is_borne_out = |is_variant: bool| {
            let asked = if is_variant { item.varied() } else { Some(item.clone()) };
            let Some(asked) = asked else { return true };
            reports
                .iter()
                .filter(|(_, it)| it.quiz.item == item.id && it.quiz.variant == is_variant && !it.quiz.compiled)
                .any(|(_, it)| {
                    let observed = verdict::with_machine(it.quiz.run.clone(), &it.machine());
                    verdict::when_run(&asked, &observed, &it.machine()).agreement == Agreement::Agrees
                })
        };
        assert!(is_borne_out(false), "{}: no recorded run shows {:?}", item.id, item.key);
        assert!(is_borne_out(true), "{}: no recorded run of the variant shows its key", item.id);
    }
}
