//! What settings are made of: executors, kernels, pools, and the words for them.

use serde::{Deserialize, Serialize};

use super::parameter::{FromValue, Value, Word, words};

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

/// How much of a lab is shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum View {
    /// All of it.
    All,
    /// Its sentence, its figure and Run.
    Figure,
}

words!(Kernel { Scalar = "scalar", Simd = "simd" });
words!(Pool { Cold = "cold", Warm = "warm" });
words!(Start { Reuse = "reuse", Spawn = "spawn" });
words!(Gather { Transfer = "transfer", Copy = "copy" });
words!(Theme { Auto = "auto", Light = "light", Dark = "dark" });
words!(View { All = "all", Figure = "figure" });

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
