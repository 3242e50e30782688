//! Answers the protocol's requests, in slices, wherever it is called: inside a
//! worker (the engine) or on the page (the last fallback).
//!
//! It knows no worker and no timer: its host hands it messages, calls
//! [`Service::slice`] for as long as it is busy, yields in between so that Stop
//! gets through, and posts the replies.

use std::collections::VecDeque;

use crate::executor::Integration;
use crate::model::ensemble::{FinalStatesHash, InitialConditions};
use crate::model::settings::Gather;
use crate::model::statistics::StatisticsPass;
use crate::model::timeline::Span;
use crate::protocol::{EngineError, Fault, FromWorker, Task, ToWorker};

/// Member-steps between two looks at the clock, before the speed is known.
const FIRST_BUDGET: u64 = 100_000;
/// The most member-steps between two looks at a clock that may be too coarse to
/// tell: about 5 ms.
const MOST_BUDGET: u64 = 1 << 20;
/// Members whose initial conditions are drawn between two looks at the clock.
const MEMBERS_PER_LOOK: usize = 4096;
/// Values hashed between two looks at the clock.
const VALUES_PER_LOOK: usize = 3 * 4096;
/// A sign of life at least this often while at work, ms.
const PROGRESS_EVERY_MS: f64 = 80.0;

/// A message to the page, with its data.
#[derive(Debug)]
pub struct Reply {
    /// The header.
    pub message: FromWorker,
    /// Float64 data beside it.
    pub data: Option<Vec<f64>>,
    /// How the data travel.
    pub gather: Gather,
}

impl Reply {
    fn header(message: FromWorker) -> Self {
        Self { message, data: None, gather: Gather::Transfer }
    }

    fn with_data(message: FromWorker, data: Vec<f64>) -> Self {
        Self { message, data: Some(data), gather: Gather::Transfer }
    }
}

/// Ensemble values of some request.
#[derive(Debug)]
enum Work {
    Integrate { task: Task, initial: Vec<f64> },
    Draw { dispatch: u32, draw: InitialConditions },
    Hash { dispatch: u32, states: Vec<f64>, at: usize, hash: FinalStatesHash },
    Summarize { dispatch: u32, pass: Box<StatisticsPass> },
}

/// The task that is being integrated.
#[derive(Debug)]
struct Running {
    task: Task,
    integration: Integration,
    output: Vec<f64>,
    start_ms: f64,
}

/// A queue of requests and the one at work.
#[derive(Debug)]
pub struct Service {
    queue: VecDeque<Work>,
    running: Option<Running>,
    budget: u64,
    spoke_ms: f64,
}

impl Default for Service {
    fn default() -> Self {
        Self { queue: VecDeque::new(), running: None, budget: FIRST_BUDGET, spoke_ms: 0.0 }
    }
}

impl Service {
    /// Takes a request in; the reply, if there is one at once.
    pub fn receive(&mut self, message: ToWorker, data: Vec<f64>) -> Option<Reply> {
        let work = match message {
            ToWorker::Stop { dispatch } => {
                self.queue.clear();
                self.running = None;
                return Some(Reply::header(FromWorker::Stopped { dispatch }));
            }
            ToWorker::Run(task) => Work::Integrate { task, initial: data },
            ToWorker::MakeInitialConditions { dispatch, members, seed } => {
                Work::Draw { dispatch, draw: InitialConditions::new(members, seed) }
            }
            ToWorker::Check { dispatch } => {
                Work::Hash { dispatch, states: data, at: 0, hash: FinalStatesHash::default() }
            }
            ToWorker::Summarize { dispatch, parameters, steps } => {
                Work::Summarize { dispatch, pass: Box::new(StatisticsPass::new(parameters, steps, data)) }
            }
            ToWorker::RunThreads(_) => {
                let message = "this engine has no threads".to_owned();
                return Some(Reply::header(FromWorker::Failed(EngineError::Request { message })));
            }
        };
        self.queue.push_back(work);
        None
    }

    /// Is there anything left to do?
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.running.is_some() || !self.queue.is_empty()
    }

    /// Works for about `limit_ms` of `now_ms`, or until a reply is due.
    pub fn slice(&mut self, now_ms: &impl Fn() -> f64, limit_ms: f64) -> Option<Reply> {
        let until_ms = now_ms() + limit_ms;
        if self.running.is_some() {
            return self.integrate(now_ms, until_ms);
        }
        match self.queue.pop_front()? {
            Work::Integrate { task, initial } => match begin(task, &initial, now_ms) {
                Ok(running) => {
                    self.spoke_ms = running.start_ms;
                    self.running = Some(running);
                    self.integrate(now_ms, until_ms)
                }
                Err(error) => Some(Reply::header(FromWorker::Failed(error))),
            },
            Work::Draw { dispatch, mut draw } => loop {
                if draw.advance(MEMBERS_PER_LOOK) {
                    break Some(Reply::with_data(FromWorker::Made { dispatch }, draw.into_values()));
                }
                if now_ms() >= until_ms {
                    self.queue.push_front(Work::Draw { dispatch, draw });
                    break None;
                }
            },
            Work::Hash { dispatch, states, at, hash } => self.hash(dispatch, states, at, hash, now_ms, until_ms),
            Work::Summarize { dispatch, pass } => self.summarize(dispatch, pass, now_ms, until_ms),
        }
    }

    fn integrate(&mut self, now_ms: &impl Fn() -> f64, until_ms: f64) -> Option<Reply> {
        let running = self.running.as_mut()?;
        loop {
            let before_ms = now_ms();
            if running.integration.is_finished() {
                break;
            }
            if before_ms >= until_ms {
                return self.progress(before_ms);
            }
            let done = running.integration.advance(&mut running.output, self.budget);
            self.budget = next_budget(self.budget, done, now_ms() - before_ms);
        }
        let Running { task, output, start_ms, integration, .. } = self.running.take()?;
        let members = u32::try_from(integration.members()).unwrap_or(u32::MAX);
        let span = Span { worker: task.worker, first_member: task.first_member, members, start_ms, end_ms: now_ms() };
        let message = FromWorker::Done { dispatch: task.dispatch, task: task.task, span };
        Some(Reply { message, data: Some(output), gather: task.gather })
    }

    /// A sign of life, if the last one is long ago.
    fn progress(&mut self, now_ms: f64) -> Option<Reply> {
        let running = self.running.as_ref()?;
        if now_ms - self.spoke_ms < PROGRESS_EVERY_MS {
            return None;
        }
        self.spoke_ms = now_ms;
        let (dispatch, task) = (running.task.dispatch, running.task.task);
        Some(Reply::header(FromWorker::Progress { dispatch, task, done: running.integration.done() }))
    }

    fn hash(
        &mut self,
        dispatch: u32,
        states: Vec<f64>,
        mut at: usize,
        mut hash: FinalStatesHash,
        now_ms: &impl Fn() -> f64,
        until_ms: f64,
    ) -> Option<Reply> {
        while at < states.len() {
            if now_ms() >= until_ms {
                self.queue.push_front(Work::Hash { dispatch, states, at, hash });
                return None;
            }
            let end = states.len().min(at + VALUES_PER_LOOK);
            hash.update(states.get(at..end).unwrap_or_default());
            at = end;
        }
        let final_fnv1a64 = format!("{:016x}", hash.fnv1a64());
        Some(Reply::header(FromWorker::Checked { dispatch, final_fnv1a64, diverged: hash.diverged() }))
    }

    fn summarize(
        &mut self,
        dispatch: u32,
        mut pass: Box<StatisticsPass>,
        now_ms: &impl Fn() -> f64,
        until_ms: f64,
    ) -> Option<Reply> {
        while !pass.is_finished() {
            let before_ms = now_ms();
            if before_ms >= until_ms {
                let done = pass.done();
                self.queue.push_front(Work::Summarize { dispatch, pass });
                if before_ms - self.spoke_ms < PROGRESS_EVERY_MS {
                    return None;
                }
                self.spoke_ms = before_ms;
                return Some(Reply::header(FromWorker::Progress { dispatch, task: 0, done }));
            }
            let done = pass.advance(self.budget);
            self.budget = next_budget(self.budget, done, now_ms() - before_ms);
        }
        let statistics = pass.into_statistics();
        let mut values = statistics.mean;
        values.extend_from_slice(&statistics.spread);
        Some(Reply::with_data(FromWorker::Summed { dispatch, steps: statistics.steps }, values))
    }
}

/// Lays out a task's results and copies its initial conditions in.
fn begin(task: Task, initial: &[f64], now_ms: &impl Fn() -> f64) -> Result<Running, EngineError> {
    let start_ms = now_ms();
    match task.fault {
        None => {}
        #[expect(clippy::panic, reason = "a test asked for a real one")]
        Some(Fault::Panic) => panic!("a test asked for this panic"),
        Some(Fault::Hang) => loop {
            std::hint::spin_loop();
        },
    }
    let members = initial.len() / 3;
    let integration = Integration::new(task.workload, task.kernel, members);
    let mut output = zeroed(members.saturating_mul(task.workload.values_per_member()))?;
    integration.begin(initial, &mut output);
    Ok(Running { task, integration, output, start_ms })
}

/// `values` zeros, or the error that names how much was asked for.
///
/// # Errors
/// Where the memory can't be had.
pub fn zeroed(values: usize) -> Result<Vec<f64>, EngineError> {
    let mut output = Vec::new();
    output.try_reserve_exact(values).map_err(|_| EngineError::Memory { bytes: values as u64 * 8 })?;
    output.resize(values, 0.0);
    Ok(output)
}

/// Aims at about 2 ms between two looks at the clock, however fast the machine
/// and however coarse its clock.
fn next_budget(budget: u64, done: u64, took_ms: f64) -> u64 {
    if done < budget {
        return budget;
    }
    if took_ms > 3.0 {
        (budget / 2).max(1024)
    } else if took_ms < 1.0 {
        (budget * 2).min(MOST_BUDGET)
    } else {
        budget
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::model::ensemble::{final_fnv1a64, initial_conditions};
    use crate::model::lorenz::Parameters;
    use crate::model::settings::Kernel;
    use crate::model::workload::{Keep, Workload};

    /// A clock that moves on by 2 ms whenever it is read, so that budgets stay as they are.
    fn clock() -> impl Fn() -> f64 {
        let now = Cell::new(0.0);
        move || {
            now.set(now.get() + 2.0);
            now.get()
        }
    }

    fn task(steps: u32, fault: Option<Fault>) -> Task {
        Task {
            dispatch: 1,
            task: 0,
            worker: 0,
            first_member: 0,
            workload: Workload { parameters: Parameters::LORENZ_1963, steps, keep: Keep::FinalStates },
            kernel: Kernel::Simd,
            gather: Gather::Transfer,
            fault,
        }
    }

    fn run_to_the_end(service: &mut Service) -> Vec<Reply> {
        let now_ms = clock();
        let mut replies = Vec::new();
        while service.is_busy() {
            replies.extend(service.slice(&now_ms, 4.0));
        }
        replies
    }

    #[test]
    fn a_task_in_slices_gives_what_numpy_gives() {
        let mut service = Service::default();
        let initial = initial_conditions(30, 42);
        assert!(service.receive(ToWorker::Run(task(5000, None)), initial).is_none());
        let replies = run_to_the_end(&mut service);
        let last = replies.last().unwrap();
        let FromWorker::Done { span, .. } = &last.message else { panic!("{last:?}") };
        assert_eq!(span.members, 30);
        assert!(span.end_ms > span.start_ms);
        assert_eq!(final_fnv1a64(last.data.as_ref().unwrap()), 0x4d99_62c7_c80c_468d);
    }

    #[test]
    fn stop_drops_everything_and_says_so() {
        let mut service = Service::default();
        service.receive(ToWorker::Run(task(100_000, None)), initial_conditions(100, 1));
        service.receive(ToWorker::Run(task(100_000, None)), initial_conditions(100, 2));
        let now_ms = clock();
        service.slice(&now_ms, 4.0);
        let reply = service.receive(ToWorker::Stop { dispatch: 1 }, Vec::new()).unwrap();
        assert_eq!(reply.message, FromWorker::Stopped { dispatch: 1 });
        assert!(!service.is_busy());
    }

    #[test]
    fn long_tasks_give_signs_of_life() {
        let mut service = Service::default();
        service.receive(ToWorker::Run(task(100_000, None)), initial_conditions(2000, 1));
        let now_ms = clock();
        let mut seen = 0;
        for _ in 0..40 {
            if let Some(Reply { message: FromWorker::Progress { done, .. }, .. }) = service.slice(&now_ms, 4.0) {
                assert!(done > seen);
                seen = done;
            }
        }
        assert!(seen > 0);
    }

    #[test]
    fn drawing_and_hashing_in_slices_agree_with_the_whole() {
        let mut service = Service::default();
        service.receive(ToWorker::MakeInitialConditions { dispatch: 2, members: 20_000, seed: 9 }, Vec::new());
        let replies = run_to_the_end(&mut service);
        let made = replies.into_iter().next_back().unwrap().data.unwrap();
        let whole = initial_conditions(20_000, 9);
        assert_eq!(made, whole);
        service.receive(ToWorker::Check { dispatch: 3 }, made);
        let replies = run_to_the_end(&mut service);
        let FromWorker::Checked { final_fnv1a64: hash, .. } = &replies.last().unwrap().message else { panic!() };
        assert_eq!(hash, &format!("{:016x}", final_fnv1a64(&whole)));
    }

    #[test]
    #[should_panic(expected = "a test asked for this panic")]
    fn a_fault_is_real() {
        let mut service = Service::default();
        service.receive(ToWorker::Run(task(1, Some(Fault::Panic))), initial_conditions(1, 1));
        run_to_the_end(&mut service);
    }
}
