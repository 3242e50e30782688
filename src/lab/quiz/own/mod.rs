//! Instructors' own questions: a JSON file, by its address or dropped onto the page, becomes
//! the quiz's questions (`docs/own-quiz.md`). Whoever wrote it is not trusted.
//!
//! | module | subject |
//! |---|---|
//! | [`limits`] | how much a file may hold |
//! | [`lines`] | on which line of it a field stands |
//! | [`given`] | reads field by field, and says all that is wrong |
//! | [`file`] | our own format |
//! | [`question`] | a question of it, and what it runs |
//! | [`jupyterquiz`] | that package's format |
//! | [`read`] | bytes become questions, in either format |
//! | [`address`] | from where a file may come |
//! | [`editor`] | the editor for such files |
//! | [`markdown`] | the little that texts may be marked up with |
//! | `schema` | the schema that the site ships, held against the reader (tests) |
//! | `page` | all that needs a browser |

pub mod address;
pub mod editor;
pub mod file;
pub mod given;
pub mod jupyterquiz;
pub mod limits;
pub mod lines;
pub mod markdown;
pub mod question;
pub mod read;

#[cfg(test)]
mod schema;

#[cfg(target_family = "wasm")]
pub(super) mod page;
