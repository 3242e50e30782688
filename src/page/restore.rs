//! What was changed in a frame, for when it comes back. Slide decks empty the
//! frames of slides that are left, and load them again from the deck's own
//! source: the changed address is lost then, and nothing entered may be.

use std::cell::RefCell;

use super::dom;
use super::storage::Storage;

/// What the names of kept settings begin with; the rest is the frame's source.
const PREFIX: &str = "frame ";

thread_local! {
    static NAME: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The query that was kept for a frame with this source, if this is a frame.
/// Later changes are kept under the same name.
pub(crate) fn begin(search: &str) -> Option<String> {
    let window = dom::window()?;
    // A page of its own keeps its address.
    dom::parent()?;
    let name = format!("{PREFIX}{}{search}", window.location().pathname().ok()?);
    let kept = Storage::Tab.get(&name);
    NAME.set(Some(name));
    kept
}

/// Keeps what the address of a frame says now. It lasts as long as the tab.
pub(crate) fn keep(query: &str) {
    NAME.with_borrow(|name| {
        if let Some(name) = name {
            Storage::Tab.set(name, query);
        }
    });
}
