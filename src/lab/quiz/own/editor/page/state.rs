//! The draft, and the one way to change it: what has to be kept, checked and said follows from the
//! change.

use leptos::prelude::*;

use super::ids;
use super::kept::{self, Kept};
use crate::lab::quiz::own::editor::change::Undo;
use crate::lab::quiz::own::editor::check::{Checked, check};
use crate::lab::quiz::own::editor::draft::{Draft, Place};
use crate::lab::quiz::page::state::Quiz;
use crate::view::takeaway::Delivery;

/// Changes that can be taken back, at most.
const MOST_UNDONE: usize = 50;

/// The question that is open, by its key. A type of its own: what signals of it do is nobody
/// else's, and in no part that others load.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) struct Opened(pub(super) Option<u32>);

/// The editor's signals; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Editor {
    pub(super) quiz: Quiz,
    pub(super) draft: RwSignal<Draft>,
    /// What is wrong with it.
    pub(super) checked: RwSignal<Checked>,
    pub(super) open: RwSignal<Opened>,
    /// What is empty is said to be wrong also where nobody has been yet.
    pub(super) shows_all: RwSignal<bool>,
    /// What was done, in a sentence.
    pub(super) told: RwSignal<String>,
    /// What takes changes back, the last one last.
    pub(super) undone: RwSignal<Vec<Undo>>,
    /// What was wrong with a file that was opened.
    pub(super) faults: RwSignal<Vec<String>>,
    pub(super) kept: RwSignal<Kept>,
    /// Another tab has kept another draft.
    pub(super) is_elsewhere: RwSignal<bool>,
    /// What came of taking it along.
    pub(super) delivery: Delivery,
    /// Counts changes.
    changes: StoredValue<u32>,
    /// How many there were when it was last taken along.
    taken: StoredValue<u32>,
}

impl Editor {
    /// With the draft that was kept.
    pub(super) fn new(quiz: Quiz) -> Self {
        let (draft, told) = match kept::read() {
            Ok(Some(draft)) => (draft, "This is the draft that your browser has kept.".to_owned()),
            Ok(None) => (Draft::blank(), String::new()),
            Err(why) => (Draft::blank(), why),
        };
        let open = draft.keys().first().copied().filter(|_| draft.keys().len() == 1);
        let editor = Self {
            quiz,
            checked: RwSignal::new(check(&draft)),
            draft: RwSignal::new(draft),
            open: RwSignal::new(Opened(open)),
            shows_all: RwSignal::new(false),
            told: RwSignal::new(told),
            undone: RwSignal::new(Vec::new()),
            faults: RwSignal::new(Vec::new()),
            kept: RwSignal::new(Kept::Here),
            is_elsewhere: RwSignal::new(false),
            delivery: Delivery::new(),
            changes: StoredValue::new(0),
            taken: StoredValue::new(0),
        };
        kept::ask_before_leaving(move || {
            editor.kept.get_untracked() == Kept::Nowhere && editor.changes.get_value() != editor.taken.get_value()
        });
        kept::hear_of_others(move || editor.is_elsewhere.set(true));
        editor
    }

    /// Where the question stands, from 0; of one that is gone, nowhere.
    pub(super) fn index(self, question: Option<u32>) -> Option<usize> {
        question.map(|key| self.draft.with(|it| it.index_of(key)).unwrap_or(usize::MAX))
    }

    /// What is said of a field; it follows.
    pub(super) fn said(self, question: Option<u32>, field: &str) -> String {
        let at = self.index(question);
        self.checked.with(|it| it.said(at, field))
    }

    /// Somebody writes into a field: it is kept at once, and checked when they rest.
    pub(super) fn write(self, place: &Place, text: &str) {
        self.draft.update(|it| it.write(place, text));
        let change = self.keep();
        kept::after_a_rest(move || {
            if self.changes.try_get_value() == Some(change) {
                self.check();
            }
        });
    }

    /// Changes the draft otherwise.
    pub(super) fn change<T>(self, change: impl FnOnce(&mut Draft) -> T) -> T {
        let mut draft = self.draft.get_untracked();
        let outcome = change(&mut draft);
        self.draft.set(draft);
        self.keep();
        self.check();
        outcome
    }

    /// The same, and it can be taken back; `told` is said of it.
    pub(super) fn change_for_now(self, told: String, change: impl FnOnce(&mut Draft) -> Option<Undo>) {
        let Some(undo) = self.change(change) else { return };
        self.undone.update(|undone| {
            undone.push(undo);
            if undone.len() > MOST_UNDONE {
                undone.remove(0);
            }
        });
        self.told.set(told);
    }

    /// Takes the last change back.
    pub(super) fn undo(self) {
        let Some(undo) = self.undone.try_update(Vec::pop).flatten() else { return };
        let redo = self.draft.with_untracked(|it| it.redo(&undo));
        let key = self.change(|it| it.undo(undo));
        self.undone.update(|undone| undone.extend(redo));
        self.told.set("Taken back.".into());
        match key {
            Some(key) => {
                self.open.set(Opened(Some(key)));
                ids::focus(ids::of(Some(key), ""));
            }
            None => ids::focus(ids::of(None, "title")),
        }
    }

    /// All is another draft; what was there can be brought back.
    pub(super) fn replace(self, draft: Draft, told: String) {
        let first = draft.keys().first().copied().filter(|_| draft.keys().len() == 1);
        self.change_for_now(told.clone(), |it| it.replace(draft));
        self.told.set(told);
        let first = first.and_then(|_| self.draft.with_untracked(|it| it.keys().first().copied()));
        self.open.set(Opened(first));
        self.faults.set(Vec::new());
        self.delivery.clear();
    }

    /// It was taken along, as it is.
    pub(super) fn was_taken(self) {
        self.taken.set_value(self.changes.get_value());
    }

    /// Keeps it; returns the change's number.
    fn keep(self) -> u32 {
        self.changes.update_value(|changes| *changes = changes.wrapping_add(1));
        self.kept.set(self.draft.with_untracked(kept::write));
        self.changes.get_value()
    }

    /// Checks it.
    pub(super) fn check(self) {
        let checked = self.draft.with_untracked(check);
        self.checked.set(checked);
    }
}
