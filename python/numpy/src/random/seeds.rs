//! `SeedSequence`, and seeds of any kind.

use std::sync::{Mutex, PoisonError};

use malachite_bigint::{BigInt, Sign};
use parallel_lab_arrays::random::SeedSequence;
use parallel_lab_arrays::{DType, Order};
use rustpython_vm::builtins::{PyDict, PyInt, PyList, PyRange, PyTupleRef, PyType};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::{Constructor, Representable};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

use super::arguments::{bind, bind_only};
use super::filling::from_row;
use crate::ndarray::PyNdArray;
use crate::raise::Raise;
use crate::{arguments, array_like, dtype};

/// How many words NumPy's pool has if nothing is said.
const POOL_WORDS: usize = 4;

/// How many bytes of entropy the system is asked for.
const ENTROPY_BYTES: usize = 16;

/// A sequence of seeds, from one.
#[pyclass(module = "numpy.random.bit_generator", name = "SeedSequence")]
#[derive(Debug, PyPayload)]
pub(super) struct PySeedSequence {
    /// What children have of it, and how many there are.
    kin: Mutex<Kin>,
}

#[derive(Clone, Debug)]
struct Kin {
    /// As it was given.
    entropy: PyObjectRef,
    spawn_key: PyTupleRef,
    children: u64,
    seed: SeedSequence,
}

impl Kin {
    fn new(entropy: PyObjectRef, spawn_key: PyTupleRef, children: u64, vm: &VirtualMachine) -> PyResult<Self> {
        let mut key = Vec::new();
        for part in spawn_key.as_slice() {
            push_words(part, &mut key, vm)?;
        }
        let seed = SeedSequence::new(&entropy_words(&entropy, vm)?, &key, 0);
        Ok(Self { entropy, spawn_key, children, seed })
    }
}

impl PySeedSequence {
    /// From what a bit generator is given as its seed.
    pub(super) fn of(seed: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<PyRef<Self>> {
        let seed = match arguments::given(seed, vm) {
            Some(seed) => match seed.downcast::<Self>() {
                Ok(sequence) => return Ok(sequence),
                Err(entropy) => entropy,
            },
            None => fresh_entropy(vm),
        };
        Ok(Self::from_kin(Kin::new(seed, vm.ctx.empty_tuple.clone(), 0, vm)?).into_ref(&vm.ctx))
    }

    fn from_kin(kin: Kin) -> Self {
        Self { kin: Mutex::new(kin) }
    }

    /// What its words come from.
    pub(super) fn seed(&self) -> SeedSequence {
        self.kin().seed
    }

    fn kin(&self) -> Kin {
        self.kin.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Its next children.
    pub(super) fn children(&self, count: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<Vec<PyRef<Self>>> {
        let count = children_count(count, vm)?;
        let (kin, first) = {
            let mut kin = self.kin.lock().unwrap_or_else(PoisonError::into_inner);
            let first = kin.children;
            kin.children += count;
            (kin.clone(), first)
        };
        let child = |number: u64| {
            let mut key = kin.spawn_key.as_slice().to_vec();
            key.push(vm.ctx.new_int(number).into());
            let kin = Kin::new(kin.entropy.clone(), vm.ctx.new_tuple(key), 0, vm)?;
            Ok(Self::from_kin(kin).into_ref(&vm.ctx))
        };
        (first..first + count).map(child).collect()
    }
}

fn children_count(count: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<u64> {
    let count = count.unwrap_or_else(|| vm.ctx.none());
    if count.try_index_opt(vm).is_none() {
        return Err(vm.new_type_error("an integer is required"));
    }
    let count = arguments::integer(&count, vm)?;
    u64::try_from(count).map_err(|_| vm.new_value_error("n_children must be non-negative"))
}

/// What the system has for seeds.
pub(super) fn fresh_words() -> Vec<u32> {
    let bytes = rustpython_vm::common::rand::os_random::<ENTROPY_BYTES>();
    bytes.chunks_exact(4).map(|word| word.iter().fold(0, |word, byte| word << 8 | u32::from(*byte))).collect()
}

fn fresh_entropy(vm: &VirtualMachine) -> PyObjectRef {
    vm.ctx.new_int(BigInt::from_slice(Sign::Plus, &fresh_words())).into()
}

/// The words of entropy: of a whole number, or of several.
fn entropy_words(entropy: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<u32>> {
    let mut words = Vec::new();
    if let Some(array) = entropy.downcast_ref::<PyNdArray>() {
        if !array.array().dtype().is_integer() {
            return Err(vm.new_type_error("seed must be integer"));
        }
        let values = array.array().converted(DType::I64, Order::RowMajor).and_then(|array| array.to_row::<i64>());
        for value in values.raise(vm)? {
            push_number(&BigInt::from(value), &mut words, vm)?;
        }
        return Ok(words);
    }
    let items = match entropy.downcast_ref::<PyRange>() {
        Some(_) => Some(entropy.to_owned().try_to_value::<Vec<PyObjectRef>>(vm)?),
        None => arguments::sequence(entropy),
    };
    if let Some(items) = items {
        for item in items {
            push_words(&item, &mut words, vm)?;
        }
        return Ok(words);
    }
    if !is_whole(entropy, vm) {
        let text = entropy.str(vm)?;
        let text = text.to_string_lossy();
        return Err(vm.new_type_error(format!("SeedSequence expects int or sequence of ints for entropy not {text}")));
    }
    push_words(entropy, &mut words, vm)?;
    Ok(words)
}

/// Whether an object is an `int` or one of NumPy's whole numbers.
fn is_whole(object: &PyObject, vm: &VirtualMachine) -> bool {
    object.downcast_ref::<PyInt>().is_some()
        || crate::scalar::value_of(object, vm)
            .is_some_and(|value| value.dtype().is_integer() && value.dtype() != DType::Bool)
}

fn push_words(object: &PyObject, words: &mut Vec<u32>, vm: &VirtualMachine) -> PyResult<()> {
    if is_whole(object, vm) {
        return push_number(object.try_index(vm)?.as_bigint(), words, vm);
    }
    if object.downcast_ref::<PyList>().is_some() || arguments::sequence(object).is_some() {
        return Err(vm.new_type_error("SeedSequence does not accept nested sequences."));
    }
    Err(vm.new_type_error("seed must be integer"))
}

/// The words of a number, the low one first; zero is one word.
fn push_number(number: &BigInt, words: &mut Vec<u32>, vm: &VirtualMachine) -> PyResult<()> {
    let (sign, digits) = number.to_u32_digits();
    match sign {
        Sign::Minus => return Err(vm.new_value_error("expected non-negative integer")),
        Sign::NoSign => words.push(0),
        Sign::Plus => words.extend(digits),
    }
    Ok(())
}

impl Constructor for PySeedSequence {
    type Args = FuncArgs;

    fn py_new(_cls: &Py<PyType>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        let names = ["entropy", "spawn_key", "pool_size", "n_children_spawned"];
        let [entropy, key, pool_size, children] = bind_only("__init__", names, (0, 1), args, vm)?;
        let entropy = arguments::given(entropy, vm).unwrap_or_else(|| fresh_entropy(vm));
        let key = match key {
            Some(key) => vm.ctx.new_tuple(key.try_to_value::<Vec<PyObjectRef>>(vm)?),
            None => vm.ctx.empty_tuple.clone(),
        };
        let pool_size = pool_size.map_or(Ok(POOL_WORDS as i64), |size| arguments::integer(&size, vm))?;
        if pool_size < POOL_WORDS as i64 {
            return Err(vm.new_value_error("The size of the entropy pool should be at least 4"));
        }
        if pool_size > POOL_WORDS as i64 {
            return Err(vm.new_not_implemented_error("the lab's NumPy has entropy pools of 4 words only"));
        }
        let children = children.map_or(Ok(0), |children| children_count(Some(children), vm))?;
        Kin::new(entropy, key, children, vm).map(Self::from_kin)
    }
}

impl Representable for PySeedSequence {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        let Kin { entropy, spawn_key, children, .. } = zelf.kin();
        let mut text = format!("SeedSequence(\n    entropy={},\n", entropy.repr(vm)?.to_string_lossy());
        if !spawn_key.is_empty() {
            text += &format!("    spawn_key={},\n", spawn_key.as_object().repr(vm)?.to_string_lossy());
        }
        if children != 0 {
            text += &format!("    n_children_spawned={children},\n");
        }
        Ok(text + ")")
    }
}

#[pyclass(with(Constructor, Representable))]
impl PySeedSequence {
    #[pygetset]
    fn entropy(zelf: &Py<Self>) -> PyObjectRef {
        zelf.kin().entropy
    }

    #[pygetset]
    fn spawn_key(zelf: &Py<Self>) -> PyTupleRef {
        zelf.kin().spawn_key
    }

    #[pygetset]
    fn pool_size(_zelf: &Py<Self>) -> usize {
        POOL_WORDS
    }

    #[pygetset]
    fn n_children_spawned(zelf: &Py<Self>) -> u64 {
        zelf.kin().children
    }

    #[pygetset]
    fn state(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let Kin { entropy, spawn_key, children, .. } = zelf.kin();
        let state = vm.ctx.new_dict();
        state.set_item("entropy", entropy, vm)?;
        state.set_item("spawn_key", spawn_key.into(), vm)?;
        state.set_item("pool_size", vm.ctx.new_int(POOL_WORDS).into(), vm)?;
        state.set_item("n_children_spawned", vm.ctx.new_int(children).into(), vm)?;
        Ok(state.into())
    }

    /// 32-bit words, in an array of `int64`: the lab's NumPy has no `uint32`.
    #[pymethod]
    fn generate_state(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let [count, kind] = bind("generate_state", ["n_words", "dtype"], 1, args, vm)?;
        if let Some(kind) = kind {
            dtype::of(&kind, vm)?;
            return Err(vm.new_value_error("only support uint32 or uint64"));
        }
        let shape = arguments::shape(&count.unwrap_or_else(|| vm.ctx.none()), vm)?;
        let mut words = vec![0; parallel_lab_arrays::shape::size(&shape)];
        zelf.seed().fill_state(&mut words);
        let words: Vec<i64> = words.into_iter().map(i64::from).collect();
        from_row(&words, &shape, vm)
    }

    #[pymethod]
    fn spawn(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let [count] = bind("spawn", ["n_children"], 1, args, vm)?;
        let children = zelf.children(count, vm)?;
        Ok(vm.ctx.new_list(children.into_iter().map(Into::into).collect()).into())
    }

    #[pymethod]
    fn __reduce__(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        super::reduced("SeedSequence", Self::entropy(&zelf), Some(Self::state(&zelf, vm)?), vm)
    }

    #[pymethod]
    fn __setstate__(zelf: &Py<Self>, state: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        if state.downcast_ref::<PyDict>().is_none() {
            return Err(vm.new_type_error("state must be a dict"));
        }
        let key = state.get_item("spawn_key", vm)?.try_to_value::<Vec<PyObjectRef>>(vm)?;
        let children = children_count(Some(state.get_item("n_children_spawned", vm)?), vm)?;
        let kin = Kin::new(state.get_item("entropy", vm)?, vm.ctx.new_tuple(key), children, vm)?;
        let old = std::mem::replace(&mut *zelf.kin.lock().unwrap_or_else(PoisonError::into_inner), kin);
        // Only now that the lock is given back: what Python does when an object goes is anything.
        drop(old);
        Ok(())
    }
}

/// What seeds a `RandomState`.
pub(super) enum LegacySeed {
    Entropy,
    Number(i128),
    Numbers(Vec<i128>),
}

/// A seed in the older sense.
pub(super) fn legacy(seed: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<LegacySeed> {
    let Some(seed) = arguments::given(seed, vm) else { return Ok(LegacySeed::Entropy) };
    let lone = seed.downcast_ref::<PyNdArray>().map(|array| array.array()).filter(|array| array.size() == 1);
    if let Some(array) = lone.filter(|array| array.dtype().is_integer()) {
        let values = array.to_row::<i64>().raise(vm)?;
        return Ok(LegacySeed::Number(values.first().copied().unwrap_or_default().into()));
    }
    if seed.downcast_ref::<PyNdArray>().is_none()
        && let Some(number) = super::arguments::index_opt(&seed, vm)?
    {
        return Ok(LegacySeed::Number(number));
    }
    let unsafe_cast = |what: &str, from: &str| {
        vm.new_type_error(format!(
            "Cannot cast {what} from dtype('{from}') to dtype('int64') according to the rule 'safe'"
        ))
    };
    if let Some(text) = seed.downcast_ref::<rustpython_vm::builtins::PyStr>() {
        return Err(unsafe_cast("scalar", &format!("<U{}", text.char_len())));
    }
    let is_array = seed.downcast_ref::<PyNdArray>().is_some()
        || array_like::element(&seed, vm)?.is_some()
        || vm.get_attribute_opt(&seed, "__getitem__")?.is_some();
    if !is_array {
        return Err(unsafe_cast("scalar", "O"));
    }
    let array = array_like::array(&seed, None, vm)?;
    if array.size() == 0 {
        return Ok(LegacySeed::Numbers(Vec::new()));
    }
    if !array.dtype().fits_safely(DType::I64) {
        let what = if array.axes() == 0 { "scalar" } else { "array data" };
        return Err(unsafe_cast(what, array.dtype().name()));
    }
    if array.axes() != 1 {
        return Err(vm.new_value_error("Seed array must be 1-d"));
    }
    Ok(LegacySeed::Numbers(array.to_row::<i64>().raise(vm)?.into_iter().map(i128::from).collect()))
}
