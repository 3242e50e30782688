//! How evenly the machine went on during a run: the bare loop, one worker with a core to itself,
//! timed again and again. Where its pace varied, so may have all that was measured meanwhile.

/// A pace that varied more than this, as a share of the fastest, is said.
const EVEN: f64 = 0.3;

/// Repeats that last as long as this tell the machine's pace, ms: shorter ones vary by themselves.
pub const TELLING_MS: f64 = 20.0;

/// What the bare loop took during a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pace {
    /// The same piece of it, looked at between the executors, ms.
    pub looks_ms: Vec<f64>,
    /// Repeats of a serial loop that was on the clock, ms: those of one loop together.
    pub repeats_ms: Vec<Vec<f64>>,
}

impl Pace {
    /// How many times as long the slowest took as the fastest of the same; `None` where there are
    /// not two to compare.
    #[must_use]
    pub fn spread(&self) -> Option<f64> {
        self.repeats_ms.iter().chain([&self.looks_ms]).filter_map(|times_ms| spread(times_ms)).reduce(f64::max)
    }

    /// The fastest look so far, ms.
    #[must_use]
    pub fn fastest_look_ms(&self) -> Option<f64> {
        valid(&self.looks_ms).reduce(f64::min)
    }

    /// Whether two times of the same are those of one pace.
    #[must_use]
    pub fn is_even(&self, one_ms: f64, other_ms: f64) -> bool {
        one_ms.max(other_ms) <= one_ms.min(other_ms) * (1.0 + EVEN)
    }

    /// Takes in what was seen of the pace in a further part of the same run.
    pub fn extend(&mut self, further: &Self) {
        self.looks_ms.extend(&further.looks_ms);
        self.repeats_ms.extend(further.repeats_ms.iter().cloned());
    }

    /// What is said where it varied too much.
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        let spread = self.spread().filter(|spread| *spread > 1.0 + EVEN)?;
        Some(format!(
            "The machine was busy with something else, or changed its speed: the bare loop took {} as long at one time as \
             at another. Run again when it is quiet.",
            super::format::ratio(spread)
        ))
    }
}

fn valid(times_ms: &[f64]) -> impl Iterator<Item = f64> {
    times_ms.iter().copied().filter(|ms| *ms > 0.0 && ms.is_finite())
}

fn spread(times_ms: &[f64]) -> Option<f64> {
    let (fastest, slowest) = (valid(times_ms).reduce(f64::min)?, valid(times_ms).reduce(f64::max)?);
    (valid(times_ms).count() > 1).then(|| slowest / fastest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(times_ms: &[f64]) -> Pace {
        Pace { looks_ms: times_ms.to_vec(), ..Pace::default() }
    }

    #[test]
    fn a_pace_is_even_up_to_thirty_percent() {
        assert_eq!(looks(&[20.0, 25.9, 21.0]).warning(), None);
        assert_eq!(looks(&[20.0, 26.1, 21.0]).spread(), Some(26.1 / 20.0));
        let said = looks(&[20.0, 26.1, 21.0]).warning().unwrap();
        assert!(said.contains("took 1.3 × as long"), "{said}");
        assert!(looks(&[]).is_even(20.0, 25.9) && looks(&[]).is_even(25.9, 20.0));
        assert!(!looks(&[]).is_even(20.0, 26.1) && !looks(&[]).is_even(f64::INFINITY, 20.0));
    }

    #[test]
    fn only_times_of_the_same_are_compared() {
        let mut pace = looks(&[20.0, 21.0]);
        pace.extend(&Pace { looks_ms: vec![22.0], repeats_ms: vec![vec![300.0, 310.0], vec![80.0]] });
        assert_eq!((pace.spread(), pace.warning()), (Some(22.0 / 20.0), None));
        pace.extend(&Pace { looks_ms: Vec::new(), repeats_ms: vec![vec![100.0, 180.0]] });
        assert_eq!(pace.spread(), Some(1.8));
        assert_eq!(pace.fastest_look_ms(), Some(20.0));
    }

    #[test]
    fn one_time_alone_says_nothing() {
        for times in [&[][..], &[20.0], &[0.0, 20.0], &[f64::NAN, 20.0], &[f64::INFINITY, 20.0]] {
            assert_eq!(looks(times).spread(), None, "{times:?}");
            assert_eq!(looks(times).warning(), None);
        }
    }
}
