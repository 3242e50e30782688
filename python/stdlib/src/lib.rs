//! A chosen few of the native modules of `rustpython-stdlib`.
//!
//! That crate registers all of its modules in one list, so that a linker must
//! keep every one of them: compressors, hashes, XML. Its modules stand on
//! their own, though: `build.rs` finds the sources that Cargo has downloaded,
//! and this crate compiles the files of the modules below from where they are.

// Not our code: its warnings are not ours to mend.
#![allow(warnings, clippy::all)]

extern crate alloc;

#[macro_use]
extern crate rustpython_derive;

use rustpython_common as common;
use rustpython_vm as vm;

use crate::vm::builtins::{self, PyModuleDef};

// What the files expect of their crate: a profiler's hook, left empty.
#[macro_export]
#[doc(hidden)]
macro_rules! flame_guard {
    ($name:expr) => {};
}

include!(concat!(env!("OUT_DIR"), "/modules.rs"));
