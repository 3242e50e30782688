//! What is computed and what came of it: pure values that know no browser,
//! no thread, no file and no clock.

pub mod capabilities;
pub mod experiment;
pub mod isolation;
pub mod memory;
pub mod numpy_random;
pub mod prediction;
pub mod python;
pub mod query;
pub mod report;
pub mod scaling;
pub mod settings;
pub mod timeline;

// The page and its settings still look for Lorenz's types here.
pub use crate::workload::lorenz::{equations as lorenz, initial_conditions as ensemble, statistics};
