//! The module `_numpy_random`: NumPy's random numbers.
//!
//! | module | is |
//! |---|---|
//! | `shared` | streams that threads share, and why no two wait for each other |
//! | `seeds`, `bits` | `SeedSequence`, `BitGenerator` and its kinds |
//! | `legacy` | `RandomState`, and so the functions of `numpy.random` |
//! | `generator` | `Generator`, `default_rng` |
//! | `distributions`, `integers`, `ordering` | what both have |
//! | `filling` | arrays of numbers |
//! | `arguments` | what is drawn for: sizes, parameters, bounds |

mod arguments;
mod bits;
mod distributions;
mod filling;
mod generator;
mod integers;
mod legacy;
mod ordering;
mod seeds;
mod shared;

use parallel_lab_arrays::random::{BitGenerator, Stream};
use rustpython_vm::builtins::PyBytes;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyObjectRef, PyRef, PyResult, VirtualMachine};

use _numpy_random::module_def as definition;

use shared::Shared;

/// The module, to be given to an interpreter that is being made.
#[must_use]
pub fn module_def(ctx: &rustpython_vm::Context) -> &'static rustpython_vm::builtins::PyModuleDef {
    definition(ctx)
}

/// What functions of the module are `RandomState`'s methods, by their names in the module.
const FUNCTIONS: [(&str, &str); 26] = [
    ("beta", "beta"),
    ("binomial", "binomial"),
    ("bytes", "bytes"),
    ("choice", "choice"),
    ("exponential", "exponential"),
    ("gamma", "gamma"),
    ("get_state", "get_state"),
    ("lognormal", "lognormal"),
    ("normal", "normal"),
    ("permutation", "permutation"),
    ("poisson", "poisson"),
    ("rand", "rand"),
    ("randint", "randint"),
    ("randn", "randn"),
    ("random", "random"),
    ("random_integers", "random_integers"),
    ("random_sample", "random_sample"),
    ("ranf", "random_sample"),
    ("sample", "random_sample"),
    ("seed", "seed"),
    ("set_state", "set_state"),
    ("shuffle", "shuffle"),
    ("standard_exponential", "standard_exponential"),
    ("standard_gamma", "standard_gamma"),
    ("standard_normal", "standard_normal"),
    ("uniform", "uniform"),
];

/// What `pickle` needs to make an object anew: a function that it finds, other than NumPy's modules of the classes.
fn reduced(
    class: &str,
    argument: PyObjectRef,
    state: Option<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    let made = vm.import("_numpy_random", 0)?.get_attr("_made", vm)?;
    let arguments = vm.new_tuple((vm.ctx.new_str(class), argument));
    Ok(vm.new_tuple((made, arguments, state.unwrap_or_else(|| vm.ctx.none()))).into())
}

/// `bytes`: four of each 32-bit word, the low one first.
fn bytes<S: Stream>(shared: &Shared<S>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyRef<PyBytes>> {
    let [length] = arguments::bind("bytes", ["length"], 1, args, vm)?;
    let length = length.unwrap_or_else(|| vm.ctx.none());
    let length = arguments::whole(&length, vm).map_err(|_| vm.new_type_error("an integer is required"))?;
    // A length below zero leaves out as many of the last bytes: NumPy cuts them as Python does.
    let words = (length.saturating_sub(1)) / 4 + 1;
    let words = usize::try_from(words).map_err(|_| vm.new_value_error("negative dimensions are not allowed"))?;
    let mut all = Vec::new();
    let kept = if length < 0 { (words as i128 * 4 + length).max(0) } else { length };
    all.try_reserve_exact(words.saturating_mul(4)).map_err(|_| vm.new_memory_error("no memory for so many bytes"))?;
    shared.with(words, vm, |stream| {
        for _ in 0..words {
            all.extend_from_slice(&stream.bits().next_u32().to_le_bytes());
        }
    });
    all.truncate(kept as usize);
    Ok(vm.ctx.new_bytes(all))
}

#[rustpython_vm::pymodule]
mod _numpy_random {
    use rustpython_vm::builtins::{PyModule, PyStrRef};
    use rustpython_vm::class::PyClassImpl as _;
    use rustpython_vm::function::FuncArgs;
    use rustpython_vm::{Py, PyObjectRef, PyPayload, PyResult, VirtualMachine};

    use super::generator::{self, PyGenerator};
    use super::legacy::PyRandomState;
    use super::seeds::PySeedSequence;

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        module.set_attr("SeedSequence", PySeedSequence::make_static_type(), vm)?;
        for (name, class) in super::bits::make() {
            module.set_attr(name, class, vm)?;
        }
        module.set_attr("Generator", PyGenerator::make_static_type(), vm)?;
        module.set_attr("RandomState", PyRandomState::make_static_type(), vm)?;
        // The interpreter's own: its methods are the module's functions.
        let state: PyObjectRef = PyRandomState::fresh().into_ref(&vm.ctx).into();
        for (name, method) in super::FUNCTIONS {
            module.set_attr(name, state.get_attr(method, vm)?, vm)?;
        }
        module.set_attr("_rand", state, vm)
    }

    /// An object of a class of this module.
    #[pyfunction]
    fn _made(class: PyStrRef, argument: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        vm.import("_numpy_random", 0)?.get_attr(&*class, vm)?.call((argument,), vm)
    }

    #[pyfunction]
    fn default_rng(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        generator::default_rng(args, vm)
    }
}
