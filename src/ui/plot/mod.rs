//! Charts. Geometry is pure and tested natively; the views draw it.

pub mod attractor;
pub mod bar_geometry;
pub mod timeline;

#[cfg(target_family = "wasm")]
pub(crate) mod bars;
#[cfg(target_family = "wasm")]
pub(crate) mod shapes;
#[cfg(target_family = "wasm")]
pub(crate) mod surface;
