//! `array.flags`.

use rustpython_vm::function::PySetterValue;
use rustpython_vm::protocol::PyMappingMethods;
use rustpython_vm::types::{AsMapping, Representable};
use rustpython_vm::{Py, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

use crate::ndarray::PyNdArray;

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
            _ => return None,
        })
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
            ..PyMappingMethods::NOT_IMPLEMENTED
        };
        &METHODS
    }
}

impl Representable for PyFlags {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        let names = ["C_CONTIGUOUS", "F_CONTIGUOUS", "OWNDATA", "WRITEABLE", "ALIGNED", "WRITEBACKIFCOPY"];
        let row = |name: &str| format!("  {name} : {}\n", if zelf.of(name) == Some(true) { "True" } else { "False" });
        Ok(names.map(row).concat())
    }
}

#[pyclass(with(AsMapping, Representable))]
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
