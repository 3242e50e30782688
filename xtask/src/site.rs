//! Puts the site together: what Trunk's hooks do.
//!
//! ```text
//! index.html
//! parallel-lab-<hash>.js, parallel-lab-<hash>_bg.wasm   the page's program, as
//!                                      far as the first view needs it
//! parallel-lab-<hash>_shared.wasm      what it needs later, whatever it shows
//! parallel-lab-<hash>_<way>.wasm       what one lab needs for itself, or what is fetched on demand
//! parallel-lab-<hash>_<way>.<way>.wasm what several of these share
//! ui-<hash>.packed.js                  all of it, for where fetch is refused
//! <name>-<hash>.<ext>                  files of www/ that index.html refers to: by
//!                                      Trunk where it says data-trunk, else by us
//! <name>.<ext>                         other files of www/
//! engine-isolated-<hash>/worker.js     glue and www/engine-isolated.js, one classic script
//!                       engine.wasm
//!                       packed.js      both, for where fetch is refused
//! engine-threaded-<hash>/worker.js     www/engine-threaded.js, a module
//!                        engine.js, engine_bg.wasm, snippets/
//! lab-<name>-<hash>.json               words and scripts of a lab that is data (labs.rs)
//! data-<hash>/                         the data files that scripts read (data.rs)
//! python-isolated-<hash>/worker.js     glue, www/python-{snapshot,rings,worker}.js, one classic script
//!                        python.wasm   (both folders only when Python is asked for)
//! python-threaded-<hash>/              the same
//! ```
//!
//! and what hosts and offline use need (`hosting.rs`).

use std::fs;
use std::path::{Path, PathBuf};
use std::{env, thread};

use anyhow::{Context, Result, anyhow, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::arguments::HookStage;
use crate::engines::Engine;
use crate::process::say;
use crate::python::{self, Python};
use crate::toolchain::WASM;
use crate::wasm_opt::{self, Goal};
use crate::{bindgen, compact, content_hash, data, gzip, hosting, labs, page, parts, project, styles};

/// The page's program, as Trunk names its files.
const UI: &str = "parallel-lab-";

/// The script of both Python workers, in `www/`, behind the glue.
const PYTHON_WORKER: [&str; 4] = ["python-snapshot.js", "python-region.js", "python-rings.js", "python-worker.js"];

/// The script of Rayon's threads, among what wasm-bindgen puts out.
const THREAD_SCRIPT: &str = "workerHelpers.no-bundler.js";

/// What brings a part of the page's program at once (src/page/rest.rs).
const LOAD_REST: &str = "loadRestNow";

/// What each part of the page's program weighs, in `target/`.
const SIZES: &str = "ui-parts.txt";

/// Which function is in which part, in `target/`.
const FUNCTIONS: &str = "ui-functions.tsv";

/// Does what Trunk's hook of this stage must do.
///
/// # Errors
/// When the engines can't be built or the site can't be put together.
pub fn hook(stage: HookStage) -> Result<()> {
    match stage {
        HookStage::PreBuild => {
            build_engines()?;
            if python::is_asked_for() { build_python() } else { Ok(()) }
        }
        HookStage::PostBuild => {
            let staging =
                env::var_os("TRUNK_STAGING_DIR").context("`hook` is what Trunk calls; you want `cargo xtask dist`")?;
            assemble(Path::new(&staging))
        }
    }
}

/// Builds both engines, side by side: their last steps use one core each.
///
/// # Errors
/// When one of them can't be built.
pub fn build_engines() -> Result<()> {
    thread::scope(|scope| {
        let threaded = scope.spawn(|| Engine::Threaded.build());
        Engine::Isolated.build()?;
        threaded.join().map_err(|_| anyhow!("building an engine panicked"))?
    })
}

/// Builds both artefacts of the Python interpreter.
///
/// # Errors
/// When one of them can't be built.
pub fn build_python() -> Result<()> {
    Python::ALL.into_iter().try_for_each(Python::build)
}

/// The same, quietly; `compiled` hears of each crate.
///
/// # Errors
/// When one of them can't be built.
pub fn build_python_quietly(compiled: &(dyn Fn() + Sync)) -> Result<()> {
    Python::ALL.into_iter().try_for_each(|python| python.build_quietly(compiled))
}

/// Completes the site in `folder`, where Trunk has put the page.
///
/// # Errors
/// When a file is missing or can't be written.
pub fn assemble(folder: &Path) -> Result<()> {
    if wasm_opt::version().is_none() {
        say("no wasm-opt on the PATH: the wasm files stay a little larger");
    }
    let index = folder.join("index.html");
    let html = styles::join(folder, &read_text(&index)?)?;
    compact_scripts(folder)?;
    let ui = Ui::finish(folder)?;
    let isolated = isolated_engine(folder)?;
    let threaded = threaded_engine(folder)?;
    let mut renamed = static_files(folder, &page::references(&sources()?), &page::references(&html))?;
    renamed.push(hosting::manifest(folder)?);
    let offline = hosting::offline_script(folder)?;
    let probe = hosting::probe_script(folder)?;
    let labs = labs::assemble(folder)?;
    let data = data::assemble(folder)?;
    let mut facts = vec![
        ("ui-script", ui.script.as_str()),
        ("ui-wasm", &ui.first),
        ("ui-parts", &ui.parts),
        ("ui-ways", &ui.ways),
        ("ui-packed", &ui.packed),
        ("engine-isolated", &isolated),
        ("engine-threaded", &threaded),
        ("service-worker", hosting::registered_worker()),
        ("offline", &offline),
        ("probe", &probe),
        ("files", &data),
    ];
    facts.extend(labs.iter().map(|(name, file)| (name.as_str(), file.as_str())));
    let mut pythons = Vec::new();
    if python::is_asked_for() {
        for python in Python::ALL {
            pythons.push((python.name(), python_folder(folder, python)?));
        }
    }
    facts.extend(pythons.iter().map(|(name, folder)| (*name, folder.as_str())));
    let kept = hosting::kept_files(folder)?;
    let build = hosting::build_id(&page::rewrite(&html, &renamed, &facts)?, &kept);
    facts.push(("build", &build));
    write(&index, page::rewrite(&html, &renamed, &facts)?)?;
    tell_sizes(folder)?;
    hosting::complete(folder, &build, &kept)
}

/// The scripts that Trunk has put there are loaded before anything is seen.
fn compact_scripts(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "js") {
            write(&path, compact::script(&read_text(&path)?)?)?;
        }
    }
    Ok(())
}

/// Says what the parts of the page's program weigh and which are too large, and
/// keeps it in `target/`.
fn tell_sizes(site: &Path) -> Result<()> {
    let sizes = parts::sizes(site)?;
    let told: Vec<_> = sizes.iter().map(|size| format!("{} {}", size.part, size.gzip_bytes)).collect();
    say(&format!("the page's program weighs, compressed, in bytes: {}", told.join(", ")));
    sizes.iter().filter_map(parts::Size::complaint).for_each(|complaint| say(&complaint));
    write(&project::target(SIZES), told.join("\n") + "\n")
}

/// The page's program: file names in the site.
struct Ui {
    script: String,
    first: String,
    /// All later parts: `<file>:<way>,<way>… …`.
    parts: String,
    /// The names of the ways, in the order of their numbers.
    ways: String,
    packed: String,
}

impl Ui {
    fn finish(folder: &Path) -> Result<Self> {
        let script = the_only(folder, ".js")?;
        let built = the_only(folder, "_bg.wasm")?;
        let whole = folder.join(&built);
        let ways = parts::ways()?;
        let linked = project::target("ui").join(WASM).join("ui/parallel-lab.wasm");
        let output = project::target("ui").join("parts");
        let split = bindgen::split(&whole, &linked, LOAD_REST, &ways, &output, &project::target(FUNCTIONS))?;
        // The parts fit only each other: they share what they are named by.
        let bytes = split.iter().map(|part| read(&part.file)).collect::<Result<Vec<_>>>()?;
        let hash = content_hash::of(bytes.iter().map(Vec::as_slice));
        wasm_opt::optimise(&whole, Goal::Size)?;
        let mut files = Vec::new();
        for part in &split {
            wasm_opt::optimise(&part.file, Goal::Size)?;
            let name = parts::file_name(UI, &hash, &part.name);
            ensure!(files.iter().all(|(other, _)| *other != name), "two parts of the program are called {name}");
            rename(&part.file, &folder.join(&name))?;
            files.push((name, part.ways.iter().map(usize::to_string).collect::<Vec<_>>().join(",")));
        }
        let mut files = files.into_iter();
        let (first, _) = files.next().context("the program came in no parts")?;
        let later: Vec<_> = files.map(|(name, ways)| format!("{name}:{ways}")).collect();
        let packed = format!("ui-{hash}.packed.js");
        // In one file nobody compresses it on the way.
        let fields = [("wasm_gzip", BASE64.encode(gzip::smallest(&read(&whole)?)?))];
        write(&folder.join(&packed), packed_script("ui", &fields))?;
        fs::remove_file(&whole).context("cannot remove the undivided program")?;
        let ways: Vec<_> = ways.into_iter().map(|way| way.name).collect();
        Ok(Self { script, first, parts: later.join(" "), ways: ways.join(" "), packed })
    }
}

fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).with_context(|| format!("cannot name {}", to.display()))
}

fn isolated_engine(site: &Path) -> Result<String> {
    let built = Engine::Isolated.output();
    let glue = read_text(&built.join("engine.js"))?;
    let script = format!("{glue}\n{}", worker_source(Engine::Isolated)?);
    let wasm = read(&built.join("engine_bg.wasm"))?;
    let fields = [("script", script.clone()), ("wasm", BASE64.encode(&wasm))];
    let files = vec![
        ("packed.js".into(), packed_script(Engine::Isolated.name(), &fields).into_bytes()),
        ("worker.js".into(), script.into_bytes()),
        ("engine.wasm".into(), wasm),
    ];
    artefact_folder(site, Engine::Isolated.name(), &files)
}

fn threaded_engine(site: &Path) -> Result<String> {
    let built = Engine::Threaded.output();
    let mut files = vec![(PathBuf::from("worker.js"), worker_source(Engine::Threaded)?.into_bytes())];
    for file in content_hash::files_below(&built)? {
        let bytes = if file.ends_with(THREAD_SCRIPT) {
            with_threads_by_address(&read_text(&file)?)?.into_bytes()
        } else {
            read(&file)?
        };
        files.push((file.strip_prefix(&built)?.to_owned(), bytes));
    }
    artefact_folder(site, Engine::Threaded.name(), &files)
}

/// Rayon's helper starts each thread from a blob of its own script, which a host's policy may
/// forbid: then the thread starts from the script's address, as all other workers do.
fn with_threads_by_address(helper: &str) -> Result<String> {
    const STARTED: &str = "const worker = new Worker(url, {
        type: 'module'
      });
      worker.postMessage(workerInit);
      await waitForMsgType(worker, 'wasm_bindgen_worker_ready');
";
    const BY_EITHER: &str = "const start = async address => {
        const worker = new Worker(address, { type: 'module' });
        worker.postMessage(workerInit);
        const refused = new Promise((_, reject) => worker.addEventListener('error', reject, { once: true }));
        return Promise.race([waitForMsgType(worker, 'wasm_bindgen_worker_ready'), refused]).then(() => worker);
      };
      const worker = await start(url).catch(() => start(import.meta.url));
";
    let helper = helper.replace("\r\n", "\n");
    ensure!(helper.contains(STARTED), "{THREAD_SCRIPT} starts threads in another way than it did");
    Ok(helper.replace(STARTED, BY_EITHER))
}

/// Writes an artefact of Python into the site; returns its relative URL.
///
/// # Errors
/// When it is not built, or can't be written.
pub(crate) fn python_folder(site: &Path, python: Python) -> Result<String> {
    let built = python.output();
    let mut script = read_text(&built.join("python.js"))?;
    for part in PYTHON_WORKER {
        script.push('\n');
        script.push_str(&read_text(&www(part))?);
    }
    let files =
        [("worker.js".into(), script.into_bytes()), ("python.wasm".into(), read(&built.join("python_bg.wasm"))?)];
    artefact_folder(site, python.name(), &files)
}

/// Writes an artefact's files into a folder named by their hash; returns its
/// relative URL.
///
/// # Errors
/// When a file can't be written.
pub(crate) fn artefact_folder(site: &Path, name: &str, files: &[(PathBuf, Vec<u8>)]) -> Result<String> {
    let parts = files.iter().flat_map(|(name, bytes)| [name.as_os_str().as_encoded_bytes(), bytes]);
    let folder = format!("{name}-{}", content_hash::of(parts));
    for (name, bytes) in files {
        write(&site.join(&folder).join(name), bytes)?;
    }
    Ok(format!("{folder}/"))
}

fn worker_source(engine: Engine) -> Result<String> {
    read_text(&www(engine.name()).with_extension("js"))
}

pub(crate) fn www(name: &str) -> PathBuf {
    project::root().join("www").join(name)
}

/// `index.html` as it was before Trunk took its own references out.
fn sources() -> Result<String> {
    read_text(&project::root().join("index.html"))
}

/// Copies `www/`. What the page or its manifest still refers to gets a hashed name: returns old
/// and new name of each. What only the sources refer to, Trunk has taken care
/// of (`data-trunk`). The rest keeps its name.
fn static_files(site: &Path, in_sources: &[String], named: &[String]) -> Result<Vec<(String, String)>> {
    let www = project::root().join("www");
    let engines = [Engine::Isolated, Engine::Threaded].map(|engine| format!("{}.js", engine.name()));
    let mut renamed = Vec::new();
    for file in content_hash::files_below(&www)? {
        let name = file.strip_prefix(&www)?.to_string_lossy().replace('\\', "/");
        let is_elsewhere = engines.contains(&name)
            || PYTHON_WORKER.contains(&name.as_str())
            || hosting::FILES.contains(&name.as_str());
        if is_elsewhere {
            continue;
        }
        let bytes = read(&file)?;
        if named.contains(&name) {
            let hashed = content_hash::hashed_name(&name, &bytes);
            write(&site.join(&hashed), bytes)?;
            renamed.push((name, hashed));
        } else if !in_sources.contains(&name) {
            write(&site.join(&name), bytes)?;
        }
    }
    Ok(renamed)
}

/// A classic script that leaves its contents in `globalThis.parallelLabPacked`:
/// script tags load where `fetch` is refused (opaque origins, `file://`).
pub(crate) fn packed_script(name: &str, fields: &[(&str, String)]) -> String {
    let fields: Vec<_> = fields.iter().map(|(name, text)| format!("{name}: {}", script_string(text))).collect();
    let fields = fields.join(", ");
    format!("(globalThis.parallelLabPacked ??= {{}})[\"{name}\"] = {{{fields}}};\n")
}

/// `text` as a string literal of JavaScript (and of JSON).
pub(crate) fn script_string(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for character in text.chars() {
        match character {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\0'..='\x1f' | '\u{2028}' | '\u{2029}' => {
                literal.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            other => literal.push(other),
        }
    }
    literal.push('"');
    literal
}

/// The one file of the page's program with this ending.
fn the_only(folder: &Path, ending: &str) -> Result<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with(UI) && name.ends_with(ending) {
            names.push(name);
        }
    }
    match names.as_slice() {
        [name] => Ok(name.clone()),
        _ => Err(anyhow!("Trunk should have made one {UI}…{ending}, but made {names:?}")),
    }
}

pub(crate) fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

pub(crate) fn read_text(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

pub(crate) fn write(file: &Path, contents: impl AsRef<[u8]>) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(file, contents).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_script_is_one_assignment() {
        let script = packed_script("ui", &[("wasm", "AAEC".into())]);
        assert_eq!(script, "(globalThis.parallelLabPacked ??= {})[\"ui\"] = {wasm: \"AAEC\"};\n");
    }

    #[test]
    fn literals_escape_what_would_end_them() {
        assert_eq!(script_string("a\"b\\c\nd\u{2028}\u{1}é"), "\"a\\\"b\\\\c\\nd\\u2028\\u0001é\"");
    }
}
