//! The page's side of `docs/embed.md`: messages from and to whoever embeds it.

pub(crate) mod autorun;
pub(crate) mod receive;
pub(crate) mod send;
mod value;
