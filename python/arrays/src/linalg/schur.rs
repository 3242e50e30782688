//! The Schur form: a triangular matrix that has a matrix's eigenvalues on its diagonal. A real one keeps blocks of two
//! by two there for conjugate pairs.

use std::ops::Range;

use num_complex::Complex64;

use super::Field;
use super::householder::{Reflection, apply_all};
use super::matrix::Matrix;
use super::rotation::Rotation;
use crate::error::Result;

/// Half the distance from 1 to the next number.
pub(super) const ROUNDING: f64 = f64::EPSILON / 2.0;

/// How many steps in a row may find no eigenvalue before one with another shift.
const PATIENCE: usize = 10;

/// A matrix that is the product of `vectors`, `form` and the adjoint of `vectors`.
pub(super) struct Schur<T> {
    /// A Hessenberg matrix, in the end triangular.
    pub(super) form: Matrix<T>,
    /// A unitary matrix.
    pub(super) vectors: Matrix<T>,
}

impl<T: Field> Schur<T> {
    /// Makes the active part of a matrix a Hessenberg one: with zeros below what is just below the diagonal.
    fn new(mut form: Matrix<T>, active: Range<usize>) -> Result<Self> {
        let n = form.rows();
        let reflections = (active.start + 1..active.end.saturating_sub(1)).map(|k| {
            let below = (k..active.end).map(|i| form[(i, k - 1)]).collect();
            let (reflection, beta) = Reflection::of(k, below);
            reflection.adjoint().apply_left(&mut form, k);
            reflection.apply_right(&mut form, 0);
            (k + 1..active.end).for_each(|i| form[(i, k - 1)] = T::default());
            form[(k, k - 1)] = T::real(beta);
            reflection
        });
        let reflections: Vec<_> = reflections.collect();
        let mut vectors = Matrix::identity(n, n)?;
        apply_all(&reflections, &mut vectors);
        Ok(Self { form, vectors })
    }

    /// Turns the rows and columns from `k` on so that `x`, which is theirs, comes onto the first axis. Gives what is
    /// there then.
    fn turn(&mut self, k: usize, x: Vec<T>) -> f64 {
        let (reflection, beta) = Reflection::of(k, x);
        reflection.adjoint().apply_left(&mut self.form, k);
        reflection.apply_right(&mut self.form, 0);
        reflection.apply_right(&mut self.vectors, 0);
        beta
    }

    /// Chases a bulge that begins with `x` down a part. Gives what the first turn made of `x`.
    fn chase(&mut self, part: Range<usize>, x: Vec<T>) -> f64 {
        let width = x.len();
        let first = self.turn(part.start, x);
        for k in part.start + 1..part.end - 1 {
            let rows = k..part.end.min(k + width);
            let beta = self.turn(k, rows.clone().map(|i| self.form[(i, k - 1)]).collect());
            rows.for_each(|i| self.form[(i, k - 1)] = T::default());
            self.form[(k, k - 1)] = T::real(beta);
        }
        first
    }

    /// Where the last part that does not fall apart begins.
    fn start(&self, active: Range<usize>) -> usize {
        let h = |i: usize, j: usize| self.form[(i, j)].size();
        let splits = |&k: &usize| {
            let below = h(k, k - 1);
            let mut nearby = h(k - 1, k - 1) + h(k, k);
            if nearby == 0.0 {
                let left = if k >= active.start + 2 { h(k - 1, k - 2) } else { 0.0 };
                nearby = left + if k + 1 < active.end { h(k + 1, k) } else { 0.0 };
            }
            if below <= f64::MIN_POSITIVE / ROUNDING {
                return true;
            }
            if below > ROUNDING * 2.0 * nearby {
                return false;
            }
            // What leaving it out changes of the two eigenvalues (Ahues and Tisseur).
            let gap = (self.form[(k - 1, k - 1)] - self.form[(k, k)]).size();
            let (large, small) = (below.max(h(k - 1, k)), below.min(h(k - 1, k)));
            let (far, near) = (gap.max(h(k, k)), gap.min(h(k, k)));
            let sum = far + large;
            small * (large / sum) <= (f64::MIN_POSITIVE / ROUNDING).max(2.0 * ROUNDING * (near * (far / sum)))
        };
        (active.start + 1..active.end).rev().find(splits).unwrap_or(active.start)
    }
}

/// The Schur form of a matrix of which only the `active` part is not triangular yet; nothing if it is not found.
pub(super) fn schur<T: Steps>(a: Matrix<T>, active: Range<usize>) -> Result<Option<Schur<T>>> {
    let mut schur = Schur::new(a, active.clone())?;
    let mut left = 30 * active.len().max(10);
    let mut end = active.end;
    let mut tries = 0;
    while end > active.start {
        let start = schur.start(active.start..end);
        if start > active.start {
            schur.form[(start, start - 1)] = T::default();
        }
        let found = match end - start {
            1 => 1,
            2 if T::finish_pair(&mut schur, start) => 2,
            _ => {
                if left == 0 {
                    return Ok(None);
                }
                left -= 1;
                tries += 1;
                T::step(&mut schur, start..end, tries % PATIENCE == 0);
                continue;
            }
        };
        end -= found;
        tries = 0;
    }
    Ok(Some(schur))
}

/// The steps that differ between real and complex numbers.
pub(super) trait Steps: Field {
    /// One QR step on a part, with an unusual shift where the usual ones found nothing.
    fn step(schur: &mut Schur<Self>, part: Range<usize>, unusual: bool);

    /// Brings a block of two rows into its form, if it may stay one.
    fn finish_pair(schur: &mut Schur<Self>, start: usize) -> bool;
}

impl Steps for f64 {
    /// Francis's step, with both shifts at once: they may be a conjugate pair.
    fn step(schur: &mut Schur<f64>, part: Range<usize>, unusual: bool) {
        let h = &schur.form;
        let (first, last) = (part.start, part.end - 1);
        let corner = if unusual {
            let s = h[(last, last - 1)].abs() + h[(last - 1, last - 2)].abs();
            let diagonal = 0.75 * s + h[(last, last)];
            [diagonal, -0.4375 * s, s, diagonal]
        } else {
            [h[(last - 1, last - 1)], h[(last - 1, last)], h[(last, last - 1)], h[(last, last)]]
        };
        let (shift, other, im) = shifts(corner);
        // The first column of the product of what both shifts leave, from row `m` on.
        let column = |m: usize| {
            let (here, below) = (h[(m, m)], h[(m + 1, m)]);
            let s = (here - other).abs() + im.abs() + below.abs();
            let scaled = below / s;
            // `im` belongs to both shifts, with opposite signs.
            let x = scaled * h[(m, m + 1)] + (here - shift) * ((here - other) / s) + im * (im / s);
            let y = scaled * (here + h[(m + 1, m + 1)] - shift - other);
            let z = scaled * h[(m + 2, m + 1)];
            let s = x.abs() + y.abs() + z.abs();
            [x / s, y / s, z / s]
        };
        // Two small elements below the diagonal, one after the other, let the step begin there.
        let begins = |&m: &usize| {
            let [x, y, z] = column(m);
            let nearby = h[(m - 1, m - 1)].abs() + h[(m, m)].abs() + h[(m + 1, m + 1)].abs();
            h[(m, m - 1)].abs() * (y.abs() + z.abs()) <= 2.0 * ROUNDING * x.abs() * nearby
        };
        let m = (first + 1..last - 1).rev().find(begins).unwrap_or(first);
        let x = column(m);
        let beta = schur.chase(m..part.end, x.to_vec());
        if m > first && beta != 0.0 {
            // What the first reflection leaves there; the little that it spreads below is left out.
            schur.form[(m, m - 1)] *= x[0] / beta;
        }
    }

    fn finish_pair(schur: &mut Schur<f64>, i: usize) -> bool {
        let h = &schur.form;
        let ([a, b, c, d], rotation) = standardise([h[(i, i)], h[(i, i + 1)], h[(i + 1, i)], h[(i + 1, i + 1)]]);
        rotation.apply(&mut schur.form, i, i + 1);
        rotation.apply_columns(&mut schur.form, i, i + 1);
        rotation.apply_columns(&mut schur.vectors, i, i + 1);
        let h = &mut schur.form;
        (h[(i, i)], h[(i, i + 1)], h[(i + 1, i)], h[(i + 1, i + 1)]) = (a, b, c, d);
        true
    }
}

/// The eigenvalues of a block of two rows as real parts and the imaginary part of the first; of two real ones that
/// which is nearer to the last element, twice.
fn shifts(corner: [f64; 4]) -> (f64, f64, f64) {
    let s = corner.iter().map(|x| x.abs()).sum::<f64>();
    if s == 0.0 {
        return (0.0, 0.0, 0.0);
    }
    let [a, b, c, d] = corner.map(|x| x / s);
    let middle = (a + d) / 2.0;
    let det = (a - middle) * (d - middle) - b * c;
    let root = det.abs().sqrt();
    if det >= 0.0 {
        return (middle * s, middle * s, root * s);
    }
    let (one, two) = (middle + root, middle - root);
    let nearer = s * if (one - d).abs() <= (two - d).abs() { one } else { two };
    (nearer, nearer, 0.0)
}

/// Turns a block of two rows so that it is triangular, or has equal elements on its diagonal and a conjugate pair.
fn standardise([a, b, c, d]: [f64; 4]) -> ([f64; 4], Rotation) {
    let sign = |x: f64| 1.0_f64.copysign(x);
    if c == 0.0 || (b != 0.0 && a == d && sign(b) != sign(c)) {
        return ([a, b, c, d], Rotation { cos: 1.0, sin: 0.0 });
    }
    if b == 0.0 {
        return ([d, -c, 0.0, a], Rotation { cos: 0.0, sin: 1.0 });
    }
    let half = 0.5 * (a - d);
    let (large, small) = (b.abs().max(c.abs()), b.abs().min(c.abs()) * sign(b) * sign(c));
    let scale = half.abs().max(large);
    let z = half / scale * half + large / scale * small;
    if z >= 4.0 * f64::EPSILON {
        // Two real eigenvalues.
        let z = half + (scale.sqrt() * z.sqrt()).copysign(half);
        let length = c.hypot(z);
        return ([d + z, b - c, 0.0, d - large / z * small], Rotation { cos: z / length, sin: c / length });
    }
    // A pair, or two that are nearly equal: equal elements on the diagonal first.
    let sigma = b + c;
    let length = sigma.hypot(2.0 * half);
    let cos = (0.5 * (1.0 + sigma.abs() / length)).sqrt();
    let sin = -(half / (length * cos)) * sign(sigma);
    let (aa, bb, cc, dd) = (a * cos + b * sin, b * cos - a * sin, c * cos + d * sin, d * cos - c * sin);
    let (b, c) = (bb * cos + dd * sin, cc * cos - aa * sin);
    let middle = 0.5 * ((aa * cos + cc * sin) + (dd * cos - bb * sin));
    if c == 0.0 || (b != 0.0 && sign(b) != sign(c)) {
        return ([middle, b, c, middle], Rotation { cos, sin });
    }
    if b == 0.0 {
        return ([middle, -c, 0.0, middle], Rotation { cos: -sin, sin: cos });
    }
    let (root_b, root_c) = (b.abs().sqrt(), c.abs().sqrt());
    let p = (root_b * root_c).copysign(c);
    let inverse = 1.0 / (b + c).abs().sqrt();
    let (cos1, sin1) = (root_b * inverse, root_c * inverse);
    let rotation = Rotation { cos: cos * cos1 - sin * sin1, sin: cos * sin1 + sin * cos1 };
    ([middle + p, b - c, 0.0, middle - p], rotation)
}

impl Steps for Complex64 {
    fn step(schur: &mut Schur<Complex64>, part: Range<usize>, unusual: bool) {
        let h = &schur.form;
        let last = part.end - 1;
        let corner = h[(last, last)];
        let shift = if unusual {
            corner + 0.75 * h[(last, last - 1)].size()
        } else {
            // The corner's eigenvalue that is nearer to its last element.
            let half = (h[(last - 1, last - 1)] - corner) * 0.5;
            let product = h[(last - 1, last)].sqrt() * h[(last, last - 1)].sqrt();
            let s = half.size().max(product.size());
            if s == 0.0 {
                corner
            } else {
                let (x, u) = (half / s, product / s);
                let root = (x * x + u * u).sqrt() * s;
                let root = if half.re * root.re + half.im * root.im < 0.0 { -root } else { root };
                corner - product * product.over(half + root)
            }
        };
        let x = vec![h[(part.start, part.start)] - shift, h[(part.start + 1, part.start)]];
        schur.chase(part, x);
    }

    fn finish_pair(_: &mut Schur<Complex64>, _: usize) -> bool {
        false
    }
}
