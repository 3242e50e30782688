//! Where CPython's builtins give other numbers than RustPython's: `sum`.

use rustpython_vm::{PyResult, VirtualMachine};

/// A sum of floats with what its rounding has lost so far (Neumaier 1974), as
/// CPython adds since 3.12: `sum([0.1] * 10)` is 1.0.
#[derive(Clone, Copy, Debug)]
struct Compensated {
    sum: f64,
    lost: f64,
}

impl Compensated {
    fn add(&mut self, value: f64) {
        let sum = self.sum + value;
        self.lost += if self.sum.abs() >= value.abs() { (self.sum - sum) + value } else { (value - sum) + self.sum };
        self.sum = sum;
    }

    /// Infinities and NaN lose nothing that could be given back.
    fn value(self) -> f64 {
        if self.lost != 0.0 && self.lost.is_finite() { self.sum + self.lost } else { self.sum }
    }
}

/// Puts ours in the place of RustPython's, and `quit` beside its `exit`.
pub(crate) fn install(vm: &VirtualMachine) -> PyResult<()> {
    let sum = vm.import("_lab_builtins", 0)?.get_attr("sum", vm)?;
    sum.set_attr("__module__", vm.ctx.new_str("builtins"), vm)?;
    vm.builtins.set_attr("sum", sum, vm)?;
    vm.builtins.set_attr("quit", vm.builtins.get_attr("exit", vm)?, vm)
}

pub(crate) use _lab_builtins::module_def;

#[rustpython_vm::pymodule]
mod _lab_builtins {
    use rustpython_vm::builtins::{PyByteArray, PyBytes, PyFloat, PyInt, PyStr};
    use rustpython_vm::{FromArgs, PyObject, PyObjectRef, PyResult, VirtualMachine};

    use super::Compensated;

    #[derive(FromArgs)]
    struct SumArgs {
        #[pyarg(positional)]
        iterable: PyObjectRef,
        #[pyarg(any, optional, py_default = "0")]
        start: rustpython_vm::function::OptionalArg<PyObjectRef>,
    }

    /// Return the sum of a 'start' value (default: 0) plus an iterable of numbers
    ///
    /// When the iterable is empty, return the start value.
    /// This function is intended specifically for use with numeric values and may
    /// reject non-numeric types.
    #[pyfunction]
    fn sum(args: SumArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let mut total = args.start.unwrap_or_else(|| vm.ctx.new_int(0).into());
        refuse_text(&total, vm)?;
        // While the total is a float, it is here; `total` is behind.
        let mut floats = float_of(&total, vm);
        let iterator = args.iterable.get_iter(vm)?;
        for item in iterator.iter::<PyObjectRef>(vm)? {
            let item = item?;
            if let Some(floats) = &mut floats {
                if let Some(item) = item.downcast_ref_if_exact::<PyFloat>(vm) {
                    floats.add(item.to_f64());
                    continue;
                }
                if let Some(item) = small_int(&item) {
                    floats.sum += item;
                    continue;
                }
                total = vm.ctx.new_float(floats.value()).into();
            }
            total = vm._add(&total, &item)?;
            floats = float_of(&total, vm);
        }
        Ok(floats.map_or(total, |floats| vm.ctx.new_float(floats.value()).into()))
    }

    /// The most that is asked of the system's randomness at once.
    const RANDOM_BYTES: usize = 256;

    /// urandom(size) -> bytes: what the system, or the browser, has for secrets.
    #[pyfunction]
    fn urandom(size: isize, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
        let size = usize::try_from(size).map_err(|_| vm.new_value_error("negative argument not allowed"))?;
        let mut bytes = Vec::new();
        bytes.try_reserve_exact(size).map_err(|_| vm.new_memory_error("no memory for so many random bytes"))?;
        while bytes.len() < size {
            let more = rustpython_vm::common::rand::os_random::<RANDOM_BYTES>();
            bytes.extend_from_slice(&more[..more.len().min(size - bytes.len())]);
        }
        Ok(bytes)
    }

    fn float_of(total: &PyObject, vm: &VirtualMachine) -> Option<Compensated> {
        let float = total.downcast_ref_if_exact::<PyFloat>(vm)?;
        Some(Compensated { sum: float.to_f64(), lost: 0.0 })
    }

    /// An int as a float, if C's `long` could hold it.
    fn small_int(item: &PyObject) -> Option<f64> {
        let int = item.downcast_ref::<PyInt>()?;
        i64::try_from(int.as_bigint()).ok().map(|int| int as f64)
    }

    fn refuse_text(start: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
        let what = if start.downcast_ref::<PyStr>().is_some() {
            "strings [use ''.join(seq) instead]"
        } else if start.downcast_ref::<PyBytes>().is_some() {
            "bytes [use b''.join(seq) instead]"
        } else if start.downcast_ref::<PyByteArray>().is_some() {
            "bytearray [use b''.join(seq) instead]"
        } else {
            return Ok(());
        };
        Err(vm.new_type_error(format!("sum() can't sum {what}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(values: &[f64]) -> f64 {
        let mut sum = Compensated { sum: 0.0, lost: 0.0 };
        values.iter().for_each(|value| sum.add(*value));
        sum.value()
    }

    #[test]
    fn what_rounding_loses_is_given_back() {
        assert_eq!(sum(&[0.1; 10]).to_bits(), 1.0_f64.to_bits());
        assert_eq!(sum(&[1e100, 1.0, -1e100]), 1.0);
        assert_eq!(sum(&[f64::INFINITY, 1.0]), f64::INFINITY);
        assert!(sum(&[f64::INFINITY, f64::NEG_INFINITY]).is_nan());
    }
}
