//! Drives the release site in real browsers, and speaks to it as any slide deck
//! would: by URL and by the messages of `docs/embed.md`. The page's insides are
//! its own affair; where a test must look at them (a button, the status line),
//! it is through the few ids that the page promises.
//!
//! | module | is |
//! |---|---|
//! | [`axe`] | what axe-core finds on the page |
//! | [`browser`] | Chromium and Firefox with their drivers: started, reset, always ended |
//! | [`site`] | the release site on a local server that can isolate, frame, break and vanish |
//! | [`input`] | what a person does in a frame: keys, the wheel |
//! | [`lab`] | the contract as a page object: open, send, wait for a message |
//! | [`lab_times`] | what each lab takes of a suite over all of them |
//! | [`host`] | pages of ours that frame the lab |
//! | [`contenders`] | Pythons that run the same benchmark |
//! | [`deck`] | slide decks of ours in the real Reveal.js |
//! | [`expected`] | what a run must give: NumPy's reference and our own native runs |
//! | [`memory_limit`] | a browser that has little memory to give |
//! | [`program`] | how benchmarks and the like, which are no tests, begin and end |
//! | [`python_programs`] | the small Python programs, and what CPython prints for them |
//! | [`quiz`] | the quiz's questions |
//! | [`report`] | what every result must satisfy, whatever was run |
//! | [`samples`] | figures of a benchmark, and its targets |
//! | [`stopping`] | Stop, in time |
//! | [`runner`] | stamps each test onto both browsers, one at a time |
//!
//! `cargo xtask test browser` builds the site, finds the browsers and runs all of it.

pub mod axe;
pub mod browser;
pub mod contenders;
pub mod deck;
pub mod expected;
pub mod host;
pub mod input;
pub mod lab;
pub mod lab_times;
pub mod memory_limit;
pub mod program;
pub mod python_programs;
pub mod quiz;
pub mod report;
pub mod runner;
pub mod samples;
pub mod site;
pub mod stopping;

pub use browser::Kind;
pub use lab::Lab;
pub use runner::{Outcome, Stage, Suite};
