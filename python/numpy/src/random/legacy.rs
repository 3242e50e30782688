//! `RandomState`.

use parallel_lab_arrays::DType;
use parallel_lab_arrays::random::{LegacyState, RandomState, Stream};
use rustpython_vm::builtins::{PyBytes, PyDict, PyStr, PyType};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::{Constructor, GetAttr, Representable};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

use super::arguments::{Parameter, bind, size, whole};
use super::bits::{self, Bits, PyBitGenerator};
use super::filling::Target;
use super::integers::Request;
use super::ordering::{self, Chosen};
use super::seeds::{self, LegacySeed};
use super::shared::Shared;
use super::{bytes, distributions, reduced};
use crate::arguments;
use crate::raise::{Raise, no_attribute};

/// NumPy's older random numbers.
#[pyclass(module = "numpy.random.mtrand", name = "RandomState")]
#[derive(Debug, PyPayload)]
pub(super) struct PyRandomState {
    shared: Shared<RandomState>,
}

impl PyRandomState {
    /// From entropy.
    pub(super) fn fresh() -> Self {
        Self { shared: Shared::new(RandomState::from_entropy(&seeds::fresh_words())) }
    }

    /// The bits as they are now.
    pub(super) fn bits(&self, vm: &VirtualMachine) -> Bits {
        self.shared.with(0, vm, |stream| Bits::Mt19937(stream.bits().clone()))
    }
}

fn seeded(seed: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<RandomState> {
    match seeds::legacy(seed, vm)? {
        LegacySeed::Entropy => Ok(RandomState::from_entropy(&seeds::fresh_words())),
        LegacySeed::Number(seed) => RandomState::from_seed(seed).raise(vm),
        LegacySeed::Numbers(seeds) => RandomState::from_seeds(&seeds).raise(vm),
    }
}

impl Constructor for PyRandomState {
    type Args = FuncArgs;

    fn py_new(_cls: &Py<PyType>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        let [seed] = bind("__init__", ["seed"], 0, args, vm)?;
        let bits = seed.as_ref().and_then(|seed| seed.downcast_ref::<PyBitGenerator>()).map(|bits| bits.bits(vm));
        let state = match bits {
            None => seeded(seed, vm)?,
            Some(Bits::Mt19937(bits)) => RandomState::from_bits(bits),
            Some(Bits::Pcg64(_)) => {
                return Err(vm.new_not_implemented_error("the lab's RandomState takes no bits but those of MT19937"));
            }
        };
        Ok(Self { shared: Shared::new(state) })
    }
}

impl GetAttr for PyRandomState {
    fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
        match zelf.as_object().generic_getattr_opt(name, None, vm)? {
            Some(found) => Ok(found),
            None => Err(no_attribute("numpy.random.RandomState", zelf.as_object(), name, vm)),
        }
    }
}

impl Representable for PyRandomState {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!("RandomState(MT19937) at 0x{:X}", zelf.as_object().get_id()))
    }
}

/// The lengths that `rand` and `randn` get one by one.
fn lengths(name: &str, args: FuncArgs, vm: &VirtualMachine) -> PyResult<Option<Vec<usize>>> {
    if let Some((keyword, _)) = args.kwargs.into_iter().next() {
        let keyword = keyword.to_string();
        return Err(vm.new_type_error(format!("{name}() got an unexpected keyword argument '{keyword}'")));
    }
    if args.args.is_empty() {
        return Ok(None);
    }
    let lengths: PyObjectRef = vm.ctx.new_tuple(args.args).into();
    size(Some(lengths), vm)
}

/// The state in a tuple, as it always was, or in a dict.
fn state(of: &PyRandomState, in_tuple: bool, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let LegacyState { key, pos, has_gauss, gauss } = of.shared.with(0, vm, |stream| stream.state());
    let has_gauss = i32::from(has_gauss);
    if in_tuple {
        return Ok(vm.new_tuple(("MT19937", bits::key(&key, vm)?, pos, has_gauss, gauss)).into());
    }
    let all = bits::mt19937_state(&key, pos, vm)?;
    all.set_item("has_gauss", vm.ctx.new_int(has_gauss).into(), vm)?;
    all.set_item("gauss", vm.ctx.new_float(gauss).into(), vm)?;
    Ok(all.into())
}

/// What a state in a dict or a tuple says.
fn state_of(state: &PyObject, vm: &VirtualMachine) -> PyResult<LegacyState> {
    let (key, position, has_gauss, gauss) = if state.downcast_ref::<PyDict>().is_some() {
        let parts = || -> PyResult<_> {
            let words = state.get_item("state", vm)?;
            let is_it = state.get_item("bit_generator", vm)?.str(vm)?.to_string_lossy() == "MT19937";
            let parts = (words.get_item("key", vm)?, words.get_item("pos", vm)?);
            Ok((is_it, parts, state.get_item("has_gauss", vm)?, state.get_item("gauss", vm)?))
        };
        match parts() {
            Ok((true, (key, position), has_gauss, gauss)) => (key, position, Some(has_gauss), Some(gauss)),
            _ => return Err(vm.new_value_error("state dictionary is not valid.")),
        }
    } else {
        let Some(parts) = arguments::sequence(state) else {
            return Err(vm.new_type_error("state must be a dict or a tuple."));
        };
        let is_it =
            parts.first().is_some_and(|name| name.str(vm).is_ok_and(|name| name.to_string_lossy() == "MT19937"));
        if !is_it {
            return Err(vm.new_value_error("set_state can only be used with legacy MT19937 state instances."));
        }
        let part = |at: usize| parts.get(at).cloned().ok_or_else(|| vm.new_index_error("tuple index out of range"));
        (part(1)?, part(2)?, parts.get(3).cloned(), parts.get(4).cloned())
    };
    let (key, pos) = bits::words_of(&key, &position, vm)?;
    let has_gauss = arguments::is_true(has_gauss, vm)?;
    let gauss = gauss.map_or(Ok(0.0), |gauss| gauss.try_float(vm).map(|gauss| gauss.to_f64()))?;
    Ok(LegacyState { key, pos, has_gauss, gauss })
}

#[pyclass(with(Constructor, GetAttr, Representable))]
impl PyRandomState {
    #[pymethod]
    fn __str__(_zelf: &Py<Self>) -> String {
        "RandomState(MT19937)".to_owned()
    }

    #[pymethod]
    fn seed(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
        let [seed] = bind("seed", ["seed"], 0, args, vm)?;
        let state = seeded(seed, vm)?;
        zelf.shared.with(0, vm, |stream| *stream = state);
        Ok(())
    }

    #[pymethod]
    fn get_state(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let [legacy] = bind("get_state", ["legacy"], 0, args, vm)?;
        state(zelf, legacy.map_or(Ok(true), |legacy| legacy.try_to_bool(vm))?, vm)
    }

    #[pymethod]
    fn set_state(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
        let [state] = bind("set_state", ["state"], 1, args, vm)?;
        Self::__setstate__(zelf, state.unwrap_or_else(|| vm.ctx.none()), vm)
    }

    #[pymethod]
    fn __getstate__(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        state(zelf, false, vm)
    }

    #[pymethod]
    fn __setstate__(zelf: &Py<Self>, state: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let state = state_of(&state, vm)?;
        zelf.shared.with(0, vm, |stream| stream.set_state(&state)).raise(vm)
    }

    #[pymethod]
    fn __reduce__(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        // The seed is only there so that no entropy is asked for: the state takes its place.
        let seed = vm.ctx.new_int(0).into();
        reduced("RandomState", seed, Some(state(&zelf, false, vm)?), vm)
    }

    #[pymethod]
    fn random_sample(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        distributions::random("random_sample", &zelf.shared, args, vm)
    }

    #[pymethod]
    fn random(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        distributions::random("random", &zelf.shared, args, vm)
    }

    #[pymethod]
    fn rand(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let shape = lengths("rand", args, vm)?;
        distributions::random_of(&zelf.shared, Target::New(shape), vm)
    }

    #[pymethod]
    fn randn(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let shape = lengths("randn", args, vm)?;
        distributions::standard_normal(&zelf.shared, Target::New(shape), vm)
    }

    #[pymethod]
    fn standard_normal(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let [shape] = bind("standard_normal", ["size"], 0, args, vm)?;
        distributions::standard_normal(&zelf.shared, Target::New(size(shape, vm)?), vm)
    }

    #[pymethod]
    fn standard_exponential(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let [shape] = bind("standard_exponential", ["size"], 0, args, vm)?;
        distributions::standard_exponential(&zelf.shared, Target::New(size(shape, vm)?), vm)
    }

    #[pymethod]
    fn standard_gamma(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let [form, shape] = bind("standard_gamma", ["shape", "size"], 1, args, vm)?;
        let form = Parameter::new(distributions::FORM, form, 1.0, vm)?;
        distributions::standard_gamma(&zelf.shared, form, Target::New(size(shape, vm)?), vm)
    }

    #[pymethod]
    fn uniform(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        distributions::uniform(&zelf.shared, args, vm)
    }

    #[pymethod]
    fn normal(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        distributions::normal(&zelf.shared, args, vm)
    }

    #[pymethod]
    fn lognormal(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        distributions::lognormal(&zelf.shared, args, vm)
    }

    #[pymethod]
    fn exponential(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        distributions::exponential(&zelf.shared, args, vm)
    }

    #[pymethod]
    fn gamma(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        distributions::gamma(&zelf.shared, args, vm)
    }

    #[pymethod]
    fn beta(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        distributions::beta(&zelf.shared, args, vm)
    }

    #[pymethod]
    fn poisson(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        distributions::poisson(&zelf.shared, args, vm)
    }

    #[pymethod]
    fn binomial(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        distributions::binomial(&zelf.shared, args, vm)
    }

    #[pymethod]
    fn randint(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let [low, high, size, dtype] = bind("randint", ["low", "high", "size", "dtype"], 1, args, vm)?;
        let low = low.unwrap_or_else(|| vm.ctx.none());
        Request { low, high, size, dtype, endpoint: false }.draw("randint", &zelf.shared, vm)
    }

    #[pymethod]
    fn random_integers(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let [low, high, size] = bind("random_integers", ["low", "high", "size"], 1, args, vm)?;
        let low = low.unwrap_or_else(|| vm.ctx.none());
        let (low, high) = match arguments::given(high, vm) {
            Some(high) => (low, high),
            None => (vm.ctx.new_int(1).into(), low),
        };
        let (first, last) = (low.str(vm)?.to_string_lossy().into_owned(), high.str(vm)?.to_string_lossy().into_owned());
        let message = format!("This function is deprecated. Please call randint({first}, {last} + 1) instead");
        let class = vm.ctx.exceptions.deprecation_warning.to_owned();
        rustpython_vm::warn::warn(vm.ctx.new_str(message).into(), Some(class), 1, None, vm)?;
        let high = Some(vm.ctx.new_int(whole(&high, vm)?.saturating_add(1)).into());
        let dtype = Some(crate::dtype::object(DType::I64, vm));
        Request { low, high, size, dtype, endpoint: false }.draw("randint", &zelf.shared, vm)
    }

    #[pymethod]
    fn choice(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let [from, size, replace, probabilities] = bind("choice", ["a", "size", "replace", "p"], 1, args, vm)?;
        let from = from.unwrap_or_else(|| vm.ctx.none());
        let replace = replace.map_or(Ok(true), |replace| replace.try_to_bool(vm))?;
        Chosen { from, size, replace, probabilities, axis: 0, shuffle: true }.draw(&zelf.shared, vm)
    }

    #[pymethod]
    fn shuffle(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
        let [items] = bind("shuffle", ["x"], 1, args, vm)?;
        ordering::shuffle(&zelf.shared, &items.unwrap_or_else(|| vm.ctx.none()), 0, vm)
    }

    #[pymethod]
    fn permutation(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let [items] = bind("permutation", ["x"], 1, args, vm)?;
        ordering::permutation(&zelf.shared, &items.unwrap_or_else(|| vm.ctx.none()), 0, vm)
    }

    #[pymethod]
    fn bytes(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyRef<PyBytes>> {
        bytes(&zelf.shared, args, vm)
    }
}
