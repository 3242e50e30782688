//! Figures of a benchmark: what contenders needed, round by round.

use std::collections::BTreeMap;

/// Two workers on two cores need both: on a busy machine no figure means anything.
pub fn warn_of_load() {
    const BUSY: f64 = 0.7;
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().and_then(|load| load.parse::<f64>().ok()).unwrap_or(0.0);
    if load > BUSY {
        println!("This machine is busy (load {load} before the start): take the figures below as noise.\n");
    }
}

/// What one contender needed, round by round.
#[derive(Clone, Debug, Default)]
pub struct Samples(pub Vec<f64>);

impl Samples {
    fn sorted(&self) -> Vec<f64> {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted
    }

    /// The lower median; NaN without samples.
    #[must_use]
    pub fn median(&self) -> f64 {
        let sorted = self.sorted();
        sorted.get(sorted.len().saturating_sub(1) / 2).copied().unwrap_or(f64::NAN)
    }

    /// Median, smallest and largest, each with its unit.
    #[must_use]
    pub fn text(&self, unit: &str) -> String {
        let sorted = self.sorted();
        let end = |value: Option<&f64>| value.copied().unwrap_or(f64::NAN);
        format!("{:7.3}{unit}  ({:.3} – {:.3})", self.median(), end(sorted.first()), end(sorted.last()))
    }
}

/// Samples by the contenders' names.
pub type Figures = BTreeMap<String, Samples>;

/// How many times the other's time this one needs: the median of the rounds' ratios,
/// since what slows a round down slows both.
#[must_use]
pub fn ratio(figures: &Figures, this: &str, other: &str) -> f64 {
    let of = |name: &str| figures.get(name).map_or(&[][..], |samples| &samples.0);
    Samples(of(this).iter().zip(of(other)).map(|(this, other)| this / other).collect()).median()
}

/// Tells a target and whether it was reached; machines differ, so it is not asserted.
pub fn target(what: &str, reached: bool, value: f64) {
    println!("  {} {what}: {value:.3}", if reached { "reached" } else { "MISSED " });
}
