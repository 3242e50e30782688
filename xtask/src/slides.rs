//! What the tests of slides need: the real Reveal.js, and pandoc, which renders
//! what Quarto would. Quarto itself comes from no package registry.

use std::env::consts::{ARCH, OS};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::archive::Archive;

const REVEAL: Archive = Archive {
    name: "reveal.js",
    version: "6.0.2",
    url: "https://registry.npmjs.org/reveal.js/-/reveal.js-6.0.2.tgz",
    sha256: "2f0c20bfb02447a198a1ebe8a8c097a5437d035caa38f2820bf4ba887a3eac91",
    wanted: &["package/dist"],
};

/// The program in the wheels of `pypandoc_binary` 1.17: pandoc 3.9.
const PROGRAM: &str = "pypandoc/files/pandoc";

/// Operating system, architecture, wheel, hash.
const WHEELS: [(&str, &str, &str, &str); 4] = [
    (
        "linux",
        "x86_64",
        "https://files.pythonhosted.org/packages/f4/27/ac1078239aae14b94c51975b7f46ad8e099e47d7ae26c175a5486b1c0099/\
         pypandoc_binary-1.17-py3-none-manylinux1_x86_64.manylinux_2_28_x86_64.manylinux_2_5_x86_64.whl",
        "d6b620b21c9374e3e48aabd518492bf0776b148442ee28816f6aaf52da3d4387",
    ),
    (
        "linux",
        "aarch64",
        "https://files.pythonhosted.org/packages/8d/7f/1e5612b52900ebe590862dabeadf546f739b27527dcd8bfd632f8adac1be/\
         pypandoc_binary-1.17-py3-none-manylinux2014_aarch64.manylinux_2_17_aarch64.manylinux_2_28_aarch64.whl",
        "9ada156cb980cd54fd6534231788e668c00dbb591cbd24f0be0bd86812eb8788",
    ),
    (
        "macos",
        "x86_64",
        "https://files.pythonhosted.org/packages/80/85/681a54111f0948821a5cf87ce30a88bb0a3f6848af5112c912abac4a2b77/\
         pypandoc_binary-1.17-py3-none-macosx_10_9_x86_64.whl",
        "734726dc618ef276343e272e1a6b4567e59c2ef9ef41d5533042deac3b0531f1",
    ),
    (
        "macos",
        "aarch64",
        "https://files.pythonhosted.org/packages/15/58/8fd107c68522957868c1e785fbea7595608df118e440e424d189668294df/\
         pypandoc_binary-1.17-py3-none-macosx_11_0_arm64.whl",
        "fcfd28f347ed998dda28823fc6bc24f9310e7fdf3ddceaf925bf0563a100ab5b",
    ),
];

/// The folder with Reveal.js' own files; downloaded if it is missing.
///
/// # Errors
/// When it can't be downloaded, or is not the pinned version.
pub fn reveal() -> Result<PathBuf> {
    Ok(REVEAL.ensure()?.join("package/dist"))
}

/// Where pandoc is; downloaded if it is missing.
///
/// # Errors
/// When there is none for this machine, it can't be downloaded, or is not the
/// pinned file.
pub fn pandoc() -> Result<PathBuf> {
    let wheel = WHEELS.iter().find(|(os, arch, ..)| (*os, *arch) == (OS, ARCH));
    let (_, _, url, sha256) =
        wheel.with_context(|| format!("no pandoc is pinned for {OS} on {ARCH}: set PANDOC to the path of pandoc 3"))?;
    let archive = Archive { name: "pandoc", version: "3.9", url, sha256, wanted: &[PROGRAM] };
    let program = archive.ensure()?.join(PROGRAM);
    make_executable(&program)?;
    Ok(program)
}

/// A wheel leaves that to the installer.
#[cfg(unix)]
fn make_executable(program: &Path) -> Result<()> {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    fs::set_permissions(program, fs::Permissions::from_mode(0o755))
        .with_context(|| format!("cannot make {} a program", program.display()))
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> Result<()> {
    Ok(())
}
