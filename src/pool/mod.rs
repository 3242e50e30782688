//! The page's side of the workers: it finds out what works here, starts and
//! ends workers, hands out tasks, takes the time, and never waits on a lock.

mod board;
pub(crate) mod clock;
mod control;
mod dispatch;
mod engines;
mod experiment;
mod files;
pub mod lab_words;
pub(crate) mod named_file;
pub(crate) mod on_demand;
mod page_facts;
mod page_service;
mod port;
mod probe;
mod progress;
pub mod python;
mod signal;
mod still;
mod team;
mod turn;
mod watch;
mod worker;

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use self::clock::{sleep, window};
use self::control::{Control, Trouble};
use self::engines::Engines;
use self::experiment::Run;
use self::on_demand::OnDemand;
use self::signal::{Mailbox, Signal};
use self::team::Team;
use self::watch::Watch;
use self::worker::property;
use crate::executor::allocator;
use crate::model::capabilities::Capabilities;
use crate::model::experiment::{Experiment, Outcome};
use crate::model::memory::{self, Data, DoesNotFit, Whose};
use crate::model::pace::Pace;
use crate::model::report::{ErrorCode, ExecutorResult};
use crate::model::settings::Executor;
use crate::model::timeline::Timeline;
use crate::workload::AnyWorkload;

/// What a run tells while it goes on. Each run ends with exactly one of
/// `Finished`, `Stopped`, `Failed`.
#[derive(Clone, Debug)]
pub enum Event {
    /// What the run is doing now: a sentence for learners.
    Phase {
        /// The run.
        run: u32,
        /// The sentence.
        sentence: String,
    },
    /// Items done over all repeats of one executor; at most ten a second,
    /// the last with `done == total`.
    Progress {
        /// The run.
        run: u32,
        /// Which executor.
        executor: Executor,
        /// Items done.
        done: u64,
        /// Items to do.
        total: u64,
    },
    /// One executor is done (speedups are final only in the outcome).
    Result {
        /// The run.
        run: u32,
        /// Its figures.
        result: Box<ExecutorResult>,
        /// Its median repeat, where it ran.
        timeline: Option<Timeline>,
    },
    /// All is done.
    Finished(Box<Outcome>),
    /// The run was stopped.
    Stopped {
        /// The run.
        run: u32,
    },
    /// The run as a whole could not be done.
    Failed {
        /// The run.
        run: u32,
        /// What kind of failure.
        code: ErrorCode,
        /// A sentence for learners.
        message: String,
    },
}

/// Runs experiments, one at a time.
pub struct Runner {
    capabilities: Capabilities,
    /// The probe was not refused anything, only slow: the next run tries again.
    worth_a_try: Cell<bool>,
    engines: Engines,
    /// Away while a run goes on.
    at_rest: RefCell<Option<AtRest>>,
    stop: Mailbox,
    run: Cell<u32>,
}

/// What is kept from run to run.
struct AtRest {
    control: Control,
    solo: Option<Team>,
}

impl Runner {
    /// Tries what works here, within some seconds.
    pub async fn open() -> Rc<Self> {
        let control = Control::new(Watch::open());
        let found = probe::probe().await;
        Rc::new(Self {
            capabilities: found.capabilities,
            worth_a_try: Cell::new(found.timed_out),
            engines: Engines::new(),
            stop: control.mailbox().clone(),
            at_rest: RefCell::new(Some(AtRest { control, solo: None })),
            run: Cell::new(0),
        })
    }

    /// Loads the engines before they are needed; a failure is met again, and
    /// told, by the run.
    pub async fn load_ahead(self: Rc<Self>) {
        still::watch();
        if self.capabilities.processes {
            let _ = self.engines.isolated().await;
        }
        if self.capabilities.threads {
            let _ = self.engines.threaded().await;
        }
    }

    /// What was found.
    #[must_use]
    pub fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    /// Starts a run and gives its number; `None` while another is running.
    pub fn run(
        self: &Rc<Self>,
        experiment: Experiment<AnyWorkload>,
        on_event: impl Fn(Event) + 'static,
    ) -> Option<u32> {
        let mut at_rest = self.at_rest.take()?;
        at_rest.control.drain();
        let run = self.run.get() + 1;
        self.run.set(run);
        let runner = Rc::clone(self);
        spawn_local(async move {
            on_event(Event::Phase { run, sentence: "Loading the engine…".to_owned() });
            let end = match at_rest.control.until(OnDemand::Engines.bring()).await {
                Ok(Ok(())) => runner.begin(&mut at_rest, run, &experiment, &on_event).await,
                Ok(Err(missing)) => Event::Failed { run, code: ErrorCode::Internal, message: missing.to_owned() },
                Err(_) => Event::Stopped { run },
            };
            if at_rest.control.has_lingering() {
                // Stop is answered now; the next run waits for what still ends.
                on_event(end);
                at_rest.control.finish_lingering().await;
                runner.at_rest.replace(Some(at_rest));
            } else {
                runner.at_rest.replace(Some(at_rest));
                on_event(end);
            }
            runner.give_turn_back().await;
        });
        Some(run)
    }

    /// Asks the current run to stop; nothing when idle. `Event::Stopped`
    /// follows within 100 ms.
    pub fn stop(&self) {
        if self.is_running() {
            let _ = self.stop.unbounded_send(Signal::Stop);
        }
    }

    /// Is a run going on?
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.at_rest.borrow().is_none()
    }

    /// Lets others run once nothing of this page's computes any more; a run that has begun
    /// meanwhile, as the next point of a curve, goes on with the same turn.
    async fn give_turn_back(&self) {
        loop {
            let unsettled_ms = self.at_rest.borrow().as_ref().map(|it| it.control.unsettled_ms());
            match unsettled_ms {
                None => return,
                Some(ms) if ms > 0.0 => sleep(ms as i32 + 1).await,
                Some(_) => break,
            }
        }
        if let Some(at_rest) = self.at_rest.borrow().as_ref() {
            at_rest.control.turn.give_back();
        }
    }

    /// Here what runs experiments is entered, which comes with the engines (`xtask/src/parts.rs`).
    #[inline(never)]
    fn begin<'a>(
        &'a self,
        at_rest: &'a mut AtRest,
        run: u32,
        experiment: &'a Experiment<AnyWorkload>,
        emit: &'a dyn Fn(Event),
    ) -> Pin<Box<dyn Future<Output = Event> + 'a>> {
        // Else the compiler tells the caller which future it is, and that one calls it by name.
        std::hint::black_box(Box::pin(self.conduct(at_rest, run, experiment, emit)))
    }

    async fn conduct(
        &self,
        at_rest: &mut AtRest,
        run: u32,
        experiment: &Experiment<AnyWorkload>,
        emit: &dyn Fn(Event),
    ) -> Event {
        if let Err(refusal) = make_room(experiment) {
            return Event::Failed { run, code: ErrorCode::Memory, message: refusal.to_string() };
        }
        let _ticker = at_rest.control.ticker();
        let conducted = Run {
            run,
            experiment,
            capabilities: &self.capabilities,
            worth_a_try: &self.worth_a_try,
            engines: &self.engines,
            control: &mut at_rest.control,
            solo: &mut at_rest.solo,
            emit,
            page_reason: None,
            pace: Pace::default(),
            most_workers: None,
            resolution_ms: self.capabilities.clock_resolution_ms,
            has_rested: false,
        };
        let end = conducted.outcome().await;
        // The page itself is only the last resort: the next run tries workers again.
        at_rest.solo = at_rest.solo.take().filter(Team::is_of_workers);
        match end {
            Ok(outcome) => Event::Finished(Box::new(outcome)),
            // A run that was interrupted measures again; none ends so.
            Err(Trouble::Stopped | Trouble::Interrupted) => Event::Stopped { run },
            Err(Trouble::Memory { whose, had }) => {
                let message = too_large(experiment, whose, had).to_string();
                Event::Failed { run, code: ErrorCode::Memory, message }
            }
            Err(Trouble::File(message)) => Event::Failed { run, code: ErrorCode::File, message },
            Err(Trouble::NotStarted(message) | Trouble::Broken(message)) => {
                Event::Failed { run, code: ErrorCode::Internal, message }
            }
        }
    }
}

/// What a run's results are shown with, bytes.
const TO_SHOW: u64 = 1 << 20;

/// Has the page's memory grow to what a run will take of it, before anything is begun:
/// where a page runs out of memory later, it ends.
fn make_room(experiment: &Experiment<AnyWorkload>) -> Result<(), DoesNotFit> {
    let data = data_of(experiment, &experiment.workload);
    memory::what_fits(data, &experiment.plan, resized(experiment), budget_bytes())?;
    // What follows the executors comes, and is then laid out as what is shown.
    let follow_ups: usize = experiment.follow_ups.iter().map(|it| it.workload.shape().out_bytes()).sum();
    let beside = TO_SHOW + 2 * follow_ups as u64;
    let bytes = memory::estimate(data, &experiment.plan, experiment.plan.workers).page_bytes + beside;
    if usize::try_from(bytes).is_ok_and(allocator::fits) {
        return Ok(());
    }
    Err(too_large(experiment, Whose::Page, allocator::room_of(bytes).saturating_sub(beside)))
}

/// What is told where somebody was refused memory for a run, and could have had so many bytes.
fn too_large(experiment: &Experiment<AnyWorkload>, whose: Whose, had: u64) -> DoesNotFit {
    let data = data_of(experiment, &experiment.workload);
    memory::refused(whose, data, &experiment.plan, resized(experiment), had)
}

/// The experiment's data with other numbers of items.
fn resized(experiment: &Experiment<AnyWorkload>) -> impl Fn(u32) -> Option<Data> {
    |items| experiment.workload.resized(items).map(|workload| data_of(experiment, &workload))
}

/// What the data of an experiment take, with its workload in this size.
fn data_of(experiment: &Experiment<AnyWorkload>, workload: &AnyWorkload) -> Data {
    let shape = workload.shape();
    let columns = experiment.check.as_ref().map_or(0, |check| check.columns.len());
    Data {
        items: shape.items,
        item: workload.item(),
        in_row_bytes: shape.in_row_bytes as u64,
        out_row_bytes: shape.out_row_bytes as u64,
        checked_row_bytes: (columns * shape.out_scalar_bytes) as u64,
    }
}

/// What a run may take: a quarter of the device's memory, where the browser
/// tells it, else 1 GiB.
fn budget_bytes() -> u64 {
    const GIB: f64 = (1u64 << 30) as f64;
    let device_gib = window().and_then(|window| property(&window.navigator(), "deviceMemory"));
    let device_gib = device_gib.and_then(|memory| memory.as_f64()).filter(|gib| *gib > 0.0);
    (device_gib.unwrap_or(4.0) / 4.0 * GIB) as u64
}
