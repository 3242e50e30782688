//! Starts the workers of an executor, and finds out which of them are up.

use js_sys::{Array, Object};
use wasm_bindgen::JsValue;
use web_sys::WorkerType;

use super::board::Board;
use super::clock::{now_ms, sleep};
use super::control::{Control, Trouble};
use super::files::{DATA_FILES, IsolatedEngine, ThreadedEngine, folder};
use super::port::Port;
use super::signal::{Letter, Mailbox, Signal, WorkerId};
use super::worker::{WorkerHandle, set};
use crate::model::memory::Whose;
use crate::model::settings::Start;
use crate::protocol::{EngineError, FromWorker};

/// A worker that is not up after so long is not waited for any longer, ms.
const START_LIMIT_MS: f64 = 8000.0;
/// So many workers are started or ended before the page draws breath.
const AT_ONCE: usize = 8;
/// Shared memory is asked for with these limits, largest first, MiB.
const MEMORY_LIMITS_MIB: [u32; 8] = [1024, 512, 256, 128, 64, 32, 16, 8];

/// Workers that are up.
pub(super) struct Team {
    /// In the order of their numbers.
    pub(super) ports: Vec<Port>,
    /// When each was up, ms since the Unix epoch.
    pub(super) ready_ms: Vec<f64>,
    /// Why some did not start: a clause.
    pub(super) missing: Option<String>,
    /// How long those that never came were waited for after the last that did, ms.
    pub(super) in_vain_ms: f64,
    /// Workers that neither came nor said why.
    pub(super) unanswered: u32,
    /// Where threads report.
    pub(super) board: Option<Board>,
    /// How many work: ports, or the threads that one port hosts.
    pub(super) workers: u32,
}

impl Team {
    /// Somebody who is up already.
    pub(super) fn of_one(port: Port) -> Self {
        Self {
            ports: vec![port],
            ready_ms: Vec::new(),
            missing: None,
            in_vain_ms: 0.0,
            unanswered: 0,
            board: None,
            workers: 1,
        }
    }

    /// Ends all workers, a few at a time: each takes the page a millisecond.
    pub(super) async fn disband(self) {
        for (index, port) in self.ports.into_iter().enumerate() {
            if index % AT_ONCE == AT_ONCE - 1 {
                sleep(0).await;
            }
            drop(port);
        }
    }

    /// Is nobody of it the page itself?
    pub(super) fn is_of_workers(&self) -> bool {
        self.ports.iter().all(|port| matches!(port, Port::Worker(_)))
    }
}

/// Starts `workers` workers, each with an instance and a memory of its own.
///
/// # Errors
/// Stop; or a sentence, where not a single one started.
pub(super) async fn start_processes(
    control: &mut Control,
    engine: &IsolatedEngine,
    workers: u32,
    start: Start,
) -> Result<Team, Trouble> {
    if engine.prefers_blob.get() {
        return start_by(control, engine, &engine.script_blob_url, workers, start).await;
    }
    let refusal = match start_by(control, engine, &engine.script_url, workers, start).await {
        Err(Trouble::Broken(refusal)) => refusal,
        outcome => return outcome,
    };
    // Offline, an opaque origin, a wrong MIME type: the page has the text.
    match start_by(control, engine, &engine.script_blob_url, workers, start).await {
        Err(Trouble::Broken(again)) if again != refusal => {
            Err(Trouble::Broken(format!("{refusal} From the page's own copy: {again}")))
        }
        outcome => {
            engine.prefers_blob.set(outcome.is_ok());
            outcome
        }
    }
}

async fn start_by(
    control: &mut Control,
    engine: &IsolatedEngine,
    script_url: &str,
    workers: u32,
    start: Start,
) -> Result<Team, Trouble> {
    let errand = errand();
    match (start, &engine.program_url) {
        (Start::Reuse, _) => set(&errand, "module", &engine.module),
        (Start::Spawn, Some(url)) => set(&errand, "url", &JsValue::from_str(url)),
        (Start::Spawn, None) => set(&errand, "bytes", &engine.bytes),
    }
    let mut starting = Vec::new();
    let mut refusal = None;
    for index in 0..workers as usize {
        if index % AT_ONCE == AT_ONCE - 1 {
            sleep(0).await;
        }
        match spawn(control.new_worker_id(), script_url, WorkerType::Classic, &errand, control.mailbox()) {
            Ok(worker) => starting.push(Starting { worker, state: State::Waiting }),
            Err(reason) => refusal = Some(reason),
        }
    }
    gather_team(control, starting, workers, refusal).await
}

/// Starts one worker that hosts `threads` threads over shared memory.
///
/// # Errors
/// Stop; or a sentence, where the pool did not start.
pub(super) async fn start_threads(
    control: &mut Control,
    engine: &ThreadedEngine,
    threads: u32,
    start: Start,
) -> Result<Team, Trouble> {
    let errand = errand();
    match start {
        Start::Reuse => set(&errand, "module", &engine.module),
        Start::Spawn => {}
    }
    set(&errand, "url", &JsValue::from_str(&engine.program_url));
    set(&errand, "threads", &JsValue::from_f64(f64::from(threads)));
    let limits: Array = MEMORY_LIMITS_MIB.iter().map(|mib| JsValue::from_f64(f64::from(*mib))).collect();
    set(&errand, "limits_mib", &limits);
    let id = control.new_worker_id();
    let worker = spawn(id, &engine.script_url, WorkerType::Module, &errand, control.mailbox())
        .map_err(|reason| Trouble::Broken(format!("The worker that hosts the threads did not start: {reason}.")))?;
    let starting = vec![Starting { worker, state: State::Waiting }];
    let gathered = gather_team(control, starting, 1, None).await;
    let mut team = gathered.map_err(|trouble| match trouble {
        Trouble::Memory { had, .. } => Trouble::Memory { whose: Whose::Threads, had },
        other => other,
    })?;
    team.workers = threads;
    if team.board.is_none() {
        return Err(Trouble::broken("The threads started, but did not hand over their shared memory."));
    }
    Ok(team)
}

/// What any worker is told: where the site's data files are, if it has them.
fn errand() -> Object {
    let errand = Object::new();
    if let Ok(folder) = folder(DATA_FILES) {
        set(&errand, "data", &JsValue::from_str(&folder));
    }
    errand
}

struct Starting {
    worker: WorkerHandle,
    state: State,
}

enum State {
    Waiting,
    Up {
        ready_ms: f64,
        board: Option<Board>,
    },
    Down(String),
    /// There was too little memory for it: what could be had, bytes.
    NoRoom(u64),
}

fn spawn(id: WorkerId, url: &str, kind: WorkerType, errand: &Object, to: &Mailbox) -> Result<WorkerHandle, String> {
    let worker = WorkerHandle::spawn(id, url, kind, to)?;
    worker.start(errand)?;
    Ok(worker)
}

async fn gather_team(
    control: &mut Control,
    mut starting: Vec<Starting>,
    asked: u32,
    refusal: Option<String>,
) -> Result<Team, Trouble> {
    let mut limit = control.deadline(START_LIMIT_MS);
    while starting.iter().any(|one| matches!(one.state, State::Waiting)) {
        match control.next().await? {
            Signal::Message(letter) => {
                if let Some(one) = starting.iter_mut().find(|one| one.worker.id() == letter.worker) {
                    one.state = state_after(&letter);
                }
            }
            Signal::Broken { worker, reason } => {
                if let Some(one) = starting.iter_mut().find(|one| one.worker.id() == worker) {
                    one.state = State::Down(reason);
                }
            }
            Signal::Tick if limit.is_over(&control.watch) => break,
            Signal::Tick | Signal::Stop => {}
        }
    }
    team_of(starting, asked, refusal, now_ms())
}

/// A browser does not say that it lets no more start: it has them wait.
fn no_answer() -> String {
    format!("no answer within {} s, as where a browser allows no more workers at once", START_LIMIT_MS / 1000.0)
}

fn state_after(letter: &Letter) -> State {
    match &letter.message {
        FromWorker::Ready { build } if build == crate::BUILD => {
            let board = letter.shared.as_ref().and_then(|(memory, address)| Board::new(memory, *address));
            State::Up { ready_ms: now_ms(), board }
        }
        FromWorker::Ready { .. } => {
            State::Down("its program belongs to another version of this page; reload the page".to_owned())
        }
        FromWorker::Failed(EngineError::Memory { had }) => State::NoRoom(*had),
        FromWorker::Failed(error) => State::Down(error.to_string()),
        _ => State::Down("it spoke out of turn".to_owned()),
    }
}

fn team_of(starting: Vec<Starting>, asked: u32, refusal: Option<String>, given_up_ms: f64) -> Result<Team, Trouble> {
    let mut team = Team {
        ports: Vec::new(),
        ready_ms: Vec::new(),
        missing: None,
        in_vain_ms: 0.0,
        unanswered: 0,
        board: None,
        workers: 0,
    };
    let mut reason = refusal;
    let mut no_room = None;
    for one in starting {
        match one.state {
            State::Up { ready_ms, board } => {
                team.ports.push(Port::Worker(one.worker));
                team.ready_ms.push(ready_ms);
                team.board = board;
            }
            State::Down(why) => reason = Some(why),
            State::NoRoom(had) => {
                no_room = Some(had);
                reason = Some(EngineError::Memory { had }.to_string());
            }
            State::Waiting => {
                team.unanswered += 1;
                reason.get_or_insert_with(no_answer);
            }
        }
    }
    team.workers = team.ports.len() as u32;
    let reason = reason.unwrap_or_default();
    if let (true, Some(had)) = (team.ports.is_empty(), no_room) {
        return Err(Trouble::Memory { whose: Whose::Process, had });
    }
    if team.ports.is_empty() {
        return Err(Trouble::Broken(format!("No worker started: {reason}.")));
    }
    if team.workers < asked {
        team.missing = Some(reason);
        let last_ready_ms = team.ready_ms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        team.in_vain_ms = (given_up_ms - last_ready_ms).max(0.0);
    }
    Ok(team)
}
