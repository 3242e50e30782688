//! A finished race.

use super::settings::Settings;
use crate::model::pace::Pace;
use crate::model::report::ExecutorResult;
use crate::model::settings::Executor;
use crate::model::timeline::Timeline;
use crate::workload::lorenz::ensemble::Drawing;

/// A finished run.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The run's number, from 1 per page load.
    pub run: u32,
    /// What was run.
    pub settings: Settings,
    /// One result per requested executor, in canonical order.
    pub results: Vec<ExecutorResult>,
    /// The median repeat of each executor that ran, in the order of `results`.
    pub timelines: Vec<(Executor, Timeline)>,
    /// How evenly the machine went on meanwhile.
    pub pace: Pace,
    /// What can be drawn; `None` where nothing ran.
    pub drawing: Option<Drawing>,
}
