//! `c += f()` in two threads, as the interpreter does it, step by step: nobody but a person
//! says whose step is next.

/// What may pass from thread to thread, and when.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Rule {
    /// The interpreter gives the GIL away at a call, and where a loop begins again; nowhere else.
    #[default]
    Gil,
    /// A lock around the line: who has it is alone.
    Lock,
    /// Nothing keeps anybody: a free-threaded build.
    Free,
}

/// What the interpreter does for that line, in this order. The first and the last are there
/// only with a lock around it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Step {
    /// Take the lock.
    Acquire,
    /// Read the shared `c`.
    Read,
    /// Call `f`, which gives 1.
    Call,
    /// Add both.
    Add,
    /// Write the sum to the shared `c`.
    Write,
    /// Give the lock back.
    Release,
}

impl Step {
    /// The steps of one round.
    #[must_use]
    pub const fn round(rule: Rule) -> &'static [Self] {
        const LOCKED: [Step; 6] = [Step::Acquire, Step::Read, Step::Call, Step::Add, Step::Write, Step::Release];
        match rule {
            Rule::Lock => &LOCKED,
            Rule::Gil | Rule::Free => LOCKED.split_at(1).1.split_at(4).0,
        }
    }
}

/// One of the two.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Thread {
    /// The first.
    One,
    /// The second.
    Two,
}

impl Thread {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::One, Self::Two];

    /// From 1.
    #[must_use]
    pub const fn number(self) -> usize {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }

    const fn index(self) -> usize {
        self.number() - 1
    }

    const fn other(self) -> Self {
        match self {
            Self::One => Self::Two,
            Self::Two => Self::One,
        }
    }
}

/// What one thread has of its own: nobody else sees it, and nobody tells it what became of `c`.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Hand {
    /// Its next step, of the round's.
    at: usize,
    /// What it has read.
    pub read: Option<u32>,
    /// What `f` gave.
    pub got: Option<u32>,
    /// Both, added up.
    pub sum: Option<u32>,
    /// How many times it has done the line.
    pub done: u32,
}

/// Why a step can't be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Refusal {
    /// The other thread has the lock.
    Locked,
    /// The other thread has the GIL, and is not where it gives it away.
    Gil,
    /// So many steps are kept, and no more.
    Full,
}

/// Steps that can be taken back, at most.
const MOST_MOVES: usize = 1_000;

/// The shared `c`, what each thread has of its own, and who has the lock.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Counter {
    rule: Rule,
    c: u32,
    hands: [Hand; 2],
    /// Who has the GIL, or the lock.
    holder: Option<usize>,
    moves: Vec<Thread>,
}

impl Counter {
    /// Nothing is done yet.
    #[must_use]
    pub fn new(rule: Rule) -> Self {
        Self { rule, ..Self::default() }
    }

    /// What may pass when.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// What everybody sees.
    #[must_use]
    pub fn c(&self) -> u32 {
        self.c
    }

    /// What a thread has of its own.
    #[must_use]
    pub fn hand(&self, thread: Thread) -> Hand {
        self.hands[thread.index()]
    }

    /// Who has the GIL, or the lock.
    #[must_use]
    pub fn holder(&self) -> Option<Thread> {
        self.holder.map(|it| Thread::BOTH[it])
    }

    /// A thread's next step.
    #[must_use]
    pub fn next(&self, thread: Thread) -> Step {
        Step::round(self.rule)[self.hand(thread).at]
    }

    /// What `c` would be, had nobody come between.
    #[must_use]
    pub fn expected(&self) -> u32 {
        self.hands.iter().map(|it| it.done).sum()
    }

    /// Updates that are lost.
    #[must_use]
    pub fn lost(&self) -> u32 {
        self.expected() - self.c
    }

    /// How many steps were done.
    #[must_use]
    pub fn moves(&self) -> usize {
        self.moves.len()
    }

    /// Does a thread's next step, and says which that was.
    ///
    /// # Errors
    /// Why it can't be done now; nothing has changed.
    pub fn press(&mut self, thread: Thread) -> Result<Step, Refusal> {
        let step = self.next(thread);
        if self.moves.len() >= MOST_MOVES {
            return Err(Refusal::Full);
        }
        self.may(thread, step)?;
        self.moves.push(thread);
        self.take(thread, step);
        Ok(step)
    }

    /// Takes the last step back, and says whose and which it was.
    pub fn undo(&mut self) -> Option<(Thread, Step)> {
        let last = *self.moves.last()?;
        let mut before = Self::new(self.rule);
        for thread in &self.moves[..self.moves.len() - 1] {
            let step = before.next(*thread);
            before.moves.push(*thread);
            before.take(*thread, step);
        }
        *self = before;
        Some((last, self.next(last)))
    }

    fn may(&self, thread: Thread, step: Step) -> Result<(), Refusal> {
        let other = thread.other();
        let is_others = self.holder() == Some(other);
        match self.rule {
            Rule::Free => Ok(()),
            Rule::Lock if is_others && step == Step::Acquire => Err(Refusal::Locked),
            Rule::Lock => Ok(()),
            // After the call, and before the next round.
            Rule::Gil if is_others && !matches!(self.next(other), Step::Add | Step::Read) => Err(Refusal::Gil),
            Rule::Gil => Ok(()),
        }
    }

    fn take(&mut self, thread: Thread, step: Step) {
        let index = thread.index();
        if self.rule == Rule::Gil {
            self.holder = Some(index);
        }
        let steps = Step::round(self.rule).len();
        let hand = &mut self.hands[index];
        match step {
            Step::Acquire => self.holder = Some(index),
            Step::Read => *hand = Hand { read: Some(self.c), got: None, sum: None, ..*hand },
            Step::Call => hand.got = Some(1),
            Step::Add => hand.sum = Some(hand.read.unwrap_or_default() + hand.got.unwrap_or_default()),
            Step::Write => {
                self.c = hand.sum.unwrap_or_default();
                hand.done += 1;
            }
            Step::Release => self.holder = None,
        }
        hand.at = (hand.at + 1) % steps;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Thread::{One, Two};

    /// Every way to have each thread do so many rounds: what each leaves behind.
    fn every_interleaving(rule: Rule, rounds: u32) -> Vec<(Vec<Thread>, Counter)> {
        let (mut open, mut over) = (vec![Counter::new(rule)], Vec::new());
        while let Some(counter) = open.pop() {
            let is_through = |thread| counter.hand(thread).done == rounds && counter.hand(thread).at == 0;
            if Thread::BOTH.into_iter().all(is_through) {
                over.push((counter.moves.clone(), counter));
                continue;
            }
            let before = open.len();
            for thread in Thread::BOTH.into_iter().filter(|it| !is_through(*it)) {
                let mut next = counter.clone();
                if next.press(thread).is_ok() {
                    open.push(next);
                }
            }
            assert!(open.len() > before, "nobody can go on: {counter:?}");
        }
        over
    }

    /// The place of a thread's steps, in the order of all.
    fn places(moves: &[Thread], of: Thread) -> Vec<usize> {
        moves.iter().enumerate().filter(|(_, it)| **it == of).map(|(place, _)| place).collect()
    }

    #[test]
    fn an_update_is_lost_exactly_where_both_read_before_either_wrote() {
        let all = every_interleaving(Rule::Free, 1);
        assert_eq!(all.len(), 70);
        for (moves, counter) in &all {
            let (one, two) = (places(moves, One), places(moves, Two));
            let is_apart = one[3] < two[0] || two[3] < one[0];
            assert_eq!(counter.lost(), u32::from(!is_apart), "{moves:?}");
            assert_eq!(counter.c() + counter.lost(), 2);
        }
        assert_eq!(all.iter().filter(|it| it.1.lost() == 0).count(), 2);
    }

    #[test]
    fn the_gil_is_no_lock_around_the_line() {
        let all = every_interleaving(Rule::Gil, 1);
        // It passes before a round and after the call only: two halves each.
        assert_eq!(all.len(), 6);
        assert_eq!(all.iter().filter(|it| it.1.lost() == 1).count(), 4);
        for (moves, counter) in every_interleaving(Rule::Gil, 2) {
            assert!(counter.lost() <= 3, "{moves:?}");
        }
    }

    #[test]
    fn with_a_lock_around_it_nothing_is_lost_whatever_the_order() {
        let all = every_interleaving(Rule::Lock, 2);
        assert!(all.len() > 1 && all.iter().all(|it| it.1.lost() == 0 && it.1.c() == 4));
    }

    #[test]
    fn undo_restores_what_was() {
        for rule in [Rule::Gil, Rule::Lock, Rule::Free] {
            for (moves, mut counter) in every_interleaving(rule, 1) {
                let mut states = vec![Counter::new(rule)];
                for thread in &moves {
                    let mut next = states.last().unwrap().clone();
                    next.press(*thread).unwrap();
                    states.push(next);
                }
                for (state, thread) in states.iter().rev().skip(1).zip(moves.iter().rev()) {
                    let (whose, step) = counter.undo().unwrap();
                    assert_eq!((&counter, whose, step), (state, *thread, state.next(*thread)));
                }
                assert_eq!(counter.undo(), None);
            }
        }
    }

    #[test]
    fn what_is_refused_changes_nothing() {
        let mut counter = Counter::new(Rule::Lock);
        assert_eq!(counter.press(One), Ok(Step::Acquire));
        let before = counter.clone();
        assert_eq!(counter.press(Two), Err(Refusal::Locked));
        assert_eq!(counter, before);
        let mut counter = Counter::new(Rule::Gil);
        counter.press(One).unwrap();
        assert_eq!(counter.press(Two), Err(Refusal::Gil), "between reading and the call");
        counter.press(One).unwrap();
        assert_eq!(counter.press(Two), Ok(Step::Read), "after the call");
        assert_eq!(counter.press(One), Err(Refusal::Gil));
    }

    #[test]
    fn there_is_an_end_to_pressing() {
        let mut counter = Counter::new(Rule::Free);
        let refused = (0..2 * MOST_MOVES).find_map(|_| counter.press(One).err());
        assert_eq!(refused, Some(Refusal::Full));
        assert_eq!((counter.moves(), counter.lost(), counter.c()), (MOST_MOVES, 0, 250));
        counter.undo().unwrap();
        assert!(counter.press(Two).is_ok());
    }
}
