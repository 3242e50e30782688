//! Where nobody else can be heard, as in sandboxed frames: a page that does nothing but
//! look at its clock misses none of its ticks, unless something else takes its core.

use std::cell::Cell;

use crate::pool::clock::{now_ms, sleep};

/// So many looks at the clock of this length, ms.
const LOOKS: u32 = 5;
const LOOK_MS: f64 = 6.0;
/// The clock went on by more than a tick and this while nobody could look, ms.
const MISSED_MS: f64 = 1.5;
/// So often the clock is read in one look at most: one that stands still never comes to its end.
const READS_LIMIT: u32 = 40_000;
/// In so many looks something may happen by chance.
const CHANCE: u32 = 1;
/// Pages that begin together don't look together, ms.
const APART_MS: f64 = 150.0;
/// So long the rest of the computer is waited for in one turn, ms.
const LIMIT_MS: f64 = 10_000.0;

/// For how long a turn still waits.
pub(super) struct Patience(Cell<f64>);

impl Patience {
    pub(super) fn new() -> Self {
        Self(Cell::new(LIMIT_MS))
    }

    /// Resolves once the clock ticks evenly, or has not for too long.
    pub(super) async fn until_even(&self, say: &dyn Fn(&'static str)) {
        loop {
            let begin_ms = now_ms();
            sleep((js_sys::Math::random() * APART_MS) as i32).await;
            if is_even().await || self.0.get() <= 0.0 {
                return;
            }
            say(super::UNEVEN);
            self.0.set(self.0.get() - (now_ms() - begin_ms));
        }
    }
}

async fn is_even() -> bool {
    let mut uneven = 0;
    for _ in 0..LOOKS {
        uneven += u32::from(misses_ticks());
        sleep(0).await;
    }
    uneven <= CHANCE
}

/// Looks at nothing but the clock for a moment.
fn misses_ticks() -> bool {
    let begin = now_ms();
    let (mut last, mut shortest, mut longest) = (begin, f64::INFINITY, 0.0_f64);
    for _ in 0..READS_LIMIT {
        let now = now_ms();
        let step = now - last;
        if step > 0.0 {
            (shortest, longest) = (shortest.min(step), longest.max(step));
        }
        last = now;
        if last - begin >= LOOK_MS {
            break;
        }
    }
    longest > 2.0 * shortest + MISSED_MS
}
