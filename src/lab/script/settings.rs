//! What a lab of scripts can be set to: each setting is declared here, once. Which
//! programs there are to choose from is the lab's.

use super::script_lab::{ScriptLab, ScriptProgram};
use crate::model::parameter::{FromValue, Group, Parameter, Value, Values, settings};
use crate::model::python::READ_LATENCY_MS;

/// Most characters of a script that travels in a link.
pub const MAX_CODE_CHARS: usize = 20_000;

/// The name of the setting that says which of the lab's programs it is.
const PROGRAM: &str = "program";

settings! {
    /// What every lab of scripts has.
    pub struct Common {
        /// What `os.cpu_count()` says.
        workers: u32 = Parameter::workers("workers")
            .labelled("os.cpu_count()", "What the script is told; pools take it where they are told nothing");
        /// The script, where it is no longer the program's; else empty.
        code: String = Parameter::text("code", "a Python script in UTF-8", MAX_CODE_CHARS, "the program's own")
            .labelled("Python script", "");
        /// Threads take turns, as in CPython's default build.
        gil: bool = Parameter::choice("gil", "on", &[("on", "with the GIL"), ("off", "free-threaded")])
            .labelled("Threads", "Whether Python's threads take turns");
        /// How long a thread waits for the GIL before it asks for it, ms.
        switch_interval_ms: f64 = Parameter::switch_interval("switch");
        /// How long a read of a data file takes, about, ms.
        read_latency_ms: f64 = Parameter::milliseconds("latency", READ_LATENCY_MS, 0.0, 10_000.0)
            .labelled("Latency of a file, ms", "What a read of data/… takes at least: by its name half to one and a half of it");
    }
}

/// One of a lab's programs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Program(pub &'static ScriptProgram);

impl Program {
    /// As in the URL.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// What people read.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.0.title
    }
}

/// What is run, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Which of the lab's programs.
    pub program: Program,
    /// The script, where it is no longer the program's; else empty.
    pub code: String,
    /// What `os.cpu_count()` says.
    pub workers: u32,
    /// Threads take turns, as in CPython's default build.
    pub gil: bool,
    /// How long a thread waits for the GIL before it asks for it, ms.
    pub switch_interval_ms: f64,
    /// How long a read of a data file takes, about, ms.
    pub read_latency_ms: f64,
}

impl Settings {
    /// What the values of a lab say.
    #[must_use]
    pub fn of(lab: &ScriptLab, values: &Values) -> Self {
        let program = values.get(PROGRAM).and_then(<&str>::from_value).unwrap_or_default();
        let Common { workers, code, gil, switch_interval_ms, read_latency_ms } = Common::of(values);
        Self { program: Program(lab.program(program)), code, workers, gil, switch_interval_ms, read_latency_ms }
    }

    /// Puts all of it into `values`, which have to be of the same lab.
    pub fn write_to(&self, values: &mut Values) {
        let Self { program, code, workers, gil, switch_interval_ms, read_latency_ms } = self.clone();
        Common { workers, code, gil, switch_interval_ms, read_latency_ms }.write_to(values);
        values.put(PROGRAM, Value::Word(program.name()));
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Two programs.
    pub(crate) const PROGRAMS: [ScriptProgram; 2] = [
        ScriptProgram { name: "serial-loop", title: "Serial loop", file: "serial_loop.py" },
        ScriptProgram { name: "process-pool", title: "ProcessPoolExecutor", file: "process_pool.py" },
    ];

    /// The second of them, on a machine with `workers` cores.
    pub(crate) fn settings(workers: u32) -> Settings {
        let Common { code, gil, switch_interval_ms, read_latency_ms, .. } = Common::usual(workers);
        Settings { program: Program(&PROGRAMS[1]), code, workers, gil, switch_interval_ms, read_latency_ms }
    }
}
