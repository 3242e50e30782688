//! A whole run of an experiment: what prepares it, each executor with its
//! repeats, what follows.

mod discards;
mod measure;
mod pace;
mod solo;
mod untimed;

use std::cell::Cell;
use std::rc::Rc;

use self::measure::figures;
use super::Event;
use super::clock::painted;
use super::control::{Control, Trouble};
use super::dispatch::Job;
use super::engines::Engines;
use super::still::until_still;
use super::team::Team;
use crate::model::capabilities::Capabilities;
use crate::model::experiment::{Experiment, Outcome};
use crate::model::memory::{DoesNotFit, Whose};
use crate::model::pace::Pace;
use crate::model::report::{ExecutorResult, Status};
use crate::model::scaling::fill_in_speedups;
use crate::model::settings::{Executor, Kernel};
use crate::model::timeline::Timeline;
use crate::workload::AnyWorkload;

/// What a run needs while it goes on.
pub(super) struct Run<'a> {
    pub(super) run: u32,
    pub(super) experiment: &'a Experiment<AnyWorkload>,
    pub(super) capabilities: &'a Capabilities,
    /// The probe was only slow: what it did not find may work all the same.
    pub(super) worth_a_try: &'a Cell<bool>,
    pub(super) engines: &'a Engines,
    pub(super) control: &'a mut Control,
    /// Serial, Vectorized and what is not timed run here; kept from run to run.
    pub(super) solo: &'a mut Option<Team>,
    pub(super) emit: &'a dyn Fn(Event),
    /// Why the solo engine is the page itself, if it is.
    pub(super) page_reason: Option<String>,
    /// The browser was seen to let no more workers of a pool run at once.
    pub(super) most_workers: Option<u32>,
    /// How evenly the machine went on so far.
    pub(super) pace: Pace,
    /// Steps of the clock, ms.
    pub(super) resolution_ms: f64,
    /// The page was at rest since it has had its turn.
    pub(super) has_rested: bool,
}

impl Run<'_> {
    /// Does it all.
    ///
    /// # Errors
    /// Stop; or a sentence, where not even the page could do it.
    pub(super) async fn outcome(mut self) -> Result<Outcome, Trouble> {
        let experiment = self.experiment;
        self.take_turn().await?;
        let input = self.prepare().await?;
        let mut output = untimed::zeroed(experiment.workload.shape().out_bytes())?;
        let mut outcome = Outcome { run: self.run, ..Outcome::default() };
        for &executor in &experiment.plan.executors {
            output.fill(0);
            let (result, timeline) = self.one(executor, &input, &mut output).await?;
            if experiment.keeps_output && result.status == Status::Ok && outcome.output.is_none() {
                let mut kept = untimed::zeroed(output.len())?;
                kept.copy_from_slice(&output);
                outcome.output = Some(kept);
            }
            (self.emit)(Event::Result { run: self.run, result: Box::new(result.clone()), timeline: timeline.clone() });
            outcome.timelines.extend(timeline.map(|timeline| (executor, timeline)));
            if result.status == Status::Ok {
                match self.look_at_pace().await {
                    // What was measured stands, and what comes has its own troubles.
                    Ok(()) | Err(Trouble::NotStarted(_) | Trouble::Broken(_) | Trouble::File(_)) => {}
                    Err(trouble) => return Err(trouble),
                }
            }
            outcome.results.push(result);
        }
        outcome.pace = std::mem::take(&mut self.pace);
        fill_in_speedups(&mut outcome.results);
        if !outcome.timelines.is_empty() {
            for follow_up in &experiment.follow_ups {
                match self.untimed(follow_up, &input).await {
                    Ok(output) => outcome.follow_ups.push(output),
                    // What was measured stands.
                    Err(Trouble::Memory { .. }) => {
                        outcome.follow_ups.clear();
                        break;
                    }
                    Err(trouble) => return Err(trouble),
                }
            }
        }
        Ok(outcome)
    }

    fn say(&self, sentence: impl Into<String>) {
        (self.emit)(Event::Phase { run: self.run, sentence: sentence.into() });
    }

    fn say_runs(&self, executor: Executor) {
        self.say(format!("Running {}…", executor.label()));
    }

    /// Waits until no other lab of this origin runs.
    pub(super) async fn take_turn(&mut self) -> Result<(), Trouble> {
        let (turn, run, emit) = (Rc::clone(&self.control.turn), self.run, self.emit);
        let say = |sentence: &'static str| emit(Event::Phase { run, sentence: sentence.to_owned() });
        self.control.until(turn.take(&say)).await
    }

    /// Waits until the page is at rest: before the first clock of a turn as long as a slide
    /// may still move, then until its own changes are drawn.
    async fn rest(&mut self) -> Result<(), Trouble> {
        if std::mem::replace(&mut self.has_rested, true) {
            self.control.until(painted()).await
        } else {
            self.control.until(until_still()).await
        }
    }

    /// One executor's figures; its trouble becomes its status.
    async fn one(
        &mut self,
        executor: Executor,
        input: &[u8],
        output: &mut [u8],
    ) -> Result<(ExecutorResult, Option<Timeline>), Trouble> {
        if let Some(reason) = self.why_unavailable(executor) {
            return Ok((ExecutorResult::without_figures(executor, Status::Unavailable, reason), None));
        }
        let Experiment { workload, plan, .. } = self.experiment;
        let items = workload.shape().items;
        let (kernel, chunk) = match executor {
            Executor::Serial => (Kernel::Scalar, items.max(1)),
            Executor::Vectorized => (Kernel::Simd, items.max(1)),
            Executor::Process | Executor::Thread => (plan.kernel, plan.chunk.items_per_task(items, plan.workers)),
        };
        if let Some(why_not) = workload.why_not(kernel) {
            return Ok((ExecutorResult::without_figures(executor, Status::Unavailable, why_not.to_owned()), None));
        }
        let job = Job { workload, kernel, gather: plan.gather, chunk, input };
        self.has_rested &= self.control.turn.is_held();
        self.take_turn().await?;
        self.say_runs(executor);
        self.rest().await?;
        match self.measure(executor, job, output).await {
            Ok(measured) => Ok(figures(executor, job, measured)),
            Err(Trouble::Stopped) => Err(Trouble::Stopped),
            Err(Trouble::Interrupted) => Err(Trouble::Interrupted),
            Err(Trouble::NotStarted(reason)) => {
                Ok((ExecutorResult::without_figures(executor, Status::Unavailable, reason), None))
            }
            // The page's own holds all of them: the run ends.
            Err(Trouble::Memory { whose: Whose::Page, had }) => Err(Trouble::Memory { whose: Whose::Page, had }),
            Err(Trouble::Memory { whose, had }) => {
                let reason = self.too_large(whose, had).to_string();
                Ok((ExecutorResult::without_figures(executor, Status::Failed, reason), None))
            }
            Err(Trouble::Broken(reason) | Trouble::File(reason)) => {
                Ok((ExecutorResult::without_figures(executor, Status::Failed, reason), None))
            }
        }
    }

    fn too_large(&self, whose: Whose, had: u64) -> DoesNotFit {
        super::too_large(self.experiment, whose, had)
    }

    fn why_unavailable(&self, executor: Executor) -> Option<String> {
        match executor {
            Executor::Serial => None,
            Executor::Vectorized | Executor::Process => self.page_reason.clone(),
            Executor::Thread => {
                let found = self.capabilities.threads_reason.clone().filter(|_| !self.worth_a_try.get());
                found.or_else(|| self.page_reason.clone())
            }
        }
    }
}
