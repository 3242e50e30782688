//! One file, one subject: a file that grows has two.

use crate::{assert_exact, texts};

const MOST_LINES: usize = 450;

/// Files that are longer.
const KNOWN: &[&str] = &[];

#[test]
fn files_are_short() {
    let files = texts("src", "rs");
    let long = files.iter().filter(|(_, text)| text.lines().count() > MOST_LINES).map(|(file, _)| file.as_str());
    assert_exact(&format!("No file of src/ has more than {MOST_LINES} lines"), long, KNOWN);
}
