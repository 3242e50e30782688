//! The turn as a lock of the browser's: it keeps the queue, and takes the lock from a
//! page that is gone, however it went.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_channel::oneshot::{Receiver, channel};
use js_sys::{Function, Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::AbortController;

use super::NAME;
use crate::pool::clock::window;
use crate::pool::worker::{property, set};

#[wasm_bindgen]
extern "C" {
    /// `navigator.locks`, which web-sys has as unstable.
    pub(super) type Locks;
    #[wasm_bindgen(method, catch, js_name = request)]
    fn request_with(this: &Locks, name: &str, options: &Object, granted: &Function) -> Result<Promise, JsValue>;
}

impl Locks {
    /// `None` in an insecure context, and in old browsers.
    pub(super) fn of_browser() -> Option<Self> {
        property(&window()?.navigator(), "locks").map(JsCast::unchecked_into)
    }

    /// Stands in the browser's queue.
    pub(super) fn request(&self) -> Option<Lock> {
        let (options, abort) = (Object::new(), AbortController::new().ok());
        if let Some(abort) = &abort {
            set(&options, "signal", &abort.signal());
        }
        self.with(&options, abort)
    }

    /// Takes the lock from whoever has it.
    pub(super) fn steal(&self) -> Option<Lock> {
        let options = Object::new();
        set(&options, "steal", &JsValue::TRUE);
        self.with(&options, None)
    }

    fn with(&self, options: &Object, abort: Option<AbortController>) -> Option<Lock> {
        let state = Rc::new(State::default());
        let (tell, granted) = channel();
        let tell = Cell::new(Some(tell));
        let begin = {
            let state = Rc::clone(&state);
            Closure::<dyn Fn() -> JsValue>::new(move || {
                // Nobody waits for it any more.
                if state.is_dropped.get() {
                    return JsValue::UNDEFINED;
                }
                // The browser has the lock back when this promise is kept.
                let promise = Promise::new(&mut |keep, _| drop(state.give_back.replace(Some(keep))));
                if let Some(tell) = tell.take() {
                    let _ = tell.send(());
                }
                promise.into()
            })
        };
        let over = self.request_with(NAME, options, begin.as_ref().unchecked_ref()).ok()?;
        let known = Rc::clone(&state);
        spawn_local(async move {
            // Refused, given back, or stolen.
            let _ = JsFuture::from(over).await;
            known.is_over.set(true);
            drop(begin);
        });
        Some(Lock { state, granted, abort })
    }
}

#[derive(Default)]
struct State {
    give_back: RefCell<Option<Function>>,
    is_over: Cell<bool>,
    is_dropped: Cell<bool>,
}

/// A lock, or a place in the queue for it, until it is dropped.
pub(super) struct Lock {
    state: Rc<State>,
    granted: Receiver<()>,
    abort: Option<AbortController>,
}

impl Lock {
    /// Resolves once it is granted, or refused (`false`).
    pub(super) async fn granted(&mut self) -> bool {
        (&mut self.granted).await.is_ok()
    }

    /// What gives it back from JavaScript.
    pub(super) fn give_back(&self) -> Option<Function> {
        self.state.give_back.borrow().clone()
    }

    /// It was refused, or somebody has taken it away.
    pub(super) fn is_over(&self) -> bool {
        self.state.is_over.get()
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.state.is_dropped.set(true);
        if let Some(abort) = &self.abort {
            abort.abort();
        }
        if let Some(give_back) = self.state.give_back.take() {
            let _ = give_back.call0(&JsValue::NULL);
        }
    }
}
