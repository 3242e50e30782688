//! The draft is tried, taken along, opened from a file, and begun anew.

use leptos::ev::{DragEvent, Event};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::state::{Editor, Opened};
use super::{ids, to_do};
use crate::lab::quiz::own::editor::draft::Draft;
use crate::lab::quiz::own::editor::open::{DRAFT_BYTES, of_bytes};
use crate::lab::quiz::own::editor::{check::check, example};
use crate::lab::quiz::own::given::listed;
use crate::lab::quiz::page::own::{Source, bring};
use crate::pool::named_file;

/// Hands the questions to the quiz, or one of them, as if somebody had dropped the file.
pub(super) fn attempt(editor: Editor, only: Option<u32>) {
    let draft = editor.draft.get_untracked();
    let draft = only.map_or_else(|| draft.clone(), |key| draft.alone(key));
    if check(&draft).good == 0 {
        editor.shows_all.set(true);
        editor.check();
        editor.told.set("Nothing can be asked yet: see what is still to be done.".into());
        if let Some(key) = only {
            editor.open.set(Opened(only));
            ids::focus(ids::of(Some(key), "question"));
        }
        return to_do::go_to_first(editor);
    }
    bring(editor.quiz, Source::Draft(draft.json()));
    editor.quiz.editing.set(false);
    ids::focus("question".into());
}

/// What is taken along: the ids that were made stay from then on.
fn taken(editor: Editor) -> String {
    editor.change(Draft::complete);
    editor.was_taken();
    let has_problems = editor.checked.with_untracked(|it| it.problems.iter().any(|it| it.is_grave));
    editor.shows_all.update(|it| *it |= has_problems);
    let left = if has_problems { "It is not ready yet: see what is still to be done." } else { "" };
    editor.told.set(left.into());
    editor.draft.with_untracked(Draft::json)
}

/// Downloads the file.
pub(super) fn download(editor: Editor) {
    let json = taken(editor);
    let name = editor.draft.with_untracked(Draft::file_name);
    editor.delivery.save_text(&name, "application/json", json);
}

/// Puts its text on the clipboard.
pub(super) fn copy(editor: Editor) {
    let json = taken(editor);
    spawn_local(async move { editor.delivery.copy("The file's text", json).await });
}

/// A file was picked, to be edited.
pub(super) fn picked(editor: Editor, event: &Event) {
    let Some(input) = event.target().and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok()) else { return };
    if let Some(file) = input.files().and_then(|it| it.get(0)) {
        open(editor, file);
    }
    // The same again is a change, too.
    input.set_value("");
}

/// A file was dropped onto the editor.
pub(super) fn dropped(editor: Editor, event: &DragEvent) {
    if let Some(file) = event.data_transfer().and_then(|it| it.files()).and_then(|it| it.get(0)) {
        event.prevent_default();
        // Else its questions would be asked.
        event.stop_propagation();
        open(editor, file);
    }
}

fn open(editor: Editor, file: web_sys::File) {
    spawn_local(async move {
        let name = file.name();
        let opened = match named_file::read(&file, DRAFT_BYTES).await {
            Ok(bytes) => of_bytes(&bytes, &name),
            Err(why) => Err(format!("It could not be had: {why}.")),
        };
        match opened {
            Ok((draft, reading)) => {
                let count = draft.keys().len();
                let words = if count == 1 { "question" } else { "questions" };
                editor.replace(draft, format!("{name} is open: {count} {words}."));
                editor.faults.set(listed(&reading.faults));
                editor.shows_all.set(!reading.faults.is_empty());
            }
            Err(why) => editor.told.set(format!("{name} can't be opened. {why} Your draft stays as it is.")),
        }
    });
}

/// The documentation's example takes the draft's place.
pub(super) fn begin_with_example(editor: Editor) {
    editor.shows_all.set(false);
    editor.replace(example::draft(), "This is an example: change it as you like.".into());
}

/// Nothing takes the draft's place.
pub(super) fn begin_anew(editor: Editor) {
    editor.shows_all.set(false);
    editor.replace(Draft::blank(), "The draft is gone, from this browser, too.".into());
    ids::focus(ids::of(None, "title"));
}
