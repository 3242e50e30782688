//! A whole run: initial conditions, each executor with its repeats, the
//! untimed passes, the report.

mod drawing;
mod measure;
mod solo;

use std::cell::Cell;

use self::measure::figures;
use super::Event;
use super::clock::painted;
use super::control::{Control, Trouble};
use super::dispatch::Job;
use super::engines::Engines;
use super::team::Team;
use crate::model::capabilities::Capabilities;
use crate::model::report::{ExecutorResult, Report, Status};
use crate::model::scaling::compare;
use crate::model::settings::{Executor, Kernel, Settings};
use crate::model::timeline::Timeline;
use crate::model::workload::Keep;

/// What a run needs while it goes on.
pub(super) struct Race<'a> {
    pub(super) run: u32,
    pub(super) settings: Settings,
    pub(super) capabilities: &'a Capabilities,
    /// The probe was only slow: what it did not find may work all the same.
    pub(super) worth_a_try: &'a Cell<bool>,
    pub(super) engines: &'a Engines,
    pub(super) control: &'a mut Control,
    /// Serial and Vectorized run here; kept from run to run.
    pub(super) solo: &'a mut Option<Team>,
    pub(super) emit: &'a dyn Fn(Event),
    /// Why the solo engine is the page itself, if it is.
    pub(super) page_reason: Option<String>,
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
        let mut trajectories = None;
        for executor in self.settings.executors.clone() {
            output.fill(f64::NAN);
            let (result, timeline) = self.one(executor, &initial, &mut output).await?;
            if trajectories.is_none() && result.status == Status::Ok && workload.keep == Keep::Trajectories {
                trajectories = Some(output.clone());
            }
            (self.emit)(Event::Result { run: self.run, result: Box::new(result.clone()), timeline: timeline.clone() });
            timelines.extend(timeline.map(|timeline| (executor, timeline)));
            results.push(result);
        }
        compare(&mut results);
        let drawing = if timelines.is_empty() { None } else { Some(self.drawing(&initial, trajectories).await?) };
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
        self.control.until(painted()).await?;
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
            Executor::Thread => {
                let found = self.capabilities.threads_reason.clone().filter(|_| !self.worth_a_try.get());
                found.or_else(|| self.page_reason.clone())
            }
        }
    }
}
