//! All of it that needs a browser.
//!
//! | module | subject |
//! |---|---|
//! | `gate` | by these functions it is entered (`xtask/src/parts.rs`) |
//! | `take` | a file comes, and its questions are asked |
//! | `nodes` | texts that are marked up become nodes |

pub(in crate::lab::quiz) mod gate;
mod nodes;
mod take;
