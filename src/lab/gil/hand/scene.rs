//! "You are the scheduler": tasks that are handed the stove tick by tick, with every move
//! kept.

use crate::model::gil::by_hand::{ByHand, NotNow};
use crate::model::gil::work::with_gil;
use crate::model::gil::{Piece, Rules, Schedule};

/// A tick: so long has the stove who is given it, ms.
pub const TICK_MS: f64 = 1.0;
/// The model's: what it takes a thread to wake up for the stove, ms.
pub const HANDOVER_MS: f64 = 0.1;

/// What CPython does, at the interval that it has by itself.
const RULES: Rules = Rules { switch_ms: 5.0, check_ms: 0.05, handover_ms: HANDOVER_MS, cores: 4 };

/// Moves that can be taken back, at most.
const MOST_MOVES: usize = 500;

/// Which tasks.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Tasks {
    /// Two that compute, one that waits for answers.
    #[default]
    Three,
    /// The same with one in compiled code.
    Four,
}

impl Tasks {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Three, Self::Four];

    /// What each thread has to do.
    #[must_use]
    pub fn pieces(self) -> Vec<Vec<Piece>> {
        let asks = [1.0, 1.0, 1.0].into_iter().flat_map(|ms| [Piece::Compute(ms), Piece::Block(4.0)]);
        let mut all =
            vec![vec![Piece::Compute(9.0)], vec![Piece::Compute(5.0)], asks.chain([Piece::Compute(1.0)]).collect()];
        if self == Self::Four {
            all.push(vec![Piece::Compute(1.0), Piece::Kernel(8.0), Piece::Compute(1.0)]);
        }
        all
    }

    /// What a thread does, in a few words.
    #[must_use]
    pub const fn does(thread: usize) -> &'static str {
        match thread {
            0 => "computes, 9 ms",
            1 => "computes, 5 ms",
            2 => "asks for 3 answers, 1 ms each, and waits 4 ms for each",
            _ => "starts compiled code: 8 ms without the stove",
        }
    }
}

/// What was pressed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Move {
    /// The stove goes to this thread, from 0.
    Give(usize),
    /// Nobody gets it.
    Leave,
}

/// Why a move can't be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Refusal {
    /// Not to that thread.
    NotNow(NotNow),
    /// All is done.
    Over,
    /// So many moves are kept, and no more.
    Full,
}

/// The schedule so far, with every move.
#[derive(Clone, Debug)]
pub struct Scene {
    tasks: Tasks,
    hand: ByHand,
    moves: Vec<Move>,
}

impl Scene {
    /// Nothing is done yet.
    #[must_use]
    pub fn new(tasks: Tasks) -> Self {
        Self { tasks, hand: ByHand::new(&tasks.pieces(), TICK_MS, HANDOVER_MS), moves: Vec::new() }
    }

    /// Which tasks.
    #[must_use]
    pub fn tasks(&self) -> Tasks {
        self.tasks
    }

    /// Where everybody is.
    #[must_use]
    pub fn hand(&self) -> &ByHand {
        &self.hand
    }

    /// How many moves were made.
    #[must_use]
    pub fn moves(&self) -> usize {
        self.moves.len()
    }

    /// Makes a move.
    ///
    /// # Errors
    /// Why it can't be; nothing has changed.
    pub fn make(&mut self, one: Move) -> Result<(), Refusal> {
        if self.hand.is_over() {
            return Err(Refusal::Over);
        }
        if self.moves.len() >= MOST_MOVES {
            return Err(Refusal::Full);
        }
        self.apply(one)?;
        self.moves.push(one);
        Ok(())
    }

    /// Takes the last move back.
    pub fn undo(&mut self) -> Option<Move> {
        let last = self.moves.pop()?;
        self.hand = Self::new(self.tasks).hand;
        for index in 0..self.moves.len() {
            // What could be done once can be done again.
            let _ = self.apply(self.moves[index]);
        }
        Some(last)
    }

    fn apply(&mut self, one: Move) -> Result<(), Refusal> {
        match one {
            Move::Give(thread) => self.hand.give(thread).map_err(Refusal::NotNow),
            Move::Leave => {
                self.hand.leave();
                Ok(())
            }
        }
    }

    /// What was done so far.
    #[must_use]
    pub fn schedule(&self) -> Schedule {
        self.hand.schedule()
    }

    /// What CPython's own rule makes of the same tasks.
    #[must_use]
    pub fn cpython(&self) -> Schedule {
        with_gil(&self.tasks.pieces(), &RULES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undo_restores_what_was() {
        let mut scene = Scene::new(Tasks::Four);
        let mut before = Vec::new();
        let order = [3, 2, 0, 1];
        while !scene.hand().is_over() {
            before.push(scene.schedule());
            if !order.iter().any(|thread| scene.make(Move::Give(*thread)).is_ok()) {
                scene.make(Move::Leave).unwrap();
            }
        }
        for schedule in before.into_iter().rev() {
            scene.undo().unwrap();
            assert_eq!(scene.schedule(), schedule);
        }
        assert_eq!(scene.undo(), None);
    }

    #[test]
    fn there_is_an_end_to_doing_nothing() {
        let mut scene = Scene::new(Tasks::Three);
        let refused = (0..2 * MOST_MOVES).find_map(|_| scene.make(Move::Leave).err());
        assert_eq!(refused, Some(Refusal::Full));
        scene.undo().unwrap();
        assert!(scene.make(Move::Give(0)).is_ok());
    }
}
