//! `BitGenerator` and its kinds.

use std::sync::{Arc, Mutex, PoisonError};

use malachite_bigint::BigInt;
use num_traits::ToPrimitive;
use parallel_lab_arrays::DType;
use parallel_lab_arrays::random::{BitGenerator, Generator, Mt19937, Pcg64, Pcg64State, Stream};
use rustpython_vm::builtins::{PyDict, PyType, PyTypeRef};
use rustpython_vm::class::PyClassImpl as _;
use rustpython_vm::function::{FuncArgs, PySetterValue};
use rustpython_vm::types::Constructor;
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

use super::arguments::{bind, size};
use super::filling::from_row;
use super::seeds::PySeedSequence;
use super::shared::Shared;
use crate::raise::Raise;
use crate::{arguments, array_like};

/// Where a generator's bits come from.
#[derive(Clone, Debug)]
pub(super) enum Bits {
    Pcg64(Pcg64),
    Mt19937(Mt19937),
}

impl Bits {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Pcg64(_) => "PCG64",
            Self::Mt19937(_) => "MT19937",
        }
    }
}

impl BitGenerator for Bits {
    fn next_u64(&mut self) -> u64 {
        match self {
            Self::Pcg64(bits) => bits.next_u64(),
            Self::Mt19937(bits) => bits.next_u64(),
        }
    }

    fn next_u32(&mut self) -> u32 {
        match self {
            Self::Pcg64(bits) => bits.next_u32(),
            Self::Mt19937(bits) => bits.next_u32(),
        }
    }

    fn next_f64(&mut self) -> f64 {
        match self {
            Self::Pcg64(bits) => bits.next_f64(),
            Self::Mt19937(bits) => bits.next_f64(),
        }
    }
}

/// A bit generator's stream, which is that of each `Generator` made with it.
pub(super) type SharedBits = Arc<Shared<Generator<Bits>>>;

/// What bit generators have in common.
#[pyclass(module = "numpy.random.bit_generator", name = "BitGenerator")]
#[derive(Debug, PyPayload)]
pub(super) struct PyBitGenerator {
    shared: SharedBits,
    seed: Mutex<PyRef<PySeedSequence>>,
}

impl PyBitGenerator {
    fn new(bits: Bits, seed: PyRef<PySeedSequence>) -> Self {
        Self { shared: Arc::new(Shared::new(Generator::from_bits(bits))), seed: Mutex::new(seed) }
    }

    /// The stream.
    pub(super) fn shared(&self) -> SharedBits {
        Arc::clone(&self.shared)
    }

    /// The bits as they are now.
    pub(super) fn bits(&self, vm: &VirtualMachine) -> Bits {
        self.shared.with(0, vm, |stream| stream.bits().clone())
    }

    fn set_bits(&self, bits: Bits, vm: &VirtualMachine) {
        self.shared.with(0, vm, |stream| *stream.bits() = bits);
    }

    fn seed(&self) -> PyRef<PySeedSequence> {
        self.seed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// As many bit generators of its kind, from children of its seed.
pub(super) fn children(
    parent: &PyObject,
    count: Option<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult<Vec<PyObjectRef>> {
    let Some(bits) = parent.downcast_ref::<PyBitGenerator>() else { return Ok(Vec::new()) };
    let class = parent.class().to_owned();
    let seeds = bits.seed().children(count, vm)?;
    seeds.into_iter().map(|seed| class.as_object().call((seed,), vm)).collect()
}

impl Constructor for PyBitGenerator {
    type Args = FuncArgs;

    fn py_new(_cls: &Py<PyType>, _args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        // NumPy's word, with its slip.
        Err(vm.new_not_implemented_error("BitGenerator is a base class and cannot be instantized"))
    }
}

#[pyclass(with(Constructor), flags(BASETYPE))]
impl PyBitGenerator {
    #[pygetset]
    fn seed_seq(zelf: &Py<Self>) -> PyRef<PySeedSequence> {
        zelf.seed()
    }

    #[pygetset]
    fn state(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        match zelf.bits(vm) {
            Bits::Pcg64(bits) => pcg64_state(bits.state(), vm),
            Bits::Mt19937(bits) => {
                let (words, position) = bits.state();
                mt19937_state(words, position, vm).map(Into::into)
            }
        }
    }

    #[pygetset(setter)]
    fn set_state(zelf: &Py<Self>, state: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
        let PySetterValue::Assign(state) = state else {
            return Err(vm.new_attribute_error("cannot delete attribute 'state'"));
        };
        zelf.restore(&state, vm)
    }

    fn restore(&self, state: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
        let bits = match self.bits(vm) {
            Bits::Pcg64(_) => Bits::Pcg64(pcg64_of(state, vm)?),
            Bits::Mt19937(_) => Bits::Mt19937(mt19937_of(state, "PRNG", vm)?),
        };
        self.set_bits(bits, vm);
        Ok(())
    }

    #[pymethod]
    fn random_raw(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let [shape, output] = bind("random_raw", ["size", "output"], 0, args, vm)?;
        let shape = size(shape, vm)?;
        let is_shown = output.map_or(Ok(true), |output| output.try_to_bool(vm))?;
        let next = |stream: &mut Generator<Bits>| match stream.bits() {
            Bits::Pcg64(bits) => bits.next_u64(),
            Bits::Mt19937(bits) => bits.next_u32().into(),
        };
        match (shape, is_shown) {
            (None, true) => Ok(vm.ctx.new_int(zelf.shared.with(1, vm, next)).into()),
            (Some(_), true) => Err(vm.new_not_implemented_error(
                "the lab's NumPy has no uint64 for an array of raw numbers: random_raw() gives them one by one",
            )),
            (shape, false) => {
                let count = shape.map_or(1, |shape| parallel_lab_arrays::shape::size(&shape));
                zelf.shared.with(count, vm, |stream| {
                    for _ in 0..count {
                        next(stream);
                    }
                });
                Ok(vm.ctx.none())
            }
        }
    }

    #[pymethod]
    fn spawn(zelf: PyObjectRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let [count] = bind("spawn", ["n_children"], 1, args, vm)?;
        Ok(vm.ctx.new_list(children(&zelf, count, vm)?).into())
    }

    #[pymethod]
    fn __reduce__(zelf: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let seed = zelf.get_attr("seed_seq", vm)?;
        let state = zelf.get_attr("state", vm)?;
        super::reduced(&zelf.class().name().to_string(), seed, Some(state), vm)
    }

    #[pymethod]
    fn __setstate__(zelf: &Py<Self>, state: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        zelf.restore(&state, vm)
    }
}

macro_rules! kinds {
    ($($Class:ident $module:literal $name:literal $Variant:ident;)*) => {$(
        /// A kind of bit generator.
        #[pyclass(module = $module, name = $name, base = PyBitGenerator)]
        #[derive(Debug)]
        #[repr(transparent)]
        pub(super) struct $Class(PyBitGenerator);

        impl $Class {
            pub(super) fn seeded(seed: PyRef<PySeedSequence>) -> Self {
                Self::of($Variant::from_seed_sequence(&seed.seed()), seed)
            }

            /// On bits as they are.
            pub(super) fn of(bits: $Variant, seed: PyRef<PySeedSequence>) -> Self {
                Self(PyBitGenerator::new(Bits::$Variant(bits), seed))
            }
        }

        impl Constructor for $Class {
            type Args = FuncArgs;

            fn py_new(_cls: &Py<PyType>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
                let [seed] = bind("__init__", ["seed"], 0, args, vm)?;
                PySeedSequence::of(seed, vm).map(Self::seeded)
            }
        }
    )*};
}

kinds! {
    PyPcg64 "numpy.random._pcg64" "PCG64" Pcg64;
    PyMt19937 "numpy.random._mt19937" "MT19937" Mt19937;
}

#[pyclass(with(Constructor))]
impl PyMt19937 {}

/// How many steps a jump of `PCG64` is: 2^128 over the golden ratio.
const JUMP: u128 = 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835;

#[pyclass(with(Constructor))]
impl PyPcg64 {
    #[pymethod]
    fn advance(zelf: PyRef<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyRef<Self>> {
        let [steps] = bind("advance", ["delta"], 1, args, vm)?;
        let steps = modulo_128(&steps.unwrap_or_else(|| vm.ctx.none()), vm)?;
        zelf.0.shared.with(1, vm, |stream| {
            if let Bits::Pcg64(bits) = stream.bits() {
                *bits = advanced(bits, steps);
            }
        });
        Ok(zelf)
    }

    #[pymethod]
    fn jumped(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyRef<Self>> {
        let [jumps] = bind("jumped", ["jumps"], 0, args, vm)?;
        let jumps = jumps.map_or(Ok(1), |jumps| modulo_128(&jumps, vm))?;
        let mut bits = zelf.0.bits(vm);
        if let Bits::Pcg64(bits) = &mut bits {
            *bits = advanced(bits, JUMP.wrapping_mul(jumps));
        }
        Ok(Self(PyBitGenerator::new(bits, zelf.0.seed())).into_ref(&vm.ctx))
    }
}

fn modulo_128(object: &PyObject, vm: &VirtualMachine) -> PyResult<u128> {
    let index = object.try_index(vm)?;
    let modulus = BigInt::from(u128::MAX) + BigInt::from(1);
    let rest = ((index.as_bigint() % &modulus) + &modulus) % &modulus;
    Ok(rest.to_u128().unwrap_or_default())
}

/// A stream as it is after so many steps, which are x ↦ ax + c: squared for each bit of their number.
fn advanced(bits: &Pcg64, mut steps: u128) -> Pcg64 {
    const MULTIPLIER: u128 = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645;
    let state = bits.state();
    let (mut factor, mut summand) = (1_u128, 0_u128);
    let (mut step_factor, mut step_summand) = (MULTIPLIER, state.inc);
    while steps > 0 {
        if steps & 1 == 1 {
            factor = factor.wrapping_mul(step_factor);
            summand = summand.wrapping_mul(step_factor).wrapping_add(step_summand);
        }
        step_summand = step_factor.wrapping_add(1).wrapping_mul(step_summand);
        step_factor = step_factor.wrapping_mul(step_factor);
        steps >>= 1;
    }
    let moved = factor.wrapping_mul(state.state).wrapping_add(summand);
    Pcg64::from_state(Pcg64State { state: moved, has_uint32: false, uinteger: 0, ..state })
}

fn pcg64_state(state: Pcg64State, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let inner = vm.ctx.new_dict();
    inner.set_item("state", vm.ctx.new_int(BigInt::from(state.state)).into(), vm)?;
    inner.set_item("inc", vm.ctx.new_int(BigInt::from(state.inc)).into(), vm)?;
    let outer = vm.ctx.new_dict();
    outer.set_item("bit_generator", vm.ctx.new_str("PCG64").into(), vm)?;
    outer.set_item("state", inner.into(), vm)?;
    outer.set_item("has_uint32", vm.ctx.new_int(i32::from(state.has_uint32)).into(), vm)?;
    outer.set_item("uinteger", vm.ctx.new_int(state.uinteger).into(), vm)?;
    Ok(outer.into())
}

fn pcg64_of(state: &PyObject, vm: &VirtualMachine) -> PyResult<Pcg64> {
    check_name(state, "PCG64", "RNG", vm)?;
    let inner = state.get_item("state", vm)?;
    let state_word = modulo_128(&*inner.get_item("state", vm)?, vm)?;
    let inc = modulo_128(&*inner.get_item("inc", vm)?, vm)?;
    let has_uint32 = state.get_item("has_uint32", vm)?.try_to_bool(vm)?;
    let uinteger = modulo_128(&*state.get_item("uinteger", vm)?, vm)? as u32;
    Ok(Pcg64::from_state(Pcg64State { state: state_word, inc, has_uint32, uinteger }))
}

fn check_name(state: &PyObject, name: &str, what: &str, vm: &VirtualMachine) -> PyResult<()> {
    if state.downcast_ref::<PyDict>().is_none() {
        return Err(vm.new_type_error("state must be a dict"));
    }
    let given = state.get_item("bit_generator", vm).ok();
    let is_it = given.is_some_and(|given| given.str(vm).is_ok_and(|given| given.to_string_lossy() == name));
    if is_it { Ok(()) } else { Err(vm.new_value_error(format!("state must be for a {name} {what}"))) }
}

/// The words of a state, in an array of `int64`: the lab's NumPy has no `uint32`.
pub(super) fn key(words: &[u32], vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let words: Vec<i64> = words.iter().copied().map(i64::from).collect();
    from_row(&words, &[words.len()], vm)
}

/// `MT19937.state`
pub(super) fn mt19937_state(words: &[u32], position: usize, vm: &VirtualMachine) -> PyResult<PyRef<PyDict>> {
    let inner = vm.ctx.new_dict();
    inner.set_item("key", key(words, vm)?, vm)?;
    inner.set_item("pos", vm.ctx.new_int(position).into(), vm)?;
    let outer = vm.ctx.new_dict();
    outer.set_item("bit_generator", vm.ctx.new_str("MT19937").into(), vm)?;
    outer.set_item("state", inner.into(), vm)?;
    Ok(outer)
}

fn mt19937_of(state: &PyObject, what: &str, vm: &VirtualMachine) -> PyResult<Mt19937> {
    check_name(state, "MT19937", what, vm)?;
    let inner = state.get_item("state", vm)?;
    let (key, position) = words_of(&*inner.get_item("key", vm)?, &*inner.get_item("pos", vm)?, vm)?;
    Mt19937::from_state(&key, position).raise(vm)
}

/// A key and a position of a Mersenne Twister.
pub(super) fn words_of(key: &PyObject, position: &PyObject, vm: &VirtualMachine) -> PyResult<(Vec<u32>, usize)> {
    let key = array_like::array(key, Some(DType::I64), vm)?;
    let words = key.to_row::<i64>().raise(vm)?.into_iter().map(|word| word as u32).collect();
    let position = arguments::integer(position, vm)?;
    let position = usize::try_from(position)
        .ok()
        .filter(|position| *position <= 624)
        .ok_or_else(|| vm.new_value_error("state position must be between 0 and 624"))?;
    Ok((words, position))
}

/// The classes, made once.
pub(super) fn make() -> [(&'static str, PyTypeRef); 3] {
    [
        ("BitGenerator", PyBitGenerator::make_static_type()),
        ("PCG64", PyPcg64::make_static_type()),
        ("MT19937", PyMt19937::make_static_type()),
    ]
}
