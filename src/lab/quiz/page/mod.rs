//! All of the quiz that needs a browser.
//!
//! | module | subject |
//! |---|---|
//! | `state` | the lab's signals, and the one way to change the sitting |
//! | `words` | fetches questions and scripts |
//! | `own` | the way to instructors' own questions |
//! | `python` | brings Python |
//! | `control`, `native` | runs what a question is about |
//! | `question`, `hall` | what is asked: of one person, of a lecture hall |
//! | `arrange` | lines to put in order |
//! | `to_run` | what is to be run |
//! | `ran` | what a run tells |
//! | `figures` | what came of it, and what is to be said of it |
//! | `explained` | why, and what else can be run |
//! | `kept` | what the browser keeps of it |
//! | `how` | which questions are asked, and how |
//! | `end` | score, answers, what to take along |
//! | `when_run` | of all that, what a run is heard, shown and explained by |

mod arrange;
pub(super) mod control;
mod end;
pub(super) mod explained;
mod figures;
pub(super) mod hall;
mod how;
mod kept;
mod native;
pub(super) mod own;
pub(super) mod python;
pub(super) mod question;
mod ran;
pub(super) mod state;
pub(super) mod to_run;
pub(super) mod when_run;
pub(super) mod words;
