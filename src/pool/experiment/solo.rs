//! The solo engine: Serial and Vectorized run here, and so does all that is not
//! timed. A worker, kept from run to run; or else the page itself.

use super::Run;
use crate::model::settings::{Executor, Start};
use crate::pool::control::Trouble;
use crate::pool::on_demand::OnDemand;
use crate::pool::page_service::PageService;
use crate::pool::port::Port;
use crate::pool::signal::Letter;
use crate::pool::team::{self, Team};
use crate::protocol::ToWorker;

/// A request that is not answered for so long is given up, ms.
const SILENCE_MS: f64 = 5_000.0;

/// An idle engine that is called and does not answer within this is gone, ms.
const CALL_LIMIT_MS: f64 = 500.0;

impl Run<'_> {
    /// Sees to it that there is somebody for Serial, Vectorized and the untimed
    /// requests: a worker, or else the page itself.
    pub(super) async fn ensure_solo(&mut self) -> Result<(), Trouble> {
        if self.solo.is_some() {
            return Ok(());
        }
        let reason = match self.solo_worker().await {
            Ok(team) => {
                *self.solo = Some(team);
                return Ok(());
            }
            Err(trouble @ (Trouble::Stopped | Trouble::Interrupted)) => return Err(trouble),
            Err(Trouble::NotStarted(reason) | Trouble::Broken(reason) | Trouble::File(reason)) => {
                self.worth_a_try.set(false);
                reason
            }
            Err(Trouble::Memory { whose, had }) => self.too_large(whose, had).to_string(),
        };
        let brought = self.control.until(OnDemand::Alone.bring()).await?;
        brought.map_err(|missing| Trouble::NotStarted(format!("{reason} {missing}")))?;
        let service = PageService::new(self.control.new_worker_id(), self.control.mailbox());
        *self.solo = Some(Team::of_one(Port::Page(service)));
        self.page_reason = Some(reason);
        Ok(())
    }

    async fn solo_worker(&mut self) -> Result<Team, Trouble> {
        if let (Some(reason), false) = (&self.capabilities.processes_reason, self.worth_a_try.get()) {
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
    pub(super) async fn ask_solo(
        &mut self,
        request: impl Fn(u32) -> ToWorker,
        data: Option<&[u8]>,
    ) -> Result<Box<Letter>, Trouble> {
        let mut second_try = false;
        loop {
            self.ensure_solo().await?;
            let Some(team) = self.solo.take() else { continue };
            let Some(port) = team.ports.first() else { continue };
            let message = request(self.control.new_dispatch());
            let outcome = self.control.ask(port, message, data, SILENCE_MS).await;
            match outcome {
                Ok(letter) => {
                    *self.solo = Some(team);
                    return Ok(letter);
                }
                Err(Trouble::Stopped) => {
                    *self.solo = self.stop(team).await;
                    return Err(Trouble::Stopped);
                }
                // Another one would have no more.
                Err(trouble @ (Trouble::Memory { .. } | Trouble::File(_))) => return Err(trouble),
                Err(_) if !second_try => second_try = true,
                Err(trouble) => return Err(trouble),
            }
        }
    }

    /// Lets go of an engine that died since the last run.
    pub(super) async fn call_solo(&mut self) {
        if let Some(team) = self.solo.take() {
            let answers = self.control.quiesce(&team, CALL_LIMIT_MS).await.is_whole();
            *self.solo = answers.then_some(team);
        }
    }
}
