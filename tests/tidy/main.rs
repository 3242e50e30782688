//! What the house's order is held by: who may import whom, where a lab's name
//! may stand, how long a file may be, that styles know no left and right, and how texts change.
//!
//! Each rule has a list of what breaks it today. The lists are exact: who mends
//! something takes it off, and nobody adds to them.

#![allow(clippy::expect_used, clippy::panic, reason = "what is a test's helper may fail as a test does")]

mod changing;
mod layers;
mod names;
mod rust_source;
mod sizes;
mod styles;

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};

/// The clone's top folder.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder with this ending: their names from the clone's top
/// folder, and their texts.
fn texts(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut paths = Vec::new();
    collect(&root().join(folder), &mut paths);
    paths.retain(|path| path.extension().is_some_and(|it| it == ending));
    paths.sort();
    let named = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.strip_prefix(root()).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        (name, text)
    };
    paths.into_iter().map(named).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        if path.is_dir() { collect(&path, paths) } else { paths.push(path) }
    }
}

/// What runs the labs that are data; no lab itself.
const MACHINERY: &str = "script";

/// The labs: the folders of src/lab, and of labs, where a lab is data.
fn labs() -> Vec<String> {
    let mut labs: Vec<_> = ["src/lab", "labs"].into_iter().flat_map(folders).filter(|it| it != MACHINERY).collect();
    labs.sort();
    labs
}

fn folders(of: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(of)).expect("a folder of labs");
    let folders = entries.map(|entry| entry.expect("an entry")).filter(|entry| entry.path().is_dir());
    folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// Fails unless what was found is what is known.
fn assert_exact<T: Debug + Ord + Copy>(rule: &str, found: impl IntoIterator<Item = T>, known: &[T]) {
    let (found, known): (BTreeSet<_>, BTreeSet<_>) = (found.into_iter().collect(), known.iter().copied().collect());
    let new: Vec<_> = found.difference(&known).collect();
    assert!(new.is_empty(), "{rule}. This breaks it:\n{new:#?}");
    let stale: Vec<_> = known.difference(&found).collect();
    assert!(stale.is_empty(), "{rule}. This does not break it any more: take it off the list\n{stale:#?}");
}
