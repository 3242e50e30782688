//! What this browser keeps for us: in itself a mark that somebody was here, and
//! the scripts that were changed; in a tab what was changed in its frames. It may
//! refuse; then it is kept for as long as the page is open.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::dom;

thread_local! {
    /// What the browser would not keep.
    static REFUSED: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
}

/// How long something is kept.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Storage {
    /// Until somebody deletes it.
    Browser,
    /// As long as the tab is open.
    Tab,
}

impl Storage {
    /// What was kept under a name.
    pub(crate) fn get(self, name: &str) -> Option<String> {
        let kept = || self.area()?.get_item(&key(name)).ok().flatten();
        kept().or_else(|| REFUSED.with_borrow(|refused| refused.get(name).cloned()))
    }

    /// Keeps a text under a name.
    pub(crate) fn set(self, name: &str, text: &str) {
        let is_kept = self.area().is_some_and(|area| area.set_item(&key(name), text).is_ok());
        REFUSED.with_borrow_mut(|refused| {
            if is_kept {
                refused.remove(name);
            } else {
                // Full or forbidden: then for as long as the page is open.
                refused.insert(name.to_owned(), text.to_owned());
            }
        });
    }

    /// Whether the browser would not keep what was set under a name.
    pub(crate) fn has_refused(self, name: &str) -> bool {
        REFUSED.with_borrow(|refused| refused.contains_key(name))
    }

    /// Forgets what was kept under a name.
    pub(crate) fn remove(self, name: &str) {
        if let Some(area) = self.area() {
            let _ = area.remove_item(&key(name));
        }
        REFUSED.with_borrow_mut(|refused| refused.remove(name));
    }

    /// `None` where storage is refused (opaque origins, blocked cookies).
    fn area(self) -> Option<web_sys::Storage> {
        let window = dom::window()?;
        let area = match self {
            Self::Browser => window.local_storage(),
            Self::Tab => window.session_storage(),
        };
        area.ok().flatten()
    }
}

/// Other pages of the same host have names of their own.
fn key(name: &str) -> String {
    format!("parallel-lab.{name}")
}
