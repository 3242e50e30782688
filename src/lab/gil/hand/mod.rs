//! Step it by hand: what happens between two threads, pressed by the student.
//!
//! | module | subject |
//! |---|---|
//! | [`counter`] | `c += f()` in two threads, step by step |
//! | [`words`] | what is said of a step |
//! | [`scene`] | the tasks that are handed the stove, and every move |
//! | [`outcome`] | what is said of a move, and what it came to |
//! | [`modelled`] | the kitchens where threads can't run |
//! | `view` | where they stand in the lab |
//! | `step` | the counter on the page |
//! | `really` | the same for real, beside it |
//! | `stove` | the scheduler on the page |

pub mod counter;
pub mod modelled;
pub mod outcome;
pub mod scene;
pub mod words;

#[cfg(target_family = "wasm")]
mod really;
#[cfg(target_family = "wasm")]
mod step;
#[cfg(target_family = "wasm")]
mod stove;
#[cfg(target_family = "wasm")]
pub(super) mod view;
