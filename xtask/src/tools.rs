//! Build tools that come from crates.io: pinned, built once per user into the
//! cache, in a folder named by tool and version, never on the user's `PATH`.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::process::{self, Interrupted, say};
use crate::{project, toolchain};

/// A pinned tool.
#[derive(Debug)]
pub struct Tool {
    package: &'static str,
    version: &'static str,
    binary: &'static str,
    arguments: &'static [&'static str],
    builders: &'static [Builder],
    takes: &'static str,
}

/// Builds the site. From 0.22 on Trunk brings a whole JavaScript compiler, which
/// would double the time that a first build takes.
pub const TRUNK: Tool = Tool {
    package: "trunk",
    version: "0.21.14",
    binary: "trunk",
    arguments: &["--no-default-features", "--features", "rustls"],
    builders: &[Builder::Stable, Builder::StableUnlocked, Builder::Nightly],
    takes: "4 min",
};

/// Drives Firefox in the browser tests.
pub const GECKODRIVER: Tool = Tool {
    package: "geckodriver",
    version: "0.37.0",
    binary: "geckodriver",
    arguments: &[],
    builders: &[Builder::Stable, Builder::StableUnlocked, Builder::Nightly],
    takes: "2 min",
};

/// Who compiles a tool. Registry mirrors lag: the versions that a tool's own
/// lock file asks for may not be there yet, and then the newest ones that are
/// will do.
#[derive(Clone, Copy, Debug)]
enum Builder {
    /// The user's toolchain, with the tool's lock file.
    Stable,
    /// The user's toolchain, with the newest dependencies.
    StableUnlocked,
    /// The pinned nightly, with the tool's lock file.
    Nightly,
}

impl Tool {
    /// Whether the tool is there, in the cache or on the `PATH`.
    #[must_use]
    pub fn is_installed(&self) -> bool {
        self.path().is_some()
    }

    /// Where the program is: in the cache, else on the `PATH` in just this
    /// version.
    #[must_use]
    pub fn path(&self) -> Option<PathBuf> {
        let cached = self.folder().ok()?.join("bin").join(executable(self.binary));
        if cached.is_file() {
            return Some(cached);
        }
        let said = process::read(Command::new(self.binary).arg("--version")).ok()?;
        let versions = said.lines().next()?;
        versions.split_whitespace().any(|word| word == self.version).then(|| self.binary.into())
    }

    /// Installs the tool if it is missing; returns the program's path.
    ///
    /// # Errors
    /// When no way of building it works.
    pub fn ensure(&self) -> Result<PathBuf> {
        if let Some(path) = self.path() {
            return Ok(path);
        }
        self.install()?;
        self.path().with_context(|| format!("{} was installed without its program", self.package))
    }

    fn folder(&self) -> Result<PathBuf> {
        Ok(project::cache()?.join("tools").join(format!("{}-{}", self.package, self.version)))
    }

    fn install(&self) -> Result<()> {
        let Self { package, version, takes, .. } = self;
        say(&format!("building {package} {version} into the cache (once; about {takes} on 2 cores)"));
        let start = Instant::now();
        let folder = self.folder()?;
        let unfinished = folder.with_file_name(format!(".{package}-{}", std::process::id()));
        let target = project::cache()?.join("build").join(package);
        for (attempt, builder) in self.builders.iter().enumerate() {
            match self.install_with(*builder, &unfinished, &target) {
                Ok(()) => break,
                Err(error) if error.is::<Interrupted>() || attempt + 1 == self.builders.len() => {
                    return Err(error.context(format!("{package} {version} can't be built")));
                }
                Err(error) => {
                    let error = error.to_string();
                    let reason = error.lines().next().unwrap_or_default();
                    say(&format!("{package}: trying another way, since: {reason}"));
                }
            }
        }
        put_in_place(&unfinished, &folder)?;
        // The tool is there: a build folder that can't be removed does no harm.
        let _ = fs::remove_dir_all(&target);
        say(&format!("{package} is there, after {}", process::spoken(start.elapsed())));
        Ok(())
    }

    fn install_with(&self, builder: Builder, root: &Path, target: &Path) -> Result<()> {
        let mut command = builder.cargo()?;
        command.args(["install", self.package, "--version", self.version]);
        command.args(self.arguments).arg("--root").arg(root);
        if matches!(builder, Builder::Stable | Builder::Nightly) {
            command.arg("--locked");
        }
        command.env("CARGO_TARGET_DIR", target);
        // These programs run for seconds: compiling them is what takes time.
        quick_to_compile(&mut command);
        process::run_quietly(self.binary, &mut command)
    }
}

/// Makes a release build one that is compiled in the least time.
pub fn quick_to_compile(command: &mut Command) {
    for (setting, value) in [
        ("LTO", "false"),
        ("CODEGEN_UNITS", "16"),
        ("OPT_LEVEL", "0"),
        ("DEBUG", "0"),
        ("PANIC", "abort"),
        ("INCREMENTAL", "false"),
    ] {
        command.env(format!("CARGO_PROFILE_RELEASE_{setting}"), value);
    }
}

impl Builder {
    fn cargo(self) -> Result<Command> {
        Ok(match self {
            Self::Stable | Self::StableUnlocked => toolchain::cargo(),
            Self::Nightly => {
                toolchain::ensure_nightly()?;
                toolchain::nightly_cargo()
            }
        })
    }
}

/// The `PATH` for children: these folders first.
///
/// # Errors
/// When a folder has a character that `PATH` can't hold.
pub fn path_with(folders: &[&Path]) -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = folders.iter().map(|folder| folder.to_path_buf()).chain(env::split_paths(&path));
    env::join_paths(folders).context("a folder's path has a character that PATH can't hold")
}

fn put_in_place(unfinished: &Path, folder: &Path) -> Result<()> {
    if fs::rename(unfinished, folder).is_ok() {
        return Ok(());
    }
    // Something is there: another clone's finished install, or a broken one.
    if folder.join("bin").is_dir() {
        return fs::remove_dir_all(unfinished).context("cannot remove an unfinished install");
    }
    bail!("cannot move the tool to {}: remove that folder", folder.display())
}

fn executable(name: &str) -> String {
    format!("{name}{}", env::consts::EXE_SUFFIX)
}
