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

/// Those before it export the first table in the place of any other, and the page's
/// program has two: nothing says so until a browser refuses it
/// (<https://github.com/WebAssembly/binaryen/issues/4711>).
const FIRST_SOUND: u32 = 109;

/// The version of the `wasm-opt` on the `PATH`, if there is one that can be used.
pub fn version() -> Option<&'static str> {
    static VERSION: OnceLock<Option<String>> = OnceLock::new();
    let find = || {
        let version = process::read(Command::new("wasm-opt").arg("--version")).ok()?;
        if is_sound(&version) {
            return Some(version);
        }
        say(&format!("{} writes broken modules, and is not used: from {FIRST_SOUND} on it would be", version.trim()));
        None
    };
    VERSION.get_or_init(find).as_deref()
}

/// Of `wasm-opt version 108`, or `wasm-opt version 116 (version_116)`; what says it
/// otherwise is newer than this.
fn is_sound(version: &str) -> bool {
    let number = version.split_whitespace().find_map(|word| word.parse::<u32>().ok());
    number.is_none_or(|number| number >= FIRST_SOUND)
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

#[cfg(test)]
mod tests {
    use super::is_sound;

    #[test]
    fn old_versions_are_told() {
        assert!(!is_sound("wasm-opt version 108\n"));
        assert!(is_sound("wasm-opt version 116 (version_116)\n"));
        assert!(is_sound("wasm-opt version 130-12-gabcdef0\n"));
    }
}
