//! `np.dtype`.

use parallel_lab_arrays::DType;
use parallel_lab_arrays::dtype::Kind;
use rustpython_vm::builtins::{PyStr, PyType, PyTypeRef};
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::{FuncArgs, PyComparisonValue};
use rustpython_vm::types::{Comparable, Constructor, GetAttr, Hashable, PyComparisonOp, Representable};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

use crate::raise::no_attribute;
use crate::scalar;

/// The type of an array's elements, as an object.
#[pyclass(module = "numpy", name = "dtype")]
#[derive(Debug, PyPayload)]
pub(crate) struct PyDType {
    pub(crate) dtype: DType,
}

/// The object of a type: there is one of each.
pub(crate) fn object(dtype: DType, vm: &VirtualMachine) -> PyObjectRef {
    PyDType { dtype }.into_ref(&vm.ctx).into()
}

/// Which type an object names: a dtype, its name, a scalar's or Python's class.
pub(crate) fn of(object: &PyObject, vm: &VirtualMachine) -> PyResult<DType> {
    if let Some(dtype) = object.downcast_ref::<PyDType>() {
        return Ok(dtype.dtype);
    }
    if let Some(text) = object.downcast_ref::<PyStr>() {
        let text = text.to_string_lossy();
        return DType::named(&text).ok_or_else(|| match is_known(&text) {
            true => vm.new_type_error(format!(
                "{text} is not in the lab's NumPy, which has bool, uint8, int32, int64, float32, float64 and complex128"
            )),
            false => vm.new_type_error(format!("data type '{text}' not understood")),
        });
    }
    if let Some(class) = object.downcast_ref::<PyType>() {
        if let Some(dtype) = of_class(class, vm) {
            return Ok(dtype);
        }
        return Err(vm.new_type_error(format!(
            "the lab's NumPy has arrays of numbers and of bool only, and no dtype for {}",
            object.repr(vm)?.to_string_lossy()
        )));
    }
    if let Some(dtype) = vm.get_attribute_opt(&object.to_owned(), "dtype")?
        && let Some(dtype) = dtype.downcast_ref::<PyDType>()
    {
        return Ok(dtype.dtype);
    }
    Err(vm.new_type_error(format!("Cannot interpret '{}' as a data type", object.repr(vm)?.to_string_lossy())))
}

fn of_class(class: &Py<PyType>, vm: &VirtualMachine) -> Option<DType> {
    let types = &vm.ctx.types;
    let python = [
        (types.bool_type, DType::Bool),
        (types.int_type, DType::I64),
        (types.float_type, DType::F64),
        (types.complex_type, DType::C128),
    ];
    let found = python.iter().find(|(known, _)| class.is(*known)).map(|(_, dtype)| *dtype);
    found.or_else(|| DType::ALL.into_iter().find(|dtype| class.is(scalar::class(*dtype))))
}

/// `dtype=`: nothing where it is not given.
pub(crate) fn given(object: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<Option<DType>> {
    crate::arguments::given(object, vm).map(|object| of(&object, vm)).transpose()
}

/// Whether NumPy has a type of this name.
fn is_known(name: &str) -> bool {
    const OTHERS: &str = " int8 int16 uint16 uint32 uint64 float16 half float128 longdouble complex64 csingle clongdouble \
                          complex256 i1 i2 u2 u4 u8 f2 f16 c8 c32 b h H I L Q e g F G O object str bytes U S V void \
                          datetime64 timedelta64 m8 M8 uint uintp ushort short byte ";
    OTHERS.contains(&format!(" {} ", name.trim_start_matches(['<', '>', '=', '|'])))
}

impl Constructor for PyDType {
    type Args = FuncArgs;

    fn py_new(_cls: &Py<PyType>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        let [dtype, _, _] = crate::arguments::bind("dtype", ["dtype", "align", "copy"], args, vm)?;
        let dtype = crate::arguments::required(dtype, "dtype", "dtype", 1, vm)?;
        let dtype = if vm.is_none(&dtype) { DType::F64 } else { of(&dtype, vm)? };
        Ok(Self { dtype })
    }
}

impl GetAttr for PyDType {
    fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
        match zelf.as_object().generic_getattr_opt(name, None, vm)? {
            Some(found) => Ok(found),
            None => Err(no_attribute("numpy.dtype", zelf.as_object(), name, vm)),
        }
    }
}

impl Representable for PyDType {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!("dtype('{}')", zelf.dtype))
    }
}

impl Hashable for PyDType {
    fn hash(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<rustpython_vm::common::hash::PyHash> {
        Ok(i64::from(zelf.dtype.number()) + 1)
    }
}

impl Comparable for PyDType {
    fn cmp(zelf: &Py<Self>, other: &PyObject, op: PyComparisonOp, vm: &VirtualMachine) -> PyResult<PyComparisonValue> {
        let Ok(other) = of(other, vm) else { return Ok(PyComparisonValue::NotImplemented) };
        Ok(PyComparisonValue::Implemented(match op {
            PyComparisonOp::Eq => zelf.dtype == other,
            PyComparisonOp::Ne => zelf.dtype != other,
            PyComparisonOp::Lt => zelf.dtype != other && zelf.dtype.fits_safely(other),
            PyComparisonOp::Le => zelf.dtype.fits_safely(other),
            PyComparisonOp::Gt => zelf.dtype != other && other.fits_safely(zelf.dtype),
            PyComparisonOp::Ge => other.fits_safely(zelf.dtype),
        }))
    }
}

#[pyclass(with(Constructor, GetAttr, Representable, Hashable, Comparable))]
impl PyDType {
    #[pymethod]
    fn __str__(zelf: &Py<Self>) -> String {
        zelf.dtype.name().to_owned()
    }

    #[pygetset]
    fn name(zelf: &Py<Self>) -> String {
        zelf.dtype.name().to_owned()
    }

    #[pygetset]
    fn str(zelf: &Py<Self>) -> String {
        zelf.dtype.code().to_owned()
    }

    #[pygetset]
    fn char(zelf: &Py<Self>) -> String {
        zelf.dtype.character().to_string()
    }

    #[pygetset]
    fn num(zelf: &Py<Self>) -> u8 {
        zelf.dtype.number()
    }

    #[pygetset]
    fn kind(zelf: &Py<Self>) -> String {
        let kind = match zelf.dtype.kind() {
            Kind::Bool => "b",
            Kind::Unsigned => "u",
            Kind::Signed => "i",
            Kind::Float => "f",
            Kind::Complex => "c",
        };
        kind.to_owned()
    }

    #[pygetset]
    fn itemsize(zelf: &Py<Self>) -> usize {
        zelf.dtype.item_bytes()
    }

    #[pygetset]
    fn alignment(zelf: &Py<Self>) -> usize {
        zelf.dtype.item_bytes().min(8)
    }

    #[pygetset]
    fn byteorder(zelf: &Py<Self>) -> String {
        if zelf.dtype.item_bytes() == 1 { "|".to_owned() } else { "=".to_owned() }
    }

    #[pygetset]
    fn isnative(_zelf: &Py<Self>) -> bool {
        true
    }

    #[pygetset]
    fn hasobject(_zelf: &Py<Self>) -> bool {
        false
    }

    #[pygetset]
    fn ndim(_zelf: &Py<Self>) -> usize {
        0
    }

    #[pygetset]
    fn shape(_zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.ctx.empty_tuple.clone().into()
    }

    #[pygetset]
    fn names(_zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.ctx.none()
    }

    #[pygetset]
    fn fields(_zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        vm.ctx.none()
    }

    #[pygetset(name = "type")]
    fn type_(zelf: &Py<Self>) -> PyTypeRef {
        scalar::class(zelf.dtype).to_owned()
    }

    #[pymethod]
    fn newbyteorder(zelf: PyRef<Self>, _order: rustpython_vm::function::OptionalArg) -> PyRef<Self> {
        zelf
    }

    #[pymethod]
    fn __reduce__(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyObjectRef {
        let class = zelf.class().to_owned();
        let name = vm.ctx.new_str(zelf.dtype.name());
        vm.new_tuple((class, vm.new_tuple((name,)))).into()
    }
}

/// The class, made once.
pub(crate) fn make() -> PyTypeRef {
    PyDType::make_static_type()
}
