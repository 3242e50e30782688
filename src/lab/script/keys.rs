//! What keys do in the script's field beyond what they do in any text field:
//! Enter keeps the indentation, Backspace takes one level back, Ctrl+Enter runs,
//! Ctrl+/ makes lines comments.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlTextAreaElement, KeyboardEvent};

use super::comment::toggled;
use super::indentation::{indentation, spaces_to_delete};
use crate::page::dom;

/// Does what a key means; what means nothing here stays the browser's.
pub(super) fn on_key(field: &HtmlTextAreaElement, event: &KeyboardEvent, run: impl FnOnce()) {
    let with_control = event.ctrl_key() || event.meta_key();
    if event.is_composing() || event.alt_key() {
        return;
    }
    // On many keyboards the slash is typed with Shift.
    if with_control && event.key() == "/" {
        event.prevent_default();
        toggle_comment(field);
    }
    if event.shift_key() {
        return;
    }
    match (event.key().as_str(), with_control) {
        ("Enter", true) => {
            event.prevent_default();
            run();
        }
        ("Enter", false) if insert(&format!("\n{}", indentation(&line_before_caret(field)))) => event.prevent_default(),
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

/// Makes the selected lines comments, or lines again; they are selected then.
fn toggle_comment(field: &HtmlTextAreaElement) {
    let (Some(start), Some(end)) = selection(field) else { return };
    let text: Vec<u16> = field.value().encode_utf16().collect();
    let (start, end) = ((start as usize).min(text.len()), (end as usize).min(text.len()));
    let newline = u16::from(b'\n');
    let is_newline = |it: &u16| *it == newline;
    let first = text[..start].iter().rposition(is_newline).map_or(0, |it| it + 1);
    // A line of which nothing is selected but its beginning stays as it is.
    let end = if end > start && text[..end].last() == Some(&newline) { end - 1 } else { end };
    let last = text[end..].iter().position(is_newline).map_or(text.len(), |it| end + it);
    let lines = toggled(&String::from_utf16_lossy(&text[first..last]));
    let _ = field.set_selection_range(first as u32, last as u32);
    let length = lines.encode_utf16().count();
    if insert(&lines) && start < end {
        let _ = field.set_selection_range(first as u32, (first + length) as u32);
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
