//! What the build says of itself in the page.

use super::clock::window;

/// Says that the page is one file that holds everything.
pub(super) const SINGLE_FILE: &str = "data-single-file";

/// An attribute of `<meta name="parallel-lab">` (`xtask/src/site.rs`).
pub(super) fn fact(attribute: &str) -> Option<String> {
    let meta = window()?.document()?.query_selector("meta[name=parallel-lab]").ok().flatten()?;
    meta.get_attribute(attribute)
}
