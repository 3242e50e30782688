//! What a person can set about an experiment, with the ranges of the URL
//! contract (`docs/embed.md`).

use serde::{Deserialize, Serialize};

use super::lorenz::Parameters;
use super::script_lab::{SCRIPT_LABS, ScriptLab, ScriptProgram};
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

    /// The name in URLs and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Serial => "serial",
            Self::Vectorized => "vectorized",
            Self::Process => "process",
            Self::Thread => "thread",
        }
    }

    /// The name that learners read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Serial => "Serial",
            Self::Vectorized => "Vectorized",
            Self::Process => "Process-like (own memory)",
            Self::Thread => "Thread (no GIL)",
        }
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
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Chunk {
    /// ⌈members / (4 · workers)⌉, `multiprocessing.Pool.map`'s rule.
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

/// Every setting with its effective value.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The lab that is open.
    pub lab: Lab,
    /// Members of the ensemble, 1 … 1,000,000.
    pub members: u32,
    /// Euler steps, 1 … 100,000.
    pub steps: u32,
    /// σ, ρ, β and dt.
    pub parameters: Parameters,
    /// Seed of the initial conditions.
    pub seed: u32,
    /// Workers or threads, 1 … 64.
    pub workers: u32,
    /// Which executors race, in canonical order, never empty.
    pub executors: Vec<Executor>,
    /// What process and thread run.
    pub kernel: Kernel,
    /// Members per task.
    pub chunk: Chunk,
    /// Cold or warm pools.
    pub pool: Pool,
    /// Spawn or reuse.
    pub start: Start,
    /// Transfer or copy.
    pub gather: Gather,
    /// Repeats per executor, 1 … 50.
    pub repeats: u32,
    /// The page's colours.
    pub theme: Theme,
    /// Which of the lab's Python programs.
    pub program: Program,
    /// The script, where it is no longer the program's; else empty.
    pub code: String,
    /// Python's threads take turns, as in CPython's default build.
    pub gil: bool,
    /// How long a thread waits for the GIL before it asks for it, ms.
    pub switch_interval_ms: f64,
}

/// A lab's name in the URL.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Lab {
    /// The race of the four executors.
    Race,
    /// Scripts that can be edited.
    Script(&'static ScriptLab),
}

impl Lab {
    /// All labs.
    pub const ALL: [Self; SCRIPT_LABS.len() + 1] = {
        let mut all = [Self::Race; SCRIPT_LABS.len() + 1];
        let mut index = 0;
        while index < SCRIPT_LABS.len() {
            all[index + 1] = Self::Script(&SCRIPT_LABS[index]);
            index += 1;
        }
        all
    };

    /// The name in URLs and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Race => "race",
            Self::Script(lab) => lab.name,
        }
    }

    /// The name that people read.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Race => "Race",
            Self::Script(lab) => lab.title,
        }
    }

    /// Its scripts; where it has none, those that would be met first.
    #[must_use]
    pub fn programs(self) -> &'static [ScriptProgram] {
        self.scripts().programs
    }

    /// The script that it opens with.
    #[must_use]
    pub fn opens_with(self) -> Program {
        Program(self.scripts().opens_with())
    }

    fn scripts(self) -> &'static ScriptLab {
        match self {
            Self::Script(lab) => lab,
            Self::Race => &SCRIPT_LABS[0],
        }
    }
}

/// A Python program of ours.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Program(pub &'static ScriptProgram);

impl Program {
    /// The name in URLs and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// What the lab calls it.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.0.title
    }
}

impl Settings {
    /// The contract's defaults on a machine with `cores` logical cores.
    #[must_use]
    pub fn defaults(cores: u32) -> Self {
        Self {
            lab: Lab::Race,
            members: 30,
            steps: 5000,
            parameters: Parameters::LORENZ_1963,
            seed: 42,
            workers: cores.clamp(1, 64),
            executors: Executor::ALL.to_vec(),
            kernel: Kernel::Scalar,
            chunk: Chunk::Auto,
            pool: Pool::Cold,
            start: Start::Reuse,
            gather: Gather::Transfer,
            repeats: 5,
            theme: Theme::Auto,
            program: Lab::Race.opens_with(),
            code: String::new(),
            gil: true,
            switch_interval_ms: 5.0,
        }
    }

    /// The program, or where it is another lab's, the one that the lab opens with.
    #[must_use]
    pub fn program_of_lab(&self) -> Program {
        if self.lab.programs().contains(self.program.0) { self.program } else { self.lab.opens_with() }
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
        Workload { parameters: self.parameters, steps: self.steps, keep }
    }
}
