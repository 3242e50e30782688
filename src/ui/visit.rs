//! Is it the first visit? Then the page begins with its question.

use web_sys::Storage;

use super::dom;
use super::state::Stage;
use crate::model::query::Flags;
use crate::model::settings::Lab;

/// Where the browser remembers a visit. Nothing but this mark is stored.
const KEY: &str = "parallel-lab.visited";

/// What the page begins with: the question on a first visit, or where the URL
/// asks for it; else, with any parameter, in a frame or on return, the lab.
pub(crate) fn first_stage(search: &str, flags: Flags, lab: Lab) -> Stage {
    // The question is the race's.
    if lab != Lab::Race {
        return Stage::Lab;
    }
    let is_plain = search.trim_start_matches('?').is_empty() && dom::parent().is_none();
    if flags.question || (is_plain && !was_here()) { Stage::Question } else { Stage::Lab }
}

/// Remembers that the question was answered.
pub(crate) fn remember() {
    if let Some(storage) = storage() {
        // Full or forbidden: then the question is asked again.
        let _ = storage.set_item(KEY, "1");
    }
}

fn was_here() -> bool {
    storage().and_then(|storage| storage.get_item(KEY).ok().flatten()).is_some()
}

/// `None` where storage is refused (opaque origins, blocked cookies).
fn storage() -> Option<Storage> {
    dom::window()?.local_storage().ok().flatten()
}
