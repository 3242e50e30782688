//! The page's clock, aligned with the workers', and pauses on it.

use futures_util::future::select;
use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;
use web_sys::Window;

/// How long the clock's resolution is measured at most, ms.
const MEASURE_FOR_MS: f64 = 15.0;
/// A frame's pixels are made after its scripts have run, ms.
const AFTER_FRAME_MS: i32 = 20;
/// Frames that have not come within this will not come, ms.
const FRAMES_LIMIT_MS: i32 = 150;
/// How many of its steps are looked at, at most.
const STEPS: u32 = 12;

/// Milliseconds since the Unix epoch: `performance.timeOrigin + now()`, which
/// pages and workers of one browser share.
pub(super) fn now_ms() -> f64 {
    performance().map_or_else(js_sys::Date::now, |clock| clock.time_origin() + clock.now())
}

/// The smallest step that `performance.now()` was seen to make, ms.
pub(super) fn measure_resolution_ms() -> f64 {
    let Some(clock) = performance() else { return 1.0 };
    let begin = clock.now();
    let mut smallest = f64::INFINITY;
    let mut steps = 0;
    let mut last = begin;
    while steps < STEPS && last - begin < MEASURE_FOR_MS {
        let now = clock.now();
        if now > last {
            smallest = smallest.min(now - last);
            last = now;
            steps += 1;
        }
    }
    // Differences of large numbers: what is below a nanosecond is rounding.
    (smallest * 1e6).round() / 1e6
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
