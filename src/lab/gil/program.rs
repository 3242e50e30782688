//! The script of each way: short, the student's to open, change and run.

use super::settings::{Kind, Settings};
use super::way::Way;
use crate::model::python::Script;

/// So many times as fast is compiled code, about: a task of either kind takes about as long.
/// What it really was is measured.
const COMPILED: u32 = 150;
/// Round trips that are made without company.
const TRIPS: u32 = 50;
/// How long the company computes.
const BUSY_SECONDS: f64 = 0.4;

const BEGAN: &str = "import time\n\nBEGAN = time.perf_counter()  # where the timeline begins\n\n";
const TELL: &str = include_str!("scripts/told.py");
const MS_SINCE: &str = include_str!("scripts/ms_since.py");
const PURE: &str = include_str!("scripts/pure.py");
const COMPILED_TASK: &str = include_str!("scripts/compiled.py");
const IO: &str = include_str!("scripts/io.py");
const THREADS: &str = include_str!("scripts/threads.py");
const PROCESSES: &str = include_str!("scripts/processes.py");
const CONVOY: &str = include_str!("scripts/convoy.py");
const CONVOY_THREADS: &str = include_str!("scripts/convoy_threads.py");
const CONVOY_PROCESSES: &str = include_str!("scripts/convoy_processes.py");
/// In the scripts above: where they tell how much was done outside the interpreter.
const OUTSIDE: &str = "#outside\n";

/// What one way runs. The two ways of threads run the same script: only the interpreter differs.
#[must_use]
pub fn script(settings: &Settings, way: Way) -> Script {
    let parts = if settings.kind == Kind::Convoy { convoy(way) } else { tasks(settings, way) };
    let file_name = if way.needs_threads() { "threads.py" } else { "processes.py" };
    Script { source: parts, file_name: file_name.to_owned() }
}

fn convoy(way: Way) -> String {
    let (company, imports, rest) = if way.needs_threads() {
        ("thread", "import threading\n", CONVOY_THREADS)
    } else {
        ("process", "from concurrent.futures import ProcessPoolExecutor\n", CONVOY_PROCESSES)
    };
    let about = format!("\"\"\"A small request, alone and beside a {company} that computes.\"\"\"\n\n");
    let constants = format!("TRIPS = {TRIPS}\nSECONDS = {BUSY_SECONDS}\n");
    [&about, BEGAN, imports, TELL, &constants, CONVOY, rest].concat()
}

fn tasks(settings: &Settings, way: Way) -> String {
    let Settings { threads, tasks, kind, .. } = settings;
    let (steps, compiled_steps, wait_ms) = (settings.steps(), settings.compiled_steps(), settings.waits_ms());
    let about = format!(
        "\"\"\"{tasks} tasks: one after the other, then by {threads} {} at once.\"\"\"\n\n",
        if way.needs_threads() { "threads" } else { "processes" }
    );
    let (imports, rest, workers) = if way.needs_threads() {
        ("import threading\nfrom collections import deque\n", THREADS, format!("THREADS = {threads}\n"))
    } else {
        (
            "from concurrent.futures import ProcessPoolExecutor\nfrom multiprocessing import current_process\n",
            PROCESSES,
            format!("PROCESSES = {threads}\n"),
        )
    };
    let kernel =
        if *kind == Kind::Compiled { "from lab.kernels import member  # the page's compiled code\n" } else { "" };
    let more = match kind {
        Kind::Compiled => format!("COMPILED_STEPS = {compiled_steps}\n"),
        Kind::Io => format!("WAIT = {}  # s\n", wait_ms / 1000.0),
        Kind::Pure | Kind::Convoy => String::new(),
    };
    let task = match kind {
        Kind::Compiled => COMPILED_TASK,
        Kind::Io => IO,
        Kind::Pure | Kind::Convoy => PURE,
    };
    // As deep as what is before it.
    let indent = if way.needs_threads() { "" } else { "    " };
    let outside = match kind {
        Kind::Pure | Kind::Convoy => String::new(),
        Kind::Compiled | Kind::Io => format!("{indent}tell(\"outside_ms\", 1000 * sum(outside[-TASKS:]))\n"),
    };
    let constants = format!("{workers}TASKS = {tasks}\nSTEPS = {steps}\n{more}");
    let between = if more.is_empty() { "" } else { "\n" };
    let rest = rest.replace(OUTSIDE, &outside);
    [&about, BEGAN, imports, kernel, TELL, &constants, between, task, MS_SINCE, &rest].concat()
}

impl Settings {
    /// Steps of each task's loop in Python.
    #[must_use]
    pub fn steps(&self) -> u32 {
        let inside = 100 - self.outside_percent();
        u32::try_from(u64::from(self.size) * u64::from(inside) / 100).unwrap_or(u32::MAX)
    }

    /// Steps of each task's compiled loop.
    #[must_use]
    pub fn compiled_steps(&self) -> u64 {
        u64::from(self.size) * u64::from(COMPILED) * u64::from(self.outside_percent()) / 100
    }

    /// How long each task waits, ms.
    #[must_use]
    pub fn waits_ms(&self) -> f64 {
        self.wait_ms * f64::from(self.outside_percent()) / 100.0
    }

    /// How much of a task is to need no interpreter.
    fn outside_percent(&self) -> u32 {
        if matches!(self.kind, Kind::Compiled | Kind::Io) { self.mix.min(100) } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::parameter::Group;

    const KINDS: [Kind; 4] = [Kind::Pure, Kind::Compiled, Kind::Io, Kind::Convoy];

    fn settings(kind: Kind) -> Settings {
        Settings { kind, mix: 75, size: 1000, wait_ms: 20.0, ..Settings::usual(4) }
    }

    #[test]
    fn threads_run_one_script_with_and_without_the_lock() {
        for kind in KINDS {
            assert_eq!(script(&settings(kind), Way::Gil), script(&settings(kind), Way::Free));
        }
    }

    #[test]
    fn scripts_are_short_and_whole() {
        for kind in KINDS {
            for way in Way::ALL {
                let source = script(&settings(kind), way).source;
                let lines: Vec<_> = source.lines().collect();
                assert!(lines.len() <= 80, "{kind:?}, {way:?}: {} lines", lines.len());
                assert!(lines.iter().all(|it| it.len() <= 99), "{kind:?}, {way:?}");
                assert!(source.starts_with("\"\"\"") && source.ends_with('\n'));
                assert!(!source.contains("#outside") && !source.contains("\n\n\n\n"), "{kind:?}, {way:?}:\n{source}");
                for name in ["from_ms", "alone_ms"] {
                    assert_eq!(source.matches(&format!("tell(\"{name}\"")).count(), 1, "{kind:?}, {way:?}: {name}");
                }
            }
        }
    }

    #[test]
    fn the_mix_is_split() {
        let compiled = settings(Kind::Compiled);
        assert_eq!((compiled.steps(), compiled.compiled_steps()), (250, 112_500));
        assert_eq!((settings(Kind::Io).steps(), settings(Kind::Io).waits_ms()), (250, 15.0));
        assert_eq!((settings(Kind::Pure).steps(), settings(Kind::Pure).compiled_steps()), (1000, 0));
        assert!(script(&compiled, Way::Gil).source.contains("COMPILED_STEPS = 112500\n"));
        assert!(script(&settings(Kind::Io), Way::Process).source.contains("WAIT = 0.015  # s\n"));
    }
}
