//! Begun.
pub mod cast;
