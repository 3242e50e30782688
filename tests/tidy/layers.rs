//! Imports run one way: what is to the left knows nothing of what is to the right.

use std::collections::BTreeSet;

use crate::rust_source::{paths, tokens};
use crate::{assert_exact, labs, texts};

/// From the ground up; those of one step know nothing of each other.
const LAYERS: [&[&str]; 8] =
    [&["model"], &["workload"], &["executor"], &["service"], &["engine", "pool"], &["page"], &["view"], &["lab"]];

/// Beside the layers: the two ends of a worker's wire, and what the wire knows.
const PROTOCOL: &str = "protocol";
const KNOWS_PROTOCOL: [&str; 3] = ["service", "engine", "pool"];
const PROTOCOL_KNOWS: [&str; 2] = ["model", "workload"];

/// The file, and what it should not import.
const KNOWN: &[(&str, &str)] = &[];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|names| names.contains(&module))
}

fn may_import(from: &str, to: &str) -> bool {
    if from == to {
        return true;
    }
    match (from, to) {
        (PROTOCOL, _) => PROTOCOL_KNOWS.contains(&to),
        (_, PROTOCOL) => KNOWS_PROTOCOL.contains(&from),
        _ => layer(to) < layer(from),
    }
}

fn is_module(name: &str) -> bool {
    name == PROTOCOL || layer(name).is_some()
}

/// What a file below `src/` imports that it should not: `pool`, `lab::race`.
fn forbidden(file: &str, source: &str, labs: &[String]) -> BTreeSet<String> {
    let top = file.split(['/', '.']).next().unwrap_or_default();
    let own_lab = file.strip_prefix("lab/").and_then(|rest| Some(rest.split_once('/')?.0));
    let mut forbidden = BTreeSet::new();
    for path in paths(file, &tokens(source)) {
        let Some(to) = path.first().filter(|to| is_module(to)) else { continue };
        let lab = path.get(1).filter(|lab| to == "lab" && labs.contains(lab));
        let is_other_lab = lab.is_some_and(|lab| top == "lab" && file != "lab/mod.rs" && own_lab != Some(lab));
        if !may_import(top, to) || is_other_lab {
            forbidden.insert(lab.map_or_else(|| to.clone(), |lab| format!("lab::{lab}")));
        }
    }
    forbidden
}

#[test]
fn imports_run_one_way() {
    let (labs, files) = (labs(), texts("src", "rs"));
    let mut found = Vec::new();
    for (file, source) in &files {
        let below = file.trim_start_matches("src/");
        // They name the modules, and are none of them.
        if !matches!(below, "lib.rs" | "main.rs") {
            found.extend(forbidden(below, source, &labs).into_iter().map(|import| (file.as_str(), import)));
        }
    }
    let order = LAYERS.map(|names| names.join(", ")).join(" ◀ ");
    let rule = format!("Imports run one way, {order}; no lab imports another; {PROTOCOL} is for {KNOWS_PROTOCOL:?}");
    assert_exact(&rule, found.iter().map(|(file, import)| (*file, import.as_str())), KNOWN);
}

#[test]
fn every_module_has_its_place() {
    for (file, _) in texts("src", "rs") {
        let top = file.split(['/', '.']).nth(1).unwrap_or_default();
        assert!(is_module(top) || matches!(top, "lib" | "main"), "{file} is in none of {LAYERS:?}");
    }
}

#[test]
fn what_is_forbidden_is_seen() {
    let labs = ["race".to_owned(), "python".to_owned()];
    let found = |file: &str, source: &str| forbidden(file, source, &labs).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(found("model/a.rs", "use crate::{BUILD, executor::Step, model::b};"), "executor");
    assert_eq!(found("engine/a.rs", "use crate::pool::b; use crate::protocol::c; use crate::service::d;"), "pool");
    assert_eq!(found("executor/a.rs", "use crate::protocol::c;"), "protocol");
    assert_eq!(found("protocol/a.rs", "use crate::executor::c; use crate::model::d;"), "executor");
    assert_eq!(found("view/a/b.rs", "fn f() { super::super::super::lab::race::g() }"), "lab::race");
    assert_eq!(found("lab/race/a.rs", "use crate::lab::python::b; use super::super::python::c;"), "lab::python");
    assert_eq!(found("lab/race/a.rs", "use crate::lab::race::b; use super::c; use crate::lab::Lab;"), "");
    assert_eq!(found("lab/mod.rs", "use crate::lab::python::b; use self::race::c;"), "");
}
