//! The quiz's questions, as the built site has them.

use std::fs;

use parallel_lab::lab::quiz::item::{Item, read_pack};

use crate::Outcome;
use crate::browser::program;

/// All of them, in no order that means anything.
///
/// # Errors
/// Where the site has none, or what can't be read.
pub fn questions() -> Outcome<Vec<Item>> {
    let mut questions = Vec::new();
    for entry in fs::read_dir(program("PARALLEL_LAB_DIST")?)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with("lab-quiz-") && name.ends_with(".json") && !name.starts_with("lab-quiz-scripts") {
            questions.extend(read_pack(&fs::read(&path)?)?);
        }
    }
    if questions.is_empty() { Err("the site has no questions".into()) } else { Ok(questions) }
}
