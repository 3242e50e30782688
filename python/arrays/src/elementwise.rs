//! Functions of elements, of whole arrays: stretched to one shape, a block at a time.

use crate::Complex64;
use crate::array::{Array, Order};
use crate::block::{BLOCK, Plain, SMALL_BLOCK};
use crate::dtype::{DType, Operand};
use crate::error::{Error, Result};
use crate::shape::{self, Dims};
use crate::ufunc::{Binary, BinaryLoop, Flags, Number, Unary, UnaryLoop, binary_flags, check_powers, unary_flags};
use crate::walk::{Walk, memory_order};

/// Where a function's results go, and for which elements it is called.
#[derive(Clone, Copy, Debug, Default)]
pub struct Target<'a> {
    /// `out=`; else a new array.
    pub out: Option<&'a Array>,
    /// `where=`, of `bool`.
    pub mask: Option<&'a Array>,
    /// `dtype=`: the type to compute in.
    pub dtype: Option<DType>,
    /// `order=`, of a new array; else as its operands lie.
    pub order: Option<Order>,
}

/// An operand and whether it is a Python number, which gives way to others' types.
pub type Given<'a> = (&'a Array, Operand);

/// The results of a function of one operand, and what is to be warned of.
///
/// # Errors
/// In NumPy's words: no loop for the types, shapes that don't fit, no memory.
pub fn unary(function: Unary, (x, operand): Given<'_>, target: Target<'_>) -> Result<(Array, Flags)> {
    let found = function.resolve(target.dtype.map_or(operand, Operand::Of))?;
    let (takes, gives) = found.types();
    check_loop(function.name(), &[takes, gives], target)?;
    check_input(function.name(), x.dtype(), takes, target.dtype.is_some())?;
    check_out(function.name(), gives, target)?;
    let shape = full_shape(&[x], target)?;
    let out = out_of(gives, &shape, &[x], target)?;
    let x = &ready(x, &shape, &out)?;
    let mask = mask_of(target, &shape)?;
    let place = Place { function: Function::Unary(function), out: &out, mask: mask.as_ref() };
    macro_rules! dispatch {
        ($($variant:ident: $A:ty => $Z:ty;)*) => {
            match found { $(UnaryLoop::$variant(kernel) => run_unary::<$A, $Z>(kernel, x, place),)* }
        };
    }
    let flags = dispatch! {
        Bool: bool => bool; U8: u8 => u8; I32: i32 => i32; I64: i64 => i64; F32: f32 => f32; F64: f64 => f64;
        C128: Complex64 => Complex64; U8Bool: u8 => bool; I32Bool: i32 => bool; I64Bool: i64 => bool;
        F32Bool: f32 => bool; F64Bool: f64 => bool; C128Bool: Complex64 => bool; C128F64: Complex64 => f64;
        I32U8: i32 => u8; I64U8: i64 => u8;
    };
    Ok((out, flags))
}

/// The results of a function of two operands, and what is to be warned of.
///
/// # Errors
/// As [`unary`].
pub fn binary(function: Binary, a: Given<'_>, b: Given<'_>, target: Target<'_>) -> Result<(Array, Flags)> {
    let typed = |operand| target.dtype.map_or(operand, Operand::Of);
    let found = function.resolve(typed(a.1), typed(b.1))?;
    let (takes_a, takes_b, gives) = found.types();
    check_loop(function.name(), &[takes_a, gives], target)?;
    for ((operand, _), takes) in [(a, takes_a), (b, takes_b)] {
        check_input(function.name(), operand.dtype(), takes, target.dtype.is_some())?;
    }
    let (a, b) = (a.0, b.0);
    check_out(function.name(), gives, target)?;
    let shape = full_shape(&[a, b], target)?;
    let out = out_of(gives, &shape, &[a, b], target)?;
    let (a, b) = (&ready(a, &shape, &out)?, &ready(b, &shape, &out)?);
    let mask = mask_of(target, &shape)?;
    let place = Place { function: Function::Binary(function), out: &out, mask: mask.as_ref() };
    macro_rules! dispatch {
        ($($variant:ident: $A:ty, $B:ty => $Z:ty;)*) => {
            match found { $(BinaryLoop::$variant(kernel) => run_binary::<$A, $B, $Z>(kernel, a, b, place)?,)* }
        };
    }
    let flags = dispatch! {
        Bool: bool, bool => bool; U8: u8, u8 => u8; I32: i32, i32 => i32; I64: i64, i64 => i64; F32: f32, f32 => f32;
        F64: f64, f64 => f64; C128: Complex64, Complex64 => Complex64; U8Bool: u8, u8 => bool;
        I32Bool: i32, i32 => bool; I64Bool: i64, i64 => bool; F32Bool: f32, f32 => bool; F64Bool: f64, f64 => bool;
        C128Bool: Complex64, Complex64 => bool; F32I64: f32, i64 => f32; F64I64: f64, i64 => f64;
    };
    Ok((out, flags))
}

/// With `dtype=`, the loop has to be one that takes or gives this type.
fn check_loop(name: &str, types: &[DType], target: Target<'_>) -> Result<()> {
    match target.dtype {
        Some(dtype) if !types.contains(&dtype) => Err(Error::type_(format!(
            "No loop matching the specified signature and casting was found for ufunc {name}"
        ))),
        _ => Ok(()),
    }
}

/// Which function, so that warnings are its own.
#[derive(Clone, Copy)]
enum Function {
    Unary(Unary),
    Binary(Binary),
}

/// Where results go.
#[derive(Clone, Copy)]
struct Place<'a> {
    function: Function,
    out: &'a Array,
    mask: Option<&'a Array>,
}

fn run_unary<A: Plain + Number, Z: Plain + Number>(kernel: fn(&[A], &mut [Z]), x: &Array, place: Place<'_>) -> Flags {
    if place.out.size() <= SMALL_BLOCK {
        unary_blocks::<A, Z, SMALL_BLOCK>(kernel, x, place)
    } else {
        unary_blocks::<A, Z, BLOCK>(kernel, x, place)
    }
}

fn unary_blocks<A: Plain + Number, Z: Plain + Number, const N: usize>(
    kernel: fn(&[A], &mut [Z]),
    x: &Array,
    place: Place<'_>,
) -> Flags {
    let Function::Unary(function) = place.function else { return Flags::default() };
    let mut flags = Flags::default();
    let mut xs = [A::default(); N];
    let mut zs = [Z::default(); N];
    let mask = place.mask.unwrap_or(place.out);
    let walk = Walk::new(place.out.shape(), [place.out, x, mask]);
    let _ = walk.each(|starts| {
        for begin in (0..walk.length).step_by(N) {
            let count = N.min(walk.length - begin);
            let [to, from, mask_at] = walk.further(starts, begin);
            A::gather(x, from, walk.steps[1], &mut xs[..count]);
            kernel(&xs[..count], &mut zs[..count]);
            if place.mask.is_some() {
                flags |=
                    put_masked(&zs[..count], place.out, (to, walk.steps[0]), mask, (mask_at, walk.steps[2]), |at| {
                        unary_flags(function, &xs[at..=at], &zs[at..=at])
                    });
            } else {
                flags |= unary_flags(function, &xs[..count], &zs[..count]);
                Z::scatter(&zs[..count], place.out, to, walk.steps[0]);
            }
        }
        Ok::<_, ()>(())
    });
    flags
}

fn run_binary<A: Plain + Number, B: Plain + Number, Z: Plain + Number>(
    kernel: fn(&[A], &[B], &mut [Z]),
    a: &Array,
    b: &Array,
    place: Place<'_>,
) -> Result<Flags> {
    if place.out.size() <= SMALL_BLOCK {
        binary_blocks::<A, B, Z, SMALL_BLOCK>(kernel, a, b, place)
    } else {
        binary_blocks::<A, B, Z, BLOCK>(kernel, a, b, place)
    }
}

fn binary_blocks<A: Plain + Number, B: Plain + Number, Z: Plain + Number, const N: usize>(
    kernel: fn(&[A], &[B], &mut [Z]),
    a: &Array,
    b: &Array,
    place: Place<'_>,
) -> Result<Flags> {
    let Function::Binary(function) = place.function else { return Ok(Flags::default()) };
    let refuses_negative = function == Binary::Power && <Z as Number>::DTYPE.is_integer();
    let mut flags = Flags::default();
    let (mut xs, mut ys) = ([A::default(); N], [B::default(); N]);
    let mut zs = [Z::default(); N];
    let mask = place.mask.unwrap_or(place.out);
    let walk = Walk::new(place.out.shape(), [place.out, a, b, mask]);
    walk.each(|starts| {
        for begin in (0..walk.length).step_by(N) {
            let count = N.min(walk.length - begin);
            let [to, a_at, b_at, mask_at] = walk.further(starts, begin);
            A::gather(a, a_at, walk.steps[1], &mut xs[..count]);
            B::gather(b, b_at, walk.steps[2], &mut ys[..count]);
            if refuses_negative {
                check_powers(&ys[..count])?;
            }
            kernel(&xs[..count], &ys[..count], &mut zs[..count]);
            if place.mask.is_some() {
                flags |=
                    put_masked(&zs[..count], place.out, (to, walk.steps[0]), mask, (mask_at, walk.steps[3]), |at| {
                        binary_flags(function, &xs[at..=at], &ys[at..=at], &zs[at..=at])
                    });
            } else {
                flags |= binary_flags(function, &xs[..count], &ys[..count], &zs[..count]);
                Z::scatter(&zs[..count], place.out, to, walk.steps[0]);
            }
        }
        Ok(())
    })?;
    Ok(flags)
}

/// Puts only those results for which the mask is true; `flags` says what is to be warned of one.
fn put_masked<Z: Plain>(
    zs: &[Z],
    out: &Array,
    (to, step): (usize, isize),
    mask: &Array,
    (mask_at, mask_step): (usize, isize),
    flags: impl Fn(usize) -> Flags,
) -> Flags {
    let mut found = Flags::default();
    let mut is_wanted = [false; BLOCK];
    bool::gather(mask, mask_at, mask_step, &mut is_wanted[..zs.len()]);
    for (at, value) in zs.iter().enumerate().filter(|(at, _)| is_wanted[*at]) {
        found |= flags(at);
        Z::scatter(std::slice::from_ref(value), out, to.wrapping_add_signed(step * at as isize), step);
    }
    found
}

/// With `dtype=`, inputs must fit into it; without it, the loop is one into which they do.
fn check_input(name: &str, from: DType, to: DType, is_asked: bool) -> Result<()> {
    if is_asked && !from.fits_in_kind(to) {
        return Err(Error::new(
            crate::error::Kind::Casting,
            format!(
                "Cannot cast ufunc '{name}' input from dtype('{from}') to dtype('{to}') with casting rule 'same_kind'"
            ),
        ));
    }
    Ok(())
}

/// The operands' shape together, and the mask's; `out` must be of it.
fn full_shape(operands: &[&Array], target: Target<'_>) -> Result<Dims<usize>> {
    let mut shapes: Vec<&[usize]> = operands.iter().map(|operand| operand.shape()).collect();
    let inputs = shape::broadcast_or(&shapes);
    shapes.extend(target.mask.map(Array::shape));
    let all = match (inputs, target.out) {
        (Some(_), None) => shape::broadcast(&shapes)?,
        (Some(_), Some(out)) => {
            let all = shape::broadcast(&shapes)?;
            if shape::broadcast_or(&[&all, out.shape()]).as_deref() != Some(out.shape()) {
                let all_shapes: Vec<_> =
                    shapes.iter().chain([&out.shape()]).map(|shape| shape::spoken(shape)).collect();
                let text = if shape::broadcast_or(&[&all, out.shape()]).is_some() {
                    format!(
                        "non-broadcastable output operand with shape {} doesn't match the broadcast shape {}",
                        shape::spoken(out.shape()),
                        shape::spoken(&all)
                    )
                } else {
                    format!("operands could not be broadcast together with shapes {} ", all_shapes.join(" "))
                };
                return Err(Error::value(text));
            }
            out.shape().into()
        }
        (None, out) => {
            shapes.extend(out.map(Array::shape));
            shape::broadcast(&shapes)?
        }
    };
    Ok(all)
}

/// Refuses an `out` that cannot hold the results.
fn check_out(name: &str, gives: DType, target: Target<'_>) -> Result<()> {
    if let Some(out) = target.out
        && !gives.fits_in_kind(out.dtype())
    {
        return Err(Error::new(
            crate::error::Kind::Casting,
            format!(
                "Cannot cast ufunc '{name}' output from dtype('{gives}') to dtype('{}') with casting rule 'same_kind'",
                out.dtype()
            ),
        ));
    }
    Ok(())
}

/// The array that the results go into.
fn out_of(gives: DType, shape: &[usize], operands: &[&Array], target: Target<'_>) -> Result<Array> {
    if let Some(out) = target.out {
        if !out.is_writable() {
            return Err(Error::value("output array is read-only"));
        }
        return Ok(out.clone());
    }
    match target.order {
        Some(Order::RowMajor) => Array::zeros(gives, shape),
        Some(Order::ColumnMajor) => {
            let axes: Dims<usize> = (0..shape.len()).rev().collect();
            Array::nested(gives, shape, &axes)
        }
        Some(Order::Keep) | None => {
            if operands.iter().all(|operand| operand.is_row_major() || operand.axes() < 2) {
                return Array::zeros(gives, shape);
            }
            let stretched: Vec<Array> = operands.iter().filter_map(|operand| operand.stretched(shape)).collect();
            let strides: Vec<&[isize]> = stretched.iter().map(Array::strides).collect();
            Array::nested(gives, shape, &memory_order(shape, &strides))
        }
    }
}

/// An operand stretched to the shape; a copy where results would run into what is still to be read.
fn ready(operand: &Array, shape: &[usize], out: &Array) -> Result<Array> {
    let stretched = operand.broadcast_to(shape)?;
    let is_same =
        stretched.offset() == out.offset() && stretched.strides() == out.strides() && stretched.dtype() == out.dtype();
    if stretched.may_share_memory(out) && !is_same {
        return operand.copy(Order::RowMajor)?.broadcast_to(shape);
    }
    Ok(stretched)
}

fn mask_of(target: Target<'_>, shape: &[usize]) -> Result<Option<Array>> {
    target.mask.map(|mask| mask.broadcast_to(shape)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floats(row: &[f64]) -> Array {
        Array::from_row(row, &[row.len()]).expect("memory")
    }

    fn given(array: &Array) -> Given<'_> {
        (array, Operand::Of(array.dtype()))
    }

    #[test]
    fn operands_are_stretched() {
        let a = floats(&[1.0, 2.0, 3.0]).reshaped(&[3, 1]).expect("view");
        let (sum, flags) =
            binary(Binary::Add, given(&a), given(&floats(&[10.0, 20.0])), Target::default()).expect("fits");
        assert_eq!((sum.shape(), flags.is_empty()), ([3, 2].as_slice(), true));
        assert_eq!(sum.to_row::<f64>().expect("memory"), [11.0, 21.0, 12.0, 22.0, 13.0, 23.0]);
    }

    #[test]
    fn python_numbers_give_way() {
        let a = Array::from_row(&[1_u8, 2], &[2]).expect("memory");
        let three = Array::from_scalar(crate::Scalar::I64(3)).expect("memory");
        let (sum, _) = binary(Binary::Add, given(&a), (&three, Operand::Int), Target::default()).expect("fits");
        assert_eq!((sum.dtype(), sum.to_row::<u8>().expect("memory")), (DType::U8, vec![4, 5]));
    }

    #[test]
    fn results_may_go_into_an_operand_and_to_some_elements_only() {
        let a = floats(&[1.0, 2.0, 3.0, 4.0]);
        let ahead = a.look([3].as_slice().into(), [1].as_slice().into(), 1);
        let behind = a.look([3].as_slice().into(), [1].as_slice().into(), 0);
        let mask = Array::from_row(&[true, false, true], &[3]).expect("memory");
        let target = Target { out: Some(&ahead), mask: Some(&mask), ..Target::default() };
        binary(Binary::Add, given(&ahead), given(&behind), target).expect("fits");
        assert_eq!(a.to_row::<f64>().expect("memory"), [1.0, 3.0, 3.0, 7.0]);
    }

    #[test]
    fn warnings_are_told() {
        let (_, flags) =
            binary(Binary::Divide, given(&floats(&[1.0, 0.0])), given(&floats(&[0.0, 0.0])), Target::default())
                .expect("fits");
        assert_eq!((flags.divide, flags.invalid, flags.overflow), (true, true, false));
    }

    #[test]
    fn results_lie_as_the_operands_do() {
        let a = floats(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]).reshaped(&[2, 3]).expect("view").reversed();
        let (root, _) = unary(Unary::Sqrt, given(&a), Target::default()).expect("fits");
        assert_eq!(root.strides(), [1, 3]);
    }
}
