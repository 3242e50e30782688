//! `wasm-relax <module> --output <file> [--relaxed <function>=<bits>@<offset>]…`
//!
//! Takes from a finished module what atomic operations cost beyond what the
//! program asked for. WebAssembly knows only sequentially consistent ones, so
//! that the compiler makes the strongest of all of them, which the processor
//! then waits for.
//!
//! - Fences go. They order other atomic operations, all of which are in one
//!   order here anyway.
//! - "Subtract 1" becomes "add −1", for which engines have one instruction
//!   where for the other they try again and again.
//! - Stores that the program made *relaxed*, where it makes them for every
//!   instruction that it interprets, become plain ones: those of `<bits>` bits
//!   at `<offset>` in functions whose name ends with `<function>`. That they
//!   are relaxed nobody can see in the module: whoever names them knows it
//!   from the source. A name that fits nothing is an error.
//!
//! Everything is done in place: each replacement is as long as what it replaces.

mod instructions;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use lexopt::prelude::{Long, Value, ValueExt};

use crate::instructions::{Relaxed, relax};

fn main() -> Result<()> {
    let (mut input, mut output) = (None, None);
    let mut stores = Vec::new();
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("output") => output = Some(PathBuf::from(arguments.value()?)),
            Long("relaxed") => stores.push(arguments.value()?.string()?.parse::<Relaxed>()?),
            Value(path) => input = Some(PathBuf::from(path)),
            other => return Err(other.unexpected().into()),
        }
    }
    let input = input.context("which wasm file?")?;
    let mut module = fs::read(&input).with_context(|| format!("cannot read {}", input.display()))?;
    let done = relax(&mut module, &stores)?;
    for (store, count) in stores.iter().zip(&done.stores) {
        ensure!(*count > 0, "{} has no store that is {store}", input.display());
    }
    fs::write(output.context("--output is missing: where to?")?, module)?;
    println!("{done}");
    Ok(())
}
