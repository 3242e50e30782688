//! The quiz's questions, and its lines to put in order, as the built site has them.

use std::fs;

use parallel_lab::lab::quiz::item::{Item, read_pack};
use parallel_lab::lab::quiz::parsons::problem::read_problems;

use crate::Outcome;
use crate::browser::program;

/// What stands before the names of its files.
const FILES: &str = "lab-quiz-";

/// All questions with answers to pick from, in no order that means anything.
///
/// # Errors
/// Where the site has none, or what can't be read.
pub fn questions() -> Outcome<Vec<Item>> {
    let is_asked = |pack: &str| !["scripts", "lines"].iter().any(|it| pack.starts_with(it));
    let mut questions = Vec::new();
    for json in packs(is_asked)? {
        questions.extend(read_pack(&json)?);
    }
    if questions.is_empty() { Err("the site has no questions".into()) } else { Ok(questions) }
}

/// All lines to put in order, as questions.
///
/// # Errors
/// Where the site has none, or what can't be read.
pub fn problems() -> Outcome<Vec<Item>> {
    let found = packs(|pack| pack.starts_with("lines"))?;
    Ok(read_problems(found.first().ok_or("the site has no lines to put in order")?)?)
}

/// The question of that id, with answers to pick from or of lines.
///
/// # Errors
/// Where the site has none.
pub fn item(id: &str) -> Outcome<Item> {
    let found = questions()?.into_iter().chain(problems()?).find(|it| it.id == id);
    found.ok_or_else(|| format!("there is no question {id}").into())
}

fn packs(is_wanted: impl Fn(&str) -> bool) -> Outcome<Vec<Vec<u8>>> {
    let mut packs = Vec::new();
    for entry in fs::read_dir(program("PARALLEL_LAB_DIST")?)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let pack = name.strip_prefix(FILES).and_then(|it| it.strip_suffix(".json"));
        if pack.is_some_and(&is_wanted) {
            packs.push(fs::read(&path)?);
        }
    }
    Ok(packs)
}

/// Has what was missed today, as this browser keeps it, missed yesterday.
pub const A_DAY_EARLIER: &str = "
    const kept = localStorage.getItem('parallel-lab.questions');
    localStorage.setItem('parallel-lab.questions', kept.replace(/~m(\\d+)/g, (_, day) => `~m${day - 1}`));";
