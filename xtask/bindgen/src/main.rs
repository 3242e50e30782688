//! `wasm-bindgen`, as far as Trunk and xtask call it.
//!
//! The official program also downloads and serves, for tests that we don't
//! have: building it takes three times as long, on everybody's first day.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use lexopt::prelude::{Long, Value, ValueExt};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut bindgen = Bindgen::new();
    let (mut input, mut folder) = (None, None);
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("version") => {
                println!("wasm-bindgen {}", env!("CARGO_PKG_VERSION"));
                return Ok(());
            }
            Long("target") => {
                match arguments.value()?.string()?.as_str() {
                    "no-modules" => bindgen.no_modules(true)?,
                    "web" => bindgen.web(true)?,
                    other => bail!("--target {other}: only no-modules and web are built here"),
                };
            }
            Long("out-dir") => folder = Some(PathBuf::from(arguments.value()?)),
            Long("out-name") => {
                bindgen.out_name(&arguments.value()?.string()?);
            }
            Long("remove-name-section") => {
                bindgen.remove_name_section(true);
            }
            Long("no-typescript") => {
                bindgen.typescript(false);
            }
            Value(path) => input = Some(PathBuf::from(path)),
            other => return Err(other.unexpected().into()),
        }
    }
    let input = input.context("which wasm file?")?;
    let folder = folder.context("--out-dir is missing")?;
    // wasm-split finds functions by the symbols that the linker knows.
    bindgen.demangle(false);
    let mut output = bindgen.input_path(input).generate_output()?;
    // What the linker tells is of no use to browsers, and larger than the program.
    let module = output.wasm_mut();
    let told: Vec<_> = module.customs.iter().filter(|(_, it)| is_of_linker(it.name())).map(|(id, _)| id).collect();
    for section in told {
        module.customs.delete(section);
    }
    output.emit(folder)
}

fn is_of_linker(section: &str) -> bool {
    section == "linking" || section.starts_with("reloc.")
}
