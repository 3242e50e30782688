//! How a workload is integrated: every executor fills the same output with
//! the same bits, and differs only in who works when.
//!
//! | module | executor |
//! |---|---|
//! | [`serial`] | member after member |
//! | [`vectorized`] | sixteen members at once in SIMD lanes |
//! | [`threads`] | chunks dealt to the threads of a rayon pool (feature `threads`) |
//! | [`gil`] | no executor, but the lock by which threads take turns (feature `gil`) |
//!
//! The process-like executor is [`serial`] or [`vectorized`] on chunks of the
//! members, each in a web worker of its own.
//!
//! All of them are [`Integration`]s: one chunk of members that is worked off in
//! slices, so that whoever drives it can look up in between. Nothing here knows
//! a browser, and there is no clock but the one that an observer of the threads
//! brings along. The contract is `tests/conformance.rs`.

#[cfg(feature = "gil")]
pub mod gil;
pub mod integration;
mod scalar;
pub mod serial;
#[cfg(feature = "threads")]
pub mod threads;
pub mod vectorized;

pub use integration::Integration;
