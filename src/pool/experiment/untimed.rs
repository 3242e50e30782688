//! What surrounds the executors: preparation, check and follow-ups, in passes
//! of their own, which are not timed.

use js_sys::Uint8Array;

use super::Run;
use crate::executor::{allocator, slices};
use crate::model::experiment::Untimed;
use crate::model::memory::Whose;
use crate::model::settings::{Gather, Kernel};
use crate::pool::control::Trouble;
use crate::pool::dispatch::Job;
use crate::protocol::{Task, ToWorker};
use crate::workload::AnyWorkload;

/// What the check found in an output.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Checked {
    pub(super) fingerprint: u64,
    pub(super) not_finite: u64,
}

/// A worker's bytes, in the page's memory.
fn copied(data: &Uint8Array) -> Result<Vec<u8>, Trouble> {
    let mut bytes = zeroed(data.length() as usize)?;
    data.copy_to(&mut bytes);
    Ok(bytes)
}

/// So many zeros, in the page's memory.
pub(super) fn zeroed(bytes: usize) -> Result<Vec<u8>, Trouble> {
    slices::zeroed(bytes).map_err(|_| no_room(bytes))
}

fn no_room(bytes: usize) -> Trouble {
    Trouble::Memory { whose: Whose::Page, had: allocator::room_of(bytes as u64) }
}

impl Run<'_> {
    /// The input of the workload; empty where it needs none.
    pub(super) async fn prepare(&mut self) -> Result<Vec<u8>, Trouble> {
        self.call_solo().await;
        let input = match &self.experiment.preparation {
            Some(preparation) => self.untimed(preparation, &[]).await?,
            None => Vec::new(),
        };
        if input.len() == self.experiment.workload.shape().in_bytes() {
            Ok(input)
        } else {
            Err(Trouble::broken("What was prepared is not what the work needs."))
        }
    }

    /// Work beside the clock; the output's bytes. It takes what it needs of `input`.
    pub(super) async fn untimed(&mut self, untimed: &Untimed<AnyWorkload>, input: &[u8]) -> Result<Vec<u8>, Trouble> {
        let Untimed { workload, sentence } = untimed;
        if let Some(sentence) = sentence {
            self.say(*sentence);
        }
        let needed = input.get(..workload.shape().in_bytes());
        self.by_solo(workload, needed.ok_or_else(|| Trouble::broken("There is too little to go on from."))?).await
    }

    /// Looks at an output, after the clock; `None` where nobody asked for that.
    pub(super) async fn check(&mut self, job: Job<'_>, output: &[u8]) -> Result<Option<Checked>, Trouble> {
        let Some(check) = &self.experiment.check else { return Ok(None) };
        let shape = job.workload.shape();
        let columns = check.columns.start * shape.out_scalar_bytes..check.columns.end * shape.out_scalar_bytes;
        let rows = output.chunks_exact(shape.out_row_bytes.max(1));
        let mut checked = Vec::new();
        let bytes = columns.len() * shape.items as usize;
        checked.try_reserve_exact(bytes).map_err(|_| no_room(bytes))?;
        checked.extend(rows.filter_map(|row| row.get(columns.clone())).flatten());
        let found = self.by_solo(&check.workload, &checked).await?;
        match bytemuck::pod_collect_to_vec::<u8, u64>(&found).as_slice() {
            &[fingerprint, not_finite] => Ok(Some(Checked { fingerprint, not_finite })),
            _ => Err(Trouble::broken("The results could not be checked.")),
        }
    }

    /// All items of a workload by the solo engine, with the faster kernel.
    async fn by_solo(&mut self, workload: &AnyWorkload, input: &[u8]) -> Result<Vec<u8>, Trouble> {
        let shape = workload.shape();
        let kernel = if workload.why_not(Kernel::Simd).is_none() { Kernel::Simd } else { Kernel::Scalar };
        let request = |dispatch| all_of(workload, kernel, dispatch);
        let letter = self.ask_solo(request, Some(input).filter(|input| !input.is_empty())).await?;
        let output = letter.data.as_ref().map(copied).transpose()?.unwrap_or_default();
        if output.len() == shape.out_bytes() {
            Ok(output)
        } else {
            Err(Trouble::broken("What is not timed came incomplete."))
        }
    }
}

/// Asks one worker for all items of a workload.
pub(super) fn all_of(workload: &AnyWorkload, kernel: Kernel, dispatch: u32) -> ToWorker {
    ToWorker::Run(Task {
        dispatch,
        task: 0,
        worker: 0,
        first_item: 0,
        items: workload.shape().items,
        workload: workload.clone(),
        kernel,
        gather: Gather::Transfer,
        fault: None,
    })
}
