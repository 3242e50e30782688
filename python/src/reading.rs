//! Reads of the site's own data files.
//!
//! Python code asks for a file by its name ([`_lab_reading`], below
//! `lib/_lab_files.py`). Which names are files is for the host to say, whom no
//! script can talk over: what is not in the list is refused without a look at
//! it (`src/model/data_files.rs`). Who waits has released the GIL, as it has
//! for everything it waits for ([`idle`](crate::idle)).
//!
//! ```text
//! this worker ──host: read(ticket, name)──▶ the page ── fetch ──▶ the site
//!      ▲                                      │
//!      └─── an event with the ticket ─────────┘   as those of processes travel
//! ```

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::data_files;
use crate::idle;

#[cfg_attr(not(target_family = "wasm"), path = "reading/folder.rs")]
#[cfg_attr(target_family = "wasm", path = "reading/worker.rs")]
mod host;

/// What `latency` is, where nobody has set it.
pub const LATENCY: Duration = Duration::from_millis(50);

/// Bytes of the longest name that the host is asked about.
const LONGEST_NAME: usize = 1000;

/// What came of a read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Answer {
    /// The file's bytes.
    Content(Vec<u8>),
    /// It is no file that scripts may read.
    Refused,
    /// It could not be had: a clause.
    Failed(String),
}

impl Answer {
    /// Kinds of events, beside those of processes (`src/protocol/python.rs`).
    const CONTENT: u32 = 4;
    const REFUSED: u32 = 5;
    const FAILED: u32 = 6;

    /// Reads an answer as the host writes it; `None` if that is about something else.
    #[must_use]
    pub fn read(kind: u32, content: &[u8]) -> Option<Self> {
        match kind {
            Self::CONTENT => Some(Self::Content(content.to_vec())),
            Self::REFUSED => Some(Self::Refused),
            Self::FAILED => Some(Self::Failed(String::from_utf8_lossy(content).into_owned())),
            _ => None,
        }
    }
}

/// Half to one and a half of this is how long a read takes at least, µs.
static LATENCY_US: AtomicU64 = AtomicU64::new(0);
static LAST_TICKET: AtomicU32 = AtomicU32::new(0);
/// Reads that the host was asked for and has not answered, waited for or not.
static OPEN: AtomicU32 = AtomicU32::new(0);
/// So many at a time: a script that waits for none of them would flood its page.
const MOST_OPEN: u32 = 64;
/// Of reads that are waited for, what has come.
static ANSWERS: Mutex<BTreeMap<u32, Option<Answer>>> = Mutex::new(BTreeMap::new());

fn answers() -> MutexGuard<'static, BTreeMap<u32, Option<Answer>>> {
    ANSWERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on reads take about so long.
pub fn set_latency(latency: Duration) {
    LATENCY_US.store(u64::try_from(latency.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
}

fn latency_ms(name: &str) -> f64 {
    data_files::latency_ms(name, LATENCY_US.load(Ordering::Relaxed) as f64 / 1e3)
}

/// Takes in what became of a read, if anybody still waits for it.
pub fn arrive(ticket: u32, answer: Answer) {
    OPEN.fetch_sub(1, Ordering::Relaxed);
    if let Some(place) = answers().get_mut(&ticket) {
        *place = Some(answer);
    }
    idle::happened();
}

/// A read that is waited for; dropped, nobody waits for it any more.
struct Waiting {
    ticket: u32,
    due_ms: f64,
}

impl Waiting {
    /// Asks the host.
    ///
    /// # Errors
    /// Why nothing could ever come: a clause.
    fn begin(name: &str, due_ms: f64) -> Result<Self, String> {
        let ticket = LAST_TICKET.fetch_add(1, Ordering::Relaxed) + 1;
        answers().insert(ticket, None);
        let waiting = Self { ticket, due_ms };
        OPEN.fetch_add(1, Ordering::Relaxed);
        match host::read(ticket, name) {
            Ok(()) => Ok(waiting),
            Err(reason) => {
                OPEN.fetch_sub(1, Ordering::Relaxed);
                Err(reason)
            }
        }
    }

    /// Whether there is an answer whose time has come: what is refused is refused at once.
    fn is_over(&self, now_ms: f64) -> bool {
        match answers().get(&self.ticket) {
            Some(Some(Answer::Content(_))) => now_ms >= self.due_ms,
            Some(answer) => answer.is_some(),
            None => false,
        }
    }

    fn take(&self) -> Option<Answer> {
        answers().get_mut(&self.ticket).and_then(Option::take)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        answers().remove(&self.ticket);
    }
}

pub(crate) use _lab_reading::module_def;

#[rustpython_vm::pymodule]
mod _lab_reading {
    use std::sync::atomic::Ordering;

    use rustpython_vm::builtins::PyStrRef;
    use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

    use super::{Answer, LONGEST_NAME, MOST_OPEN, OPEN, Waiting, latency_ms};
    use crate::processes::{self, host};
    use crate::{clock, data_files, idle, threads};

    /// read(name, timeout) -> ("content", bytes), ("refused", None), ("late", None) or ("failed", clause)
    ///
    /// A file of the site, letter by letter as the site calls it. `timeout` is in seconds, or None.
    #[pyfunction]
    fn read(name: PyStrRef, timeout: Option<f64>, vm: &VirtualMachine) -> PyResult<(&'static str, PyObjectRef)> {
        let name = name.to_string_lossy().into_owned();
        if name.len() > LONGEST_NAME {
            return Ok(("refused", vm.ctx.none()));
        }
        let asked_ms = clock::now_ms();
        let give_up_ms = timeout.map(|seconds| asked_ms + seconds * 1e3);
        let has_room = || {
            processes::take_in();
            OPEN.load(Ordering::Relaxed) < MOST_OPEN
        };
        if !idle::wait_until(vm, give_up_ms, has_room)? {
            return Ok(("late", vm.ctx.none()));
        }
        let waiting = match Waiting::begin(&name, asked_ms + latency_ms(&name)) {
            Ok(waiting) => waiting,
            Err(reason) => return Ok(("failed", vm.ctx.new_str(reason).into())),
        };
        let Some(came_ms) = wait(&waiting, give_up_ms, vm)? else { return Ok(("late", vm.ctx.none())) };
        match waiting.take() {
            Some(Answer::Content(content)) => {
                record(&name, content.len(), [asked_ms, came_ms]);
                Ok(("content", vm.ctx.new_bytes(content).into()))
            }
            Some(Answer::Failed(reason)) => Ok(("failed", vm.ctx.new_str(reason).into())),
            Some(Answer::Refused) | None => Ok(("refused", vm.ctx.none())),
        }
    }

    /// names() -> list of str: the files that there are.
    #[pyfunction]
    fn names(vm: &VirtualMachine) -> Vec<PyObjectRef> {
        data_files::SETS.iter().flat_map(data_files::Set::names).map(|name| vm.ctx.new_str(name).into()).collect()
    }

    /// Waits without the GIL; when the answer had come, before the GIL was taken again. `None`: too late.
    fn wait(waiting: &Waiting, give_up_ms: Option<f64>, vm: &VirtualMachine) -> PyResult<Option<f64>> {
        let mut came_ms = None;
        let mut has_come = || {
            processes::take_in();
            let now_ms = clock::now_ms();
            let is_over = waiting.is_over(now_ms);
            came_ms = is_over.then_some(now_ms);
            is_over
        };
        // Nobody wakes us when its time has come; after that, the answer does.
        let due_ms = give_up_ms.map_or(waiting.due_ms, |give_up_ms| give_up_ms.min(waiting.due_ms));
        let came = idle::wait_until(vm, Some(due_ms), &mut has_come)? || idle::wait_until(vm, give_up_ms, has_come)?;
        Ok(came_ms.filter(|_| came))
    }

    fn record(name: &str, bytes: usize, [start_ms, end_ms]: [f64; 2]) {
        let label = format!("{name}, {bytes} bytes");
        let thread = threads::current_number();
        host::record(&host::Span { kind: "read", start_ms, end_ms, label: &label, thread });
    }
}
