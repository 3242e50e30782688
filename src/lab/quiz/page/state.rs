//! The lab's signals, and the one way to change the sitting: what has to be told, kept and
//! brought into focus follows from the change.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::own::{GATES, Gates, Told};
use super::when_run;
use crate::lab::quiz::answers;
use crate::lab::quiz::card::{Card, Ran};
use crate::lab::quiz::item::Item;
use crate::lab::quiz::settings::{Feedback, Settings};
use crate::lab::quiz::sitting::{Sitting, Stage};
use crate::lab::quiz::standing::Machine;
use crate::lab::quiz::unfinished::Unfinished;
use crate::lab::script::data::Named;
use crate::model::progress::Progress;
use crate::page::contract::send;
use crate::page::dom;
use crate::page::questions;
use crate::page::state::Page;
use crate::page::storage::Storage;
use crate::pool::python::PythonRunner;

/// So long is waited for what is to have the focus.
const FRAMES: u32 = 60;
/// What is to be read begins no lower on the screen than this share of it.
const LOWEST_BEGINNING: f64 = 0.7;
/// What is left above it, CSS pixels.
const MARGIN_PX: f64 = 12.0;

/// What Python is doing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::lab::quiz) enum Python {
    /// Nobody has asked for it yet.
    NotYet,
    /// Being fetched; so far it is.
    Loading(String),
    /// There is none: why.
    Missing(String),
    /// It can run.
    Ready,
}

/// What the page shows: which question, and how far it is. Another one is another part of the page.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(in crate::lab::quiz) struct Place {
    /// Of which sitting: another one asks something else in the same place.
    sitting: u32,
    /// Which question.
    pub(in crate::lab::quiz) at: usize,
    /// How far it is; what is ready and what runs looks the same.
    pub(in crate::lab::quiz) stage: Stage,
}

/// The lab's signals; cheap to copy.
#[derive(Clone, Copy)]
pub(in crate::lab::quiz) struct Quiz {
    pub(in crate::lab::quiz) page: Page,
    pub(in crate::lab::quiz) settings: Memo<Settings>,
    /// The questions of the set, once they are here.
    pub(in crate::lab::quiz) items: RwSignal<Option<Arc<Vec<Arc<Item>>>>>,
    /// Their scripts, by their files' names.
    pub(in crate::lab::quiz) scripts: StoredValue<Option<Arc<Named<String>>>>,
    /// The file that they are of: its id; `None` where they are ours.
    pub(in crate::lab::quiz) own: RwSignal<Option<String>>,
    /// What reads such files; nothing of it may be called before its part is here.
    pub(in crate::lab::quiz) gates: StoredValue<Gates>,
    /// What is to be said of a file that was asked for.
    pub(in crate::lab::quiz) own_told: RwSignal<Option<Arc<Told>>>,
    /// Somebody writes questions of their own.
    pub(in crate::lab::quiz) editing: RwSignal<bool>,
    /// Counts how often questions were asked for: what comes late is dropped.
    asked: StoredValue<u32>,
    /// Why they are not.
    pub(in crate::lab::quiz) missing: RwSignal<Option<String>>,
    pub(in crate::lab::quiz) sitting: RwSignal<Sitting>,
    pub(in crate::lab::quiz) place: Memo<Option<Place>>,
    pub(in crate::lab::quiz) python: RwSignal<Python>,
    pub(in crate::lab::quiz) runner: StoredValue<Option<Rc<PythonRunner>>, LocalStorage>,
    /// The next run is the compiled one.
    pub(in crate::lab::quiz) wants_compiled: StoredValue<bool>,
    /// What came of that.
    pub(in crate::lab::quiz) compiled: RwSignal<Option<Ran>>,
    /// Counts sittings.
    sittings: StoredValue<u32>,
    /// The last run's number.
    pub(in crate::lab::quiz) run: StoredValue<u32>,
    /// What the run has printed.
    pub(in crate::lab::quiz) printed: StoredValue<String>,
    /// Which questions were missed.
    pub(in crate::lab::quiz) progress: RwSignal<Progress>,
    /// What this tab has of these questions from before the page was loaded anew.
    pub(in crate::lab::quiz) unfinished: RwSignal<Option<Unfinished>>,
}

impl Quiz {
    pub(in crate::lab::quiz) fn new(page: Page) -> Self {
        let settings: Memo<Settings> = page.settings();
        let sitting = RwSignal::new(Sitting::new(&[], &settings.get_untracked(), &[], false));
        let sittings = StoredValue::new(0);
        let place = Memo::new(move |_| {
            sitting.with(|it| {
                let stage = if it.stage == Stage::Running { Stage::Ready } else { it.stage };
                it.card().map(|_| Place { sitting: sittings.get_value(), at: it.at, stage })
            })
        });
        Self {
            page,
            settings,
            items: RwSignal::new(None),
            scripts: StoredValue::new(None),
            own: RwSignal::new(None),
            gates: StoredValue::new(GATES),
            own_told: RwSignal::new(None),
            editing: RwSignal::new(false),
            asked: StoredValue::new(0),
            missing: RwSignal::new(None),
            sitting,
            place,
            python: RwSignal::new(Python::NotYet),
            runner: StoredValue::new_local(None),
            wants_compiled: StoredValue::new(false),
            compiled: RwSignal::new(None),
            sittings,
            run: StoredValue::new(0),
            printed: StoredValue::new(String::new()),
            progress: RwSignal::new(questions::read()),
            unfinished: RwSignal::new(None),
        }
    }

    /// Another question: nothing is said of a run yet.
    fn clear_run(self) {
        self.compiled.set(None);
        self.wants_compiled.set_value(false);
        if !self.page.activity.get_untracked().is_busy() {
            self.page.sentence.set(String::new());
        }
    }

    /// Whether the questions are of somebody's own file.
    pub(in crate::lab::quiz) fn is_own(self) -> bool {
        self.own.with_untracked(Option::is_some)
    }

    /// Questions are asked for: the number under which they will come.
    pub(in crate::lab::quiz) fn ask_for_questions(self) -> u32 {
        self.asked.update_value(|asked| *asked = asked.wrapping_add(1));
        self.asked.get_value()
    }

    /// Whether no others have been asked for since.
    pub(in crate::lab::quiz) fn is_asked(self, number: u32) -> bool {
        self.asked.get_value() == number
    }

    /// Which sitting this is, and which of its questions is shown.
    pub(in crate::lab::quiz) fn whereabouts(self) -> (u32, usize) {
        (self.sittings.get_value(), self.sitting.with_untracked(|it| it.at))
    }

    /// Begins anew, with what is set.
    pub(in crate::lab::quiz) fn begin(self) {
        self.begin_with(|_| true);
    }

    /// Asks once more what was not answered right.
    pub(in crate::lab::quiz) fn ask_missed(self) {
        let missed = self.sitting.with_untracked(Sitting::missed);
        self.begin_with(|item| missed.contains(&item.id));
    }

    fn begin_with(self, is_asked: impl Fn(&Item) -> bool) {
        let Some(items) = self.items.get_untracked() else { return };
        let items: Vec<_> = items.iter().filter(|item| is_asked(item)).cloned().collect();
        let settings = self.settings.get_untracked();
        let is_in_hall = self.page.flags.get_value().present;
        let are_due = if settings.feedback == Feedback::Never {
            Vec::new()
        } else {
            self.progress.with_untracked(|it: &Progress| it.missed(questions::today()))
        };
        self.clear_run();
        let is_first = self.sittings.get_value() == 0;
        self.sittings.update_value(|sittings| *sittings = sittings.wrapping_add(1));
        let sitting = Sitting::new(&items, &settings, &are_due, is_in_hall);
        let kept = || Unfinished::of_text(&Storage::Tab.get(&sitting.name())?, &sitting);
        self.unfinished.set(if is_first && !is_in_hall { kept() } else { None });
        self.sitting.set(sitting);
    }

    /// Goes on where the questions were left before the page was loaded anew.
    pub(in crate::lab::quiz) fn take_up(self) {
        let Some(unfinished) = self.unfinished.get_untracked() else { return };
        self.unfinished.set(None);
        // Nothing is answered by that: it was told then.
        self.sitting.update(|it| it.take_up(unfinished));
        bring_into_focus(Stage::Choose);
    }

    /// Has the tab keep how far this is.
    fn keep(self, before: &Sitting, after: &Sitting) {
        let unfinished = Unfinished::of(after);
        if unfinished == Unfinished::of(before) {
            return;
        }
        self.unfinished.set(None);
        match unfinished {
            Some(unfinished) => Storage::Tab.set(&after.name(), &unfinished.text()),
            None => Storage::Tab.remove(&after.name()),
        }
    }

    /// What of the question that is shown; `None` where there is none.
    pub(in crate::lab::quiz) fn card<T>(self, of: impl FnOnce(&Card) -> T) -> Option<T> {
        self.sitting.with(|it| it.card().map(of))
    }

    /// The same, without following it.
    pub(in crate::lab::quiz) fn card_untracked<T>(self, of: impl FnOnce(&Card) -> T) -> Option<T> {
        self.sitting.with_untracked(|it| it.card().map(of))
    }

    /// On what machine this is.
    pub(in crate::lab::quiz) fn machine(self) -> Machine {
        self.page.capabilities.with_untracked(|it| match it {
            Some(it) => Machine { cores: it.cores, shares_memory: it.threads, clock_ms: it.clock_resolution_ms },
            None => Machine { cores: 1, shares_memory: false, clock_ms: 0.0 },
        })
    }

    /// Changes the sitting. Answers are told, missed questions kept, and the focus goes on
    /// to what comes next.
    pub(in crate::lab::quiz) fn act(self, change: impl FnOnce(&mut Sitting)) {
        let before = self.sitting.get_untracked();
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return;
        }
        if after.at != before.at || after.stage == Stage::Over {
            self.clear_run();
        }
        self.tell(&before, &after);
        self.keep(&before, &after);
        let has_moved = (before.at, before.stage) != (after.at, after.stage);
        let stage = after.stage;
        self.sitting.set(after);
        if has_moved {
            bring_into_focus(stage);
        }
    }

    fn tell(self, before: &Sitting, after: &Sitting) {
        let Some((old, new)) = before.card().zip(after.cards.get(before.at)) else { return };
        if after.is_in_hall() {
            return;
        }
        if new.attempts.len() > old.attempts.len() {
            send::answered(answers::given(new));
        }
        let is_told = matches!(after.stage, Stage::Explained | Stage::Again)
            && before.stage != Stage::Over
            && before.stage != after.stage;
        if is_told || after.is_over() && !before.is_over() {
            when_run::tell(self, after, is_told.then_some(new));
        }
    }
}

/// Where the focus goes on: whoever presses keys is not led back to the page's beginning.
fn bring_into_focus(stage: Stage) {
    let (id, read_from) = match stage {
        Stage::Choose | Stage::Vote | Stage::Discuss | Stage::VoteAgain | Stage::Over => ("question", "whereabouts"),
        Stage::Ready => ("run", "run"),
        Stage::Running => return,
        Stage::Look => ("look", "look"),
        Stage::Again => ("again", "said"),
        Stage::Explained => ("next-question", "said"),
    };
    focus_within(id, read_from, FRAMES);
}

/// Puts the focus there once it stands, within so many frames: its part of the program may
/// still be on its way. What is to be read before it is not scrolled away.
fn focus_within(id: &'static str, read_from: &'static str, frames: u32) {
    request_animation_frame(move || match dom::element(id) {
        Some(element) => {
            let _ = element.focus();
            show_top(read_from);
        }
        None if frames > 0 => focus_within(id, read_from, frames - 1),
        None => {}
    });
}

/// Scrolls the page as far as that element's first line can be read.
fn show_top(id: &str) {
    let Some((window, element)) = dom::window().zip(dom::element(id)) else { return };
    let top = element.get_bounding_client_rect().top();
    let height = window.inner_height().ok().and_then(|it| it.as_f64()).unwrap_or_default();
    if top < 0.0 || top > height * LOWEST_BEGINNING {
        window.scroll_by_with_x_and_y(0.0, top - MARGIN_PX);
    }
}
