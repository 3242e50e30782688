//! The module `numpy`, as far as it is native: arrays of `parallel-lab-arrays` as Python objects. What NumPy has beyond
//! that is Python (`python/lib/numpy`), on top of this module, `_numpy`.
//!
//! | module | is |
//! |---|---|
//! | `array_like` | from Python's objects to arrays, and back |
//! | `dtype`, `scalar` | `np.dtype`, `np.float64` and the other types |
//! | `ndarray`, `flags`, `flat`, `iterator` | `np.ndarray` and its methods |
//! | `buffers` | `np.ndarray(buffer=…)` |
//! | `shapes`, `conversions`, `reductions`, `pointwise` | what these methods do |
//! | `indexing` | what stands between the brackets |
//! | `operators` | `+`, `==` and the like, of arrays and of scalars |
//! | `ufunc` | `np.add` and its like |
//! | `creation`, `selecting`, `products` | functions of the module |
//! | `printing`, `warnings` | options, warnings |
//! | `raise` | exceptions |
//! | `release` | the GIL, which is released while kernels work |

mod arguments;
mod array_like;
mod buffers;
mod conversions;
mod creation;
mod dtype;
mod flags;
mod flat;
mod indexing;
mod iterator;
mod module;
mod ndarray;
mod operators;
mod pointwise;
mod printing;
mod products;
mod raise;
mod random;
mod reductions;
mod release;
mod scalar;
mod selecting;
mod shapes;
mod transforms;
mod ufunc;
mod warnings;

pub use module::module_def;
pub use random::module_def as random_module_def;
pub use release::release_by;
