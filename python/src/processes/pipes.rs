//! Processes as a machine has them: the same program again, with pipes. Only
//! tests use this; it gives the library the processes it has in a browser.
//!
//! A frame is `kind: u32, length: u32, bytes`, little-endian. To a child: first
//! its number and script (JSON), then messages. From a child: events as
//! [`Event::read`] takes them, and what it prints.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Mutex;
use std::{env, thread};

use rustpython_vm::Interpreter;
use serde::{Deserialize, Serialize};

use super::{Event, arrive, locked};
use crate::output::{self, Stream};
use crate::script::{self, Script, Status};
use crate::{clock, threads};

/// The argument by which the program is told to be a child.
pub const CHILD: &str = "--child";

const READY: u32 = 0;
const MESSAGE: u32 = 1;
const ENDED: u32 = 2;
const STDOUT: u32 = 3;
const STDERR: u32 = 4;
const DEADLOCK: u32 = 5;

/// A stretch of the timeline, which nobody looks at here.
#[allow(dead_code, reason = "as the worker's")]
pub(crate) struct Span<'a> {
    pub(crate) kind: &'a str,
    pub(crate) start_ms: f64,
    pub(crate) end_ms: f64,
    pub(crate) label: &'a str,
    pub(crate) thread: u32,
}

pub(crate) fn record(_span: &Span<'_>) {}

#[derive(Serialize, Deserialize)]
struct Birth {
    handle: u32,
    parent: u32,
    slot: usize,
    source: String,
    file_name: String,
}

struct Process {
    child: Child,
    stdin: Option<ChildStdin>,
}

/// What every process has said of a deadlock.
static DEADLOCKS: Mutex<Vec<String>> = Mutex::new(Vec::new());

static PROCESSES: Mutex<BTreeMap<u32, Process>> = Mutex::new(BTreeMap::new());

pub(super) fn spawn(handle: u32, slot: usize) -> Result<(), String> {
    let begun_ms = clock::now_ms();
    let start = || -> io::Result<(Process, std::process::ChildStdout)> {
        let mut child =
            Command::new(env::current_exe()?).arg(CHILD).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let (mut stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let Script { source, file_name } = script::current();
        let birth = serde_json::to_vec(&Birth { handle, parent: std::process::id(), slot, source, file_name })?;
        write_frame(stdin.as_mut(), READY, &birth)?;
        let stdout = stdout.ok_or(io::ErrorKind::BrokenPipe)?;
        Ok((Process { child, stdin }, stdout))
    };
    let (process, mut stdout) = start().map_err(|error| error.to_string())?;
    locked(&PROCESSES).insert(handle, process);
    thread::spawn(move || {
        while let Ok((kind, bytes)) = read_frame(&mut stdout) {
            match kind {
                READY => arrive(handle, Event::Ready { startup_ms: clock::now_ms() - begun_ms }),
                STDOUT => output::write(Stream::Stdout, &String::from_utf8_lossy(&bytes)),
                DEADLOCK => keep_deadlock(&String::from_utf8_lossy(&bytes)),
                STDERR => output::write(Stream::Stderr, &String::from_utf8_lossy(&bytes)),
                _ => Event::read(kind, bytes).into_iter().for_each(|event| arrive(handle, event)),
            }
        }
        if let Some(mut process) = locked(&PROCESSES).remove(&handle) {
            let status = process.child.wait().map_or_else(|error| error.to_string(), |status| status.to_string());
            arrive(handle, Event::Ended(status));
        }
    });
    Ok(())
}

pub(super) fn send(handle: u32, data: &[u8]) {
    if let Some(process) = locked(&PROCESSES).get_mut(&handle) {
        // Whoever is gone will say so by its end.
        let _ = write_frame(process.stdin.as_mut(), MESSAGE, data);
    }
}

/// The bytes are in a pipe: of tests only.
pub(super) fn has_been_heard(_slots: &[usize]) -> bool {
    true
}

/// What has been said of deadlocks since the last time: JSON, of each process its own.
#[must_use]
pub fn take_deadlocks() -> Vec<String> {
    std::mem::take(&mut *locked(&DEADLOCKS))
}

fn keep_deadlock(json: &str) {
    locked(&DEADLOCKS).push(json.to_owned());
}

pub(crate) fn tell_deadlock(json: &str) {
    if super::own_handle() == 0 {
        keep_deadlock(json);
    } else {
        // A parent that is gone wants to know nothing.
        let _ = tell(DEADLOCK, json.as_bytes());
    }
}

pub(super) fn terminate(handle: u32) {
    if let Some(process) = locked(&PROCESSES).get_mut(&handle) {
        let _ = process.child.kill();
    }
}

/// The life of a child: it imports the script, then answers messages until its
/// parent has no more.
///
/// # Errors
/// Where the pipes break.
pub fn serve(interpreter: &Interpreter) -> io::Result<u8> {
    let mut stdin = io::stdin().lock();
    let (_, birth) = read_frame(&mut stdin)?;
    let Birth { handle, parent, slot, source, file_name } = serde_json::from_slice(&birth)?;
    super::become_child(handle);
    crate::region::host::join(parent, slot as u32 + 1);
    output::open(Box::new(|stream, text| {
        let kind = if stream == Stream::Stdout { STDOUT } else { STDERR };
        let _ = tell(kind, text.as_bytes());
    }));
    let outcome =
        interpreter.enter(|vm| script::prepare(&Script { source, file_name }, threads::Options::default(), vm));
    if outcome.status != Status::Ok {
        tell(ENDED, outcome.exit_code.to_string().as_bytes())?;
        return Ok(outcome.exit_code as u8);
    }
    tell(READY, &[])?;
    crate::region::say_resting();
    while let Ok((_, message)) = read_frame(&mut stdin) {
        crate::region::say_awake();
        match interpreter.enter(|vm| script::handle(&message, vm)) {
            Ok(answer) => {
                tell(MESSAGE, &answer)?;
                crate::region::say_resting();
            }
            Err(reason) => {
                tell(ENDED, reason.as_bytes())?;
                return Ok(1);
            }
        }
    }
    Ok(0)
}

fn tell(kind: u32, bytes: &[u8]) -> io::Result<()> {
    write_frame(Some(&mut io::stdout().lock()), kind, bytes)
}

fn write_frame(to: Option<&mut impl Write>, kind: u32, bytes: &[u8]) -> io::Result<()> {
    let to = to.ok_or(io::ErrorKind::BrokenPipe)?;
    let length = u32::try_from(bytes.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
    to.write_all(&kind.to_le_bytes())?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(bytes)?;
    to.flush()
}

fn read_frame(from: &mut impl Read) -> io::Result<(u32, Vec<u8>)> {
    let mut word = [0; 4];
    from.read_exact(&mut word)?;
    let kind = u32::from_le_bytes(word);
    from.read_exact(&mut word)?;
    let mut bytes = vec![0; u32::from_le_bytes(word) as usize];
    from.read_exact(&mut bytes)?;
    Ok((kind, bytes))
}
