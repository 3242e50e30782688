//! Labs that are data: Python scripts that can be edited and run, with processes
//! and threads that are real, and words around them (`labs/`).
//!
//! | module | subject |
//! |---|---|
//! | [`script_lab`], [`settings`] | what is known of such a lab before its words are fetched, and what it can be set to |
//! | [`data`] | reads a lab's data, field by field |
//! | [`lesson`] | what such a lab is made of |
//! | [`rule`] | what is said of which run |
//! | [`condition`] | in which words a rule says which runs it is about |
//! | [`template`] | sentences with places for figures |
//! | [`field`] | constants of a script as form fields |
//! | [`annotation`] | what such a constant may be |
//! | [`experiments`] | the runs so far: what is the same, and what can be compared |
//! | [`telling`] | what a run says where no rule does, in words computed from its figures |
//! | [`exception`] | what is said of a run that an exception ended |
//! | [`elsewhere`] | what can be done instead of what is not here |
//! | [`deadlock`] | what is said where nobody of a run can go on |
//! | [`respawn`] | what is said while processes are started without an end |
//! | [`lanes`] | who did what when, as lanes of a chart |
//! | `recorded` | every lab's rules against recorded runs (tests) |
//! | `bench` | the lab's signals: what is being worked on, and what came of it |
//! | `words` | fetches the lab's words |
//! | `control` | Run, Stop, and what a run tells |
//! | `beginnings` | settings to begin with, by one press |
//! | `fields` | the form fields of a script |
//! | `prediction` | the question before a run |
//! | `beside` | the slide, and what to do next |
//! | `editor` | the script |
//! | `colours` | its words in colours, below the text field |
//! | [`lexer`] | what its words are |
//! | [`comment`] | lines that become comments, and lines again |
//! | `keys` | what keys do in it |
//! | [`indentation`] | how its lines are indented |
//! | [`terminal`] | what it has printed, as a terminal would show it |
//! | `console` | the same on the page |
//! | `runs` | the experiments' bars, side by side |
//! | `versions` | what became of our programs, kept for the next visit |
//! | `view` | the whole lab |
//! | `when_run` | of it, what a run is shown by |

pub mod annotation;
pub mod comment;
pub mod condition;
pub mod data;
pub mod deadlock;
pub mod elsewhere;
pub mod exception;
pub mod experiments;
pub mod field;
pub mod indentation;
pub mod lanes;
pub mod lesson;
pub mod lexer;
pub mod respawn;
pub mod rule;
pub mod script_lab;
pub mod settings;
pub mod telling;
pub mod template;
pub mod terminal;

#[cfg(test)]
mod recorded;

#[cfg(target_family = "wasm")]
mod beginnings;
#[cfg(target_family = "wasm")]
pub(crate) mod bench;
#[cfg(target_family = "wasm")]
mod beside;
#[cfg(target_family = "wasm")]
mod colours;
#[cfg(target_family = "wasm")]
mod console;
#[cfg(target_family = "wasm")]
mod control;
#[cfg(target_family = "wasm")]
mod editor;
#[cfg(target_family = "wasm")]
mod fields;
#[cfg(target_family = "wasm")]
mod keys;
#[cfg(target_family = "wasm")]
mod prediction;
#[cfg(target_family = "wasm")]
mod runs;
#[cfg(target_family = "wasm")]
mod state;
#[cfg(target_family = "wasm")]
mod versions;
#[cfg(target_family = "wasm")]
mod view;
#[cfg(target_family = "wasm")]
mod when_run;
#[cfg(target_family = "wasm")]
mod words;

#[cfg(target_family = "wasm")]
pub(crate) use self::view::open;
