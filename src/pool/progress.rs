//! Progress of one executor over all its repeats, as often as a person can
//! take it in.

use super::Event;
use super::clock::now_ms;
use crate::model::settings::{Executor, Settings};

/// Four a second, where the contract allows ten: showing them takes time from
/// the very cores that are being measured (8 ms each, without a GPU).
const EVERY_MS: f64 = 250.0;

/// The first one, so that something is seen to begin.
const FIRST_MS: f64 = 100.0;

/// Turns member-steps of one run into members over all repeats.
pub(super) struct Progress<'a> {
    emit: &'a dyn Fn(Event),
    run: u32,
    executor: Executor,
    repeats: u64,
    members: u64,
    member_steps: u64,
    emitted: u64,
    emitted_ms: f64,
}

impl<'a> Progress<'a> {
    pub(super) fn new(emit: &'a dyn Fn(Event), run: u32, executor: Executor, settings: &Settings) -> Self {
        let members = u64::from(settings.members);
        let member_steps = members * u64::from(settings.steps);
        let repeats = u64::from(settings.repeats);
        Self {
            emit,
            run,
            executor,
            repeats,
            members,
            member_steps,
            emitted: 0,
            emitted_ms: now_ms() - EVERY_MS + FIRST_MS,
        }
    }

    /// `done` member-steps of run `index` of a batch of `batch`, after `repeats` whole repeats.
    pub(super) fn at(&mut self, repeats: usize, index: u32, batch: u32, done: u64) {
        let now = now_ms();
        if now - self.emitted_ms < EVERY_MS {
            return;
        }
        let share = (f64::from(index) + done as f64 / self.member_steps as f64) / f64::from(batch.max(1));
        let members = repeats as u64 * self.members + (share.clamp(0.0, 1.0) * self.members as f64) as u64;
        // A repeat that is redone must not count backwards, nor reach the end early.
        let members = members.min(self.total().saturating_sub(1));
        if members > self.emitted {
            self.emitted_ms = now;
            self.say(members);
        }
    }

    /// All is done.
    pub(super) fn finish(&mut self) {
        self.say(self.total());
    }

    fn total(&self) -> u64 {
        self.repeats * self.members
    }

    fn say(&mut self, done: u64) {
        self.emitted = done;
        (self.emit)(Event::Progress { run: self.run, executor: self.executor, done, total: self.total() });
    }
}
