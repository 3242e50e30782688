//! The Lorenz step for several members at once: two members per SIMD
//! instruction, up to eight such pairs side by side.
//!
//! One member's step is a chain of dependent operations, in which the
//! processor mostly waits. Sixteen independent members fill that wait: they
//! are transposed from `(members, 3)` rows into lanes once, then stay there
//! for as many steps as the caller asks for. Lanes that have no member repeat
//! the last one, and what they compute is dropped; no operation mixes lanes,
//! so every member's result is bit for bit that of [`Parameters::step`].

use std::array;
use std::ops::Range;

use super::{Coefficients, Parameters, State};
use pair::Pair;

mod pair;

/// Members of the largest group that is advanced together.
pub const GROUP_MEMBERS: usize = 16;

/// Steps that a pair takes, where all are kept, before it is its neighbour's
/// turn: finding the place to write to costs as much as a step.
const TILE_STEPS: usize = 4;

/// Advances all members in place by `steps` steps.
///
/// `states` has shape `(members, 3)`, for any number of members.
pub fn advance_states(parameters: &Parameters, states: &mut [f64], steps: u32) {
    let mut rest = states.as_chunks_mut().0;
    while !rest.is_empty() {
        let group = group_members(rest.len());
        let (states, others) = rest.split_at_mut(group.min(rest.len()));
        match group {
            GROUP_MEMBERS => advance_group::<8>(parameters, states, steps),
            8 => advance_group::<4>(parameters, states, steps),
            4 => advance_group::<2>(parameters, states, steps),
            _ => advance_group::<1>(parameters, states, steps),
        }
        rest = others;
    }
}

/// Extends all members' trajectories from step `from` to step `from + steps`.
///
/// `trajectories` has shape `(members, saved, 3)`; the states at step `from`
/// are there already. Steps beyond `saved - 1` are dropped.
pub fn extend_trajectories(parameters: &Parameters, trajectories: &mut [f64], saved: usize, from: u32, steps: u32) {
    let mut rest = trajectories.as_chunks_mut().0;
    let window = from as usize..(from as usize + steps as usize + 1).min(saved);
    while !rest.is_empty() && saved > 0 && !window.is_empty() {
        let members = rest.len().div_ceil(saved);
        let group = group_members(members);
        let (rows, others) = rest.split_at_mut((group * saved).min(rest.len()));
        match group {
            GROUP_MEMBERS => extend_group::<8>(parameters, rows, saved, window.clone()),
            8 => extend_group::<4>(parameters, rows, saved, window.clone()),
            4 => extend_group::<2>(parameters, rows, saved, window.clone()),
            _ => extend_group::<1>(parameters, rows, saved, window.clone()),
        }
        rest = others;
    }
}

/// The group for the first of so many members: the cheapest by measurement
/// (a half-filled group of 16 costs as much as a full one, twice one of 8).
fn group_members(members: usize) -> usize {
    match members {
        0..=2 => 2,
        3..=4 => 4,
        5..=12 => 8,
        _ => GROUP_MEMBERS,
    }
}

/// Up to `2 * PAIRS` members in registers, for all `steps`.
#[inline(always)]
fn advance_group<const PAIRS: usize>(parameters: &Parameters, states: &mut [State], steps: u32) {
    let coefficients = Coefficients::<Pair>::from(*parameters);
    let mut lanes: [[Pair; 3]; PAIRS] = gather(|member| states.get(member).or(states.last()).copied());
    for _ in 0..steps {
        for pair in &mut lanes {
            *pair = coefficients.step(*pair);
        }
    }
    for (two, pair) in states.chunks_mut(2).zip(lanes) {
        for (state, advanced) in two.iter_mut().zip(scatter(pair)) {
            *state = advanced;
        }
    }
}

/// The same, with every step written to the members' rows.
#[inline(always)]
fn extend_group<const PAIRS: usize>(
    parameters: &Parameters,
    trajectories: &mut [State],
    saved: usize,
    window: Range<usize>,
) {
    let coefficients = Coefficients::<Pair>::from(*parameters);
    let mut members = trajectories.chunks_exact_mut(saved);
    // A lane without a member has no row.
    let mut row = || members.next().and_then(|row| row.get_mut(window.clone())).unwrap_or_default();
    let mut rows: [[&mut [State]; 2]; PAIRS] = array::from_fn(|_| [row(), row()]);
    let mut lanes: [[Pair; 3]; PAIRS] = gather(|member| rows[member / 2][member % 2].first().copied());
    let mut step = 1;
    while step + TILE_STEPS <= window.len() {
        for (pair, rows) in lanes.iter_mut().zip(&mut rows) {
            extend_pair::<TILE_STEPS>(&coefficients, pair, rows, step);
        }
        step += TILE_STEPS;
    }
    while step < window.len() {
        for (pair, rows) in lanes.iter_mut().zip(&mut rows) {
            extend_pair::<1>(&coefficients, pair, rows, step);
        }
        step += 1;
    }
}

/// Takes two members from step `step - 1` through `STEPS` more.
#[inline(always)]
fn extend_pair<const STEPS: usize>(
    coefficients: &Coefficients<Pair>,
    pair: &mut [Pair; 3],
    rows: &mut [&mut [State]; 2],
    step: usize,
) {
    let tiles = rows.each_mut().map(|row| row.get_mut(step..).and_then(|row| row.first_chunk_mut::<STEPS>()));
    match tiles {
        [Some(even), Some(odd)] => {
            for (even, odd) in even.iter_mut().zip(odd) {
                *pair = coefficients.step(*pair);
                [*even, *odd] = scatter(*pair);
            }
        }
        [Some(even), None] => {
            for even in even {
                *pair = coefficients.step(*pair);
                [*even, _] = scatter(*pair);
            }
        }
        [None, _] => {}
    }
}

/// Pairs of members' states as lanes; a missing member is a copy of an earlier one.
#[inline(always)]
fn gather<const PAIRS: usize>(state: impl Fn(usize) -> Option<State>) -> [[Pair; 3]; PAIRS] {
    let first = state(0).unwrap_or_default();
    array::from_fn(|pair| {
        let (even, odd) = (state(2 * pair).unwrap_or(first), state(2 * pair + 1).unwrap_or(first));
        array::from_fn(|component| Pair::new(even[component], odd[component]))
    })
}

/// A pair of members back as two states.
#[inline(always)]
fn scatter([x, y, z]: [Pair; 3]) -> [State; 2] {
    [[x.even(), y.even(), z.even()], [x.odd(), y.odd(), z.odd()]]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn states(members: usize) -> Vec<f64> {
        (0..members * 3).map(|index| f64::from(index as u32).sin() * 10.0 + 1.0).collect()
    }

    #[test]
    fn every_number_of_members_is_bit_equal_to_the_step() {
        let parameters = Parameters::LORENZ_1963;
        for members in 0..=70 {
            let mut advanced = states(members);
            let mut expected = advanced.clone();
            advance_states(&parameters, &mut advanced, 37);
            for state in expected.as_chunks_mut().0 {
                *state = (0..37).fold(*state, |state, _| parameters.step(state));
            }
            assert_eq!(advanced, expected, "{members} members");
        }
    }

    #[test]
    fn trajectories_pass_through_every_step() {
        let parameters = Parameters::LORENZ_1963;
        for members in [1, 2, 3, 4, 5, 12, 13, 16, 29, 33] {
            let mut trajectories = vec![0.0; members * 12 * 3];
            for (row, state) in trajectories.chunks_exact_mut(36).zip(states(members).chunks_exact(3)) {
                row[..3].copy_from_slice(state);
            }
            extend_trajectories(&parameters, &mut trajectories, 12, 0, 4);
            extend_trajectories(&parameters, &mut trajectories, 12, 4, 7);
            for row in trajectories.chunks_exact(36) {
                for pair in row.as_chunks::<3>().0.windows(2) {
                    assert_eq!(parameters.step(pair[0]), pair[1]);
                }
            }
        }
    }

    #[test]
    fn nothing_to_do_is_nothing() {
        advance_states(&Parameters::LORENZ_1963, &mut [], 5);
        extend_trajectories(&Parameters::LORENZ_1963, &mut [], 0, 0, 5);
        let mut one = vec![1.0, 2.0, 3.0];
        advance_states(&Parameters::LORENZ_1963, &mut one, 0);
        extend_trajectories(&Parameters::LORENZ_1963, &mut one, 1, 0, 5);
        assert_eq!(one, [1.0, 2.0, 3.0]);
    }
}
