//! Optimises wasm further with Binaryen's `wasm-opt`, where there is one. It
//! is not required: the site works without, with somewhat larger files.

use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use anyhow::Result;

use crate::process::{self, say};
use crate::wasm_sections;

/// What to optimise for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Goal {
    /// An engine's speed.
    Speed,
    /// An engine's speed, in a module with shared memory.
    SpeedWithThreads,
    /// The page's size.
    Size,
}

/// What all browsers that can run the site understand.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// The version of the `wasm-opt` on the `PATH`, or why there is none.
pub fn version() -> Option<&'static str> {
    static VERSION: OnceLock<Option<String>> = OnceLock::new();
    VERSION.get_or_init(|| process::read(Command::new("wasm-opt").arg("--version")).ok()).as_deref()
}

/// Optimises a file in place. Where `wasm-opt` is missing or fails, only the
/// functions' names are left out.
///
/// # Errors
/// When the file can't be read, is no wasm module, or can't be written.
pub fn optimise(file: &Path, goal: Goal) -> Result<()> {
    let module = std::fs::read(file)?;
    std::fs::write(file, wasm_sections::without_names(&module)?)?;
    if version().is_none() {
        return Ok(());
    }
    let optimised = file.with_extension("optimised");
    let mut command = Command::new("wasm-opt");
    command.arg(if goal == Goal::Size { "-Oz" } else { "-O3" }).args(FEATURES);
    if goal == Goal::SpeedWithThreads {
        command.arg("--enable-threads");
    }
    command.arg(file).arg("-o").arg(&optimised);
    let result =
        process::read(&mut command).and_then(|_| std::fs::rename(&optimised, file).map_err(anyhow::Error::from));
    if let Err(error) = result {
        say(&format!("{} stays as it is: {error:#}", file.display()));
    }
    Ok(())
}
