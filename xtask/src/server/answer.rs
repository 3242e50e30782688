//! Writing a response.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

/// A response before it is sent.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

/// How a response goes out.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Delivery {
    /// Time before the first byte.
    pub(super) delay: Duration,
    /// Where it ends.
    pub(super) end: End,
}

/// Where the sending of a response ends.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum End {
    /// After the last byte.
    #[default]
    Whole,
    /// In the middle of the body: the connection closes there.
    Cut,
    /// In the middle of the body: nothing follows, the connection stays open.
    Stalled,
    /// Before the first byte: the connection closes.
    Refused,
}

impl Answer {
    /// A resource; `immutable` ones have names that change with their contents.
    pub(super) fn found(content_type: &str, body: Vec<u8>, immutable: bool) -> Self {
        let mut answer = Self { status: 200, headers: Vec::new(), body };
        answer.set_header("Content-Type", content_type);
        let caching = if immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
        answer.set_header("Cache-Control", caching);
        answer
    }

    /// An error with a word about it.
    pub(super) fn error(status: u16, words: &str) -> Self {
        let mut answer = Self::found("text/plain; charset=utf-8", format!("{words}\n").into(), false);
        answer.status = status;
        answer
    }

    /// Sends the client elsewhere.
    pub(super) fn moved(location: &str) -> Self {
        let mut answer = Self::error(301, "moved");
        answer.set_header("Location", location);
        answer
    }

    /// Adds a header, or replaces the one of this name.
    pub(super) fn set_header(&mut self, name: &str, value: &str) {
        self.remove_header(name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    /// Takes a header away.
    pub(super) fn remove_header(&mut self, name: &str) {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    }

    /// Sends the response; then the connection is done with.
    pub(super) fn send(&self, stream: &mut TcpStream, head_only: bool, delivery: Delivery) -> io::Result<()> {
        thread::sleep(delivery.delay);
        if delivery.end == End::Refused {
            return Ok(());
        }
        stream.write_all(self.head().as_bytes())?;
        if head_only {
            return stream.flush();
        }
        let length = if delivery.end == End::Whole { self.body.len() } else { self.body.len() / 2 };
        stream.write_all(&self.body[..length])?;
        stream.flush()?;
        if delivery.end == End::Stalled {
            wait_until_closed(stream);
        }
        Ok(())
    }

    fn head(&self) -> String {
        let reason = match self.status {
            200 => "OK",
            301 => "Moved Permanently",
            403 => "Forbidden",
            404 => "Not Found",
            405 => "Method Not Allowed",
            _ => "Answer",
        };
        let mut head = format!("HTTP/1.1 {} {reason}\r\nConnection: close\r\n", self.status);
        head.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head + "\r\n"
    }
}

/// Waits until the client leaves or the server stops.
fn wait_until_closed(stream: &mut TcpStream) {
    if stream.set_read_timeout(None).is_err() {
        return;
    }
    let mut ignored = [0; 256];
    while stream.read(&mut ignored).is_ok_and(|count| count > 0) {}
}
