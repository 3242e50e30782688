//! Arrays as NumPy has them, in plain Rust that knows no Python: what
//! `python/numpy` shows to scripts.
//!
//! | module | is |
//! |---|---|
//! | [`dtype`], [`scalar`] | the types of elements, promotion, one element |
//! | [`error`] | exceptions in NumPy's words |
//! | [`ufunc`] | functions of elements: which types, which loop, what is warned of |
//! | [`linalg`], [`fft`] | on rows of plain numbers |
//! | [`random`] | NumPy's streams, bit for bit |
//! | [`format`] | `repr` and `str` |

pub mod array;
mod assign;
pub mod block;
pub mod cells;
pub mod dtype;
pub mod elementwise;
pub mod error;
pub mod fft;
pub mod format;
pub mod index;
pub mod joining;
pub mod linalg;
pub mod lines;
pub mod products;
pub mod random;
pub mod reduction;
pub mod scalar;
pub mod shape;
pub mod sorting;
pub mod statistics;
pub mod ufunc;
pub mod walk;

pub use array::{Array, Order};
pub use dtype::DType;
pub use error::{Error, Result};
pub use num_complex::Complex64;
pub use scalar::Scalar;
