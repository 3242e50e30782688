//! NumPy's bits, from every executor (tests/reference/lorenz_numpy.json).

#![allow(clippy::unwrap_used, reason = "what is a test's helper may fail as a test does")]

use parallel_lab::executor::slices;
use parallel_lab::model::settings::Kernel;
use parallel_lab::workload::fingerprint::{fnv1a64, not_finite};
use parallel_lab::workload::lorenz::equations::{Parameters, State};
use parallel_lab::workload::lorenz::initial_conditions::initial_conditions;
use parallel_lab::workload::lorenz::{Integration, Keep};
use parallel_lab::workload::{Step, Work, Workload};
use serde::Deserialize;

/// One run that NumPy did.
#[derive(Deserialize)]
struct Case {
    seed: u32,
    members: u32,
    steps: u32,
    #[serde(flatten)]
    parameters: Parameters,
    final_fnv1a64: String,
    diverged: u64,
    ics_fnv1a64: String,
    initial_conditions: Option<Vec<State>>,
    final_states: Option<Vec<State>>,
    member0_first_states: Option<Vec<State>>,
}

impl Case {
    fn workload(&self, keep: Keep) -> Integration {
        Integration { members: self.members, parameters: self.parameters, steps: self.steps, keep }
    }
}

fn cases() -> Vec<Case> {
    #[derive(Deserialize)]
    struct Reference {
        cases: Vec<Case>,
    }
    let reference: Reference = serde_json::from_str(include_str!("reference/lorenz_numpy.json")).unwrap();
    assert_eq!(reference.cases.len(), 7);
    reference.cases
}

/// Stamps the suite onto an executor: a function from a workload and initial
/// conditions to the output.
macro_rules! agrees_with_numpy {
    ($name:ident, $run:expr) => {
        mod $name {
            use super::*;

            fn run(workload: Integration, initial: &[f64]) -> Vec<f64> {
                ($run)(workload, initial)
            }

            #[test]
            fn final_states() {
                for case in cases() {
                    let initial = initial_conditions(case.members, case.seed);
                    let states = run(case.workload(Keep::FinalStates), &initial);
                    assert_eq!(format!("{:016x}", fnv1a64(&states)), case.final_fnv1a64);
                    assert_eq!(not_finite(&states, 3), case.diverged);
                    if let Some(expected) = case.final_states {
                        assert_eq!(states.as_chunks::<3>().0, expected);
                    }
                }
            }

            #[test]
            fn trajectories() {
                let case = &cases()[0];
                let workload = case.workload(Keep::Trajectories);
                let output = run(workload, &initial_conditions(case.members, case.seed));
                let first = case.member0_first_states.as_ref().unwrap();
                assert_eq!(&output.as_chunks::<3>().0[..first.len()], first);
                let rows = output.chunks_exact(workload.out_row());
                let last: Vec<_> = rows.flat_map(|row| &row[workload.final_state()]).copied().collect();
                assert_eq!(last.as_chunks::<3>().0, case.final_states.as_ref().unwrap());
            }
        }
    };
}

agrees_with_numpy!(serial, |workload, initial| whole(Kernel::Scalar, workload, initial));
agrees_with_numpy!(vectorized, |workload, initial| whole(Kernel::Simd, workload, initial));
agrees_with_numpy!(scalar_slices, |workload, initial| in_slices(Kernel::Scalar, workload, initial));
agrees_with_numpy!(simd_slices, |workload, initial| in_slices(Kernel::Simd, workload, initial));
#[cfg(feature = "threads")]
agrees_with_numpy!(scalar_threads, |workload, initial| threads::run_on(3, Kernel::Scalar, workload, initial));
#[cfg(feature = "threads")]
agrees_with_numpy!(simd_threads, |workload, initial| threads::run_on(2, Kernel::Simd, workload, initial));

/// At one go.
fn whole(kernel: Kernel, workload: Integration, initial: &[f64]) -> Vec<f64> {
    let mut output = vec![f64::NAN; initial.len() / 3 * workload.out_row()];
    slices::run(&workload, kernel, initial, &mut output, &|_| Err(String::new())).unwrap();
    output
}

/// In chunks, as processes get them, and in slices of them.
fn in_slices(kernel: Kernel, workload: Integration, initial: &[f64]) -> Vec<f64> {
    let chunks = initial.chunks(3 * 11).enumerate().map(|(chunk, initial)| {
        let members = initial.len() / 3;
        let mut output = vec![f64::NAN; members * workload.out_row()];
        let mut work = workload.begin(kernel, 11 * chunk as u32..(11 * chunk + members) as u32);
        while work.advance(initial, &mut output, 10_007) != Step::Finished {}
        output
    });
    chunks.flatten().collect()
}

#[cfg(feature = "threads")]
mod threads {
    use parallel_lab::executor::threads::{self, Observer, Outcome};
    use parallel_lab::model::timeline::Span;

    use super::*;

    struct Nobody;

    impl Observer for Nobody {
        fn now_ms(&self) -> f64 {
            0.0
        }
        fn stopped(&self) -> bool {
            false
        }
        fn advanced(&self, _: u64) {}
        fn task_finished(&self, _: Span) {}
    }

    pub(super) fn run_on(threads: usize, kernel: Kernel, workload: Integration, initial: &[f64]) -> Vec<f64> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let mut output = vec![f64::NAN; initial.len() / 3 * workload.out_row()];
        let outcome = pool.install(|| threads::run(&workload, kernel, 7, initial, &mut output, &Nobody));
        assert_eq!(outcome, Outcome::Finished);
        output
    }
}

#[test]
fn initial_conditions_are_numpys() {
    for case in cases() {
        let initial = initial_conditions(case.members, case.seed);
        assert_eq!(format!("{:016x}", fnv1a64(&initial)), case.ics_fnv1a64);
        if let Some(expected) = case.initial_conditions {
            assert_eq!(initial.as_chunks::<3>().0, expected);
        }
    }
}
