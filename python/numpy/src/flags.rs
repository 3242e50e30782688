//! `array.flags`.

use rustpython_vm::function::{PyComparisonValue, PySetterValue};
use rustpython_vm::protocol::PyMappingMethods;
use rustpython_vm::types::{AsMapping, Comparable, PyComparisonOp, Representable};
use rustpython_vm::{Py, PyObject, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

use crate::ndarray::PyNdArray;

/// Those that are shown.
const NAMES: [&str; 6] = ["C_CONTIGUOUS", "F_CONTIGUOUS", "OWNDATA", "WRITEABLE", "ALIGNED", "WRITEBACKIFCOPY"];

/// `array.flags`
#[pyclass(module = "numpy", name = "flagsobj")]
#[derive(Debug, PyPayload)]
pub(crate) struct PyFlags {
    array: PyRef<PyNdArray>,
}

impl PyFlags {
    pub(crate) fn new(array: PyRef<PyNdArray>) -> Self {
        Self { array }
    }

    fn of(&self, name: &str) -> Option<bool> {
        let array = self.array.array();
        Some(match name {
            "C_CONTIGUOUS" | "C" => array.is_row_major(),
            "F_CONTIGUOUS" | "F" => array.is_column_major(),
            "OWNDATA" | "O" => self.array.owns_data(),
            "WRITEABLE" | "W" => self.array.is_writable(),
            "ALIGNED" | "A" => true,
            "WRITEBACKIFCOPY" | "X" => false,
            "FNC" => array.is_column_major() && !array.is_row_major(),
            "FORC" => array.is_column_major() || array.is_row_major(),
            "BEHAVED" | "B" => self.array.is_writable(),
            "CARRAY" | "CA" => array.is_row_major() && self.array.is_writable(),
            "FARRAY" | "FA" => array.is_column_major() && !array.is_row_major() && self.array.is_writable(),
            _ => return None,
        })
    }
}

impl Comparable for PyFlags {
    fn cmp(zelf: &Py<Self>, other: &PyObject, op: PyComparisonOp, _vm: &VirtualMachine) -> PyResult<PyComparisonValue> {
        let Some(other) = other.downcast_ref::<Self>() else { return Ok(PyComparisonValue::NotImplemented) };
        let is_same = NAMES.iter().all(|name| zelf.of(name) == other.of(name));
        op.eq_only(|| Ok(PyComparisonValue::Implemented(is_same)))
    }
}

impl AsMapping for PyFlags {
    fn as_mapping() -> &'static PyMappingMethods {
        static METHODS: PyMappingMethods = PyMappingMethods {
            subscript: Some(|mapping, name, vm| {
                let name = name.str(vm)?.to_string_lossy().into_owned();
                let flag = PyFlags::mapping_downcast(mapping).of(&name);
                flag.map(|flag| vm.ctx.new_bool(flag).into())
                    .ok_or_else(|| vm.new_key_error(vm.ctx.new_str("Unknown flag").into()))
            }),
            ass_subscript: Some(|mapping, name, value, vm| {
                let name = name.str(vm)?.to_string_lossy().into_owned();
                match (name.as_str(), value) {
                    ("WRITEABLE" | "W", Some(value)) => {
                        PyFlags::mapping_downcast(mapping).array.set_writable(value.try_to_bool(vm)?);
                        Ok(())
                    }
                    _ => Err(vm.new_key_error(vm.ctx.new_str("Unknown flag").into())),
                }
            }),
            ..PyMappingMethods::NOT_IMPLEMENTED
        };
        &METHODS
    }
}

impl Representable for PyFlags {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        let row = |name: &str| format!("  {name} : {}\n", if zelf.of(name) == Some(true) { "True" } else { "False" });
        Ok(NAMES.map(row).concat())
    }
}

#[pyclass(with(AsMapping, Comparable, Representable))]
impl PyFlags {
    #[pygetset]
    fn c_contiguous(zelf: &Py<Self>) -> bool {
        zelf.array.array().is_row_major()
    }

    #[pygetset]
    fn f_contiguous(zelf: &Py<Self>) -> bool {
        zelf.array.array().is_column_major()
    }

    #[pygetset]
    fn contiguous(zelf: &Py<Self>) -> bool {
        zelf.array.array().is_row_major()
    }

    #[pygetset]
    fn fnc(zelf: &Py<Self>) -> Option<bool> {
        zelf.of("FNC")
    }

    #[pygetset]
    fn forc(zelf: &Py<Self>) -> Option<bool> {
        zelf.of("FORC")
    }

    #[pygetset]
    fn behaved(zelf: &Py<Self>) -> Option<bool> {
        zelf.of("BEHAVED")
    }

    #[pygetset]
    fn carray(zelf: &Py<Self>) -> Option<bool> {
        zelf.of("CARRAY")
    }

    #[pygetset]
    fn farray(zelf: &Py<Self>) -> Option<bool> {
        zelf.of("FARRAY")
    }

    #[pygetset]
    fn owndata(zelf: &Py<Self>) -> bool {
        zelf.array.owns_data()
    }

    #[pygetset]
    fn aligned(_zelf: &Py<Self>) -> bool {
        true
    }

    #[pygetset]
    fn writeable(zelf: &Py<Self>) -> bool {
        zelf.array.is_writable()
    }

    #[pygetset(setter)]
    fn set_writeable(zelf: &Py<Self>, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
        if let PySetterValue::Assign(value) = value {
            zelf.array.set_writable(value.try_to_bool(vm)?);
        }
        Ok(())
    }
}
