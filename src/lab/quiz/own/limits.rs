//! How much a quiz file may hold: each limit once, for the reader, the schema and the editor.

use std::ops::RangeInclusive;

/// Bytes of a file.
pub const FILE_BYTES: usize = 200_000;

/// How many, from the least to the most.
pub type Limit = RangeInclusive<usize>;

/// Questions of a file.
pub const QUESTIONS: Limit = 1..=50;
/// Answers of a question.
pub const OPTIONS: Limit = 2..=8;
/// Ways that a run compares.
pub const CONTENDERS: Limit = 2..=6;
/// Rules of a run.
pub const RULES: Limit = 0..=20;

/// Characters of an id.
pub const ID: Limit = 1..=32;
/// Characters of a title.
pub const TITLE: Limit = 1..=80;
/// Characters of a question.
pub const QUESTION: Limit = 1..=300;
/// Characters of what stands below a question.
pub const CONTEXT: Limit = 1..=1000;
/// Characters of the lines that are shown.
pub const CODE: Limit = 1..=2000;
/// Characters of an answer.
pub const LABEL: Limit = 1..=200;
/// Characters of what is said of an answer.
pub const FEEDBACK: Limit = 1..=500;
/// Characters of a hint.
pub const HINT: Limit = 1..=300;
/// Characters of why.
pub const REASON: Limit = 1..=1000;
/// Characters of a script.
pub const SCRIPT: Limit = 1..=20_000;
/// Characters of a figure's name.
pub const TOLD: Limit = 1..=40;

/// Signals of Fourier transforms.
pub const SIGNALS: Limit = 1..=1000;
/// Points of each.
pub const POINTS: Limit = 2..=8192;
/// Members of the ensemble.
pub const MEMBERS: Limit = 1..=10_000;
/// Steps of each.
pub const STEPS: Limit = 1..=20_000;
/// Amdahl's workers.
pub const WORKERS: Limit = 1..=1_000_000;

/// Where the signals of Fourier transforms come from.
pub const DATA: [&str; 2] = ["parent", "worker"];
/// What runs of our own executors tell.
pub const NATIVE_FIGURES: [&str; 3] = ["serial_ms", "process_ms", "thread_ms"];
/// What is reckoned of Amdahl's law.
pub const RECKONED_FIGURES: [&str; 3] = ["speedup", "ideal", "without_share"];

/// In words: "1 to 500".
#[must_use]
pub fn range(limit: &Limit) -> String {
    format!("{} to {}", limit.start(), limit.end())
}
