//! Into which parts the page's program comes, and what they may weigh.
//!
//! | part | what is in it |
//! |---|---|
//! | `first` | what the first view needs: the question |
//! | `shared` | what several labs need, or what the page needs later |
//! | one for each lab | what nothing but the lab's own functions leads to, words included |
//!
//! `xtask/bindgen/src/split` takes them apart; `src/page/rest.rs` and `www/boot.js`
//! bring them together again.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::bindgen::Later;
use crate::site::{read, read_text};
use crate::{page, project};

/// What may travel, compressed, until the question is there and can be answered.
pub const FIRST_LOAD_LIMIT: u64 = 250_000;

/// And until a lab is there with all its views, without Python.
const LAB_LOAD_LIMIT: u64 = 400_000;
/// And until the race is, which the question is about.
const RACE_LOAD_LIMIT: u64 = 430_000;
/// What a lab's own part may weigh, compressed. The race's has what no other lab
/// runs: for it only what is loaded altogether counts.
const LAB_PART_LIMIT: u64 = 60_000;

const RACE: &str = "race";

/// What weighed more before there were these limits: until a lab is there, and a
/// lab's own part. It may become less, and then goes from here.
const HEAVY_LOADS: [(&str, u64); 4] = [(RACE, 550_000), ("script", 575_000), ("cores", 430_000), ("contents", 415_000)];
/// See [`HEAVY_LOADS`].
const HEAVY_PARTS: [(&str, u64); 1] = [("script", 168_000)];

/// What may travel, compressed, until a lab is there with all its views, without Python.
#[must_use]
pub fn load_limit(lab: &str) -> u64 {
    let limit = if lab == RACE { RACE_LOAD_LIMIT } else { LAB_LOAD_LIMIT };
    known(&HEAVY_LOADS, lab).unwrap_or(limit)
}

/// What a lab's own part may weigh, compressed.
#[must_use]
pub fn part_limit(lab: &str) -> u64 {
    let limit = if lab == RACE { RACE_LOAD_LIMIT } else { LAB_PART_LIMIT };
    known(&HEAVY_PARTS, lab).unwrap_or(limit)
}

fn known(heavy: &[(&str, u64)], lab: &str) -> Option<u64> {
    heavy.iter().find(|(name, _)| *name == lab).map(|(_, limit)| *limit)
}

/// The lists of the parts in the page: the first one, and the others by number.
const FACTS: [&str; 2] = ["ui-wasm", "ui-parts"];

/// By which functions the first view leads on to what labs share: names of
/// modules, types and functions, as they stand in a symbol. Only where the first
/// view itself calls or names a function does it matter that it is below one of
/// these; what is missing here only comes too early.
const SHARED_GATES: [&str; 4] = [
    "parallel_lab::executor",
    "parallel_lab::page::contract::forward::begin",
    "parallel_lab::pool::Runner>::load_ahead",
    "parallel_lab::service",
];

/// By what the first view leads on to a lab, besides opening it: the race's question
/// has its backdrop drawn once the rest is here.
const LAB_GATES: [(&str, &str); 1] = [(RACE, "attractor::page::backdrop::follow")];

/// The part that labs share, for the file of this name.
#[must_use]
pub fn shared(file: PathBuf) -> Later {
    Later { file, name: "shared".to_owned(), gates: SHARED_GATES.map(str::to_owned).to_vec() }
}

/// The labs: each folder below `src/lab`. A lab is entered by `open` of its view.
///
/// # Errors
/// When that folder can't be read.
pub fn labs(file: impl Fn(&str) -> PathBuf) -> Result<Vec<Later>> {
    let folder = project::root().join("src/lab");
    let mut labs = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        if !entry.file_type()?.is_dir() {
            continue;
        }
        let module = entry.file_name().to_string_lossy().into_owned();
        let name = module.replace('_', "-");
        let besides = LAB_GATES.iter().filter(|(lab, _)| *lab == name).map(|(_, gate)| *gate);
        let gates = std::iter::once("view::open").chain(besides);
        let gates = gates.map(|gate| format!("parallel_lab::lab::{module}::{gate}")).collect();
        labs.push(Later { file: file(&name), name, gates });
    }
    labs.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    Ok(labs)
}

/// What a part weighs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Size {
    /// `first`, `shared`, or a lab's name.
    pub part: String,
    /// Its size, compressed as hosts do it.
    pub gzip_bytes: u64,
}

impl Size {
    /// Whether this is a lab's own part.
    #[must_use]
    pub fn is_of_lab(&self) -> bool {
        self.part != "first" && self.part != "shared"
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
        for file in files.split_whitespace() {
            let gzip_bytes = gzip_size(&read(&dist.join(file))?)?;
            sizes.push(Size { part: part_of(file).to_owned(), gzip_bytes });
        }
    }
    Ok(sizes)
}

/// `parallel-lab-<hash>_<part>.wasm` → the part.
fn part_of(file: &str) -> &str {
    let stem = file.strip_suffix(".wasm").unwrap_or(file);
    match stem.rsplit_once('_') {
        Some((_, "bg")) | None => "first",
        Some((_, part)) => part,
    }
}

/// How large this is for who gets it from a host that compresses.
///
/// # Errors
/// Never, as far as memory goes.
pub fn gzip_size(bytes: &[u8]) -> Result<u64> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_name_their_parts() {
        assert_eq!(part_of("parallel-lab-0123456789abcdef_bg.wasm"), "first");
        assert_eq!(part_of("parallel-lab-0123456789abcdef_shared.wasm"), "shared");
        assert_eq!(part_of("parallel-lab-0123456789abcdef_game-of-life.wasm"), "game-of-life");
    }

    #[test]
    fn the_race_is_a_lab() {
        let labs = labs(|name| PathBuf::from(name)).expect("labs");
        assert!(labs.iter().any(|lab| lab.name == RACE), "{labs:?}");
        let opened = |lab: &Later| lab.gates.iter().any(|gate| gate.ends_with("::view::open"));
        assert!(labs.iter().all(opened), "{labs:?}");
    }

    #[test]
    fn whoever_is_over_is_named_with_its_bytes() {
        assert_eq!(complaint("life's own part", 60_000, part_limit("life")), None);
        let said = complaint("life's own part", 60_001, part_limit("life")).expect("too large");
        assert_eq!(said, "life's own part has 60001 bytes (gzip) of at most 60000");
        assert_eq!(load_limit("life"), 400_000);
    }

    #[test]
    fn repetition_weighs_little() {
        assert!(gzip_size(&[0; 10_000]).expect("compressed") < 100);
    }
}
