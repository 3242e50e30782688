//! Which questions were missed, as the browser keeps it.

use super::storage::Storage;
use crate::model::lab::Lab;
use crate::model::progress::Progress;

/// What the browser keeps it under.
const NAME: &str = "questions";
/// And, for all other labs, where the first of them is asked again: they need no more of it.
const FIRST: &str = "missed";
const DAY_MS: f64 = 86_400_000.0;

/// Whether the browser would not keep it.
pub(crate) fn are_refused() -> bool {
    Storage::Browser.has_refused(NAME)
}

/// What was kept.
pub(crate) fn read() -> Progress {
    Progress::of_kept(&Storage::Browser.get(NAME).unwrap_or_default())
}

/// Keeps what became of the questions of a lab.
pub(crate) fn write(progress: &Progress, lab: &Lab) {
    Storage::Browser.set(NAME, &progress.text());
    match progress.first_missed(lab) {
        Some(settings) => Storage::Browser.set(FIRST, &format!("{}&{settings}", lab.name)),
        None => Storage::Browser.remove(FIRST),
    }
}

/// Forgets it.
pub(crate) fn forget() {
    Storage::Browser.remove(NAME);
    Storage::Browser.remove(FIRST);
}

/// In which lab, and with which settings, the question is asked again that was missed first.
pub(crate) fn first_missed() -> Option<String> {
    Storage::Browser.get(FIRST)
}

/// Days since 1970.
pub(crate) fn today() -> u32 {
    (js_sys::Date::now() / DAY_MS) as u32
}
