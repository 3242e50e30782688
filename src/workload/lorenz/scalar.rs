//! The scalar inner loop: one member's state in registers, step after step.

use super::equations::{Parameters, State};

/// Advances one member, shape `(3,)`, by `steps` steps.
pub(super) fn advance_state(parameters: &Parameters, state: &mut [f64], steps: u32) {
    if let Some(state) = state.first_chunk_mut() {
        *state = (0..steps).fold(*state, |state, _| step(parameters, state));
    }
}

/// Extends one member's trajectory, shape `(saved, 3)`, from step `from` to
/// step `from + steps`; the state at step `from` is there already.
pub(super) fn extend_trajectory(parameters: &Parameters, trajectory: &mut [f64], from: u32, steps: u32) {
    let rows = trajectory.as_chunks_mut().0.iter_mut().skip(from as usize);
    let mut rows = rows.take(steps as usize + 1);
    let Some(mut state) = rows.next().copied() else { return };
    for row in rows {
        state = step(parameters, state);
        *row = state;
    }
}

#[inline(always)]
fn step(parameters: &Parameters, state: State) -> State {
    let [x, y, z] = parameters.step(state);
    [x, in_its_own_register(y), z]
}

/// The value itself. Without this the compiler packs x and y of one member
/// into one SSE register and shuffles them apart again at every step, on the
/// critical path: 17 % slower. WebAssembly's compiler does not do that.
#[cfg(all(target_arch = "x86_64", not(miri)))]
#[inline(always)]
fn in_its_own_register(mut value: f64) -> f64 {
    // SAFETY: no instruction at all; the value stays where it is.
    unsafe {
        std::arch::asm!("/* {} */", inout(xmm_reg) value, options(pure, nomem, nostack, preserves_flags));
    }
    value
}

#[cfg(not(all(target_arch = "x86_64", not(miri))))]
#[inline(always)]
fn in_its_own_register(value: f64) -> f64 {
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trajectory_passes_through_every_step() {
        let parameters = Parameters::LORENZ_1963;
        let mut trajectory = vec![0.0; 30];
        trajectory[..3].copy_from_slice(&[1.0, 2.0, 3.0]);
        extend_trajectory(&parameters, &mut trajectory, 0, 4);
        extend_trajectory(&parameters, &mut trajectory, 4, 5);
        let mut state = [1.0, 2.0, 3.0];
        for row in trajectory.chunks_exact(3) {
            assert_eq!(row, state);
            state = parameters.step(state);
        }
    }

    #[test]
    fn an_advanced_state_is_the_trajectorys_last() {
        let parameters = Parameters::LORENZ_1963;
        let mut state = [1.0, 2.0, 3.0];
        advance_state(&parameters, &mut state, 9);
        let expected = (0..9).fold([1.0, 2.0, 3.0], |state, _| parameters.step(state));
        assert_eq!(state, expected);
    }
}
