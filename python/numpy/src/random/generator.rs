//! `Generator` and `default_rng`.

use parallel_lab_arrays::random::{BitGenerator as _, Generator, Stream as _};
use parallel_lab_arrays::{Array, DType};
use rustpython_vm::builtins::{PyBytes, PyStr, PyType};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::{Constructor, GetAttr, Representable};
use rustpython_vm::{AsObject, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

use super::arguments::{Parameter, bind, bind_only, size};
use super::bits::{self, Bits, PyBitGenerator, PyMt19937, PyPcg64, SharedBits};
use super::filling::{Target, plain};
use super::integers::Request;
use super::legacy::PyRandomState;
use super::ordering::{self, Chosen};
use super::seeds::PySeedSequence;
use super::{bytes, distributions, reduced};
use crate::ndarray::PyNdArray;
use crate::raise::no_attribute;
use crate::{arguments, dtype};

/// NumPy's present random numbers.
#[pyclass(module = "numpy.random._generator", name = "Generator")]
#[derive(Debug, PyPayload)]
pub(super) struct PyGenerator {
    /// The bit generator's.
    shared: SharedBits,
    bits: PyObjectRef,
}

impl PyGenerator {
    fn on(bits: PyObjectRef, vm: &VirtualMachine) -> PyResult<Self> {
        let Some(shared) = bits.downcast_ref::<PyBitGenerator>().map(|bits| bits.shared()) else {
            if bits.downcast_ref::<PyType>().is_some() {
                return Err(vm.new_value_error("Invalid bit generator. The bit generator must be instantiated."));
            }
            let class = bits.class().name().to_string();
            return Err(vm.new_attribute_error(format!("'{class}' object has no attribute 'capsule'")));
        };
        Ok(Self { shared, bits })
    }

    fn name(&self, vm: &VirtualMachine) -> &'static str {
        self.shared.with(0, vm, |stream| stream.bits().name())
    }
}

/// `default_rng`
pub(super) fn default_rng(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [seed] = bind("default_rng", ["seed"], 0, args, vm)?;
    let bits: PyObjectRef = match seed {
        Some(seed) if seed.downcast_ref::<PyGenerator>().is_some() => return Ok(seed),
        Some(seed) if seed.downcast_ref::<PyBitGenerator>().is_some() => seed,
        seed => match seed.as_ref().and_then(|seed| seed.downcast_ref::<PyRandomState>()).map(|state| state.bits(vm)) {
            Some(Bits::Mt19937(bits)) => PyMt19937::of(bits, PySeedSequence::of(None, vm)?).into_ref(&vm.ctx).into(),
            _ => PyPcg64::seeded(PySeedSequence::of(seed, vm)?).into_ref(&vm.ctx).into(),
        },
    };
    Ok(PyGenerator::on(bits, vm)?.into_ref(&vm.ctx).into())
}

impl Constructor for PyGenerator {
    type Args = FuncArgs;

    fn py_new(_cls: &Py<PyType>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        let [bits] = bind("__init__", ["bit_generator"], 1, args, vm)?;
        Self::on(bits.unwrap_or_else(|| vm.ctx.none()), vm)
    }
}

impl GetAttr for PyGenerator {
    fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
        match zelf.as_object().generic_getattr_opt(name, None, vm)? {
            Some(found) => Ok(found),
            None => Err(no_attribute("numpy.random.Generator", zelf.as_object(), name, vm)),
        }
    }
}

impl Representable for PyGenerator {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!("Generator({}) at 0x{:X}", zelf.name(vm), zelf.as_object().get_id()))
    }
}

/// `dtype=` of a function that has both precisions: whether it is the single one.
fn is_single(dtype: Option<PyObjectRef>, name: &str, vm: &VirtualMachine) -> PyResult<bool> {
    match dtype
        .map_or(Ok(DType::F64), |dtype| dtype::given(Some(dtype), vm).map(|dtype| dtype.unwrap_or(DType::F64)))?
    {
        DType::F64 => Ok(false),
        DType::F32 => Ok(true),
        other => Err(vm.new_type_error(format!("Unsupported dtype dtype('{other}') for {name}"))),
    }
}

/// `size=` and `out=`
fn target(
    shape: Option<PyObjectRef>,
    out: Option<PyObjectRef>,
    (dtype, any_order): (DType, bool),
    vm: &VirtualMachine,
) -> PyResult<Target> {
    let shape = size(shape, vm)?;
    let Some(object) = arguments::given(out, vm) else { return Ok(Target::New(shape)) };
    let is_good = |array: &Array| array.is_row_major() || (any_order && array.is_column_major());
    let Some(out) = object.downcast_ref::<PyNdArray>().filter(|out| out.is_writable() && is_good(out.array())) else {
        let contiguous = if any_order { "contiguous" } else { "C-contiguous" };
        return Err(vm.new_value_error(format!(
            "Supplied output array must be {contiguous}, writable, aligned, and in machine byte-order."
        )));
    };
    let given = out.array().dtype();
    if given != dtype {
        let text = format!("Supplied output array has the wrong type. Expected {dtype}, got {given}");
        return Err(vm.new_type_error(text));
    }
    if shape.is_some_and(|shape| shape != out.array().shape()) {
        return Err(vm.new_value_error("size must match out.shape when used together"));
    }
    Ok(Target::Given(out.array().clone(), object.clone()))
}

fn precision(is_single: bool) -> DType {
    if is_single { DType::F32 } else { DType::F64 }
}

/// `axis=`
fn axis(axis: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<i64> {
    axis.map_or(Ok(0), |axis| arguments::integer(&axis, vm))
}

#[pyclass(with(Constructor, GetAttr, Representable))]
impl PyGenerator {
    #[pymethod]
    fn __str__(zelf: &Py<Self>, vm: &VirtualMachine) -> String {
        format!("Generator({})", zelf.name(vm))
    }

    #[pygetset]
    fn bit_generator(zelf: &Py<Self>) -> PyObjectRef {
        zelf.bits.clone()
    }

    #[pymethod]
    fn __reduce__(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        reduced("Generator", zelf.bits.clone(), None, vm)
    }

    #[pymethod]
    fn spawn(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let [count] = bind("spawn", ["n_children"], 1, args, vm)?;
        let children = bits::children(&zelf.bits, count, vm)?;
        let children = children.into_iter().map(|bits| Ok(Self::on(bits, vm)?.into_ref(&vm.ctx).into()));
        Ok(vm.ctx.new_list(children.collect::<PyResult<_>>()?).into())
    }

    #[pymethod]
    fn random(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let [shape, dtype, out] = bind("random", ["size", "dtype", "out"], 0, args, vm)?;
        let is_single = is_single(dtype, "random", vm)?;
        let target = target(shape, out, (precision(is_single), true), vm)?;
        if is_single {
            return plain(&zelf.shared, target, |stream: &mut Generator<Bits>, row| stream.fill_random_f32(row), vm);
        }
        distributions::random_of(&zelf.shared, target, vm)
    }

    #[pymethod]
    fn standard_normal(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let [shape, dtype, out] = bind("standard_normal", ["size", "dtype", "out"], 0, args, vm)?;
        let is_single = is_single(dtype, "standard_normal", vm)?;
        let target = target(shape, out, (precision(is_single), true), vm)?;
        if is_single {
            let draw = |stream: &mut Generator<Bits>, row: &mut [f32]| stream.fill_standard_normal_f32(row);
            return plain(&zelf.shared, target, draw, vm);
        }
        distributions::standard_normal(&zelf.shared, target, vm)
    }

    #[pymethod]
    fn standard_exponential(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let names = ["size", "dtype", "method", "out"];
        let [shape, dtype, method, out] = bind("standard_exponential", names, 0, args, vm)?;
        let is_single = is_single(dtype, "standard_exponential", vm)?;
        let target = target(shape, out, (precision(is_single), true), vm)?;
        // Any other method is the inversion, as in NumPy.
        let is_ziggurat = method.is_none_or(|method| method.str(vm).is_ok_and(|name| name.to_string_lossy() == "zig"));
        match (is_single, is_ziggurat) {
            (false, true) => distributions::standard_exponential(&zelf.shared, target, vm),
            (false, false) => {
                let draw = |stream: &mut Generator<Bits>, row: &mut [f64]| {
                    row.fill_with(|| -(-stream.bits().next_f64()).ln_1p());
                };
                plain(&zelf.shared, target, draw, vm)
            }
            (true, true) => {
                let draw = |stream: &mut Generator<Bits>, row: &mut [f32]| stream.fill_standard_exponential_f32(row);
                plain(&zelf.shared, target, draw, vm)
            }
            (true, false) => {
                let draw = |stream: &mut Generator<Bits>, row: &mut [f32]| {
                    row.fill_with(|| -(-stream.bits().next_f32()).ln_1p());
                };
                plain(&zelf.shared, target, draw, vm)
            }
        }
    }

    #[pymethod]
    fn standard_gamma(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let [form, shape, dtype, out] = bind("standard_gamma", ["shape", "size", "dtype", "out"], 1, args, vm)?;
        let is_single = is_single(dtype, "standard_gamma", vm)?;
        let form = Parameter::new(distributions::FORM, form, 1.0, vm)?;
        let target = target(shape, out, (precision(is_single), false), vm)?;
        if is_single {
            return distributions::standard_gamma_f32(&zelf.shared, form, target, vm);
        }
        distributions::standard_gamma(&*zelf.shared, form, target, vm)
    }

    #[pymethod]
    fn uniform(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        distributions::uniform(&*zelf.shared, args, vm)
    }

    #[pymethod]
    fn normal(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        distributions::normal(&*zelf.shared, args, vm)
    }

    #[pymethod]
    fn lognormal(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        distributions::lognormal(&*zelf.shared, args, vm)
    }

    #[pymethod]
    fn exponential(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        distributions::exponential(&*zelf.shared, args, vm)
    }

    #[pymethod]
    fn gamma(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        distributions::gamma(&*zelf.shared, args, vm)
    }

    #[pymethod]
    fn beta(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        distributions::beta(&*zelf.shared, args, vm)
    }

    #[pymethod]
    fn poisson(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        distributions::poisson(&*zelf.shared, args, vm)
    }

    #[pymethod]
    fn binomial(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        distributions::binomial(&*zelf.shared, args, vm)
    }

    #[pymethod]
    fn integers(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let names = ["low", "high", "size", "dtype", "endpoint"];
        let [low, high, size, dtype, endpoint] = bind("integers", names, 1, args, vm)?;
        let low = low.unwrap_or_else(|| vm.ctx.none());
        let endpoint = arguments::is_true(endpoint, vm)?;
        Request { low, high, size, dtype, endpoint }.draw("integers", &*zelf.shared, vm)
    }

    #[pymethod]
    fn choice(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let names = ["a", "size", "replace", "p", "axis", "shuffle"];
        let [from, size, replace, probabilities, along, shuffle] = bind("choice", names, 1, args, vm)?;
        let from = from.unwrap_or_else(|| vm.ctx.none());
        let replace = replace.map_or(Ok(true), |replace| replace.try_to_bool(vm))?;
        let shuffle = shuffle.map_or(Ok(true), |shuffle| shuffle.try_to_bool(vm))?;
        Chosen { from, size, replace, probabilities, axis: axis(along, vm)?, shuffle }.draw(&*zelf.shared, vm)
    }

    #[pymethod]
    fn shuffle(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
        let [items, along] = bind("shuffle", ["x", "axis"], 1, args, vm)?;
        ordering::shuffle(&*zelf.shared, &items.unwrap_or_else(|| vm.ctx.none()), axis(along, vm)?, vm)
    }

    #[pymethod]
    fn permutation(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let [items, along] = bind("permutation", ["x", "axis"], 1, args, vm)?;
        ordering::permutation(&*zelf.shared, &items.unwrap_or_else(|| vm.ctx.none()), axis(along, vm)?, vm)
    }

    #[pymethod]
    fn permuted(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let [items, along, out] = bind_only("permuted", ["x", "axis", "out"], (1, 1), args, vm)?;
        let along = arguments::given(along, vm).map(|along| arguments::integer(&along, vm)).transpose()?;
        let items = items.unwrap_or_else(|| vm.ctx.none());
        ordering::permuted(&*zelf.shared, &items, along, arguments::given(out, vm), vm)
    }

    #[pymethod]
    fn bytes(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyRef<PyBytes>> {
        bytes(&*zelf.shared, args, vm)
    }
}
