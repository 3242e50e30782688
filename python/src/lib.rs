//! Python for a web worker.
//!
//! RustPython, with what a lecture on parallel Python needs and no browser has:
//! threads that take turns on a real lock, and processes that are interpreters
//! of their own.
//!
//! ```text
//! exports ──▶ script ──▶ interpreter ──▶ rustpython-vm
//! (JavaScript)  │              │
//!               │              ├─ the frozen library: library.txt and lib/ (build.rs)
//!               │              └─ native modules: kernels, clock, output, script …
//!               ├─ checkpoint: where running code can be stopped
//!               └─ output: what is printed, bounded
//! ```
//!
//! | module | subject |
//! |---|---|
//! | [`interpreter`] | making an interpreter: its modules, its limits |
//! | [`script`] | running the user's script, and what came of it |
//! | [`traceback`] | an exception as text, and as places in the script |
//! | [`output`] | standard output and error, delivered in pieces |
//! | [`checkpoint`] | the stop word, and where the script looks at it |
//! | [`builtins`] | `sum`, to the last bit |
//! | [`clock`] | the one clock, and Python's `time` on it |
//! | [`allocator`] | memory for many small objects (wasm only) |
//! | [`threads`] | `_thread`: threads that take turns on the GIL |
//! | [`idle`] | the one place where Python waits |
//! | `deadlock` | that everybody waits, and who for what |
//! | [`processes`] | `_processes`: interpreters of their own, reached by bytes |
//! | [`profiler`] | `_lsprof`: what `cProfile` counts |
//! | [`region`] | `_region`: memory that all processes of a run see |
//! | [`reading`] | the site's own data files: who reads one has released the GIL |
//! | [`told`] | `lab.tell`: figures by their names |
//! | [`traced`] | `_tracemalloc`: what is held of what was allocated |
//! | [`kernels`] | `lab.kernels`: compiled integration, as NumPy would do it |
//! | `stack` | whether calls may nest deeper (wasm only) |
//! | `exports` | all of this for JavaScript (wasm only) |
//!
//! Making an interpreter and importing the library takes some tenths of a
//! second. So it is done once in a tab: `exports` has `warm`, after which
//! www/python-snapshot.js copies the memory, and `resume`, which goes on with
//! such a copy in another worker. What stands by then must not depend on when
//! and where it was made: `lib/_lab_warm.py` says what is imported.
//!
//! The same crate runs natively, with threads of the operating system: tests do.

#![cfg_attr(all(target_family = "wasm", target_feature = "atomics"), feature(stdarch_wasm_atomic_wait))]

// Three files of the lab itself, and not the package: a change of the page must
// not mean that the interpreter, which takes minutes, is linked anew.
#[path = "../../src/model/data_files.rs"]
pub mod data_files;
#[path = "../../src/executor/gil/mod.rs"]
pub mod gil;
#[path = "../../src/workload/lorenz/equations/mod.rs"]
pub mod lorenz;

pub mod allocator;
pub mod builtins;
pub mod checkpoint;
pub mod clock;
mod deadlock;
pub mod idle;
pub mod interpreter;
pub mod kernels;
pub mod output;
pub mod processes;
pub mod profiler;
pub mod reading;
pub mod region;
pub mod script;
pub mod threads;
pub mod told;
pub mod traceback;
pub mod traced;

#[cfg(target_family = "wasm")]
pub mod exports;
#[cfg(target_family = "wasm")]
pub mod stack;

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: allocator::Allocator = allocator::Allocator;
