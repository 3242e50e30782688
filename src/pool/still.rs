//! Whether the page is at rest: a slide that still moves, or a page around that still
//! loads, takes time from what is measured.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use futures_util::future::{Either, select};
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IntersectionObserver, IntersectionObserverInit};

use super::clock::{now_ms, sleep, window};

/// So many intervals between frames in a row must be even.
const FRAMES: usize = 5;
/// By so much of their mean they may differ.
const UNEVEN: f64 = 0.4;
/// What is seen of a frame has not changed for so long, ms. How a slide turns can't be seen,
/// nor its last third when it moves: decks take some 0.8 s.
const UNMOVED_MS: f64 = 1000.0;
/// The page is not waited for any longer, ms: how long a deck takes is not ours to know.
const LIMIT_MS: f64 = 2000.0;
/// A frame that has not come within this will not come: the page is not drawn, ms.
const FRAME_LIMIT_MS: i32 = 150;
/// Where the timer itself was later than that, the page was held up, ms.
const HELD_UP_MS: f64 = 50.0;
/// A frame's pixels are made after its scripts have run, ms.
const AFTER_FRAME_MS: i32 = 20;
/// The display's own interval is at most this (30 a second), ms.
const INTERVAL_LIMIT_MS: f64 = 34.0;
/// Steps in which more or less of the page is seen.
const SIGHTS: u32 = 50;

thread_local! {
    /// The shortest interval at which frames were seen to come evenly, ms.
    static INTERVAL_MS: Cell<f64> = const { Cell::new(INTERVAL_LIMIT_MS) };
    /// When what is seen of the page last changed.
    static MOVED_MS: Cell<f64> = const { Cell::new(f64::NEG_INFINITY) };
    static OBSERVER: RefCell<Option<IntersectionObserver>> = const { RefCell::new(None) };
}

/// Watches, in a frame, how much of it is seen, for as long as the page lives.
pub(super) fn watch() {
    let is_known = OBSERVER.with_borrow(Option::is_some);
    let Some(window) = window().filter(|_| !is_known) else { return };
    let is_framed = window.parent().ok().flatten().is_none_or(|parent| parent != window);
    let Some(page) = window.document().and_then(|document| document.document_element()) else { return };
    if !is_framed {
        return;
    }
    let moved = Closure::<dyn Fn()>::new(|| MOVED_MS.set(now_ms()));
    let init = IntersectionObserverInit::new();
    let sights: Array = (0..=SIGHTS).map(|step| JsValue::from_f64(f64::from(step) / f64::from(SIGHTS))).collect();
    init.set_threshold(&sights);
    if let Ok(observer) = IntersectionObserver::new_with_options(moved.as_ref().unchecked_ref(), &init) {
        observer.observe(&page);
        OBSERVER.set(Some(observer));
        moved.forget();
    }
}

/// Resolves once the page is at rest and has drawn what was changed so far, or is not
/// drawn at all.
pub(super) async fn until_still() {
    watch();
    let until_ms = now_ms() + LIMIT_MS;
    let (mut last, mut intervals_ms) = (None, VecDeque::new());
    while let Some(frame) = next_frame().await {
        match frame {
            Frame::At(at_ms) => intervals_ms.extend(last.replace(at_ms).map(|last_ms| at_ms - last_ms)),
            Frame::HeldUp => {
                last = None;
                intervals_ms.clear();
            }
        }
        if intervals_ms.len() > FRAMES {
            intervals_ms.pop_front();
        }
        let is_unmoved = now_ms() - MOVED_MS.get() >= UNMOVED_MS;
        if are_on_time(&intervals_ms) && is_unmoved {
            return sleep(AFTER_FRAME_MS).await;
        }
        if now_ms() >= until_ms {
            // The window may have moved to a slower display.
            INTERVAL_MS.set(INTERVAL_LIMIT_MS);
            return sleep(AFTER_FRAME_MS).await;
        }
    }
}

/// Evenly, and not half as often as was seen before.
fn are_on_time(intervals_ms: &VecDeque<f64>) -> bool {
    if intervals_ms.contains(&0.0) {
        // The clock is too coarse to tell.
        return true;
    }
    let mean_ms = intervals_ms.iter().sum::<f64>() / FRAMES as f64;
    let is_even = |ms: &f64| (ms - mean_ms).abs() <= UNEVEN * mean_ms;
    if intervals_ms.len() < FRAMES || !intervals_ms.iter().all(is_even) {
        return false;
    }
    INTERVAL_MS.set(INTERVAL_MS.get().min(mean_ms));
    mean_ms <= (1.0 + UNEVEN) * INTERVAL_MS.get()
}

enum Frame {
    /// When it was begun, ms.
    At(f64),
    /// The page was held up, and had no time for one.
    HeldUp,
}

/// `None` where the page is not drawn.
async fn next_frame() -> Option<Frame> {
    let asked_ms = now_ms();
    let frame = Promise::new(&mut |resolve, _| {
        if let Some(window) = window() {
            let _ = window.request_animation_frame(&resolve);
        }
    });
    match select(JsFuture::from(frame), Box::pin(sleep(FRAME_LIMIT_MS))).await {
        // A promise of ours is never rejected.
        Either::Left((at, _)) => at.ok().and_then(|at| at.as_f64()).map(Frame::At),
        Either::Right(_) => {
            let late_ms = now_ms() - asked_ms - f64::from(FRAME_LIMIT_MS);
            (late_ms > HELD_UP_MS).then_some(Frame::HeldUp)
        }
    }
}
