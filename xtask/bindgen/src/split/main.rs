//! `wasm-split <module> --linked <module> --load <export> --output <folder>
//!  --rest [--gate <path>]… [--way <name> [--gate <path>]… [--after <name>]… [--late]]… [--map <file>]`
//!
//! Parts a finished module: what the first view needs; and what follows, by the
//! *ways* that lead there: to the rest of the page, to a lab, to what is fetched when
//! it is asked for. A way is entered by its gates: functions of these paths, `<path>*`: all
//! below one, or `*::<name>`: those of a name or in a module of that name. What one way alone leads to is a part; what several
//! lead to, too, if it is heavy enough; what the rest leads to, and what is left, is
//! *shared*; and the first part is all that remains. Functions and constant data alike.
//! What only others lead to, or what comes `--after` them, counts on what they have. What is
//! `--late` takes what others share as it finds it: they load nothing for it.
//!
//! What leads to what is told by the instructions and by the module as it was
//! linked, before wasm-bindgen, with its relocations (`--linked`).
//!
//! Writes `<folder>/<number>.wasm` for each part, and prints for each a line: its
//! number, its name, and the numbers of the ways that it is needed for. All parts
//! share one memory, one table and one stack. The first one (0) exports what the later
//! ones import, and so does each part for those that count on it; modules are named
//! by numbers. A gate is called by way of the table; until its part is there, its place
//! holds a *stub* that calls the export `--load` with the way's number (the rest is 0,
//! the others follow as they are given): that must bring all its parts at once. Then
//! the stub tries again.

mod data;
mod first;
mod later;
mod linked;
mod module;
mod names;
mod ownership;
mod parting;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use lexopt::prelude::{Long, Value, ValueExt};

use crate::later::Imports;
use crate::linked::Linked;
use crate::ownership::FIRST;
use crate::parting::{Parting, Way};

/// What is asked for.
#[derive(Default)]
struct Request {
    input: Option<PathBuf>,
    linked: Option<PathBuf>,
    map: Option<PathBuf>,
    load: Option<String>,
    output: Option<PathBuf>,
    ways: Vec<Way>,
}

impl Request {
    fn parse(mut arguments: lexopt::Parser) -> Result<Self> {
        let mut request = Self::default();
        let way = |name: &str| Way { name: name.to_owned(), gates: Vec::new(), after: Vec::new(), is_late: false };
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("linked") => request.linked = Some(PathBuf::from(arguments.value()?)),
                Long("map") => request.map = Some(PathBuf::from(arguments.value()?)),
                Long("load") => request.load = Some(arguments.value()?.string()?),
                Long("output") => request.output = Some(PathBuf::from(arguments.value()?)),
                Long("rest") => {
                    ensure!(request.ways.is_empty(), "--rest comes once, before all other ways");
                    request.ways.push(way("rest"));
                }
                Long("way") => {
                    ensure!(!request.ways.is_empty(), "--rest must come before --way");
                    request.ways.push(way(&arguments.value()?.string()?));
                }
                Long("gate") => {
                    let way = request.ways.last_mut().context("--gate must follow its way")?;
                    way.gates.push(arguments.value()?.string()?);
                }
                Long("after") => {
                    let way = request.ways.last_mut().context("--after must follow its way")?;
                    way.after.push(arguments.value()?.string()?);
                }
                Long("late") => {
                    request.ways.last_mut().context("--late must follow its way")?.is_late = true;
                }
                Value(path) => request.input = Some(PathBuf::from(path)),
                other => return Err(other.unexpected().into()),
            }
        }
        ensure!(!request.ways.is_empty(), "--rest is missing");
        Ok(request)
    }
}

fn main() -> Result<()> {
    let request = Request::parse(lexopt::Parser::from_env())?;
    let module = read(&request.input.context("which wasm file?")?)?;
    let linked = Linked::read(&read(&request.linked.context("--linked is missing")?)?)?;
    let load = request.load.context("--load is missing: the export that loads a part")?;
    let output = request.output.context("--output is missing")?;
    let parting = Parting::of(&module, &linked, &request.ways)?;

    // Those that are for fewer come first: what they import is what the others must export.
    let mut parts: Vec<_> = (FIRST + 1..parting.parts.len()).collect();
    parts.sort_by_key(|part| parting.parts[*part].1.len());
    let mut imports = Imports::new();
    for part in parts {
        let exported = imports.remove(&part).unwrap_or_default();
        let (bytes, needed) = later::emit(&module, &parting, part, &exported)?;
        needed.into_iter().for_each(|(from, names)| imports.entry(from).or_default().extend(names));
        write(&output.join(format!("{part}.wasm")), &bytes)?;
    }
    let exported = imports.remove(&FIRST).unwrap_or_default();
    ensure!(imports.is_empty(), "a part imports from one that is not there before it: a mistake of the splitter");
    write(&output.join(format!("{FIRST}.wasm")), &first::emit(&module, &parting, &exported, &load)?)?;
    if let Some(map) = request.map {
        write(&map, parting.map().as_bytes())?;
    }
    eprint!("{parting}");
    for (number, (name, ways)) in parting.parts.iter().enumerate() {
        let ways: Vec<_> = ways.iter().map(usize::to_string).collect();
        println!("{number} {name} {}", ways.join(","));
    }
    Ok(())
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(file, bytes).with_context(|| format!("cannot write {}", file.display()))
}
