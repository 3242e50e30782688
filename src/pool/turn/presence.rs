//! Whether anybody is here: a page that is left, frozen or hidden for long has no turn.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_channel::oneshot::{Receiver, Sender, channel};
use wasm_bindgen::prelude::*;
use web_sys::{EventTarget, VisibilityState};

use crate::pool::clock::{sleep, window};

/// A page that is hidden for longer has been left, ms.
const HIDDEN_MS: i32 = 10_000;
/// How often a page that was left looks whether it is back, ms.
const LOOK_MS: i32 = 200;

/// How a page was left.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Left {
    /// For good, or frozen: nothing of it will run any more.
    Gone,
    /// Hidden for long; its program still runs.
    Hidden,
}

/// See the module's words.
#[derive(Default)]
pub(super) struct Presence {
    is_watching: Cell<bool>,
    /// The page was left, and is not back yet.
    is_gone: Cell<bool>,
    /// Counts changes of visibility.
    changes: Cell<u32>,
    /// Dropped when the page is left.
    here: RefCell<Option<Sender<()>>>,
}

impl Presence {
    /// Watches for as long as the page lives; `leave` hears when it is left.
    pub(super) fn watch(self: &Rc<Self>, leave: impl Fn(Left) + 'static) {
        if self.is_watching.replace(true) {
            return;
        }
        let Some(window) = window() else { return };
        let Some(document) = window.document() else { return };
        let presence = Rc::clone(self);
        let leave = Rc::new(move |how| {
            presence.is_gone.set(true);
            presence.here.take();
            leave(how);
        });
        for (target, going, coming) in
            [(document.as_ref(), "freeze", "resume"), (window.as_ref(), "pagehide", "pageshow")]
        {
            let leave = Rc::clone(&leave);
            listen(target, going, move || leave(Left::Gone));
            let presence = Rc::clone(self);
            listen(target, coming, move || presence.is_gone.set(false));
        }
        let presence = Rc::clone(self);
        let look = move || {
            let change = presence.changes.get().wrapping_add(1);
            presence.changes.set(change);
            if !is_hidden() {
                presence.is_gone.set(false);
            } else {
                let (presence, leave) = (Rc::clone(&presence), Rc::clone(&leave));
                wasm_bindgen_futures::spawn_local(async move {
                    sleep(HIDDEN_MS).await;
                    if presence.changes.get() == change {
                        leave(Left::Hidden);
                    }
                });
            }
        };
        look();
        listen(&document, "visibilitychange", look);
    }

    /// Resolves when the page is left.
    pub(super) fn left(&self) -> Receiver<()> {
        let (here, left) = channel();
        self.here.replace(Some(here));
        left
    }

    /// Whether the page was left, and is not back yet.
    pub(super) fn is_gone(&self) -> bool {
        self.is_gone.get()
    }

    /// Resolves once it is back.
    pub(super) async fn returned(&self) {
        while self.is_gone() {
            sleep(LOOK_MS).await;
        }
    }
}

fn is_hidden() -> bool {
    let document = window().and_then(|window| window.document());
    document.is_some_and(|document| document.visibility_state() == VisibilityState::Hidden)
}

/// Listens for as long as the page lives.
fn listen(target: &EventTarget, event: &str, hear: impl Fn() + 'static) {
    let hear = Closure::<dyn Fn()>::new(hear);
    let _ = target.add_event_listener_with_callback(event, hear.as_ref().unchecked_ref());
    hear.forget();
}
