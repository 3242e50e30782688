//! Into which parts the page's program comes, and what they may weigh.
//!
//! | part | what is in it |
//! |---|---|
//! | `first` | what the first view needs: the question |
//! | `shared` | what the page needs later, whatever it shows |
//! | one for each way | what nothing but that way leads to: to a lab, words included, or to what is fetched when it is asked for |
//! | one for several ways | what these share, where that is much |
//!
//! `xtask/bindgen/src/split` takes them apart; `src/page/rest.rs` and `www/boot.js`
//! bring them together again.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::bindgen::Way;
use crate::site::{read, read_text};
use crate::{gzip, page, project};

/// What may travel, compressed, until the question is there and can be answered.
pub const FIRST_LOAD_LIMIT: u64 = 250_000;

/// And until a lab is there, and can be set and run, without Python.
const LAB_LOAD_LIMIT: u64 = 400_000;
/// And until the race is, which the question is about.
const RACE_LOAD_LIMIT: u64 = 430_000;
/// What a lab's own part may weigh, compressed.
const LAB_PART_LIMIT: u64 = 60_000;

const RACE: &str = "race";
/// The way to all labs of scripts: what they share is no lab's own.
const SCRIPTS: &str = "script";

/// What may travel, compressed, until a lab is there, and can be set and run, without
/// Python; by its way.
#[must_use]
pub fn load_limit(way: &str) -> u64 {
    if way == RACE { RACE_LOAD_LIMIT } else { LAB_LOAD_LIMIT }
}

/// What a part may weigh, compressed, where it is one lab's own.
#[must_use]
pub fn part_limit(part: &str) -> Option<u64> {
    let on_demand = ON_DEMAND.map(|(name, _)| name);
    let not_own = ["first", "shared", SCRIPTS].into_iter().chain(on_demand);
    let is_own = !part.contains(TOGETHER) && !part.ends_with(OF_LAB) && not_own.into_iter().all(|it| it != part);
    is_own.then_some(LAB_PART_LIMIT)
}

/// In the page: the first part's file, and the others', each with the numbers of the
/// ways it is for.
const FACTS: [&str; 2] = ["ui-wasm", "ui-parts"];

/// By which functions the first view leads on to what the page needs later, paths as
/// they stand in a symbol. What is missing here only comes too early.
const REST_GATES: [&str; 1] = ["parallel_lab::page::contract::forward::begin*"];

/// What is not a lab, and is fetched by those who need it (`src/page/rest.rs`): its name and gates.
const ON_DEMAND: [(&str, &[&str]); 8] = [
    // The page answers for workers that can't be started.
    ("alone", &["parallel_lab::pool::page_service*"]),
    ("backdrop", &["parallel_lab::lab::race::attractor::page::backdrop::follow"]),
    // Comes when somebody writes questions of their own.
    ("editor", &["*::editing"]),
    ("embed", &["parallel_lab::view::embed::view::dialog"]),
    // Comes once a lab stands that runs experiments; also what a finished one changes.
    (
        "engines",
        &["<parallel_lab::pool::Runner>::begin", "parallel_lab::pool::Runner>::load_ahead*", "*::when_finished"],
    ),
    // Comes when somebody opens questions of their own.
    ("own", &["*::gate"]),
    // Comes with Python.
    ("python", &["parallel_lab::pool::python*", "parallel_lab::lab::script::control::hear"]),
    // Comes when a lab stands, before anything has run, with what the lab itself has of that name.
    (
        "results",
        // A function of this name in any module, or any function of such a module.
        &["*::when_run"],
    ),
];

/// Behind a lab's name: the way to what the lab alone shows of a run.
const OF_LAB: &str = "-results";

/// What few people open: nobody else loads anything for it.
const LATE: [&str; 1] = ["editor"];

/// What comes when another way's parts are here already, though no function of theirs
/// leads to it: the race's question has its backdrop drawn once the race is here.
const AFTER: [(&str, &str); 1] = [("backdrop", RACE)];

/// The ways into what the first view does without: to the rest of the page; to each
/// folder below `src/lab`, which is entered by `open` of its view; on demand; and to
/// what only that lab shows of a run.
///
/// # Errors
/// When that folder can't be read.
pub fn ways() -> Result<Vec<Way>> {
    let folder = project::root().join("src/lab");
    let mut modules = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        if !entry.file_type()?.is_dir() {
            continue;
        }
        modules.push(entry.file_name().to_string_lossy().into_owned());
    }
    modules.sort_unstable();
    let way = |name: &str, gates: &[&str]| Way {
        name: name.to_owned(),
        gates: gates.iter().map(|gate| (*gate).to_owned()).collect(),
        is_late: LATE.contains(&name),
        after: AFTER.iter().filter(|(later, _)| *later == name).map(|(_, other)| (*other).to_owned()).collect(),
    };
    let labs = modules.iter().map(|module| {
        let gate = format!("parallel_lab::lab::{module}::view::open");
        way(&way_name(module), &[gate.as_str()])
    });
    let on_demand = ON_DEMAND.iter().map(|(name, gates)| way(name, gates));
    // The last way that a gate fits to is its own.
    let of_labs = modules.iter().map(|module| {
        let gate = format!("parallel_lab::lab::{module}::*::when_run");
        way(&format!("{}{OF_LAB}", way_name(module)), &[gate.as_str()])
    });
    Ok(std::iter::once(way("rest", &REST_GATES)).chain(labs).chain(on_demand).chain(of_labs).collect())
}

/// The way to the lab in this folder.
fn way_name(module: &str) -> String {
    module.replace('_', "-")
}

/// Between the names of ways in a part's name.
const TOGETHER: char = '+';

/// What a part of this name is called in the site, where `hash` is the program's:
/// nothing that a host might take for something else.
#[must_use]
pub fn file_name(program: &str, hash: &str, part: &str) -> String {
    let part = if part == FIRST { "bg" } else { part };
    format!("{program}{hash}_{}.wasm", part.replace(TOGETHER, "."))
}

const FIRST: &str = "first";

/// What a part weighs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Size {
    /// `first`, `shared`, or the names of the ways that it is for.
    pub part: String,
    /// Its size, compressed as hosts do it.
    pub gzip_bytes: u64,
}

impl Size {
    /// The sentence about it, if it is too large.
    #[must_use]
    pub fn complaint(&self) -> Option<String> {
        complaint(&format!("{}'s own part", self.part), self.gzip_bytes, part_limit(&self.part)?)
    }
}

/// The sentence about what is too large, if anything is.
#[must_use]
pub fn complaint(what: &str, gzip_bytes: u64, limit: u64) -> Option<String> {
    (gzip_bytes > limit).then(|| format!("{what} has {gzip_bytes} bytes (gzip) of at most {limit}"))
}

/// What each part of the site in `dist` weighs, the first one first.
///
/// # Errors
/// When a file is missing, or the page names no parts.
pub fn sizes(dist: &Path) -> Result<Vec<Size>> {
    let index = read_text(&dist.join("index.html"))?;
    let mut sizes = Vec::new();
    for fact in FACTS {
        let files = page::fact(&index, fact).with_context(|| format!("index.html has no data-{fact}"))?;
        for file in files.split_whitespace().filter_map(|it| it.split(':').next()) {
            let gzip_bytes = gzip::size(&read(&dist.join(file))?)?;
            sizes.push(Size { part: part_of(file), gzip_bytes });
        }
    }
    Ok(sizes)
}

/// `parallel-lab-<hash>_<part>.wasm` → the part.
fn part_of(file: &str) -> String {
    let stem = file.strip_suffix(".wasm").unwrap_or(file);
    match stem.rsplit_once('_') {
        Some((_, "bg")) | None => FIRST.to_owned(),
        Some((_, part)) => part.replace('.', &TOGETHER.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_name_their_parts() {
        for part in [FIRST, "shared", "game-of-life", "cores+race"] {
            let file = file_name("parallel-lab-", "0123456789abcdef", part);
            assert_eq!(part_of(&file), part);
        }
        assert_eq!(file_name("lab-", "0", FIRST), "lab-0_bg.wasm");
    }

    #[test]
    fn a_labs_own_part_has_a_limit() {
        assert_eq!(part_limit("game-of-life"), Some(60_000));
        assert_eq!(part_limit(RACE), Some(60_000));
        assert!(
            ["first", "shared", SCRIPTS, "cores+race", "python"].into_iter().all(|part| part_limit(part).is_none())
        );
        let size = |gzip_bytes| Size { part: "life".to_owned(), gzip_bytes };
        assert_eq!(size(60_000).complaint(), None);
        let said = size(60_001).complaint().expect("too large");
        assert_eq!(said, "life's own part has 60001 bytes (gzip) of at most 60000");
        assert_eq!((load_limit("life"), load_limit(RACE)), (400_000, 430_000));
    }

    #[test]
    fn the_race_is_a_lab() {
        let ways = ways().expect("ways");
        assert_eq!(ways.first().map(|way| way.name.as_str()), Some("rest"));
        let race = ways.iter().find(|way| way.name == RACE).expect("the race");
        assert_eq!(race.gates[0], "parallel_lab::lab::race::view::open");
        assert!(ways.iter().all(|way| !way.gates.is_empty()), "{ways:?}");
    }
}
