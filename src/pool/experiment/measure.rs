//! One executor: its repeats on the clock, and the figures they give.

use super::Run;
use super::untimed::Checked;
use crate::model::report::{ExecutorResult, Status, Where};
use crate::model::scaling::{Repeat, median};
use crate::model::settings::{Executor, Pool};
use crate::model::timeline::Timeline;
use crate::pool::batch::{Verdict, judge};
use crate::pool::clock::now_ms;
use crate::pool::control::{STOP_LIMIT_MS, Trouble};
use crate::pool::dispatch::{self, Job};
use crate::pool::port::Port;
use crate::pool::progress::Progress;
use crate::pool::team::{self, Team};

/// What is interrupted so often in a row can't be measured.
const DISCARDS_LIMIT: u32 = 20;

/// An executor's repeats, and what the results were.
pub(super) struct Measured {
    repeats: Vec<Repeat>,
    batch: u32,
    discarded: u32,
    below_the_clock: bool,
    missing: Option<String>,
    place: Where,
    checked: Option<Checked>,
}

/// One run's times, by how many workers, and which workers were missing.
struct Once {
    timeline: Timeline,
    workers: u32,
    missing: Option<String>,
    place: Where,
}

impl Run<'_> {
    /// Repeats an executor's run until there are figures.
    pub(super) async fn measure(
        &mut self,
        executor: Executor,
        job: Job<'_>,
        output: &mut [u8],
    ) -> Result<Measured, Trouble> {
        let plan = &self.experiment.plan;
        let mut progress = Progress::new(self.emit, self.run, executor, job.workload, plan.repeats);
        let mut warm = self.warm_team(executor).await?;
        let mut measured = Measured {
            repeats: Vec::new(),
            batch: 1,
            discarded: 0,
            below_the_clock: false,
            missing: None,
            place: Where::Worker,
            checked: None,
        };
        let mut in_a_row = 0;
        while measured.repeats.len() < plan.repeats as usize {
            self.wait_until_fit().await?;
            let interruptions = self.control.watch.interruptions();
            let mut runs = Vec::new();
            let mut workers = 0;
            for index in 0..measured.batch {
                let (batch, repeats) = (measured.batch, measured.repeats.len());
                let mut heard = |done| progress.at(repeats, index, batch, done);
                let once = self.once(executor, job, &mut warm, output, &mut heard).await?;
                (workers, measured.place) = (once.workers, once.place);
                measured.missing = once.missing.or(measured.missing);
                runs.push(once.timeline);
            }
            let checked = self.check(job, output).await?;
            let before = std::mem::replace(&mut measured.checked, checked);
            if before.is_some() && before != checked {
                return Err(Trouble::broken("Two repeats of the same run gave different results."));
            }
            if self.control.watch.interruptions() != interruptions || !self.control.watch.is_visible() {
                measured.discarded += 1;
                in_a_row += 1;
                if in_a_row > DISCARDS_LIMIT {
                    return Err(Trouble::broken(
                        "The page was hidden or held up again and again: nothing could be measured.",
                    ));
                }
                continue;
            }
            in_a_row = 0;
            let took_ms = runs.iter().map(|run| run.gathered_ms).sum();
            if measured.repeats.is_empty() {
                match judge(measured.batch, took_ms, self.capabilities.clock_resolution_ms) {
                    Verdict::Grow(runs) => {
                        measured.batch = runs;
                        continue;
                    }
                    verdict => measured.below_the_clock = verdict == Verdict::BelowTheClock,
                }
            }
            measured.repeats.extend(Repeat::of_batch(runs, workers));
        }
        progress.finish();
        if measured.place == Where::Page {
            measured.missing = self.page_reason.as_ref().map(|why| format!("Ran on the page itself, in slices. {why}"));
        }
        Ok(measured)
    }

    /// A team that is up before the clock starts, if that is what is wanted.
    async fn warm_team(&mut self, executor: Executor) -> Result<Option<Team>, Trouble> {
        match executor {
            Executor::Serial | Executor::Vectorized => {
                self.ensure_solo().await?;
                Ok(None)
            }
            Executor::Process | Executor::Thread if self.experiment.plan.pool == Pool::Warm => {
                self.load(executor).await?;
                self.start(executor).await.map(Some)
            }
            Executor::Process | Executor::Thread => {
                self.load(executor).await?;
                Ok(None)
            }
        }
    }

    /// One run, on the clock.
    async fn once(
        &mut self,
        executor: Executor,
        job: Job<'_>,
        warm: &mut Option<Team>,
        output: &mut [u8],
        heard: &mut impl FnMut(u64),
    ) -> Result<Once, Trouble> {
        let is_solo = matches!(executor, Executor::Serial | Executor::Vectorized);
        if is_solo {
            self.ensure_solo().await?;
        }
        let dispatched_ms = now_ms();
        let kept = if is_solo { self.solo.take() } else { warm.take() };
        let team = match kept {
            Some(team) => team,
            None => self.start(executor).await?,
        };
        let outcome = dispatch::run(self.control, &team, job, dispatched_ms, output, heard).await;
        let place = team.ports.first().map_or(Where::Worker, Port::place);
        let (workers, missing) = (team.workers, team.missing.clone());
        let stays = is_solo || self.experiment.plan.pool == Pool::Warm;
        let kept = match &outcome {
            Ok(_) if stays => Some(team),
            Err(Trouble::Stopped) => self.stop(team).await.filter(|_| is_solo),
            _ => {
                team.disband().await;
                None
            }
        };
        *(if is_solo { &mut *self.solo } else { warm }) = kept;
        outcome.map(|timeline| Once { timeline, workers, missing, place })
    }

    /// Ends a team's work; gives the team back where all did in time.
    pub(super) async fn stop(&mut self, team: Team) -> Option<Team> {
        if let Some(board) = &team.board {
            board.set_stop(true);
        }
        // The more workers share a core, the later all can have answered.
        let workers_per_core = f64::from(team.workers) / f64::from(self.capabilities.cores);
        let quiet = self.control.quiesce(&team, STOP_LIMIT_MS / workers_per_core.max(1.0)).await;
        if quiet.is_whole() {
            return Some(team);
        }
        if quiet.has_silent() {
            self.control.linger(team, quiet);
        }
        None
    }

    /// Has the files of an executor's engine loaded before the clock starts.
    pub(super) async fn load(&mut self, executor: Executor) -> Result<(), Trouble> {
        let engines = self.engines;
        let loaded = match executor {
            Executor::Thread => self.control.until(engines.threaded()).await?.map(|_| ()),
            _ => self.control.until(engines.isolated()).await?.map(|_| ()),
        };
        loaded.map_err(|reason| Trouble::NotStarted(format!("The engine did not load: {reason}.")))
    }

    async fn start(&mut self, executor: Executor) -> Result<Team, Trouble> {
        let not_loaded = |reason| Trouble::NotStarted(format!("The engine did not load: {reason}."));
        let (workers, start) = (self.experiment.plan.workers, self.experiment.plan.start);
        let started = match executor {
            Executor::Thread => {
                let engine = self.engines.threaded().await.map_err(not_loaded)?;
                team::start_threads(self.control, &engine, workers, start).await
            }
            _ => {
                let engine = self.engines.isolated().await.map_err(not_loaded)?;
                team::start_processes(self.control, &engine, workers, start).await
            }
        };
        started.map_err(|trouble| match trouble {
            Trouble::Broken(reason) => {
                self.engines.forget(executor);
                Trouble::NotStarted(reason)
            }
            other => other,
        })
    }

    /// No clock starts while the page is hidden or something terminated runs on.
    async fn wait_until_fit(&mut self) -> Result<(), Trouble> {
        let mut said = false;
        loop {
            let hidden = !self.control.watch.is_visible();
            if !hidden && self.control.unsettled_ms() <= 0.0 {
                return Ok(());
            }
            if !said {
                said = true;
                self.say(if hidden {
                    "Paused while this tab is hidden: what the browser slows down is not measured."
                } else {
                    "Waiting a few seconds until a worker that had to be ended has let go of its core…"
                });
            }
            self.control.next().await?;
        }
    }
}

/// Puts the figures of an executor that ran together.
pub(super) fn figures(executor: Executor, job: Job<'_>, measured: Measured) -> (ExecutorResult, Option<Timeline>) {
    let repeats = measured.repeats.len() as u32;
    let Some((wall, repeat)) = median(measured.repeats) else {
        let reason = "It was never measured.".to_owned();
        return (ExecutorResult::without_figures(executor, Status::Failed, reason), None);
    };
    let timed = |ms: f64| (!measured.below_the_clock).then_some(ms);
    let too_short = "Too short for this browser's clock, even many times over: below the clock.";
    let reason = measured.missing.or_else(|| measured.below_the_clock.then(|| too_short.to_owned()));
    let result = ExecutorResult {
        executor,
        status: Status::Ok,
        reason,
        place: Some(measured.place),
        kernel: Some(job.kernel),
        workers: Some(repeat.workers),
        tasks: Some(job.tasks()),
        chunk: Some(job.chunk),
        repeats: Some(repeats),
        batch: Some(measured.batch),
        discarded: Some(measured.discarded),
        wall_ms: (!measured.below_the_clock).then_some(wall),
        startup_ms: timed(repeat.startup_ms),
        send_ms: timed(repeat.send_ms),
        compute_ms: timed(repeat.compute_ms),
        gather_ms: timed(repeat.gather_ms),
        work_ms: timed(repeat.work_ms),
        overhead_ms: timed(wall.median - repeat.work_ms / f64::from(repeat.workers.max(1))),
        speedup: None,
        speedup_same_kernel: None,
        efficiency: None,
        diverged: measured.checked.map(|checked| u32::try_from(checked.not_finite).unwrap_or(u32::MAX)),
        final_fnv1a64: measured.checked.map(|checked| format!("{:016x}", checked.fingerprint)),
    };
    (result, Some(repeat.timeline))
}
