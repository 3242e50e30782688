//! The time that is shown, and how fast it passes.

use crate::view::format;

/// So much of the equations' time passes in a second: a turn around a wing takes about a third of it.
const TIME_PER_SECOND: f64 = 2.0;
/// No run takes longer to be played, seconds.
const LONGEST: f64 = 40.0;
/// A run takes at least so long, seconds, if it has steps enough.
const SHORTEST: f64 = 6.0;
/// More than these are not told apart, steps per second.
const SLOWEST: f64 = 30.0;
/// After a pause of the page time goes on from where it was, ms.
const LONGEST_FRAME_MS: f64 = 50.0;

/// How many steps pass in a second.
#[must_use]
pub fn steps_per_second(steps: u32, dt: f64) -> f64 {
    let steps = f64::from(steps);
    let seconds = (steps * dt / TIME_PER_SECOND).max(SHORTEST.min(steps / SLOWEST)).min(LONGEST);
    steps / seconds.max(1e-3)
}

/// Where time stands after another frame; `None` once it is at its end.
#[must_use]
pub fn advance(position: f64, frame_ms: f64, steps: u32, dt: f64) -> Option<f64> {
    let seconds = frame_ms.clamp(0.0, LONGEST_FRAME_MS) / 1000.0;
    let next = position + seconds * steps_per_second(steps, dt);
    (next < f64::from(steps)).then_some(next)
}

/// The time of a step, with as many digits as the time step has.
#[must_use]
pub fn time_text(step: u32, dt: f64) -> String {
    let time = format!("{:.6}", f64::from(step) * dt);
    let decimals = dt.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let shown = time.len() - 6_usize.saturating_sub(decimals);
    let shown = time.get(..shown).unwrap_or(&time);
    let shown = if shown.contains('.') { shown.trim_end_matches('0').trim_end_matches('.') } else { shown };
    format!("t = {shown}")
}

/// Where time stands, in words.
#[must_use]
pub fn value_text(step: u32, steps: u32, dt: f64) -> String {
    format!("step {} of {}, {}", format::count(step.into()), format::count(steps.into()), time_text(step, dt))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_race_is_played_calmly() {
        assert!((steps_per_second(5000, 0.01) - 200.0).abs() < 1e-9);
        assert!((steps_per_second(100_000, 0.01) - 2500.0).abs() < 1e-9);
        assert!((steps_per_second(100, 0.01) - 30.0).abs() < 1e-9);
        assert!((steps_per_second(5000, 0.000_001) - 5000.0 / 6.0).abs() < 1e-9);
    }

    #[test]
    fn time_stops_at_its_end() {
        assert_eq!(advance(0.0, 10.0, 5000, 0.01), Some(2.0));
        assert_eq!(advance(0.0, 1e9, 5000, 0.01), Some(10.0));
        assert_eq!(advance(4999.0, 10.0, 5000, 0.01), None);
        assert_eq!(advance(7.0, -5.0, 5000, 0.01), Some(7.0));
    }

    #[test]
    fn times_have_the_digits_of_the_time_step() {
        assert_eq!(value_text(2500, 5000, 0.01), "step 2,500 of 5,000, t = 25");
        assert_eq!(time_text(1234, 0.01), "t = 12.34");
        assert_eq!(time_text(3, 0.1), "t = 0.3");
        assert_eq!(time_text(123, 0.000_001), "t = 0.000123");
        assert_eq!(time_text(1000, 0.1), "t = 100");
        assert_eq!(time_text(0, 0.01), "t = 0");
        assert_eq!(time_text(1, 1.0 / 300.0), "t = 0.003333");
    }
}
