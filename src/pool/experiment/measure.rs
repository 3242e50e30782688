//! One executor: its repeats on the clock, and the figures they give.

use super::Run;
use super::discards::Discards;
use super::untimed::Checked;
use crate::model::batch::{Verdict, judge};
use crate::model::blurred_clock;
use crate::model::pace::TELLING_MS;
use crate::model::report::{ExecutorResult, Status, Where};
use crate::model::scaling::{Repeat, median};
use crate::model::settings::{Executor, Pool};
use crate::model::timeline::Timeline;
use crate::pool::clock::now_ms;
use crate::pool::control::{SETTLING, STOP_LIMIT_MS, Trouble};
use crate::pool::dispatch::{self, Job};
use crate::pool::files::why_no_worker;
use crate::pool::port::Port;
use crate::pool::progress::Progress;
use crate::pool::still::until_still;
use crate::pool::team::{self, Team};
use crate::pool::turn::HIDDEN;

/// A repeat is disturbed where the page's thread was held up for this share of it …
const DISTURBED_SHARE: f64 = 0.1;
/// … which a clock coarser than this can't tell, ms.
const CLOCK_LIMIT_MS: f64 = 4.0;

/// An executor's repeats, and what the results were.
pub(super) struct Measured {
    repeats: Vec<Repeat>,
    batch: u32,
    discards: Discards,
    /// Those repeats that took long enough to tell how busy the machine is, ms.
    telling_ms: Vec<f64>,
    /// Why there is no time, where it was too short.
    below_the_clock: Option<String>,
    /// Workers that were to run.
    asked: u32,
    /// Workers that are still expected to come.
    wanted: u32,
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

impl Measured {
    /// Nothing yet.
    fn nothing(asked: u32) -> Self {
        Self {
            repeats: Vec::new(),
            batch: 1,
            discards: Discards::default(),
            telling_ms: Vec::new(),
            below_the_clock: None,
            asked,
            wanted: asked,
            missing: None,
            place: Where::Worker,
            checked: None,
        }
    }

    /// Keeps what a repeat's results were: an error where another gave others.
    fn agree(&mut self, checked: Option<Checked>) -> Result<(), Trouble> {
        let before = std::mem::replace(&mut self.checked, checked);
        if before.is_some() && before != checked {
            return Err(Trouble::broken("Two repeats of the same run gave different results."));
        }
        Ok(())
    }

    /// Keeps a repeat, or what it says of how many runs there have to be in one.
    fn take(&mut self, verdict: Verdict, repeat: Option<Repeat>, took_ms: f64) {
        match verdict {
            Verdict::Measured => {
                if took_ms >= TELLING_MS {
                    self.telling_ms.extend(repeat.as_ref().map(Repeat::wall_ms));
                }
                self.repeats.extend(repeat);
            }
            // Also where a later repeat turns out quicker than the first: all are then alike.
            Verdict::Grow(runs) => {
                self.batch = runs;
                self.repeats.clear();
            }
            Verdict::BelowTheClock => self.repeats = repeat.into_iter().collect(),
        }
    }
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
        let asked = if is_solo(executor) { 1 } else { plan.workers };
        let mut progress = Progress::new(self.emit, self.run, executor, job.workload, plan.repeats);
        let mut warm = None;
        let mut measured = Measured::nothing(asked);
        while measured.repeats.len() < plan.repeats as usize {
            self.wait_until_fit(executor).await?;
            if warm.is_none() {
                warm = self.warm_team(executor).await?;
            }
            let watch = &self.control.watch;
            let (interruptions, late_ms) = (watch.interruptions(), watch.late_ms());
            let (runs, workers) = match self.batch(executor, job, &mut warm, output, &mut progress, &mut measured).await
            {
                Err(Trouble::Interrupted) => {
                    measured.discards.interrupted()?;
                    continue;
                }
                runs => runs?,
            };
            let late_ms = self.control.watch.late_ms() - late_ms;
            measured.agree(self.check(job, output).await?)?;
            if self.control.watch.interruptions() != interruptions || !self.control.watch.is_visible() {
                measured.discards.interrupted()?;
                continue;
            }
            measured.discards.went_through();
            let took_ms: f64 = runs.iter().map(|run| run.gathered_ms).sum();
            if self.was_disturbed(executor, late_ms, took_ms) && measured.discards.disturbed() {
                continue;
            }
            let verdict = judge(runs.len() as u32, took_ms, self.resolution_ms);
            measured.take(verdict, Repeat::of_batch(&runs, workers), took_ms);
            if verdict == Verdict::BelowTheClock {
                measured.below_the_clock = Some(blurred_clock::why_too_fast(self.resolution_ms));
                break;
            }
        }
        drop(warm);
        self.note_end();
        if executor == Executor::Serial {
            // The first may have paid for compiling.
            self.pace.repeats_ms.push(measured.telling_ms.iter().skip(1).copied().collect());
        }
        progress.finish();
        if measured.place == Where::Page {
            measured.missing = self.page_reason.as_ref().map(|why| format!("Ran on the page itself, in slices. {why}"));
        }
        Ok(measured)
    }

    /// The runs of one repeat, and by how many workers.
    async fn batch(
        &mut self,
        executor: Executor,
        job: Job<'_>,
        warm: &mut Option<Team>,
        output: &mut [u8],
        progress: &mut Progress<'_>,
        measured: &mut Measured,
    ) -> Result<(Vec<Timeline>, u32), Trouble> {
        let (batch, repeats) = (measured.batch, measured.repeats.len());
        let mut runs: Vec<Timeline> = Vec::new();
        let mut workers = 0;
        for index in 0..batch {
            let mut heard = |done| progress.at(repeats, index, batch, done);
            if index > 0 && self.most_workers.is_some() {
                // Those of the run before are on their way out.
                self.wait_until_fit(executor).await?;
            }
            let once = self.once(executor, job, (&mut *warm, measured.wanted), output, &mut heard).await?;
            (workers, measured.place) = (once.workers, once.place);
            if workers < measured.wanted {
                // Those that did not come are not waited for again; all repeats have as many.
                measured.wanted = workers;
                runs.clear();
                measured.repeats.clear();
            }
            let missing = once.missing.map(|why| format!("{workers} of {} workers started: {why}.", measured.asked));
            measured.missing = missing.or(measured.missing.take());
            // Of all but the last only the marks count.
            runs.iter_mut().for_each(|run| run.spans = Vec::new());
            runs.push(once.timeline);
        }
        Ok((runs, workers))
    }

    /// The page's own thread had no time to hear of the end, or no core was left for the
    /// worker: a slide moved, or something was loading. Where several workers compute,
    /// their own work has the same effect.
    fn was_disturbed(&self, executor: Executor, late_ms: f64, took_ms: f64) -> bool {
        let can_tell = self.resolution_ms <= CLOCK_LIMIT_MS;
        is_solo(executor) && can_tell && late_ms > DISTURBED_SHARE * took_ms
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
                self.wait_until_fit(executor).await?;
                self.start(executor, self.experiment.plan.workers).await.map(Some)
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
        (warm, wanted): (&mut Option<Team>, u32),
        output: &mut [u8],
        heard: &mut impl FnMut(u64),
    ) -> Result<Once, Trouble> {
        let is_solo = is_solo(executor);
        if is_solo {
            self.ensure_solo().await?;
        }
        let mut dispatched_ms = now_ms();
        let kept = if is_solo { self.solo.take() } else { warm.take() };
        let team = match kept {
            Some(team) => team,
            None => {
                let mut team = self.start(executor, wanted).await?;
                // As if nobody had waited for those that never came.
                dispatched_ms += team.in_vain_ms;
                team.ready_ms.iter_mut().for_each(|ready_ms| *ready_ms += team.in_vain_ms);
                team
            }
        };
        let outcome = dispatch::run(self.control, &team, job, dispatched_ms, output, heard).await;
        let place = team.ports.first().map_or(Where::Worker, Port::place);
        let (workers, missing) = (team.workers, team.missing.clone());
        let stays = is_solo || self.experiment.plan.pool == Pool::Warm;
        let kept = match &outcome {
            Ok(_) if stays => Some(team),
            Err(Trouble::Stopped | Trouble::Interrupted) => self.stop(team).await.filter(|_| is_solo),
            _ => {
                team.disband().await;
                self.note_end();
                None
            }
        };
        *(if is_solo { &mut *self.solo } else { warm }) = kept;
        outcome.map(|timeline| Once { timeline, workers, missing, place })
    }

    /// Workers were ended: at the limit no other may be started at once.
    fn note_end(&self) {
        if self.most_workers.is_some() {
            self.control.ended_at_the_limit();
        }
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

    async fn start(&mut self, executor: Executor, workers: u32) -> Result<Team, Trouble> {
        let not_loaded = |reason| Trouble::NotStarted(format!("The engine did not load: {reason}."));
        let start = self.experiment.plan.start;
        if let (Executor::Thread, Some(most)) = (executor, self.most_workers.filter(|most| *most <= workers)) {
            return Err(Trouble::NotStarted(format!(
                "Threads need a worker each, and one that hosts them: of the last pool's workers only {most} came."
            )));
        }
        let (started, script_url) = match executor {
            Executor::Thread => {
                let engine = self.engines.threaded().await.map_err(not_loaded)?;
                (team::start_threads(self.control, &engine, workers, start).await, engine.script_url.clone())
            }
            _ => {
                let engine = self.engines.isolated().await.map_err(not_loaded)?;
                (team::start_processes(self.control, &engine, workers, start).await, engine.script_url.clone())
            }
        };
        if let Ok(team) = &started
            && team.unanswered > 0
        {
            self.most_workers = Some(team.workers);
        }
        let reason = match started {
            Err(Trouble::Broken(reason) | Trouble::File(reason)) => reason,
            Err(Trouble::Memory { whose, had }) => {
                return Err(Trouble::NotStarted(self.too_large(whose, had).to_string()));
            }
            started => return started,
        };
        self.engines.forget(executor);
        let known = self.control.until(why_no_worker(&script_url)).await?;
        Err(Trouble::NotStarted(known.map_or(reason, |reason| format!("No worker started: {reason}."))))
    }

    /// No clock starts while the page is hidden, something terminated runs on, or another
    /// lab has the turn.
    async fn wait_until_fit(&mut self, executor: Executor) -> Result<(), Trouble> {
        let mut said = false;
        loop {
            if self.control.has_lingering() {
                self.control.finish_lingering().await;
            }
            let hidden = !self.control.watch.is_visible();
            if !hidden && self.control.unsettled_ms() <= 0.0 {
                if !self.control.turn.is_held() {
                    said = true;
                    self.take_turn().await?;
                    self.control.until(until_still()).await?;
                    continue;
                }
                if said {
                    self.say_runs(executor);
                }
                return Ok(());
            }
            if hidden {
                self.control.turn.give_back();
            }
            if !said {
                said = true;
                self.say(if hidden { HIDDEN } else { SETTLING });
            }
            self.control.next().await?;
        }
    }
}

/// Does the one engine that is up anyway do it?
const fn is_solo(executor: Executor) -> bool {
    matches!(executor, Executor::Serial | Executor::Vectorized)
}

/// Puts the figures of an executor that ran together.
pub(super) fn figures(executor: Executor, job: Job<'_>, measured: Measured) -> (ExecutorResult, Option<Timeline>) {
    let repeats = measured.repeats.len() as u32;
    let Some((wall, repeat)) = median(measured.repeats) else {
        let reason = "It was never measured.".to_owned();
        return (ExecutorResult::without_figures(executor, Status::Failed, reason), None);
    };
    let is_timed = measured.below_the_clock.is_none();
    let timed = |ms: f64| is_timed.then_some(ms);
    let reasons: Vec<_> = measured.missing.into_iter().chain(measured.below_the_clock).collect();
    let reason = (!reasons.is_empty()).then(|| reasons.join(" "));
    let result = ExecutorResult {
        executor,
        status: Status::Ok,
        reason,
        place: Some(measured.place),
        kernel: Some(job.kernel),
        workers: Some(repeat.workers),
        asked_workers: Some(measured.asked),
        tasks: Some(job.tasks()),
        chunk: Some(job.chunk),
        repeats: Some(repeats),
        batch: Some(measured.batch),
        discarded: Some(measured.discards.count),
        wall_ms: is_timed.then_some(wall),
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
