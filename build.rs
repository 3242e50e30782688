//! Gives every artefact of one source tree the same build id, and lists the labs
//! that are data.

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use serde::Deserialize;

/// What an artefact's behaviour depends on.
const SOURCES: [&str; 5] = ["Cargo.lock", "Cargo.toml", "build.rs", "src", "www"];
/// The labs that are data: a folder each.
const LABS: &str = "labs";
/// In such a folder, the questions that a lab asks.
const ITEMS: &str = "items";
/// And lines to put in order, which are questions, too.
const PARSONS: &str = "parsons";

/// What of a lab must be known before its words are fetched.
#[derive(Deserialize)]
struct Lab {
    name: String,
    title: String,
    question: String,
    frame_title: String,
    chapter: String,
    minutes: u32,
    claims: Vec<u32>,
    default: Option<String>,
    program: Vec<Program>,
    #[serde(default)]
    beginning: Vec<Beginning>,
}

/// What of a question must be known before its words are fetched.
#[derive(Deserialize)]
struct Item {
    id: String,
    set: Vec<String>,
    place: Option<f64>,
    needs: Option<String>,
}

#[derive(Deserialize)]
struct Program {
    name: String,
    title: String,
    file: String,
}

#[derive(Deserialize)]
struct Beginning {
    title: String,
    program: String,
    gil: Option<bool>,
    switch_ms: Option<f64>,
    workers: Option<u32>,
}

impl Beginning {
    /// What an address has for it.
    fn query(&self) -> String {
        let gil = self.gil.map(|is_on| format!("gil={}", if is_on { "on" } else { "off" }));
        let switch = self.switch_ms.map(|ms| format!("switch={ms}"));
        let workers = self.workers.map(|workers| format!("workers={workers}"));
        let program = Some(format!("program={}", self.program));
        [program, gil, switch, workers].into_iter().flatten().collect::<Vec<_>>().join("&")
    }
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
    fs::write(out.join("items.rs"), items(&root)?)?;
    Ok(())
}

/// The questions that are data, in order: the words of a setting, and the sets of each.
fn items(root: &Path) -> Result<String, Box<dyn Error>> {
    let mut items = Vec::new();
    for folder in folders(root)? {
        let read = |name: &str| fs::read_dir(folder.join(name));
        let (Ok(questions), Ok(lines)) = (read(ITEMS), read(PARSONS)) else { continue };
        for file in questions.chain(lines) {
            let path = file?.path();
            if path.extension().is_none_or(|it| it != "toml") {
                continue;
            }
            let shown = path.display();
            let item: Item =
                toml::from_str(&fs::read_to_string(&path)?).map_err(|error| format!("{shown}: {error}"))?;
            if path.file_stem().is_none_or(|name| name != item.id.as_str()) || item.set.is_empty() {
                return Err(format!("{shown} is of {:?}, in the sets {:?}", item.id, item.set).into());
            }
            // Of a lab that is not there yet, nothing is asked.
            let is_there = |lab: &String| [LABS, "src/lab"].iter().any(|it| root.join(it).join(lab).is_dir());
            if item.needs.as_ref().is_none_or(is_there) {
                items.push(item);
            }
        }
    }
    let place = |item: &Item| item.place.unwrap_or(f64::INFINITY);
    items.sort_by(|one, other| place(one).total_cmp(&place(other)).then_with(|| one.id.cmp(&other.id)));
    let ids: Vec<_> = items.iter().map(|item| format!("({0:?}, {0:?})", item.id)).collect();
    let sets: Vec<_> = items.iter().map(|item| format!("({:?}, &{:?})", item.id, item.set)).collect();
    Ok(format!(
        "/// Which question.\nconst ITEMS: &[Word] = &[(ALL, \"all of the set\"), {}];\n\
         /// The sets of each question, in order.\npub const SETS: &[(&str, &[&str])] = &[{}];\n",
        ids.join(", "),
        sets.join(", ")
    ))
}

fn folders(root: &Path) -> io::Result<Vec<PathBuf>> {
    let entries: Vec<_> = fs::read_dir(root.join(LABS))?.collect::<Result<_, _>>()?;
    let mut folders: Vec<_> = entries.into_iter().map(|it| it.path()).filter(|it| it.is_dir()).collect();
    folders.sort();
    Ok(folders)
}

/// A module for each lab: its `LAB`, its `SCRIPTS`, and on the page its `DOOR`
/// (`src/lab/data.rs`).
fn labs(root: &Path) -> Result<String, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={LABS}");
    let mut code = String::new();
    for folder in folders(root)? {
        // Questions' lab is code: only they are data.
        if folder.join(ITEMS).is_dir() {
            continue;
        }
        // Its words are fetched: only this one file is part of the program.
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = format!("{LABS}/{name}/lab.toml");
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
    Ok(code)
}

fn write_lab(code: &mut String, lab: &Lab, default: usize) -> Result<(), Box<dyn Error>> {
    let Lab { name, title, question, frame_title, chapter, minutes, claims, program, beginning, .. } = lab;
    let module = name.replace('-', "_");
    let (first, rest) = chapter.split_at(1.min(chapter.len()));
    let chapter = format!("{}{rest}", first.to_uppercase());
    let opens_with = &program.get(default).ok_or("no program")?.name;
    writeln!(code, "/// {title}: `{LABS}/{name}`.\npub mod {module} {{\n    use super::*;\n")?;
    writeln!(code, "    const WORDS: &[Word] = &[")?;
    for Program { name, title, .. } in program {
        writeln!(code, "        ({name:?}, {title:?}),")?;
    }
    writeln!(
        code,
        "    ];\n    const PROGRAM: &[Parameter] = &[Parameter::choice(\"program\", {opens_with:?}, WORDS).labelled(\"Program\", \"\")];\n"
    )?;
    writeln!(code, "    /// The lab, as everything around it knows it.\n    pub const LAB: Lab = Lab {{")?;
    writeln!(code, "        name: {name:?}, title: {title:?}, question: {question:?}, frame_title: {frame_title:?},")?;
    writeln!(
        code,
        "        chapter: Chapter::{chapter}, claims: &{claims:?}, minutes: {minutes}, way: \"script\", needs_python: true,"
    )?;
    writeln!(
        code,
        "        parameters: &[PageSettings::PARAMETERS, PROGRAM, Common::PARAMETERS],\n        begins: &["
    )?;
    for beginning in beginning {
        writeln!(code, "            Beginning {{ query: {:?}, words: {:?} }},", beginning.query(), beginning.title)?;
    }
    writeln!(
        code,
        "        ],\n    }};\n\n    /// Its scripts.\n    pub static SCRIPTS: ScriptLab = ScriptLab {{ lab: &LAB, default_program: {default}, programs: &["
    )?;
    for Program { name, title, file } in program {
        writeln!(code, "        ScriptProgram {{ name: {name:?}, title: {title:?}, file: {file:?} }},")?;
    }
    writeln!(code, "    ] }};\n\n    /// The way in.\n    #[cfg(target_family = \"wasm\")]")?;
    writeln!(
        code,
        "    pub(crate) const DOOR: Door = Door {{ lab: &LAB, open: |page| open(page, &SCRIPTS), question: None }};\n}}\n"
    )?;
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
