//! Answers the protocol's requests, in slices, wherever it is called: inside a
//! worker (the engine) or on the page (the last fallback).
//!
//! It knows no worker, no timer and no files: its host hands it messages, calls
//! [`Service::slice`] for as long as it is busy, yields in between so that Stop
//! gets through, reads what is [wanted](Service::wanted), and posts the replies.

use std::collections::VecDeque;
use std::mem::{self, Discriminant};

use crate::executor::allocator;
use crate::executor::slices::{self, Refusal};
use crate::model::settings::Gather;
use crate::model::timeline::Span;
use crate::protocol::{EngineError, Fault, FromWorker, Task, ToWorker};
use crate::workload::{AnyWorkload, File, Step};

/// Units between two looks at the clock, before the speed is known.
const FIRST_BUDGET: u64 = 100_000;
/// The most units between two looks at a clock that may be too coarse to tell:
/// about 5 ms.
const MOST_BUDGET: u64 = 1 << 20;
/// A sign of life at least this often while at work, ms.
const PROGRESS_EVERY_MS: f64 = 80.0;

/// The bytes beside a request, wherever they are.
pub trait Data {
    /// How many.
    fn count(&self) -> usize;
    /// Copies all of them; `to` has as many.
    fn copy_to(&self, to: &mut [u8]);
}

impl Data for [u8] {
    fn count(&self) -> usize {
        self.len()
    }

    fn copy_to(&self, to: &mut [u8]) {
        to.copy_from_slice(self);
    }
}

/// A message to the page, with its data.
pub struct Reply {
    /// The header.
    pub message: FromWorker,
    /// The task that is done: its output goes beside the header.
    pub done: Option<Box<dyn slices::Task>>,
    /// How the data travel.
    pub gather: Gather,
}

impl Reply {
    /// A message without data.
    #[must_use]
    pub fn header(message: FromWorker) -> Self {
        Self { message, done: None, gather: Gather::Transfer }
    }

    /// The data beside the header.
    #[must_use]
    pub fn data(&self) -> Option<&[u8]> {
        self.done.as_ref().map(|task| task.output())
    }
}

/// A task that waits or is at work.
struct Job {
    task: Task,
    work: Box<dyn slices::Task>,
    start_ms: f64,
    /// The file that it can't go on without.
    wanted: Option<File>,
    /// It goes on when this has passed: a file takes its time.
    not_before_ms: f64,
}

/// A queue of tasks and the one at work.
pub struct Service {
    queue: VecDeque<Job>,
    running: Option<Job>,
    budget: u64,
    /// What the budget was found out with.
    budgeted: Option<Discriminant<AnyWorkload>>,
    spoke_ms: f64,
}

impl Default for Service {
    fn default() -> Self {
        Self { queue: VecDeque::new(), running: None, budget: FIRST_BUDGET, budgeted: None, spoke_ms: 0.0 }
    }
}

impl Service {
    /// Takes a request in; the reply, if there is one at once.
    pub fn receive(&mut self, message: ToWorker, data: &(impl Data + ?Sized)) -> Option<Reply> {
        match message {
            ToWorker::Stop { dispatch } => {
                self.queue.clear();
                self.running = None;
                Some(Reply::header(FromWorker::Stopped { dispatch }))
            }
            ToWorker::Run(task) => {
                let items = task.first_item..task.first_item.saturating_add(task.items);
                let read = |to: &mut [u8]| data.copy_to(to);
                match slices::task(&task.workload, task.kernel, items, data.count(), read) {
                    Ok(work) => {
                        self.queue.push_back(Job { task, work, start_ms: 0.0, wanted: None, not_before_ms: 0.0 });
                    }
                    Err(refusal) => return Some(self.refused(refusal)),
                }
                None
            }
            ToWorker::RunThreads(_) => {
                let message = "this engine has no threads".to_owned();
                Some(Reply::header(FromWorker::Failed(EngineError::Request { message })))
            }
        }
    }

    /// Is there anything left to do?
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.running.is_some() || !self.queue.is_empty()
    }

    /// Works for about `limit_ms` of `now_ms`, or until a reply is due.
    pub fn slice(&mut self, now_ms: &impl Fn() -> f64, limit_ms: f64) -> Option<Reply> {
        let until_ms = now_ms() + limit_ms;
        if self.running.is_none() {
            let mut job = self.queue.pop_front()?;
            if let Err(refusal) = self.begin(&mut job, now_ms()) {
                drop(job);
                return Some(self.refused(refusal));
            }
            self.running = Some(job);
        }
        self.work(now_ms, until_ms)
    }

    /// The file that must be [brought](Self::bring) before the task at work can go on.
    #[must_use]
    pub fn wanted(&self) -> Option<&File> {
        self.running.as_ref()?.wanted.as_ref()
    }

    /// Takes the wanted file, or the clause that says why it can't be had; the reply,
    /// if there is one at once.
    pub fn bring(&mut self, content: Result<Vec<u8>, String>) -> Option<Reply> {
        let running = self.running.as_mut()?;
        running.wanted.take()?;
        match content {
            Ok(content) => running.work.take(content),
            Err(message) => return Some(self.broken_off(message)),
        }
        None
    }

    /// How long there is nothing to do, ms: less than until the next sign of life is due.
    #[must_use]
    pub fn rest_ms(&self, now_ms: f64) -> f64 {
        let until_ms = self.running.as_ref().map_or(0.0, |job| job.not_before_ms);
        (until_ms - now_ms).clamp(0.0, PROGRESS_EVERY_MS)
    }

    /// The task at work can't be done, and with it the dispatch.
    fn broken_off(&mut self, message: String) -> Reply {
        self.queue.clear();
        self.running = None;
        Reply::header(FromWorker::Failed(EngineError::File { message }))
    }

    /// What can't be done is said; where memory is short, nothing else is kept, and
    /// it is tried how much there is then.
    fn refused(&mut self, refusal: Refusal) -> Reply {
        if let Refusal::Memory { .. } = refusal {
            self.queue.clear();
            self.running = None;
        }
        Reply::header(FromWorker::Failed(refusal.into()))
    }

    /// Lays out a task's output.
    fn begin(&mut self, job: &mut Job, now_ms: f64) -> Result<(), Refusal> {
        (job.start_ms, self.spoke_ms) = (now_ms, now_ms);
        let kind = Some(mem::discriminant(&job.task.workload));
        if self.budgeted != kind {
            (self.budgeted, self.budget) = (kind, FIRST_BUDGET);
        }
        match job.task.fault {
            None => {}
            #[expect(clippy::panic, reason = "a test asked for a real one")]
            Some(Fault::Panic) => panic!("a test asked for this panic"),
            Some(Fault::Hang) => loop {
                std::hint::spin_loop();
            },
        }
        job.work.begin()
    }

    fn work(&mut self, now_ms: &impl Fn() -> f64, until_ms: f64) -> Option<Reply> {
        let running = self.running.as_mut()?;
        loop {
            let before_ms = now_ms();
            if before_ms >= until_ms || before_ms < running.not_before_ms || running.wanted.is_some() {
                return self.progress(before_ms);
            }
            match running.work.advance(self.budget) {
                Step::Did(done) => self.budget = next_budget(self.budget, done, now_ms() - before_ms),
                Step::Finished => break,
                Step::Waits(file) => {
                    running.not_before_ms = before_ms + file.latency_ms();
                    running.wanted = Some(file);
                }
                Step::Failed(message) => return Some(self.broken_off(message)),
            }
        }
        let Job { task, work, start_ms, .. } = self.running.take()?;
        let Task { dispatch, task, worker, first_item, items, gather, .. } = task;
        let span = Span { worker, first_item, items, start_ms, end_ms: now_ms() };
        Some(Reply { message: FromWorker::Done { dispatch, task, span }, done: Some(work), gather })
    }

    /// A sign of life, if the last one is long ago.
    fn progress(&mut self, now_ms: f64) -> Option<Reply> {
        let running = self.running.as_ref()?;
        if now_ms - self.spoke_ms < PROGRESS_EVERY_MS {
            return None;
        }
        self.spoke_ms = now_ms;
        let (dispatch, task) = (running.task.dispatch, running.task.task);
        Some(Reply::header(FromWorker::Progress { dispatch, task, done: running.work.done() }))
    }
}

impl From<Refusal> for EngineError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Memory { bytes } => Self::Memory { had: allocator::room_of(bytes) },
            other => Self::Request { message: other.to_string() },
        }
    }
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
    use crate::model::settings::Kernel;
    use crate::workload::files::{Files, Kind};
    use crate::workload::fingerprint::{Fingerprint, fnv1a64};
    use crate::workload::lorenz::equations::Parameters;
    use crate::workload::lorenz::initial_conditions::initial_conditions;
    use crate::workload::lorenz::{InitialConditions, Integration, Keep};

    /// A clock that moves on by 2 ms whenever it is read, so that budgets stay as they are.
    fn clock() -> impl Fn() -> f64 {
        let now = Cell::new(0.0);
        move || {
            now.set(now.get() + 2.0);
            now.get()
        }
    }

    fn run(workload: impl Into<AnyWorkload>, kernel: Kernel, fault: Option<Fault>) -> ToWorker {
        let workload = workload.into();
        ToWorker::Run(Task {
            dispatch: 1,
            task: 0,
            worker: 0,
            first_item: 0,
            items: workload.shape().items,
            workload,
            kernel,
            gather: Gather::Transfer,
            fault,
        })
    }

    fn integration(members: u32, steps: u32) -> Integration {
        Integration { members, parameters: Parameters::LORENZ_1963, steps, keep: Keep::FinalStates }
    }

    fn bytes(values: &[f64]) -> &[u8] {
        bytemuck::cast_slice(values)
    }

    fn values(reply: &Reply) -> Vec<f64> {
        bytemuck::pod_collect_to_vec(reply.data().unwrap())
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
        assert!(service.receive(run(integration(30, 5000), Kernel::Simd, None), bytes(&initial)).is_none());
        let replies = run_to_the_end(&mut service);
        let last = replies.last().unwrap();
        let FromWorker::Done { span, .. } = &last.message else { panic!("{:?}", last.message) };
        assert_eq!((span.first_item, span.items), (0, 30));
        assert!(span.end_ms > span.start_ms);
        assert_eq!(fnv1a64(&values(last)), 0x4d99_62c7_c80c_468d);
    }

    #[test]
    fn stop_drops_everything_and_says_so() {
        let mut service = Service::default();
        let initial = initial_conditions(100, 1);
        for _ in 0..2 {
            service.receive(run(integration(100, 100_000), Kernel::Simd, None), bytes(&initial));
        }
        let now_ms = clock();
        service.slice(&now_ms, 4.0);
        let reply = service.receive(ToWorker::Stop { dispatch: 1 }, bytes(&[])).unwrap();
        assert_eq!(reply.message, FromWorker::Stopped { dispatch: 1 });
        assert!(!service.is_busy());
    }

    #[test]
    fn long_tasks_give_signs_of_life() {
        let mut service = Service::default();
        let initial = initial_conditions(2000, 1);
        service.receive(run(integration(2000, 100_000), Kernel::Simd, None), bytes(&initial));
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
    fn one_service_does_one_workload_after_the_other() {
        let mut service = Service::default();
        let drawing = InitialConditions { members: 20_000, seed: 9 };
        service.receive(run(drawing, Kernel::Scalar, None), bytes(&[]));
        let made = values(run_to_the_end(&mut service).last().unwrap());
        let whole = initial_conditions(20_000, 9);
        assert_eq!(made, whole);
        service.receive(run(Fingerprint { rows: 20_000, row: 3 }, Kernel::Scalar, None), bytes(&made));
        let replies = run_to_the_end(&mut service);
        let taken: Vec<u64> = bytemuck::pod_collect_to_vec(replies.last().unwrap().data().unwrap());
        assert_eq!(taken, [fnv1a64(&whole), 0]);
    }

    #[test]
    fn a_file_is_waited_for_as_long_as_it_takes_and_no_longer() {
        let mut service = Service::default();
        let files = Files { kind: Kind::Json, files: 1, latency_ms: 1000.0 };
        service.receive(run(files, Kernel::Scalar, None), bytes(&[]));
        let now = Cell::new(0.0);
        let at = |ms: f64| now.set(ms);
        let now_ms = || now.get();
        assert!(service.slice(&now_ms, 10.0).is_none());
        let file = *service.wanted().unwrap();
        let latency_ms = file.latency_ms();
        assert!((500.0..1500.0).contains(&latency_ms));
        // Whoever waits gives signs of life, and does nothing without the file.
        at(PROGRESS_EVERY_MS);
        let sign = service.slice(&now_ms, 10.0).unwrap();
        assert!(matches!(sign.message, FromWorker::Progress { done: 0, .. }), "{:?}", sign.message);
        let answer = br#"{"latitude":1,"longitude":2,"temperature_c":3,"rain_mm":4}"#;
        assert!(service.bring(Ok(answer.to_vec())).is_none() && service.wanted().is_none());
        assert_eq!(service.rest_ms(now.get()), PROGRESS_EVERY_MS);
        at(latency_ms - 1.0);
        assert!(service.is_busy() && (service.rest_ms(now.get()) - 1.0).abs() < 1e-9);
        assert!(matches!(service.slice(&now_ms, 10.0).unwrap().message, FromWorker::Progress { .. }));
        at(latency_ms);
        assert_eq!(service.rest_ms(now.get()), 0.0);
        let done = service.slice(&now_ms, 10.0).unwrap();
        assert_eq!(values(&done), [1.0, 2.0, 3.0, 4.0]);
        let FromWorker::Done { span, .. } = done.message else { panic!("{:?}", done.message) };
        assert_eq!(span.duration_ms(), latency_ms);
    }

    #[test]
    fn a_file_that_can_not_be_had_is_the_end_of_the_dispatch() {
        let mut service = Service::default();
        for _ in 0..2 {
            service
                .receive(run(Files { kind: Kind::Csv, files: 2, latency_ms: 0.0 }, Kernel::Scalar, None), bytes(&[]));
        }
        service.slice(&|| 0.0, 10.0);
        let reply = service.bring(Err("no network".into())).unwrap();
        let message = "no network".to_owned();
        assert_eq!(reply.message, FromWorker::Failed(EngineError::File { message }));
        assert!(!service.is_busy());
        // What comes for a task that is gone is dropped.
        assert!(service.bring(Ok(Vec::new())).is_none());
    }

    #[test]
    fn what_is_wrong_with_a_request_is_said_at_once() {
        let mut service = Service::default();
        let reply = service.receive(run(integration(2, 1), Kernel::Scalar, None), bytes(&[1.0; 5]));
        let message = "the input has 40 bytes instead of 48".to_owned();
        assert_eq!(reply.unwrap().message, FromWorker::Failed(EngineError::Request { message }));
        assert!(!service.is_busy());
    }

    #[test]
    #[should_panic(expected = "a test asked for this panic")]
    fn a_fault_is_real() {
        let mut service = Service::default();
        service.receive(run(integration(1, 1), Kernel::Scalar, Some(Fault::Panic)), bytes(&initial_conditions(1, 1)));
        run_to_the_end(&mut service);
    }
}
