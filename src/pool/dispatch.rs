//! One run of one executor: deals the tasks, gathers the results, takes the time.

use std::collections::VecDeque;

use super::clock::{now_ms, sleep};
use super::control::{Control, Trouble};
use super::signal::{Letter, Signal};
use super::team::Team;
use super::watch::Deadline;
use crate::model::memory::{THREAD_STACK_BYTES, Whose};
use crate::model::settings::{Gather, Kernel};
use crate::model::timeline::{Span, Timeline};
use crate::protocol::{EngineError, FromWorker, Task, ThreadRun, ToWorker};
use crate::workload::{AnyWorkload, Shape};

/// A worker with work that gives no sign of life for so long is lost, ms.
const SILENCE_MS: f64 = 5000.0;
/// One task at work and one queued behind it, per worker
/// (CPython's `EXTRA_QUEUED_CALLS`).
const TASKS_AHEAD: usize = 2;
/// So many tasks are dealt before the page draws breath.
const DEALT_AT_ONCE: usize = 16;
/// Spans kept for the timeline; later ones are only summed.
const SPANS_KEPT: usize = 4096;

/// What is to be run.
#[derive(Clone, Copy)]
pub(super) struct Job<'a> {
    pub(super) workload: &'a AnyWorkload,
    pub(super) kernel: Kernel,
    pub(super) gather: Gather,
    /// Items per task, at least one.
    pub(super) chunk: u32,
    /// The workload's whole input, bytes.
    pub(super) input: &'a [u8],
}

impl Job<'_> {
    /// Tasks of one run.
    pub(super) fn tasks(&self) -> u32 {
        self.workload.shape().items.div_ceil(self.chunk.max(1))
    }
}

/// Runs the job once. The times are ms since `dispatched_ms`, as the clocks of page and workers
/// gave them; `output` holds the workload's rows, bytes; `progress` hears of units done.
///
/// # Errors
/// Stop (all workers may still be at work: see [`Control::quiesce`]), or what broke.
pub(super) async fn run(
    control: &mut Control,
    team: &Team,
    job: Job<'_>,
    dispatched_ms: f64,
    output: &mut [u8],
    progress: &mut impl FnMut(u64),
) -> Result<Timeline, Trouble> {
    let mut timeline = match &team.board {
        Some(_) => run_threads(control, team, job, output, progress).await?,
        None => run_tasks(control, team, job, output, progress).await?,
    };
    timeline.worker_ready_ms.clone_from(&team.ready_ms);
    Ok(timeline.since(dispatched_ms))
}

/// The tasks of one run, as they go out and come back.
struct Deal<'a> {
    job: Job<'a>,
    shape: Shape,
    tasks: u32,
    dispatch: u32,
    next: u32,
    /// Per port: tasks out, the first of them at work.
    out: Vec<VecDeque<u32>>,
    /// Per port: units done of the task at work.
    partial: Vec<u64>,
    silence: Vec<Deadline>,
    done: u64,
    timeline: Timeline,
}

impl Deal<'_> {
    fn is_over(&self) -> bool {
        self.next >= self.tasks && self.out.iter().all(VecDeque::is_empty)
    }

    /// Hands the next task to a port, if there is one.
    fn hand_out(&mut self, control: &Control, team: &Team, index: usize) -> Result<(), Trouble> {
        let (Some(port), Some(out)) = (team.ports.get(index), self.out.get_mut(index)) else { return Ok(()) };
        if self.next >= self.tasks || out.len() >= TASKS_AHEAD {
            return Ok(());
        }
        if out.is_empty()
            && let Some(silence) = self.silence.get_mut(index)
        {
            *silence = control.deadline(SILENCE_MS);
        }
        let first_item = self.next * self.job.chunk;
        let items = self.job.chunk.min(self.shape.items - first_item);
        let in_row = self.shape.in_row_bytes;
        let data = self.job.input.get(first_item as usize * in_row..(first_item + items) as usize * in_row);
        let data = data.filter(|data| !data.is_empty());
        let task = Task {
            dispatch: self.dispatch,
            task: self.next,
            worker: index as u32,
            first_item,
            items,
            workload: self.job.workload.clone(),
            kernel: self.job.kernel,
            gather: self.job.gather,
            fault: None,
        };
        port.post(ToWorker::Run(task), data).map_err(|reason| broke(index, &reason))?;
        out.push_back(self.next);
        self.next += 1;
        Ok(())
    }

    /// Takes what a port says.
    fn hear(&mut self, index: usize, letter: &Letter, output: &mut [u8]) -> Result<(), Trouble> {
        match &letter.message {
            FromWorker::Progress { done, .. } => self.set_partial(index, *done),
            FromWorker::Done { task, span, .. } => {
                if self.out.get_mut(index).and_then(VecDeque::pop_front) != Some(*task) {
                    return Err(broke(index, "it answered a task that it was not given"));
                }
                self.set_partial(index, 0);
                self.gather(span, letter, output).map_err(|reason| broke(index, reason))?;
            }
            FromWorker::Failed(error) => {
                let whose = if self.out.len() == 1 && self.tasks == 1 { Whose::Worker } else { Whose::Process };
                return Err(Trouble::failed(error, whose, |error| broke(index, &error)));
            }
            _ => {}
        }
        Ok(())
    }

    fn set_partial(&mut self, index: usize, done: u64) {
        if let Some(partial) = self.partial.get_mut(index) {
            *partial = done;
        }
    }

    fn gather(&mut self, span: &Span, letter: &Letter, output: &mut [u8]) -> Result<(), &'static str> {
        let row = self.shape.out_row_bytes;
        let begin = (span.first_item as usize).saturating_mul(row);
        let end = begin.saturating_add((span.items as usize).saturating_mul(row));
        let place = output.get_mut(begin..end).ok_or("its results belong nowhere")?;
        let data = letter.data.as_ref().filter(|data| data.length() as usize == place.len());
        data.ok_or("its results have the wrong size")?.copy_to(place);
        let timeline = &mut self.timeline;
        if self.done == 0 {
            timeline.first_task_ms = span.start_ms;
        }
        self.done += self.job.workload.units(span.items);
        timeline.first_task_ms = timeline.first_task_ms.min(span.start_ms);
        timeline.last_task_ms = timeline.last_task_ms.max(span.end_ms);
        timeline.work_ms += span.duration_ms();
        if timeline.spans.len() < SPANS_KEPT {
            timeline.spans.push(*span);
        }
        Ok(())
    }

    fn done(&self) -> u64 {
        self.done + self.partial.iter().sum::<u64>()
    }

    /// A port with work that has long been silent, if any.
    fn lost(&mut self, control: &Control) -> Option<usize> {
        let silent = self.silence.iter_mut().map(|silence| silence.is_over(&control.watch));
        silent.zip(&self.out).position(|(silent, out)| silent && !out.is_empty())
    }
}

async fn run_tasks(
    control: &mut Control,
    team: &Team,
    job: Job<'_>,
    output: &mut [u8],
    progress: &mut impl FnMut(u64),
) -> Result<Timeline, Trouble> {
    let ports = team.ports.len();
    let mut deal = Deal {
        job,
        shape: job.workload.shape(),
        tasks: job.tasks(),
        dispatch: control.new_dispatch(),
        next: 0,
        out: vec![VecDeque::new(); ports],
        partial: vec![0; ports],
        silence: (0..ports).map(|_| control.deadline(SILENCE_MS)).collect(),
        done: 0,
        timeline: Timeline::default(),
    };
    for (dealt, index) in (0..ports).cycle().take(ports * TASKS_AHEAD).enumerate() {
        if dealt % DEALT_AT_ONCE == DEALT_AT_ONCE - 1 {
            sleep(0).await;
        }
        deal.hand_out(control, team, index)?;
    }
    while !deal.is_over() {
        match control.next().await? {
            Signal::Message(letter) => {
                let Some(index) = team.ports.iter().position(|port| control.concerns(&letter, port)) else { continue };
                deal.hear(index, &letter, output)?;
                deal.hand_out(control, team, index)?;
                if let Some(silence) = deal.silence.get_mut(index) {
                    *silence = control.deadline(SILENCE_MS);
                }
                progress(deal.done());
            }
            Signal::Broken { worker, reason } => {
                if let Some(index) = team.ports.iter().position(|port| port.id() == worker) {
                    return Err(broke(index, &reason));
                }
            }
            Signal::Tick if !control.turn.is_held() => return Err(Trouble::Interrupted),
            Signal::Tick => {
                if let Some(index) = deal.lost(control) {
                    control.terminated_busy();
                    return Err(broke(index, &format!("it gave no sign of life for {} s", SILENCE_MS / 1000.0)));
                }
            }
            Signal::Stop => {}
        }
    }
    deal.timeline.gathered_ms = now_ms();
    Ok(deal.timeline)
}

async fn run_threads(
    control: &mut Control,
    team: &Team,
    job: Job<'_>,
    output: &mut [u8],
    progress: &mut impl FnMut(u64),
) -> Result<Timeline, Trouble> {
    let (Some(host), Some(board)) = (team.ports.first(), &team.board) else {
        return Err(Trouble::broken("There is no worker to host the threads."));
    };
    let dispatch = control.new_dispatch();
    board.set_stop(false);
    let Job { workload, kernel, gather, chunk, input } = job;
    let workload = workload.clone();
    let request = ToWorker::RunThreads(ThreadRun { dispatch, workload, kernel, chunk, gather, fault: None });
    host.post(request, Some(input).filter(|input| !input.is_empty())).map_err(|reason| broke(0, &reason))?;
    let mut heartbeat = board.heartbeat();
    let mut silence = control.deadline(SILENCE_MS);
    loop {
        match control.next().await? {
            Signal::Message(letter) if control.concerns(&letter, host) => match &letter.message {
                FromWorker::Done { span, .. } => {
                    let data = letter.data.as_ref().filter(|data| data.length() as usize == output.len());
                    data.ok_or_else(|| broke(0, "its results have the wrong size"))?.copy_to(output);
                    let gathered_ms = now_ms();
                    let (first_task_ms, last_task_ms) = (span.start_ms, span.end_ms);
                    let (spans, work_ms) = (board.spans(), board.work_ms());
                    let timeline =
                        Timeline { first_task_ms, last_task_ms, gathered_ms, spans, work_ms, ..Timeline::default() };
                    return Ok(timeline);
                }
                FromWorker::Failed(error) => return Err(threads_failed(team, error)),
                _ => {}
            },
            Signal::Broken { worker, reason } if worker == host.id() => return Err(thread_broke(board, &reason)),
            Signal::Tick if !control.turn.is_held() => return Err(Trouble::Interrupted),
            Signal::Tick => {
                if board.panic_message().is_some() || board.had_bytes().is_some() {
                    return Err(thread_broke(board, "it panicked"));
                }
                progress(board.done());
                if std::mem::replace(&mut heartbeat, board.heartbeat()) != heartbeat {
                    silence = control.deadline(SILENCE_MS);
                } else if silence.is_over(&control.watch) {
                    board.set_stop(true);
                    control.terminated_busy();
                    return Err(thread_broke(board, &format!("no thread moved for {} s", SILENCE_MS / 1000.0)));
                }
            }
            _ => {}
        }
    }
}

fn broke(index: usize, reason: &str) -> Trouble {
    Trouble::Broken(format!("Worker {} broke: {reason}. Its work is lost; the next run starts new workers.", index + 1))
}

/// What could be had is beside what the stacks have already.
fn threads_failed(team: &Team, error: &EngineError) -> Trouble {
    match Trouble::failed(error, Whose::Threads, |error| broke(0, &error)) {
        Trouble::Memory { whose, had } if had > 0 => {
            Trouble::Memory { whose, had: had + u64::from(team.workers) * THREAD_STACK_BYTES }
        }
        other => other,
    }
}

fn thread_broke(board: &super::board::Board, reason: &str) -> Trouble {
    if let Some(had) = board.had_bytes() {
        return Trouble::Memory { whose: Whose::Threads, had };
    }
    let reason = board.panic_message().unwrap_or_else(|| reason.to_owned());
    Trouble::Broken(format!(
        "A thread broke, and with it the memory that all share: {reason}. The next run starts anew."
    ))
}
