//! The module `numpy`, as far as it is native.
