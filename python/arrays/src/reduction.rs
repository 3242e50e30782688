//! Reductions along axes, in the order in which NumPy's iterator adds: sums have its last bits.

use smallvec::SmallVec;

use crate::Complex64;
use crate::array::Array;
use crate::block::Plain;
use crate::cells::unable_to_allocate;
use crate::dtype::{DType, Operand};
use crate::error::{Error, Result};
use crate::scalar::Scalar;
use crate::shape::{self, Dims};
use crate::ufunc::{Binary, BinaryLoop, Flags, Fold, Number, binary_flags};
use crate::walk::{Walk, memory_order};

/// Up to so many elements of lines that do not lie in each other are copied side
/// by side and reduced as one: NumPy's buffer.
const BUFFER: usize = 8192;

/// What is asked of a reduction.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request<'a> {
    /// `axis=`: those that are reduced; all of them if it is not given.
    pub axes: Option<&'a [i64]>,
    /// `keepdims=`
    pub keeps_axes: bool,
    /// `dtype=`
    pub dtype: Option<DType>,
    /// `initial=`
    pub initial: Option<Scalar>,
    /// `where=`, of `bool`.
    pub mask: Option<&'a Array>,
    /// `out=`
    pub out: Option<&'a Array>,
}

/// An array reduced by a function, and what is to be warned of.
///
/// # Errors
/// In NumPy's words: no such loop, no identity, wrong axes, no memory.
pub fn reduce(function: Binary, array: &Array, request: Request<'_>) -> Result<(Array, Flags)> {
    let reduced = match request.axes {
        None => (0..array.axes()).collect(),
        // What has no axes has this one all the same.
        Some([0 | -1]) if array.axes() == 0 => Dims::new(),
        Some(axes) => shape::axes(axes, array.axes())?,
    };
    let is_ordered =
        matches!(function, Binary::Subtract | Binary::Divide | Binary::FloorDivide | Binary::Remainder | Binary::Power);
    if is_ordered && reduced.len() > 1 {
        let name = function.name();
        return Err(Error::value(format!(
            "reduction operation '{name}' is not reorderable, so at most one axis may be specified"
        )));
    }
    let found = loop_of(function, array, request.dtype)?;
    let (_, _, gives) = found.types();
    if let Some(out) = request.out.filter(|out| out.dtype() != gives) {
        // Of another type, it gets what was reduced without it.
        let (result, flags) = reduce(function, array, Request { out: None, ..request })?;
        check_out(out, result.shape())?;
        out.assign(&result)?;
        return Ok((out.clone(), flags));
    }
    let out = Out::new(array, &reduced, gives, request)?;
    let rest = out.begin(function, array, &reduced, request)?;
    let Some(rest) = rest else { return Ok((out.array, Flags::default())) };
    let mask = request.mask.map(|mask| mask.broadcast_to(rest.shape())).transpose()?;
    let order = match request.out {
        Some(_) => memory_order(rest.shape(), &[out.stretched.strides(), rest.strides()]),
        None => memory_order(rest.shape(), &[rest.strides()]),
    };
    let work = Work { function, out: &out.stretched, array: &rest, mask: mask.as_ref(), order: &order };
    macro_rules! dispatch {
        ($($variant:ident: $T:ty;)*) => {
            match found {
                $(BinaryLoop::$variant(kernel) => {
                    let fold = match function.fold(<$T as Number>::DTYPE) { Some(Fold::$variant(fold)) => Some(fold), _ => None };
                    work.run::<$T>(kernel, fold)?
                })*
                _ => Flags::default(),
            }
        };
    }
    let flags = dispatch! {
        Bool: bool; U8: u8; I32: i32; I64: i64; F32: f32; F64: f64; C128: Complex64;
    };
    Ok((out.array, flags))
}

/// The loop in the type that is asked for, if it gives that type, or in the array's own.
fn loop_of(function: Binary, array: &Array, dtype: Option<DType>) -> Result<BinaryLoop> {
    if let Some(dtype) = dtype
        && let Ok(found) = function.resolve(Operand::Of(dtype), Operand::Of(dtype))
        && found.types() == (dtype, dtype, dtype)
    {
        return Ok(found);
    }
    function.resolve_reduction(dtype.unwrap_or(array.dtype()))
}

/// Where a reduction goes.
struct Out {
    /// What is given back.
    array: Array,
    /// The same elements in the shape of what is reduced: each under all that are reduced to it.
    stretched: Array,
}

impl Out {
    fn new(array: &Array, reduced: &[usize], gives: DType, request: Request<'_>) -> Result<Self> {
        let kept: Dims<usize> = (0..array.axes()).filter(|axis| !reduced.contains(axis)).collect();
        let short: Dims<usize> = kept.iter().map(|axis| array.shape()[*axis]).collect();
        let long: Dims<usize> = array
            .shape()
            .iter()
            .enumerate()
            .map(|(axis, length)| if reduced.contains(&axis) { 1 } else { *length })
            .collect();
        let shape = if request.keeps_axes { &long } else { &short };
        let target = match request.out {
            Some(out) => {
                check_out(out, shape)?;
                out.clone()
            }
            None => {
                let order: Dims<usize> = memory_order(array.shape(), &[array.strides()]);
                let whole = Array::nested(gives, &long, &order)?;
                if request.keeps_axes { whole } else { without(&whole, &kept) }
            }
        };
        let mut strides: Dims<isize> = SmallVec::from_elem(0, array.axes());
        for (at, axis) in kept.iter().enumerate() {
            strides[*axis] = target.strides()[if request.keeps_axes { *axis } else { at }];
        }
        let stretched = target.look(array.shape().into(), strides, target.offset());
        Ok(Self { array: target, stretched })
    }

    /// Gives each result its first value; what is left to be reduced then, if anything.
    fn begin(&self, function: Binary, array: &Array, reduced: &[usize], request: Request<'_>) -> Result<Option<Array>> {
        let nothing = self.array.size() == 0;
        if let Some(first) = request.initial.or_else(|| function.identity()) {
            self.array.fill(first);
            return Ok((!nothing && array.size() > 0).then(|| array.clone()));
        }
        if request.mask.is_some() {
            let name = function.name();
            return Err(Error::value(format!(
                "reduction operation '{name}' does not have an identity, so to use a where mask one has to specify 'initial'"
            )));
        }
        if nothing {
            return Ok(None);
        }
        if array.size() == 0 {
            let name = function.name();
            return Err(Error::value(format!("zero-size array to reduction operation {name} which has no identity")));
        }
        let first = |view: &Array| {
            let mut shape: Dims<usize> = view.shape().into();
            reduced.iter().for_each(|axis| shape[*axis] = 1);
            view.look(shape, view.strides().into(), view.offset())
        };
        first(&self.stretched).assign_apart(&first(array));
        let [axis] = reduced else { return Ok((!reduced.is_empty()).then(|| array.clone())) };
        let mut shape: Dims<usize> = array.shape().into();
        shape[*axis] -= 1;
        let offset = array.offset().wrapping_add_signed(array.strides()[*axis]);
        Ok((shape[*axis] > 0).then(|| array.look(shape, array.strides().into(), offset)))
    }
}

/// The array without the axes that are not kept, each of length 1.
fn without(array: &Array, kept: &[usize]) -> Array {
    let shape = kept.iter().map(|axis| array.shape()[*axis]).collect();
    array.look(shape, kept.iter().map(|axis| array.strides()[*axis]).collect(), array.offset())
}

fn check_out(out: &Array, shape: &[usize]) -> Result<()> {
    if out.axes() != shape.len() {
        return Err(Error::value(format!(
            "output parameter for reduction operation has the wrong number of dimensions: Found {} but expected {}",
            out.axes(),
            shape.len()
        )));
    }
    if out.shape() != shape {
        return Err(Error::value(format!(
            "output array has wrong shape: {}, not {}",
            shape::spoken(out.shape()),
            shape::spoken(shape)
        )));
    }
    if !out.is_writable() {
        return Err(Error::value("output array is read-only"));
    }
    Ok(())
}

/// What is to be done.
struct Work<'a> {
    function: Binary,
    out: &'a Array,
    array: &'a Array,
    mask: Option<&'a Array>,
    order: &'a [usize],
}

type Kernel<T> = fn(&[T], &[T], &mut [T]);

impl Work<'_> {
    fn run<T: Plain + Number>(&self, kernel: Kernel<T>, fold: Option<fn(T, &[T]) -> T>) -> Result<Flags> {
        let fold = |start: T, row: &[T]| match fold {
            Some(fold) => fold(start, row),
            None => row.iter().fold(start, |acc, x| {
                let mut next = [acc];
                kernel(&[acc], &[*x], &mut next);
                next[0]
            }),
        };
        let walk = Walk::along(self.array.shape(), self.order, [self.out, self.array, self.mask.unwrap_or(self.array)]);
        if walk.steps[0] == 0 || walk.length == 1 {
            self.along_lines(&walk, fold)
        } else {
            Ok(self.line_by_line(&walk, kernel))
        }
    }

    /// Each line is reduced to one element.
    fn along_lines<T: Plain + Number>(&self, walk: &Walk<3>, fold: impl Fn(T, &[T]) -> T) -> Result<Flags> {
        let together = Together::of(walk);
        let in_parts = self.array.dtype() != <T as Number>::DTYPE || (self.mask.is_none() && self.is_exact::<T>());
        let mut flags = Flags::default();
        let mut row: Vec<T> = Vec::new();
        let mut is_wanted: Vec<bool> = Vec::new();
        let mut lines = 0;
        walk.each(|[to, from, mask]| {
            for begin in (0..walk.length).step_by(if in_parts { BUFFER } else { walk.length }) {
                let count = if in_parts { BUFFER.min(walk.length - begin) } else { walk.length };
                let kept = row.len();
                make_room(&mut row, count, <T as Number>::DTYPE)?;
                row.resize(kept + count, T::default());
                T::gather(
                    self.array,
                    from.wrapping_add_signed(walk.steps[1] * begin as isize),
                    walk.steps[1],
                    &mut row[kept..],
                );
                if let Some(of) = self.mask {
                    make_room(&mut is_wanted, count, DType::Bool)?;
                    is_wanted.resize(kept + count, false);
                    bool::gather(
                        of,
                        mask.wrapping_add_signed(walk.steps[2] * begin as isize),
                        walk.steps[2],
                        &mut is_wanted[kept..],
                    );
                }
                if begin + count == walk.length {
                    lines += 1;
                    if !together.ends_after(lines) {
                        continue;
                    }
                }
                let wanted = self.mask.map(|_| is_wanted.as_slice());
                flags |= self.fold_into(to, &row, wanted, &fold);
                row.clear();
                is_wanted.clear();
            }
            Ok(())
        })?;
        Ok(flags)
    }

    /// Whether a line gives the same in parts as at once: only sums of floats do not.
    fn is_exact<T: Number>(&self) -> bool {
        T::DTYPE.is_integer() || self.function != Binary::Add
    }

    fn fold_into<T: Plain + Number>(
        &self,
        to: usize,
        row: &[T],
        wanted: Option<&[bool]>,
        fold: &impl Fn(T, &[T]) -> T,
    ) -> Flags {
        let mut first = [T::default()];
        T::gather(self.out, to, 0, &mut first);
        let [start] = first;
        let acc = match wanted {
            None => fold(start, row),
            // What is left out parts what is added as one.
            Some(wanted) => wanted_runs(row, wanted).fold(start, fold),
        };
        T::scatter(&[acc], self.out, to, 1);
        if acc.is_finite() || <T as Number>::DTYPE.is_integer() {
            return Flags::default();
        }
        let quiet = matches!(self.function, Binary::Maximum | Binary::Minimum | Binary::Fmax | Binary::Fmin);
        let is_nan = start.is_nan() || row.iter().any(|x| x.is_nan());
        let all_finite = start.is_finite() && row.iter().all(|x| x.is_finite());
        Flags { divide: false, overflow: all_finite && !quiet, invalid: acc.is_nan() && !is_nan && !quiet }
    }

    /// Each line is taken into a line of results, element by element.
    fn line_by_line<T: Plain + Number>(&self, walk: &Walk<3>, kernel: Kernel<T>) -> Flags {
        use crate::block::BLOCK;
        let mut flags = Flags::default();
        let (mut acc, mut row, mut next) = ([T::default(); BLOCK], [T::default(); BLOCK], [T::default(); BLOCK]);
        let mut is_wanted = [true; BLOCK];
        let _ = walk.each(|starts| {
            for begin in (0..walk.length).step_by(BLOCK) {
                let count = BLOCK.min(walk.length - begin);
                let [to, from, mask] = walk.further(starts, begin);
                T::gather(self.out, to, walk.steps[0], &mut acc[..count]);
                T::gather(self.array, from, walk.steps[1], &mut row[..count]);
                kernel(&acc[..count], &row[..count], &mut next[..count]);
                if let Some(of) = self.mask {
                    bool::gather(of, mask, walk.steps[2], &mut is_wanted[..count]);
                    for at in (0..count).filter(|at| !is_wanted[*at]) {
                        next[at] = acc[at];
                    }
                } else {
                    flags |= binary_flags(self.function, &acc[..count], &row[..count], &next[..count]);
                }
                T::scatter(&next[..count], self.out, to, walk.steps[0]);
            }
            Ok::<_, ()>(())
        });
        flags
    }
}

/// Has room for so many more elements of a line.
fn make_room<T>(row: &mut Vec<T>, count: usize, dtype: DType) -> Result<()> {
    let bytes = count.saturating_mul(dtype.item_bytes()) as u64;
    row.try_reserve(count).map_err(|_| unable_to_allocate(dtype, &[count], bytes))
}

/// How many lines are reduced as one.
struct Together {
    lines: usize,
    /// After so many lines it begins anew.
    within: usize,
}

impl Together {
    fn of(walk: &Walk<3>) -> Self {
        let (lengths, steps) = walk.around(0);
        let (mut lines, mut elements) = (1, walk.length);
        for (length, step) in lengths.iter().zip(steps).rev() {
            if *step != 0 || elements > BUFFER {
                break;
            }
            if elements * length > BUFFER {
                return Self { lines: lines * (BUFFER / elements).max(1), within: lines * length };
            }
            lines *= length;
            elements *= length;
        }
        Self { lines, within: lines }
    }

    fn ends_after(&self, lines: usize) -> bool {
        let here = lines % self.within;
        here == 0 || here.is_multiple_of(self.lines)
    }
}

/// Each run of elements that are wanted, between what is not.
fn wanted_runs<'a, T>(row: &'a [T], wanted: &'a [bool]) -> impl Iterator<Item = &'a [T]> {
    let mut at = 0;
    wanted.chunk_by(|a, b| a == b).filter_map(move |run| {
        let begin = at;
        at += run.len();
        if run.first() == Some(&true) { row.get(begin..at) } else { None }
    })
}

/// The results so far at each place along an axis: `ufunc.accumulate`.
///
/// # Errors
/// As [`reduce`].
pub fn accumulate(
    function: Binary,
    array: &Array,
    axis: i64,
    dtype: Option<DType>,
    out: Option<&Array>,
) -> Result<(Array, Flags)> {
    let axis = shape::axis(axis, array.axes())?;
    let found = loop_of(function, array, dtype)?;
    let (_, _, gives) = found.types();
    let target = match out {
        Some(out) if out.shape() != array.shape() => {
            return Err(Error::value(format!("output array has wrong shape: {}", shape::spoken(out.shape()))));
        }
        Some(out) if !out.is_writable() => return Err(Error::value("output array is read-only")),
        Some(out) => out.clone(),
        None => Array::zeros(gives, array.shape())?,
    };
    macro_rules! dispatch {
        ($($variant:ident: $T:ty;)*) => {
            match found {
                $(BinaryLoop::$variant(kernel) => accumulate_lines::<$T>(function, kernel, array, axis, &target)?,)*
                _ => Flags::default(),
            }
        };
    }
    let flags = dispatch! {
        Bool: bool; U8: u8; I32: i32; I64: i64; F32: f32; F64: f64; C128: Complex64;
    };
    Ok((target, flags))
}

fn accumulate_lines<T: Plain + Number>(
    function: Binary,
    kernel: Kernel<T>,
    array: &Array,
    axis: usize,
    out: &Array,
) -> Result<Flags> {
    let mut flags = Flags::default();
    crate::lines::each::<T, T>(array, axis, out, |row, acc| {
        let Some(first) = row.first() else { return };
        let mut last = [*first];
        acc[0] = *first;
        for at in 1..row.len() {
            kernel(&last, &row[at..=at], &mut acc[at..=at]);
            last = [acc[at]];
        }
        if !acc.iter().fold(true, |all, x| all & x.is_finite()) {
            let count = row.len() - 1;
            flags |= binary_flags(function, &acc[..count], &row[1..], &acc[1..]);
        }
    })?;
    Ok(flags)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cube() -> Array {
        let row: Vec<f64> = (0..24).map(f64::from).collect();
        Array::from_row(&row, &[2, 3, 4]).expect("memory")
    }

    fn sum(array: &Array, axes: Option<&[i64]>) -> (Vec<usize>, Vec<f64>) {
        let (sum, _) = reduce(Binary::Add, array, Request { axes, ..Request::default() }).expect("fits");
        (sum.shape().to_vec(), sum.to_row().expect("memory"))
    }

    #[test]
    fn each_axis_can_be_reduced() {
        assert_eq!(sum(&cube(), None), (vec![], vec![276.0]));
        assert_eq!(sum(&cube(), Some(&[0, 2])), (vec![3], vec![60.0, 92.0, 124.0]));
        assert_eq!(
            sum(&cube().reversed(), Some(&[-1])),
            (vec![4, 3], (0..12).map(|at| f64::from(2 * (at % 3 * 4 + at / 3) + 12)).collect())
        );
    }

    #[test]
    fn what_has_no_identity_begins_with_the_first() {
        let (least, _) =
            reduce(Binary::Minimum, &cube(), Request { axes: Some(&[1]), ..Request::default() }).expect("fits");
        assert_eq!(least.to_row::<f64>().expect("memory"), [0.0, 1.0, 2.0, 3.0, 12.0, 13.0, 14.0, 15.0]);
        let (less, _) =
            reduce(Binary::Subtract, &cube(), Request { axes: Some(&[0]), ..Request::default() }).expect("fits");
        assert_eq!(less.to_row::<f64>().expect("memory"), [-12.0; 12]);
        let empty = Array::zeros(DType::F64, &[0]).expect("memory");
        let error = reduce(Binary::Maximum, &empty, Request::default()).expect_err("must fail");
        assert_eq!(error.message, "zero-size array to reduction operation maximum which has no identity");
    }

    #[test]
    fn only_what_is_wanted_is_reduced() {
        let mask = Array::from_row(&[true, false, true], &[3, 1]).expect("memory");
        let request = Request { axes: Some(&[1]), mask: Some(&mask), keeps_axes: true, ..Request::default() };
        let (sum, _) = reduce(Binary::Add, &cube(), request).expect("fits");
        assert_eq!(
            (sum.shape(), sum.to_row::<f64>().expect("memory")),
            ([2, 1, 4].as_slice(), vec![8.0, 10.0, 12.0, 14.0, 32.0, 34.0, 36.0, 38.0])
        );
    }

    #[test]
    fn lines_are_taken_together_up_to_the_buffer() {
        let array = Array::zeros(DType::F64, &[5, 200, 200]).expect("memory");
        let view = array.look([5, 200, 100].as_slice().into(), [40_000, -200, 2].as_slice().into(), 39_800);
        let out = Array::zeros(DType::F64, &[]).expect("memory").broadcast_to(&[5, 200, 100]).expect("fits");
        let together = Together::of(&Walk::along(&[5, 200, 100], &[0, 1, 2], [&out, &view, &view]));
        assert_eq!((together.lines, together.within), (81, 200));
    }

    #[test]
    fn sums_so_far() {
        let (sums, _) = accumulate(Binary::Add, &cube(), 1, None, None).expect("fits");
        assert_eq!(
            &sums.to_row::<f64>().expect("memory")[..12],
            [0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 12.0, 15.0, 18.0, 21.0]
        );
    }
}
