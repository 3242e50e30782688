//! `np.ndarray`.

use std::sync::atomic::{AtomicBool, Ordering};

use parallel_lab_arrays::Array;
use rustpython_vm::builtins::{PyStr, PyTupleRef, PyType, PyTypeRef};
use rustpython_vm::function::{Either, FuncArgs, OptionalArg, PyComparisonValue, PySetterValue};
use rustpython_vm::protocol::{PyMappingMethods, PyNumberMethods, PySequenceMethods};
use rustpython_vm::types::{
    AsMapping, AsNumber, AsSequence, Comparable, Constructor, GetAttr, Iterable, PyComparisonOp, Representable,
};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

use crate::flags::PyFlags;
use crate::flat::PyFlatIter;
use crate::iterator::PyArrayIterator;
use crate::raise::Raise;
use crate::{
    arguments, array_like, buffers, conversions, creation, dtype, indexing, operators, pointwise, printing, products,
    raise, reductions, selecting, shapes,
};

/// An array.
#[pyclass(module = "numpy", name = "ndarray", unhashable = true)]
#[derive(Debug, PyPayload)]
pub(crate) struct PyNdArray {
    array: Array,
    /// What it is a view of.
    base: Option<PyObjectRef>,
    is_writable: AtomicBool,
    /// Whether it stands for a single element, whose methods give such.
    is_element: bool,
}

impl PyNdArray {
    pub(crate) fn new(array: Array, base: Option<PyObjectRef>) -> Self {
        let is_writable = AtomicBool::new(array.is_writable());
        Self { array, base, is_writable, is_element: false }
    }

    /// An array in the place of a single element.
    pub(crate) fn element(array: Array, vm: &VirtualMachine) -> PyObjectRef {
        Self { is_element: true, ..Self::new(array, None) }.into_ref(&vm.ctx).into()
    }

    /// A new array as an object, or a single element if this one stands for such.
    pub(crate) fn alike(&self, array: Array, vm: &VirtualMachine) -> PyObjectRef {
        if self.is_element { array_like::returned(array, vm) } else { Self::object(array, vm) }
    }

    /// A new array as an object.
    pub(crate) fn object(array: Array, vm: &VirtualMachine) -> PyObjectRef {
        Self::new(array, None).into_ref(&vm.ctx).into()
    }

    /// A view of what `owner` owns.
    pub(crate) fn view(array: Array, owner: &PyObject, vm: &VirtualMachine) -> PyObjectRef {
        let (base, is_writable) = match owner.downcast_ref::<Self>() {
            Some(array) => (array.base.clone().unwrap_or_else(|| owner.to_owned()), array.is_writable()),
            None => (owner.to_owned(), array.is_writable()),
        };
        let is_writable = is_writable && array.is_writable();
        Self::new(array.writable(is_writable), Some(base)).into_ref(&vm.ctx).into()
    }

    /// The array itself.
    pub(crate) fn array(&self) -> &Array {
        &self.array
    }

    pub(crate) fn stands_for_element(&self) -> bool {
        self.is_element
    }

    pub(crate) fn owns_data(&self) -> bool {
        self.base.is_none()
    }

    pub(crate) fn is_writable(&self) -> bool {
        self.is_writable.load(Ordering::Relaxed)
    }

    pub(crate) fn set_writable(&self, is_writable: bool) {
        self.is_writable.store(is_writable, Ordering::Relaxed);
    }

    /// The array, to be assigned to.
    pub(crate) fn writable_array(&self, vm: &VirtualMachine) -> PyResult<Array> {
        if !self.is_writable() {
            return Err(vm.new_value_error("assignment destination is read-only"));
        }
        Ok(self.array.clone())
    }

    /// `out=`: an array, or a tuple of one.
    pub(crate) fn out_of(object: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<Option<PyRef<Self>>> {
        let Some(object) = arguments::given(object, vm) else { return Ok(None) };
        let object = match arguments::sequence(&object) {
            Some(items) if items.len() == 1 => items[0].clone(),
            _ => object,
        };
        if vm.is_none(&object) {
            return Ok(None);
        }
        object.downcast().map(Some).map_err(|_| vm.new_type_error("return arrays must be of ArrayType"))
    }
}

impl Constructor for PyNdArray {
    type Args = FuncArgs;

    fn slot_new(_cls: PyTypeRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let [shape, kind, buffer, offset, strides, order] =
            arguments::bind("ndarray", ["shape", "dtype", "buffer", "offset", "strides", "order"], args, vm)?;
        let shape = arguments::required(shape, "ndarray", "shape", 1, vm)?;
        match arguments::given(buffer, vm) {
            Some(buffer) => buffers::over(&buffer, &shape, [kind, offset, strides, order], vm),
            None if arguments::given(strides, vm).is_some() => {
                Err(vm.new_not_implemented_error("np.ndarray takes strides in the lab only with a buffer"))
            }
            None => creation::zeros_of(&shape, kind, order, vm),
        }
    }

    fn py_new(_cls: &Py<PyType>, _args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        Err(vm.new_type_error("made by its class only"))
    }
}

impl GetAttr for PyNdArray {
    fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
        match zelf.as_object().generic_getattr_opt(name, None, vm)? {
            Some(found) => Ok(found),
            None => Err(raise::no_attribute("numpy.ndarray", zelf.as_object(), name, vm)),
        }
    }
}

impl AsNumber for PyNdArray {
    fn as_number() -> &'static PyNumberMethods {
        &operators::NUMBER
    }
}

impl Comparable for PyNdArray {
    fn slot_richcompare(
        zelf: &PyObject,
        other: &PyObject,
        op: PyComparisonOp,
        vm: &VirtualMachine,
    ) -> PyResult<Either<PyObjectRef, PyComparisonValue>> {
        operators::compare(zelf, other, op, vm)
    }

    fn cmp(_: &Py<Self>, _: &PyObject, _: PyComparisonOp, _: &VirtualMachine) -> PyResult<PyComparisonValue> {
        Ok(PyComparisonValue::NotImplemented)
    }
}

impl AsMapping for PyNdArray {
    fn as_mapping() -> &'static PyMappingMethods {
        static METHODS: PyMappingMethods = PyMappingMethods {
            length: Some(|mapping, vm| length(PyNdArray::mapping_downcast(mapping), vm)),
            subscript: Some(|mapping, index, vm| {
                indexing::get(PyNdArray::mapping_downcast(mapping), index, mapping.obj, vm)
            }),
            ass_subscript: Some(|mapping, index, value, vm| match value {
                Some(value) => indexing::set(PyNdArray::mapping_downcast(mapping), index, &value, vm),
                None => Err(vm.new_value_error("cannot delete array elements")),
            }),
        };
        &METHODS
    }
}

impl AsSequence for PyNdArray {
    fn as_sequence() -> &'static PySequenceMethods {
        static METHODS: PySequenceMethods = PySequenceMethods {
            length: Some(|sequence, vm| length(PyNdArray::sequence_downcast(sequence), vm)),
            item: Some(|sequence, index, vm| {
                let index: PyObjectRef = vm.ctx.new_int(index).into();
                indexing::get(PyNdArray::sequence_downcast(sequence), &index, sequence.obj, vm)
            }),
            contains: Some(|sequence, wanted, vm| {
                let same = operators::compare(sequence.obj, wanted, PyComparisonOp::Eq, vm)?;
                match same {
                    Either::A(same) => vm.call_method(&same, "any", ())?.try_to_bool(vm),
                    Either::B(_) => Ok(false),
                }
            }),
            ..PySequenceMethods::NOT_IMPLEMENTED
        };
        &METHODS
    }
}

fn length(array: &PyNdArray, vm: &VirtualMachine) -> PyResult<usize> {
    array.array.shape().first().copied().ok_or_else(|| vm.new_type_error("len() of unsized object"))
}

impl Iterable for PyNdArray {
    fn iter(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult {
        if zelf.array.axes() == 0 {
            return Err(vm.new_type_error("iteration over a 0-d array"));
        }
        Ok(PyArrayIterator::new(zelf).into_ref(&vm.ctx).into())
    }
}

impl Representable for PyNdArray {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        printing::repr(&zelf.array, vm)
    }
}

#[pyclass(
    with(Constructor, GetAttr, AsNumber, Comparable, AsMapping, AsSequence, Iterable, Representable),
    flags(BASETYPE)
)]
impl PyNdArray {
    #[pymethod]
    fn __str__(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        printing::str(&zelf.array, vm)
    }

    #[pymethod]
    fn __format__(zelf: PyRef<Self>, spec: PyRef<PyStr>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        if zelf.array.axes() == 0 {
            let value = array_like::returned(zelf.array.clone(), vm);
            return vm.call_method(&value, "__format__", (spec,));
        }
        if spec.is_empty() {
            return Ok(vm.ctx.new_str(printing::str(&zelf.array, vm)?).into());
        }
        Err(vm.new_type_error("unsupported format string passed to numpy.ndarray.__format__"))
    }

    #[pymethod]
    fn __complex__(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let value = array_like::returned(zelf.array.clone(), vm);
        if value.downcast_ref::<Self>().is_some() {
            return Err(vm.new_type_error("only 0-dimensional arrays can be converted to Python scalars"));
        }
        vm.call_method(&value, "__complex__", ())
    }

    #[pymethod]
    fn __array__(zelf: PyRef<Self>, _args: FuncArgs) -> PyRef<Self> {
        zelf
    }

    /// As NumPy counts: its object, two numbers for each axis, and the elements of one that owns them.
    #[pymethod]
    fn __sizeof__(zelf: &Py<Self>) -> usize {
        96 + 16 * zelf.array.axes() + if zelf.base.is_none() { zelf.array.bytes() } else { 0 }
    }

    #[pymethod]
    fn __copy__(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        Ok(Self::object(zelf.array.copy(parallel_lab_arrays::Order::Keep).raise(vm)?, vm))
    }

    #[pymethod]
    fn __deepcopy__(zelf: &Py<Self>, _memo: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        Self::__copy__(zelf, vm)
    }

    #[pymethod]
    fn __reduce__(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        conversions::reduced(&zelf.array, vm)
    }

    #[pygetset]
    fn shape(zelf: &Py<Self>, vm: &VirtualMachine) -> PyTupleRef {
        vm.ctx.new_tuple(zelf.array.shape().iter().map(|length| vm.ctx.new_int(*length).into()).collect())
    }

    #[pygetset(setter)]
    fn set_shape(_zelf: &Py<Self>, _shape: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
        Err(vm.new_attribute_error(
            "the lab's arrays keep their shape: a = a.reshape(...) gives a view with another one (setting it is deprecated since NumPy 2.5)",
        ))
    }

    #[pygetset]
    fn strides(zelf: &Py<Self>, vm: &VirtualMachine) -> PyTupleRef {
        vm.ctx.new_tuple(zelf.array.strides_bytes().iter().map(|stride| vm.ctx.new_int(*stride).into()).collect())
    }

    #[pygetset]
    fn ndim(zelf: &Py<Self>) -> usize {
        zelf.array.axes()
    }

    #[pygetset]
    fn size(zelf: &Py<Self>) -> usize {
        zelf.array.size()
    }

    #[pygetset]
    fn itemsize(zelf: &Py<Self>) -> usize {
        zelf.array.dtype().item_bytes()
    }

    #[pygetset]
    fn nbytes(zelf: &Py<Self>) -> usize {
        zelf.array.bytes()
    }

    #[pygetset]
    fn dtype(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        dtype::object(zelf.array.dtype(), vm)
    }

    #[pygetset]
    fn base(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        zelf.base.clone().unwrap_or_else(|| vm.ctx.none())
    }

    #[pygetset]
    fn device(_zelf: &Py<Self>) -> &'static str {
        "cpu"
    }

    #[pygetset]
    fn flags(zelf: PyRef<Self>) -> PyFlags {
        PyFlags::new(zelf)
    }

    #[pygetset(name = "T")]
    fn transposed(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyObjectRef {
        Self::view(zelf.array.reversed(), zelf.as_object(), vm)
    }

    #[pygetset(name = "mT")]
    fn matrix_transposed(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let axes = zelf.array.axes();
        if axes < 2 {
            return Err(vm.new_value_error("matrix transpose with ndim < 2 is undefined"));
        }
        let mut order: Vec<usize> = (0..axes).collect();
        order.swap(axes - 2, axes - 1);
        Ok(Self::view(zelf.array.transposed(&order), zelf.as_object(), vm))
    }

    #[pygetset]
    fn real(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyObjectRef {
        zelf.array
            .part(false)
            .map_or_else(|| zelf.as_object().to_owned(), |part| Self::view(part, zelf.as_object(), vm))
    }

    #[pygetset(setter)]
    fn set_real(zelf: PyRef<Self>, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
        let PySetterValue::Assign(value) = value else {
            return Err(vm.new_attribute_error("cannot delete array real part"));
        };
        let array = zelf.writable_array(vm)?;
        indexing::assign(&array.part(false).unwrap_or(array), &value, vm)
    }

    #[pygetset]
    fn imag(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        if let Some(part) = zelf.array.part(true) {
            return Ok(Self::view(part, zelf.as_object(), vm));
        }
        let zeros = Array::zeros(zelf.array.dtype(), zelf.array.shape()).raise(vm)?;
        Ok(Self::object(zeros.writable(false), vm))
    }

    #[pygetset(setter)]
    fn set_imag(zelf: PyRef<Self>, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
        let PySetterValue::Assign(value) = value else {
            return Err(vm.new_attribute_error("cannot delete array imag part"));
        };
        match zelf.writable_array(vm)?.part(true) {
            Some(part) => indexing::assign(&part, &value, vm),
            None => Err(vm.new_type_error("array does not have imaginary part to set")),
        }
    }

    #[pygetset]
    fn flat(zelf: PyRef<Self>) -> PyFlatIter {
        PyFlatIter::new(zelf)
    }

    #[pygetset(setter)]
    fn set_flat(zelf: PyRef<Self>, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
        let PySetterValue::Assign(value) = value else {
            return Err(vm.new_attribute_error("cannot delete array flat"));
        };
        shapes::set_flat(&zelf, &value, vm)
    }

    #[pymethod]
    fn setflags(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
        let [write, _, _] = arguments::bind("setflags", ["write", "align", "uic"], args, vm)?;
        if let Some(write) = arguments::given(write, vm) {
            zelf.set_writable(write.try_to_bool(vm)?);
        }
        Ok(())
    }

    #[pymethod]
    fn fill(zelf: &Py<Self>, value: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let is_sequence = arguments::sequence(&value).is_some();
        if is_sequence || value.downcast_ref::<Self>().is_some_and(|array| array.array.axes() > 0) {
            return Err(vm.new_value_error("setting an array element with a sequence."));
        }
        indexing::assign(&zelf.writable_array(vm)?, &value, vm)
    }

    #[pymethod]
    fn tolist(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        array_like::to_list(&zelf.array, vm)
    }

    #[pymethod]
    fn __bytes__(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        Ok(vm.ctx.new_bytes(conversions::bytes(&zelf.array).raise(vm)?).into())
    }

    #[pymethod]
    fn tobytes(zelf: &Py<Self>, _order: OptionalArg, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        Self::__bytes__(zelf, vm)
    }

    #[pymethod]
    fn item(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        conversions::item(&zelf.array, args, vm)
    }

    #[pymethod]
    fn reshape(zelf: PyRef<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        shapes::reshape(&zelf, args, vm)
    }

    #[pymethod]
    fn ravel(zelf: PyRef<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        shapes::ravel(&zelf, args, vm)
    }

    #[pymethod]
    fn flatten(zelf: PyRef<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        shapes::flatten(&zelf, args, vm)
    }

    #[pymethod]
    fn transpose(zelf: PyRef<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        shapes::transpose(&zelf, args, vm)
    }

    #[pymethod]
    fn swapaxes(
        zelf: PyRef<Self>,
        first: PyObjectRef,
        second: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult<PyObjectRef> {
        shapes::swapaxes(&zelf, &first, &second, vm)
    }

    #[pymethod]
    fn squeeze(zelf: PyRef<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        shapes::squeeze(&zelf, args, vm)
    }

    #[pymethod]
    fn diagonal(zelf: PyRef<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        shapes::diagonal(&zelf, args, vm)
    }

    #[pymethod]
    fn astype(zelf: PyRef<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        conversions::astype(&zelf, args, vm)
    }

    #[pymethod]
    fn copy(zelf: PyRef<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        conversions::copy(&zelf, args, vm)
    }

    #[pymethod(name = "view")]
    fn seen_as(zelf: PyRef<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        conversions::view(&zelf, args, vm)
    }

    #[pymethod]
    fn sum(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        reductions::sum(&zelf.array, args, vm)
    }

    #[pymethod]
    fn prod(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        reductions::prod(&zelf.array, args, vm)
    }

    #[pymethod]
    fn max(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        reductions::max(&zelf.array, args, vm)
    }

    #[pymethod]
    fn min(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        reductions::min(&zelf.array, args, vm)
    }

    #[pymethod]
    fn any(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        reductions::any(&zelf.array, args, vm)
    }

    #[pymethod]
    fn all(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        reductions::all(&zelf.array, args, vm)
    }

    #[pymethod]
    fn mean(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        reductions::mean(&zelf.array, args, vm)
    }

    #[pymethod]
    fn var(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        reductions::var(&zelf.array, args, vm)
    }

    #[pymethod]
    fn std(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        reductions::std(&zelf.array, args, vm)
    }

    #[pymethod]
    fn cumsum(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        reductions::cumsum(&zelf.array, args, vm)
    }

    #[pymethod]
    fn cumprod(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        reductions::cumprod(&zelf.array, args, vm)
    }

    #[pymethod]
    fn round(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        pointwise::round(&zelf.array, args, vm)
    }

    #[pymethod]
    fn clip(zelf: PyRef<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        pointwise::clip(&zelf, args, vm)
    }

    #[pymethod]
    fn conj(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        pointwise::conjugate(&zelf, vm)
    }

    #[pymethod]
    fn conjugate(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        pointwise::conjugate(&zelf, vm)
    }

    #[pymethod]
    fn trace(zelf: PyRef<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        reductions::trace(&zelf, args, vm)
    }

    #[pymethod]
    fn dot(zelf: PyRef<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let [other, out] = arguments::bind("dot", ["b", "out"], args, vm)?;
        let other = arguments::required(other, "dot", "b", 1, vm)?;
        products::dot_into(zelf.as_object(), &other, out, vm)
    }

    #[pymethod]
    fn argmax(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        selecting::argmax(&zelf.array, args, vm)
    }

    #[pymethod]
    fn argmin(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        selecting::argmin(&zelf.array, args, vm)
    }

    #[pymethod]
    fn sort(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
        if !zelf.is_writable() {
            return Err(vm.new_value_error("sort array is read-only"));
        }
        selecting::sort(&zelf.array, args, vm)
    }

    #[pymethod]
    fn argsort(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        selecting::argsort(&zelf.array, args, vm)
    }

    #[pymethod]
    fn partition(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
        selecting::partition(&zelf.writable_array(vm)?, args, vm)
    }

    #[pymethod]
    fn argpartition(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        selecting::argpartition(&zelf.array, args, vm)
    }

    #[pymethod]
    fn searchsorted(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        selecting::searchsorted(&zelf.array, args, vm)
    }

    #[pymethod]
    fn nonzero(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        selecting::nonzero(&zelf.array, vm)
    }

    #[pymethod]
    fn take(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        selecting::take(&zelf.array, args, vm)
    }

    #[pymethod]
    fn put(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
        selecting::put(&zelf.writable_array(vm)?, args, vm)
    }

    #[pymethod]
    fn repeat(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        selecting::repeat(&zelf.array, args, vm)
    }

    #[pymethod]
    fn compress(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        selecting::compress(&zelf.array, args, vm)
    }

    #[pymethod]
    fn choose(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        selecting::choose(&zelf.array, args, vm)
    }
}
