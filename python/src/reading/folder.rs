//! Files as a machine has them: in a folder that only tests name.

use std::path::Path;
use std::{env, fs, thread};

use super::{Answer, arrive};
use crate::data_files;

/// Where `cargo xtask data` has put them: the folder in which `data/` is.
const PLACE: &str = "PARALLEL_LAB_DATA";

/// Asks for a file; the answer arrives as an event.
pub(super) fn read(ticket: u32, name: &str) -> Result<(), String> {
    let name = name.to_owned();
    thread::spawn(move || arrive(ticket, answer(&name)));
    Ok(())
}

fn answer(name: &str) -> Answer {
    if !data_files::is_listed(name) {
        return Answer::Refused;
    }
    let Some(place) = env::var_os(PLACE) else { return Answer::Failed(format!("{PLACE} names no folder")) };
    match fs::read(Path::new(&place).join(name)) {
        Ok(content) => Answer::Content(content),
        Err(error) => Answer::Failed(error.to_string()),
    }
}
