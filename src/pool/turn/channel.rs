//! The turn where the browser keeps no queue: all who stand in it talk to each other
//! (`model::queue`). Beside a lock, it tells that whoever has that lives.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

use super::NAME;
use crate::model::queue::{Place, Queue};
use crate::pool::clock::{now_ms, sleep, window};

/// How often all say where they stand, ms.
const ROUND_MS: i32 = 500;
/// Who stands in the queue has answered a stranger by then, ms. Who had no time to, on a
/// busy machine, is heard later, and the one that came later lets go.
const ANSWER_MS: i32 = 300;
/// The origin of documents that share nothing with any other.
const NO_ORIGIN: &str = "null";

/// A place in the queue, until it is dropped.
pub(super) struct Channel {
    port: BroadcastChannel,
    queue: Rc<RefCell<Queue>>,
    round: i32,
    _hear: Closure<dyn FnMut(MessageEvent)>,
    _on_round: Closure<dyn FnMut()>,
}

impl Channel {
    /// `None` where nobody could be heard.
    pub(super) fn open() -> Option<Self> {
        let window = window()?;
        if window.origin() == NO_ORIGIN {
            return None;
        }
        let port = BroadcastChannel::new(NAME).ok()?;
        let number = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
        let place = Place { since_us: (now_ms() * 1e3) as u64, number };
        let queue = Rc::new(RefCell::new(Queue::new(place)));
        let hear: Closure<dyn FnMut(MessageEvent)> = {
            let (port, queue) = (port.clone(), Rc::clone(&queue));
            Closure::new(move |event: MessageEvent| {
                let text = event.data().as_string().unwrap_or_default();
                if queue.borrow_mut().hear(&text) {
                    tell(&port, &queue.borrow().word());
                }
            })
        };
        port.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        tell(&port, &queue.borrow().word());
        let on_round: Closure<dyn FnMut()> = {
            let (port, queue) = (port.clone(), Rc::clone(&queue));
            Closure::new(move || {
                queue.borrow_mut().round();
                tell(&port, &queue.borrow().word());
            })
        };
        let callback = on_round.as_ref().unchecked_ref();
        let round = window.set_interval_with_callback_and_timeout_and_arguments_0(callback, ROUND_MS);
        Some(Self { port, queue, round: round.unwrap_or_default(), _hear: hear, _on_round: on_round })
    }

    /// Resolves once all who are awake have answered.
    pub(super) async fn heard_all(&self) {
        sleep(ANSWER_MS).await;
    }

    /// Takes the turn, if it is free and nobody came before.
    pub(super) fn advance(&self) -> bool {
        let is_first = self.queue.borrow_mut().advance();
        if is_first {
            tell(&self.port, &self.queue.borrow().word());
        }
        is_first
    }

    /// Says that the turn is here, by a lock.
    pub(super) fn take(&self) {
        self.queue.borrow_mut().take();
        tell(&self.port, &self.queue.borrow().word());
    }

    /// What speaks on, by itself: the channel, and its timer's number.
    pub(super) fn voice(&self) -> (&BroadcastChannel, i32) {
        (&self.port, self.round)
    }

    /// Somebody who came before has the turn, too.
    pub(super) fn is_outdone(&self) -> bool {
        self.queue.borrow().is_outdone()
    }

    /// Rounds in which nobody was heard who has the turn.
    pub(super) fn unheard(&self) -> u32 {
        self.queue.borrow().unheard()
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        if let Some(window) = window() {
            window.clear_interval_with_handle(self.round);
        }
        tell(&self.port, &self.queue.borrow().farewell());
        self.port.set_onmessage(None);
        self.port.close();
    }
}

fn tell(port: &BroadcastChannel, text: &str) {
    // A channel that is closed has nobody to tell.
    let _ = port.post_message(&JsValue::from_str(text));
}
