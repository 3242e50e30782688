//! The part of a repeat that is seen, and the marks on its time axis.

/// How much closer one step of zooming comes.
pub const ZOOM: f64 = 2.0;

/// The narrowest window is this share of the whole.
const NARROWEST: f64 = 1.0 / 2048.0;

/// What part of a window is left free beside a span that is brought into it.
const MARGIN: f64 = 0.06;

/// From when to when: always within 0 … whole, never empty. All in ms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    from_ms: f64,
    to_ms: f64,
    whole_ms: f64,
}

impl Window {
    /// All of a repeat that took so long.
    #[must_use]
    pub fn whole(whole_ms: f64) -> Self {
        let whole_ms = if whole_ms.is_finite() && whole_ms > 0.0 { whole_ms } else { 1.0 };
        Self { from_ms: 0.0, to_ms: whole_ms, whole_ms }
    }

    /// How much time is seen, ms.
    #[must_use]
    pub fn width_ms(&self) -> f64 {
        self.to_ms - self.from_ms
    }

    /// Nothing is outside.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.width_ms() >= self.whole_ms
    }

    /// It can't come closer.
    #[must_use]
    pub fn is_narrowest(&self) -> bool {
        self.width_ms() <= self.whole_ms * NARROWEST * 1.000_001
    }

    /// The moment in the middle, ms.
    #[must_use]
    pub fn middle_ms(&self) -> f64 {
        f64::midpoint(self.from_ms, self.to_ms)
    }

    /// Is the moment within?
    #[must_use]
    pub fn shows(&self, ms: f64) -> bool {
        (self.from_ms..=self.to_ms).contains(&ms)
    }

    /// Closer by a factor (or farther, below 1); `around_ms` keeps its place.
    #[must_use]
    pub fn zoomed(&self, factor: f64, around_ms: f64) -> Self {
        let width_ms = (self.width_ms() / factor).clamp(self.whole_ms * NARROWEST, self.whole_ms);
        let around_ms = if self.shows(around_ms) { around_ms } else { self.middle_ms() };
        self.at(around_ms - self.share(around_ms) * width_ms, width_ms)
    }

    /// Later by so many ms, or earlier.
    #[must_use]
    pub fn panned(&self, by_ms: f64) -> Self {
        self.at(self.from_ms + by_ms, self.width_ms())
    }

    /// Moved as little as it takes to see this stretch, or the begin of one
    /// that is longer than the window.
    #[must_use]
    pub fn showing(&self, begin_ms: f64, end_ms: f64) -> Self {
        let margin_ms = self.width_ms() * MARGIN;
        let (first_ms, last_ms) = (begin_ms - margin_ms, end_ms + margin_ms);
        if first_ms < self.from_ms || last_ms - first_ms > self.width_ms() {
            self.at(first_ms, self.width_ms())
        } else if last_ms > self.to_ms {
            self.at(last_ms - self.width_ms(), self.width_ms())
        } else {
            *self
        }
    }

    fn at(&self, from_ms: f64, width_ms: f64) -> Self {
        if !from_ms.is_finite() || !width_ms.is_finite() {
            return *self;
        }
        let from_ms = from_ms.clamp(0.0, (self.whole_ms - width_ms).max(0.0));
        Self { from_ms, to_ms: (from_ms + width_ms).min(self.whole_ms), ..*self }
    }

    /// Where a moment lies: 0 at the left edge, 1 at the right one.
    #[must_use]
    pub fn share(&self, ms: f64) -> f64 {
        (ms - self.from_ms) / self.width_ms()
    }

    /// The moment at a share of the window, ms.
    #[must_use]
    pub fn time_ms(&self, share: f64) -> f64 {
        self.from_ms + share * self.width_ms()
    }

    /// Round moments to mark, at most about `most`, each with its text.
    #[must_use]
    pub fn ticks(&self, most: usize) -> Vec<(f64, String)> {
        let step_ms = round_step(self.width_ms() / most.clamp(1, 16) as f64);
        let first = (self.from_ms / step_ms - 1e-9).ceil();
        let moments = (0..18).map(|index| (first + f64::from(index)) * step_ms);
        let within = moments.take_while(|ms| *ms <= self.to_ms + step_ms * 1e-9);
        within.map(|ms| (ms, tick_text(ms, step_ms))).collect()
    }
}

/// The next of … 1, 2, 5, 10, 20 … that is not smaller.
fn round_step(rough: f64) -> f64 {
    let decade = 10_f64.powf(rough.log10().floor());
    let steps = [1.0, 2.0, 5.0].map(|factor| factor * decade);
    steps.into_iter().find(|step| *step >= rough * 0.999_999).unwrap_or(10.0 * decade)
}

/// With as many decimals as neighbouring marks need to differ.
fn tick_text(ms: f64, step_ms: f64) -> String {
    let (value, step, unit) = if step_ms >= 1000.0 { (ms / 1e3, step_ms / 1e3, "s") } else { (ms, step_ms, "ms") };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let decimals = (-(step.log10() + 1e-9).floor()).clamp(0.0, 9.0) as usize;
    format!("{value:.decimals$} {unit}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(window: &Window, most: usize) -> Vec<String> {
        window.ticks(most).into_iter().map(|tick| tick.1).collect()
    }

    #[test]
    fn zooming_keeps_the_moment_in_its_place() {
        let window = Window::whole(100.0).zoomed(ZOOM, 25.0);
        assert_eq!((window.time_ms(0.0), window.time_ms(1.0)), (12.5, 62.5));
        assert_eq!(window.share(25.0), 0.25);
        assert!(window.zoomed(0.01, 25.0).is_whole());
        let close = Window::whole(100.0).zoomed(1e9, 100.0);
        assert!(close.is_narrowest() && close.shows(100.0));
    }

    #[test]
    fn panning_stops_at_either_end() {
        let window = Window::whole(100.0).zoomed(4.0, 50.0);
        assert_eq!(window.panned(-1e9).time_ms(0.0), 0.0);
        assert_eq!(window.panned(1e9).time_ms(1.0), 100.0);
        assert_eq!(window.panned(f64::NAN), window);
        assert!(Window::whole(100.0).panned(30.0).is_whole());
    }

    #[test]
    fn a_span_is_brought_into_view() {
        let window = Window::whole(100.0).zoomed(4.0, 50.0);
        assert_eq!(window.showing(45.0, 50.0), window);
        for (begin, end) in [(0.0, 3.0), (90.0, 95.0)] {
            let moved = window.showing(begin, end);
            assert!(moved.shows(begin) && moved.shows(end), "{moved:?}");
        }
        assert!(window.showing(20.0, 95.0).shows(20.0));
    }

    #[test]
    fn marks_are_round_and_tell_themselves_apart() {
        assert_eq!(texts(&Window::whole(70.4), 5), ["0 ms", "20 ms", "40 ms", "60 ms"]);
        assert_eq!(texts(&Window::whole(0.8), 4), ["0.0 ms", "0.2 ms", "0.4 ms", "0.6 ms", "0.8 ms"]);
        assert_eq!(texts(&Window::whole(9000.0), 5), ["0 s", "2 s", "4 s", "6 s", "8 s"]);
        assert_eq!(texts(&Window::whole(70.4).zoomed(64.0, 40.0), 4), ["39.5 ms", "40.0 ms"]);
        assert_eq!(Window::whole(f64::NAN), Window::whole(1.0));
    }

    proptest! {
        #[test]
        fn a_window_never_leaves_the_whole(
            whole_ms in 1e-3..1e7_f64,
            steps in prop::collection::vec((0.01..100.0_f64, -1e3..1e7_f64), 0..30),
        ) {
            let mut window = Window::whole(whole_ms);
            for (factor, ms) in steps {
                for next in [window.zoomed(factor, ms), window.panned(ms), window.showing(ms, ms + factor)] {
                    window = next;
                    prop_assert!(window.from_ms >= 0.0 && window.to_ms <= whole_ms, "{window:?}");
                    prop_assert!(window.width_ms() > 0.0);
                    let ticks = window.ticks(6);
                    prop_assert!(ticks.len() <= 8, "{ticks:?}");
                    prop_assert!(ticks.windows(2).all(|pair| pair[0].1 != pair[1].1), "{ticks:?}");
                }
            }
        }
    }
}
