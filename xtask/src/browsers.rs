//! Browsers and their drivers for the tests: found, or installed where we may.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{self, say};
use crate::tools::GECKODRIVER;
use crate::{axe, slides};

/// Where each program is, and what else the tests drive.
#[derive(Clone, Debug)]
pub struct Browsers {
    chromium: PathBuf,
    chromedriver: PathBuf,
    firefox: PathBuf,
    geckodriver: PathBuf,
    axe: PathBuf,
    reveal: PathBuf,
    pandoc: PathBuf,
}

/// A program that the tests need.
struct Wanted {
    /// Names it and overrides the search.
    variable: &'static str,
    /// What it may be called.
    names: &'static [&'static str],
    /// Debian's package.
    package: &'static str,
}

const CHROMIUM: Wanted = Wanted {
    variable: "CHROMIUM",
    names: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"],
    package: "chromium",
};
const CHROMEDRIVER: Wanted = Wanted { variable: "CHROMEDRIVER", names: &["chromedriver"], package: "chromium-driver" };
const FIREFOX: Wanted = Wanted { variable: "FIREFOX", names: &["firefox", "firefox-esr"], package: "firefox-esr" };
/// Unpacks pandoc.
const UNZIP: Wanted = Wanted { variable: "UNZIP", names: &["unzip"], package: "unzip" };

impl Browsers {
    /// Finds all of them; installs what is missing with apt-get (as root on
    /// Debian), cargo and curl.
    ///
    /// # Errors
    /// One line that names what to install.
    pub fn ensure() -> Result<Self> {
        install_missing(&[CHROMIUM, CHROMEDRIVER, FIREFOX, UNZIP])?;
        Ok(Self {
            chromium: CHROMIUM.find()?,
            chromedriver: CHROMEDRIVER.find()?,
            firefox: FIREFOX.find()?,
            geckodriver: geckodriver()?,
            axe: axe::ensure()?,
            reveal: slides::reveal()?,
            pandoc: pandoc()?,
        })
    }

    /// Tells a test program where they are, and where the site is.
    pub fn tell(&self, command: &mut Command, dist: &Path) {
        command.env("PARALLEL_LAB_DIST", dist);
        command.env("PARALLEL_LAB_CHROMIUM", &self.chromium);
        command.env("PARALLEL_LAB_CHROMEDRIVER", &self.chromedriver);
        command.env("PARALLEL_LAB_FIREFOX", &self.firefox);
        command.env("PARALLEL_LAB_GECKODRIVER", &self.geckodriver);
        command.env("PARALLEL_LAB_AXE", &self.axe);
        command.env("PARALLEL_LAB_REVEAL", &self.reveal);
        command.env("PARALLEL_LAB_PANDOC", &self.pandoc);
    }
}

impl Wanted {
    fn is_there(&self) -> bool {
        self.find().is_ok()
    }

    fn find(&self) -> Result<PathBuf> {
        if let Some(named) = override_by(self.variable)? {
            return Ok(named);
        }
        self.names.iter().find_map(|name| on_path(name)).with_context(|| {
            let Self { variable, names, .. } = self;
            format!("{} is missing: install it, or set {variable} to its path", names[0])
        })
    }
}

fn geckodriver() -> Result<PathBuf> {
    if let Some(named) = override_by("GECKODRIVER")? {
        return Ok(named);
    }
    if !GECKODRIVER.is_installed()
        && let Some(path) = on_path("geckodriver")
    {
        return Ok(path);
    }
    let path = GECKODRIVER.ensure()?;
    if path.is_absolute() { Ok(path) } else { on_path("geckodriver").context("geckodriver is lost") }
}

fn pandoc() -> Result<PathBuf> {
    if let Some(named) = override_by("PANDOC")? { Ok(named) } else { slides::pandoc() }
}

fn override_by(variable: &str) -> Result<Option<PathBuf>> {
    let Some(path) = env::var_os(variable).filter(|path| !path.is_empty()).map(PathBuf::from) else {
        return Ok(None);
    };
    if !path.is_file() {
        bail!("{variable} is set to {}, which is not a file", path.display());
    }
    Ok(Some(path.canonicalize()?))
}

fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&file)).find(|path| path.is_file())
}

fn install_missing(wanted: &[Wanted]) -> Result<()> {
    let missing: Vec<_> = wanted.iter().filter(|wanted| !wanted.is_there()).map(|wanted| wanted.package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages = missing.join(" ");
    if on_path("apt-get").is_none() || !is_root() {
        let how = "or set CHROMIUM, CHROMEDRIVER, FIREFOX to their paths";
        bail!("the browser tests need {packages}: `sudo apt-get install {packages}` on Debian, {how}");
    }
    say(&format!("installing {packages} with apt-get (a minute or two)"));
    apt_get(&["update"])?;
    let mut arguments = vec!["install", "-y", "--no-install-recommends"];
    arguments.extend(missing);
    apt_get(&arguments)
}

fn apt_get(arguments: &[&str]) -> Result<()> {
    let mut command = Command::new("apt-get");
    command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    process::run_quietly("apt-get", &mut command)
}

fn is_root() -> bool {
    process::read(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}
