//! The last fallback: the protocol's requests answered on the page itself, in
//! slices short enough that the page stays alive.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::clock::{now_ms, sleep};
use super::signal::{Letter, Mailbox, Signal, WorkerId};
use super::worker::copy;
use crate::protocol::{EngineError, FromWorker, ToWorker};
use crate::service::{Reply, Service};

/// How long the page works before it lets the browser have its turn, ms.
const SLICE_MS: f64 = 8.0;

/// A [`Service`] that the page itself keeps going.
pub(super) struct PageService {
    id: WorkerId,
    mailbox: Mailbox,
    service: Rc<RefCell<Service>>,
}

impl PageService {
    // Here it is entered (`xtask/src/parts.rs`): only where no worker can be started is any of it needed.
    #[inline(never)]
    pub(super) fn new(id: WorkerId, mailbox: &Mailbox) -> Self {
        Self { id, mailbox: mailbox.clone(), service: Rc::default() }
    }

    pub(super) fn id(&self) -> WorkerId {
        self.id
    }

    /// Takes a request in, and works on it between the browser's turns.
    #[inline(never)]
    pub(super) fn post(&self, message: ToWorker, data: Option<&[u8]>) {
        let was_busy = self.service.borrow().is_busy();
        let reply = self.service.borrow_mut().receive(message, data.unwrap_or_default());
        if let Some(reply) = reply {
            deliver(self.id, &self.mailbox, reply);
        }
        if !was_busy && self.service.borrow().is_busy() {
            spawn_local(work(self.id, Rc::clone(&self.service), self.mailbox.clone()));
        }
    }
}

async fn work(id: WorkerId, service: Rc<RefCell<Service>>, mailbox: Mailbox) {
    loop {
        sleep(0).await;
        if !service.borrow().is_busy() {
            return;
        }
        let mut service = service.borrow_mut();
        let reply = service.slice(&now_ms, SLICE_MS);
        // A page must not block, and comes here only where the browser is at its worst.
        let refused = service.wanted().map(|file| format!("{} is read by workers, and here none starts", file.name()));
        let refusal = refused.and_then(|reason| service.bring(Err(reason)));
        reply.into_iter().chain(refusal).for_each(|reply| deliver(id, &mailbox, reply));
    }
}

fn deliver(worker: WorkerId, mailbox: &Mailbox, reply: Reply) {
    let (message, data) = match reply.data().map(copy).transpose() {
        Ok(data) => (reply.message, data),
        Err(_) => (FromWorker::Failed(EngineError::Memory { had: 0 }), None),
    };
    let letter = Letter { worker, message, data, shared: None };
    let _ = mailbox.unbounded_send(Signal::Message(Box::new(letter)));
}
