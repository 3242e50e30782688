//! One run at a time, for all frames and tabs of this origin: side by side they would
//! take the cores from each other, and each would show times that are not its own.
//!
//! | module | how the others are heard of |
//! |---|---|
//! | `locks` | Web Locks: the browser keeps the queue |
//! | `channel` | BroadcastChannel: whoever waits or runs says so again and again |
//! | `pace` | not at all: how evenly the page's own clock ticks |
//!
//! A page that is left, frozen, or hidden for long gives its turn back, and its place in
//! the queue.

mod channel;
mod locks;
mod pace;
mod presence;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_util::future::{Either, select};
use js_sys::Object;
use wasm_bindgen::JsValue;

use self::channel::Channel;
use self::locks::{Lock, Locks};
use self::pace::Patience;
use self::presence::{Left, Presence};
use super::clock::{sleep, window};
use super::worker::set;

/// What the lock and the channel are called.
const NAME: &str = "parallel-lab turn";
/// How often who waits looks again, ms.
const LOOK_MS: i32 = 100;
/// Rounds in which who has the turn was not heard, until that is said, and until it is
/// taken away. A round takes half a second.
const UNANSWERED_AFTER: u32 = 10;
const STEAL_AFTER: u32 = 30;
/// So many looks at once without a word: most turns come at once.
const SILENT_LOOKS: u32 = 1;

/// What runs has so long to end where its turn is over but its page lives, ms; a script
/// goes on beyond it.
const ENDING_MS: i32 = 2_000;

/// Said, to nobody for the time being, where the page is out of sight.
pub(super) const HIDDEN: &str = "Paused while this tab is hidden: what the browser slows down is not measured.";
/// Said while another lab has the turn.
const WAITING: &str = "Waiting for another lab in this browser: side by side, each would slow the other down …";
/// Said where who has the turn no longer speaks.
const UNANSWERED: &str =
    "Another lab in this browser has the turn, but does not answer: this one soon goes on without it …";
/// Said where others can only be guessed at.
const UNEVEN: &str = "Waiting until this computer is less busy: something else takes its time …";

/// The page's turn: whether it has it, and how it gets it.
#[derive(Default)]
pub(super) struct Turn {
    held: Rc<RefCell<Option<Held>>>,
    presence: Rc<Presence>,
}

/// The turn, until it is dropped.
struct Held {
    lock: Option<Lock>,
    channel: Option<Channel>,
    patience: Rc<Patience>,
    /// It counts as lost, and others get it once what runs has ended.
    is_ending: Cell<bool>,
}

impl Held {
    fn by(lock: Option<Lock>, channel: Option<Channel>) -> Self {
        Self { lock, channel, patience: Rc::new(Patience::new()), is_ending: Cell::new(false) }
    }

    /// Where the program ends in the middle of a run, www/boot.js gives the turn back.
    fn leave_with_boot(&self) {
        let turn = Object::new();
        if let Some(give_back) = self.lock.as_ref().and_then(Lock::give_back) {
            set(&turn, "giveBack", &give_back);
        }
        if let Some((port, round)) = self.channel.as_ref().map(Channel::voice) {
            set(&turn, "port", port);
            set(&turn, "round", &JsValue::from_f64(f64::from(round)));
        }
        if let Some(window) = window() {
            set(&window, "parallelLabTurn", &turn);
        }
    }

    fn is_lost(&self) -> bool {
        self.is_ending.get()
            || self.lock.as_ref().is_some_and(Lock::is_over)
            || (self.lock.is_none() && self.channel.as_ref().is_some_and(Channel::is_outdone))
    }

    /// Where nobody else can be heard.
    fn patience(&self) -> Option<Rc<Patience>> {
        let is_deaf = self.lock.is_none() && self.channel.is_none();
        is_deaf.then(|| Rc::clone(&self.patience))
    }
}

impl Turn {
    /// Resolves once it is this page's turn; `say` hears a sentence where that takes its
    /// time. Who no longer waits (drops this) has left the queue.
    pub(super) async fn take(&self, say: &dyn Fn(&'static str)) {
        let held = Rc::clone(&self.held);
        self.presence.watch(move |left| match left {
            Left::Gone => drop(held.take()),
            Left::Hidden => end(&held),
        });
        while !self.is_held() {
            self.give_back();
            if self.presence.is_gone() {
                say(HIDDEN);
                self.presence.returned().await;
            }
            let asked = Box::pin(ask(say));
            if let Either::Left((held, _)) = select(asked, self.presence.left()).await {
                held.leave_with_boot();
                self.held.replace(Some(held));
            }
        }
        let patience = self.held.borrow().as_ref().and_then(Held::patience);
        if let Some(patience) = patience {
            patience.until_even(say).await;
        }
    }

    /// Whether it is this page's turn. It may end at any moment.
    pub(super) fn is_held(&self) -> bool {
        self.held.borrow().as_ref().is_some_and(|held| !held.is_lost())
    }

    /// Lets the next one have its turn; nothing where there was none.
    pub(super) fn give_back(&self) {
        drop(self.held.take());
    }
}

/// Has what runs end, and then gives the turn back: whoever runs does that as soon as
/// nothing of it computes any more, and where it does not, the time limit does.
fn end(held: &Rc<RefCell<Option<Held>>>) {
    let held = Rc::clone(held);
    if let Some(held) = held.borrow().as_ref() {
        held.is_ending.set(true);
    }
    wasm_bindgen_futures::spawn_local(async move {
        sleep(ENDING_MS).await;
        let is_over = held.borrow().as_ref().is_some_and(|held| held.is_ending.get());
        if is_over {
            drop(held.take());
        }
    });
}

/// Stands in the queue until it is this page's turn.
async fn ask(say: &dyn Fn(&'static str)) -> Held {
    let channel = Channel::open();
    if let Some(locks) = Locks::of_browser()
        && let Some(lock) = by_lock(&locks, channel.as_ref(), say).await
    {
        if let Some(channel) = &channel {
            channel.take();
        }
        return Held::by(Some(lock), channel);
    }
    if let Some(channel) = &channel {
        channel.heard_all().await;
        let mut looks = 0;
        while !channel.advance() {
            if looks >= SILENT_LOOKS {
                say(WAITING);
            }
            looks += 1;
            sleep(LOOK_MS).await;
        }
    }
    Held::by(None, channel)
}

/// `None` where the browser refuses locks.
async fn by_lock(locks: &Locks, channel: Option<&Channel>, say: &dyn Fn(&'static str)) -> Option<Lock> {
    let mut lock = locks.request()?;
    let silence = async {
        let mut looks = 0;
        loop {
            sleep(LOOK_MS).await;
            let unheard = channel.map_or(0, Channel::unheard);
            if unheard >= STEAL_AFTER {
                return;
            }
            if looks >= SILENT_LOOKS {
                say(if unheard >= UNANSWERED_AFTER { UNANSWERED } else { WAITING });
            }
            looks += 1;
        }
    };
    let granted = match select(Box::pin(lock.granted()), Box::pin(silence)).await {
        Either::Left((granted, _)) => Some(granted),
        Either::Right(_) => None,
    };
    match granted {
        Some(granted) => granted.then_some(lock),
        None => {
            // Its page hangs, or the browser has frozen it with the lock.
            drop(lock);
            let mut stolen = locks.steal()?;
            stolen.granted().await.then_some(stolen)
        }
    }
}
