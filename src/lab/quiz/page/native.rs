//! What a question has our own executors do, and what that tells.

use crate::lab::quiz::item::{Kind, Run};
use crate::model::experiment::Untimed;
use crate::model::experiment::{Experiment, Outcome, Plan};
use crate::model::python::Value;
use crate::model::python::observed::Observed;
use crate::model::report::Status;
use crate::model::settings::{Chunk, Executor, Gather, Kernel, Pool, Start};
use crate::workload::AnyWorkload;
use crate::workload::fft::{Data, Fft, Keep};
use crate::workload::files::{self, Files};
use crate::workload::lorenz::equations::Parameters;
use crate::workload::lorenz::{InitialConditions, Integration};

const SEED: u32 = 42;
const REPEATS: u32 = 3;

/// The experiment; `None` where it is none of ours.
pub(super) fn experiment(run: &Run, workers: u32) -> Option<Experiment<AnyWorkload>> {
    let plan = Plan {
        executors: vec![Executor::Serial, Executor::Process, Executor::Thread],
        kernel: Kernel::Scalar,
        workers,
        chunk: Chunk::Auto,
        // What is asked is what work and messages cost, not what a start does.
        pool: Pool::Warm,
        start: Start::Reuse,
        // As Python pickles.
        gather: Gather::Copy,
        repeats: REPEATS,
    };
    match run.kind {
        Kind::Fft => {
            // What the parent holds comes back to it; of what a worker made, one number does.
            let (data, keep) = match run.data.as_str() {
                "worker" => (Data::Made, Keep::Strongest),
                _ => (Data::Sent, Keep::Spectrum),
            };
            Some(Fft { signals: run.signals, points: run.points, seed: SEED, data, keep }.experiment(plan))
        }
        Kind::Lorenz => Some(Experiment {
            workload: Integration::new(run.members, Parameters::LORENZ_1963, run.steps).into(),
            plan,
            preparation: Some(Untimed {
                workload: InitialConditions { members: run.members, seed: SEED }.into(),
                sentence: None,
            }),
            check: None,
            follow_ups: Vec::new(),
            keeps_output: false,
            bare_loop: None,
        }),
        Kind::Files => {
            let kind = match run.data.as_str() {
                "netcdf" => files::Kind::Netcdf,
                "json" => files::Kind::Json,
                _ => files::Kind::Csv,
            };
            let workers = if run.workers == 0 { workers } else { run.workers };
            // A task is a file.
            let plan = Plan { workers, chunk: Chunk::Members(1), ..plan };
            Some(Files { kind, files: kind.count(), latency_ms: run.latency }.experiment(plan))
        }
        Kind::Python | Kind::Reckon | Kind::Nothing => None,
    }
}

/// What it tells: each executor's time, or why there is none.
///
/// Who asks is the program that holds the data: its own memory, and that of its
/// threads, is where they are. So only what processes are sent, and send, is on the
/// clock, not how a page gets data into a worker.
pub(super) fn observed(outcome: &Outcome) -> Observed {
    let mut told = Vec::new();
    for result in &outcome.results {
        let value = match (result.status, result.wall_ms) {
            (Status::Ok, Some(wall)) if result.executor == Executor::Process => Value::Number(wall.median),
            (Status::Ok, Some(wall)) => Value::Number(result.compute_ms.unwrap_or(wall.median)),
            (Status::Ok, None) => continue,
            _ => Value::Text(result.reason.clone().unwrap_or_else(|| result.status.name().to_owned())),
        };
        told.push((format!("{}_ms", result.executor.name()), value));
    }
    let wall_ms = outcome.results.iter().filter_map(|it| it.wall_ms).map(|wall| wall.median).sum();
    Observed { told, wall_ms, ..Observed::without_figures() }
}
