//! Who finished first, as far as the figures can tell. Whatever names a winner asks here.
//!
//! An executor that ran and has no time was too fast for the clock: it could have beaten all
//! others, so that nobody is first while there is one.

use super::report::{ExecutorResult, Status, Wall};
use super::settings::Executor;

/// Two medians within this ratio are too close to call.
pub const CLOSE_RATIO: f64 = 1.15;

/// How one wall time stands to another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Comparison {
    /// Clearly less time.
    Faster,
    /// Clearly more time.
    Slower,
    /// Within 15 %, or the ranges of the repeats overlap.
    TooCloseToCall,
}

/// Compares two wall times.
#[must_use]
pub fn compare(this: &Wall, other: &Wall) -> Comparison {
    let overlapping = this.min <= other.max && other.min <= this.max;
    let close = this.median < other.median * CLOSE_RATIO && other.median < this.median * CLOSE_RATIO;
    if overlapping || close {
        Comparison::TooCloseToCall
    } else if this.median < other.median {
        Comparison::Faster
    } else {
        Comparison::Slower
    }
}

/// Puts the smaller median first.
pub fn fastest_first(timed: &mut [(Executor, Wall)]) {
    timed.sort_by(|a, b| a.1.median.total_cmp(&b.1.median));
}

/// Those that ran.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// With a time, the smallest median first.
    pub timed: Vec<(Executor, Wall)>,
    /// Too fast for the clock, in the order of the results.
    pub untimed: Vec<Executor>,
}

impl Standing {
    /// How those that ran stand.
    #[must_use]
    pub fn of(results: &[ExecutorResult]) -> Self {
        let mut standing = Self::default();
        for result in results.iter().filter(|it| it.status == Status::Ok) {
            match result.wall_ms {
                Some(wall) => standing.timed.push((result.executor, wall)),
                None => standing.untimed.push(result.executor),
            }
        }
        fastest_first(&mut standing.timed);
        standing
    }

    /// Somebody who has no time could have been the fastest: nobody is named.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.untimed.is_empty()
    }

    /// Who was first: several where they are too close to call; nobody where nobody ran, or
    /// somebody who did could have been faster than any.
    #[must_use]
    pub fn winners(&self) -> Vec<Executor> {
        let Some((_, fastest)) = self.timed.first().filter(|_| !self.is_open()) else { return Vec::new() };
        let is_first = |wall: &Wall| wall == fastest || compare(fastest, wall) == Comparison::TooCloseToCall;
        self.timed.iter().filter(|(_, wall)| is_first(wall)).map(|(executor, _)| *executor).collect()
    }

    /// Was this one alone first?
    #[must_use]
    pub fn is_won_by(&self, executor: Executor) -> bool {
        self.winners() == [executor]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ran(executor: Executor, median: Option<f64>) -> ExecutorResult {
        ExecutorResult {
            wall_ms: median.map(|median| Wall { min: median * 0.99, median, max: median * 1.01 }),
            reason: None,
            ..ExecutorResult::without_figures(executor, Status::Ok, String::new())
        }
    }

    #[test]
    fn who_is_clearly_the_fastest_is_first() {
        use Executor::{Process, Serial, Vectorized};
        let standing = Standing::of(&[ran(Serial, Some(9.0)), ran(Vectorized, Some(3.0)), ran(Process, Some(40.0))]);
        assert_eq!(standing.timed.iter().map(|it| it.0).collect::<Vec<_>>(), [Vectorized, Serial, Process]);
        assert_eq!(standing.winners(), [Vectorized]);
        assert!(standing.is_won_by(Vectorized) && !standing.is_open());
        let tied = Standing::of(&[ran(Serial, Some(9.0)), ran(Vectorized, Some(9.5)), ran(Process, Some(40.0))]);
        assert_eq!(tied.winners(), [Serial, Vectorized]);
        assert!(!tied.is_won_by(Serial));
    }

    #[test]
    fn nobody_is_first_while_somebody_who_ran_has_no_time() {
        use Executor::{Process, Serial, Thread, Vectorized};
        let open = Standing::of(&[ran(Serial, Some(41.0)), ran(Vectorized, None), ran(Process, Some(60.0))]);
        assert!(open.is_open() && open.winners().is_empty() && !open.is_won_by(Serial));
        let failed = ExecutorResult::without_figures(Thread, Status::Failed, "It broke.".into());
        let told = Standing::of(&[ran(Serial, Some(41.0)), failed]);
        assert_eq!(told.winners(), [Serial], "what did not run beats nobody");
        assert!(Standing::of(&[]).winners().is_empty());
    }
}
