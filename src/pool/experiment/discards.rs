//! Repeats that are thrown away, and for how long that may go on.

use crate::pool::control::Trouble;

/// What is interrupted so often in a row can't be measured.
const INTERRUPTED_LIMIT: u32 = 20;
/// What was disturbed is measured again, but on a machine that is always busy no more
/// often than this.
const DISTURBED_LIMIT: u32 = 3;

/// Said where nothing could be measured.
const INTERRUPTED: &str = "The page was hidden or held up again and again: nothing could be measured.";

/// How many repeats of one executor were thrown away.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Discards {
    /// All of them.
    pub(super) count: u32,
    in_a_row: u32,
    disturbed: u32,
}

impl Discards {
    /// Throws away a repeat that was interrupted: the page was hidden, frozen, or lost its
    /// turn. An error where that goes on and on.
    pub(super) fn interrupted(&mut self) -> Result<(), Trouble> {
        self.count += 1;
        self.in_a_row += 1;
        if self.in_a_row > INTERRUPTED_LIMIT { Err(Trouble::broken(INTERRUPTED)) } else { Ok(()) }
    }

    /// A repeat was not interrupted.
    pub(super) fn went_through(&mut self) {
        self.in_a_row = 0;
    }

    /// Throws away a repeat that was disturbed, unless that was done often enough; whether
    /// it was thrown away.
    pub(super) fn disturbed(&mut self) -> bool {
        let is_thrown_away = self.disturbed < DISTURBED_LIMIT;
        if is_thrown_away {
            self.count += 1;
            self.disturbed += 1;
        }
        is_thrown_away
    }
}
