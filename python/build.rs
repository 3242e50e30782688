//! Freezes the Python modules that the interpreter brings along: those that
//! `library.txt` names, from the dependency `rustpython-pylib`, and all of
//! `lib/`, which win.

#[path = "build/thinned.rs"]
mod thinned;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use ruff_python_ast::Mod;
use ruff_source_file::SourceFileBuilder;
use rustpython_compiler::codegen::compile::compile_top;
use rustpython_compiler::{CompileOpts, Mode};
use rustpython_compiler_core::bytecode::CodeObject;
use rustpython_compiler_core::frozen::{FrozenCodeObject, FrozenLib, FrozenModule};
use rustpython_compiler_core::marshal;

/// Where tracebacks say that a module is: there is no such folder, and no file
/// system.
const PREFIX: &str = "/lib/python3";

/// The same for ours: what is below it is left out of tracebacks
/// (python/patches/learners-errors.patch).
const OUR_PREFIX: &str = "/lib/lab";

/// A module's source.
struct Source {
    file: PathBuf,
    /// Where it would be in the library's folder.
    place: String,
    package: bool,
    ours: bool,
    /// Modules that it imports at its top, and that are not here.
    without: Vec<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    for watched in ["build.rs", "build", "library.txt", "lib"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let mut sources = BTreeMap::new();
    for line in fs::read_to_string(here.join("library.txt"))?.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let (modules, without) = line.split_once(" without ").unwrap_or((line, ""));
        let (name, stored_as) = modules.split_once(" as ").unwrap_or((modules, modules));
        if !name.trim().is_empty() {
            let without = without.split_whitespace().map(str::to_owned).collect();
            sources.insert(stored_as.trim().to_owned(), from_library(name.trim(), without)?);
        }
    }
    collect_ours(&here.join("lib"), &mut Vec::new(), &mut sources)?;
    let mut frozen = Vec::new();
    for (name, source) in &sources {
        frozen.push((name.as_str(), freeze(source)?));
    }
    let library = FrozenLib::encode(frozen);
    fs::write(Path::new(&env::var("OUT_DIR")?).join("library.bin"), library.bytes)?;
    Ok(())
}

fn from_library(name: &str, without: Vec<String>) -> Result<Source, Box<dyn Error>> {
    let library = Path::new(rustpython_pylib::LIB_PATH);
    let path = name.replace('.', "/");
    let (place, package) = if library.join(&path).join("__init__.py").is_file() {
        (format!("{path}/__init__.py"), true)
    } else {
        (format!("{path}.py"), false)
    };
    let file = library.join(&place);
    if !file.is_file() {
        return Err(format!("library.txt names {name}, which {} has not", library.display()).into());
    }
    Ok(Source { file, place, package, ours: false, without })
}

/// All modules below `folder`, whose package is `parents`.
fn collect_ours(
    folder: &Path,
    parents: &mut Vec<String>,
    sources: &mut BTreeMap<String, Source>,
) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let file = entry?.path();
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if file.is_dir() {
            parents.push(stem);
            collect_ours(&file, parents, sources)?;
            parents.pop();
        } else if file.extension().is_some_and(|extension| extension == "py") {
            let package = stem == "__init__";
            let place = format!("{}/{stem}.py", parents.join("/")).trim_start_matches('/').to_owned();
            let mut name = parents.clone();
            name.extend((!package).then_some(stem));
            sources.insert(name.join("."), Source { file, place, package, ours: true, without: Vec::new() });
        }
    }
    Ok(())
}

fn freeze(source: &Source) -> Result<FrozenModule<Vec<u8>>, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", source.file.display());
    let text = fs::read_to_string(&source.file)?;
    let prefix = if source.ours { OUR_PREFIX } else { PREFIX };
    let place = format!("{prefix}/{}", source.place);
    let code = compiled(&text, &place, source).map_err(|error| format!("{}: {error}", source.file.display()))?;
    let mut bytes = Vec::new();
    marshal::serialize_code(&mut bytes, &code);
    Ok(FrozenModule { code: FrozenCodeObject { bytes: stored(&bytes)? }, package: source.package })
}

fn compiled(text: &str, place: &str, source: &Source) -> Result<CodeObject, Box<dyn Error>> {
    let options = ruff_python_parser::ParseOptions::from(ruff_python_parser::Mode::Module);
    let mut tree = ruff_python_parser::parse(text, options)?.into_syntax();
    if let (Mod::Module(module), false) = (&mut tree, source.ours) {
        thinned::thin(&mut module.body, &source.without);
    }
    // No traceback shows its columns, since its text is not there.
    let options = CompileOpts { debug_ranges: source.ours, ..CompileOpts::default() };
    let file = SourceFileBuilder::new(place, text).finish();
    Ok(compile_top(tree, file, Mode::Exec, options)?)
}

/// What the interpreter reads as LZ4, without compressing anything: the length,
/// and one block of literals only (LZ4 block format). Whoever compresses the
/// whole file afterwards, a server or a cache, does better on bytes as they are.
fn stored(bytes: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    const IN_TOKEN: usize = 15;
    let mut block = u32::try_from(bytes.len())?.to_le_bytes().to_vec();
    if bytes.len() < IN_TOKEN {
        block.push((bytes.len() as u8) << 4);
    } else {
        block.push((IN_TOKEN as u8) << 4);
        let rest = bytes.len() - IN_TOKEN;
        block.extend(std::iter::repeat_n(u8::MAX, rest / 255));
        block.push((rest % 255) as u8);
    }
    block.extend(bytes);
    Ok(block)
}
