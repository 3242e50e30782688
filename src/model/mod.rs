//! What is computed and what came of it: pure values that know no browser,
//! no thread, no file and no clock.

pub mod batch;
pub mod blurred_clock;
pub mod capabilities;
pub mod clock_steps;
pub mod course;
pub mod data_files;
pub mod experiment;
pub mod format;
pub mod gil;
pub mod isolation;
pub mod lab;
pub mod last;
pub mod memory;
pub mod numpy_random;
pub mod pace;
pub mod parameter;
pub mod prediction;
pub mod progress;
pub mod python;
pub mod python_build;
pub mod query;
pub mod queue;
pub mod report;
pub mod scaling;
pub mod settings;
pub mod standing;
pub mod timeline;
pub mod web_page;
