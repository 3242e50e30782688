//! What a person sees and touches. It reaches the executors only through
//! `pool`; what does not need a browser (geometry, wording) is compiled and
//! tested natively too.
//!
//! | module | subject |
//! |---|---|
//! | `app` | mounts the page and opens the pool |
//! | `state` | every signal of the page |
//! | `control` | Run, Stop, `set`, `reset`: who may start what, when |
//! | `experiment` | from settings to an experiment, from its outcome to a report |
//! | `contract` | messages from and to the embedding page |
//! | `url`, `theme`, `clipboard` | the address bar, the colours, the clipboard |
//! | `visit`, `storage` | whether it is the first visit; what the browser keeps |
//! | `restore` | what was changed in a frame, for when it comes back |
//! | `lab` | one file per part of the race |
//! | `widget` | fields, notices, tables |
//! | `plot` | charts: geometry beside, views on top |
//! | `embed` | the lines that put a lab into a page or a slide |
//! | `takeaway` | link, table, file and picture for a student's own use |

#![allow(unreachable_pub, reason = "`#[component]` writes pub items beside each component")]

pub mod contract;
pub mod embed;
#[cfg_attr(not(target_family = "wasm"), allow(dead_code, reason = "only the page calls it"))]
mod experiment;
pub mod format;
pub mod lab;
pub mod plot;
pub mod takeaway;

#[cfg(target_family = "wasm")]
mod app;
#[cfg(target_family = "wasm")]
mod clipboard;
#[cfg(target_family = "wasm")]
mod control;
#[cfg(target_family = "wasm")]
mod dom;
#[cfg(target_family = "wasm")]
mod rest;
#[cfg(target_family = "wasm")]
mod restore;
#[cfg(target_family = "wasm")]
mod state;
#[cfg(target_family = "wasm")]
mod storage;
#[cfg(target_family = "wasm")]
mod theme;
#[cfg(target_family = "wasm")]
mod url;
#[cfg(target_family = "wasm")]
mod visit;
#[cfg(target_family = "wasm")]
mod widget;

#[cfg(target_family = "wasm")]
pub use self::app::mount;
