//! Arrays as NumPy has them, in plain Rust that knows no Python: what
//! `python/numpy` shows to scripts.
//!
//! | module | is |
//! |---|---|
//! | [`dtype`], [`scalar`] | the types of elements, promotion, one element |
//! | [`error`] | exceptions in NumPy's words |
//! | [`cells`] | the memory of arrays, which threads may share |
//! | [`array`](mod@array), [`shape`] | arrays, views, shapes and strides |
//! | [`index`], [`joining`] | what is picked, what is put beside each other |
//! | [`walk`], [`lines`], [`block`] | going over elements: along memory, along an axis, as plain numbers |
//! | [`ufunc`] | functions of elements: which types, which loop, what is warned of |
//! | [`elementwise`], [`reduction`], [`statistics`] | these functions, of whole arrays and along axes |
//! | [`linalg`], [`fft`], [`products`], [`sorting`] | on rows of plain numbers |
//! | [`random`] | NumPy's streams, bit for bit |
//! | [`format`](mod@format) | `repr` and `str` |

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
