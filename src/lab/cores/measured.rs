//! Points of the curve, and where it bends.

/// Of the largest throughput, so much is enough: more workers add almost nothing.
const ENOUGH: f64 = 0.9;
/// So many times as many cores as are reported, or as few, are clearly another number.
const CLEARLY_MORE: f64 = 1.2;
const CLEARLY_LESS: f64 = 0.75;
/// Workers of one point that differ more than this are unequal.
const UNEQUAL: f64 = 1.35;
/// What differs less than so many ticks of the clock may be the same.
const CLOCKS: f64 = 2.0;
/// More busy threads than these are not started.
const MOST_BUSY: u32 = 64;

/// So many workers at once, each with the same work.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Workers that the point stands for.
    pub workers: u32,
    /// Threads that were busy: workers × inner threads.
    pub busy: u32,
    /// Work done per time, as a multiple of what one busy thread did alone.
    pub throughput: f64,
    /// How long all of it took, ms.
    pub compute_ms: f64,
    /// How long the fastest and the slowest worker took for the same work, ms.
    pub fastest_ms: f64,
    /// See [`Self::fastest_ms`].
    pub slowest_ms: f64,
}

impl Measured {
    /// Whether some got much more of the machine than others, as far as a clock with
    /// ticks of `clock_ms` can tell.
    #[must_use]
    pub fn is_unequal(&self, clock_ms: f64) -> bool {
        let differs = self.slowest_ms - self.fastest_ms > CLOCKS * clock_ms;
        differs && self.fastest_ms > 0.0 && self.slowest_ms > UNEQUAL * self.fastest_ms
    }
}

/// The numbers of workers that are tried: one by one up to `reported`, then in
/// half steps to twice as many; with `inner` threads each, at most 64 busy ones.
#[must_use]
pub fn counts(reported: u32, inner: u32) -> Vec<u32> {
    let reported = reported.max(1);
    let beyond = [reported + reported.div_ceil(2), 2 * reported];
    let mut counts: Vec<u32> = (1..=reported).chain(beyond).collect();
    counts.dedup();
    counts.retain(|count| count.saturating_mul(inner.max(1)) <= MOST_BUSY);
    if counts.is_empty() { vec![1] } else { counts }
}

/// Where the curve bends: the fewest workers that do almost all that any number did.
#[must_use]
pub fn knee(points: &[Measured]) -> Option<&Measured> {
    let most = points.iter().map(|it| it.throughput).filter(|it| it.is_finite()).fold(0.0, f64::max);
    points.iter().find(|it| it.throughput >= ENOUGH * most)
}

/// What was measured, against the number of cores that the browser reports.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Report {
    /// About as many cores worked.
    True,
    /// Fewer did.
    TooMany,
    /// More did.
    TooFew,
}

impl Report {
    /// All of them, with their words in messages and for people.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::TooMany, "fewer", "fewer than are reported"),
        (Self::True, "as-many", "as many"),
        (Self::TooFew, "more", "more"),
    ];

    /// The word in messages.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|it| it.0 == self).map_or("", |it| it.1)
    }
}

/// Compares the most work per time with what is reported; `None` where fewer threads
/// were busy than cores are reported, for then nothing is known of the rest.
///
/// By the work that was done, not by the workers that were there: on a busy machine
/// more of them take a larger share, without more cores.
#[must_use]
pub fn judge(points: &[Measured], reported: u32) -> Option<Report> {
    let tried = points.iter().map(|it| it.busy).max()?;
    if tried < reported {
        return None;
    }
    let worked = points.iter().map(|it| it.throughput).filter(|it| it.is_finite()).fold(0.0, f64::max);
    let reported = f64::from(reported);
    Some(if worked > CLEARLY_MORE * reported {
        Report::TooFew
    } else if worked < CLEARLY_LESS * reported {
        Report::TooMany
    } else {
        Report::True
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A machine with `cores` equal cores, asked for `reported`.
    pub(crate) fn machine(cores: u32, reported: u32, inner: u32) -> Vec<Measured> {
        let point = |workers: u32| {
            let busy = workers * inner;
            let throughput = f64::from(busy.min(cores));
            Measured { workers, busy, throughput, compute_ms: 42.0, fastest_ms: 40.0, slowest_ms: 41.0 }
        };
        counts(reported, inner).into_iter().map(point).collect()
    }

    #[test]
    fn the_curve_goes_on_beyond_what_is_reported() {
        assert_eq!(counts(1, 1), [1, 2]);
        assert_eq!(counts(2, 1), [1, 2, 3, 4]);
        assert_eq!(counts(8, 1), [1, 2, 3, 4, 5, 6, 7, 8, 12, 16]);
        assert_eq!(counts(64, 1).last(), Some(&64));
        assert_eq!(counts(16, 8).last(), Some(&8));
        assert_eq!(counts(0, 0), [1, 2]);
        assert!(counts(64, 8).iter().all(|it| it * 8 <= 64));
    }

    #[test]
    fn the_bend_is_where_the_cores_end() {
        for (cores, reported) in [(2, 2), (4, 4), (8, 8), (16, 16)] {
            let points = machine(cores, reported, 1);
            let bend = knee(&points).unwrap().workers;
            assert!(bend <= cores && f64::from(bend) >= ENOUGH * f64::from(cores), "{bend} of {cores}");
            assert_eq!(judge(&points, reported), Some(Report::True));
        }
        assert_eq!(judge(&machine(4, 8, 1), 8), Some(Report::TooMany));
        assert_eq!(judge(&machine(8, 2, 1), 2), Some(Report::TooFew), "a browser that says two");
        assert_eq!(judge(&[], 4), None);
    }

    #[test]
    fn nothing_is_said_of_what_was_not_tried() {
        let points = machine(8, 2, 1);
        assert_eq!(judge(&points, 8), None, "four busy threads say nothing of eight cores");
        assert_eq!(judge(&machine(2, 4, 4), 4), Some(Report::TooMany), "inner threads are no cores");
    }

    #[test]
    fn a_busy_machine_has_no_more_cores() {
        let mut points = machine(2, 2, 1);
        for (point, throughput) in points.iter_mut().zip([1.0, 1.1, 1.22, 1.25]) {
            point.throughput = throughput;
        }
        assert_eq!(judge(&points, 2), Some(Report::TooMany));
    }

    #[test]
    fn inner_threads_bring_the_bend_earlier() {
        let points = machine(8, 8, 4);
        assert_eq!(knee(&points).unwrap().workers, 2);
        assert_eq!(judge(&points, 8), Some(Report::True));
    }

    #[test]
    fn unequal_workers_are_seen() {
        let point = machine(4, 4, 1).remove(3);
        assert!(!point.is_unequal(0.1));
        let other = Measured { slowest_ms: 60.0, ..point };
        assert!(other.is_unequal(0.1));
        assert!(!other.is_unequal(16.7), "a clock that coarse can't tell");
    }
}
