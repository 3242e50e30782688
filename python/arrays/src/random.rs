//! NumPy's random streams, bit for bit, on plain numbers and slices.
//!
//! | module | is |
//! |---|---|
//! | `bit_generator`, `mt19937`, `pcg64` | where bits come from |
//! | `seed_sequence` | how seeds become states |
//! | `stream` | what both interfaces can do |
//! | `legacy` | `RandomState` and the functions of `numpy.random` |
//! | `generator` | `Generator` |
//! | `continuous`, `ziggurat` | real numbers |
//! | `discrete`, `poisson`, `binomial` | counts |
//! | `integers`, `bounded` | whole numbers of a range |
//! | `choice`, `indices` | which of a population are taken |
//! | `constraint` | what parameters must be |
//! | `math` | logarithms and powers |
//!
//! NumPy holds its streams to no more than one version and one C library: the
//! logarithms and powers in them are the library's. `math` says whose these are.

mod binomial;
mod bit_generator;
mod bounded;
mod choice;
mod constraint;
mod continuous;
mod discrete;
mod generator;
mod indices;
mod integers;
mod legacy;
mod math;
mod mt19937;
mod pcg64;
mod poisson;
mod seed_sequence;
mod stream;
mod ziggurat;
mod ziggurat_tables;

pub use bit_generator::BitGenerator;
pub use choice::{Choice, Population, Probabilities};
pub use constraint::Constraint;
pub use continuous::Continuous;
pub use discrete::Discrete;
pub use generator::Generator;
pub use integers::Integer;
pub use legacy::{LegacyState, RandomState};
pub use mt19937::Mt19937;
pub use pcg64::{Pcg64, Pcg64State};
pub use seed_sequence::SeedSequence;
pub use stream::Stream;
