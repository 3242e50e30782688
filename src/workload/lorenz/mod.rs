//! Lorenz's ensemble: the lecture's example, in four steps that each are a workload.
//!
//! ```text
//! InitialConditions ─(members, 3)─▶ Integration ─▶ Fingerprint of the final states
//!        (drawn)            │        (on the clock)
//!                           └─────▶ Summary: mean and spread for the picture
//! ```
//!
//! The equations stand once, in [`equations`]; whatever integrates them goes
//! through there, and so all of it agrees with NumPy bit for bit.

mod bare_loop;
pub mod ensemble;
pub mod equations;
pub mod initial_conditions;
pub mod integration;
pub mod keep;
mod scalar;
pub mod statistics;
pub mod summary;

pub use bare_loop::bare_loop;
pub use ensemble::Ensemble;
pub use initial_conditions::InitialConditions;
pub use integration::Integration;
pub use keep::Keep;
pub use summary::Summary;
