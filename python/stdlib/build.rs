//! Finds the sources of `rustpython-stdlib` and names the files to compile.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

const PACKAGE: &str = "rustpython-stdlib";

/// File, and the Python module that it holds.
const MODULES: [(&str, &str); 12] = [
    ("_heapq", "_heapq"),
    ("_opcode", "_opcode"),
    ("_tokenize", "_tokenize"),
    ("bisect", "_bisect"),
    ("contextvars", "_contextvars"),
    ("json", "_json"),
    ("math", "math"),
    ("pickle", "_pickle"),
    ("pystruct", "_struct"),
    ("random", "_random"),
    ("statistics", "_statistics"),
    ("suggestions", "_suggestions"),
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=Cargo.toml");
    let sources = sources()?;
    let mut modules = String::new();
    for (file, python) in MODULES {
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
