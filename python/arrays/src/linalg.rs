//! Linear algebra on plain slices, row by row, of real and of complex numbers.
//!
//! | module | is |
//! |---|---|
//! | [`lu`] | elimination: `solve`, `inv`, `det`, `slogdet` |
//! | [`cholesky`], [`qr`] | factors |
//! | [`eigh`] | eigenvalues of symmetric and Hermitian matrices |
//! | [`eig`] | eigenvalues of other square matrices |
//! | [`svd`], [`lstsq`] | singular values, least squares |
//! | [`field`] | the numbers |
//!
//! The methods are those of LAPACK's plain routines (those it takes for up to 25 rows), with its pivots, shifts and
//! signs: what NumPy shows of small matrices differs from this in rounding only. For larger ones, and with [`eig`] now
//! and then for small ones, an eigenvector or a pair of singular vectors may have the other sign.

mod balance;
mod bidiagonal;
pub mod cholesky;
pub mod eig;
pub mod eigh;
pub mod field;
mod householder;
pub mod lstsq;
pub mod lu;
mod matrix;
pub mod qr;
mod rotation;
mod schur;
pub mod svd;

pub use cholesky::cholesky;
pub use eig::{Eig, Eigen, eig, eigvals};
pub use eigh::{Eigh, eigh, eigvalsh};
pub use field::Field;
pub use lstsq::{LeastSquares, lstsq};
pub use lu::{det, inv, slogdet, solve};
pub use qr::{Qr, qr};
pub use svd::{Svd, svd, svdvals};
