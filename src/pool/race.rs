//! A whole run: initial conditions, each executor with its repeats, the
//! untimed passes, the report.

use super::Event;
use super::batch::{Verdict, judge};
use super::clock::now_ms;
use super::control::{Control, Trouble};
use super::dispatch::{self, Job};
use super::engines::Engines;
use super::page_service::PageService;
use super::port::Port;
use super::progress::Progress;
use super::team::{self, Team};
use crate::model::capabilities::Capabilities;
use crate::model::ensemble::final_states;
use crate::model::report::{Drawing, ExecutorResult, Report, Status, Where};
use crate::model::scaling::{Repeat, compare, median};
use crate::model::settings::{Executor, Kernel, Pool, Settings, Start};
use crate::model::statistics::Statistics;
use crate::model::timeline::Timeline;
use crate::model::workload::Keep;
use crate::protocol::{FromWorker, ToWorker};

/// An untimed request that is not answered for so long is given up, ms.
const SILENCE_MS: f64 = 5_000.0;
/// A run that is interrupted so often can't be measured.
const DISCARDS_LIMIT: u32 = 20;

/// What a run needs while it goes on.
pub(super) struct Race<'a> {
    pub(super) run: u32,
    pub(super) settings: Settings,
    pub(super) capabilities: &'a Capabilities,
    pub(super) engines: &'a Engines,
    pub(super) control: &'a mut Control,
    /// Serial and Vectorized run here; kept from run to run.
    pub(super) solo: &'a mut Option<Team>,
    pub(super) emit: &'a dyn Fn(Event),
    /// Why the solo engine is the page itself, if it is.
    pub(super) page_reason: Option<String>,
}

/// An executor's repeats, and what the results were.
struct Measured {
    repeats: Vec<Repeat>,
    batch: u32,
    discarded: u32,
    below_the_clock: bool,
    missing: Option<String>,
    place: Where,
    checked: Option<Checked>,
}

/// What a worker found in the final states.
#[derive(Clone, Debug, PartialEq)]
struct Checked {
    final_fnv1a64: String,
    diverged: u32,
}

/// One run's times, by how many workers, and which workers were missing.
struct Once {
    timeline: Timeline,
    workers: u32,
    missing: Option<String>,
    place: Where,
}

impl Race<'_> {
    /// Runs it all.
    ///
    /// # Errors
    /// Stop; or a sentence, where not even the page could do it.
    pub(super) async fn report(mut self) -> Result<Report, Trouble> {
        let initial = self.initial_conditions().await?;
        let workload = self.settings.workload();
        let mut output = vec![f64::NAN; self.settings.members as usize * workload.values_per_member()];
        let mut results = Vec::new();
        let mut timelines = Vec::new();
        let mut drawing = None;
        for executor in self.settings.executors.clone() {
            output.fill(f64::NAN);
            let (result, timeline) = self.one(executor, &initial, &mut output).await?;
            if drawing.is_none() && result.status == Status::Ok && workload.keep == Keep::Trajectories {
                let (members, states) = (self.settings.members as usize, self.settings.steps as usize + 1);
                drawing = Some(Drawing::Trajectories { members, states, values: output.clone() });
            }
            (self.emit)(Event::Result { run: self.run, result: Box::new(result.clone()), timeline: timeline.clone() });
            timelines.extend(timeline.map(|timeline| (executor, timeline)));
            results.push(result);
        }
        compare(&mut results);
        if workload.keep == Keep::FinalStates && !timelines.is_empty() {
            drawing = Some(Drawing::Statistics(self.statistics(&initial).await?));
        }
        Ok(Report { run: self.run, settings: self.settings, results, timelines, drawing })
    }

    fn say(&self, sentence: impl Into<String>) {
        (self.emit)(Event::Phase { run: self.run, sentence: sentence.into() });
    }

    /// One executor's figures; its trouble becomes its status.
    async fn one(
        &mut self,
        executor: Executor,
        initial: &[f64],
        output: &mut [f64],
    ) -> Result<(ExecutorResult, Option<Timeline>), Trouble> {
        if let Some(reason) = self.why_unavailable(executor) {
            return Ok((ExecutorResult::without_figures(executor, Status::Unavailable, reason), None));
        }
        let (kernel, chunk) = match executor {
            Executor::Serial => (Kernel::Scalar, self.settings.members),
            Executor::Vectorized => (Kernel::Simd, self.settings.members),
            Executor::Process | Executor::Thread => {
                (self.settings.kernel, self.settings.chunk_members(self.settings.workers))
            }
        };
        let job = Job { workload: self.settings.workload(), kernel, gather: self.settings.gather, chunk, initial };
        self.say(format!("Running {}…", executor.label()));
        match self.measure(executor, job, output).await {
            Ok(measured) => Ok(figures(executor, job, measured)),
            Err(Trouble::Stopped) => Err(Trouble::Stopped),
            Err(Trouble::NotStarted(reason)) => {
                Ok((ExecutorResult::without_figures(executor, Status::Unavailable, reason), None))
            }
            Err(Trouble::Broken(reason)) => {
                Ok((ExecutorResult::without_figures(executor, Status::Failed, reason), None))
            }
        }
    }

    fn why_unavailable(&self, executor: Executor) -> Option<String> {
        match executor {
            Executor::Serial => None,
            Executor::Vectorized | Executor::Process => self.page_reason.clone(),
            Executor::Thread => self.capabilities.threads_reason.clone().or_else(|| self.page_reason.clone()),
        }
    }

    async fn measure(&mut self, executor: Executor, job: Job<'_>, output: &mut [f64]) -> Result<Measured, Trouble> {
        let mut progress = Progress::new(self.emit, self.run, executor, &self.settings);
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
        while measured.repeats.len() < self.settings.repeats as usize {
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
            if measured.checked.replace(checked.clone()).is_some_and(|before| before != checked) {
                return Err(Trouble::broken("Two repeats of the same run gave different results."));
            }
            if self.control.watch.interruptions() != interruptions || !self.control.watch.is_visible() {
                measured.discarded += 1;
                if measured.discarded > DISCARDS_LIMIT {
                    return Err(Trouble::broken(
                        "The page was hidden or held up again and again: nothing could be measured.",
                    ));
                }
                continue;
            }
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
            Executor::Process | Executor::Thread if self.settings.pool == Pool::Warm => {
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
        output: &mut [f64],
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
        let stays = match &outcome {
            Ok(_) => is_solo || self.settings.pool == Pool::Warm,
            Err(Trouble::Stopped) => self.stop(&team).await && is_solo,
            Err(_) => false,
        };
        if stays {
            *(if is_solo { &mut *self.solo } else { warm }) = Some(team);
        }
        outcome.map(|timeline| Once { timeline, workers, missing, place })
    }

    /// Ends a team's work; true where it did so by itself, in time.
    async fn stop(&mut self, team: &Team) -> bool {
        if let Some(board) = &team.board {
            board.set_stop(true);
        }
        self.control.quiesce(&team.ports.iter().collect::<Vec<_>>()).await
    }

    /// Has the files of an executor's engine loaded before the clock starts.
    async fn load(&mut self, executor: Executor) -> Result<(), Trouble> {
        let engines = self.engines;
        let loaded = match executor {
            Executor::Thread => self.control.until(engines.threaded()).await?.map(|_| ()),
            _ => self.control.until(engines.isolated()).await?.map(|_| ()),
        };
        loaded.map_err(|reason| Trouble::NotStarted(format!("The engine did not load: {reason}.")))
    }

    async fn start(&mut self, executor: Executor) -> Result<Team, Trouble> {
        let not_loaded = |reason| Trouble::NotStarted(format!("The engine did not load: {reason}."));
        let (workers, start) = (self.settings.workers, self.settings.start);
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

    /// Sees to it that there is somebody for Serial, Vectorized and the untimed
    /// requests: a worker, or else the page itself.
    async fn ensure_solo(&mut self) -> Result<(), Trouble> {
        if self.solo.is_some() {
            return Ok(());
        }
        let reason = match self.solo_worker().await {
            Ok(team) => {
                *self.solo = Some(team);
                return Ok(());
            }
            Err(Trouble::Stopped) => return Err(Trouble::Stopped),
            Err(Trouble::NotStarted(reason) | Trouble::Broken(reason)) => reason,
        };
        let service = PageService::new(self.control.new_worker_id(), self.control.mailbox());
        *self.solo = Some(Team::of_one(Port::Page(service)));
        self.page_reason = Some(reason);
        Ok(())
    }

    async fn solo_worker(&mut self) -> Result<Team, Trouble> {
        if let Some(reason) = &self.capabilities.processes_reason {
            return Err(Trouble::NotStarted(reason.clone()));
        }
        self.say("Loading the engine…");
        self.load(Executor::Serial).await?;
        let engine = self.engines.isolated().await.map_err(Trouble::NotStarted)?;
        let started = team::start_processes(self.control, &engine, 1, Start::Reuse).await;
        if matches!(started, Err(Trouble::Broken(_))) {
            self.engines.forget(Executor::Serial);
        }
        // It is up before any dispatch: its start is on nobody's clock.
        started.map(|team| Team { ready_ms: Vec::new(), ..team })
    }

    /// Asks the solo engine something that is not timed. If its worker breaks,
    /// a new one is tried, once.
    async fn ask_solo(
        &mut self,
        request: impl Fn(u32) -> ToWorker,
        data: Option<&[f64]>,
        heard: &mut impl FnMut(&FromWorker),
    ) -> Result<Box<super::signal::Letter>, Trouble> {
        let mut second_try = false;
        loop {
            self.ensure_solo().await?;
            let Some(team) = self.solo.take() else { continue };
            let Some(port) = team.ports.first() else { continue };
            let message = request(self.control.new_dispatch());
            let outcome = self.control.ask(port, message, data, SILENCE_MS, &mut *heard).await;
            match outcome {
                Ok(letter) => {
                    *self.solo = Some(team);
                    return Ok(letter);
                }
                Err(Trouble::Stopped) => {
                    if self.stop(&team).await {
                        *self.solo = Some(team);
                    }
                    return Err(Trouble::Stopped);
                }
                Err(_) if !second_try => second_try = true,
                Err(trouble) => return Err(trouble),
            }
        }
    }

    async fn initial_conditions(&mut self) -> Result<Vec<f64>, Trouble> {
        let (members, seed) = (self.settings.members, self.settings.seed);
        self.say("Drawing the initial conditions…");
        let request = |dispatch| ToWorker::MakeInitialConditions { dispatch, members, seed };
        let letter = self.ask_solo(request, None, &mut |_| {}).await?;
        let values = letter.data.as_ref().map(js_sys::Float64Array::to_vec).unwrap_or_default();
        if values.len() != members as usize * 3 {
            return Err(Trouble::broken("The initial conditions came incomplete."));
        }
        Ok(values)
    }

    /// Hashes the final states, in a worker and after the clock.
    async fn check(&mut self, job: Job<'_>, output: &[f64]) -> Result<Checked, Trouble> {
        let states = final_states(output, &job.workload);
        let letter = self.ask_solo(|dispatch| ToWorker::Check { dispatch }, Some(&states), &mut |_| {}).await?;
        match letter.message {
            FromWorker::Checked { final_fnv1a64, diverged, .. } => Ok(Checked { final_fnv1a64, diverged }),
            _ => Err(Trouble::broken("The results could not be checked.")),
        }
    }

    /// Mean and spread over time, in a pass of its own, which is not timed.
    async fn statistics(&mut self, initial: &[f64]) -> Result<Statistics, Trouble> {
        let (parameters, steps, members) = (self.settings.parameters, self.settings.steps, self.settings.members);
        self.say("Summing up mean and spread for the picture (not timed)…");
        let request = |dispatch| ToWorker::Summarize { dispatch, parameters, steps };
        let letter = self.ask_solo(request, Some(initial), &mut |_| {}).await?;
        let values = letter.data.as_ref().map(js_sys::Float64Array::to_vec).unwrap_or_default();
        match letter.message {
            FromWorker::Summed { steps, .. } if values.len() == 6 * steps.len() => {
                let (mean, spread) = values.split_at(3 * steps.len());
                Ok(Statistics { members, steps, mean: mean.to_vec(), spread: spread.to_vec() })
            }
            _ => Err(Trouble::broken("Mean and spread came incomplete.")),
        }
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
fn figures(executor: Executor, job: Job<'_>, measured: Measured) -> (ExecutorResult, Option<Timeline>) {
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
        diverged: measured.checked.as_ref().map(|checked| checked.diverged),
        final_fnv1a64: measured.checked.map(|checked| checked.final_fnv1a64),
    };
    (result, Some(repeat.timeline))
}
