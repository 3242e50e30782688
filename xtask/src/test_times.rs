//! What each part of the tests took, as it is told at their end; and what a test
//! runner says, shown as it comes but for its last words, which stay the last.

use std::fmt::Write;
use std::io::{self, BufRead, BufReader};
use std::process::{Child, Command, ExitStatus};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::process::{Told, cannot_start, name, say, spoken};

/// A runner that is over may have left something running that holds its output
/// open: it is not waited for longer.
const LEFT_OPEN: Duration = Duration::from_secs(1);

/// How often it is looked whether a runner is over.
const TICK: Duration = Duration::from_millis(200);

/// The clock of a run of tests.
#[derive(Debug)]
pub struct TestTimes {
    start: Instant,
    rows: Mutex<Vec<(String, Duration)>>,
    /// What a runner has told of its parts.
    details: Mutex<String>,
    last_words: Mutex<Vec<String>>,
}

impl TestTimes {
    /// The run begins now.
    #[must_use]
    pub fn begin() -> Self {
        Self { start: Instant::now(), rows: Mutex::default(), details: Mutex::default(), last_words: Mutex::default() }
    }

    /// Does a part, and notes how long it took, also if it fails.
    ///
    /// # Errors
    /// Those of the part.
    pub fn time<T>(&self, part: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let start = Instant::now();
        let outcome = work();
        self.note(part, start.elapsed());
        outcome
    }

    /// Runs a test runner, showing what it says, and notes how long each of its
    /// programs took. Its last words wait for [`end`](Self::end).
    ///
    /// # Errors
    /// [`Told`] when it fails, so that nobody adds to what it said.
    pub fn run_tests(&self, part: &str, command: &mut Command) -> Result<()> {
        let mut suites = Suites::begin(part, Instant::now());
        // What an earlier one said last was not the last.
        lock(&self.last_words).drain(..).for_each(|line| println!("{line}"));
        let status = follow(command, &mut |line| {
            let step = suites.hear(line, Instant::now());
            step.shown.iter().for_each(|line| println!("{line}"));
            if let Some((suite, time)) = step.over {
                self.note(&suite, time);
            }
        })?;
        lock(&self.last_words).append(&mut suites.held);
        if status.success() {
            return Ok(());
        }
        let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
        Err(Told { code }.into())
    }

    /// Adds to the last words.
    pub fn add_last_words(&self, text: &str) {
        lock(&self.last_words).extend(text.lines().map(str::to_owned));
    }

    /// Adds to what is told before the table.
    pub fn add_details(&self, text: &str) {
        lock(&self.details).push_str(text);
    }

    /// Tells what each part took, and then the last words.
    pub fn end(&self) {
        print!("{}", lock(&self.details));
        say("what took how long:");
        lock(&self.rows).push(("in all".to_owned(), self.start.elapsed()));
        print!("{}", table(&lock(&self.rows)));
        lock(&self.last_words).drain(..).for_each(|line| println!("{line}"));
    }

    /// A package's programs and its doctests are one row.
    fn note(&self, part: &str, time: Duration) {
        let mut rows = lock(&self.rows);
        match rows.iter_mut().find(|(known, _)| known == part) {
            Some((_, total)) => *total += time,
            None => rows.push((part.to_owned(), time)),
        }
    }
}

/// A panic elsewhere leaves the lists whole: go on with them.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn table(rows: &[(String, Duration)]) -> String {
    let spoken: Vec<_> = rows.iter().map(|(_, time)| spoken(*time)).collect();
    let longest = |lengths: &mut dyn Iterator<Item = usize>| lengths.max().unwrap_or_default();
    let width = longest(&mut rows.iter().map(|(part, _)| part.chars().count()));
    let time_width = longest(&mut spoken.iter().map(String::len));
    rows.iter().zip(&spoken).fold(String::new(), |mut table, ((part, _), time)| {
        // Writing to a string can't fail.
        let _ = writeln!(table, "    {part:width$}  {time:>time_width$}");
        table
    })
}

/// The suites of one runner, as its lines tell of them.
struct Suites {
    part: String,
    /// The suite that runs, and since when; at first what comes before all.
    running: Option<(String, Instant)>,
    is_summed_up: bool,
    /// A suite's summary and what follows it, until the next one begins.
    held: Vec<String>,
}

/// What a line brings.
struct Step {
    shown: Vec<String>,
    over: Option<(String, Duration)>,
}

impl Suites {
    fn begin(part: &str, now: Instant) -> Self {
        let running = Some((format!("{part}: compiling"), now));
        Self { part: part.to_owned(), running, is_summed_up: false, held: Vec::new() }
    }

    fn hear(&mut self, line: &str, now: Instant) -> Step {
        let mut step = Step { shown: Vec::new(), over: None };
        if let Some(suite) = suite(line) {
            step.over = self.over(now);
            self.running = Some((format!("{}: {suite}", self.part), now));
            self.is_summed_up = false;
            step.shown.append(&mut self.held);
        } else if line.starts_with("test result: ") {
            step.over = self.over(now);
            self.is_summed_up = true;
            // Doctests come as several lots without a word between them.
            step.shown.append(&mut self.held);
        }
        let to = if self.is_summed_up { &mut self.held } else { &mut step.shown };
        to.push(line.to_owned());
        step
    }

    fn over(&mut self, now: Instant) -> Option<(String, Duration)> {
        self.running.take().map(|(suite, start)| (suite, now - start))
    }
}

/// The suite that cargo says it begins: `front` in `Running tests/front.rs (…/front-0123)`.
fn suite(line: &str) -> Option<&str> {
    let line = line.trim_start();
    if let Some(package) = line.strip_prefix("Doc-tests ") {
        return Some(package);
    }
    let program = line.strip_prefix("Running ")?.strip_suffix(')')?.rsplit(['/', '\\']).next()?;
    Some(program.rsplit_once('-').map_or(program, |(name, _)| name))
}

/// Runs a program and hears its lines, both streams in the order in which it says them.
fn follow(command: &mut Command, line: &mut dyn FnMut(&str)) -> Result<ExitStatus> {
    let name = name(command);
    let (reader, writer) = io::pipe().context("no pipe")?;
    let mut child = {
        let both = writer.try_clone().context("no pipe")?;
        let child = command.stdout(both).stderr(writer).spawn().with_context(|| cannot_start(&name));
        // Else we would hold the pipe open ourselves.
        command.stdout(io::stdout()).stderr(io::stderr());
        child?
    };
    let (to, lines) = channel();
    thread::spawn(move || {
        for bytes in BufReader::new(reader).split(b'\n').map_while(io::Result::ok) {
            let line = String::from_utf8_lossy(&bytes).trim_end_matches('\r').to_owned();
            if to.send(line).is_err() {
                return;
            }
        }
    });
    read(&mut child, &lines, line).with_context(|| format!("lost {name}"))
}

fn read(child: &mut Child, lines: &Receiver<String>, line: &mut dyn FnMut(&str)) -> io::Result<ExitStatus> {
    let mut left_open: Option<Instant> = None;
    loop {
        match lines.recv_timeout(TICK) {
            Ok(text) => line(&text),
            Err(RecvTimeoutError::Disconnected) => return child.wait(),
            Err(RecvTimeoutError::Timeout) => {}
        }
        if let Some(status) = child.try_wait()?
            && left_open.get_or_insert_with(Instant::now).elapsed() > LEFT_OPEN
        {
            return Ok(status);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "\
   Compiling browser-tests v0.1.0
     Running tests/front.rs (target/debug/deps/front-0123456789abcdef)

running 2 tests
test chromium::a ... ok

test result: ok. 2 passed; finished in 3.00s

     Running unittests src/lib.rs (target/debug/deps/parallel_lab-0123456789abcdef)
test b ... FAILED

test result: FAILED. 0 passed; 1 failed; finished in 1.00s

error: test failed, to rerun pass `--lib`";

    #[test]
    fn suites_are_timed_and_the_last_words_are_held_back() {
        let start = Instant::now();
        let mut suites = Suites::begin("browser", start);
        let (mut shown, mut over) = (Vec::new(), Vec::new());
        for (second, line) in (1..).zip(SAID.lines()) {
            let step = suites.hear(line, start + Duration::from_secs(second));
            shown.extend(step.shown);
            over.extend(step.over);
        }
        assert_eq!([shown, suites.held.clone()].concat().join("\n"), SAID);
        assert_eq!(suites.held[0], "test result: FAILED. 0 passed; 1 failed; finished in 1.00s");
        let over: Vec<_> = over.iter().map(|(suite, time)| (suite.as_str(), time.as_secs())).collect();
        assert_eq!(over, [("browser: compiling", 2), ("browser: front", 5), ("browser: parallel_lab", 3)]);
    }

    #[test]
    fn suites_have_the_names_of_their_programs() {
        assert_eq!(suite("   Doc-tests parallel_lab"), Some("parallel_lab"));
        assert_eq!(suite("     Running tests\\single_file.rs (target\\single_file-01.exe)"), Some("single_file"));
        assert_eq!(suite("running 3 tests"), None);
        assert_eq!(suite("test a ... ok"), None);
    }

    #[test]
    fn what_has_one_name_is_one_row() {
        let times = TestTimes::begin();
        times.note("unit: xtask", Duration::from_secs(2));
        times.note("unit: tidy", Duration::from_secs(1));
        times.note("unit: xtask", Duration::from_secs(3));
        let rows = lock(&times.rows).clone();
        assert_eq!(
            rows,
            [("unit: xtask".into(), Duration::from_secs(5)), ("unit: tidy".into(), Duration::from_secs(1))]
        );
    }

    #[test]
    fn a_table_is_aligned() {
        let rows = [("unit: a".to_owned(), Duration::from_secs(5)), ("in all".to_owned(), Duration::from_secs(65))];
        assert_eq!(table(&rows), "    unit: a        5 s\n    in all   1 min 5 s\n");
    }

    #[test]
    #[cfg(unix)]
    fn a_runner_is_heard_in_order_and_passes_its_code_on() {
        let times = TestTimes::begin();
        let script = "echo 'test result: ok.'; echo 'error: so it is' >&2; exit 101";
        let error = times.run_tests("unit", Command::new("sh").args(["-c", script])).expect_err("must fail");
        assert_eq!(error.downcast_ref::<Told>().map(|told| told.code), Some(101));
        assert_eq!(*lock(&times.last_words), ["test result: ok.", "error: so it is"]);
        assert_eq!(lock(&times.rows).len(), 1);
    }

    #[test]
    #[cfg(unix)]
    fn what_a_runner_leaves_running_is_not_waited_for() {
        let start = Instant::now();
        let times = TestTimes::begin();
        times.run_tests("unit", Command::new("sh").args(["-c", "sleep 30 & echo on"])).expect("run");
        assert!(start.elapsed() < Duration::from_secs(20));
    }
}
