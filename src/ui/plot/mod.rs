//! Charts. Geometry is pure and tested natively; the views draw it.

pub mod bar_geometry;
pub mod timeline;
pub mod trajectory_geometry;

#[cfg(target_family = "wasm")]
pub(crate) mod attractor;
#[cfg(target_family = "wasm")]
pub(crate) mod bars;
#[cfg(target_family = "wasm")]
pub(crate) mod shapes;
#[cfg(target_family = "wasm")]
pub(crate) mod statistics;
#[cfg(target_family = "wasm")]
pub(crate) mod surface;
