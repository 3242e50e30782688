//! Freezes the Python modules that the interpreter brings along: those that
//! `library.txt` names, from the dependency `rustpython-pylib`, and all of
//! `lib/`, which win.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use rustpython_compiler::{CompileOpts, Mode, compile};
use rustpython_compiler_core::frozen::{FrozenCodeObject, FrozenLib, FrozenModule};
use rustpython_compiler_core::marshal;

/// Where tracebacks say that a module is: there is no such folder, and no file
/// system.
const PREFIX: &str = "/lib/python3";

/// A module's source.
struct Source {
    file: PathBuf,
    /// Where it would be in the library's folder.
    place: String,
    package: bool,
    options: CompileOpts,
}

fn main() -> Result<(), Box<dyn Error>> {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    for watched in ["build.rs", "library.txt", "lib"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let mut sources = BTreeMap::new();
    for line in fs::read_to_string(here.join("library.txt"))?.lines() {
        let name = line.split('#').next().unwrap_or_default().trim();
        if !name.is_empty() {
            sources.insert(name.to_owned(), from_library(name)?);
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

fn from_library(name: &str) -> Result<Source, Box<dyn Error>> {
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
    // Nobody reads its docstrings or steps into its assertions, and no
    // traceback shows its columns, since its text is not there.
    let options = CompileOpts { optimize: 2, debug_ranges: false, ..CompileOpts::default() };
    Ok(Source { file, place, package, options })
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
            let options = CompileOpts::default();
            sources.insert(name.join("."), Source { file, place, package, options });
        }
    }
    Ok(())
}

fn freeze(source: &Source) -> Result<FrozenModule<Vec<u8>>, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", source.file.display());
    let text = fs::read_to_string(&source.file)?;
    let place = format!("{PREFIX}/{}", source.place);
    let code = compile(&text, Mode::Exec, &place, source.options.clone())
        .map_err(|error| format!("{}: {error}", source.file.display()))?;
    let mut bytes = Vec::new();
    marshal::serialize_code(&mut bytes, &code);
    Ok(FrozenModule { code: FrozenCodeObject { bytes: stored(&bytes)? }, package: source.package })
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
