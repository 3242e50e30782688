//! What a student expects of a race before it runs.

use serde::Serialize;

use super::settings::Executor;

/// A prediction; `finished.prediction` holds it as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Prediction {
    /// Who finishes first; `None` is "not sure".
    pub first: Option<Executor>,
    /// How many times as fast as Serial that one is, roughly; `None` where it
    /// was not said.
    pub speedup: Option<f64>,
}

/// The rough factors that can be predicted.
pub const SPEEDUPS: [f64; 5] = [1.0, 2.0, 4.0, 8.0, 30.0];

impl Prediction {
    /// The wall time, ms, that this executor should have reached for the
    /// prediction to come true, where Serial took `serial_ms` and the fastest
    /// of the others `best_other_ms`. Without a factor it is the time to beat.
    #[must_use]
    pub fn wall_ms(&self, executor: Executor, serial_ms: Option<f64>, best_other_ms: Option<f64>) -> Option<f64> {
        if self.first != Some(executor) {
            return None;
        }
        match self.speedup {
            Some(speedup) => serial_ms.map(|serial_ms| serial_ms / speedup),
            None => best_other_ms,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_predicted_executor_has_a_mark() {
        let plain = Prediction { first: Some(Executor::Thread), speedup: None };
        assert_eq!(plain.wall_ms(Executor::Thread, Some(8.0), Some(3.0)), Some(3.0));
        assert_eq!(plain.wall_ms(Executor::Serial, Some(8.0), Some(3.0)), None);
        let with_factor = Prediction { speedup: Some(4.0), ..plain };
        assert_eq!(with_factor.wall_ms(Executor::Thread, Some(8.0), Some(3.0)), Some(2.0));
        assert_eq!(with_factor.wall_ms(Executor::Thread, None, Some(3.0)), None);
        assert_eq!(Prediction::default().wall_ms(Executor::Thread, Some(8.0), Some(3.0)), None);
    }
}
