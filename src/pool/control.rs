//! What a run holds while it goes on: the queue it waits on, the page's time,
//! and the numbers that tell dispatches and workers apart.

use std::cell::Cell;
use std::rc::Rc;

use futures_channel::mpsc::{UnboundedReceiver, unbounded};
use futures_util::StreamExt;
use futures_util::future::{Either, select};

use super::clock::{now_ms, sleep};
use super::port::Port;
use super::signal::{Letter, Mailbox, Signal, WorkerId};
use super::team::Team;
use super::turn::Turn;
use super::watch::{Deadline, Ticker, Watch};
use crate::model::memory::Whose;
use crate::protocol::{EngineError, FromWorker, ToWorker};

/// Stop is answered after so long, even where some workers have not yet, ms.
pub(super) const STOP_LIMIT_MS: f64 = 60.0;
/// A worker that answers Stop later than this after that is terminated, ms.
const LINGER_LIMIT_MS: f64 = 1500.0;
/// Chromium lets a terminated busy worker run on for 2 s, and those that it
/// started for up to 4 s; measured. No clock starts before.
pub(super) const SETTLE_MS: f64 = 4500.0;
/// Said meanwhile.
pub(super) const SETTLING: &str = "Waiting a few seconds until a worker that had to be ended has let go of its core…";
/// Idle workers that are ended are gone after so long.
const RELEASE_MS: f64 = 1000.0;

/// Why a dispatch gave no result.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Trouble {
    /// Stop was asked for.
    Stopped,
    /// The page has lost its turn: what was measured is to be measured again.
    Interrupted,
    /// Nothing could be started: a sentence for learners.
    NotStarted(String),
    /// Something broke: a sentence for learners.
    Broken(String),
    /// A data file could not be had, or is damaged: a sentence for learners.
    File(String),
    /// Somebody was refused memory.
    Memory {
        /// Who.
        whose: Whose,
        /// What could be had, bytes; 0 where nobody knows.
        had: u64,
    },
}

impl Trouble {
    pub(super) fn broken(reason: impl Into<String>) -> Self {
        Self::Broken(reason.into())
    }

    /// What a worker says of itself; any other trouble than that it has too little memory is `broke`.
    pub(super) fn failed(error: &EngineError, whose: Whose, broke: impl FnOnce(String) -> Self) -> Self {
        match error {
            EngineError::Memory { had } => Self::Memory { whose, had: *had },
            EngineError::File { message } => Self::File(format!("A data file could not be read: {message}.")),
            other => broke(other.to_string()),
        }
    }
}

/// See the module's words.
pub(super) struct Control {
    mailbox: Mailbox,
    signals: UnboundedReceiver<Signal>,
    pub(super) watch: Rc<Watch>,
    pub(super) turn: Rc<Turn>,
    next_worker: Cell<WorkerId>,
    dispatch: Cell<u32>,
    settled_ms: Cell<f64>,
    lingering: Vec<(Team, Quiet)>,
    /// Stop came while something else was waited for.
    stop_wanted: bool,
}

impl Control {
    pub(super) fn new(watch: Rc<Watch>) -> Self {
        let (mailbox, signals) = unbounded();
        let (turn, next_worker, dispatch, settled_ms) = Default::default();
        let lingering = Vec::new();
        Self { mailbox, signals, watch, turn, next_worker, dispatch, settled_ms, lingering, stop_wanted: false }
    }

    /// Where signals for this run go.
    pub(super) fn mailbox(&self) -> &Mailbox {
        &self.mailbox
    }

    pub(super) fn ticker(&self) -> Ticker {
        Ticker::start(&self.watch, &self.mailbox)
    }

    pub(super) fn deadline(&self, limit_ms: f64) -> Deadline {
        Deadline::new(limit_ms, &self.watch)
    }

    pub(super) fn new_worker_id(&self) -> WorkerId {
        self.next_worker.set(self.next_worker.get() + 1);
        self.next_worker.get()
    }

    /// A number for the next dispatch; replies to earlier ones no longer count.
    pub(super) fn new_dispatch(&self) -> u32 {
        self.dispatch.set(self.dispatch.get().wrapping_add(1));
        self.dispatch.get()
    }

    /// Forgets what came in after the last run ended.
    pub(super) fn drain(&mut self) {
        self.stop_wanted = false;
        while self.signals.try_recv().is_ok() {}
    }

    /// The next signal, with Stop as an error.
    pub(super) async fn next(&mut self) -> Result<Signal, Trouble> {
        if self.stop_wanted {
            return Err(Trouble::Stopped);
        }
        match self.signals.next().await {
            Some(Signal::Stop) => Err(Trouble::Stopped),
            Some(signal) => Ok(signal),
            None => Err(Trouble::broken("The page lost touch with its workers.")),
        }
    }

    /// Waits for something that is not a signal, but not beyond Stop.
    pub(super) async fn until<T>(&mut self, work: impl Future<Output = T>) -> Result<T, Trouble> {
        if self.stop_wanted {
            return Err(Trouble::Stopped);
        }
        let mut work = Box::pin(work);
        loop {
            let signal = Box::pin(self.signals.next());
            match select(work, signal).await {
                Either::Left((value, _)) => return Ok(value),
                Either::Right((Some(Signal::Stop), _)) => return Err(Trouble::Stopped),
                Either::Right((_, rest)) => work = rest,
            }
        }
    }

    /// Sends one request to one port and waits for its answer.
    ///
    /// # Errors
    /// Stop (the port is idle then); or a sentence, where the port broke or was
    /// silent for `silence_ms`.
    pub(super) async fn ask(
        &mut self,
        port: &Port,
        message: ToWorker,
        data: Option<&[u8]>,
        silence_ms: f64,
    ) -> Result<Box<Letter>, Trouble> {
        port.post(message, data).map_err(Trouble::broken)?;
        let mut silence = self.deadline(silence_ms);
        loop {
            match self.next().await? {
                Signal::Message(letter) if self.concerns(&letter, port) => match &letter.message {
                    FromWorker::Failed(error) => {
                        let broke = |error| Trouble::Broken(format!("The worker failed: {error}."));
                        return Err(Trouble::failed(error, Whose::Worker, broke));
                    }
                    FromWorker::Progress { .. } => silence = self.deadline(silence_ms),
                    FromWorker::Stopped { .. } => {}
                    _ => return Ok(letter),
                },
                Signal::Broken { worker, reason } if worker == port.id() => {
                    return Err(Trouble::Broken(format!("The worker broke: {reason}.")));
                }
                Signal::Tick if silence.is_over(&self.watch) => {
                    self.terminated_busy();
                    return Err(Trouble::broken("The worker stopped answering."));
                }
                _ => {}
            }
        }
    }

    /// Is this from that port, and about what goes on now?
    pub(super) fn concerns(&self, letter: &Letter, port: &Port) -> bool {
        letter.worker == port.id() && letter.message.dispatch().is_none_or(|dispatch| dispatch == self.dispatch.get())
    }

    /// Tells all of a team to drop their work, and waits for `limit_ms` until
    /// each has said that it did.
    pub(super) async fn quiesce(&mut self, team: &Team, limit_ms: f64) -> Quiet {
        let dispatch = self.dispatch.get();
        let mut quiet = Quiet { silent: Vec::new(), broken: false };
        for port in &team.ports {
            match port.post(ToWorker::Stop { dispatch }, None) {
                Ok(()) => quiet.silent.push(port.id()),
                Err(_) => quiet.broken = true,
            }
        }
        self.hear_out(&mut quiet, limit_ms).await;
        quiet
    }

    /// Waits until nobody is silent any more, but not beyond `limit_ms`.
    async fn hear_out(&mut self, quiet: &mut Quiet, limit_ms: f64) {
        // By a timer, not by the clock: that may stand still for longer.
        let mut limit = Box::pin(sleep(limit_ms as i32));
        while !quiet.silent.is_empty() {
            let Either::Left((signal, rest)) = select(self.signals.next(), limit).await else { return };
            limit = rest;
            match signal {
                Some(Signal::Message(letter)) => quiet.hear(&letter),
                Some(Signal::Broken { worker, .. }) => quiet.lose(worker),
                // Not for now, but not to be lost either.
                Some(Signal::Stop) => self.stop_wanted = true,
                Some(Signal::Tick) => {}
                None => return,
            }
        }
    }

    /// Keeps a team that has not yet stopped, until it has.
    pub(super) fn linger(&mut self, team: Team, quiet: Quiet) {
        self.lingering.push((team, quiet));
    }

    pub(super) fn has_lingering(&self) -> bool {
        !self.lingering.is_empty()
    }

    /// Waits for those that have not yet stopped, and ends those that don't.
    pub(super) async fn finish_lingering(&mut self) {
        while let Some((team, mut quiet)) = self.lingering.pop() {
            self.hear_out(&mut quiet, LINGER_LIMIT_MS).await;
            if !quiet.silent.is_empty() {
                self.terminated_busy();
            }
            team.disband().await;
        }
    }

    /// Notes that a worker is terminated which may be at work.
    pub(super) fn terminated_busy(&self) {
        self.settled_ms.set(now_ms() + SETTLE_MS);
    }

    /// Notes that workers are ended where the browser lets no more run: another that is started before
    /// they are gone would wait for that, which Firefox's own thread has been seen to get stuck by.
    pub(super) fn ended_at_the_limit(&self) {
        self.settled_ms.set(self.settled_ms.get().max(now_ms() + RELEASE_MS));
    }

    /// How long until nothing terminated runs on any more, ms.
    pub(super) fn unsettled_ms(&self) -> f64 {
        (self.settled_ms.get() - now_ms()).max(0.0)
    }
}

/// Who has answered a Stop.
pub(super) struct Quiet {
    /// Who has not.
    silent: Vec<WorkerId>,
    /// Somebody broke instead.
    broken: bool,
}

impl Quiet {
    /// All stopped, and none broke: they can be used again.
    pub(super) fn is_whole(&self) -> bool {
        self.silent.is_empty() && !self.broken
    }

    /// Somebody may still be at work.
    pub(super) fn has_silent(&self) -> bool {
        !self.silent.is_empty()
    }

    fn hear(&mut self, letter: &Letter) {
        match letter.message {
            FromWorker::Stopped { .. } => self.silent.retain(|worker| *worker != letter.worker),
            FromWorker::Failed(_) => self.lose(letter.worker),
            _ => {}
        }
    }

    fn lose(&mut self, worker: WorkerId) {
        if self.silent.contains(&worker) {
            self.silent.retain(|silent| *silent != worker);
            self.broken = true;
        }
    }
}
