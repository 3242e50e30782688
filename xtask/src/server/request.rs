//! Reading a request.

use std::io::{self, Read};
use std::net::TcpStream;
use std::time::Duration;

use percent_encoding::percent_decode_str;

/// Longer requests are not for us.
const LONGEST: usize = 64 * 1024;

/// Browsers open connections ahead and may never use them.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a client asks for.
#[derive(Debug)]
pub(super) struct Request {
    /// The decoded path, without the query.
    pub(super) path: String,
    /// `HEAD`: the answer goes without its body.
    pub(super) head_only: bool,
    /// `GET` or `HEAD`.
    pub(super) is_supported: bool,
    /// It says who asks.
    pub(super) has_cookies: bool,
}

impl Request {
    /// Reads one; `None` when the client has sent nothing, or no HTTP.
    pub(super) fn read(stream: &mut TcpStream) -> io::Result<Option<Self>> {
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut bytes = Vec::new();
        let mut chunk = [0; 4096];
        while bytes.len() < LONGEST {
            let count = stream.read(&mut chunk)?;
            if count == 0 {
                return Ok(None);
            }
            bytes.extend_from_slice(&chunk[..count]);
            let mut headers = [httparse::EMPTY_HEADER; 128];
            let mut parsed = httparse::Request::new(&mut headers);
            match parsed.parse(&bytes) {
                Ok(httparse::Status::Complete(_)) => return Ok(Self::from_parsed(&parsed)),
                Ok(httparse::Status::Partial) => {}
                Err(_) => return Ok(None),
            }
        }
        Ok(None)
    }

    fn from_parsed(parsed: &httparse::Request<'_, '_>) -> Option<Self> {
        let (method, target) = (parsed.method?, parsed.path?);
        let path = target.split(['?', '#']).next().unwrap_or_default();
        Some(Self {
            path: percent_decode_str(path).decode_utf8_lossy().into_owned(),
            head_only: method == "HEAD",
            is_supported: matches!(method, "GET" | "HEAD"),
            has_cookies: parsed.headers.iter().any(|header| header.name.eq_ignore_ascii_case("cookie")),
        })
    }
}
