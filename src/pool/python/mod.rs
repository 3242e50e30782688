//! Runs Python scripts: an interpreter for the script and one for each of its
//! processes, every one in a worker of its own; threads are workers on the
//! script's memory.
//!
//! ```text
//!            run, stop                spawn, send, thread
//!    ui ───────────────▶ PythonRunner ◀──────────────── the script's worker (blocks)
//!        ◀─────────────     │   ▲                            ▲
//!      output, stretches    ▼   │ ready, ended               │ answers: rings in
//!                        processes' workers ─────────────────┘ its shared memory
//! ```
//!
//! Where no memory is shared, the page brings the answers as messages, and the
//! script's worker suspends instead of blocking (JavaScript promise integration).

mod build;
mod files;
mod memory;
mod session;
mod start;
mod worker;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use wasm_bindgen_futures::spawn_local;

pub use self::files::Missing;
use self::files::Program;
use self::memory::SharedMemory;
use self::session::{End, Read, Session};
use self::start::{errand, start, thread_errand};
use self::worker::{Heard, PythonWorker};
use super::clock::{now_ms, sleep};
use super::control::{SETTLE_MS, SETTLING};
use super::files::{Source, why_no_worker};
use super::still::{self, until_still};
use super::turn::Turn;
use crate::model::python::deadlock::Deadlock;
use crate::model::python::respawn::Respawn;
use crate::model::python::{Outcome, PythonReport, READ_LATENCY_MS, SWITCH_INTERVAL_MS, Script, Status, Stream};
use crate::model::python_build;
use crate::model::report::ErrorCode;
use crate::protocol::python::FromPython;

/// Workers that were ended are gone after so long, ms.
const RELEASE_MS: i32 = 500;

/// Said while a script runs that could have threads, but for the memory they would share.
const RUNNING_WITHOUT_THREADS: &str =
    "Running, without threads: the browser refuses the memory that they would share …";

/// What a run tells while it goes on; it ends with exactly one of `Finished`,
/// `Stopped`, `Failed`.
#[derive(Clone, Debug)]
pub enum PythonEvent {
    /// What goes on now: a sentence for learners.
    Phase(String),
    /// One more process was started, as each before it has failed.
    Respawn(Respawn),
    /// Every thread of every process waits for another one: it goes on so until Stop.
    Deadlock(Deadlock),
    /// The script, or a process of it, printed.
    Printed(Stream, String),
    /// The script is over.
    Finished(Box<PythonReport>),
    /// It was stopped: what there was until then.
    Stopped(Box<PythonReport>),
    /// Python broke, or has too little memory: a sentence for learners.
    Failed(ErrorCode, String),
}

/// What an interpreter is told when it starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PythonOptions {
    /// What `os.cpu_count()` says.
    pub cpu_count: u32,
    /// Threads take turns, as in CPython's default build; else they don't, as
    /// in its free-threaded one.
    pub gil: bool,
    /// How long a thread waits for the GIL before it asks for it, ms.
    pub switch_interval_ms: f64,
    /// How long a read of a data file takes, about, ms.
    pub read_latency_ms: f64,
}

impl PythonOptions {
    /// With CPython's own switch interval, and the usual latency of files.
    #[must_use]
    pub const fn usual(cpu_count: u32, gil: bool) -> Self {
        Self { cpu_count, gil, switch_interval_ms: SWITCH_INTERVAL_MS, read_latency_ms: READ_LATENCY_MS }
    }
}

/// How far Python is on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Arrival {
    /// A development server is building it.
    Building {
        /// So many crates have been begun to compile.
        crates: u32,
        /// For so long, minutes.
        minutes: u32,
    },
    /// So many bytes have come.
    Fetched(usize),
}

impl Arrival {
    /// For learners.
    #[must_use]
    pub fn sentence(self) -> String {
        match self {
            Self::Building { crates, minutes } => python_build::building(crates, minutes),
            Self::Fetched(bytes) => format!("Python is on its way: {:.1} MB so far …", bytes as f64 / 1e6),
        }
    }
}

/// Who said something, or what a person wants.
enum Word {
    Script(Heard),
    Process(u32, Heard),
    Thread(Heard),
    /// A data file came, or it can't.
    Read(Read),
    Stop,
}

type Mailbox = UnboundedSender<Word>;

/// An interpreter that is up, and not yet used.
struct Interpreter {
    worker: PythonWorker,
    program: Rc<Program>,
    memory: Option<Rc<SharedMemory>>,
    options: PythonOptions,
    mailbox: Mailbox,
    words: UnboundedReceiver<Word>,
}

/// Runs scripts, one at a time.
pub struct PythonRunner {
    /// What works here, as far as it was tried.
    can_share: bool,
    /// The browser may still refuse the memory itself.
    shares_memory: Cell<bool>,
    program: RefCell<Option<Rc<Program>>>,
    has_failed: Cell<bool>,
    /// Started ahead, so that Run means the script.
    waiting: RefCell<Option<Interpreter>>,
    running: RefCell<Option<Mailbox>>,
    turn: Turn,
    /// From when on nothing that was ended at work runs on, ms since the Unix epoch.
    settled_ms: Cell<f64>,
    run: Cell<u32>,
}

impl PythonRunner {
    /// A runner that has loaded nothing yet. `threads` says whether memory can be
    /// shared here.
    #[must_use]
    pub fn new(threads: bool) -> Rc<Self> {
        still::watch();
        Rc::new(Self {
            can_share: threads,
            shares_memory: Cell::new(threads),
            program: RefCell::default(),
            has_failed: Cell::new(false),
            waiting: RefCell::default(),
            running: RefCell::default(),
            turn: Turn::default(),
            settled_ms: Cell::new(0.0),
            run: Cell::new(0),
        })
    }

    /// Loads Python, and starts an interpreter ahead. `tell` hears how far it is.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn prepare(&self, options: PythonOptions, tell: &dyn Fn(Arrival)) -> Result<(), Missing> {
        let is_ready = self.waiting.borrow().as_ref().is_some_and(|it| it.options == options);
        if is_ready {
            return Ok(());
        }
        if let Some(mut other) = self.waiting.take() {
            other.hand_on_snapshot();
        }
        loop {
            let program = self.load(tell).await?;
            let missing = match start(&program, options).await {
                Ok(interpreter) => {
                    self.waiting.replace(Some(interpreter));
                    return Ok(());
                }
                Err(missing) => missing,
            };
            self.program.replace(None);
            if missing == Missing::Memory && self.shares_memory.replace(false) {
                // Its isolated form takes what it needs as it needs it.
                continue;
            }
            // Its files may be damaged: next time they come from the server, and all is tried again.
            self.has_failed.set(missing != Missing::Memory);
            self.shares_memory.set(self.can_share);
            return Err(match missing {
                Missing::Broken(reason) => {
                    Missing::Broken(why_no_worker(&program.script_url()).await.unwrap_or(reason))
                }
                other => other,
            });
        }
    }

    /// Threads could be had, but for the memory that they would share.
    #[must_use]
    pub fn lacks_shared_memory(&self) -> bool {
        self.can_share && !self.shares_memory.get()
    }

    async fn load(&self, tell: &dyn Fn(Arrival)) -> Result<Rc<Program>, Missing> {
        let known = self.program.borrow().clone();
        if let Some(program) = known {
            return Ok(program);
        }
        let source = if self.has_failed.get() { Source::Server } else { Source::Anywhere };
        let loaded = files::load(self.shares_memory.get(), source, tell).await.map(Rc::new);
        self.has_failed.set(loaded.is_err());
        let program = loaded?;
        self.program.replace(Some(Rc::clone(&program)));
        Ok(program)
    }

    /// Runs a script and gives the run's number; `None` while another runs.
    pub fn run(
        self: &Rc<Self>,
        script: Script,
        options: PythonOptions,
        emit: impl Fn(PythonEvent) + 'static,
    ) -> Option<u32> {
        if self.running.borrow().is_some() {
            return None;
        }
        let (stop, stopped) = unbounded();
        self.running.replace(Some(stop));
        let run = self.run.get() + 1;
        self.run.set(run);
        let runner = Rc::clone(self);
        spawn_local(async move {
            let end = runner.run_to_end(run, script, options, stopped, &emit).await;
            runner.running.replace(None);
            emit(end);
            // The next run does not have to wait for its interpreter, unless it has begun. First all
            // that has ended is gone: see `Control::ended_at_the_limit`.
            sleep(RELEASE_MS).await;
            if runner.running.borrow().is_none() {
                let _ = runner.prepare(options, &|_| ()).await;
            }
            if runner.turn.is_held() {
                runner.settled().await;
            }
            if runner.running.borrow().is_none() {
                runner.turn.give_back();
            }
        });
        Some(run)
    }

    /// Resolves once all workers that were ended at work have let go of their cores.
    async fn settled(&self) {
        let left_ms = self.settled_ms.get() - now_ms();
        if left_ms > 0.0 {
            sleep(left_ms as i32 + 1).await;
        }
    }

    /// Stops the current run; `Stopped` follows within 100 ms.
    pub fn stop(&self) {
        if let Some(running) = self.running.borrow().as_ref() {
            let _ = running.unbounded_send(Word::Stop);
        }
    }

    async fn run_to_end(
        &self,
        run: u32,
        script: Script,
        options: PythonOptions,
        mut stopped: UnboundedReceiver<Word>,
        emit: &dyn Fn(PythonEvent),
    ) -> PythonEvent {
        loop {
            emit(PythonEvent::Phase("Starting Python …".into()));
            let tell = |arrival: Arrival| emit(PythonEvent::Phase(arrival.sentence()));
            let begin = async {
                self.prepare(options, &tell).await?;
                if self.settled_ms.get() > now_ms() {
                    emit(PythonEvent::Phase(SETTLING.into()));
                    self.settled().await;
                }
                // A script can't be broken off and run again: it begins only if nobody objects meanwhile.
                while !self.turn.is_held() {
                    self.turn.take(&|sentence| emit(PythonEvent::Phase(sentence.into()))).await;
                    until_still().await;
                }
                Ok::<_, Missing>(())
            };
            match select(Box::pin(begin), stopped.next()).await {
                Either::Left((Ok(()), _)) => {}
                Either::Left((Err(missing), _)) => return PythonEvent::Failed(missing.code(), missing.sentence()),
                Either::Right(_) => {
                    let outcome = Outcome { status: Status::Stopped, ..Outcome::default() };
                    return PythonEvent::Stopped(Box::new(PythonReport { run, ..PythonReport::new(outcome, 0.0) }));
                }
            }
            let Some(interpreter) = self.waiting.take() else {
                return PythonEvent::Failed(ErrorCode::Python, "Python did not start.".into());
            };
            let without = if self.lacks_shared_memory() { RUNNING_WITHOUT_THREADS } else { "Running …" };
            emit(PythonEvent::Phase(without.into()));
            self.running.replace(Some(interpreter.mailbox.clone()));
            let program = Rc::clone(&interpreter.program);
            let end = Session::begin(interpreter, script.clone(), emit).follow().await;
            if matches!(end, End::Stopped(_, true) | End::Broken(..)) {
                self.settled_ms.set(now_ms() + SETTLE_MS);
            }
            match end {
                End::Ended(report) => return PythonEvent::Finished(Box::new(PythonReport { run, ..report })),
                End::Stopped(report, _) => return PythonEvent::Stopped(Box::new(PythonReport { run, ..report })),
                End::Broken(code, sentence) => return PythonEvent::Failed(code, sentence),
                End::Again => {
                    program.is_cramped.set(true);
                    let (stop, anew) = unbounded();
                    self.running.replace(Some(stop));
                    stopped = anew;
                }
            }
        }
    }
}

impl Interpreter {
    /// What it has left while it waited is for later ones, though it never ran.
    fn hand_on_snapshot(&mut self) {
        while let Ok(word) = self.words.try_recv() {
            if let Word::Script(Heard { message: FromPython::Snapshot {}, data: Some(bytes) }) = word {
                self.program.keep_snapshot(&bytes);
            }
        }
    }
}
