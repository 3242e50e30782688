//! Blocks of the page that come when they are first wanted
//! ([`view::later`](crate::view::later)): each in a task of its own, so that the page
//! answers in between.

use std::cell::Cell;

use crate::pool::clock::next_turn;

/// What is not here after so many turns of the page is on its way through a network.
const TURNS: u32 = 20;

thread_local! {
    static COMING: Cell<u32> = const { Cell::new(0) };
}

/// Brings what a block is made of, and resolves when its own task begins.
pub(crate) async fn bring<T>(part: impl Future<Output = T>) -> T {
    COMING.set(COMING.get().saturating_add(1));
    let brought = part.await;
    next_turn().await;
    COMING.set(COMING.get().saturating_sub(1));
    brought
}

/// Resolves when the blocks stand that are wanted now, unless one has to be fetched.
pub(crate) async fn stand() {
    for _ in 0..TURNS {
        // Only then they know what has changed.
        next_turn().await;
        if COMING.get() == 0 {
            break;
        }
    }
}
