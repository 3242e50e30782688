//! The page's side of `docs/embed.md`: messages from and to whoever embeds it.
//!
//! | module | subject |
//! |---|---|
//! | `send`, `receive`, `value` | messages out, messages in, and values of unknown origin |
//! | `autorun` | starts once the lab can be seen |
//! | `speaker` | whether this is a copy, for the speaker of a deck |
//! | `key`, `forward` | which keys are a slide deck's, and how it gets them |

pub mod key;

#[cfg(target_family = "wasm")]
pub(crate) mod autorun;
#[cfg(target_family = "wasm")]
pub(crate) mod forward;
#[cfg(target_family = "wasm")]
pub(crate) mod receive;
#[cfg(target_family = "wasm")]
pub(crate) mod send;
#[cfg(target_family = "wasm")]
pub(crate) mod speaker;
#[cfg(target_family = "wasm")]
mod value;
