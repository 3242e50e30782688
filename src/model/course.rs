//! A run as its timeline shows it: who did what, when, one lane for each of
//! them. Every lab makes its own from its report.

use std::ops::Range;

use super::settings::Executor;

/// What somebody did for a while.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Doing {
    /// A worker or a process came up.
    Start,
    /// A pool came up as a whole.
    StartTogether,
    /// The page sent the first tasks.
    Send,
    /// A task was run.
    Task(Option<Ordinal>),
    /// The page gathered the last results.
    Gather,
    /// A thread held the GIL.
    Hold,
    /// A thread ran, where there is no GIL.
    Run,
    /// A thread waited for the GIL.
    Wait,
    /// A thread did without the GIL: it waited for something else, or ran compiled code.
    Away,
    /// Objects became bytes.
    Pickle,
    /// Bytes became objects.
    Unpickle,
    /// A file was read.
    Read,
}

/// Which of how many, from 1.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Ordinal {
    /// Which.
    pub number: u32,
    /// Of how many.
    pub of: u32,
}

/// What a stretch was about.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Label {
    /// Nothing in particular.
    #[default]
    None,
    /// Items of the workload: put into words only where they are told, for a
    /// run has thousands of tasks.
    Items {
        /// What one of them is called: `member`.
        noun: &'static str,
        /// The first, from 0.
        first: u32,
        /// How many.
        count: u32,
    },
    /// A function, a size.
    Text(String),
}

/// What somebody did, from when to when.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// What.
    pub doing: Doing,
    /// Since the run began, ms.
    pub start_ms: f64,
    /// Since the run began, ms; never before the start.
    pub end_ms: f64,
    /// What it was about.
    pub label: Label,
}

impl Stretch {
    /// A stretch that is sound, whatever the clocks said.
    #[must_use]
    pub fn new(doing: Doing, start_ms: f64, end_ms: f64, label: Label) -> Self {
        let finite = |ms: f64| if ms.is_finite() { ms.max(0.0) } else { 0.0 };
        let (start_ms, end_ms) = (finite(start_ms), finite(end_ms));
        Self { doing, start_ms, end_ms: end_ms.max(start_ms), label }
    }

    /// How long it took, ms.
    #[must_use]
    pub fn duration_ms(&self) -> f64 {
        self.end_ms - self.start_ms
    }

    /// The moment in its middle, ms.
    #[must_use]
    pub fn middle_ms(&self) -> f64 {
        f64::midpoint(self.start_ms, self.end_ms)
    }

    /// How far a moment is from this stretch, ms; 0 within.
    #[must_use]
    pub fn distance_ms(&self, at_ms: f64) -> f64 {
        (self.start_ms - at_ms).max(at_ms - self.end_ms).max(0.0)
    }
}

/// What one of them did. Stretches may lie within others: a thread pickles
/// while it holds the GIL.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// Who.
    pub name: String,
    /// Whose colour it has; `None` for the page, which only helps the others.
    pub executor: Option<Executor>,
    /// In order of their starts; what lies within another comes after it.
    stretches: Vec<Stretch>,
    /// For each stretch, which one of those up to it ends last.
    last_to_end: Vec<usize>,
}

impl Lane {
    /// The lane of somebody who did this, in whatever order it is told.
    #[must_use]
    pub fn new(name: impl Into<String>, executor: Option<Executor>, mut stretches: Vec<Stretch>) -> Self {
        stretches.sort_by(|a, b| a.start_ms.total_cmp(&b.start_ms).then(b.end_ms.total_cmp(&a.end_ms)));
        let mut last_to_end = Vec::with_capacity(stretches.len());
        let mut last = 0;
        for (index, stretch) in stretches.iter().enumerate() {
            if stretch.end_ms >= stretches[last].end_ms {
                last = index;
            }
            last_to_end.push(last);
        }
        Self { name: name.into(), executor, stretches, last_to_end }
    }

    /// What was done; empty for a worker that never got a task.
    #[must_use]
    pub fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// All that may reach into this time: none before the range does, and none
    /// after it.
    #[must_use]
    pub fn between(&self, from_ms: f64, to_ms: f64) -> Range<usize> {
        let begin = self.last_to_end.partition_point(|index| self.stretches[*index].end_ms < from_ms);
        let end = self.stretches.partition_point(|it| it.start_ms <= to_ms);
        begin..end.max(begin)
    }

    /// What was done at this moment, the innermost of several; or else what is
    /// nearest to it.
    #[must_use]
    pub fn nearest(&self, at_ms: f64) -> Option<usize> {
        let reaching = self.between(at_ms, at_ms);
        let next = reaching.end;
        if let Some(index) = reaching.rev().find(|index| self.stretches[*index].end_ms >= at_ms) {
            return Some(index);
        }
        let before = next.checked_sub(1).map(|index| self.last_to_end[index]);
        let after = (next < self.stretches.len()).then_some(next);
        let distance_ms = |index: &usize| self.stretches[*index].distance_ms(at_ms);
        before.into_iter().chain(after).min_by(|a, b| distance_ms(a).total_cmp(&distance_ms(b)))
    }
}

/// A stretch by its lane and its number therein, both from 0.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Place {
    /// The lane.
    pub lane: usize,
    /// The stretch.
    pub stretch: usize,
}

/// What a kind of stretch looks like, for the legend.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Key {
    /// The kind.
    pub doing: Doing,
    /// Whose colour it has; `None` where several have their own.
    pub executor: Option<Executor>,
    /// What it is called.
    pub words: &'static str,
}

/// What there is in all, shown or not: the table says what it leaves out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Total {
    /// So many tasks; what else was done is not counted.
    Tasks(u64),
    /// So many stretches.
    Stretches(u64),
}

/// One way of running, from its start to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// Tells it from the others that can be chosen; a part of the page's ids.
    pub id: &'static str,
    /// What it is called where one is chosen.
    pub name: &'static str,
    /// What is shown.
    pub heading: String,
    /// How much of it is shown: who, what, and the wall time.
    pub extent: String,
    /// What else is to be said, where something is missing.
    pub note: Option<String>,
    /// What the labels are, over their column.
    pub label_heading: &'static str,
    /// What the shapes mean.
    pub legend: Vec<Key>,
    /// The wall time, ms.
    pub wall_ms: f64,
    /// Those that are shown.
    pub lanes: Vec<Lane>,
    /// What there is in all.
    pub total: Total,
}

impl Course {
    /// The stretch at a place, with its lane.
    #[must_use]
    pub fn at(&self, place: Place) -> Option<(&Lane, &Stretch)> {
        let lane = self.lanes.get(place.lane)?;
        Some((lane, lane.stretches.get(place.stretch)?))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stretch(start_ms: f64, end_ms: f64) -> Stretch {
        Stretch::new(Doing::Run, start_ms, end_ms, Label::None)
    }

    fn lane(ms: &[(f64, f64)]) -> Lane {
        Lane::new("worker 1", None, ms.iter().map(|(start, end)| stretch(*start, *end)).collect())
    }

    #[test]
    fn odd_clocks_give_sound_stretches() {
        for (start, end) in [(f64::NAN, 5.0), (9.0, 1.0), (f64::NAN, f64::INFINITY), (-3.0, -1.0)] {
            let stretch = stretch(start, end);
            assert!(stretch.start_ms >= 0.0 && stretch.duration_ms() >= 0.0, "{stretch:?}");
        }
    }

    #[test]
    fn what_lies_within_another_comes_after_it() {
        let lane = lane(&[(50.0, 60.0), (10.0, 12.0), (10.0, 40.0), (20.0, 21.0)]);
        let starts: Vec<_> = lane.stretches().iter().map(|it| (it.start_ms, it.end_ms)).collect();
        assert_eq!(starts, [(10.0, 40.0), (10.0, 12.0), (20.0, 21.0), (50.0, 60.0)]);
        // The innermost, and the outer one where that is all there is.
        assert_eq!(lane.nearest(20.5), Some(2));
        assert_eq!(lane.nearest(30.0), Some(0));
        // Between the outer one's end and the next.
        assert_eq!(lane.nearest(42.0), Some(0));
        assert_eq!(lane.nearest(47.0), Some(3));
        assert_eq!(lane.nearest(0.0), Some(0));
        assert_eq!(lane.nearest(1e9), Some(3));
        assert_eq!(self::lane(&[]).nearest(1.0), None);
    }

    proptest! {
        #[test]
        fn searching_finds_what_looking_at_all_finds(
            spans in prop::collection::vec((0.0..100.0_f64, 0.0..30.0_f64), 1..60),
            (from_ms, length_ms) in (-5.0..120.0_f64, 0.0..40.0_f64),
        ) {
            let spans: Vec<_> = spans.into_iter().map(|(start, length)| (start, start + length)).collect();
            let lane = lane(&spans);
            let to_ms = from_ms + length_ms;
            let range = lane.between(from_ms, to_ms);
            for (index, it) in lane.stretches().iter().enumerate() {
                if it.end_ms >= from_ms && it.start_ms <= to_ms {
                    prop_assert!(range.contains(&index));
                }
            }
            let distance_ms = |index: usize| lane.stretches()[index].distance_ms(from_ms);
            let least = (0..spans.len()).map(distance_ms).fold(f64::INFINITY, f64::min);
            prop_assert_eq!(lane.nearest(from_ms).map(distance_ms), Some(least));
        }
    }
}
