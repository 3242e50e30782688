//! `wasm-relax <module> --output <file> [--relaxed <function>=<accesses>]…`
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
//! - Loads and stores that the program made *relaxed*, where it makes them for
//!   every instruction that it interprets, or every element of an array, become
//!   plain ones. `<accesses>` are stores, `<bits>@<offset>`, or `every` load and
//!   store; of functions whose name ends with `<function>`, or, if that ends
//!   with `::<*>`, of those of that name for any types. That they are relaxed
//!   nobody can see in the module: whoever names them knows it from the source.
//!   A name that fits nothing is an error.
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
    let mut relaxed = Vec::new();
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("output") => output = Some(PathBuf::from(arguments.value()?)),
            Long("relaxed") => relaxed.push(arguments.value()?.string()?.parse::<Relaxed>()?),
            Value(path) => input = Some(PathBuf::from(path)),
            other => return Err(other.unexpected().into()),
        }
    }
    let input = input.context("which wasm file?")?;
    let mut module = fs::read(&input).with_context(|| format!("cannot read {}", input.display()))?;
    let done = relax(&mut module, &relaxed)?;
    for (accesses, count) in relaxed.iter().zip(&done.accesses) {
        ensure!(*count > 0, "{} does not have {accesses}", input.display());
    }
    fs::write(output.context("--output is missing: where to?")?, module)?;
    println!("{done}");
    Ok(())
}
