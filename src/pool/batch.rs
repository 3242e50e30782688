//! Short runs are repeated until the clock can tell how long they took.

/// A run must last so many ticks of the clock.
const TICKS: f64 = 20.0;
/// A batch lasts no longer than this, ms.
const BATCH_LIMIT_MS: f64 = 250.0;
/// Runs in a batch, at most.
const RUNS_LIMIT: u32 = 10_000;

/// What a batch's duration says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Verdict {
    /// Long enough to be measured.
    Measured,
    /// Too short: try so many runs per batch.
    Grow(u32),
    /// Too short, and a longer batch would last too long.
    BelowTheClock,
}

/// Judges a batch of `runs` runs that took `took_ms`.
pub(super) fn judge(runs: u32, took_ms: f64, resolution_ms: f64) -> Verdict {
    let enough_ms = TICKS * resolution_ms;
    if took_ms >= enough_ms {
        return Verdict::Measured;
    }
    let run_ms = took_ms / f64::from(runs);
    let wanted = if run_ms > 0.0 { 1.1 * enough_ms / run_ms } else { f64::from(runs) * 8.0 };
    let most = if run_ms > 0.0 { BATCH_LIMIT_MS / run_ms } else { f64::INFINITY };
    let next = wanted.min(most).min(f64::from(RUNS_LIMIT)) as u32;
    if next > runs { Verdict::Grow(next) } else { Verdict::BelowTheClock }
}
