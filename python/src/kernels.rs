//! `lab.kernels`: the ensemble's compiled kernels for Python scripts.
//!
//! They stand where NumPy stands in the lecture: bit for bit its results, and
//! the GIL is released while they work.

pub(crate) use kernels::module_def;

#[rustpython_vm::pymodule(name = "lab.kernels")]
mod kernels {
    use crate::lorenz::{Parameters, State};
    use rustpython_vm::builtins::PyListRef;
    use rustpython_vm::function::{ArgIntoFloat, ArgIterable, OptionalArg};
    use rustpython_vm::{FromArgs, PyObjectRef, PyResult, VirtualMachine};

    use crate::threads::without_gil;

    const LORENZ: Parameters = Parameters::LORENZ_1963;

    #[derive(FromArgs)]
    struct MemberArgs {
        #[pyarg(any)]
        state: ArgIterable<ArgIntoFloat>,
        #[pyarg(any)]
        steps: usize,
        #[pyarg(any, optional, py_default = "0.01")]
        dt: OptionalArg<ArgIntoFloat>,
        #[pyarg(any, optional, py_default = "10.0")]
        sigma: OptionalArg<ArgIntoFloat>,
        #[pyarg(any, optional, py_default = "28.0")]
        rho: OptionalArg<ArgIntoFloat>,
        #[pyarg(any, optional, py_default = "8 / 3")]
        beta: OptionalArg<ArgIntoFloat>,
    }

    /// member(state, steps, dt=0.01, sigma=10.0, rho=28.0, beta=8/3)
    ///
    /// The state [x, y, z] after that many steps of one member.
    #[pyfunction]
    fn member(args: MemberArgs, vm: &VirtualMachine) -> PyResult<PyListRef> {
        let (parameters, steps) = (parameters([args.sigma, args.rho, args.beta, args.dt]), args.steps);
        let mut state = state_of(args.state, vm)?;
        without_gil(vm, || {
            for _ in 0..steps {
                state = parameters.step(state);
            }
        });
        Ok(list_of(&state, vm))
    }

    /// trajectory(state, steps, dt=0.01, sigma=10.0, rho=28.0, beta=8/3)
    ///
    /// All states of one member, the first included: steps + 1 lists [x, y, z].
    #[pyfunction]
    fn trajectory(args: MemberArgs, vm: &VirtualMachine) -> PyResult<PyListRef> {
        let (parameters, steps) = (parameters([args.sigma, args.rho, args.beta, args.dt]), args.steps);
        let mut state = state_of(args.state, vm)?;
        let mut states = Vec::new();
        if states.try_reserve_exact(steps.saturating_add(1)).is_err() {
            return Err(vm.no_memory_error());
        }
        without_gil(vm, || {
            states.push(state);
            for _ in 0..steps {
                state = parameters.step(state);
                states.push(state);
            }
        });
        Ok(lists_of(&states, vm))
    }

    #[derive(FromArgs)]
    struct StepArgs {
        #[pyarg(any)]
        states: ArgIterable<PyObjectRef>,
        #[pyarg(any, optional, py_default = "0.01")]
        dt: OptionalArg<ArgIntoFloat>,
        #[pyarg(any, optional, py_default = "10.0")]
        sigma: OptionalArg<ArgIntoFloat>,
        #[pyarg(any, optional, py_default = "28.0")]
        rho: OptionalArg<ArgIntoFloat>,
        #[pyarg(any, optional, py_default = "8 / 3")]
        beta: OptionalArg<ArgIntoFloat>,
    }

    /// step_all(states, dt=0.01, sigma=10.0, rho=28.0, beta=8/3)
    ///
    /// The states [[x, y, z], …] of all members after one step.
    #[pyfunction]
    fn step_all(args: StepArgs, vm: &VirtualMachine) -> PyResult<PyListRef> {
        let parameters = parameters([args.sigma, args.rho, args.beta, args.dt]);
        let mut states = Vec::new();
        for state in args.states.iter(vm)? {
            states.push(state_of(state?.try_into_value(vm)?, vm)?);
        }
        without_gil(vm, || {
            for state in &mut states {
                *state = parameters.step(*state);
            }
        });
        Ok(lists_of(&states, vm))
    }

    /// In the order of [`Parameters`]; what is not given is Lorenz's.
    fn parameters(given: [OptionalArg<ArgIntoFloat>; 4]) -> Parameters {
        let [sigma, rho, beta, dt] = given.map(|value| value.into_option().map(f64::from));
        Parameters {
            sigma: sigma.unwrap_or(LORENZ.sigma),
            rho: rho.unwrap_or(LORENZ.rho),
            beta: beta.unwrap_or(LORENZ.beta),
            dt: dt.unwrap_or(LORENZ.dt),
        }
    }

    fn state_of(values: ArgIterable<ArgIntoFloat>, vm: &VirtualMachine) -> PyResult<State> {
        let values = values.iter(vm)?.map(|value| value.map(f64::from)).collect::<PyResult<Vec<f64>>>()?;
        State::try_from(values.as_slice())
            .map_err(|_| vm.new_value_error(format!("a state is x, y, z: 3 numbers, not {}", values.len())))
    }

    fn list_of(state: &State, vm: &VirtualMachine) -> PyListRef {
        vm.ctx.new_list(state.iter().map(|value| vm.ctx.new_float(*value).into()).collect())
    }

    fn lists_of(states: &[State], vm: &VirtualMachine) -> PyListRef {
        vm.ctx.new_list(states.iter().map(|state| list_of(state, vm).into()).collect())
    }
}
