//! Finds the sources of `rustpython-stdlib` and names the files to compile.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

const PACKAGE: &str = "rustpython-stdlib";

/// File, and the Python module that it holds.
const MODULES: [(&str, &str); 24] = [
    ("_heapq", "_heapq"),
    ("_opcode", "_opcode"),
    ("_tokenize", "_tokenize"),
    ("array", "array"),
    ("binascii", "binascii"),
    ("bisect", "_bisect"),
    ("blake2", "_blake2"),
    ("cmath", "cmath"),
    ("contextvars", "_contextvars"),
    ("csv", "_csv"),
    ("hashlib", "_hashlib"),
    ("json", "_json"),
    ("math", "math"),
    ("md5", "_md5"),
    ("pickle", "_pickle"),
    ("pystruct", "_struct"),
    ("random", "_random"),
    ("sha1", "_sha1"),
    ("sha256", "_sha256"),
    ("sha3", "_sha3"),
    ("sha512", "_sha512"),
    ("statistics", "_statistics"),
    ("suggestions", "_suggestions"),
    ("zlib", "zlib"),
];

/// Files that those use, and no modules of Python's.
const SHARED: [&str; 1] = ["compression"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=Cargo.toml");
    let sources = sources()?;
    let mut modules = String::new();
    let shared = SHARED.map(|file| (file, "for others"));
    for (file, python) in MODULES.into_iter().chain(shared) {
        let path = sources.join(file).with_extension("rs");
        println!("cargo::rerun-if-changed={}", path.display());
        writeln!(modules, "#[path = {:?}]\nmod {file}; // {python}", path.display().to_string())?;
    }
    modules.push_str("\n/// The modules' definitions.\n");
    modules.push_str("pub fn module_defs(ctx: &vm::Context) -> Vec<&'static PyModuleDef> {\n    vec![\n");
    for (file, _) in MODULES {
        writeln!(modules, "        {file}::module_def(ctx),")?;
    }
    modules.push_str("    ]\n}\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("modules.rs"), modules)?;
    Ok(())
}

/// Where Cargo has put the package; it is downloaded, if it is not there yet.
fn sources() -> Result<PathBuf, Box<dyn Error>> {
    let output = Command::new(env::var("CARGO")?)
        .args(["metadata", "--format-version=1", "--locked", "--features=sources", "--manifest-path"])
        .arg(Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("Cargo.toml"))
        .output()?;
    if !output.status.success() {
        return Err(format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata lists no packages")?;
    let manifest = packages
        .iter()
        .find(|package| package["name"] == PACKAGE)
        .and_then(|package| package["manifest_path"].as_str())
        .ok_or_else(|| format!("{PACKAGE} is not among the packages"))?;
    Ok(Path::new(manifest).with_file_name("src"))
}
