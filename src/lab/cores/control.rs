//! Measures point by point: the same work for each worker, so that twice as many
//! workers on twice as many cores take as long.

use std::time::Duration;

use leptos::prelude::*;
use serde_json::{Value, json};

use super::measured::{Measured, Report, counts};
use super::settings::Settings;
use super::words;
use crate::model::experiment::{Experiment, Outcome, Plan, Untimed};
use crate::model::pace::Pace;
use crate::model::report::{ExecutorResult, Status};
use crate::model::settings::{Chunk, Executor, Gather, Kernel, Pool, Start as Spawn};
use crate::page::contract::send;
use crate::page::door::{Handlers, Start};
use crate::page::state::{Activity, Page};
use crate::pool::Event;
use crate::workload::AnyWorkload;
use crate::workload::lorenz::equations::Parameters;
use crate::workload::lorenz::{InitialConditions, Integration, bare_loop};

/// One worker's work: some 40 ms on one core. Only final states are kept, so that next
/// to nothing travels.
const MEMBERS: u32 = 256;
const STEPS: u32 = 32_000;
/// The runner may still be clearing up after the point before.
const RETRY: Duration = Duration::from_millis(20);

/// What is measured next.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Step {
    /// One engine, one member after the other and in SIMD lanes.
    Simd,
    /// One busy thread: what all points are multiples of.
    Alone,
    /// So many workers.
    Workers(u32),
}

impl Step {
    fn sentence(self) -> String {
        match self {
            Self::Simd => "One worker: one after the other, then in SIMD lanes …".into(),
            Self::Alone => "1 thread alone …".into(),
            Self::Workers(1) => "1 worker …".into(),
            Self::Workers(workers) => format!("{workers} workers at once …"),
        }
    }
}

/// The lab's signals; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Cores {
    pub(super) page: Page,
    pub(super) settings: Memo<Settings>,
    /// What was measured so far.
    pub(super) points: RwSignal<Vec<Measured>>,
    /// The largest number of workers that there will be.
    pub(super) most: RwSignal<u32>,
    /// The speedup of SIMD lanes.
    pub(super) simd: RwSignal<Option<f64>>,
    /// What was guessed for the next run, and for the shown one.
    pub(super) guess: RwSignal<Option<Report>>,
    pub(super) guessed: RwSignal<Option<Report>>,
    /// The sentence over the curve, and what else is true.
    pub(super) said: RwSignal<Option<(String, String)>>,
    left: StoredValue<Vec<Step>>,
    /// Work per time of one busy thread alone.
    unit: StoredValue<f64>,
    asked: StoredValue<Settings>,
    run: StoredValue<u32>,
    results: StoredValue<Vec<ExecutorResult>>,
    pub(super) pace: StoredValue<Pace>,
}

impl Cores {
    pub(super) fn new(page: Page) -> Self {
        let settings: Memo<Settings> = page.settings();
        Self {
            page,
            settings,
            points: RwSignal::new(Vec::new()),
            most: RwSignal::new(2),
            simd: RwSignal::new(None),
            guess: RwSignal::new(None),
            guessed: RwSignal::new(None),
            said: RwSignal::new(None),
            left: StoredValue::new(Vec::new()),
            unit: StoredValue::new(0.0),
            asked: StoredValue::new(settings.get_untracked()),
            run: StoredValue::new(0),
            results: StoredValue::new(Vec::new()),
            pace: StoredValue::new(Pace::default()),
        }
    }

    /// How the page runs it.
    pub(super) fn handlers(self) -> Handlers {
        Handlers { start: Callback::new(move |()| self.start()), stop: Callback::new(move |()| self.stop()) }
    }

    /// What the browser reports.
    pub(super) fn reported(self) -> u32 {
        self.page.values.with(crate::model::parameter::Values::cores).max(1)
    }

    fn start(self) -> Start {
        let settings = self.settings.get_untracked();
        let counts = counts(settings.workers, settings.inner);
        self.most.set(counts.last().copied().unwrap_or(2));
        // The last is measured first.
        let mut left: Vec<_> = counts.into_iter().rev().map(Step::Workers).collect();
        left.push(Step::Alone);
        left.push(Step::Simd);
        self.left.set_value(left);
        self.asked.set_value(settings);
        self.results.set_value(Vec::new());
        self.pace.set_value(Pace::default());
        let Some(run) = self.measure() else { return Start::Busy };
        self.run.set_value(run);
        self.points.set(Vec::new());
        self.simd.set(None);
        self.said.set(None);
        self.guessed.set(self.guess.get_untracked());
        Start::Run(run)
    }

    fn stop(self) {
        self.left.set_value(Vec::new());
        if let Some(runner) = self.page.runner.get_value() {
            runner.stop();
        }
    }

    /// Begins the next step; `None` where the runner is not ready.
    fn measure(self) -> Option<u32> {
        let step = self.left.with_value(|left| left.last().copied())?;
        let runner = self.page.runner.get_value()?;
        let settings = self.asked.get_value();
        let run = runner.run(experiment(step, &settings), move |event| self.hear(step, event))?;
        self.page.sentence.set(step.sentence());
        Some(run)
    }

    fn go_on(self) {
        // Stopped between two points: nothing runs that would say so.
        if self.page.activity.get_untracked() == Activity::Stopping {
            return self.page.stopped(self.run.get_value(), "Stopped.".into(), Value::Null);
        }
        if self.measure().is_none() {
            set_timeout(move || self.go_on(), RETRY);
        }
    }

    fn hear(self, step: Step, event: Event) {
        match event {
            // What runs has better words than the executor's.
            Event::Phase { sentence, .. } if sentence.starts_with("Running") => self.page.sentence.set(step.sentence()),
            Event::Phase { sentence, .. } => self.page.sentence.set(sentence),
            Event::Progress { .. } | Event::Result { .. } => {}
            Event::Finished(outcome) => self.take(step, &outcome),
            Event::Stopped { .. } => self.page.stopped(self.run.get_value(), "Stopped.".into(), Value::Null),
            Event::Failed { code, message, .. } => self.page.failed(self.run.get_value(), code, message),
        }
    }

    fn take(self, step: Step, outcome: &Outcome) {
        if self.page.activity.get_untracked() == Activity::Stopping {
            return self.page.stopped(self.run.get_value(), "Stopped.".into(), Value::Null);
        }
        self.left.update_value(|left| left.truncate(left.len().saturating_sub(1)));
        self.results.update_value(|results| results.extend(outcome.results.iter().cloned()));
        self.pace.update_value(|pace| pace.extend(&outcome.pace));
        match step {
            Step::Simd => self.simd.set(simd(outcome)),
            Step::Alone => match busy_per_ms(1, outcome) {
                Ok((per_ms, _)) => self.unit.set_value(per_ms),
                Err(reason) => return self.finish(Some(reason)),
            },
            Step::Workers(workers) => match self.point(workers, outcome) {
                Ok(point) => self.points.update(|points| points.push(point)),
                Err(reason) => return self.finish(Some(reason)),
            },
        }
        let total = self.most_steps();
        let done = total - self.left.with_value(Vec::len) as u64;
        send::progress(self.run.get_value(), Executor::Process, done, total);
        if self.left.with_value(Vec::is_empty) { self.finish(None) } else { self.go_on() }
    }

    fn most_steps(self) -> u64 {
        self.asked.with_value(|it| counts(it.workers, it.inner).len() as u64 + 2)
    }

    /// What so many workers did; or why they did nothing.
    fn point(self, workers: u32, outcome: &Outcome) -> Result<Measured, String> {
        let busy = workers * self.asked.with_value(|it| it.inner);
        let (per_ms, compute_ms) = busy_per_ms(busy, outcome)?;
        let spans = outcome.timelines.first().map(|it| it.1.spans.as_slice()).unwrap_or_default();
        let each = || spans.iter().map(crate::model::timeline::Span::duration_ms);
        Ok(Measured {
            workers,
            busy,
            throughput: per_ms / self.unit.get_value(),
            compute_ms,
            fastest_ms: each().reduce(f64::min).unwrap_or_default(),
            slowest_ms: each().reduce(f64::max).unwrap_or_default(),
        })
    }

    fn finish(self, reason: Option<String>) {
        self.left.set_value(Vec::new());
        let (points, reported) = (self.points.get_untracked(), self.reported());
        let inner = self.asked.with_value(|it| it.inner);
        let clock_ms = self.page.capabilities.with_untracked(|it| it.as_ref().map_or(0.0, |it| it.clock_resolution_ms));
        let pace = self.pace.get_value();
        let more = words::more(&points, reported, inner, clock_ms);
        let more = more.map(|more| pace.warning().map_or(more.clone(), |warning| format!("{more} {warning}")));
        let said = words::headline(&points, reported).zip(more);
        self.guess.set(None);
        let sentence = match (&reason, &said) {
            (Some(reason), _) if points.is_empty() => format!("{reason} So there is no curve."),
            (Some(reason), _) => format!("{reason} The curve ends there."),
            (None, Some((sentence, more))) => format!("{sentence} {more}"),
            (None, None) => "Nothing could be measured.".into(),
        };
        self.said.set(said.filter(|_| reason.is_none()));
        self.page.ended(sentence);
        let figures = json!({
            "reported": reported,
            "points": points.iter().map(|it| json!({
                "workers": it.workers,
                "busy": it.busy,
                "throughput": it.throughput,
                "compute_ms": it.compute_ms,
                "fastest_ms": it.fastest_ms,
                "slowest_ms": it.slowest_ms,
            })).collect::<Vec<_>>(),
            "simd": self.simd.get_untracked(),
            "pace": pace.spread(),
        });
        let values = self.page.values.get_untracked();
        let results = self.results.get_value();
        let guess = self.guessed.get_untracked().map(Report::word);
        self.page.tell_finished(self.run.get_value(), &values, &results, &guess, Some((super::LAB.name, figures)));
    }
}

/// Busy threads per time, and that time, ms; or why they did not all run.
fn busy_per_ms(busy: u32, outcome: &Outcome) -> Result<(f64, f64), String> {
    let result = outcome.results.first().ok_or("Nothing ran.")?;
    let reason = || result.reason.clone().unwrap_or_else(|| "The workers gave no times.".into());
    match (result.status, result.compute_ms) {
        // Workers that did not come would be counted as busy.
        (Status::Ok, Some(ms)) if ms > 0.0 && result.workers == Some(busy) => Ok((f64::from(busy) / ms, ms)),
        _ => Err(reason()),
    }
}

/// How many times as fast all members at once are as one after the other.
fn simd(outcome: &Outcome) -> Option<f64> {
    let median = |executor| {
        let result = outcome.results.iter().find(|it| it.executor == executor && it.status == Status::Ok)?;
        Some(result.wall_ms?.median)
    };
    Some(median(Executor::Serial)? / median(Executor::Vectorized)?).filter(|it| it.is_finite())
}

fn experiment(step: Step, settings: &Settings) -> Experiment<AnyWorkload> {
    let (executors, workers) = match step {
        Step::Simd => (vec![Executor::Serial, Executor::Vectorized], 1),
        Step::Alone => (vec![Executor::Process], 1),
        Step::Workers(workers) => (vec![Executor::Process], workers * settings.inner),
    };
    let members = MEMBERS * workers;
    Experiment {
        workload: Integration::new(members, Parameters::LORENZ_1963, STEPS).into(),
        plan: Plan {
            executors,
            kernel: Kernel::Scalar,
            workers,
            // A task for each worker, and no more.
            chunk: Chunk::Members(MEMBERS),
            pool: Pool::Warm,
            start: Spawn::Reuse,
            gather: Gather::Transfer,
            repeats: settings.repeats,
        },
        preparation: Some(Untimed { workload: InitialConditions { members, seed: 42 }.into(), sentence: None }),
        check: None,
        follow_ups: Vec::new(),
        keeps_output: false,
        bare_loop: Some(bare_loop()),
    }
}
