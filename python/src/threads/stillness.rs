//! Whether anybody of this process can still go on.
//!
//! A thread that waits without an end says so while it sleeps, and gets up now and then to look. Where all threads
//! sleep so, and nothing has happened between two looks, nobody here goes on by himself: then the other processes
//! are looked at ([`deadlock`]). Only if they are no better off, each thread is asked what it waits for, which it
//! says itself; and if even then nobody has gone on, it is told.
//!
//! Whatever is not known to be such a wait counts as going on: a file that is on its way, a thread that starts, a
//! timeout.

use std::rc::Rc;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::crew::Member;
use crate::deadlock::{self, Others, PERIOD_MS};
use crate::{clock, idle};

/// A thread that sleeps, as it lay down.
#[derive(Debug)]
struct Asleep {
    thread: u32,
    /// Whether it sleeps on the word that other processes change.
    in_region: bool,
    /// How much had happened.
    seen: u32,
}

/// How far it is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Phase {
    #[default]
    Watching,
    /// The threads say what they wait for.
    Asking,
    Told,
}

/// What changes where somebody goes on: what happened here, and by other processes, and who went on.
type Moment = (u32, u32, u32);

#[derive(Debug, Default)]
struct Watch {
    /// Threads that live, and those on their way.
    threads: usize,
    asleep: Vec<Asleep>,
    went_on: u32,
    /// Since when nothing has happened, ms.
    since: Option<(Moment, f64)>,
    others: Others,
    phase: Phase,
    /// What each thread has said: JSON.
    said: Vec<(u32, String)>,
}

/// Who sleeps without an end.
#[derive(Debug, Default)]
pub(super) struct Stillness(Mutex<Watch>);

impl Stillness {
    fn watch(&self) -> MutexGuard<'_, Watch> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A thread begins, or is ordered.
    pub(super) fn thread_comes(&self) {
        let mut watch = self.watch();
        watch.threads += 1;
        watch.somebody_goes_on();
    }

    /// It is over, and whoever waits for that has been told.
    #[cfg(feature = "threading")]
    pub(super) fn thread_goes(&self) {
        let mut watch = self.watch();
        watch.threads = watch.threads.saturating_sub(1);
        watch.somebody_goes_on();
    }

    /// How many live, and how many are on their way.
    #[cfg(all(target_family = "wasm", target_feature = "atomics"))]
    pub(super) fn threads(&self) -> usize {
        self.watch().threads
    }

    /// What a thread waits for.
    pub(super) fn says(&self, thread: u32, words: String) {
        let said = &mut self.watch().said;
        said.retain(|it| it.0 != thread);
        said.push((thread, words));
    }
}

impl Watch {
    fn somebody_goes_on(&mut self) {
        self.went_on = self.went_on.wrapping_add(1);
        if self.since.take().is_some() || self.phase != Phase::Watching {
            self.others = None;
            self.phase = Phase::Watching;
            self.said.clear();
            deadlock::nobody_is_still();
        }
    }

    /// What has happened so far, if nobody is awake.
    fn moment(&self) -> Option<Moment> {
        let here = idle::count();
        let there = deadlock::woken(self.asleep.iter().any(|it| it.in_region));
        let sleeps = |it: &Asleep| it.seen == if it.in_region { there } else { here };
        (self.asleep.len() == self.threads && self.asleep.iter().all(sleeps)).then_some((here, there, self.went_on))
    }

    /// A look by that thread; true: it is to say what it waits for.
    fn look(&mut self, thread: u32) -> bool {
        let now_ms = clock::now_ms();
        let moment = self.moment();
        let woken = match (moment, self.since) {
            (Some(moment), Some((before, since_ms))) if moment == before => {
                if now_ms - since_ms < PERIOD_MS {
                    return false;
                }
                moment.1
            }
            _ => {
                self.since = moment.map(|moment| (moment, now_ms));
                self.others = None;
                // What was said of it may be of another moment.
                deadlock::nobody_is_still();
                return false;
            }
        };
        if self.phase == Phase::Watching && deadlock::may_ask(woken, &mut self.others, now_ms) {
            self.phase = Phase::Asking;
            self.others = None;
        }
        if self.phase != Phase::Asking {
            return false;
        }
        if self.said.iter().all(|it| it.0 != thread) {
            return true;
        }
        if self.said.len() == self.threads && deadlock::may_tell(woken, &mut self.others, now_ms) {
            self.phase = Phase::Told;
            deadlock::tell(self.said.iter().map(|it| it.1.as_str()));
        }
        false
    }
}

/// A thread's wait without an end.
pub(crate) struct Rest {
    member: Rc<Member>,
    in_region: bool,
    /// Nothing woke it: it looks.
    looks: bool,
    is_asked: bool,
}

impl Rest {
    /// The calling thread's, if it takes part in a run.
    pub(crate) fn new(in_region: bool) -> Option<Self> {
        Some(Self { member: Member::current()?, in_region, looks: false, is_asked: false })
    }

    /// Before the thread sleeps, unless more has happened than it has seen. True: it is to say what it waits for.
    pub(crate) fn lies_down(&mut self, seen: u32) -> bool {
        let thread = self.member.turn.id();
        let mut watch = self.member.crew.stillness.watch();
        watch.asleep.push(Asleep { thread, in_region: self.in_region, seen });
        self.is_asked = self.looks && watch.look(thread);
        if self.is_asked {
            // Should it have to wait for its words, it is not asked again.
            watch.said.push((thread, String::new()));
        }
        self.is_asked
    }

    /// The thread is awake; `has_happened`: not by itself.
    pub(crate) fn gets_up(&mut self, has_happened: bool) {
        self.looks = !has_happened;
        let thread = self.member.turn.id();
        self.member.crew.stillness.watch().asleep.retain(|it| it.thread != thread);
    }
}

impl Drop for Rest {
    fn drop(&mut self) {
        let thread = self.member.turn.id();
        let mut watch = self.member.crew.stillness.watch();
        watch.asleep.retain(|it| it.thread != thread);
        // Who says what it waits for goes back to sleep.
        if !self.is_asked {
            watch.somebody_goes_on();
        }
    }
}
