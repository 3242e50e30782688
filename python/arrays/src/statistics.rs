//! Means, variances and rounding, made from sums as NumPy makes them.

use crate::array::{Array, Order};
use crate::block::{BLOCK, Plain};
use crate::dtype::{DType, Operand};
use crate::elementwise::{self, Target};
use crate::error::{Error, Kind, Result};
use crate::reduction::{self, Request};
use crate::scalar::Scalar;
use crate::shape;
use crate::ufunc::{Binary, Flags, Unary};
use crate::walk::Walk;
use crate::with_element;

/// A statistic.
#[derive(Debug)]
pub struct Found {
    /// Its values.
    pub array: Array,
    /// What is to be warned of.
    pub flags: Flags,
    /// What is to be warned of the mean that a variance begins with.
    pub of_mean: Flags,
    /// Whether it is one of too few elements.
    pub is_of_nothing: bool,
}

/// How many elements each result is of.
fn count(array: &Array, request: Request<'_>) -> Result<Array> {
    if let Some(mask) = request.mask {
        let mask = mask.broadcast_to(array.shape())?;
        let request = Request { dtype: Some(DType::I64), mask: None, out: None, initial: None, ..request };
        return Ok(reduction::reduce(Binary::Add, &mask, request)?.0);
    }
    let axes = match request.axes {
        None => (0..array.axes()).collect(),
        Some(axes) => shape::axes(axes, array.axes())?,
    };
    let count: usize = axes.iter().map(|axis| array.shape()[*axis]).product();
    Array::from_scalar(Scalar::I64(count as i64))
}

fn divide(sum: &Array, by: &Array) -> Result<(Array, Flags)> {
    let target = Target { dtype: Some(sum.dtype().inexact()), ..Target::default() };
    let by = by.converted(sum.dtype().inexact(), Order::Keep)?;
    let operand = |array: &Array| Operand::Of(array.dtype());
    elementwise::binary(Binary::Divide, (sum, operand(sum)), (&by, operand(&by)), target)
}

fn any_below(array: &Array, least: f64) -> Result<bool> {
    Ok(array.to_row::<f64>()?.iter().any(|value| *value < least))
}

/// The mean along axes.
///
/// # Errors
/// As [`reduction::reduce`].
pub fn mean(array: &Array, request: Request<'_>) -> Result<Found> {
    let dtype = request.dtype.or_else(|| array.dtype().is_integer().then_some(DType::F64));
    let count = count(array, request)?;
    let (sum, added) = reduction::reduce(Binary::Add, array, Request { dtype, ..request })?;
    let (mean, divided) = divide(&sum, &count)?;
    let mean =
        if dtype.is_some_and(|dtype| dtype != mean.dtype()) { mean.converted(sum.dtype(), Order::Keep)? } else { mean };
    let of_mean = Flags::default();
    Ok(Found { array: mean, flags: added | divided, of_mean, is_of_nothing: any_below(&count, 1.0)? })
}

/// The variance along axes, or its root; `ddof` is what is taken off the count.
///
/// # Errors
/// As [`reduction::reduce`].
pub fn variance(array: &Array, ddof: f64, is_root: bool, request: Request<'_>) -> Result<Found> {
    let dtype = request.dtype.or_else(|| array.dtype().is_integer().then_some(DType::F64));
    let count = count(array, request)?;
    let (sum, _) = reduction::reduce(Binary::Add, array, Request { dtype, keeps_axes: true, ..request })?;
    let kept_count = self::count(array, Request { keeps_axes: true, ..request })?;
    let (mean, of_mean) = divide(&sum, &kept_count)?;
    let operand = |array: &Array| Operand::Of(array.dtype());
    let (apart, _) =
        elementwise::binary(Binary::Subtract, (array, operand(array)), (&mean, operand(&mean)), Target::default())?;
    let squared = squared(&apart)?;
    let real = dtype.filter(|dtype| *dtype != DType::C128);
    let (total, flags) = reduction::reduce(Binary::Add, &squared, Request { dtype: real, ..request })?;
    let left = Array::zeros(DType::F64, count.shape())?;
    left.assign(&count)?;
    let (ddof, mine) = (Array::from_scalar(Scalar::F64(ddof))?, operand(&left));
    let into = Target { out: Some(&left), ..Target::default() };
    elementwise::binary(Binary::Subtract, (&left, mine), (&ddof, Operand::Float), into)?;
    elementwise::binary(
        Binary::Maximum,
        (&left, mine),
        (&Array::from_scalar(Scalar::F64(0.0))?, Operand::Float),
        into,
    )?;
    let (mut spread, mut divided) = divide(&total, &left)?;
    if is_root {
        let (root, flags) = elementwise::unary(Unary::Sqrt, (&spread, operand(&spread)), Target::default())?;
        (spread, divided) = (root, divided | flags);
    }
    Ok(Found { array: spread, flags: flags | divided, of_mean, is_of_nothing: any_below(&left, f64::MIN_POSITIVE)? })
}

/// The squares of real numbers, or of complex numbers' distances from zero.
fn squared(array: &Array) -> Result<Array> {
    let operand = |array: &Array| Operand::Of(array.dtype());
    let times = |a: &Array, out: Option<&Array>| {
        elementwise::binary(Binary::Multiply, (a, operand(a)), (a, operand(a)), Target { out, ..Target::default() })
    };
    match (array.part(false), array.part(true)) {
        (Some(real), Some(imaginary)) => {
            let ((real, _), (imaginary, _)) = (times(&real, None)?, times(&imaginary, None)?);
            Ok(elementwise::binary(
                Binary::Add,
                (&real, operand(&real)),
                (&imaginary, operand(&imaginary)),
                Target::default(),
            )?
            .0)
        }
        _ => Ok(times(array, Some(array))?.0),
    }
}

/// Rounded to so many decimals, as NumPy does it: by a power of ten, to the even neighbour, and back.
///
/// # Errors
/// When there is no memory.
pub fn round(array: &Array, decimals: i64) -> Result<Array> {
    if let (Some(real), Some(imaginary)) = (array.part(false), array.part(true)) {
        let rounded = array.like(DType::C128, Order::Keep)?;
        for (from, imaginary) in [(real, false), (imaginary, true)] {
            if let Some(part) = rounded.part(imaginary) {
                part.assign(&round(&from, decimals)?)?;
            }
        }
        return Ok(rounded);
    }
    let operand = (array, Operand::Of(array.dtype()));
    if array.dtype().is_integer() {
        if array.dtype() == DType::Bool {
            return round_bools(operand, decimals);
        }
        if decimals >= 0 {
            return array.copy(Order::Keep);
        }
        return round(&array.converted(DType::F64, Order::Keep)?, decimals)?.converted(array.dtype(), Order::Keep);
    }
    if decimals == 0 {
        return Ok(elementwise::unary(Unary::Rint, operand, Target::default())?.0);
    }
    let decimals = i32::try_from(decimals).map_err(|_| Error::value("decimals is too large"))?;
    let power = Array::from_scalar(Scalar::F64(10_f64.powi(decimals.saturating_abs())))?;
    let (there, back) =
        if decimals > 0 { (Binary::Multiply, Binary::Divide) } else { (Binary::Divide, Binary::Multiply) };
    let (scaled, _) = elementwise::binary(there, operand, (&power, Operand::Float), Target::default())?;
    let as_own = Operand::Of(scaled.dtype());
    let target = Target { out: Some(&scaled), ..Target::default() };
    elementwise::unary(Unary::Rint, (&scaled, as_own), target)?;
    elementwise::binary(back, (&scaled, as_own), (&power, Operand::Float), target)?;
    Ok(scaled)
}

/// Bools are rounded to floats, and not to decimals: they can't hold what was multiplied.
fn round_bools(operand: elementwise::Given<'_>, decimals: i64) -> Result<Array> {
    let function = match decimals {
        0 => return Ok(elementwise::unary(Unary::Rint, operand, Target::default())?.0),
        1.. => "multiply",
        _ => "divide",
    };
    Err(Error::new(
        Kind::Casting,
        format!(
            "Cannot cast ufunc '{function}' output from dtype('float64') to dtype('bool') with casting rule 'same_kind'"
        ),
    ))
}

/// Assigns only where the mask is true; all three are of one shape.
///
/// # Errors
/// When there is no memory.
pub fn assign_where(to: &Array, from: &Array, mask: &Array) -> Result<()> {
    let selection = to.select(&[crate::index::Item::Mask(mask.clone())])?;
    let values = from.select(&[crate::index::Item::Mask(mask.clone())])?;
    if let (crate::index::Selection::Picked(to), crate::index::Selection::Picked(from)) = (selection, values) {
        to.set(&from.get()?)?;
    }
    Ok(())
}

/// Elements of `x` where the mask is true, else of `y`; all of one shape.
///
/// # Errors
/// When there is no memory.
pub fn choose(mask: &Array, x: &Array, y: &Array, dtype: DType) -> Result<Array> {
    let chosen = mask.like(dtype, Order::RowMajor)?;
    let order: shape::Dims<usize> = (0..mask.axes()).collect();
    let walk = Walk::along(mask.shape(), &order, [&chosen, mask, x, y]);
    with_element!(dtype, T => {
        let (mut xs, mut ys, mut is_x) = ([T::default(); BLOCK], [T::default(); BLOCK], [false; BLOCK]);
        let _ = walk.each(|starts| {
            for begin in (0..walk.length).step_by(BLOCK) {
                let count = BLOCK.min(walk.length - begin);
                let [to, mask_at, x_at, y_at] = walk.further(starts, begin);
                bool::gather(mask, mask_at, walk.steps[1], &mut is_x[..count]);
                T::gather(x, x_at, walk.steps[2], &mut xs[..count]);
                T::gather(y, y_at, walk.steps[3], &mut ys[..count]);
                for ((x, y), is_x) in xs.iter_mut().zip(&ys).zip(is_x) {
                    *x = if is_x { *x } else { *y };
                }
                T::scatter(&xs[..count], &chosen, to, walk.steps[0]);
            }
            Ok::<_, ()>(())
        });
    });
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_and_variances() {
        let array = Array::from_row(&[1.0, 2.0, 4.0, 9.0], &[2, 2]).expect("memory");
        let found = mean(&array, Request { axes: Some(&[0]), ..Request::default() }).expect("fits");
        assert_eq!(found.array.to_row::<f64>().expect("memory"), [2.5, 5.5]);
        let found = variance(&array, 1.0, false, Request { axes: Some(&[1]), ..Request::default() }).expect("fits");
        assert_eq!(found.array.to_row::<f64>().expect("memory"), [0.5, 12.5]);
        let whole = Array::from_row(&[1_i64, 2], &[2]).expect("memory");
        assert_eq!(mean(&whole, Request::default()).expect("fits").array.get(&[]), Scalar::F64(1.5));
    }

    #[test]
    fn halves_are_rounded_to_the_even_neighbour() {
        let array = Array::from_row(&[0.125, 2.5, -1.15], &[3]).expect("memory");
        assert_eq!(round(&array, 2).expect("memory").to_row::<f64>().expect("memory"), [0.12, 2.5, -1.15]);
        assert_eq!(round(&array, 0).expect("memory").to_row::<f64>().expect("memory"), [0.0, 2.0, -1.0]);
    }
}
