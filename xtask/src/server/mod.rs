//! A static server for the built site: isolation headers on every response,
//! and, for the tests, faults that can be switched while it runs.
//!
//! One request per connection, one thread per connection: a stalled answer
//! holds up nobody else, and stopping the server closes everything at once,
//! as a host that goes away does. (The small server crates keep connections
//! open behind the caller's back, which makes "offline" look like "slow".)

mod answer;
mod fault;
mod files;
mod request;

use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

pub use fault::{Fault, FaultKind};

use answer::Answer;
use files::Files;
use request::Request;

/// Whether responses carry the headers that let a page share memory.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Isolation {
    /// With `Cross-Origin-Opener-Policy` and `-Embedder-Policy`.
    #[default]
    Isolated,
    /// Without them, as ordinary hosts serve.
    NotIsolated,
    /// Without any header but the type: the plainest host, or one behind a
    /// proxy that strips headers.
    Plain,
}

/// An extra resource, such as a page that frames the site.
#[derive(Clone, Debug)]
pub struct Route {
    /// The path on the server, with its leading slash, outside the prefix.
    pub path: String,
    /// Its `Content-Type`.
    pub content_type: String,
    /// Its body.
    pub body: Vec<u8>,
}

/// What to serve, and how.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder to serve; nothing outside of it is ever read.
    pub root: PathBuf,
    /// The path under which it is served, such as `/` or `/courses/lab/`.
    pub prefix: String,
    /// Headers for isolation.
    pub isolation: Isolation,
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// Extra resources.
    pub routes: Vec<Route>,
    /// Faults from the start.
    pub faults: Vec<Fault>,
}

impl Config {
    /// Serves `root` at `/`, isolated, on a free port, without faults.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            prefix: "/".into(),
            isolation: Isolation::Isolated,
            port: 0,
            routes: Vec::new(),
            faults: Vec::new(),
        }
    }
}

/// A running server; dropping it stops it and closes its connections.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    site: Arc<Site>,
    accepting: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts serving.
    ///
    /// # Errors
    /// When the folder does not exist or the port can't be bound
    /// ([`io::ErrorKind::AddrInUse`]).
    pub fn start(config: Config) -> io::Result<Self> {
        let files = Files::new(&config.root, &config.prefix)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, config.port))?;
        let address = listener.local_addr()?;
        let site = Arc::new(Site {
            files,
            isolation: config.isolation,
            routes: Mutex::new(config.routes),
            faults: Mutex::new(config.faults),
            requests: Mutex::default(),
            with_cookies: Mutex::default(),
            open: Mutex::default(),
            stopped: AtomicBool::new(false),
        });
        let accepting = thread::spawn({
            let site = Arc::clone(&site);
            move || accept(&listener, &site)
        });
        Ok(Self { address, site, accepting: Some(accepting) })
    }

    /// The port that it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The site's URL, with the prefix and a slash at its end.
    #[must_use]
    pub fn url(&self) -> String {
        self.url_at("localhost")
    }

    /// The site's URL by another name of this machine: `127.0.0.1` is another
    /// site than `localhost`.
    #[must_use]
    pub fn url_at(&self, host: &str) -> String {
        format!("http://{host}:{}{}", self.port(), self.site.files.prefix())
    }

    /// Replaces the faults, from the next request on.
    pub fn set_faults(&self, faults: Vec<Fault>) {
        *lock(&self.site.faults) = faults;
    }

    /// Replaces the extra resources, from the next request on.
    pub fn set_routes(&self, routes: Vec<Route>) {
        *lock(&self.site.routes) = routes;
    }

    /// The paths asked for so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        lock(&self.site.requests).clone()
    }

    /// Those of them that came with cookies.
    #[must_use]
    pub fn requests_with_cookies(&self) -> Vec<String> {
        lock(&self.site.with_cookies).clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.site.stopped.store(true, Ordering::SeqCst);
        // Wakes the accepting thread, which then sees that it is over.
        drop(TcpStream::connect(self.address));
        if let Some(accepting) = self.accepting.take() {
            // A panic there has been printed; there is nothing to add.
            let _ = accepting.join();
        }
        for (_, stream) in lock(&self.site.open).drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

/// What all connections share.
#[derive(Debug)]
struct Site {
    files: Files,
    isolation: Isolation,
    routes: Mutex<Vec<Route>>,
    faults: Mutex<Vec<Fault>>,
    requests: Mutex<Vec<String>>,
    with_cookies: Mutex<Vec<String>>,
    open: Mutex<Vec<(u64, TcpStream)>>,
    stopped: AtomicBool,
}

impl Site {
    /// Reads a request and answers it; a client that leaves early is no error
    /// worth a word.
    fn serve(&self, stream: &mut TcpStream) -> io::Result<()> {
        let Some(request) = Request::read(stream)? else {
            return Ok(());
        };
        lock(&self.requests).push(request.path.clone());
        if request.has_cookies {
            lock(&self.with_cookies).push(request.path.clone());
        }
        let faults = lock(&self.faults).clone();
        let mut answer = self.answer(&request, &faults);
        let name = self.files.name(&request.path);
        let plan = fault::apply(&faults, name.as_deref(), &mut answer);
        answer.send(stream, request.head_only, plan)
    }

    fn answer(&self, request: &Request, faults: &[Fault]) -> Answer {
        let mut answer = self.found(request, faults);
        if self.isolation == Isolation::Plain {
            answer.remove_header("Cache-Control");
            return answer;
        }
        if self.isolation == Isolation::Isolated {
            answer.set_header("Cross-Origin-Opener-Policy", "same-origin");
            answer.set_header("Cross-Origin-Embedder-Policy", "require-corp");
        }
        answer.set_header("Cross-Origin-Resource-Policy", "cross-origin");
        answer.set_header("X-Content-Type-Options", "nosniff");
        answer
    }

    fn found(&self, request: &Request, faults: &[Fault]) -> Answer {
        if !request.is_supported {
            return Answer::error(405, "only GET and HEAD are answered");
        }
        if let Some(route) = lock(&self.routes).iter().find(|route| route.path == request.path) {
            return Answer::found(&route.content_type, route.body.clone(), false);
        }
        let name = self.files.name(&request.path);
        if let Some(source) = name.as_deref().and_then(|name| fault::inserted_script(faults, name)) {
            return Answer::found("text/javascript; charset=utf-8", source.into(), false);
        }
        self.files.answer(&request.path)
    }
}

fn accept(listener: &TcpListener, site: &Arc<Site>) {
    for (id, stream) in (0..).zip(listener.incoming()) {
        if site.stopped.load(Ordering::SeqCst) {
            return;
        }
        let Ok(mut stream) = stream else { continue };
        if let Ok(handle) = stream.try_clone() {
            lock(&site.open).push((id, handle));
        }
        let site = Arc::clone(site);
        thread::spawn(move || {
            // The client went away: nobody is left to tell.
            let _ = site.serve(&mut stream);
            let _ = stream.shutdown(Shutdown::Both);
            lock(&site.open).retain(|(open, _)| *open != id);
        });
    }
}

/// A panic elsewhere leaves our lists whole: go on with them.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
