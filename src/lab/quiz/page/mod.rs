//! All of the quiz that needs a browser.
//!
//! | module | subject |
//! |---|---|
//! | `state` | the lab's signals, and the one way to change the sitting |
//! | `words` | fetches questions and scripts |
//! | `python` | brings Python |
//! | `control`, `native` | runs what a question is about |
//! | `question`, `hall` | what is asked: of one person, of a lecture hall |
//! | `figures` | what came of a run, and what is to be said of it |
//! | `explained` | why, and what else can be run |
//! | `kept` | what the browser keeps of it |
//! | `when_run` | the end: score, answers, what to take along |

pub(super) mod control;
pub(super) mod explained;
pub(super) mod figures;
pub(super) mod hall;
pub(super) mod kept;
mod native;
pub(super) mod python;
pub(super) mod question;
pub(super) mod state;
pub(super) mod when_run;
pub(super) mod words;
