//! What the lab can be set to: each setting is declared here, once.

use crate::model::parameter::{Parameter, settings, words};

/// What a task does.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// A loop in Python: it needs the interpreter all the time.
    Pure,
    /// Compiled code, which releases the lock.
    Compiled,
    /// It waits, as for a file or an answer, and releases the lock meanwhile.
    Io,
    /// No tasks: short waits beside a thread that computes.
    Convoy,
}

words!(Kind { Pure = "pure", Compiled = "compiled", Io = "io", Convoy = "convoy" });

settings! {
    /// What is run three ways.
    pub struct Settings {
        /// How many threads, and how many processes.
        threads: u32 = Parameter::whole("threads", 4, 2, 8).labelled("Threads", "The chefs; as many processes");
        /// What each task does.
        kind: Kind = Parameter::choice("kind", "pure", &[
            ("pure", "pure Python"),
            ("compiled", "compiled code"),
            ("io", "waiting (I/O)"),
            ("convoy", "convoy: short waits beside a busy thread"),
        ]).labelled("Tasks", "What each task does");
        /// How much of a task needs no interpreter, percent.
        mix: u32 = Parameter::whole("mix", 100, 0, 100)
            .labelled("Outside Python", "How much of a compiled or a waiting task does without the interpreter");
        /// How many tasks.
        tasks: u32 = Parameter::whole("tasks", 16, 2, 100).labelled("Number of tasks", "");
        /// How large a task is: steps of a loop in Python.
        size: u32 = Parameter::whole("size", 40_000, 100, 1_000_000)
            .labelled("Steps of a task", "Of a loop in Python; compiled code does as many more as it is faster");
        /// How long a task waits, ms.
        wait_ms: f64 = Parameter::milliseconds("wait", 20.0, 1.0, 1000.0)
            .labelled("Wait, ms", "How long a task that waits does so");
        /// How long a thread waits for the GIL before it asks for it, ms.
        switch_interval_ms: f64 = Parameter::switch_interval("switch");
    }
}
