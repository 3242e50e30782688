//! The editor for such files: forms for who has never seen JSON. What is written is the file itself,
//! so that nothing is lost that no form shows, and what is wrong with it says the very reader of
//! files.
//!
//! | module | subject |
//! |---|---|
//! | [`draft`] | the file as it is written, field by field |
//! | [`change`] | questions and answers come, go and move; what takes that back |
//! | [`open`] | a file becomes a draft |
//! | [`save`] | a draft becomes a file: ids that nobody has given, fields in a fixed order |
//! | [`check`] | what is wrong, and at which field of the form it is said |
//! | [`form`] | which fields there are, and what they are called |
//! | [`example`] | the documentation's example |
//! | `properties` | whatever is opened comes out as it was (tests) |
//! | `page` | all that needs a browser |

pub mod change;
pub mod check;
pub mod draft;
pub mod example;
pub mod form;
pub mod open;
pub mod save;

#[cfg(test)]
mod properties;

#[cfg(target_family = "wasm")]
pub(in crate::lab::quiz) mod page;
