//! Watches the page's own time: what was hidden, frozen or late does not count.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::VisibilityState;

use super::clock::{now_ms, window};
use super::signal::{Mailbox, Signal};

/// The run's timer, ms.
const TICK_MS: i32 = 40;
/// Timers are as late as this without anything having held them up (browsers let those of
/// frames out of sight go off together), ms.
const PUNCTUAL_MS: f64 = 30.0;
/// A timer later than this was frozen or throttled, ms.
const GAP_MS: f64 = 1000.0;

/// Counts the time in which the page's timer ticked on schedule and the page
/// was visible, and how often that was interrupted.
#[derive(Default)]
pub(super) struct Watch {
    counted_ms: Cell<f64>,
    last_tick_ms: Cell<f64>,
    interruptions: Cell<u32>,
    /// How much later than on schedule the timer ticked, all in all, ms.
    late_ms: Cell<f64>,
}

impl Watch {
    /// Listens to the page's life for as long as the page lives.
    pub(super) fn open() -> Rc<Self> {
        let watch = Rc::new(Self::default());
        let Some(window) = window() else { return watch };
        let Some(document) = window.document() else { return watch };
        let interrupt: Closure<dyn FnMut()> = {
            let watch = Rc::clone(&watch);
            Closure::new(move || watch.interrupt())
        };
        let listener = interrupt.as_ref().unchecked_ref();
        for event in ["visibilitychange", "freeze", "resume"] {
            let _ = document.add_event_listener_with_callback(event, listener);
        }
        for event in ["pagehide", "pageshow"] {
            let _ = window.add_event_listener_with_callback(event, listener);
        }
        interrupt.forget();
        watch
    }

    /// Time that counts, ms.
    fn counted_ms(&self) -> f64 {
        self.counted_ms.get()
    }

    /// How often the page's time was interrupted so far.
    pub(super) fn interruptions(&self) -> u32 {
        self.interruptions.get()
    }

    /// For how long something has kept the page's thread from its own work so far, ms.
    pub(super) fn late_ms(&self) -> f64 {
        self.late_ms.get() + lateness_ms(now_ms() - self.last_tick_ms.get())
    }

    /// Is the page in view of a person?
    pub(super) fn is_visible(&self) -> bool {
        window()
            .and_then(|window| window.document())
            .is_none_or(|document| document.visibility_state() != VisibilityState::Hidden)
    }

    fn interrupt(&self) {
        self.interruptions.set(self.interruptions.get() + 1);
    }

    fn tick(&self) {
        let now = now_ms();
        let gap = now - self.last_tick_ms.replace(now);
        self.late_ms.set(self.late_ms.get() + lateness_ms(gap));
        if gap > GAP_MS {
            self.interrupt();
        } else if self.is_visible() {
            self.counted_ms.set(self.counted_ms.get() + gap);
        }
    }
}

/// What is missing after a tick that far from the one before, ms.
fn lateness_ms(gap_ms: f64) -> f64 {
    let late_ms = gap_ms - f64::from(TICK_MS);
    if late_ms > PUNCTUAL_MS { late_ms } else { 0.0 }
}

/// A time limit that restarts whenever the page was interrupted.
pub(super) struct Deadline {
    limit_ms: f64,
    since_ms: f64,
    interruptions: u32,
}

impl Deadline {
    pub(super) fn new(limit_ms: f64, watch: &Watch) -> Self {
        Self { limit_ms, since_ms: watch.counted_ms(), interruptions: watch.interruptions() }
    }

    pub(super) fn is_over(&mut self, watch: &Watch) -> bool {
        if self.interruptions != watch.interruptions() {
            *self = Self::new(self.limit_ms, watch);
        }
        watch.counted_ms() - self.since_ms > self.limit_ms
    }
}

/// Ticks into the mailbox for as long as it lives.
pub(super) struct Ticker {
    interval: i32,
    _on_tick: Closure<dyn FnMut()>,
}

impl Ticker {
    pub(super) fn start(watch: &Rc<Watch>, mailbox: &Mailbox) -> Self {
        watch.last_tick_ms.set(now_ms());
        let (watch, mailbox) = (Rc::clone(watch), mailbox.clone());
        let on_tick: Closure<dyn FnMut()> = Closure::new(move || {
            watch.tick();
            let _ = mailbox.unbounded_send(Signal::Tick);
        });
        let interval = window()
            .and_then(|window| {
                let callback = on_tick.as_ref().unchecked_ref();
                window.set_interval_with_callback_and_timeout_and_arguments_0(callback, TICK_MS).ok()
            })
            .unwrap_or_default();
        Self { interval, _on_tick: on_tick }
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        if let Some(window) = window() {
            window.clear_interval_with_handle(self.interval);
        }
    }
}
