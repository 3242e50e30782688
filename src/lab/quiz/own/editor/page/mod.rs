//! The editor as it is on the page.
//!
//! | module | subject |
//! |---|---|
//! | `editing` | by this function it is entered (`xtask/src/parts.rs`) |
//! | `state` | the draft, and the one way to change it |
//! | `kept` | what the browser keeps of it |
//! | `ids` | by which ids the fields are found |
//! | `field` | a field with its limit, and what is wrong with it |
//! | `entries` | answers, and what a run compares |
//! | `run` | what a question runs |
//! | `question` | a question, which opens |
//! | `to_do` | all that is wrong |
//! | `take` | tried, taken along, opened, begun anew |
//! | `style` | its style sheet, which comes with it |
//! | `view` | the whole editor |

pub(in crate::lab::quiz) mod editing;
mod entries;
mod field;
mod ids;
mod kept;
mod question;
mod run;
mod state;
mod style;
mod take;
mod to_do;
mod view;
