//! Is it the first visit? Then the page begins with its question.

use super::dom;
use super::state::Stage;
use super::storage::Storage;
use crate::model::query::Flags;

/// What the browser remembers of a visit.
const MARK: &str = "visited";

/// What the page begins with: the question on a first visit, or where the URL
/// asks for it; else, with any parameter, in a frame or on return, the lab.
pub(crate) fn first_stage(search: &str, flags: Flags, has_question: bool) -> Stage {
    if !has_question {
        return Stage::Lab;
    }
    let is_plain = search.trim_start_matches('?').is_empty() && dom::parent().is_none();
    if flags.question || (is_plain && !was_here()) { Stage::Question } else { Stage::Lab }
}

/// Remembers that the question was answered.
pub(crate) fn remember() {
    // Where nothing is kept, the question is asked again.
    Storage::Browser.set(MARK, "1");
}

fn was_here() -> bool {
    Storage::Browser.get(MARK).is_some()
}
