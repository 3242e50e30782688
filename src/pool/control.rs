//! What a run holds while it goes on: the queue it waits on, the page's time,
//! and the numbers that tell dispatches and workers apart.

use std::cell::Cell;
use std::rc::Rc;

use futures_channel::mpsc::{UnboundedReceiver, unbounded};
use futures_util::StreamExt;
use futures_util::future::{Either, select};

use super::clock::now_ms;
use super::port::Port;
use super::signal::{Letter, Mailbox, Signal, WorkerId};
use super::watch::{Deadline, Ticker, Watch};
use crate::protocol::{FromWorker, ToWorker};

/// A worker that answers Stop later than this is terminated, ms.
const STOP_LIMIT_MS: f64 = 60.0;
/// Chromium lets a terminated busy worker run on for 2 s, and those that it
/// started for up to 4 s; measured. No clock starts before.
const SETTLE_MS: f64 = 4500.0;

/// Why a dispatch gave no result.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Trouble {
    /// Stop was asked for.
    Stopped,
    /// Nothing could be started: a sentence for learners.
    NotStarted(String),
    /// Something broke: a sentence for learners.
    Broken(String),
}

impl Trouble {
    pub(super) fn broken(reason: impl Into<String>) -> Self {
        Self::Broken(reason.into())
    }
}

/// See the module's words.
pub(super) struct Control {
    mailbox: Mailbox,
    signals: UnboundedReceiver<Signal>,
    pub(super) watch: Rc<Watch>,
    next_worker: Cell<WorkerId>,
    dispatch: Cell<u32>,
    settled_ms: Cell<f64>,
}

impl Control {
    pub(super) fn new(watch: Rc<Watch>) -> Self {
        let (mailbox, signals) = unbounded();
        let (next_worker, dispatch, settled_ms) = Default::default();
        Self { mailbox, signals, watch, next_worker, dispatch, settled_ms }
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
        while self.signals.try_recv().is_ok() {}
    }

    /// The next signal, with Stop as an error.
    pub(super) async fn next(&mut self) -> Result<Signal, Trouble> {
        match self.signals.next().await {
            Some(Signal::Stop) => Err(Trouble::Stopped),
            Some(signal) => Ok(signal),
            None => Err(Trouble::broken("The page lost touch with its workers.")),
        }
    }

    /// Waits for something that is not a signal, but not beyond Stop.
    pub(super) async fn until<T>(&mut self, work: impl Future<Output = T>) -> Result<T, Trouble> {
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
        data: Option<&[f64]>,
        silence_ms: f64,
        mut heard: impl FnMut(&FromWorker),
    ) -> Result<Box<Letter>, Trouble> {
        port.post(message, data).map_err(Trouble::broken)?;
        let mut silence = self.deadline(silence_ms);
        loop {
            match self.next().await? {
                Signal::Message(letter) if self.concerns(&letter, port) => match &letter.message {
                    FromWorker::Failed(error) => return Err(Trouble::Broken(format!("The worker failed: {error}."))),
                    FromWorker::Progress { .. } => {
                        heard(&letter.message);
                        silence = self.deadline(silence_ms);
                    }
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

    /// Tells all to drop their work and waits until each has said that it did.
    /// True where all did in time; else the caller must terminate them.
    pub(super) async fn quiesce(&mut self, ports: &[&Port]) -> bool {
        let dispatch = self.dispatch.get();
        let mut waiting: Vec<WorkerId> = Vec::new();
        for port in ports {
            if port.post(ToWorker::Stop { dispatch }, None).is_ok() {
                waiting.push(port.id());
            }
        }
        let until_ms = now_ms() + STOP_LIMIT_MS;
        let wake = self.mailbox.clone();
        wasm_bindgen_futures::spawn_local(async move {
            super::clock::sleep(STOP_LIMIT_MS as i32).await;
            let _ = wake.unbounded_send(Signal::Tick);
        });
        while !waiting.is_empty() {
            match self.signals.next().await {
                Some(Signal::Message(letter)) if is_last_word(&letter.message) => {
                    waiting.retain(|worker| *worker != letter.worker);
                }
                Some(Signal::Broken { worker, .. }) => waiting.retain(|waiting| *waiting != worker),
                Some(Signal::Tick) if now_ms() >= until_ms => {
                    self.terminated_busy();
                    return false;
                }
                Some(_) => {}
                None => return false,
            }
        }
        true
    }

    /// Notes that a worker is terminated which may be at work.
    pub(super) fn terminated_busy(&self) {
        self.settled_ms.set(now_ms() + SETTLE_MS);
    }

    /// How long until nothing terminated runs on any more, ms.
    pub(super) fn unsettled_ms(&self) -> f64 {
        (self.settled_ms.get() - now_ms()).max(0.0)
    }
}

fn is_last_word(message: &FromWorker) -> bool {
    matches!(message, FromWorker::Stopped { .. } | FromWorker::Failed(_))
}
