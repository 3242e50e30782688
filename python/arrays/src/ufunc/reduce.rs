//! Reductions of a slice, and sums in NumPy's order.

use std::ops::{Add, Range};

use num_complex::Complex64;

use super::function::Binary;
use super::integer::Integer;
use super::real::Real;
use super::{complex, number::Number};
use crate::dtype::DType;

/// `acc = function(acc, x)` over the elements `x` of a slice, by their type; floats are added up in pairs.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub enum Fold {
    Bool(fn(bool, &[bool]) -> bool),
    U8(fn(u8, &[u8]) -> u8),
    I32(fn(i32, &[i32]) -> i32),
    I64(fn(i64, &[i64]) -> i64),
    F32(fn(f32, &[f32]) -> f32),
    F64(fn(f64, &[f64]) -> f64),
    C128(fn(Complex64, &[Complex64]) -> Complex64),
}

impl Binary {
    /// The fast form of this function's reduction of elements of a type; without one, its loop on single elements
    /// does the same.
    #[must_use]
    pub fn fold(self, dtype: DType) -> Option<Fold> {
        match dtype {
            DType::Bool => bools(self).map(Fold::Bool),
            DType::U8 => integers(self).map(Fold::U8),
            DType::I32 => integers(self).map(Fold::I32),
            DType::I64 => integers(self).map(Fold::I64),
            DType::F32 => reals(self).map(Fold::F32),
            DType::F64 => reals(self).map(Fold::F64),
            DType::C128 => complexes(self).map(Fold::C128),
        }
    }
}

type Of<T> = fn(T, &[T]) -> T;

macro_rules! fold {
    ($a:ident, $b:ident => $value:expr) => {
        |start, xs| xs.iter().fold(start, |$a, &$b| $value)
    };
}

fn bools(function: Binary) -> Option<Of<bool>> {
    let fold: Of<bool> = match function {
        Binary::Add | Binary::LogicalOr | Binary::BitwiseOr | Binary::Maximum | Binary::Fmax => {
            |start, xs| start || xs.contains(&true)
        }
        Binary::Multiply | Binary::LogicalAnd | Binary::BitwiseAnd | Binary::Minimum | Binary::Fmin => {
            |start, xs| start && !xs.contains(&false)
        }
        Binary::LogicalXor | Binary::BitwiseXor => fold!(a, b => a ^ b),
        _ => return None,
    };
    Some(fold)
}

fn integers<T: Integer>(function: Binary) -> Option<Of<T>> {
    let fold: Of<T> = match function {
        Binary::Add => fold!(a, b => a.plus(b)),
        Binary::Multiply => fold!(a, b => a.times(b)),
        Binary::Maximum | Binary::Fmax => fold!(a, b => a.max(b)),
        Binary::Minimum | Binary::Fmin => fold!(a, b => a.min(b)),
        Binary::BitwiseAnd => fold!(a, b => a.and(b)),
        Binary::BitwiseOr => fold!(a, b => a.or(b)),
        Binary::BitwiseXor => fold!(a, b => a.xor(b)),
        _ => return None,
    };
    Some(fold)
}

fn reals<T: Real + PairwiseSum>(function: Binary) -> Option<Of<T>> {
    let fold: Of<T> = match function {
        Binary::Add => |start, xs| start + pairwise_sum(xs),
        Binary::Multiply => fold!(a, b => a * b),
        Binary::Maximum => |start, xs| side_by_side(start, xs, T::maximum),
        Binary::Minimum => |start, xs| side_by_side(start, xs, T::minimum),
        Binary::Fmax => |start, xs| side_by_side(start, xs, T::fmax),
        Binary::Fmin => |start, xs| side_by_side(start, xs, T::fmin),
        _ => return None,
    };
    Some(fold)
}

/// A fold that may be in any order and in which an element may be met twice: eight at once.
fn side_by_side<T: Copy>(start: T, xs: &[T], choose: impl Fn(T, T) -> T) -> T {
    let mut chosen = [start; LANES];
    let rows = xs.chunks_exact(LANES);
    let rest = rows.remainder();
    for row in rows {
        for (chosen, &x) in chosen.iter_mut().zip(row) {
            *chosen = choose(*chosen, x);
        }
    }
    chosen.iter().chain(rest).fold(start, |chosen, &x| choose(chosen, x))
}

fn complexes(function: Binary) -> Option<Of<Complex64>> {
    let fold: Of<Complex64> = match function {
        Binary::Add => |start, xs| start + pairwise_sum(xs),
        Binary::Multiply => fold!(a, b => complex::multiply(a, b)),
        Binary::Maximum => fold!(a, b => complex::maximum(a, b)),
        Binary::Minimum => fold!(a, b => complex::minimum(a, b)),
        _ => return None,
    };
    Some(fold)
}

/// Elements whose sum depends on the order in which they are added.
pub trait PairwiseSum: Number + Add<Output = Self> {
    /// Zero of the sign that no sum changes.
    const NOTHING: Self;
    /// How many real numbers it has.
    const PARTS: usize;
}

impl PairwiseSum for f32 {
    const NOTHING: Self = -0.0;
    const PARTS: usize = 1;
}

impl PairwiseSum for f64 {
    const NOTHING: Self = -0.0;
    const PARTS: usize = 1;
}

impl PairwiseSum for Complex64 {
    const NOTHING: Self = Self::new(-0.0, -0.0);
    const PARTS: usize = 2;
}

/// Of how many real numbers a sum is not halved further.
const BLOCK: usize = 128;
/// How many real numbers a block adds at once.
const LANES: usize = 8;

/// Adds all up, in halves down to blocks of eight sums side by side: the last bits are NumPy's.
#[must_use]
pub fn pairwise_sum<T: PairwiseSum>(xs: &[T]) -> T {
    match half::<T>(xs.len()) {
        None => block(xs),
        Some(half) => {
            let (left, right) = xs.split_at(half);
            pairwise_sum(left) + pairwise_sum(right)
        }
    }
}

/// [`pairwise_sum`] of what is not in a slice: `fetch` copies the elements in a range, at most 128 of them.
pub fn pairwise_sum_by<T: PairwiseSum>(range: Range<usize>, fetch: &mut impl FnMut(Range<usize>, &mut [T])) -> T {
    match half::<T>(range.len()) {
        None => {
            let mut buffer = [T::NOTHING; BLOCK];
            let xs = &mut buffer[..range.len()];
            fetch(range, xs);
            block(xs)
        }
        Some(half) => {
            let middle = range.start + half;
            pairwise_sum_by(range.start..middle, fetch) + pairwise_sum_by(middle..range.end, fetch)
        }
    }
}

/// How many elements are the first half, where there are too many for a block.
fn half<T: PairwiseSum>(count: usize) -> Option<usize> {
    let block = BLOCK / T::PARTS;
    (count > block).then(|| {
        // Half of the real numbers is a multiple of eight.
        let reals = count / 2 * T::PARTS + count % 2 * (T::PARTS / 2);
        (reals - reals % LANES) / T::PARTS
    })
}

/// Adds a block up.
fn block<T: PairwiseSum>(xs: &[T]) -> T {
    let lanes = LANES / T::PARTS;
    if xs.len() < lanes {
        return xs.iter().fold(T::NOTHING, |sum, &x| sum + x);
    }
    let mut sums = [T::NOTHING; LANES];
    let sums = &mut sums[..lanes];
    let rows = xs.chunks_exact(lanes);
    let rest = rows.remainder();
    for row in rows {
        for (sum, &x) in sums.iter_mut().zip(row) {
            *sum = *sum + x;
        }
    }
    let mut width = lanes;
    while width > 1 {
        for lane in 0..width / 2 {
            sums[lane] = sums[2 * lane] + sums[2 * lane + 1];
        }
        width /= 2;
    }
    rest.iter().fold(sums[0], |sum, &x| sum + x)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers whose sum depends on the order.
    fn series(count: usize) -> Vec<f64> {
        (1..=count).map(|n| 1.0 / n as f64).collect()
    }

    #[test]
    fn sums_are_added_in_numpys_order() {
        let xs = series(1000);
        for (count, sum) in
            [(7, 2.5928571428571425), (100, 5.187377517639621), (129, 5.440899030573669), (1000, 7.485470860550345)]
        {
            assert_eq!(pairwise_sum(&xs[..count]), sum, "{count} numbers");
            let by_block = pairwise_sum_by(0..count, &mut |range, out: &mut [f64]| out.copy_from_slice(&xs[range]));
            assert_eq!(by_block, sum, "{count} numbers, block by block");
        }
        let singles: Vec<f32> = xs.iter().map(|&x| x as f32).collect();
        assert_eq!(pairwise_sum(&singles), 7.4854717);
        let complexes: Vec<Complex64> = xs.iter().map(|&x| Complex64::new(x, x * x)).collect();
        assert_eq!(pairwise_sum(&complexes), Complex64::new(7.485470860550346, 1.6439345666815597));
        assert!(pairwise_sum::<f64>(&[]).is_sign_negative());
    }

    #[test]
    fn folds_go_on_from_what_there_is() {
        let Some(Fold::I64(add)) = Binary::Add.fold(DType::I64) else { panic!("no sum") };
        assert_eq!(add(i64::MAX, &[1, 1]), i64::MIN + 1);
        let Some(Fold::F64(greatest)) = Binary::Maximum.fold(DType::F64) else { panic!("no maximum") };
        assert_eq!(greatest(1.0, &[3.0, 2.0]), 3.0);
        assert!(greatest(1.0, &[f64::NAN, 2.0]).is_nan());
        let Some(Fold::Bool(all)) = Binary::LogicalAnd.fold(DType::Bool) else { panic!("no all") };
        assert!(all(true, &[]) && !all(true, &[true, false]));
        assert!(Binary::Divide.fold(DType::F64).is_none());
    }
}
