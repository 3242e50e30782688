//! The steps in which a clock moves on, told by reading it again and again.

/// So many steps are looked at: one of them alone may be several in one.
const ENOUGH: u32 = 3;

/// What was seen of a clock so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClockSteps {
    begun_ms: f64,
    last_ms: f64,
    smallest_ms: f64,
    count: u32,
}

impl ClockSteps {
    /// The first reading.
    #[must_use]
    pub fn from(now_ms: f64) -> Self {
        Self { begun_ms: now_ms, last_ms: now_ms, smallest_ms: f64::INFINITY, count: 0 }
    }

    /// A reading right after the last one.
    pub fn read(&mut self, now_ms: f64) {
        if now_ms > self.last_ms {
            self.smallest_ms = self.smallest_ms.min(now_ms - self.last_ms);
            self.last_ms = now_ms;
            self.count += 1;
        }
    }

    /// Nothing more would be learned.
    #[must_use]
    pub fn are_enough(&self) -> bool {
        self.count >= ENOUGH
    }

    /// How far the clock has moved on since the first reading, ms.
    #[must_use]
    pub fn elapsed_ms(&self) -> f64 {
        self.last_ms - self.begun_ms
    }

    /// The smallest step; `None` where the clock was never seen to move.
    #[must_use]
    pub fn smallest_ms(&self) -> Option<f64> {
        // Differences of large numbers: what is below a nanosecond is rounding.
        (self.count > 0).then(|| (self.smallest_ms * 1e6).round() / 1e6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a clock with steps of `step_ms` every `every_ms`, until enough was seen.
    fn seen(step_ms: f64, every_ms: f64) -> Option<f64> {
        let reading = |index: i32| ((f64::from(index) * every_ms + 1_000.3) / step_ms).floor() * step_ms;
        let mut steps = ClockSteps::from(reading(0));
        let mut index = 0;
        while !steps.are_enough() && steps.elapsed_ms() < 500.0 && index < 1_000_000 {
            index += 1;
            steps.read(reading(index));
        }
        steps.smallest_ms()
    }

    #[test]
    fn every_step_up_to_the_coarsest_is_told_truly() {
        for step_ms in [0.005, 0.02, 0.1, 1.0, 2.0, 16.7, 100.0] {
            let told = seen(step_ms, step_ms / 300.0).unwrap();
            assert!((told - step_ms).abs() < 1e-6, "{told} instead of {step_ms}");
        }
        // Looked at between other things, every 4 ms.
        for step_ms in [16.7, 100.0] {
            assert!((seen(step_ms, 4.0).unwrap() - step_ms).abs() < 1e-6);
        }
    }

    #[test]
    fn of_a_clock_that_stands_still_nothing_is_told() {
        let mut steps = ClockSteps::from(5.0);
        (0..100).for_each(|_| steps.read(5.0));
        assert_eq!((steps.smallest_ms(), steps.are_enough()), (None, false));
    }
}
