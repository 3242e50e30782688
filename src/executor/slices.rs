//! In slices: one chunk of any workload, worked off a little at a time, so that
//! whoever drives it can look up in between.
//!
//! Serial and Vectorized are this with all items and one kernel each, the
//! process-like executor is this with a chunk in each web worker.

use std::ops::Range;

use crate::model::settings::Kernel;
use crate::workload::{AnyWorkload, File, Step, Visit, Work, Workload};

/// A chunk of any workload, with its rows.
pub trait Task {
    /// Lays out the output. Before this, [`Self::advance`] has nowhere to write to.
    ///
    /// # Errors
    /// Where there is no memory for it.
    fn begin(&mut self) -> Result<(), Refusal>;

    /// Does about `budget` units more.
    fn advance(&mut self, budget: u64) -> Step;

    /// Takes the file that it waits for.
    fn take(&mut self, content: Vec<u8>);

    /// Units done.
    fn done(&self) -> u64;

    /// The items of this chunk.
    fn items(&self) -> Range<u32>;

    /// The output's bytes, shape `(items, out_row)`.
    fn output(&self) -> &[u8];
}

/// Why a chunk can't be done.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// There is no memory for its rows.
    #[error("{bytes} bytes can't be had")]
    Memory {
        /// What was asked for.
        bytes: u64,
    },
    /// It goes beyond the last item.
    #[error("there are no items {first} to {last}")]
    Items {
        /// The first one that was asked for.
        first: u32,
        /// The last one that was asked for.
        last: u32,
    },
    /// The input doesn't belong to these items.
    #[error("the input has {given} bytes instead of {wanted}")]
    Input {
        /// Bytes that came.
        given: usize,
        /// Bytes that these items have.
        wanted: usize,
    },
    /// The workload has no such kernel.
    #[error("there is no such kernel: {0}")]
    Kernel(&'static str),
}

/// Some items of any workload, with `input_bytes` of input that `read` copies to
/// where it is told.
///
/// # Errors
/// What is wrong with the request, or that there is no memory for the input.
pub fn task(
    workload: &AnyWorkload,
    kernel: Kernel,
    items: Range<u32>,
    input_bytes: usize,
    read: impl FnOnce(&mut [u8]),
) -> Result<Box<dyn Task>, Refusal> {
    workload.visit(Begin { kernel, items, input_bytes, read })
}

/// Reads a file: what is in it, or a clause that says why that can't be had.
pub type Read<'a> = &'a dyn Fn(&File) -> Result<Vec<u8>, String>;

/// All items at one go; `output` holds the workload's rows.
///
/// # Errors
/// Why an item can't be done: a clause.
pub fn run<W: Workload>(
    workload: &W,
    kernel: Kernel,
    input: &[W::In],
    output: &mut [W::Out],
    read: Read<'_>,
) -> Result<(), String> {
    let mut work = workload.begin(kernel, 0..workload.items());
    loop {
        match work.advance(input, output, u64::MAX) {
            Step::Did(_) => {}
            Step::Finished => return Ok(()),
            Step::Waits(file) => work.take(read(&file)?),
            Step::Failed(reason) => return Err(reason),
        }
    }
}

/// `count` zeros.
///
/// # Errors
/// Where the memory can't be had.
pub fn zeroed<T: bytemuck::Zeroable + Clone>(count: usize) -> Result<Vec<T>, Refusal> {
    let mut values = Vec::new();
    let refusal = |_| Refusal::Memory { bytes: count as u64 * size_of::<T>() as u64 };
    values.try_reserve_exact(count).map_err(refusal)?;
    values.resize(count, T::zeroed());
    Ok(values)
}

struct Begin<R> {
    kernel: Kernel,
    items: Range<u32>,
    input_bytes: usize,
    read: R,
}

impl<R: FnOnce(&mut [u8])> Visit for Begin<R> {
    type Output = Result<Box<dyn Task>, Refusal>;

    fn visit<W: Workload>(self, workload: &W) -> Self::Output {
        let Self { kernel, items, input_bytes, read } = self;
        if items.start > items.end || items.end > workload.items() {
            return Err(Refusal::Items { first: items.start, last: items.end.saturating_sub(1) });
        }
        if let Some(why_not) = workload.why_not(kernel) {
            return Err(Refusal::Kernel(why_not));
        }
        let values = workload.in_row().saturating_mul(items.len());
        let wanted = values.saturating_mul(size_of::<W::In>());
        if input_bytes != wanted {
            return Err(Refusal::Input { given: input_bytes, wanted });
        }
        let mut input = zeroed::<W::In>(values)?;
        read(bytemuck::cast_slice_mut(&mut input));
        let work = workload.begin(kernel, items.clone());
        Ok(Box::new(Slices { workload: workload.clone(), work, items, input, output: Vec::new(), done: 0 }))
    }
}

struct Slices<W: Workload> {
    workload: W,
    work: W::Work,
    items: Range<u32>,
    input: Vec<W::In>,
    output: Vec<W::Out>,
    done: u64,
}

impl<W: Workload> Task for Slices<W> {
    fn begin(&mut self) -> Result<(), Refusal> {
        self.output = zeroed(self.workload.out_row().saturating_mul(self.items.len()))?;
        Ok(())
    }

    fn advance(&mut self, budget: u64) -> Step {
        let step = self.work.advance(&self.input, &mut self.output, budget);
        if let Step::Did(units) = step {
            self.done += units;
        }
        step
    }

    fn take(&mut self, content: Vec<u8>) {
        self.work.take(content);
    }

    fn done(&self) -> u64 {
        self.done
    }

    fn items(&self) -> Range<u32> {
        self.items.clone()
    }

    fn output(&self) -> &[u8] {
        bytemuck::cast_slice(&self.output)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::fingerprint::Fingerprint;

    fn refusal(kernel: Kernel, items: Range<u32>, input_bytes: usize) -> Option<Refusal> {
        let workload = AnyWorkload::from(Fingerprint { rows: 2, row: 1 });
        task(&workload, kernel, items, input_bytes, |_| {}).err()
    }

    #[test]
    fn what_does_not_fit_together_is_refused() {
        assert_eq!(refusal(Kernel::Scalar, 0..1, 16), None);
        assert_eq!(refusal(Kernel::Scalar, 0..1, 15), Some(Refusal::Input { given: 15, wanted: 16 }));
        assert_eq!(refusal(Kernel::Scalar, 1..2, 16), Some(Refusal::Items { first: 1, last: 1 }));
        assert!(matches!(refusal(Kernel::Simd, 0..1, 16), Some(Refusal::Kernel(_))));
    }

    #[test]
    fn memory_that_can_not_be_had_is_a_refusal() {
        assert!(matches!(zeroed::<f64>(usize::MAX / 16), Err(Refusal::Memory { .. })));
        assert_eq!(zeroed::<f64>(2), Ok(vec![0.0; 2]));
    }
}
