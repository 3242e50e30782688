//! `wasm-split <module> --first <file> --rest <file> --load <export> [--later <name>]…`
//!
//! Parts a finished module in two: what the first view needs, and the rest,
//! which can be loaded later. Whatever has one of the given names in its own
//! name goes into the rest, and whatever only such functions call.
//!
//! Both parts share one memory, one table and one stack. The first exports
//! what the rest imports (module `program`). The rest's functions are called
//! through the table; until it is there, their places hold *stubs* that call
//! the export `--load`, which must bring the rest at once, and try again.

mod first;
mod parting;
mod rest;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use lexopt::prelude::{Long, Value, ValueExt};

use crate::parting::Parting;

fn main() -> Result<()> {
    let (mut input, mut first, mut rest, mut load) = (None, None, None, None);
    let mut later = Vec::new();
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("first") => first = Some(PathBuf::from(arguments.value()?)),
            Long("rest") => rest = Some(PathBuf::from(arguments.value()?)),
            Long("load") => load = Some(arguments.value()?.string()?),
            Long("later") => later.push(arguments.value()?.string()?),
            Value(path) => input = Some(PathBuf::from(path)),
            other => return Err(other.unexpected().into()),
        }
    }
    let input = input.context("which wasm file?")?;
    let load = load.context("--load is missing: the export that loads the rest")?;
    let module = fs::read(&input).with_context(|| format!("cannot read {}", input.display()))?;
    let parting = Parting::of(&module, &later)?;
    let (later, imports) = rest::emit(&module, &parting)?;
    fs::write(rest.context("--rest is missing")?, later)?;
    fs::write(first.context("--first is missing")?, first::emit(&module, &parting, &imports, &load)?)?;
    println!("{parting}");
    Ok(())
}
