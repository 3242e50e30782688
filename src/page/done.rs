//! Which labs were run in this browser: kept here and nowhere else.

use super::storage::Storage;
use crate::model::lab::Lab;

/// What the browser keeps it under.
const NAME: &str = "done";

/// The names of the labs that were run, each once.
pub(crate) fn all() -> Vec<String> {
    let kept = Storage::Browser.get(NAME).unwrap_or_default();
    kept.split(',').filter(|name| !name.is_empty()).map(ToOwned::to_owned).collect()
}

/// A run of this lab came to its end.
pub(crate) fn mark(lab: &Lab) {
    let mut names = all();
    if names.iter().all(|name| name != lab.name) {
        names.push(lab.name.to_owned());
        Storage::Browser.set(NAME, &names.join(","));
    }
}

/// Forgets all of it.
pub(crate) fn clear() {
    Storage::Browser.remove(NAME);
}
