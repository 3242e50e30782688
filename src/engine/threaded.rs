//! The threaded engine: rayon threads on one shared memory, hosted by a worker
//! that blocks while they run.

mod board;

use std::thread;
use std::time::Duration;

use js_sys::Array;
use wasm_bindgen::prelude::*;

pub use wasm_bindgen_rayon::init_thread_pool;

use self::board::BOARD;
use super::{Beside, now_ms, panic_message, post, post_with, reading, send, set, wire_object};
use crate::executor::allocator;
use crate::executor::slices::{Refusal, zeroed};
use crate::executor::threads::{self, Observer, Outcome};
use crate::model::memory::THREAD_STACK_BYTES;
use crate::model::timeline::Span;
use crate::protocol::board::{NO_MEMORY, PANIC};
use crate::protocol::{EngineError, Fault, FromWorker, ThreadRun, ToWorker};
use crate::service::{Data, Reply};
use crate::workload::{File, Visit, Workload};

/// Where the board is in the shared memory, bytes.
#[wasm_bindgen]
#[must_use]
pub fn board_address() -> u32 {
    BOARD.address()
}

/// What a thread has of its own beside its stack, at most.
const BESIDE_A_STACK_BYTES: u64 = 64 << 10;

/// Has the memory grow to what so many threads' stacks will take, or else says how
/// much there is: a thread that begins without a stack says nothing.
///
/// # Errors
/// The header of a message that tells it.
#[wasm_bindgen]
pub fn make_room(threads: u32) -> Result<(), String> {
    let stacks = u64::from(threads) * (THREAD_STACK_BYTES + BESIDE_A_STACK_BYTES);
    if allocator::fits(stacks as usize) {
        return Ok(());
    }
    let message = FromWorker::Failed(Refusal::Memory { bytes: stacks }.into());
    Err(serde_json::to_string(&message).unwrap_or_default())
}

/// Announces the engine with its memory; it finds the site's data files in the folder of
/// this address. Called once, after the pool is up.
#[wasm_bindgen]
pub fn ready(memory: &JsValue, board: u32, data: Option<String>) {
    reading::are_in(data);
    std::panic::set_hook(Box::new(|info| BOARD.panicked(PANIC, &panic_message(info))));
    std::alloc::set_alloc_error_hook(|_| BOARD.panicked(NO_MEMORY, "there was not enough memory"));
    let message = wire_object(&FromWorker::Ready { build: crate::BUILD.to_owned() });
    set(&message, "memory", memory);
    set(&message, "board", &JsValue::from_f64(f64::from(board)));
    send(&message, &Array::new());
}

/// Runs what the message asks for, and blocks until it is done.
#[wasm_bindgen]
pub fn run_threads(header: &str, data: &JsValue) {
    let done = match serde_json::from_str(header) {
        // Its rows are dropped before it is tried how much there would have been.
        Ok(ToWorker::RunThreads(run)) => {
            run.workload.visit(OnThreads { run: &run, data: Beside::new(data) }).map_err(EngineError::from)
        }
        Ok(ToWorker::Stop { dispatch }) => {
            post(&Reply::header(FromWorker::Stopped { dispatch }));
            Ok(())
        }
        Ok(ToWorker::Run(_)) => refusal("a host of threads only runs threads"),
        Err(error) => refusal(&error.to_string()),
    };
    if let Err(error) = done {
        post(&Reply::header(FromWorker::Failed(error)));
    }
}

/// A thread that waits for a file looks for Stop so often, ms.
const NAP_MS: f64 = 10.0;

/// All items of a workload, on all threads.
struct OnThreads<'a> {
    run: &'a ThreadRun,
    data: Beside,
}

impl Visit for OnThreads<'_> {
    type Output = Result<(), Refusal>;

    fn visit<W: Workload>(self, workload: &W) -> Self::Output {
        BOARD.reset();
        let &ThreadRun { dispatch, kernel, chunk, gather, fault, .. } = self.run;
        let items = workload.items();
        let mut input = zeroed::<W::In>(workload.in_row().saturating_mul(items as usize))?;
        let bytes: &mut [u8] = bytemuck::cast_slice_mut(&mut input);
        if bytes.len() != self.data.count() {
            return Err(Refusal::Input { given: self.data.count(), wanted: bytes.len() });
        }
        self.data.copy_to(bytes);
        if let Some(why_not) = workload.why_not(kernel) {
            return Err(Refusal::Kernel(why_not));
        }
        let mut output = zeroed::<W::Out>(workload.out_row().saturating_mul(items as usize))?;
        if let Some(fault) = fault {
            break_a_thread(fault);
        }
        match threads::run(workload, kernel, chunk, &input, &mut output, &OnBoard) {
            Outcome::Stopped => post(&Reply::header(FromWorker::Stopped { dispatch })),
            Outcome::Failed(message) => post(&Reply::header(FromWorker::Failed(EngineError::File { message }))),
            Outcome::Finished => {
                // The page reads the spans from the board; this one is the whole.
                let (start_ms, end_ms) = BOARD.first_and_last_ms();
                let span = Span { worker: 0, first_item: 0, items, start_ms, end_ms };
                let message = FromWorker::Done { dispatch, task: 0, span };
                post_with(&message, Some(bytemuck::cast_slice(&output)), gather);
            }
        }
        Ok(())
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

fn refusal(message: &str) -> Result<(), EngineError> {
    Err(EngineError::Request { message: message.to_owned() })
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

    fn advanced(&self, units: u64) {
        BOARD.advanced(units);
    }

    fn task_finished(&self, span: Span) {
        BOARD.task_finished(&span);
    }

    fn read(&self, file: &File) -> Option<Result<Vec<u8>, String>> {
        let until_ms = now_ms() + file.latency_ms();
        let content = reading::read(&file.name());
        loop {
            if self.stopped() {
                return None;
            }
            let left_ms = until_ms - now_ms();
            if left_ms <= 0.0 || content.is_err() {
                return Some(content);
            }
            // No core is needed for that, but somebody has to see that it goes on.
            thread::sleep(Duration::from_micros((left_ms.min(NAP_MS) * 1e3) as u64));
            BOARD.advanced(0);
        }
    }
}
