//! Functions of elements: which types they take and give, the loops over
//! plain slices, what NumPy warns of, and sums in NumPy's order.
//!
//! Whoever has arrays asks [`Unary::resolve`] or [`Binary::resolve`] for a
//! loop, gathers blocks of elements of its input types into slices (with
//! [`Cast`]), calls it, and asks [`unary_flags`] or [`binary_flags`] what to
//! warn of.
//!
//! Two of NumPy's types are not here. Where NumPy gives `float16` (fractions
//! of `bool` and `uint8`) these give `float32`; where it gives `int8` (whole
//! numbers of `bool`s) these give `uint8`. Functions with two results are not
//! here either: `divmod` is [`Binary::FloorDivide`] and [`Binary::Remainder`].

mod analytic;
mod binary;
mod cast;
mod complex;
mod exact;
mod flags;
mod function;
mod integer;
mod inverse;
mod number;
mod real;
mod reduce;
mod types;
mod unary;

pub(crate) use cast::cast_flags_to;
pub use cast::{Cast, cast_flags};
pub use flags::{Flags, binary_flags, check_powers, unary_flags};
pub use function::{Binary, Unary};
pub use number::Number;
pub use reduce::{Fold, PairwiseSum, pairwise_sum, pairwise_sum_by};
pub use types::{BinaryLoop, UnaryLoop};
