//! The three ways in which the same tasks are run.

use crate::model::settings::Executor;

/// Who runs the tasks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Way {
    /// Threads that take turns, as in Python's default build.
    Gil,
    /// Threads that all run, as in its free-threaded build.
    Free,
    /// Processes, each with an interpreter and a lock of its own.
    Process,
}

impl Way {
    /// All of them, in the order in which they run.
    pub const ALL: [Self; 3] = [Self::Gil, Self::Free, Self::Process];

    /// The word in messages, and in the page's ids.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Gil => "locked",
            Self::Free => "free",
            Self::Process => "process",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Gil => "Threads with the GIL",
            Self::Free => "Threads without it",
            Self::Process => "Processes",
        }
    }

    /// The kitchen that it is.
    #[must_use]
    pub const fn kitchen(self) -> &'static str {
        match self {
            Self::Gil => "one kitchen, one stove",
            Self::Free => "one kitchen, a stove for each chef",
            Self::Process => "a kitchen for each chef",
        }
    }

    /// What the tasks' results are written into.
    #[must_use]
    pub const fn memory(self) -> &'static str {
        match self {
            Self::Gil => "The list that all threads write into, guarded by the lock",
            Self::Free => "The list that all threads write into, each append guarded by itself",
            Self::Process => "No list is shared: each process fills its own, and results travel back",
        }
    }

    /// Whose colour it has.
    #[must_use]
    pub const fn executor(self) -> Executor {
        match self {
            Self::Gil | Self::Free => Executor::Thread,
            Self::Process => Executor::Process,
        }
    }

    /// Whether the interpreter has the lock.
    #[must_use]
    pub const fn has_gil(self) -> bool {
        !matches!(self, Self::Free)
    }

    /// Whether it needs memory that workers share.
    #[must_use]
    pub const fn needs_threads(self) -> bool {
        !matches!(self, Self::Process)
    }

    /// What one of those who work is called.
    #[must_use]
    pub const fn worker(self) -> &'static str {
        if self.needs_threads() { "thread" } else { "process" }
    }
}
