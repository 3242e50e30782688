//! Which questions were missed, as the browser keeps it.

use super::storage::Storage;
use crate::model::progress::Progress;

/// What the browser keeps it under.
const NAME: &str = "questions";
const DAY_MS: f64 = 86_400_000.0;

/// Whether any was answered.
pub(crate) fn are_kept() -> bool {
    Storage::Browser.get(NAME).is_some()
}

/// Whether the browser would not keep it.
pub(crate) fn are_refused() -> bool {
    Storage::Browser.has_refused(NAME)
}

/// What was kept.
pub(crate) fn read() -> Progress {
    Progress::of_kept(&Storage::Browser.get(NAME).unwrap_or_default())
}

/// Keeps it.
pub(crate) fn write(progress: &Progress) {
    Storage::Browser.set(NAME, &progress.text());
}

/// Forgets it.
pub(crate) fn forget() {
    Storage::Browser.remove(NAME);
}

/// Days since 1970.
pub(crate) fn today() -> u32 {
    (js_sys::Date::now() / DAY_MS) as u32
}
