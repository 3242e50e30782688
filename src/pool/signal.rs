//! Everything that a run waits for, in one queue.

use futures_channel::mpsc::UnboundedSender;
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;

use crate::protocol::FromWorker;

/// Tells workers apart, also those of earlier pools whose last words come late.
pub(super) type WorkerId = u32;

/// Something that happened.
#[derive(Debug)]
pub(super) enum Signal {
    /// A worker spoke.
    Message(Box<Letter>),
    /// A worker broke: its script did not load, or an error escaped from it.
    Broken {
        /// Which.
        worker: WorkerId,
        /// The browser's words.
        reason: String,
    },
    /// The run's timer.
    Tick,
    /// The person, or the embedding page, wants the run to end.
    Stop,
}

/// A message with what came beside it.
#[derive(Debug)]
pub(super) struct Letter {
    /// From whom.
    pub(super) worker: WorkerId,
    /// The header.
    pub(super) message: FromWorker,
    /// The data beside it.
    pub(super) data: Option<Uint8Array>,
    /// The shared memory and the board's address, with a threaded engine's `Ready`.
    pub(super) shared: Option<(JsValue, u32)>,
}

/// Where signals go.
pub(super) type Mailbox = UnboundedSender<Signal>;
