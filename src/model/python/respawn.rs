//! Processes that end while they import the script, and are replaced for ever.

use super::traceback::Raised;

/// So many must have ended so before the next one is one without an end.
const FAILED: u32 = 3;

/// What is known of them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Respawn {
    /// Processes that were started so far, in the whole run.
    pub processes: u32,
    /// What ended the first of them.
    pub first: Raised,
}

/// Counts them.
#[derive(Clone, Debug, Default)]
pub struct Respawns {
    failed: u32,
    first: Option<Raised>,
}

impl Respawns {
    /// A process ended by an exception while it imported the script.
    pub fn failed(&mut self, raised: &Raised) {
        self.failed += 1;
        self.first.get_or_insert_with(|| raised.clone());
    }

    /// One more process was started, of so many; `None` where nothing says that it will go on so.
    #[must_use]
    pub fn started(&self, processes: u32) -> Option<Respawn> {
        let first = self.first.as_ref().filter(|_| self.failed >= FAILED)?;
        Some(Respawn { processes, first: first.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_on_is_told_only_then() {
        let mut respawns = Respawns::default();
        let raised = |process| Raised { process, exception: "RuntimeError".into(), line: Some(16) };
        for process in 1..FAILED {
            respawns.failed(&raised(process));
            assert_eq!(respawns.started(9), None);
        }
        respawns.failed(&raised(FAILED));
        assert_eq!(respawns.started(9), Some(Respawn { processes: 9, first: raised(1) }));
    }
}
