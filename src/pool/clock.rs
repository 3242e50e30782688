//! The page's clock, aligned with the workers', and pauses on it.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::future::select;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, Window};

use crate::model::blurred_clock::NOT_SEEN_MS;
use crate::model::clock_steps::ClockSteps;

/// How long the clock's steps are looked for at most, ms: several of the coarsest there are.
const MEASURE_FOR_MS: f64 = 450.0;
/// So often the clock is read at once: some 2 ms.
const READS_AT_ONCE: u32 = 20_000;
/// And then in each turn of the page, so many turns at most: whatever the clock says, that ends.
const READS_A_TURN: u32 = 500;
const TURNS: u32 = 10_000;
/// A frame's pixels are made after its scripts have run, ms.
const AFTER_FRAME_MS: i32 = 20;
/// Frames that have not come within this will not come, ms.
const FRAMES_LIMIT_MS: i32 = 150;

/// Milliseconds since the Unix epoch: `performance.timeOrigin + now()`, which
/// pages and workers of one browser share.
pub(super) fn now_ms() -> f64 {
    performance().map_or_else(js_sys::Date::now, |clock| clock.time_origin() + clock.now())
}

/// The smallest step that `performance.now()` was seen to make, ms. Fine steps are seen at once;
/// coarse ones are waited for, while the page goes on.
pub(super) async fn measure_resolution_ms() -> f64 {
    let Some(clock) = performance() else { return 1.0 };
    let mut steps = ClockSteps::from(clock.now());
    let mut read = |times: u32| {
        for _ in 0..times {
            steps.read(clock.now());
            if steps.are_enough() || steps.elapsed_ms() > MEASURE_FOR_MS {
                return Some(steps.smallest_ms());
            }
        }
        None
    };
    let mut found = read(READS_AT_ONCE);
    let turns = Turns::new();
    for _ in 0..TURNS {
        let (None, Some(turns)) = (found, &turns) else { break };
        turns.next().await;
        found = read(READS_A_TURN);
    }
    found.flatten().or_else(|| steps.smallest_ms()).unwrap_or(NOT_SEEN_MS)
}

/// Turns of the page, one right after the other, in which all else has its own. (Timers would be
/// held up while the page is hidden.)
struct Turns {
    channel: MessageChannel,
    next: Rc<RefCell<Option<Function>>>,
    _on_message: Closure<dyn FnMut()>,
}

impl Turns {
    fn new() -> Option<Self> {
        let channel = MessageChannel::new().ok()?;
        let next: Rc<RefCell<Option<Function>>> = Rc::default();
        let waiting = Rc::clone(&next);
        let on_message: Closure<dyn FnMut()> = Closure::new(move || {
            if let Some(resolve) = waiting.take() {
                let _ = resolve.call0(&JsValue::NULL);
            }
        });
        channel.port1().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Some(Self { channel, next, _on_message: on_message })
    }

    async fn next(&self) {
        let promise = Promise::new(&mut |resolve, _| {
            self.next.replace(Some(resolve));
            let _ = self.channel.port2().post_message(&JsValue::NULL);
        });
        // A promise of ours is never rejected.
        let _ = JsFuture::from(promise).await;
    }
}

impl Drop for Turns {
    fn drop(&mut self) {
        self.channel.port1().set_onmessage(None);
        self.channel.port1().close();
    }
}

/// Resolves in the page's next turn: what follows is a task of its own, before which the page
/// answers whoever uses it.
pub(crate) async fn next_turn() {
    if let Some(turns) = Turns::new() {
        turns.next().await;
    }
}

/// Resolves after `ms`.
pub(super) async fn sleep(ms: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(window) = window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
        }
    });
    // A promise of ours is never rejected.
    let _ = JsFuture::from(promise).await;
}

/// Resolves once the page has drawn what was changed so far, so that its own
/// drawing does not end up on the clock. A page that is out of view does not
/// draw, and is not waited for.
pub(super) async fn painted() {
    let frames = async {
        for _ in 0..2 {
            let frame = Promise::new(&mut |resolve, _| {
                if let Some(window) = window() {
                    let _ = window.request_animation_frame(&resolve);
                }
            });
            // A promise of ours is never rejected.
            let _ = JsFuture::from(frame).await;
        }
        sleep(AFTER_FRAME_MS).await;
    };
    select(Box::pin(frames), Box::pin(sleep(FRAMES_LIMIT_MS))).await;
}

pub(super) fn window() -> Option<Window> {
    web_sys::window()
}

fn performance() -> Option<web_sys::Performance> {
    window()?.performance()
}
