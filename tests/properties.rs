//! What must hold for any parameters, sizes and slices, not only for examples.

use parallel_lab::model::settings::Kernel;
use parallel_lab::workload::lorenz::equations::{Parameters, State};
use parallel_lab::workload::lorenz::initial_conditions::initial_conditions;
use parallel_lab::workload::lorenz::integration::BLOCK_MEMBERS;
use parallel_lab::workload::lorenz::statistics::{Statistics, StatisticsPass};
use parallel_lab::workload::lorenz::{Integration, Keep};
use parallel_lab::workload::{Step, Work, Workload};
use proptest::prelude::*;

fn kernels() -> impl Strategy<Value = Kernel> {
    prop_oneof![Just(Kernel::Scalar), Just(Kernel::Simd)]
}

fn keeps() -> impl Strategy<Value = Keep> {
    prop_oneof![Just(Keep::FinalStates), Just(Keep::Trajectories)]
}

fn states() -> impl Strategy<Value = State> {
    [-20.0..20.0, -25.0..25.0, 0.0..45.0]
}

fn parameters() -> impl Strategy<Value = Parameters> {
    (0.5..15.0, 0.5..30.0, 0.5..4.0, 0.0005..0.01).prop_map(|(sigma, rho, beta, dt)| Parameters {
        sigma,
        rho,
        beta,
        dt,
    })
}

fn workload(steps: u32, keep: Keep) -> Integration {
    // As many members as there are initial conditions.
    Integration { members: u32::MAX, parameters: Parameters::LORENZ_1963, steps, keep }
}

fn euler(parameters: Parameters, state: State, steps: u32) -> State {
    (0..steps).fold(state, |state, _| parameters.step(state))
}

/// Classical Runge–Kutta, of fourth order: next to Euler's error, exact.
fn runge_kutta(parameters: Parameters, state: State, steps: u32) -> State {
    let Parameters { sigma, rho, beta, dt } = parameters;
    let tendency = |[x, y, z]: State| [sigma * (y - x), x * (rho - z) - y, x * y - beta * z];
    let along = |state: State, slope: State, time: f64| {
        let mut moved = state;
        for (value, slope) in moved.iter_mut().zip(slope) {
            *value += slope * time;
        }
        moved
    };
    (0..steps).fold(state, |state, _| {
        let k1 = tendency(state);
        let k2 = tendency(along(state, k1, dt / 2.0));
        let k3 = tendency(along(state, k2, dt / 2.0));
        let k4 = tendency(along(state, k3, dt));
        let mut next = state;
        for component in 0..3 {
            next[component] += (k1[component] + 2.0 * (k2[component] + k3[component]) + k4[component]) * dt / 6.0;
        }
        next
    })
}

fn distance(one: State, other: State) -> f64 {
    one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum::<f64>().sqrt()
}

/// Integrates with budgets taken in turn; checks each slice against its budget.
fn integrate(workload: Integration, kernel: Kernel, initial: &[f64], budgets: &[u64]) -> Vec<f64> {
    let members = initial.len() / 3;
    let block = match kernel {
        Kernel::Scalar => 1,
        Kernel::Simd => members.min(BLOCK_MEMBERS),
    };
    let mut output = vec![f64::NAN; members * workload.out_row()];
    let mut work = workload.begin(kernel, 0..members as u32);
    let mut left = workload.units(members as u32);
    for budget in budgets.iter().cycle() {
        let Step::Did(done) = work.advance(initial, &mut output, *budget) else { break };
        left -= done;
        assert!(done < budget.max(&1) + block as u64, "{done} of {budget}: more than a block's step too many");
        assert!(done >= *budget || left == 0, "{done} of {budget}: too few");
    }
    assert_eq!(left, 0);
    output
}

fn bits(statistics: &Statistics) -> Vec<u64> {
    statistics.mean.iter().chain(&statistics.spread).map(|value| value.to_bits()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn halving_dt_halves_eulers_error(state in states()) {
        // Over 0.05 time units from anywhere on the attractor; dt small enough for the first order to rule.
        let with_dt = |dt| Parameters { dt, ..Parameters::LORENZ_1963 };
        let exact = runge_kutta(with_dt(0.000_5), state, 100);
        let coarse = distance(euler(with_dt(0.000_05), state, 1000), exact);
        let fine = distance(euler(with_dt(0.000_025), state, 2000), exact);
        let order = (coarse / fine).log2();
        prop_assert!((order - 1.0).abs() < 0.05, "order {order}");
    }

    #[test]
    fn the_origin_stays(parameters in parameters()) {
        prop_assert_eq!(euler(parameters, [0.0; 3], 100), [0.0; 3]);
    }

    #[test]
    fn the_centres_of_the_wings_stay(parameters in parameters(), left in any::<bool>()) {
        let parameters = Parameters { rho: parameters.rho + 1.0, ..parameters };
        let radius = (parameters.beta * (parameters.rho - 1.0)).sqrt() * if left { -1.0 } else { 1.0 };
        let centre = [radius, radius, parameters.rho - 1.0];
        prop_assert!(distance(euler(parameters, centre, 200), centre) < 1e-9);
    }

    #[test]
    fn the_mirror_image_stays_the_mirror_image(parameters in parameters(), [x, y, z] in states(), steps in 1_u32..2000) {
        let [right, back, up] = euler(parameters, [x, y, z], steps);
        prop_assert_eq!(euler(parameters, [-x, -y, z], steps), [-right, -back, up]);
    }

    #[test]
    fn slices_of_any_size_are_bit_equal(
        kernel in kernels(),
        keep in keeps(),
        members in 1_u32..1200,
        steps in 1_u32..20,
        seed in any::<u32>(),
        budgets in prop::collection::vec(1_u64..5000, 1..6),
    ) {
        let initial = initial_conditions(members, seed);
        let whole = integrate(workload(steps, keep), Kernel::Scalar, &initial, &[u64::MAX >> 1]);
        prop_assert_eq!(integrate(workload(steps, keep), kernel, &initial, &budgets), whole);
    }

    #[test]
    fn chunks_of_any_size_are_bit_equal(
        kernel in kernels(),
        keep in keeps(),
        members in 1_u32..200,
        chunk in 1_usize..200,
        steps in 1_u32..30,
    ) {
        let initial = initial_conditions(members, 42);
        let whole = integrate(workload(steps, keep), Kernel::Scalar, &initial, &[1000]);
        let chunks = initial.chunks(3 * chunk).map(|chunk| integrate(workload(steps, keep), kernel, chunk, &[1000]));
        prop_assert_eq!(chunks.flatten().collect::<Vec<_>>(), whole);
    }

    #[test]
    fn statistics_do_not_depend_on_who_computes_them(
        kernel in kernels(),
        members in 1_u32..1300,
        chunk in 1_usize..700,
        steps in 1_u32..12,
        budget in 1_u64..20_000,
    ) {
        let initial = initial_conditions(members, 42);
        let mut pass = StatisticsPass::new(Parameters::LORENZ_1963, steps, initial.clone());
        while !pass.is_finished() {
            pass.advance(budget);
        }
        let keep = workload(steps, Keep::Trajectories);
        let chunks = initial.chunks(3 * chunk).map(|chunk| integrate(keep, kernel, chunk, &[1000]));
        let trajectories: Vec<f64> = chunks.flatten().collect();
        let of_trajectories = Statistics::of_trajectories(&trajectories, steps);
        let of_pass = pass.into_statistics();
        prop_assert_eq!(bits(&of_pass), bits(&of_trajectories));
        prop_assert_eq!((of_pass.members, of_pass.steps), (members, of_trajectories.steps));
    }

    #[test]
    fn statistics_skip_steps_alike(members in 1_u32..20, steps in 490_u32..1600) {
        let initial = initial_conditions(members, 42);
        let mut pass = StatisticsPass::new(Parameters::LORENZ_1963, steps, initial.clone());
        while !pass.is_finished() {
            pass.advance(333);
        }
        let trajectories = integrate(workload(steps, Keep::Trajectories), Kernel::Simd, &initial, &[10_000]);
        let of_trajectories = Statistics::of_trajectories(&trajectories, steps);
        prop_assert_eq!(bits(&pass.into_statistics()), bits(&of_trajectories));
    }
}
