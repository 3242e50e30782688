//! `randint` and `integers`.

use parallel_lab_arrays::block::Plain;
use parallel_lab_arrays::random::{Integer, Stream};
use parallel_lab_arrays::{Array, DType};
use rustpython_vm::builtins::PyType;
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::arguments::{broadcast, size, whole};
use super::filling::{fill, from_row, scalar};
use super::shared::Shared;
use crate::array_like::{self, python_number};
use crate::ndarray::PyNdArray;
use crate::raise::Raise;
use crate::{arguments, dtype};

/// What is asked for.
pub(super) struct Request {
    pub(super) low: PyObjectRef,
    pub(super) high: Option<PyObjectRef>,
    pub(super) size: Option<PyObjectRef>,
    pub(super) dtype: Option<PyObjectRef>,
    pub(super) endpoint: bool,
}

impl Request {
    /// Draws, for the function of this name.
    pub(super) fn draw<S: Stream>(self, name: &str, shared: &Shared<S>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let zero = || vm.ctx.new_int(0).into();
        // One bound is the upper one.
        let (low, high) = match arguments::given(self.high, vm) {
            Some(high) => (self.low, high),
            None => (zero(), self.low),
        };
        let is_pythons = match &self.dtype {
            Some(dtype) => is_pythons(dtype, vm),
            None => S::LEGACY,
        };
        let kind = self.dtype.map_or(Ok(DType::I64), |dtype| dtype::of(&dtype, vm))?;
        let drawing = Drawing { shared, endpoint: self.endpoint, size: size(self.size, vm)?, is_pythons };
        let (low, high) = (Bound::of(low, vm)?, Bound::of(high, vm)?);
        match kind {
            DType::Bool => drawing.whole::<bool>(low, high, vm),
            DType::U8 => drawing.whole::<u8>(low, high, vm),
            DType::I32 => drawing.blocks::<i32>(low, high, vm),
            DType::I64 => drawing.blocks::<i64>(low, high, vm),
            _ => Err(vm.new_type_error(format!("Unsupported dtype dtype('{kind}') for {name}"))),
        }
    }
}

/// Whether a type is Python's `int` or `bool`, whose lone numbers are Python's too.
fn is_pythons(dtype: &PyObject, vm: &VirtualMachine) -> bool {
    let class = dtype.downcast_ref::<PyType>();
    class.is_some_and(|class| {
        use rustpython_vm::AsObject;
        class.is(vm.ctx.types.int_type) || class.is(vm.ctx.types.bool_type)
    })
}

/// A bound, or one for each place.
enum Bound {
    Lone(i128),
    Each(Array),
}

impl Bound {
    fn of(object: PyObjectRef, vm: &VirtualMachine) -> PyResult<Self> {
        let is_array = arguments::sequence(&object).is_some()
            || object.downcast_ref::<PyNdArray>().is_some_and(|array| array.array().axes() > 0);
        if is_array { array_like::array(&object, None, vm).map(Self::Each) } else { whole(&object, vm).map(Self::Lone) }
    }

    fn shape(&self) -> &[usize] {
        match self {
            Self::Lone(_) => &[],
            Self::Each(array) => array.shape(),
        }
    }

    /// The bounds of each place of a shape; fractions are cut off.
    fn row(&self, shape: &[usize], vm: &VirtualMachine) -> PyResult<Vec<i128>> {
        match self {
            Self::Lone(value) => Ok(vec![*value; parallel_lab_arrays::shape::size(shape)]),
            Self::Each(array) => {
                let array = array.broadcast_to(shape).raise(vm)?;
                if matches!(array.dtype(), DType::F64 | DType::F32) {
                    Ok(array.to_row::<f64>().raise(vm)?.into_iter().map(|value| value as i128).collect())
                } else {
                    Ok(array.to_row::<i64>().raise(vm)?.into_iter().map(i128::from).collect())
                }
            }
        }
    }
}

struct Drawing<'a, S> {
    shared: &'a Shared<S>,
    endpoint: bool,
    size: Option<Vec<usize>>,
    /// Whether a lone number is Python's.
    is_pythons: bool,
}

impl<S: Stream> Drawing<'_, S> {
    /// For types that take a word for each number: block by block.
    fn blocks<T: Integer + Plain>(self, low: Bound, high: Bound, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let (Bound::Lone(low), Bound::Lone(high), Some(shape)) = (&low, &high, &self.size) else {
            return self.whole::<T>(low, high, vm);
        };
        let array = Array::zeros(T::DTYPE, shape).raise(vm)?;
        let drawn = self.shared.with(array.size(), vm, |stream| {
            fill::<T>(&array, |_, row| stream.fill_integers(*low, *high, self.endpoint, row))
        });
        drawn.raise(vm)?;
        Ok(PyNdArray::object(array, vm))
    }

    /// For types several of whose numbers are parts of one word, and for bounds that are arrays: all at once.
    fn whole<T: Integer + Plain>(self, low: Bound, high: Bound, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let (Bound::Lone(low), Bound::Lone(high)) = (&low, &high) else { return self.each::<T>(&low, &high, vm) };
        let Some(shape) = &self.size else {
            let mut number = [T::default()];
            self.shared
                .with(1, vm, |stream| stream.fill_integers(*low, *high, self.endpoint, &mut number))
                .raise(vm)?;
            let value = number[0].scalar();
            return Ok(if self.is_pythons { python_number(value, vm) } else { scalar(value, vm) });
        };
        let array = Array::zeros(T::DTYPE, shape).raise(vm)?;
        let mut row = array.to_row::<T>().raise(vm)?;
        let drawn = self.shared.with(row.len(), vm, |stream| {
            stream.fill_integers(*low, *high, self.endpoint, &mut row)?;
            T::scatter(&row, &array, 0, 1);
            Ok(())
        });
        drawn.raise(vm)?;
        Ok(PyNdArray::object(array, vm))
    }

    fn each<T: Integer + Plain>(self, low: &Bound, high: &Bound, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let mut shapes = vec![low.shape(), high.shape()];
        shapes.extend(self.size.as_deref());
        let shape = broadcast(&shapes, self.size.as_ref().map(|_| 2), vm)?;
        let (lows, highs) = (low.row(&shape, vm)?, high.row(&shape, vm)?);
        if lows.iter().any(|low| *low < T::LEAST) {
            return Err(vm.new_value_error(format!("low is out of bounds for {}", T::NAME)));
        }
        let last = if self.endpoint { T::GREATEST } else { T::GREATEST + 1 };
        if highs.iter().any(|high| *high > last) {
            return Err(vm.new_value_error(format!("high is out of bounds for {}", T::NAME)));
        }
        let bounds: Vec<(i128, i128)> = lows.into_iter().zip(highs).collect();
        if bounds.iter().any(|(low, high)| if self.endpoint { low > high } else { low >= high }) {
            return Err(vm.new_value_error(if self.endpoint { "low > high" } else { "low >= high" }));
        }
        let mut row = vec![T::default(); bounds.len()];
        self.shared
            .with(bounds.len(), vm, |stream| stream.fill_integers_each(&bounds, self.endpoint, &mut row))
            .raise(vm)?;
        from_row(&row, &shape, vm)
    }
}
