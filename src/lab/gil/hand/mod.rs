//! Step it by hand: what happens between two threads, pressed by the student.
//!
//! | module | subject |
//! |---|---|
//! | [`counter`] | `c += f()` in two threads, step by step |
//! | [`words`] | what is said of a step |
//! | [`scene`] | the tasks that are handed the stove, and what that cost |
//! | `step` | the counter on the page |
//! | `really` | the same for real, beside it |
//! | `stove` | the scheduler on the page |
//! | `view` | where they stand in the lab |

pub mod counter;
pub mod scene;
pub mod words;
