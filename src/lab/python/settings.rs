//! What the Python lab can be set to: each setting is declared here, once.

use crate::model::parameter::{Parameter, Word, settings, words};

settings! {
    /// What the Python lab is set to.
    pub struct PythonSettings {
        /// What `os.cpu_count()` says.
        workers: u32 = Parameter::workers("workers")
            .labelled("os.cpu_count()", "What the script is told; pools take it where they are told nothing");
        /// Which of the lab's programs.
        program: Program = Parameter::choice("program", "process-pool", &Program::WORDS).labelled("Program", "");
        /// The script, where it is no longer the program's; else empty.
        code: String = Parameter::text("code", "a Python script in UTF-8", MAX_CODE_CHARS, "the program's own")
            .labelled("Python script", "");
        /// Threads take turns, as in CPython's default build.
        gil: bool = Parameter::choice("gil", "on", &[("on", "with the GIL"), ("off", "free-threaded")])
            .labelled("Threads", "Whether Python's threads take turns");
        /// How long a thread waits for the GIL before it asks for it, ms.
        switch_interval_ms: f64 = Parameter::milliseconds("switch", 5.0, 0.01, 1000.0).labelled("Switch interval, ms", "How long a thread waits for the GIL before it asks for it");
    }
}

/// Most characters of a script that travels in a link.
pub const MAX_CODE_CHARS: usize = 20_000;

/// A Python program of ours.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Program {
    /// The ensemble, one member after the other.
    SerialLoop,
    /// The ensemble by `ProcessPoolExecutor`.
    ProcessPool,
    /// The ensemble by `ThreadPoolExecutor`.
    ThreadPool,
    /// The ensemble by `multiprocessing.Pool.map`.
    PoolMap,
    /// Results as they come.
    AsCompleted,
    /// Processes without `if __name__ == "__main__"`.
    NoGuard,
    /// Threads that count.
    SharedCounter,
}

words!(Program {
    SerialLoop = "serial-loop",
    ProcessPool = "process-pool",
    ThreadPool = "thread-pool",
    PoolMap = "pool-map",
    AsCompleted = "as-completed",
    NoGuard = "no-guard",
    SharedCounter = "shared-counter",
});

impl Program {
    /// All programs in the order of the lab, with what it calls them.
    pub const WORDS: [Word; 7] = [
        ("serial-loop", "Serial loop"),
        ("process-pool", "ProcessPoolExecutor"),
        ("thread-pool", "ThreadPoolExecutor"),
        ("pool-map", "multiprocessing.Pool.map"),
        ("as-completed", "as_completed"),
        ("no-guard", "no __main__ guard"),
        ("shared-counter", "a shared counter"),
    ];
}
