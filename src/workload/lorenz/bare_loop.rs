//! The bare loop: always the same members and steps, whatever a run is set to.

use super::equations::Parameters;
use super::{Integration, Keep};
use crate::model::experiment::BareLoop;
use crate::workload::AnyWorkload;

/// Some 20 ms on a laptop: long enough that what a busy machine takes away is seen.
const MEMBERS: u32 = 32;
const STEPS: u32 = 100_000;
/// Where each member begins: beside the attractor, which it stays on.
const BEGIN: [f64; 3] = [1.0, 1.0, 20.0];

/// A piece of the bare loop, with its input.
#[must_use]
pub fn bare_loop() -> BareLoop<AnyWorkload> {
    let parameters = Parameters::LORENZ_1963;
    let piece = Integration { members: MEMBERS, parameters, steps: STEPS, keep: Keep::FinalStates };
    let input = (0..MEMBERS).flat_map(|_| BEGIN).flat_map(f64::to_le_bytes).collect();
    BareLoop { workload: piece.into(), input }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_its_input_and_leaves_little() {
        let bare = bare_loop();
        let shape = bare.workload.shape();
        assert_eq!(shape.in_bytes(), bare.input.len());
        assert!(shape.out_bytes() < 1000);
    }
}
