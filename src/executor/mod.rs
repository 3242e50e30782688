//! How a workload is run: every executor fills the same output, and differs
//! only in who works when.
//!
//! | module | executor |
//! |---|---|
//! | [`slices`] | one chunk at a time, in slices: Serial and Vectorized with all items, process-like with a chunk in each worker |
//! | [`threads`] | chunks dealt to the threads of a rayon pool (feature `threads`) |
//! | [`allocator`] | no executor, but what knows that memory was refused |
//! | [`gil`] | no executor, but the lock by which threads take turns (feature `gil`) |
//!
//! Nothing here knows a browser, and there is no clock but the one that an
//! observer of the threads brings along. The contract is `tests/conformance.rs`,
//! for every workload of [the list](crate::workloads).

pub mod allocator;
#[cfg(feature = "gil")]
pub mod gil;
pub mod slices;
#[cfg(feature = "threads")]
pub mod threads;
