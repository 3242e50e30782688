//! Progress of one executor over all its repeats, as often as a person can
//! take it in.

use super::Event;
use super::clock::now_ms;
use crate::model::settings::Executor;
use crate::workload::AnyWorkload;

/// Four a second, where the contract allows ten: showing them takes time from
/// the very cores that are being measured (8 ms each, without a GPU).
const EVERY_MS: f64 = 250.0;

/// The first one, so that something is seen to begin.
const FIRST_MS: f64 = 100.0;

/// Turns units of one run into items over all repeats.
pub(super) struct Progress<'a> {
    emit: &'a dyn Fn(Event),
    run: u32,
    executor: Executor,
    repeats: u64,
    items: u64,
    units: u64,
    emitted: u64,
    emitted_ms: f64,
}

impl<'a> Progress<'a> {
    pub(super) fn new(
        emit: &'a dyn Fn(Event),
        run: u32,
        executor: Executor,
        workload: &AnyWorkload,
        repeats: u32,
    ) -> Self {
        let items = workload.shape().items;
        let (units, emitted_ms) = (workload.units(items), now_ms() - EVERY_MS + FIRST_MS);
        let (repeats, items) = (u64::from(repeats), u64::from(items));
        Self { emit, run, executor, repeats, items, units, emitted: 0, emitted_ms }
    }

    /// `done` units of run `index` of a batch of `batch`, after `repeats` whole repeats.
    pub(super) fn at(&mut self, repeats: usize, index: u32, batch: u32, done: u64) {
        let now = now_ms();
        if now - self.emitted_ms < EVERY_MS {
            return;
        }
        let share = (f64::from(index) + done as f64 / self.units as f64) / f64::from(batch.max(1));
        let items = repeats as u64 * self.items + (share.clamp(0.0, 1.0) * self.items as f64) as u64;
        // A repeat that is redone must not count backwards, nor reach the end early.
        let items = items.min(self.total().saturating_sub(1));
        if items > self.emitted {
            self.emitted_ms = now;
            self.say(items);
        }
    }

    /// All is done.
    pub(super) fn finish(&mut self) {
        self.say(self.total());
    }

    fn total(&self) -> u64 {
        self.repeats * self.items
    }

    fn say(&mut self, done: u64) {
        self.emitted = done;
        (self.emit)(Event::Progress { run: self.run, executor: self.executor, done, total: self.total() });
    }
}
