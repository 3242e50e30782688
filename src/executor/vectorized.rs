//! Vectorized: sixteen members at once in SIMD lanes, one instruction for two
//! of them. NumPy does the same with whole arrays of members, one operation
//! after the other through memory; here a group of members stays in registers
//! for all the steps of a slice.

use super::Integration;
use crate::model::settings::Kernel;
use crate::model::workload::Workload;

/// The vectorized integration of `members` members, to be driven in slices.
#[must_use]
pub fn integration(workload: Workload, members: usize) -> Integration {
    Integration::new(workload, Kernel::Simd, members)
}

/// Integrates all members, shape `(members, 3)`, at one go.
///
/// `output` holds [`Workload::values_per_member`] values per member.
pub fn run(workload: Workload, initial: &[f64], output: &mut [f64]) {
    let mut integration = integration(workload, initial.len() / 3);
    integration.begin(initial, output);
    integration.advance(output, u64::MAX);
}
