//! Arrays of random numbers, filled a block at a time.

use parallel_lab_arrays::block::Plain;
use parallel_lab_arrays::cells::Element as _;
use parallel_lab_arrays::random::{Continuous, Discrete, Stream};
use parallel_lab_arrays::{Array, Result, Scalar, shape};
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use super::arguments::{Parameter, broadcast};
use super::shared::Shared;
use crate::array_like::python_number;
use crate::ndarray::PyNdArray;
use crate::raise::Raise;

/// How many numbers are drawn before they are put into the array.
const BLOCK: usize = 512;

/// Fills an array whose elements lie one after the other, in the order in which they lie.
/// `draw` gets the place of a block's first element and the block.
pub(super) fn fill<T: Plain>(array: &Array, mut draw: impl FnMut(usize, &mut [T]) -> Result<()>) -> Result<()> {
    let mut block = [T::default(); BLOCK];
    let size = array.size();
    for begin in (0..size).step_by(BLOCK) {
        let row = &mut block[..BLOCK.min(size - begin)];
        draw(begin, row)?;
        T::scatter(row, array, array.offset() + begin * T::CELLS, T::CELLS as isize);
    }
    Ok(())
}

/// A distribution's numbers, of one type.
pub(super) trait Distribution<S: Stream>: Copy {
    type Number: Plain;

    fn draw(self, stream: &mut S) -> Self::Number;

    /// Checks the parameters and fills.
    fn fill(self, stream: &mut S, out: &mut [Self::Number]) -> Result<()>;
}

impl<S: Stream> Distribution<S> for Continuous {
    type Number = f64;

    fn draw(self, stream: &mut S) -> f64 {
        stream.sample(self)
    }

    fn fill(self, stream: &mut S, out: &mut [f64]) -> Result<()> {
        stream.fill(self, out)
    }
}

impl<S: Stream> Distribution<S> for Discrete {
    type Number = i64;

    fn draw(self, stream: &mut S) -> i64 {
        stream.sample_count(self)
    }

    fn fill(self, stream: &mut S, out: &mut [i64]) -> Result<()> {
        stream.fill_counts(self, out)
    }
}

/// Where a distribution's numbers go.
pub(super) enum Target {
    /// `size=`, or nothing for a lone number.
    New(Option<Vec<usize>>),
    /// `out=`
    Given(Array, PyObjectRef),
}

/// Draws a distribution's numbers for parameters that may be arrays; `distribution` makes it of their values.
pub(super) fn draw<S: Stream, const N: usize, D: Distribution<S>>(
    shared: &Shared<S>,
    parameters: [Parameter; N],
    target: Target,
    distribution: impl Fn([f64; N]) -> D,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    let lone = parameters.each_ref().map(Parameter::lone);
    if lone.iter().any(Option::is_none) {
        return draw_each(shared, parameters, target, distribution, vm);
    }
    let distribution = distribution(lone.map(Option::unwrap_or_default));
    let Target::New(None) = target else {
        // Parameters are refused before there is an array.
        shared.with(0, vm, |stream| distribution.fill(stream, &mut [])).raise(vm)?;
        let (array, object) = target.array::<D::Number>(None, vm)?;
        shared.with(array.size(), vm, |stream| fill(&array, |_, row| distribution.fill(stream, row))).raise(vm)?;
        return Ok(object);
    };
    let mut number = [D::Number::default()];
    shared.with(1, vm, |stream| distribution.fill(stream, &mut number)).raise(vm)?;
    Ok(python_number(number[0].scalar(), vm))
}

/// The same where some of the parameters are arrays.
fn draw_each<S: Stream, const N: usize, D: Distribution<S>>(
    shared: &Shared<S>,
    parameters: [Parameter; N],
    target: Target,
    distribution: impl Fn([f64; N]) -> D,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    for parameter in &parameters {
        parameter.check(vm)?;
    }
    let size = match &target {
        Target::New(size) => size.as_deref(),
        Target::Given(out, _) => Some(out.shape()),
    };
    let mut shapes: Vec<&[usize]> = size.into_iter().collect();
    shapes.extend(parameters.iter().map(|parameter| parameter.values.shape()));
    let shape = broadcast(&shapes, size.map(|_| 0), vm)?;
    let (array, object) = target.array::<D::Number>(Some(&shape), vm)?;
    let mut rows = [const { Vec::new() }; N];
    for (row, parameter) in rows.iter_mut().zip(&parameters) {
        *row = parameter.values.broadcast_to(&shape).and_then(|values| values.to_row::<f64>()).raise(vm)?;
    }
    shared
        .with(array.size(), vm, |stream| {
            fill(&array, |begin, out| {
                for (at, slot) in (begin..).zip(out) {
                    let values = rows.each_ref().map(|row| row.get(at).copied().unwrap_or_default());
                    *slot = distribution(values).draw(stream);
                }
                Ok(())
            })
        })
        .raise(vm)?;
    Ok(object)
}

impl Target {
    /// The array that is filled, and as an object; of this shape, if another one is not given.
    fn array<T: Plain>(self, shape: Option<&[usize]>, vm: &VirtualMachine) -> PyResult<(Array, PyObjectRef)> {
        match self {
            Self::Given(array, object) => Ok((array, object)),
            Self::New(size) => {
                let array = Array::zeros(T::DTYPE, shape.or(size.as_deref()).unwrap_or_default()).raise(vm)?;
                let object = PyNdArray::object(array.clone(), vm);
                Ok((array, object))
            }
        }
    }
}

/// Fills with numbers that have no parameters: a lone one as Python's own.
pub(super) fn plain<S: Stream, T: Plain>(
    shared: &Shared<S>,
    target: Target,
    draw: impl Fn(&mut S, &mut [T]),
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    if let Target::New(None) = target {
        let mut number = [T::default()];
        shared.with(1, vm, |stream| draw(stream, &mut number));
        return Ok(python_number(number[0].scalar(), vm));
    }
    let (array, object) = target.array::<T>(None, vm)?;
    let drawn = shared.with(array.size(), vm, |stream| {
        fill(&array, |_, row| {
            draw(stream, row);
            Ok(())
        })
    });
    drawn.raise(vm)?;
    Ok(object)
}

/// A whole row as an array.
pub(super) fn from_row<T: Plain>(row: &[T], shape: &[usize], vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    debug_assert_eq!(row.len(), shape::size(shape));
    Ok(PyNdArray::object(Array::from_row(row, shape).raise(vm)?, vm))
}

/// A value as NumPy's scalar.
pub(super) fn scalar(value: Scalar, vm: &VirtualMachine) -> PyObjectRef {
    crate::scalar::object(value, vm)
}
