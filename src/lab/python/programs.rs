//! Our programs: short, and made to be changed.

use crate::model::settings::Program;

impl Program {
    /// What the lab calls it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::SerialLoop => "Serial loop",
            Self::ProcessPool => "ProcessPoolExecutor",
            Self::ThreadPool => "ThreadPoolExecutor",
            Self::PoolMap => "multiprocessing.Pool.map",
            Self::AsCompleted => "as_completed",
            Self::NoGuard => "no __main__ guard",
            Self::SharedCounter => "a shared counter",
        }
    }

    /// What tracebacks call it.
    #[must_use]
    pub fn file_name(self) -> String {
        format!("{}.py", self.name().replace('-', "_"))
    }

    /// Its text.
    #[must_use]
    pub fn source(self) -> &'static str {
        match self {
            Self::SerialLoop => include_str!("../../../www/python/serial_loop.py"),
            Self::ProcessPool => include_str!("../../../www/python/process_pool.py"),
            Self::ThreadPool => include_str!("../../../www/python/thread_pool.py"),
            Self::PoolMap => include_str!("../../../www/python/pool_map.py"),
            Self::AsCompleted => include_str!("../../../www/python/as_completed.py"),
            Self::NoGuard => include_str!("../../../www/python/no_guard.py"),
            Self::SharedCounter => include_str!("../../../www/python/shared_counter.py"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_program_fits_the_editor_and_a_link() {
        for program in Program::ALL {
            let source = program.source();
            assert!(source.lines().count() <= 45, "{}", program.name());
            assert!(source.lines().all(|line| line.chars().count() <= 80), "{}", program.name());
            assert!(source.ends_with('\n'));
        }
    }
}
