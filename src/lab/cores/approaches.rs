//! The lecture's ways to speed up, easiest first: each range as the slide has it,
//! beside what was measured here, or why it can't be.

use super::measured::{Measured, knee};
use super::words::counted;
use crate::model::format;

/// A way to speed up.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Approach {
    /// What it is.
    pub name: &'static str,
    /// What the slide promises.
    pub slide: &'static str,
    /// What was measured here, or why it was not.
    pub here: String,
}

/// The table of the lecture after a run, with `simd` as the speedup of all members at once
/// in SIMD lanes over one after the other; `None` where the clock could not tell it.
/// Without points nothing was run yet.
#[must_use]
pub fn approaches(points: &[Measured], simd: Option<f64>) -> [Approach; 5] {
    let workers =
        knee(points).map(|it| format!("{} with {}", format::ratio(it.throughput), counted(it.workers, "worker")));
    let not_yet = || if points.is_empty() { "press Run" } else { "could not be measured here" }.to_owned();
    let simd = simd.map(|it| format!("{} by SIMD lanes, from code that is compiled already", format::ratio(it)));
    [
        Approach { name: "vectorization", slide: "10–100 ×", here: simd.unwrap_or_else(not_yet) },
        Approach { name: "multiprocessing", slide: "about N ×", here: workers.clone().unwrap_or_else(not_yet) },
        Approach {
            name: "concurrent.futures",
            slide: "the same, cleaner",
            here: workers.map_or_else(not_yet, |_| "the same processes, another way to write it".to_owned()),
        },
        Approach { name: "Dask", slide: "about N ×, and data beyond memory", here: "not measured in this lab".into() },
        Approach {
            name: "HPC", slide: "100–10,000 ×", here: "not measurable here: a tab ends at this machine".into()
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::super::measured::tests::machine;
    use super::*;

    #[test]
    fn what_was_not_measured_says_so() {
        let before = approaches(&[], None);
        assert!(before.iter().all(|it| !it.here.is_empty() && !it.here.contains('×')));
        let after = approaches(&machine(4, 4, 1), Some(6.0));
        assert!(after[0].here.starts_with("6.0 ×") && after[1].here.contains("4 workers"), "{after:?}");
        assert!(approaches(&machine(1, 1, 1), None)[0].here.starts_with("could not"));
        assert!(after[4].here.starts_with("not measurable"));
    }
}
