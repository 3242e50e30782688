//! Lines to put in order: a program in pieces, run as somebody has put it together.
//!
//! | module | subject |
//! |---|---|
//! | [`problem`] | a program in pieces, as it stands in `labs/quiz/parsons/<id>.toml` (`docs/quiz.md`) |
//! | [`arrangement`] | which lines somebody has taken, in which order, how far indented |
//! | [`judgement`] | whether that is right, and what a run of it shows |
//! | `recorded` | every arrangement that a problem speaks of was run, and came out as it says (tests) |

pub mod arrangement;
pub mod judgement;
pub mod problem;

#[cfg(test)]
mod recorded;
