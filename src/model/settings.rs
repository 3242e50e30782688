//! What a person can set: each setting is declared here, once (see
//! [`parameter`](super::parameter)).

use serde::{Deserialize, Serialize};

use super::lorenz::Parameters;
use super::parameter::{FromValue, Group, Parameter, Value, Word, settings, words};
use super::workload::{Keep, Workload};

/// A way of running the ensemble. One name, one colour and one order
/// everywhere: the order of the variants.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Executor {
    /// One engine, member after member.
    Serial,
    /// One engine, blocks of members in SIMD lanes.
    Vectorized,
    /// Web workers, each with a wasm instance and a memory of its own.
    Process,
    /// Rayon threads over one shared memory.
    Thread,
}

impl Executor {
    /// All executors in canonical order.
    pub const ALL: [Self; 4] = [Self::Serial, Self::Vectorized, Self::Process, Self::Thread];

    /// All executors with the words of their labels.
    pub const WORDS: [Word; 4] = [
        ("serial", "Serial"),
        ("vectorized", "Vectorized"),
        ("process", "Process-like (own memory)"),
        ("thread", "Thread (no GIL)"),
    ];

    /// The name in URLs and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::WORDS[self as usize].0
    }

    /// The name that learners read.
    #[must_use]
    pub fn label(self) -> &'static str {
        Self::WORDS[self as usize].1
    }
}

/// Which inner loop integrates a chunk.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kernel {
    /// Member after member.
    Scalar,
    /// Blocks of members in SIMD lanes.
    Simd,
}

/// How many members one task holds.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Chunk {
    /// ⌈members / (4 · workers)⌉, `multiprocessing.Pool.map`'s rule.
    #[default]
    Auto,
    /// So many members.
    Members(u32),
}

/// When the workers of a pool are started.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pool {
    /// Each repeat starts its own pool, as `with ProcessPoolExecutor()` does.
    Cold,
    /// The pool is up before the clock starts.
    Warm,
}

/// How a worker comes by its code.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Start {
    /// Fetch and compile again.
    Spawn,
    /// Reuse the page's compiled module (forkserver-like; no state is inherited).
    Reuse,
}

/// How results travel from a worker to the page.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gather {
    /// The buffer is handed over.
    Transfer,
    /// The buffer is cloned, as pickling does.
    Copy,
}

/// The page's colours.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system says.
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

settings! {
    /// What every lab has.
    pub struct PageSettings {
        /// The page's colours.
        theme: Theme = Parameter::choice("theme", "auto", &[("auto", "as the system"), ("light", "light"), ("dark", "dark")])
            .labelled("Colours", "");
    }
}

settings! {
    /// What the race is set to.
    pub struct Settings {
        /// Members of the ensemble.
        members: u32 = Parameter::whole("members", 30, 1, 1_000_000).labelled("Members", "Simulations in the ensemble");
        /// Euler steps.
        steps: u32 = Parameter::whole("steps", 5000, 1, 100_000).labelled("Steps", "Euler steps of each simulation");
        /// The time step.
        dt: f64 = Parameter::real("dt", Parameters::LORENZ_1963.dt, 0.000_001, 0.1).labelled("Time step dt", "");
        /// σ.
        sigma: f64 = coefficient("sigma", Parameters::LORENZ_1963.sigma).labelled("σ (sigma)", "");
        /// ρ.
        rho: f64 = coefficient("rho", Parameters::LORENZ_1963.rho).labelled("ρ (rho)", "");
        /// β.
        beta: f64 = Parameter::quotient("beta", Parameters::LORENZ_1963.beta, -1000.0, 1000.0)
            .labelled("β (beta), also 8/3", "");
        /// Seed of the initial conditions.
        seed: u32 = Parameter::whole("seed", 42, 0, u32::MAX).labelled("Seed of the start", "");
        /// Workers or threads.
        workers: u32 = Parameter::workers("workers").labelled("Workers", "Processes or threads");
        /// Which executors race, in canonical order, never empty.
        executors: Vec<Executor> = Parameter::subset("executors", &Executor::WORDS)
            .labelled("Who races (at least one)", "");
        /// What process and thread run.
        kernel: Kernel = Parameter::choice("kernel", "scalar", &[("scalar", "scalar"), ("simd", "SIMD")])
            .labelled("Kernel", "What each process and thread runs");
        /// Members per task.
        chunk: Chunk = Parameter::auto_or_up_to("chunk", "members").labelled("Members per task, or auto", "");
        /// Cold or warm pools.
        pool: Pool = Parameter::choice("pool", "cold", &[("cold", "cold: start counts"), ("warm", "warm: already up")])
            .labelled("Pool", "Whether starting the workers counts");
        /// Spawn or reuse.
        start: Start = Parameter::choice(
            "start",
            "reuse",
            &[("reuse", "reuse the compiled code"), ("spawn", "spawn: fetch and compile again")],
        )
        .labelled("Start of a worker", "");
        /// Transfer or copy.
        gather: Gather = Parameter::choice(
            "gather",
            "transfer",
            &[("transfer", "transfer: handed over"), ("copy", "copy, as Python pickles")],
        )
        .labelled("Results travel by", "");
        /// Repeats per executor.
        repeats: u32 = Parameter::whole("repeats", 5, 1, 50).labelled("Repeats", "");
    }
}

/// One of the equations' coefficients.
const fn coefficient(name: &'static str, usual: f64) -> Parameter {
    Parameter::real(name, usual, -1000.0, 1000.0)
}

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

words!(Kernel { Scalar = "scalar", Simd = "simd" });
words!(Pool { Cold = "cold", Warm = "warm" });
words!(Start { Reuse = "reuse", Spawn = "spawn" });
words!(Gather { Transfer = "transfer", Copy = "copy" });
words!(Theme { Auto = "auto", Light = "light", Dark = "dark" });

impl FromValue for Vec<Executor> {
    fn from_value(value: &Value) -> Option<Self> {
        let Value::Words(words) = value else { return None };
        Some(Executor::ALL.into_iter().filter(|it| words.contains(&it.name())).collect())
    }

    fn to_value(&self) -> Value {
        Value::Words(self.iter().map(|it| it.name()).collect())
    }
}

impl FromValue for Chunk {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Auto => Some(Self::Auto),
            Value::Whole(members) => Some(Self::Members(*members)),
            _ => None,
        }
    }

    fn to_value(&self) -> Value {
        match self {
            Self::Auto => Value::Auto,
            Self::Members(members) => Value::Whole(*members),
        }
    }
}

impl Settings {
    /// The contract's defaults on a machine with `cores` logical cores.
    #[must_use]
    pub fn defaults(cores: u32) -> Self {
        Group::usual(cores)
    }

    /// σ, ρ, β and dt.
    #[must_use]
    pub fn parameters(&self) -> Parameters {
        Parameters { sigma: self.sigma, rho: self.rho, beta: self.beta, dt: self.dt }
    }

    /// Members per task for `workers` workers: the rule of [`Chunk::Auto`], or the choice.
    #[must_use]
    pub fn chunk_members(&self, workers: u32) -> u32 {
        match self.chunk {
            Chunk::Auto => self.members.div_ceil(4 * workers.max(1)),
            Chunk::Members(members) => members.clamp(1, self.members),
        }
    }

    /// What is integrated, and what is kept of it.
    #[must_use]
    pub fn workload(&self) -> Workload {
        let keep = Keep::for_size(self.members, self.steps);
        Workload { parameters: self.parameters(), steps: self.steps, keep }
    }
}
