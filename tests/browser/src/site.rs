//! The release site on a local server that can isolate, frame, break and vanish.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use xtask::hosting::SERVICE_WORKER;
use xtask::server::{Config, Route, Server};
pub use xtask::server::{Fault, FaultKind, Isolation};

use crate::Outcome;
use crate::browser::program;

/// Keeps the messages of the contract; see the script's head.
pub const RECORDER: &str = include_str!("scripts/recorder.js");
/// Lets a test reach the page's workers; see the script's head.
pub const WORKER_TAP: &str = include_str!("scripts/worker_tap.js");
/// Lets a test see when a lab's clock runs; see the script's head.
pub const CLOCK_TAP: &str = include_str!("scripts/clock_tap.js");
/// Lets a test look at what the page hands over as files; see the script's head.
pub const DELIVERY_TAP: &str = include_str!("scripts/delivery_tap.js");

/// A server of a test's own, hence an origin of its own.
///
/// Its service worker is missing unless a test asks for it: what that keeps would
/// hide the faults that most tests make.
#[derive(Debug)]
pub struct Site {
    config: Config,
    state: Mutex<State>,
}

/// What can change while it serves.
#[derive(Debug)]
struct State {
    /// `None` while offline.
    server: Option<Server>,
    port: u16,
    routes: Vec<Route>,
    scripts: Vec<Fault>,
    faults: Vec<Fault>,
    /// What is missing from the start.
    missing: Vec<Fault>,
    /// A version of the site that took the place of the built one.
    release: Option<Release>,
    /// What was asked of servers that are gone.
    requests: Vec<String>,
}

impl State {
    /// The later of two inserted scripts runs first: the recorder comes before all.
    fn all_faults(&self) -> Vec<Fault> {
        let recorder = script("test-recorder.js", RECORDER);
        let faults = self.faults.iter().chain(&self.missing);
        faults.chain(self.scripts.iter().rev()).cloned().chain([recorder]).collect()
    }

    /// Starts to serve on `self.port`, or on any free one where that is 0.
    fn start(&mut self, config: &Config) -> Outcome {
        let mut config = config.clone();
        if let Some(release) = &self.release {
            config.root.clone_from(&release.folder);
        }
        config.port = self.port;
        config.routes = self.routes.clone();
        config.faults = self.all_faults();
        let server = Server::start(config)?;
        self.port = server.port();
        self.server = Some(server);
        Ok(())
    }

    fn stop(&mut self) {
        if let Some(server) = self.server.take() {
            self.requests.extend(server.requests());
        }
    }

    fn update(&self) {
        if let Some(server) = &self.server {
            server.set_faults(self.all_faults());
            server.set_routes(self.routes.clone());
        }
    }
}

fn script(name: &str, source: &str) -> Fault {
    Fault::new("index.html", FaultKind::Script { name: name.to_owned(), source: source.to_owned() })
}

impl Site {
    /// Serves the release site with isolation headers.
    ///
    /// # Errors
    /// When there is no built site, or no free port.
    pub fn start() -> Outcome<Self> {
        Self::serve("/", Isolation::Isolated, false)
    }

    /// Serves it as an ordinary host does.
    ///
    /// # Errors
    /// When there is no built site, or no free port.
    pub fn start_not_isolated() -> Outcome<Self> {
        Self::serve("/", Isolation::NotIsolated, false)
    }

    /// Serves it under a path prefix.
    ///
    /// # Errors
    /// When there is no built site, or no free port.
    pub fn start_under(prefix: &str) -> Outcome<Self> {
        Self::serve(prefix, Isolation::Isolated, false)
    }

    /// Serves it with these headers under a path prefix, with its service worker.
    ///
    /// # Errors
    /// When there is no built site, or no free port.
    pub fn start_with_worker(isolation: Isolation, prefix: &str) -> Outcome<Self> {
        Self::serve(prefix, isolation, true)
    }

    fn serve(prefix: &str, isolation: Isolation, has_worker: bool) -> Outcome<Self> {
        let missing = if has_worker { vec![] } else { vec![Fault::new(SERVICE_WORKER, FaultKind::Missing)] };
        let recorder =
            Route { path: "/recorder.js".into(), content_type: "text/javascript".into(), body: RECORDER.into() };
        let mut state = State {
            server: None,
            port: 0,
            routes: vec![recorder],
            scripts: Vec::new(),
            faults: Vec::new(),
            missing,
            release: None,
            requests: Vec::new(),
        };
        let mut config = Config::new(program("PARALLEL_LAB_DIST")?);
        config.prefix = prefix.to_owned();
        config.isolation = isolation;
        state.start(&config)?;
        Ok(Self { config, state: Mutex::new(state) })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The URL of a file of the site, on 127.0.0.1.
    #[must_use]
    pub fn url(&self, path_and_query: &str) -> String {
        self.url_on("127.0.0.1", path_and_query)
    }

    /// The URL of a file of the site by a name of this machine; `localhost` and
    /// `127.0.0.1` are two sites to a browser.
    #[must_use]
    pub fn url_on(&self, host: &str, path_and_query: &str) -> String {
        let prefix = self.config.prefix.replace(' ', "%20");
        format!("http://{host}:{}{prefix}{path_and_query}", self.state().port)
    }

    /// Adds a page of ours, and gives its name below the site.
    pub fn add_page(&self, name: &str, html: String) -> String {
        self.add_file(name, "text/html; charset=utf-8", html.into())
    }

    /// Adds a file of ours, and gives its name below the site.
    pub fn add_file(&self, name: &str, content_type: &str, body: Vec<u8>) -> String {
        let mut state = self.state();
        let path = format!("/{name}");
        state.routes.retain(|route| route.path != path);
        state.routes.push(Route { path, content_type: content_type.to_owned(), body });
        state.update();
        name.to_owned()
    }

    /// Runs a script in the lab's page before the page's own.
    pub fn insert(&self, source: &str) {
        let mut state = self.state();
        let name = format!("test-{}.js", state.scripts.len());
        state.scripts.push(script(&name, source));
        state.update();
    }

    /// Replaces the faults, from the next request on.
    pub fn break_files(&self, faults: &[Fault]) {
        let mut state = self.state();
        state.faults = faults.to_vec();
        state.update();
    }

    /// Another version takes the built one's place, under the same address. Its
    /// files have other names and the old ones are gone, as after a deployment.
    ///
    /// # Errors
    /// When it can't be written, or the port is taken.
    pub fn release(&self, version: &str) -> Outcome {
        let release = Release::write(&self.config.root, version)?;
        let mut state = self.state();
        state.stop();
        state.release = Some(release);
        state.start(&self.config)
    }

    /// The server is gone.
    pub fn go_offline(&self) {
        self.state().stop();
    }

    /// The server is back, under the same address.
    ///
    /// # Errors
    /// When somebody else has taken the port.
    pub fn come_back(&self) -> Outcome {
        self.state().start(&self.config)
    }

    /// The same site under another address, of which browsers have cached nothing.
    ///
    /// # Errors
    /// When there is no free port.
    pub fn move_elsewhere(&self) -> Outcome {
        let mut state = self.state();
        state.stop();
        state.port = 0;
        state.start(&self.config)
    }

    /// The paths asked for so far.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        let state = self.state();
        let current = state.server.iter().flat_map(Server::requests);
        state.requests.iter().cloned().chain(current).collect()
    }

    /// The paths that the running server was asked for with cookies.
    #[must_use]
    pub fn requests_with_cookies(&self) -> Vec<String> {
        self.state().server.as_ref().map(Server::requests_with_cookies).unwrap_or_default()
    }

    /// A file of the built site.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.config.root.join(name)
    }

    /// The built file in the folder whose name begins with `folder`.
    ///
    /// # Errors
    /// When there is none.
    pub fn engine_file(&self, folder: &str, name: &str) -> Outcome<PathBuf> {
        for entry in fs::read_dir(&self.config.root)? {
            let entry = entry?;
            let file = entry.path().join(name);
            if entry.file_name().to_string_lossy().starts_with(folder) && file.is_file() {
                return Ok(file);
            }
        }
        Err(format!("the site has no {folder}-…/{name}").into())
    }

    /// A copy of the site as a folder, with the recorder in its page: what a
    /// person has who opens `index.html` from a disk.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn copy_to_disk(&self) -> Outcome<DiskCopy> {
        let folder =
            std::env::temp_dir().join(format!("parallel-lab-copy-{}-{}", std::process::id(), self.state().port));
        let copy = DiskCopy { folder };
        copy_folder(&self.config.root, &copy.folder)?;
        fs::write(copy.folder.join("test-recorder.js"), RECORDER)?;
        let index = copy.folder.join("index.html");
        let html = fs::read_to_string(&index)?;
        let html = xtask::page::with_first_script(&html, "<script src=\"test-recorder.js\"></script>");
        fs::write(index, html)?;
        Ok(copy)
    }
}

/// A version of the site that differs from the built one in its name, in the
/// names of its engines' folders, and in its title.
#[derive(Debug)]
struct Release {
    folder: PathBuf,
}

static NEXT_RELEASE: AtomicU32 = AtomicU32::new(0);

impl Release {
    fn write(built: &Path, version: &str) -> Outcome<Self> {
        // Tests that run at once have each their own.
        let number = NEXT_RELEASE.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("parallel-lab-release-{}-{number}", std::process::id()));
        let release = Self { folder };
        let _ = fs::remove_dir_all(&release.folder);
        copy_folder(built, &release.folder)?;
        let index = fs::read_to_string(built.join("index.html"))?;
        let build = between(&index, "data-build=\"", "\"").ok_or("index.html names no build")?;
        let mut names = vec![(build.to_owned(), version.to_owned())];
        for engine in ["engine-isolated-", "engine-threaded-"] {
            let hash = between(&index, engine, "/").ok_or_else(|| format!("index.html names no {engine}"))?;
            let other: String = hash.chars().rev().collect();
            fs::rename(
                release.folder.join(format!("{engine}{hash}")),
                release.folder.join(format!("{engine}{other}")),
            )?;
            names.push((format!("{engine}{hash}"), format!("{engine}{other}")));
        }
        names.push(("<title>Parallel Lab".to_owned(), format!("<title>Parallel Lab {version}")));
        for file in ["index.html", "files.json", SERVICE_WORKER] {
            let mut text = fs::read_to_string(release.folder.join(file))?;
            for (old, new) in &names {
                text = text.replace(old, new);
            }
            fs::write(release.folder.join(file), text)?;
        }
        Ok(release)
    }
}

impl Drop for Release {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split(after).next()
}

/// A copy of the site on disk; dropping it removes it.
#[derive(Debug)]
pub struct DiskCopy {
    folder: PathBuf,
}

impl DiskCopy {
    /// The `file:` URL of its page.
    #[must_use]
    pub fn url(&self, query: &str) -> String {
        format!("file://{}/index.html?{query}", self.folder.display())
    }
}

impl Drop for DiskCopy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
