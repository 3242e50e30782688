//! The server over real connections.

use std::fs;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

use super::*;

/// A folder of its own for each test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("xtask-server-{test}-{}", std::process::id()));
        fs::create_dir_all(folder.join("site/deep")).expect("a folder");
        fs::write(folder.join("secret.txt"), "secret").expect("a file");
        let site = [
            ("index.html", "<head><script src=\"boot.js\"></script></head>"),
            ("deep/style-0123456789abcdef.css", "p { color: red }"),
            ("engine.wasm", "0123456789"),
        ];
        for (name, text) in site {
            fs::write(folder.join("site").join(name), text).expect("a file");
        }
        Self(folder)
    }

    fn config(&self) -> Config {
        Config::new(self.0.join("site"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Sends a request line as it is; returns head and body as far as they come.
fn ask(server: &Server, method: &str, target: &str) -> (String, String) {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port())).expect("connected");
    stream.set_read_timeout(Some(Duration::from_millis(500))).expect("a timeout");
    write!(stream, "{method} {target} HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
    let (mut bytes, mut chunk) = (Vec::new(), [0; 1024]);
    while let Ok(count @ 1..) = stream.read(&mut chunk) {
        bytes.extend_from_slice(&chunk[..count]);
    }
    let text = String::from_utf8(bytes).expect("text");
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    (head.to_owned(), body.to_owned())
}

fn get(server: &Server, target: &str) -> (String, String) {
    ask(server, "GET", target)
}

#[test]
fn files_have_types_caching_and_isolation() {
    let folder = Folder::new("types");
    let server = Server::start(folder.config()).expect("started");
    let (head, body) = get(&server, "/deep/style-0123456789abcdef.css?v=1");
    assert_eq!(body, "p { color: red }");
    assert!(head.starts_with("HTTP/1.1 200 OK"), "{head}");
    assert!(head.contains("Content-Type: text/css"), "{head}");
    assert!(head.contains("immutable"), "{head}");
    let (head, _) = get(&server, "/");
    assert!(head.contains("Content-Type: text/html") && head.contains("no-cache"), "{head}");
    for target in ["/", "/engine.wasm", "/missing", "/deep/style-0123456789abcdef.css"] {
        let (head, _) = get(&server, target);
        assert!(head.contains("Cross-Origin-Opener-Policy: same-origin"), "{target}: {head}");
        assert!(head.contains("Cross-Origin-Embedder-Policy: require-corp"), "{target}: {head}");
        assert!(head.contains("Cross-Origin-Resource-Policy: cross-origin"), "{target}: {head}");
    }
    assert_eq!(server.requests().first().map(String::as_str), Some("/deep/style-0123456789abcdef.css"));
}

#[test]
fn isolation_can_be_left_out() {
    let folder = Folder::new("open");
    let config = Config { isolation: Isolation::NotIsolated, ..folder.config() };
    let server = Server::start(config).expect("started");
    assert!(!get(&server, "/").0.contains("Embedder-Policy"));
}

#[test]
fn a_prefix_is_respected() {
    let folder = Folder::new("prefix");
    let config = Config { prefix: "courses/lab".into(), ..folder.config() };
    let server = Server::start(config).expect("started");
    assert!(server.url().ends_with("/courses/lab/"));
    assert!(get(&server, "/courses/lab/").0.contains("200"));
    assert!(get(&server, "/courses/lab").0.contains("Location: /courses/lab/"));
    assert!(get(&server, "/index.html").0.contains("404"));
}

#[test]
fn nothing_outside_the_root_is_read() {
    let folder = Folder::new("outside");
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.0.join("secret.txt"), folder.0.join("site/link.txt")).expect("a link");
    let server = Server::start(folder.config()).expect("started");
    let absolute = format!("/{}", folder.0.join("secret.txt").display());
    for target in [
        "/../secret.txt",
        "/deep/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/deep/..%5c..%5csecret.txt",
        "/link.txt",
        "/./../secret.txt",
        &absolute,
    ] {
        let (head, body) = get(&server, target);
        assert!(head.contains("404") && !body.contains("secret"), "{target}: {head} {body}");
    }
}

#[test]
fn only_get_and_head_are_answered() {
    let folder = Folder::new("methods");
    let server = Server::start(folder.config()).expect("started");
    assert!(ask(&server, "POST", "/").0.contains("405"));
    let (head, body) = ask(&server, "HEAD", "/engine.wasm");
    assert!(head.contains("Content-Length: 10") && body.is_empty(), "{head} {body}");
}

#[test]
fn each_fault_does_what_it_says() {
    let folder = Folder::new("faults");
    let server = Server::start(folder.config()).expect("started");
    let with = |kind: FaultKind| {
        server.set_faults(vec![Fault::new("*.wasm", kind)]);
        get(&server, "/engine.wasm")
    };
    assert!(with(FaultKind::Missing).0.contains("404"));
    let (head, body) = with(FaultKind::Truncated);
    assert!(head.contains("Content-Length: 5") && body == "01234", "{head} {body}");
    let (head, body) = with(FaultKind::Cut);
    assert!(head.contains("Content-Length: 10") && body == "01234", "{head} {body}");
    let (head, body) = with(FaultKind::Stalled);
    assert!(head.contains("Content-Length: 10") && body == "01234", "{head} {body}");
    assert!(with(FaultKind::Refused).0.is_empty());
    assert!(with(FaultKind::ContentType("text/html".into())).0.contains("Content-Type: text/html"));
    assert_eq!(with(FaultKind::Replaced(b"other".to_vec())).1, "other");
    assert!(with(FaultKind::Header("X-Frame-Options".into(), "DENY".into())).0.contains("DENY"));
    let stripped = with(FaultKind::NoHeader("cross-origin-embedder-policy".into()));
    assert!(!stripped.0.contains("Embedder-Policy"));
    let start = Instant::now();
    assert_eq!(with(FaultKind::Delayed(Duration::from_millis(100))).1, "0123456789");
    assert!(start.elapsed() >= Duration::from_millis(100));
    server.set_faults(Vec::new());
    assert_eq!(get(&server, "/engine.wasm").1, "0123456789");
}

#[test]
fn an_inserted_script_comes_first_and_is_served() {
    let folder = Folder::new("script");
    let server = Server::start(folder.config()).expect("started");
    let script = FaultKind::Script { name: "early.js".into(), source: "window.early = 1".into() };
    server.set_faults(vec![Fault::new("index.html", script)]);
    let (_, page) = get(&server, "/");
    assert!(page.contains("<script src=\"early.js\"></script><script src=\"boot.js\">"), "{page}");
    assert_eq!(get(&server, "/early.js").1, "window.early = 1");
}

#[test]
fn a_plain_host_sends_no_header_but_the_type() {
    let folder = Folder::new("plain");
    let server = Server::start(Config { isolation: Isolation::Plain, ..folder.config() }).expect("started");
    let (head, _) = get(&server, "/engine.wasm");
    let names: Vec<_> =
        head.lines().skip(1).filter_map(|line| line.split(':').next()).filter(|it| !it.is_empty()).collect();
    assert_eq!(names, ["Connection", "Content-Length", "Content-Type"], "{head}");
}

#[test]
fn extra_routes_are_outside_the_prefix() {
    let folder = Folder::new("routes");
    let config = Config { prefix: "/lab/".into(), ..folder.config() };
    let server = Server::start(config).expect("started");
    server.set_routes(vec![Route {
        path: "/frame.html".into(),
        content_type: "text/html".into(),
        body: b"<iframe>".to_vec(),
    }]);
    assert_eq!(get(&server, "/frame.html").1, "<iframe>");
}

#[test]
fn a_stalled_answer_holds_up_nobody_and_ends_with_the_server() {
    let folder = Folder::new("stalled");
    let faults = vec![Fault::new("engine.wasm", FaultKind::Stalled)];
    let server = Server::start(Config { faults, ..folder.config() }).expect("started");
    let mut stalled = TcpStream::connect(("127.0.0.1", server.port())).expect("connected");
    stalled.write_all(b"GET /engine.wasm HTTP/1.1\r\n\r\n").expect("sent");
    assert!(get(&server, "/").0.contains("200"));
    let port = server.port();
    drop(server);
    let mut rest = Vec::new();
    stalled.set_read_timeout(Some(Duration::from_secs(5))).expect("a timeout");
    stalled.read_to_end(&mut rest).expect("closed");
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
}

#[test]
fn a_busy_port_is_an_error_of_its_own_kind() {
    let folder = Folder::new("busy");
    let server = Server::start(folder.config()).expect("started");
    let config = Config { port: server.port(), ..folder.config() };
    let error = Server::start(config).expect_err("busy");
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
}
