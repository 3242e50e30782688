//! Gives every artefact of one source tree the same build id, and lists the labs
//! that are data.

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use serde::Deserialize;

/// What an artefact's behaviour depends on.
const SOURCES: [&str; 5] = ["Cargo.lock", "Cargo.toml", "build.rs", "src", "www"];
/// The labs that are data, one a line, in the order of the course.
const LABS: &str = "labs/list.txt";

/// What of a lab must be known before its words are fetched.
#[derive(Deserialize)]
struct Lab {
    name: String,
    title: String,
    question: String,
    chapter: String,
    #[serde(default)]
    claims: Vec<u32>,
    default: Option<String>,
    program: Vec<Program>,
    #[serde(default)]
    beginning: Vec<Beginning>,
}

#[derive(Deserialize)]
struct Program {
    name: String,
    title: String,
    file: String,
}

#[derive(Deserialize)]
struct Beginning {
    name: String,
    title: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut files = Vec::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        collect(&root.join(source), &mut files)?;
    }
    files.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for file in &files {
        let name = file.strip_prefix(&root).unwrap_or(file);
        hash = fnv1a64(hash, name.to_string_lossy().as_bytes());
        hash = fnv1a64(hash, &fs::read(file)?);
    }
    println!("cargo::rustc-env=PARALLEL_LAB_BUILD={hash:016x}");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("labs.rs"), labs(&root)?)?;
    Ok(())
}

/// The labs' constants, as `src/model/script_lab.rs` has them.
fn labs(root: &Path) -> Result<String, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={LABS}");
    let list = fs::read_to_string(root.join(LABS)).map_err(|error| format!("{LABS}: {error}"))?;
    let names: Vec<_> = list.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
    let mut code = format!(
        "/// All of them, in the order of the course.\npub static SCRIPT_LABS: [ScriptLab; {}] = [\n",
        names.len()
    );
    for name in names {
        // Its words are fetched: only this one file is part of the program.
        let file = format!("labs/{name}/lab.toml");
        println!("cargo::rerun-if-changed={file}");
        let text = fs::read_to_string(root.join(&file)).map_err(|error| format!("{file}: {error}"))?;
        let lab: Lab = toml::from_str(&text).map_err(|error| format!("{file}: {error}"))?;
        if lab.name != name {
            return Err(format!("{file} is of a lab named {:?}", lab.name).into());
        }
        let default = lab.default.as_deref().map_or(Some(0), |name| lab.program.iter().position(|it| it.name == name));
        let Some(default) = default.filter(|_| !lab.program.is_empty()) else {
            return Err(format!("{file} opens with a program that it has not").into());
        };
        write_lab(&mut code, &lab, default)?;
    }
    code.push_str("];\n");
    Ok(code)
}

fn write_lab(code: &mut String, lab: &Lab, default: usize) -> Result<(), Box<dyn Error>> {
    let Lab { name, title, question, chapter, claims, program, beginning, .. } = lab;
    writeln!(
        code,
        "    ScriptLab {{ name: {name:?}, title: {title:?}, question: {question:?}, chapter: {chapter:?}, claims: &{claims:?},"
    )?;
    writeln!(code, "        default_program: {default}, programs: &[")?;
    for Program { name, title, file } in program {
        writeln!(code, "            ScriptProgram {{ name: {name:?}, title: {title:?}, file: {file:?} }},")?;
    }
    writeln!(code, "        ], beginnings: &[")?;
    for Beginning { name, title } in beginning {
        writeln!(code, "            ScriptBeginning {{ name: {name:?}, title: {title:?} }},")?;
    }
    writeln!(code, "        ] }},")?;
    Ok(())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else if path.is_file() {
        files.push(path.to_owned());
    }
    Ok(())
}

fn fnv1a64(seed: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(seed, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
