//! Short runs are repeated until the clock can tell how long they took.

/// What is measured lasts so many ticks of the clock.
pub const TICKS: f64 = 20.0;
/// A batch aims at so many times as long: the next one may well be quicker.
const MARGIN: f64 = 1.25;
/// Nobody waits longer for a batch, ms: a little more than the ticks of the coarsest clocks
/// that browsers give (100 ms) need.
const LIMIT_MS: f64 = 2_600.0;
/// Runs in a batch, at most.
const RUNS_LIMIT: u32 = 20_000;

/// What a batch's duration says.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// Long enough to be measured.
    Measured,
    /// Too short: try so many runs per batch, more than before.
    Grow(u32),
    /// Too short, and a batch that were long enough would take too long or too many runs.
    BelowTheClock,
}

/// Judges a batch of `runs` runs that took `took_ms` on a clock with steps of `resolution_ms`.
#[must_use]
pub fn judge(runs: u32, took_ms: f64, resolution_ms: f64) -> Verdict {
    let enough_ms = TICKS * resolution_ms;
    if took_ms > 0.0 && took_ms >= enough_ms {
        return Verdict::Measured;
    }
    if MARGIN * enough_ms > LIMIT_MS {
        return Verdict::BelowTheClock;
    }
    let times = if took_ms > 0.0 { MARGIN * enough_ms / took_ms } else { 8.0 };
    let wanted = (times * f64::from(runs)).ceil();
    let next = wanted.min(f64::from(RUNS_LIMIT)) as u32;
    if next > runs { Verdict::Grow(next) } else { Verdict::BelowTheClock }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Measures runs of `run_ms`, one right after the other, as the pool does: until a batch is
    /// long enough, and anew where a later one is not. Gives how long the last batch was in ticks, if
    /// it was measured, and how many batches it took.
    fn measure(run_ms: f64, resolution_ms: f64, phase: f64) -> (Option<f64>, u32) {
        let mut now_ms = phase * resolution_ms;
        let mut time = |runs: u32| {
            let tick = |ms: f64| (ms / resolution_ms).floor() * resolution_ms;
            let mut took_ms = 0.0;
            for _ in 0..runs {
                let end_ms = now_ms + run_ms;
                took_ms += tick(end_ms) - tick(now_ms);
                now_ms = end_ms;
            }
            took_ms
        };
        let mut runs = 1;
        for batches in 1.. {
            let took_ms = time(runs);
            match judge(runs, took_ms, resolution_ms) {
                Verdict::Measured => return (Some(took_ms / resolution_ms), batches),
                Verdict::BelowTheClock => return (None, batches),
                Verdict::Grow(more) => {
                    assert!(more > runs, "{more} after {runs}");
                    runs = more;
                }
            }
        }
        unreachable!()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn it_ends_and_what_is_measured_lasted_twenty_ticks(
            run_ms in prop_oneof![Just(0.0), 0.0..0.01, 0.01..1.0, 1.0..400.0],
            resolution_ms in prop_oneof![Just(0.005), Just(1.0), Just(16.7), Just(100.0), 0.001..100.0],
            phase in 0.0..1.0,
        ) {
            let (ticks, batches) = measure(run_ms, resolution_ms, phase);
            prop_assert!(batches <= 24, "{} batches", batches);
            if let Some(ticks) = ticks {
                prop_assert!(ticks >= TICKS - 1e-6, "{} ticks", ticks);
            }
            // So many runs in a row as there may be take long enough: then there is a time.
            if run_ms * f64::from(RUNS_LIMIT) > 2.0 * TICKS * resolution_ms {
                prop_assert!(ticks.is_some(), "no time for {} ms in steps of {} ms", run_ms, resolution_ms);
            }
        }

        #[test]
        fn any_figures_are_judged(runs: u32, took_ms: f64, resolution_ms: f64) {
            if let Verdict::Grow(more) = judge(runs, took_ms, resolution_ms) {
                prop_assert!(more > runs && more <= RUNS_LIMIT);
            }
        }
    }

    #[test]
    fn one_and_a_half_runs_are_two() {
        // One run of 17 ticks: a batch of 1.47 runs would do.
        assert_eq!(judge(1, 17.0, 1.0), Verdict::Grow(2));
        assert_eq!(judge(2, 34.0, 1.0), Verdict::Measured);
    }

    #[test]
    fn twenty_ticks_of_a_coarse_clock_are_waited_for() {
        assert_eq!(judge(1, 16.7, 16.7), Verdict::Grow(25));
        assert_eq!(judge(1, 100.0, 100.0), Verdict::Grow(25));
        assert_eq!(judge(1, 1.0, f64::INFINITY), Verdict::BelowTheClock);
    }
}
