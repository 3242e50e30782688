//! The contract of the executors: one suite, stamped onto every one of them.
//!
//! Whoever integrates, in whatever chunks, slices and threads: the same bits,
//! and NumPy's (tests/reference/lorenz_numpy.json).

#![allow(clippy::unwrap_used, reason = "what is a test's helper may fail as a test does")]

use parallel_lab::executor::{Integration, serial, vectorized};
use parallel_lab::model::ensemble::{diverged, final_fnv1a64, final_states, initial_conditions};
use parallel_lab::model::lorenz::{Parameters, State};
use parallel_lab::model::settings::Kernel;
use parallel_lab::model::workload::{Keep, Workload};
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
    diverged: u32,
    ics_fnv1a64: String,
    initial_conditions: Option<Vec<State>>,
    final_states: Option<Vec<State>>,
    member0_first_states: Option<Vec<State>>,
}

impl Case {
    fn workload(&self, keep: Keep) -> Workload {
        Workload { parameters: self.parameters, steps: self.steps, keep }
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

/// What every executor has to give: straight from [`Parameters::step`].
fn expected(workload: &Workload, initial: &[f64]) -> Vec<f64> {
    let mut output = Vec::new();
    for state in initial.as_chunks::<3>().0 {
        let mut state = *state;
        for _ in 0..workload.steps {
            if workload.keep == Keep::Trajectories {
                output.extend(state);
            }
            state = workload.parameters.step(state);
        }
        output.extend(state);
    }
    output
}

fn bits(values: &[f64]) -> Vec<u64> {
    // One NaN is like another: their sign and payload are the platform's.
    values.iter().map(|value| if value.is_nan() { f64::NAN.to_bits() } else { value.to_bits() }).collect()
}

fn workload(steps: u32, keep: Keep) -> Workload {
    Workload { parameters: Parameters::LORENZ_1963, steps, keep }
}

const KEEPS: [Keep; 2] = [Keep::FinalStates, Keep::Trajectories];

/// Stamps the suite onto an executor: a function from a workload and initial
/// conditions to the output.
macro_rules! conforms {
    ($name:ident, $run:expr) => {
        mod $name {
            use super::*;

            fn run(workload: Workload, initial: &[f64]) -> Vec<f64> {
                ($run)(workload, initial)
            }

            #[test]
            fn it_agrees_with_numpy() {
                for case in cases() {
                    let initial = initial_conditions(case.members, case.seed);
                    let states = run(case.workload(Keep::FinalStates), &initial);
                    assert_eq!(format!("{:016x}", final_fnv1a64(&states)), case.final_fnv1a64);
                    assert_eq!(diverged(&states), case.diverged);
                    if let Some(expected) = case.final_states {
                        assert_eq!(states.as_chunks::<3>().0, expected);
                    }
                }
            }

            #[test]
            fn trajectories_begin_and_end_as_numpys() {
                let case = &cases()[0];
                let workload = case.workload(Keep::Trajectories);
                let output = run(workload, &initial_conditions(case.members, case.seed));
                let first = case.member0_first_states.as_ref().unwrap();
                assert_eq!(&output.as_chunks::<3>().0[..first.len()], first);
                assert_eq!(final_states(&output, &workload).as_chunks::<3>().0, case.final_states.as_ref().unwrap());
            }

            #[test]
            fn any_number_of_members_is_the_same_as_step_by_step() {
                for members in [1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 15, 16, 17, 31, 33, 100, 511, 512, 513, 1030] {
                    let initial = initial_conditions(members, members);
                    for keep in KEEPS {
                        let workload = workload(6, keep);
                        assert_eq!(run(workload, &initial), expected(&workload, &initial), "{members}, {keep:?}");
                    }
                }
            }

            #[test]
            fn any_number_of_steps_is_the_same_as_step_by_step() {
                for steps in [1, 2, 3, 4, 5, 8, 9, 500, 1001] {
                    let initial = initial_conditions(5, steps);
                    for keep in KEEPS {
                        let workload = workload(steps, keep);
                        assert_eq!(run(workload, &initial), expected(&workload, &initial), "{steps}, {keep:?}");
                    }
                }
            }

            #[test]
            fn divergence_is_carried_through() {
                let parameters = Parameters { dt: 0.1, ..Parameters::LORENZ_1963 };
                let initial = initial_conditions(19, 1);
                for keep in KEEPS {
                    let workload = Workload { parameters, steps: 60, keep };
                    let output = run(workload, &initial);
                    assert_eq!(bits(&output), bits(&expected(&workload, &initial)));
                    assert_eq!(diverged(&final_states(&output, &workload)), 19);
                }
            }
        }
    };
}

conforms!(in_serial, |workload, initial| whole(serial::run, workload, initial));
conforms!(in_vectorized, |workload, initial| whole(vectorized::run, workload, initial));
conforms!(in_serial_slices, |workload, initial| slices(Kernel::Scalar, workload, initial));
conforms!(in_vectorized_slices, |workload, initial| slices(Kernel::Simd, workload, initial));
conforms!(in_scalar_processes, |workload, initial| processes(Kernel::Scalar, 3, workload, initial));
conforms!(in_simd_processes, |workload, initial| processes(Kernel::Simd, 8, workload, initial));

/// At one go.
fn whole(run: fn(Workload, &[f64], &mut [f64]), workload: Workload, initial: &[f64]) -> Vec<f64> {
    let mut output = vec![f64::NAN; initial.len() / 3 * workload.values_per_member()];
    run(workload, initial, &mut output);
    output
}

/// In slices of odd sizes, from a single step to more than a block.
fn slices(kernel: Kernel, workload: Workload, initial: &[f64]) -> Vec<f64> {
    let members = initial.len() / 3;
    let mut output = vec![f64::NAN; members * workload.values_per_member()];
    let mut integration = Integration::new(workload, kernel, members);
    integration.begin(initial, &mut output);
    let mut done = 0;
    for budget in [1, 7, 511, 513, 1029, 3, 10_007].into_iter().cycle() {
        let advanced = integration.advance(&mut output, budget);
        if advanced == 0 {
            break;
        }
        done += advanced;
        assert_eq!(integration.done(), done);
    }
    assert!(integration.is_finished());
    assert_eq!((done, integration.total()), (workload.member_steps(members), done));
    output
}

/// As web workers do it: chunks integrated in memories of their own, and gathered
/// in an order that is not theirs.
fn processes(kernel: Kernel, workers: usize, workload: Workload, initial: &[f64]) -> Vec<f64> {
    let members = initial.len() / 3;
    let chunk = members.div_ceil(4 * workers);
    let sent: Vec<Vec<f64>> = initial.chunks(3 * chunk).map(<[f64]>::to_vec).collect();
    let results = sent.iter().map(|own| slices(kernel, workload, own));
    let results: Vec<_> = results.enumerate().collect();
    let mut output = vec![f64::NAN; members * workload.values_per_member()];
    for (task, result) in results.into_iter().rev() {
        let first = task * chunk * workload.values_per_member();
        output[first..first + result.len()].copy_from_slice(&result);
    }
    output
}

#[test]
fn initial_conditions_are_numpys() {
    for case in cases() {
        let initial = initial_conditions(case.members, case.seed);
        assert_eq!(format!("{:016x}", final_fnv1a64(&initial)), case.ics_fnv1a64);
        if let Some(expected) = case.initial_conditions {
            assert_eq!(initial.as_chunks::<3>().0, expected);
        }
    }
}

#[cfg(feature = "threads")]
mod threads {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Instant;

    use parallel_lab::executor::threads::{Observer, Outcome, run};
    use parallel_lab::model::timeline::Span;

    use super::*;

    conforms!(scalar_on_1, |workload, initial| on_threads(Kernel::Scalar, 1, workload, initial));
    conforms!(scalar_on_2, |workload, initial| on_threads(Kernel::Scalar, 2, workload, initial));
    conforms!(scalar_on_3, |workload, initial| on_threads(Kernel::Scalar, 3, workload, initial));
    conforms!(scalar_on_8, |workload, initial| on_threads(Kernel::Scalar, 8, workload, initial));
    conforms!(simd_on_1, |workload, initial| on_threads(Kernel::Simd, 1, workload, initial));
    conforms!(simd_on_2, |workload, initial| on_threads(Kernel::Simd, 2, workload, initial));
    conforms!(simd_on_3, |workload, initial| on_threads(Kernel::Simd, 3, workload, initial));
    conforms!(simd_on_8, |workload, initial| on_threads(Kernel::Simd, 8, workload, initial));

    /// Writes everything down, and says stop once so much is done.
    struct Witness {
        begin: Instant,
        done: AtomicU64,
        stop_at: u64,
        spans: Mutex<Vec<Span>>,
    }

    impl Witness {
        fn stopping_at(stop_at: u64) -> Self {
            Self { begin: Instant::now(), done: AtomicU64::new(0), stop_at, spans: Mutex::default() }
        }

        /// The spans by first member, after checking each by itself.
        fn spans(self, threads: usize) -> Vec<Span> {
            let mut spans = self.spans.into_inner().unwrap();
            for span in &spans {
                assert!((span.worker as usize) < threads, "{span:?}");
                assert!(span.start_ms <= span.end_ms, "{span:?}");
            }
            spans.sort_by_key(|span| span.first_member);
            spans
        }
    }

    impl Observer for Witness {
        fn now_ms(&self) -> f64 {
            self.begin.elapsed().as_secs_f64() * 1e3
        }

        fn stopped(&self) -> bool {
            self.done.load(Ordering::Relaxed) >= self.stop_at
        }

        fn advanced(&self, member_steps: u64) {
            self.done.fetch_add(member_steps, Ordering::Relaxed);
        }

        fn task_finished(&self, span: Span) {
            self.spans.lock().unwrap().push(span);
        }
    }

    fn pool(threads: usize) -> rayon::ThreadPool {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
    }

    /// In a pool of its own, with chunks that do not divide the members.
    fn on_threads(kernel: Kernel, threads: usize, workload: Workload, initial: &[f64]) -> Vec<f64> {
        let members = initial.len() / 3;
        let mut output = vec![f64::NAN; members * workload.values_per_member()];
        let chunk = (members / (2 * threads + 1)).max(1);
        let witness = Witness::stopping_at(u64::MAX);
        let outcome = pool(threads).install(|| run(workload, kernel, chunk, initial, &mut output, &witness));
        assert_eq!(outcome, Outcome::Finished);
        assert_eq!(witness.done.load(Ordering::Relaxed), workload.member_steps(members));
        let mut next = 0;
        for span in witness.spans(threads) {
            assert_eq!(span.first_member as usize, next, "every member once");
            assert!(span.members as usize <= chunk);
            next += span.members as usize;
        }
        assert_eq!(next, members);
        output
    }

    #[test]
    fn a_run_stops_soon_after_it_is_told() {
        let workload = workload(5000, Keep::FinalStates);
        let initial = initial_conditions(300, 1);
        for (kernel, threads) in [(Kernel::Scalar, 1), (Kernel::Simd, 3)] {
            let witness = Witness::stopping_at(200_000);
            let mut output = vec![0.0; 900];
            let outcome = pool(threads).install(|| run(workload, kernel, 100, &initial, &mut output, &witness));
            assert_eq!(outcome, Outcome::Stopped);
            // At most one slice each, and less than a step of a chunk too many.
            let done = witness.done.load(Ordering::Relaxed);
            assert!((200_000..200_000 + threads as u64 * 65_600).contains(&done), "{done}");
            assert_eq!(witness.spans(threads), [], "no task of 500,000 member-steps is done");
        }
    }

    #[test]
    fn a_run_that_is_stopped_before_it_begins_does_nothing() {
        let witness = Witness::stopping_at(0);
        let workload = workload(10, Keep::FinalStates);
        let outcome = pool(2).install(|| run(workload, Kernel::Simd, 1, &[1.0; 9], &mut [0.0; 9], &witness));
        assert_eq!((outcome, witness.done.into_inner()), (Outcome::Stopped, 0));
    }

    #[test]
    fn no_members_are_finished_at_once() {
        let witness = Witness::stopping_at(0);
        let outcome = run(workload(10, Keep::Trajectories), Kernel::Simd, 0, &[], &mut [], &witness);
        assert_eq!(outcome, Outcome::Finished);
    }

    #[test]
    fn threads_that_come_free_take_what_is_left() {
        // One thread sleeps in its first task: the other must do all the rest.
        struct Sleeper(Witness, AtomicU64);
        impl Observer for Sleeper {
            fn now_ms(&self) -> f64 {
                self.0.now_ms()
            }
            fn stopped(&self) -> bool {
                // The first task of all waits until the seven others are done.
                if self.1.fetch_add(1, Ordering::Relaxed) == 0 {
                    while self.0.spans.lock().unwrap().len() < 7 {
                        assert!(self.now_ms() < 10_000.0, "nobody takes the other tasks");
                        std::thread::yield_now();
                    }
                }
                false
            }
            fn advanced(&self, member_steps: u64) {
                self.0.advanced(member_steps);
            }
            fn task_finished(&self, span: Span) {
                self.0.task_finished(span);
            }
        }
        let sleeper = Sleeper(Witness::stopping_at(u64::MAX), AtomicU64::new(0));
        let initial = initial_conditions(8, 1);
        let mut output = [0.0; 24];
        let workload = workload(10, Keep::FinalStates);
        let outcome = pool(2).install(|| run(workload, Kernel::Scalar, 1, &initial, &mut output, &sleeper));
        assert_eq!(outcome, Outcome::Finished);
        assert_eq!(output.as_slice(), expected(&workload, &initial));
    }
}
