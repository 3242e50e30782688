//! Single elements as objects: `np.float64(0.5)`.
//!
//! A `float64` is one of Python's floats too, and a `complex128` one of its
//! complex numbers, as in NumPy.

use parallel_lab_arrays::dtype::Operand;
use parallel_lab_arrays::format::{scalar_repr, scalar_str};
use parallel_lab_arrays::{Array, Complex64, DType, Scalar};
use rustpython_vm::builtins::{PyComplex, PyFloat, PyStr, PyType, PyTypeRef};
use rustpython_vm::class::{PyClassImpl, StaticType};
use rustpython_vm::function::{Either, FuncArgs, PyComparisonValue};
use rustpython_vm::protocol::{PyMappingMethods, PyNumberMethods};
use rustpython_vm::types::{
    AsMapping, AsNumber, Comparable, Constructor, GetAttr, Hashable, PyComparisonOp, Representable,
};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

use crate::array_like;
use crate::ndarray::PyNdArray;
use crate::raise::{Raise, no_attribute};
use crate::{operators, warnings};

macro_rules! plain_scalars {
    ($($Class:ident $name:literal $Variant:ident $value:ty;)*) => {$(
        /// An element.
        #[pyclass(module = "numpy", name = $name)]
        #[derive(Debug, PyPayload)]
        pub(crate) struct $Class {
            value: $value,
        }

        scalar_class!($Class $Variant);
    )*};
}

macro_rules! scalar_class {
    ($Class:ident $Variant:ident) => {
        impl Constructor for $Class {
            type Args = FuncArgs;

            fn slot_new(_cls: PyTypeRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
                made(DType::$Variant, args, vm)
            }

            fn py_new(_cls: &Py<PyType>, _args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
                Err(vm.new_type_error("made by its class only"))
            }
        }

        impl AsNumber for $Class {
            fn as_number() -> &'static PyNumberMethods {
                &operators::NUMBER
            }
        }

        impl Hashable for $Class {
            fn slot_hash(zelf: &PyObject, vm: &VirtualMachine) -> PyResult<rustpython_vm::common::hash::PyHash> {
                let Some(value) = value_of(zelf, vm) else { return Ok(0) };
                array_like::python_number(value, vm).hash(vm)
            }

            fn hash(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<rustpython_vm::common::hash::PyHash> {
                Self::slot_hash(zelf.as_object(), vm)
            }
        }

        impl Comparable for $Class {
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

        impl Representable for $Class {
            fn slot_repr(zelf: &PyObject, vm: &VirtualMachine) -> PyResult<PyRef<PyStr>> {
                Ok(vm.ctx.new_str(value_of(zelf, vm).map(scalar_repr).unwrap_or_default()))
            }

            fn repr_str(_zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
                Ok(String::new())
            }
        }

        impl GetAttr for $Class {
            fn slot_getattro(obj: &PyObject, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
                attribute(obj, name, vm)
            }

            fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
                attribute(zelf.as_object(), name, vm)
            }
        }

        impl AsMapping for $Class {
            fn as_mapping() -> &'static PyMappingMethods {
                static METHODS: PyMappingMethods = PyMappingMethods {
                    subscript: Some(|mapping, index, vm| picked(mapping.obj, index, vm)),
                    ..PyMappingMethods::NOT_IMPLEMENTED
                };
                &METHODS
            }
        }

        #[pyclass(with(Constructor, AsNumber, Hashable, Comparable, Representable, GetAttr, AsMapping))]
        impl $Class {
            #[pymethod]
            fn __str__(zelf: PyObjectRef, vm: &VirtualMachine) -> String {
                value_of(&zelf, vm).map(scalar_str).unwrap_or_default()
            }

            #[pymethod]
            fn __format__(zelf: PyObjectRef, spec: PyRef<PyStr>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
                let Some(value) = value_of(&zelf, vm) else { return Ok(vm.ctx.none()) };
                vm.call_method(&array_like::python_number(value, vm), "__format__", (spec,))
            }

            #[pymethod]
            fn __reduce__(zelf: PyObjectRef, vm: &VirtualMachine) -> PyObjectRef {
                let value = value_of(&zelf, vm).map(|value| array_like::python_number(value, vm));
                let arguments = vm.new_tuple((value.unwrap_or_else(|| vm.ctx.none()),));
                vm.new_tuple((zelf.class().to_owned(), arguments)).into()
            }

            #[pygetset]
            fn real(zelf: PyObjectRef, vm: &VirtualMachine) -> PyObjectRef {
                match value_of(&zelf, vm) {
                    Some(Scalar::C128(value)) => object(Scalar::F64(value.re), vm),
                    _ => zelf,
                }
            }

            #[pygetset]
            fn imag(zelf: PyObjectRef, vm: &VirtualMachine) -> PyObjectRef {
                match value_of(&zelf, vm) {
                    Some(Scalar::C128(value)) => object(Scalar::F64(value.im), vm),
                    Some(value) => object(cast(Scalar::Bool(false), value.dtype()), vm),
                    None => zelf,
                }
            }

            #[pymethod]
            fn __copy__(zelf: PyObjectRef) -> PyObjectRef {
                zelf
            }

            #[pymethod]
            fn __deepcopy__(zelf: PyObjectRef, _memo: PyObjectRef) -> PyObjectRef {
                zelf
            }

            #[pymethod]
            fn __complex__(zelf: PyObjectRef, vm: &VirtualMachine) -> PyObjectRef {
                let value = value_of(&zelf, vm).map_or_else(Complex64::default, as_complex);
                vm.ctx.new_complex(Complex64::new(value.re, value.im)).into()
            }

            #[pymethod]
            fn __round__(
                zelf: PyObjectRef,
                digits: rustpython_vm::function::OptionalArg<PyObjectRef>,
                vm: &VirtualMachine,
            ) -> PyResult<PyObjectRef> {
                let Some(value) = value_of(&zelf, vm) else { return Ok(zelf) };
                match digits.into_option().filter(|digits| !vm.is_none(digits)) {
                    None => vm.call_method(&array_like::python_number(value, vm), "__round__", ()),
                    Some(digits) => vm.call_method(&*array_of(value, vm)?, "round", (digits,)),
                }
            }
        }
    };
}

plain_scalars! {
    PyBoolScalar "bool" Bool bool;
    PyUInt8 "uint8" U8 u8;
    PyInt32 "int32" I32 i32;
    PyInt64 "int64" I64 i64;
    PyFloat32 "float32" F32 f32;
}

/// An element that is one of Python's floats.
#[pyclass(module = "numpy", name = "float64", base = PyFloat)]
#[derive(Debug)]
#[repr(transparent)]
pub(crate) struct PyFloat64(PyFloat);

/// An element that is one of Python's complex numbers.
#[pyclass(module = "numpy", name = "complex128", base = PyComplex)]
#[derive(Debug)]
#[repr(transparent)]
pub(crate) struct PyComplex128(PyComplex);

scalar_class!(PyFloat64 F64);
scalar_class!(PyComplex128 C128);

/// The class of a type's elements.
pub(crate) fn class(dtype: DType) -> &'static Py<PyType> {
    match dtype {
        DType::Bool => PyBoolScalar::static_type(),
        DType::U8 => PyUInt8::static_type(),
        DType::I32 => PyInt32::static_type(),
        DType::I64 => PyInt64::static_type(),
        DType::F32 => PyFloat32::static_type(),
        DType::F64 => PyFloat64::static_type(),
        DType::C128 => PyComplex128::static_type(),
    }
}

/// Makes the classes, with their names.
pub(crate) fn make() -> [(DType, PyTypeRef); 7] {
    DType::ALL.map(|dtype| {
        let class = match dtype {
            DType::Bool => PyBoolScalar::make_static_type(),
            DType::U8 => PyUInt8::make_static_type(),
            DType::I32 => PyInt32::make_static_type(),
            DType::I64 => PyInt64::make_static_type(),
            DType::F32 => PyFloat32::make_static_type(),
            DType::F64 => PyFloat64::make_static_type(),
            DType::C128 => PyComplex128::make_static_type(),
        };
        (dtype, class)
    })
}

/// The value of one of these objects; nothing for any other.
pub(crate) fn value_of(object: &PyObject, _vm: &VirtualMachine) -> Option<Scalar> {
    if let Some(float) = object.downcast_ref::<PyFloat>() {
        return object.class().is(PyFloat64::static_type()).then(|| Scalar::F64(float.to_f64()));
    }
    if let Some(complex) = object.downcast_ref::<PyComplex>() {
        let value = complex.to_complex64();
        return object
            .class()
            .is(PyComplex128::static_type())
            .then(|| Scalar::C128(Complex64::new(value.re, value.im)));
    }
    if let Some(scalar) = object.downcast_ref::<PyInt64>() {
        return Some(Scalar::I64(scalar.value));
    }
    if let Some(scalar) = object.downcast_ref::<PyBoolScalar>() {
        return Some(Scalar::Bool(scalar.value));
    }
    if let Some(scalar) = object.downcast_ref::<PyFloat32>() {
        return Some(Scalar::F32(scalar.value));
    }
    if let Some(scalar) = object.downcast_ref::<PyInt32>() {
        return Some(Scalar::I32(scalar.value));
    }
    object.downcast_ref::<PyUInt8>().map(|scalar| Scalar::U8(scalar.value))
}

/// Whether it is one of the elements that are no Python numbers.
pub(crate) fn is_plain(object: &PyObject) -> bool {
    object.downcast_ref::<PyInt64>().is_some()
        || object.downcast_ref::<PyBoolScalar>().is_some()
        || object.downcast_ref::<PyFloat32>().is_some()
        || object.downcast_ref::<PyInt32>().is_some()
        || object.downcast_ref::<PyUInt8>().is_some()
}

/// A value as an object.
pub(crate) fn object(value: Scalar, vm: &VirtualMachine) -> PyObjectRef {
    match value {
        Scalar::Bool(value) => PyBoolScalar { value }.into_ref(&vm.ctx).into(),
        Scalar::U8(value) => PyUInt8 { value }.into_ref(&vm.ctx).into(),
        Scalar::I32(value) => PyInt32 { value }.into_ref(&vm.ctx).into(),
        Scalar::I64(value) => PyInt64 { value }.into_ref(&vm.ctx).into(),
        Scalar::F32(value) => PyFloat32 { value }.into_ref(&vm.ctx).into(),
        Scalar::F64(value) => PyFloat64(PyFloat::from(value)).into_ref(&vm.ctx).into(),
        Scalar::C128(value) => PyComplex128(PyComplex::from(value)).into_ref(&vm.ctx).into(),
    }
}

/// A value as a complex one.
pub(crate) fn as_complex(value: Scalar) -> Complex64 {
    <Complex64 as parallel_lab_arrays::cells::Element>::of(value)
}

fn array_of(value: Scalar, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    Ok(PyNdArray::element(Array::from_scalar(value).raise(vm)?, vm))
}

/// `x[()]`, `x[...]`: the element as an array without axes is indexed.
fn picked(object: &PyObject, index: &PyObject, vm: &VirtualMachine) -> PyResult {
    let Some(value) = value_of(object, vm) else { return Ok(vm.ctx.none()) };
    let array = Array::from_scalar(value).raise(vm)?;
    if index.downcast_ref::<rustpython_vm::builtins::PyTuple>().is_some_and(|tuple| tuple.as_slice().is_empty()) {
        return Ok(object.to_owned());
    }
    let array = PyNdArray::new(array, None);
    crate::indexing::get(&array, index, object, vm).map_err(|error| {
        if error.fast_isinstance(vm.ctx.exceptions.index_error) {
            return vm.new_index_error("invalid index to scalar variable.");
        }
        error
    })
}

/// What the class does not have, an array without axes has.
fn attribute(object: &PyObject, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
    if let Some(found) = object.generic_getattr_opt(name, None, vm)? {
        return Ok(found);
    }
    let is_special = name.to_string_lossy().starts_with("__");
    if let Some(value) = value_of(object, vm).filter(|value| value.dtype().is_integer()) {
        match &*name.to_string_lossy() {
            "numerator" => return Ok(array_like::python_number(value, vm)),
            "denominator" => return Ok(vm.ctx.new_int(1).into()),
            _ => {}
        }
    }
    if let (Some(value), false) = (value_of(object, vm), is_special) {
        let has_own = ["is_integer", "as_integer_ratio", "bit_count"].contains(&&*name.to_string_lossy());
        let stand_in = if has_own { array_like::python_number(value, vm) } else { array_of(value, vm)? };
        if let Some(found) = vm.get_attribute_opt(&*stand_in, name)? {
            return Ok(match found.downcast_ref::<PyNdArray>() {
                Some(array) => array_like::returned(array.array().clone(), vm),
                None => found,
            });
        }
    }
    Err(no_attribute("numpy.ndarray", object, name, vm))
}

/// `np.float64(x)`: an element, or an array if `x` is one.
fn made(dtype: DType, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    if !args.kwargs.is_empty() || args.args.len() > 1 {
        return Err(vm.new_type_error(format!("{dtype} takes one argument")));
    }
    let Some(given) = args.args.first() else {
        return Ok(object(cast(Scalar::I64(0), dtype), vm));
    };
    if given.downcast_ref::<PyStr>().is_some() {
        let class = match dtype {
            DType::Bool => vm.ctx.types.bool_type,
            DType::U8 | DType::I32 | DType::I64 => vm.ctx.types.int_type,
            DType::F32 | DType::F64 => vm.ctx.types.float_type,
            DType::C128 => vm.ctx.types.complex_type,
        };
        let parsed = class.as_object().call((given.clone(),), vm)?;
        return made(dtype, FuncArgs::from(vec![parsed]), vm);
    }
    if let Some((value, operand)) = array_like::element(given, vm)? {
        check_python(value, operand, dtype, given, vm)?;
        warnings::warn(value.cast_flags(dtype), "cast", vm)?;
        return Ok(object(cast(value, dtype), vm));
    }
    if crate::arguments::sequence(given).is_none() && given.downcast_ref::<PyNdArray>().is_none() {
        if let Some(float) = given.try_float_opt(vm) {
            return Ok(object(cast(Scalar::F64(float?.to_f64()), dtype), vm));
        }
    }
    let array = array_like::array(given, Some(dtype), vm)?;
    Ok(array_like::returned(array, vm))
}

/// Python's numbers must fit, and be whole where such are asked for; NumPy's own are cast.
pub(crate) fn check_python(
    value: Scalar,
    operand: Operand,
    dtype: DType,
    given: &PyObject,
    vm: &VirtualMachine,
) -> PyResult<()> {
    match operand {
        Operand::Of(_) if !matches!(value, Scalar::C128(_)) => Ok(()),
        _ => check_whole(value, dtype, given, vm),
    }
}

/// Whole numbers must fit, and be some.
fn check_whole(value: Scalar, dtype: DType, given: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    array_like::check_fits(value, dtype, vm)?;
    if dtype.is_integer() && dtype != DType::Bool {
        match value {
            Scalar::F64(value) if value.is_nan() => {
                return Err(vm.new_value_error("cannot convert float NaN to integer"));
            }
            Scalar::F64(value) if value.is_infinite() => {
                return Err(vm.new_overflow_error("cannot convert float infinity to integer"));
            }
            Scalar::F64(value) if Scalar::F64(value).cast_flags(DType::I64).invalid => {
                return Err(vm.new_overflow_error("Python int too large to convert to C long"));
            }
            Scalar::F64(value) => array_like::check_fits(cast(Scalar::F64(value), DType::I64), dtype, vm)?,
            Scalar::C128(_) => {
                let name = given.class().name().to_string();
                return Err(vm.new_type_error(format!(
                    "int() argument must be a string, a bytes-like object or a real number, not '{name}'"
                )));
            }
            _ => {}
        }
    }
    if matches!(dtype, DType::F32 | DType::F64) && matches!(value, Scalar::C128(_)) {
        let name = given.class().name().to_string();
        return Err(vm.new_type_error(format!("float() argument must be a string or a real number, not '{name}'")));
    }
    Ok(())
}

/// A value as one of another type.
pub(crate) fn cast(value: Scalar, dtype: DType) -> Scalar {
    parallel_lab_arrays::with_element!(dtype, T => {
        let value: T = parallel_lab_arrays::cells::Element::of(value);
        parallel_lab_arrays::cells::Element::scalar(value)
    })
}
