//! Our programs: short, and made to be changed.

use crate::model::settings::Program;

impl Program {
    /// What the lab calls it.
    #[must_use]
    pub fn title(self) -> &'static str {
        Self::WORDS[self as usize].1
    }

    /// What tracebacks call it.
    #[must_use]
    pub fn file_name(self) -> String {
        format!("{}.py", self.word().replace('-', "_"))
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
    use crate::model::parameter::{FromValue, Value};

    #[test]
    fn every_program_fits_the_editor_and_a_link() {
        for (word, _) in Program::WORDS {
            let program = Program::from_value(&Value::Word(word)).expect("a program");
            assert_eq!(program.word(), word);
            let source = program.source();
            assert!(source.lines().count() <= 45, "{}", program.word());
            assert!(source.lines().all(|line| line.chars().count() <= 80), "{}", program.word());
            assert!(source.ends_with('\n'));
        }
    }
}
