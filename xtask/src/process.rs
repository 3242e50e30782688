//! Running other programs and showing what they say.

use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

/// How many lines of a failed quiet program are shown.
const TAIL: usize = 40;

/// How often a quiet program's progress is shown.
const HEARTBEAT: Duration = Duration::from_secs(20);

/// What cargos that run side by side say all the time.
const WAITING: &str = "Blocking waiting for file lock on package cache";

/// Prints one line of the task runner.
pub fn say(message: &str) {
    println!("[xtask] {message}");
}

/// Runs a program that shares our terminal.
///
/// # Errors
/// When it can't be started or fails.
pub fn run(command: &mut Command) -> Result<()> {
    let name = name(command);
    let status = command.status().with_context(|| cannot_start(&name))?;
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}

/// A program that failed and has said all there is to say.
#[derive(Debug)]
pub struct Told {
    /// Its exit code.
    pub code: u8,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "failed with code {}", self.code)
    }
}

impl Error for Told {}

/// A program that somebody stopped: trying another way would be wrong.
#[derive(Debug)]
pub struct Interrupted;

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("interrupted")
    }
}

impl Error for Interrupted {}

/// Runs a program; each line that it prints is shown behind `label`.
///
/// # Errors
/// When it can't be started or fails.
pub fn run_labelled(label: &str, command: &mut Command) -> Result<()> {
    follow(command, &|line| {
        if !line.contains(WAITING) {
            println!("[{label}] {line}");
        }
    })
}

/// Runs a long cargo build quietly: shows a line of progress now and then.
///
/// # Errors
/// When it can't be started or fails: the reason in the first line, then the
/// end of what it said.
pub fn run_quietly(label: &str, command: &mut Command) -> Result<()> {
    run_counted(label, command, &|| ())
}

/// The same; `compiled` hears of each crate that cargo begins to compile.
///
/// # Errors
/// As [`run_quietly`].
pub fn run_counted(label: &str, command: &mut Command, compiled: &(dyn Fn() + Sync)) -> Result<()> {
    let progress = Mutex::new(Progress::new());
    let result = follow(command, &|line| {
        if is_compiling(line) {
            compiled();
        }
        if let Ok(mut progress) = progress.lock() {
            progress.note(label, line);
        }
    });
    result.map_err(|error| {
        if error.is::<Interrupted>() {
            return error;
        }
        let said = progress.into_inner().map(|progress| progress.tail).unwrap_or_default();
        let reason = said.iter().find(|line| line.starts_with("error")).cloned();
        let tail = said.iter().fold(String::new(), |tail, line| format!("{tail}\n    {line}"));
        anyhow!("{}{tail}", reason.unwrap_or_else(|| error.to_string()))
    })
}

/// What a program prints on its standard output, trimmed.
///
/// # Errors
/// When it can't be started or fails.
pub fn read(command: &mut Command) -> Result<String> {
    let name = name(command);
    let output = command.stdin(Stdio::null()).output().with_context(|| cannot_start(&name))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{name} failed ({}): {}", output.status, said.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// A duration as people say it: `48 s`, `2 min 5 s`.
#[must_use]
pub fn spoken(duration: Duration) -> String {
    match duration.as_secs() {
        seconds if seconds < 60 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

struct Progress {
    start: Instant,
    shown: Instant,
    crates: u32,
    tail: VecDeque<String>,
}

impl Progress {
    fn new() -> Self {
        let now = Instant::now();
        Self { start: now, shown: now, crates: 0, tail: VecDeque::new() }
    }

    fn note(&mut self, label: &str, line: &str) {
        if line.contains(WAITING) {
            return;
        }
        if is_compiling(line) {
            self.crates += 1;
        }
        if self.shown.elapsed() >= HEARTBEAT {
            self.shown = Instant::now();
            let elapsed = spoken(self.start.elapsed());
            println!("[{label}] {} crates compiled so far, {elapsed}", self.crates);
        }
        if self.tail.len() == TAIL {
            self.tail.pop_front();
        }
        self.tail.push_back(line.to_owned());
    }
}

/// Whether cargo says with this line that it begins to compile a crate.
fn is_compiling(line: &str) -> bool {
    line.trim_start().starts_with("Compiling ")
}

fn follow(command: &mut Command, line: &(dyn Fn(&str) + Sync)) -> Result<()> {
    let name = name(command);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| cannot_start(&name))?;
    read_lines(&mut child, line);
    let status = child.wait().with_context(|| format!("lost {name}"))?;
    if status.code().is_none() {
        return Err(Interrupted.into());
    }
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}

fn read_lines(child: &mut Child, line: &(dyn Fn(&str) + Sync)) {
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        scope.spawn(move || each_line(stdout, line));
        scope.spawn(move || each_line(stderr, line));
    });
}

fn each_line(source: Option<impl Read>, line: &dyn Fn(&str)) {
    let Some(source) = source else { return };
    for bytes in BufReader::new(source).split(b'\n').map_while(Result::ok) {
        line(String::from_utf8_lossy(&bytes).trim_end());
    }
}

/// The line that runs it, for messages.
pub(crate) fn name(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    let line = words.join(" ");
    match line.char_indices().nth(120) {
        Some((end, _)) => format!("`{} …`", &line[..end]),
        None => format!("`{line}`"),
    }
}

/// What is said when a program is not there.
pub(crate) fn cannot_start(name: &str) -> String {
    format!("cannot start {name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_spoken() {
        assert_eq!(spoken(Duration::from_secs(48)), "48 s");
        assert_eq!(spoken(Duration::from_secs(125)), "2 min 5 s");
    }

    #[test]
    #[cfg(unix)]
    fn crates_are_counted() {
        let count = std::sync::atomic::AtomicU32::new(0);
        let script = "echo '   Compiling a v1'; echo '    Finished'; echo '   Compiling b v2' >&2";
        let compiled = || {
            count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        };
        run_counted("test", Command::new("sh").args(["-c", script]), &compiled).expect("run");
        assert_eq!(count.into_inner(), 2);
    }

    #[test]
    #[cfg(unix)]
    fn a_stopped_program_is_told_from_a_failed_one() {
        let run = |script: &str| run_quietly("test", Command::new("sh").args(["-c", script]));
        assert!(run("kill -TERM $$").expect_err("stopped").is::<Interrupted>());
        let failed = run("echo before; echo 'error: no luck' >&2; exit 3").expect_err("failed");
        assert!(!failed.is::<Interrupted>());
        assert_eq!(failed.to_string().lines().next(), Some("error: no luck"));
    }

    #[test]
    fn a_missing_program_is_named() {
        let error = run(&mut Command::new("no-such-program")).expect_err("must fail");
        assert!(format!("{error:#}").contains("no-such-program"));
    }
}
