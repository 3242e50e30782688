//! The page around a lab: what it was opened with, what it is doing, and who it
//! speaks with. It knows no lab; what does not need a browser is compiled and
//! tested natively too.
//!
//! | module | subject |
//! |---|---|
//! | `app` | mounts the page and opens the pool |
//! | `header` | the way to all labs, and what works here |
//! | `state` | every signal of the page |
//! | `figure` | the view of nothing but sentence, figure and Run |
//! | `settings` | the settings that every lab has |
//! | `control` | Run, Stop, `set`, `reset`: who may start what, when |
//! | `door` | the way into a lab, and what the page asks of it |
//! | `contract` | messages from and to the embedding page |
//! | `url`, `theme`, `clipboard` | the address bar, the colours, the clipboard |
//! | `visit`, `done`, `storage` | whether it is the first visit, which labs were run; what the browser keeps |
//! | `questions` | which questions were missed, as the browser keeps it |
//! | `restore` | what was changed in a frame, for when it comes back |
//! | `text` | texts that change |
//! | `paper` | what printing needs |
//! | `rest`, `blocks` | the parts of the program that come later, and what they show |

#![allow(unreachable_pub, reason = "`#[component]` writes pub items beside each component")]

pub mod contract;
pub mod figure;
pub mod settings;

#[cfg(target_family = "wasm")]
pub(crate) mod app;
#[cfg(target_family = "wasm")]
pub(crate) mod blocks;
#[cfg(target_family = "wasm")]
pub(crate) mod clipboard;
#[cfg(target_family = "wasm")]
pub(crate) mod control;
#[cfg(target_family = "wasm")]
pub(crate) mod dom;
#[cfg(target_family = "wasm")]
pub(crate) mod done;
#[cfg(target_family = "wasm")]
pub(crate) mod door;
#[cfg(target_family = "wasm")]
mod header;
#[cfg(target_family = "wasm")]
pub(crate) mod paper;
#[cfg(target_family = "wasm")]
pub(crate) mod questions;
#[cfg(target_family = "wasm")]
pub(crate) mod rest;
#[cfg(target_family = "wasm")]
pub(crate) mod restore;
#[cfg(target_family = "wasm")]
pub(crate) mod state;
#[cfg(target_family = "wasm")]
pub(crate) mod storage;
#[cfg(target_family = "wasm")]
pub(crate) mod text;
#[cfg(target_family = "wasm")]
pub(crate) mod theme;
#[cfg(target_family = "wasm")]
pub(crate) mod url;
#[cfg(target_family = "wasm")]
pub(crate) mod visit;

#[cfg(target_family = "wasm")]
pub(crate) use self::app::mount;
