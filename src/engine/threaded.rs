//! The threaded engine: rayon threads on one shared memory, hosted by a worker
//! that blocks while they run.

mod board;

use js_sys::Array;
use wasm_bindgen::prelude::*;

pub use wasm_bindgen_rayon::init_thread_pool;

use self::board::BOARD;
use super::{now_ms, panic_message, post, send, set, values_of, wire_object};
use crate::executor::threads::{self, Observer, Outcome};
use crate::model::settings::Gather;
use crate::model::timeline::Span;
use crate::protocol::{EngineError, Fault, FromWorker, ThreadRun, ToWorker};
use crate::service::{Reply, zeroed};

/// Where the board is in the shared memory, bytes.
#[wasm_bindgen]
#[must_use]
pub fn board_address() -> u32 {
    BOARD.address()
}

/// Announces the engine with its memory. Called once, after the pool is up.
#[wasm_bindgen]
pub fn ready(memory: &JsValue, board: u32) {
    std::panic::set_hook(Box::new(|info| BOARD.panicked(&panic_message(info))));
    let message = wire_object(&FromWorker::Ready { build: crate::BUILD.to_owned() });
    set(&message, "memory", memory);
    set(&message, "board", &JsValue::from_f64(f64::from(board)));
    send(&message, &Array::new());
}

/// Runs what the message asks for, and blocks until it is done.
#[wasm_bindgen]
pub fn run_threads(header: &str, data: &JsValue) {
    let reply = match serde_json::from_str(header) {
        Ok(ToWorker::RunThreads(run)) => run_ensemble(&run, &values_of(data)),
        Ok(ToWorker::Stop { dispatch }) => header_only(FromWorker::Stopped { dispatch }),
        Ok(_) => refusal("a host of threads only runs threads"),
        Err(error) => refusal(&error.to_string()),
    };
    post(reply);
}

fn run_ensemble(run: &ThreadRun, initial: &[f64]) -> Reply {
    BOARD.reset();
    let members = initial.len() / 3;
    let mut output = match zeroed(members.saturating_mul(run.workload.values_per_member())) {
        Ok(output) => output,
        Err(error) => return header_only(FromWorker::Failed(error)),
    };
    if let Some(fault) = run.fault {
        break_a_thread(fault);
    }
    let chunk = run.chunk as usize;
    match threads::run(run.workload, run.kernel, chunk, initial, &mut output, &OnBoard) {
        Outcome::Stopped => header_only(FromWorker::Stopped { dispatch: run.dispatch }),
        Outcome::Finished => {
            // The page reads the spans from the board; this one is the whole.
            let (start_ms, end_ms) = BOARD.first_and_last_ms();
            let members = u32::try_from(members).unwrap_or(u32::MAX);
            let span = Span { worker: 0, first_member: 0, members, start_ms, end_ms };
            let message = FromWorker::Done { dispatch: run.dispatch, task: 0, span };
            Reply { message, data: Some(output), gather: run.gather }
        }
    }
}

/// What a test asked for: one rayon thread panics or hangs for real.
fn break_a_thread(fault: Fault) {
    rayon::spawn(move || match fault {
        #[expect(clippy::panic, reason = "a test asked for a real one")]
        Fault::Panic => panic!("a test asked for this panic in a thread"),
        Fault::Hang => loop {
            std::hint::spin_loop();
        },
    });
}

fn refusal(message: &str) -> Reply {
    header_only(FromWorker::Failed(EngineError::Request { message: message.to_owned() }))
}

fn header_only(message: FromWorker) -> Reply {
    Reply { message, data: None, gather: Gather::Transfer }
}

/// Reports from any thread go to the board.
struct OnBoard;

impl Observer for OnBoard {
    fn now_ms(&self) -> f64 {
        now_ms()
    }

    fn stopped(&self) -> bool {
        BOARD.is_stopped()
    }

    fn advanced(&self, member_steps: u64) {
        BOARD.advanced(member_steps);
    }

    fn task_finished(&self, span: Span) {
        BOARD.task_finished(&span);
    }
}
