//! Parallel Lab: learn parallel computing by running it.
//!
//! Every experiment is a *workload* handed to an *executor*, which yields a
//! *report*; every lab is a view of reports.
//!
//! ```text
//! workload ──tasks──▶ executor ──spans, results──▶ report ──▶ charts, words
//! (what)               (how)                        (what happened)
//! ```
//!
//! | module | runs | knows |
//! |---|---|---|
//! | [`model`] | anywhere | numbers, settings, spans, reports; no browser, no clock |
//! | [`workload`] | anywhere | `model`; what is computed, and the list of it |
//! | [`executor`] | wherever it is called | `workload`, and rayon (feature `threads`) |
//! | [`protocol`] | both sides of a web worker | `model`, `workload`; the whole conversation on one page |
//! | [`service`] | a worker, or the page as the last fallback | `executor`, `protocol`: requests in, replies out, in slices |
//! | `engine` | inside a web worker (feature `engine`) | `service`, `executor`, `protocol` |
//! | `pool` | the page's thread (feature `ui`) | `protocol`, the Worker API, clocks |
//! | `page` | the page's thread (feature `ui`) | `pool`, `model` |
//! | `view` | the page's thread (feature `ui`) | `page`: blocks that any lab uses |
//! | `lab` | the page's thread (feature `ui`) | everything: one folder per lab |
//!
//! Imports run one way only; `ARCHITECTURE.md` has the map and the invariants.

#![cfg_attr(all(feature = "engine-threaded", target_family = "wasm"), feature(alloc_error_hook))]

pub mod executor;
pub mod model;
pub mod protocol;
pub mod service;
pub mod workload;

#[cfg(all(feature = "engine", target_family = "wasm"))]
pub mod engine;
#[cfg(all(feature = "ui", target_family = "wasm"))]
pub mod pool;
// Natively only the list of labs, geometry and wording.
#[cfg(any(feature = "ui", not(target_family = "wasm")))]
pub mod lab;
#[cfg(any(feature = "ui", not(target_family = "wasm")))]
pub mod page;
#[cfg(any(feature = "ui", not(target_family = "wasm")))]
pub mod view;

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: executor::allocator::Allocator = executor::allocator::Allocator;

/// Identifies the sources that this artefact was built from (16 hex digits).
/// The page and the engines compare theirs, so that a page never drives an
/// engine of another build.
pub const BUILD: &str = env!("PARALLEL_LAB_BUILD");

/// Brings the page to life in a document that has a place for it.
#[cfg(all(feature = "ui", target_family = "wasm"))]
pub fn mount() {
    page::mount(&lab::CATALOGUE, lab::DOORS);
}
