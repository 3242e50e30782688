//! What keys do in the script's field beyond what they do in any text field:
//! Enter keeps the indentation, Backspace takes one level back, Ctrl+Enter runs.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlTextAreaElement, KeyboardEvent};

use super::indentation::{indentation, spaces_to_delete};
use crate::page::dom;

/// Does what a key means; what means nothing here stays the browser's.
pub(super) fn on_key(field: &HtmlTextAreaElement, event: &KeyboardEvent, run: impl FnOnce()) {
    if event.is_composing() || event.alt_key() || event.shift_key() {
        return;
    }
    let with_control = event.ctrl_key() || event.meta_key();
    match (event.key().as_str(), with_control) {
        ("Enter", true) => {
            event.prevent_default();
            run();
        }
        ("Enter", false) => {
            if insert(&format!("\n{}", indentation(&line_before_caret(field)))) {
                event.prevent_default();
            }
        }
        ("Backspace", false) => take_level_back(field),
        _ => {}
    }
}

/// Types a text where the caret is, so that Undo knows it: what is set into a
/// field otherwise ends its history. False where the browser does not do that.
fn insert(text: &str) -> bool {
    let document = dom::window().and_then(|it| it.document()).and_then(|it| it.dyn_into::<HtmlDocument>().ok());
    document.and_then(|it| it.exec_command_with_show_ui_and_value("insertText", false, text).ok()).unwrap_or(false)
}

/// Selects the spaces that Backspace is to delete.
fn take_level_back(field: &HtmlTextAreaElement) {
    let (Some(start), Some(end)) = selection(field) else { return };
    let spaces = spaces_to_delete(&line_before_caret(field)) as u32;
    if start == end && spaces > 1 {
        let _ = field.set_selection_range(start.saturating_sub(spaces), end);
    }
}

/// In UTF-16 units, as everything in the DOM.
fn selection(field: &HtmlTextAreaElement) -> (Option<u32>, Option<u32>) {
    (field.selection_start().ok().flatten(), field.selection_end().ok().flatten())
}

fn line_before_caret(field: &HtmlTextAreaElement) -> String {
    let caret = selection(field).0.unwrap_or(0) as usize;
    let before: Vec<u16> = field.value().encode_utf16().take(caret).collect();
    String::from_utf16_lossy(&before).rsplit('\n').next().unwrap_or_default().to_owned()
}
