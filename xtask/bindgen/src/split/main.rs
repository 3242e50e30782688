//! `wasm-split <module> --linked <module> --load <export> --first <file>
//!  --shared <file> [--gate <path>]… [--lab <name>=<file> [--gate <path>]…]… [--map <file>]`
//!
//! Parts a finished module: what the first view needs; what each lab needs for
//! itself; and what several labs *share*. A later part is entered by its gates:
//! a lab by the functions of these paths, what is shared by those whose paths
//! begin with one of those given. What nothing but a
//! lab's gates leads to is that lab's, functions and constant data alike; what
//! several lead to is shared; and the first part is all that remains.
//!
//! What leads to what is told by the instructions and by the module as it was
//! linked, before wasm-bindgen, with its relocations (`--linked`).
//!
//! All parts share one memory, one table and one stack. The first one exports
//! what the later ones import (module `program`), and what is shared does so
//! for the labs (module `shared`). A gate is called by way of the table; until
//! its part is there, its place holds a *stub* that calls the export `--load`
//! with the part's number (the shared one is 0, the labs follow as they are
//! given): that must bring it at once. Then the stub tries again.

mod data;
mod first;
mod later;
mod linked;
mod module;
mod names;
mod ownership;
mod parting;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use lexopt::prelude::{Long, Value, ValueExt};

use crate::later::Imports;
use crate::linked::Linked;
use crate::ownership::{LABS, Part, SHARED};
use crate::parting::{Later, Parting};

/// What is asked for.
#[derive(Default)]
struct Request {
    input: Option<PathBuf>,
    linked: Option<PathBuf>,
    map: Option<PathBuf>,
    load: Option<String>,
    first: Option<PathBuf>,
    /// The later parts and their files.
    later: Vec<(Later, PathBuf)>,
}

impl Request {
    fn parse(mut arguments: lexopt::Parser) -> Result<Self> {
        let mut request = Self::default();
        let part = |name: &str, file: PathBuf| (Later { name: name.to_owned(), gates: Vec::new() }, file);
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("linked") => request.linked = Some(PathBuf::from(arguments.value()?)),
                Long("map") => request.map = Some(PathBuf::from(arguments.value()?)),
                Long("load") => request.load = Some(arguments.value()?.string()?),
                Long("first") => request.first = Some(PathBuf::from(arguments.value()?)),
                Long("shared") => {
                    ensure!(request.later.is_empty(), "--shared comes once, before all labs");
                    request.later.push(part("shared", PathBuf::from(arguments.value()?)));
                }
                Long("lab") => {
                    ensure!(!request.later.is_empty(), "--shared must come before --lab");
                    let value = arguments.value()?.string()?;
                    let (name, file) = value.split_once('=').context("--lab takes <name>=<file>")?;
                    request.later.push(part(name, PathBuf::from(file)));
                }
                Long("gate") => {
                    let (part, _) = request.later.last_mut().context("--gate must follow its part")?;
                    part.gates.push(arguments.value()?.string()?);
                }
                Value(path) => request.input = Some(PathBuf::from(path)),
                other => return Err(other.unexpected().into()),
            }
        }
        ensure!(!request.later.is_empty(), "--shared is missing");
        Ok(request)
    }
}

fn main() -> Result<()> {
    let request = Request::parse(lexopt::Parser::from_env())?;
    let module = read(&request.input.context("which wasm file?")?)?;
    let linked = Linked::read(&read(&request.linked.context("--linked is missing")?)?)?;
    let load = request.load.context("--load is missing: the export that loads a part")?;
    let first = request.first.context("--first is missing")?;
    let (later, files): (Vec<_>, Vec<_>) = request.later.into_iter().unzip();
    let parting = Parting::of(&module, &linked, &later)?;

    let mut imports = Imports::default();
    let mut emit = |part: Part| -> Result<()> {
        let exported = if part == SHARED { imports[SHARED].clone() } else { BTreeSet::new() };
        let (bytes, needed) = later::emit(&module, &parting, part, &exported)?;
        imports.iter_mut().zip(needed).for_each(|(all, needed)| all.extend(needed));
        write(&files[part - SHARED], &bytes)
    };
    (LABS..=later.len()).try_for_each(&mut emit)?;
    emit(SHARED)?;
    let [program, _] = imports;
    write(&first, &first::emit(&module, &parting, &program, &load)?)?;
    if let Some(map) = request.map {
        write(&map, parting.map().as_bytes())?;
    }
    print!("{parting}");
    Ok(())
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(file, bytes).with_context(|| format!("cannot write {}", file.display()))
}
