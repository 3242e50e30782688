//! Discrete Fourier transforms of lines of numbers.
//!
//! Many lines are one slice, one after the other. `factor` multiplies what a transform gives: 1, `1 / n` or
//! `1 / sqrt(n)`, as `norm` asks. A call plans once for all of its lines, and the thread keeps the plan.

use std::cell::RefCell;
use std::f64::consts::TAU;
use std::sync::Arc;

use rustfft::{Fft, FftDirection, FftPlanner};

use crate::Complex64;
use crate::error::{Error, Kind, Result};

/// Which way to transform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From samples to frequencies: the exponent is negative.
    Forward,
    /// From frequencies to samples.
    Inverse,
}

/// So many times its length is what a plan may keep: of a prime, that of a longer transform.
const PLAN: usize = 4;

thread_local! {
    static PLANS: RefCell<FftPlanner<f64>> = RefCell::new(FftPlanner::new());
}

fn plan(n: usize, direction: Direction) -> Result<Arc<dyn Fft<f64>>> {
    // What a plan keeps cannot be refused: there has to be room for it before.
    drop(room::<Complex64>(n.checked_mul(PLAN))?);
    let direction = match direction {
        Direction::Forward => FftDirection::Forward,
        Direction::Inverse => FftDirection::Inverse,
    };
    Ok(PLANS.with_borrow_mut(|plans| plans.plan_fft(n, direction)))
}

/// The memory in which a plan works.
fn scratch(plan: &dyn Fft<f64>) -> Result<Vec<Complex64>> {
    let len = plan.get_inplace_scratch_len();
    let mut scratch = room(Some(len))?;
    scratch.resize(len, Complex64::default());
    Ok(scratch)
}

fn no_points(n: usize) -> Error {
    Error::value(format!("Invalid number of FFT data points ({n}) specified."))
}

/// An empty list with room for `len` elements, if there is memory.
fn room<T>(len: Option<usize>) -> Result<Vec<T>> {
    let mut list = Vec::new();
    match len {
        Some(len) if list.try_reserve_exact(len).is_ok() => Ok(list),
        _ => Err(Error::new(Kind::Memory, "Unable to allocate the transform")),
    }
}

/// Transforms each line of `n` numbers in place. What is left over of a line stays as it is.
///
/// # Errors
///
/// `n` is 0, or there is no memory.
pub fn fft(lines: &mut [Complex64], n: usize, direction: Direction, factor: f64) -> Result<()> {
    if n == 0 {
        return Err(no_points(n));
    }
    if lines.len() < n {
        return Ok(());
    }
    let plan = plan(n, direction)?;
    let mut scratch = scratch(&*plan)?;
    for line in lines.chunks_exact_mut(n) {
        plan.process_with_scratch(line, &mut scratch);
        scale(line, factor);
    }
    Ok(())
}

fn scale(line: &mut [Complex64], factor: f64) {
    if factor != 1.0 {
        line.iter_mut().for_each(|z| *z *= factor);
    }
}

/// The frequencies from 0 to `n / 2` of each line of `n` real samples: `n / 2 + 1` numbers a line.
///
/// # Errors
///
/// `n` is 0, or there is no memory.
pub fn rfft(lines: &[f64], n: usize, factor: f64) -> Result<Vec<Complex64>> {
    if n == 0 {
        return Err(no_points(n));
    }
    let kept = n / 2 + 1;
    let mut out = room((lines.len() / n).checked_mul(kept))?;
    if lines.len() < n {
        return Ok(out);
    }
    let even = n.is_multiple_of(2);
    let size = if even { n / 2 } else { n };
    let plan = plan(size, Direction::Forward)?;
    let mut scratch = scratch(&*plan)?;
    let mut line = room(Some(size))?;
    let turns = if even { turns(n)? } else { Vec::new() };
    for samples in lines.chunks_exact(n) {
        line.clear();
        if even {
            // Neighbours become one complex number: a transform of half the size gives both.
            line.extend(samples.as_chunks::<2>().0.iter().map(|&[re, im]| Complex64::new(re, im)));
        } else {
            line.extend(samples.iter().map(|&re| Complex64::new(re, 0.0)));
        }
        plan.process_with_scratch(&mut line, &mut scratch);
        let start = out.len();
        if even {
            out.extend(turns.iter().enumerate().map(|(k, &turn)| {
                let (here, mirrored) = (line[k % size], line[(size - k) % size].conj());
                let (evens, odds) = ((here + mirrored) * 0.5, (here - mirrored) * 0.5);
                // `odds` is i times the odd samples' transform.
                evens + turn * Complex64::new(odds.im, -odds.re)
            }));
        } else {
            out.extend_from_slice(&line[..kept]);
        }
        let line = &mut out[start..];
        scale(line, factor);
        // Of real samples these two are real.
        line[0].im = 0.0;
        if even {
            line[kept - 1].im = 0.0;
        }
    }
    Ok(out)
}

/// The real samples, `n` a line, whose frequencies from 0 to `n / 2` are given, `n / 2 + 1` numbers a line.
/// What the first one and, with `n` even, the last one have of imaginary parts counts for nothing.
///
/// # Errors
///
/// `n` is 0, or there is no memory.
pub fn irfft(lines: &[Complex64], n: usize, factor: f64) -> Result<Vec<f64>> {
    if n == 0 {
        return Err(no_points(n));
    }
    let kept = n / 2 + 1;
    let mut out = room((lines.len() / kept).checked_mul(n))?;
    if lines.len() < kept {
        return Ok(out);
    }
    let even = n.is_multiple_of(2);
    let size = if even { n / 2 } else { n };
    let plan = plan(size, Direction::Inverse)?;
    let mut scratch = scratch(&*plan)?;
    let mut line = room(Some(size))?;
    let turns = if even { turns(n)? } else { Vec::new() };
    for frequencies in lines.chunks_exact(kept) {
        let at = |k: usize| {
            let z = frequencies[k];
            if k == 0 || 2 * k == n { Complex64::new(z.re, 0.0) } else { z }
        };
        line.clear();
        if even {
            // The way back of `rfft`: both halves in one transform.
            line.extend(turns[..size].iter().enumerate().map(|(k, turn)| {
                let (here, mirrored) = (at(k), at(size - k).conj());
                let odds = (here - mirrored) * turn.conj();
                here + mirrored + Complex64::new(-odds.im, odds.re)
            }));
        } else {
            line.extend((0..n).map(|k| if k < kept { at(k) } else { at(n - k).conj() }));
        }
        plan.process_with_scratch(&mut line, &mut scratch);
        if even {
            out.extend(line.iter().flat_map(|z| [z.re * factor, z.im * factor]));
        } else {
            out.extend(line.iter().map(|z| z.re * factor));
        }
    }
    Ok(out)
}

/// `exp(-2 pi i k / n)` for `k` from 0 to `n / 2`.
fn turns(n: usize) -> Result<Vec<Complex64>> {
    let turn = |k: usize| {
        // Angles up to an eighth of a turn only: the rest by symmetry, with the quarter exact.
        let (sin, cos) = match 8 * k / n {
            0 => (TAU * k as f64 / n as f64).sin_cos(),
            1 | 2 => {
                let (sin, cos) = (TAU * (n as f64 / 4.0 - k as f64) / n as f64).sin_cos();
                (cos, sin)
            }
            _ => {
                let (sin, cos) = (TAU * (n as f64 / 2.0 - k as f64) / n as f64).sin_cos();
                (sin, -cos)
            }
        };
        Complex64::new(cos, -sin)
    };
    let mut turns = room(Some(n / 2 + 1))?;
    turns.extend((0..=n / 2).map(turn));
    Ok(turns)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: Complex64, b: Complex64) {
        assert!((a - b).norm() <= 1e-14 * b.norm().max(1.0), "{a} {b}");
    }

    #[test]
    fn fft_is_numpys() {
        let mut lines: Vec<_> = [1.0, 2.0, 4.0, 0.0, 1.0, 0.0].map(|re| Complex64::new(re, 0.0)).to_vec();
        fft(&mut lines, 3, Direction::Forward, 1.0).unwrap();
        let root = 3.0_f64.sqrt() / 2.0;
        let expected = [(7.0, 0.0), (-2.0, 2.0 * root), (-2.0, -2.0 * root), (1.0, 0.0), (-0.5, -root), (-0.5, root)];
        for (z, (re, im)) in lines.iter().zip(expected) {
            close(*z, Complex64::new(re, im));
        }
        fft(&mut lines, 3, Direction::Inverse, 1.0 / 3.0).unwrap();
        close(lines[1], Complex64::new(2.0, 0.0));
    }

    #[test]
    fn real_transforms_are_the_complex_ones() {
        for n in 1..70 {
            let samples: Vec<f64> = (0..3 * n).map(|i| ((i * i * 7 + i) % 23) as f64 - 11.0).collect();
            let mut full: Vec<_> = samples.iter().map(|&re| Complex64::new(re, 0.0)).collect();
            fft(&mut full, n, Direction::Forward, 0.5).unwrap();
            let half = rfft(&samples, n, 0.5).unwrap();
            assert_eq!(half.len(), 3 * (n / 2 + 1));
            for (full, half) in full.chunks(n).zip(half.chunks(n / 2 + 1)) {
                half.iter().zip(full).for_each(|(&half, &full)| close(half, full));
            }
            let back = irfft(&half, n, 2.0 / n as f64).unwrap();
            for (back, sample) in back.iter().zip(&samples) {
                assert!((back - sample).abs() < 1e-13, "{n}");
            }
        }
    }

    /// What `np.fft.irfft([1+2j, 2+3j, 3+4j], n)` gives: the first one's imaginary part counts for nothing.
    #[test]
    fn irfft_of_odd_and_even_sizes() {
        let line = [Complex64::new(1.0, 2.0), Complex64::new(2.0, 3.0), Complex64::new(3.0, 4.0)];
        let odd = irfft(&line, 5, 0.2).unwrap();
        let expected = [2.2, -2.60533102, 0.73995492, -0.89274133, 1.55811743];
        assert!(odd.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-8), "{odd:?}");
        assert_eq!(irfft(&line, 4, 0.25).unwrap(), [2.0, -2.0, 0.0, 1.0]);
    }

    #[test]
    fn no_points_are_refused() {
        let text = "Invalid number of FFT data points (0) specified.";
        assert_eq!(fft(&mut [], 0, Direction::Forward, 1.0).unwrap_err().message, text);
        assert_eq!(rfft(&[], 0, 1.0).unwrap_err().message, text);
        assert_eq!(irfft(&[], 0, 1.0).unwrap_err().message, text);
        assert_eq!(rfft(&[], 3, 1.0).unwrap(), []);
    }
}
