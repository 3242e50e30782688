//! Singular values of bidiagonal matrices: implicit QR steps, without a shift where it would cost small values their
//! accuracy (Demmel and Kahan).

use super::matrix::Matrix;
use super::rotation::Rotation;

/// Half the distance from 1 to the next number.
const ROUNDING: f64 = f64::EPSILON / 2.0;

/// To which part of themselves singular values are found: the rounding times its power of -1/8.
const TOLERANCE: f64 = 98.7 * ROUNDING;

/// How many sweeps over everything a value may take on average.
const SWEEPS: usize = 6;

/// A square matrix with zeros but on the diagonal and just above it.
pub(super) struct Bidiagonal {
    diagonal: Vec<f64>,
    above: Vec<f64>,
}

/// What is turned along with a bidiagonal matrix: the rows of both.
pub(super) struct Turned {
    pub(super) left: Matrix<f64>,
    pub(super) right: Matrix<f64>,
}

/// A part of the matrix that does not fall apart, walked from one of its ends.
#[derive(Clone, Copy, PartialEq)]
struct Block {
    first: usize,
    last: usize,
    /// Whether it is walked from the last row to the first: its transpose, that is.
    upwards: bool,
}

impl Block {
    fn steps(self) -> usize {
        self.last - self.first
    }

    fn at(self, step: usize) -> usize {
        if self.upwards { self.last - step } else { self.first + step }
    }

    /// The index of what is above the diagonal between this step and the next.
    fn beside(self, step: usize) -> usize {
        self.at(step).min(self.at(step + 1))
    }

    /// Turns the vectors of this step and the next: by the first rotation the right ones.
    fn turn(self, step: usize, right: Rotation, left: Rotation, turned: &mut Turned) {
        let (right, left) = if self.upwards { (left, right) } else { (right, left) };
        right.apply(&mut turned.right, self.at(step), self.at(step + 1));
        left.apply(&mut turned.left, self.at(step), self.at(step + 1));
    }
}

impl Bidiagonal {
    pub(super) fn new(diagonal: Vec<f64>, above: Vec<f64>) -> Self {
        Self { diagonal, above }
    }

    pub(super) fn len(&self) -> usize {
        self.diagonal.len()
    }

    pub(super) fn into_values(self) -> Vec<f64> {
        self.diagonal
    }

    /// Makes the transpose diagonal, which has its elements below the diagonal.
    pub(super) fn diagonalise_lower(&mut self, turned: &mut Turned) -> Option<()> {
        let n = self.len();
        let mut rotations = Vec::with_capacity(n);
        for i in 0..n.saturating_sub(1) {
            let (rotation, r) = Rotation::onto_first(self.diagonal[i], self.above[i]);
            self.diagonal[i] = r;
            self.above[i] = rotation.sin * self.diagonal[i + 1];
            self.diagonal[i + 1] *= rotation.cos;
            rotations.push(rotation);
        }
        self.diagonalise(turned)?;
        // The rows of `left` are columns: what was turned first is multiplied last.
        for (i, rotation) in rotations.into_iter().enumerate().rev() {
            rotation.back().apply_columns(&mut turned.left, i, i + 1);
        }
        Some(())
    }

    /// Makes the matrix diagonal, with values that are not negative, the greatest first; nothing if that fails.
    pub(super) fn diagonalise(&mut self, turned: &mut Turned) -> Option<()> {
        let n = self.len();
        let threshold = self.threshold();
        let mut left = SWEEPS.saturating_mul(n).saturating_mul(n);
        let mut end = n;
        let mut before = None;
        while end > 1 {
            let last = end - 1;
            let split = (0..last).rev().find(|&i| self.above[i].abs() <= threshold);
            if let Some(split) = split {
                self.above[split] = 0.0;
            }
            let first = split.map_or(0, |split| split + 1);
            if first == last {
                end = last;
                continue;
            }
            if first + 1 == last {
                self.solve_pair(first, turned);
                end = first;
                continue;
            }
            let block = self.block(first, last, before);
            let Some(smallest) = self.smallest(block) else { continue };
            before = Some(block);
            left = left.checked_sub(block.steps())?;
            let shift = self.shift(block, smallest);
            if shift == 0.0 {
                self.step_unshifted(block, turned);
            } else {
                self.step(block, shift, turned);
            }
            let end = &mut self.above[block.beside(block.steps() - 1)];
            if end.abs() <= threshold {
                *end = 0.0;
            }
        }
        self.order(turned);
        Some(())
    }

    /// Elements above the diagonal that are no larger are zeros.
    fn threshold(&self) -> f64 {
        let n = self.len() as f64;
        let mut bound = self.diagonal.first().map_or(0.0, |x| x.abs());
        let mut least = bound;
        for (x, above) in self.diagonal.iter().skip(1).zip(&self.above) {
            if least == 0.0 {
                break;
            }
            bound = x.abs() * (bound / (bound + above.abs()));
            least = least.min(bound);
        }
        let smallest = SWEEPS as f64 * (n * (n * f64::MIN_POSITIVE));
        (TOLERANCE * (least / n.sqrt())).max(smallest)
    }

    /// The block with the direction in which it shrinks: that of the step before, if it is a part of that one's block.
    fn block(&self, first: usize, last: usize, before: Option<Block>) -> Block {
        let upwards = match before {
            Some(before) if first <= before.last && last >= before.first => before.upwards,
            _ => self.diagonal[first].abs() < self.diagonal[last].abs(),
        };
        Block { first, last, upwards }
    }

    /// A lower bound of the block's singular values; nothing if an element above the diagonal was found to be zero.
    fn smallest(&mut self, block: Block) -> Option<f64> {
        let steps = block.steps();
        let end = block.beside(steps - 1);
        if self.above[end].abs() <= TOLERANCE * self.diagonal[block.at(steps)].abs() {
            self.above[end] = 0.0;
            return None;
        }
        let mut bound = self.diagonal[block.at(0)].abs();
        let mut smallest = bound;
        for step in 0..steps {
            let above = &mut self.above[block.beside(step)];
            if above.abs() <= TOLERANCE * bound {
                *above = 0.0;
                return None;
            }
            bound = self.diagonal[block.at(step + 1)].abs() * (bound / (bound + above.abs()));
            smallest = smallest.min(bound);
        }
        Some(smallest)
    }

    /// The shift of a step: 0 where it would make small singular values inaccurate.
    fn shift(&self, block: Block, smallest: f64) -> f64 {
        let diagonal = self.diagonal[block.first..=block.last].iter();
        let greatest = diagonal.chain(&self.above[block.first..block.last]).fold(0.0, |max: f64, x| max.max(x.abs()));
        if self.len() as f64 * TOLERANCE * (smallest / greatest) <= ROUNDING.max(0.01 * TOLERANCE) {
            return 0.0;
        }
        let last = block.beside(block.steps() - 1);
        let shift = least_of_pair(self.diagonal[last], self.above[last], self.diagonal[last + 1]);
        let start = self.diagonal[block.at(0)].abs();
        if start > 0.0 && (shift / start).powi(2) < ROUNDING { 0.0 } else { shift }
    }

    fn step_unshifted(&mut self, block: Block, turned: &mut Turned) {
        let (d, e) = (&mut self.diagonal, &mut self.above);
        let mut right = Rotation { cos: 1.0, sin: 0.0 };
        let mut left = right;
        for step in 0..block.steps() {
            let (here, next) = (block.at(step), block.at(step + 1));
            let r;
            (right, r) = Rotation::onto_first(d[here] * right.cos, e[block.beside(step)]);
            if step > 0 {
                e[block.beside(step - 1)] = left.sin * r;
            }
            (left, d[here]) = Rotation::onto_first(left.cos * r, d[next] * right.sin);
            block.turn(step, right, left, turned);
        }
        let end = block.at(block.steps());
        let h = d[end] * right.cos;
        d[end] = h * left.cos;
        e[block.beside(block.steps() - 1)] = h * left.sin;
    }

    fn step(&mut self, block: Block, shift: f64, turned: &mut Turned) {
        let (d, e) = (&mut self.diagonal, &mut self.above);
        let start = d[block.at(0)];
        let mut f = (start.abs() - shift) * (1.0_f64.copysign(start) + shift / start);
        let mut g = e[block.beside(0)];
        for step in 0..block.steps() {
            let (here, next, beside) = (block.at(step), block.at(step + 1), block.beside(step));
            let (right, r) = Rotation::onto_first(f, g);
            if step > 0 {
                e[block.beside(step - 1)] = r;
            }
            f = right.cos * d[here] + right.sin * e[beside];
            e[beside] = right.cos * e[beside] - right.sin * d[here];
            g = right.sin * d[next];
            d[next] *= right.cos;
            let left;
            (left, d[here]) = Rotation::onto_first(f, g);
            f = left.cos * e[beside] + left.sin * d[next];
            d[next] = left.cos * d[next] - left.sin * e[beside];
            if step + 1 < block.steps() {
                let beyond = block.beside(step + 1);
                g = left.sin * e[beyond];
                e[beyond] *= left.cos;
            }
            block.turn(step, right, left, turned);
        }
        e[block.beside(block.steps() - 1)] = f;
    }

    /// Makes the two by two block at this index diagonal.
    fn solve_pair(&mut self, i: usize, turned: &mut Turned) {
        let pair = Pair::new(self.diagonal[i], self.above[i], self.diagonal[i + 1]);
        (self.diagonal[i], self.above[i], self.diagonal[i + 1]) = (pair.greatest, 0.0, pair.least);
        pair.right.apply(&mut turned.right, i, i + 1);
        pair.left.apply(&mut turned.left, i, i + 1);
    }

    /// Turns negative values around and sorts, with as few swaps as that takes.
    fn order(&mut self, turned: &mut Turned) {
        let n = self.len();
        // LAPACK turns the left vector of a matrix with one element, else the right ones.
        let turned_around = if n == 1 { &mut turned.left } else { &mut turned.right };
        for i in 0..n {
            if self.diagonal[i] == 0.0 {
                // No minus zero.
                self.diagonal[i] = 0.0;
            } else if self.diagonal[i] < 0.0 {
                self.diagonal[i] = -self.diagonal[i];
                turned_around.row_mut(i).iter_mut().for_each(|x| *x = -*x);
            }
        }
        for end in (1..n).rev() {
            let mut least = 0;
            for j in 1..=end {
                if self.diagonal[j] <= self.diagonal[least] {
                    least = j;
                }
            }
            self.diagonal.swap(least, end);
            turned.right.swap_rows(least, end);
            turned.left.swap_rows(least, end);
        }
    }
}

/// The lesser singular value of `[[f, g], [0, h]]`.
fn least_of_pair(f: f64, g: f64, h: f64) -> f64 {
    let (least, greatest, g) = (f.abs().min(h.abs()), f.abs().max(h.abs()), g.abs());
    if least == 0.0 {
        return 0.0;
    }
    let (sum, difference) = (1.0 + least / greatest, (greatest - least) / greatest);
    if g < greatest {
        let square = (g / greatest).powi(2);
        return least * (2.0 / ((sum * sum + square).sqrt() + (difference * difference + square).sqrt()));
    }
    let ratio = greatest / g;
    if ratio == 0.0 {
        return least * greatest / g;
    }
    let c = 1.0 / ((1.0 + (sum * ratio).powi(2)).sqrt() + (1.0 + (difference * ratio).powi(2)).sqrt());
    2.0 * (least * c * ratio)
}

/// The singular values of `[[f, g], [0, h]]`, and the rotations that bring them onto the diagonal.
struct Pair {
    greatest: f64,
    least: f64,
    right: Rotation,
    left: Rotation,
}

impl Pair {
    fn new(f: f64, g: f64, h: f64) -> Self {
        let swapped = h.abs() > f.abs();
        let (large, small) = if swapped { (h, f) } else { (f, h) };
        let (least, greatest, left, right) = Self::angles(large, g, small);
        let (left, right) = if swapped {
            let turned = |rotation: Rotation| Rotation { cos: rotation.sin, sin: rotation.cos };
            (turned(right), turned(left))
        } else {
            (left, right)
        };
        // The sign comes from the largest of the three.
        let sign = |x: f64| 1.0_f64.copysign(x);
        let sign_of_greatest = if g.abs() > large.abs() {
            sign(right.sin) * sign(left.cos) * sign(g)
        } else if swapped {
            sign(right.sin) * sign(left.sin) * sign(h)
        } else {
            sign(right.cos) * sign(left.cos) * sign(f)
        };
        let sign_of_least = sign_of_greatest * sign(f) * sign(h);
        Self { greatest: greatest.copysign(sign_of_greatest), least: least.copysign(sign_of_least), right, left }
    }

    /// The values' sizes and the rotations of the left and of the right, where `f` is not smaller than `h`.
    fn angles(f: f64, g: f64, h: f64) -> (f64, f64, Rotation, Rotation) {
        let (fa, ga, ha) = (f.abs(), g.abs(), h.abs());
        if ga == 0.0 {
            let none = Rotation { cos: 1.0, sin: 0.0 };
            return (ha, fa, none, none);
        }
        if ga > fa && fa / ga < ROUNDING {
            let least = if ha > 1.0 { fa / (ga / ha) } else { fa / ga * ha };
            return (least, ga, Rotation { cos: 1.0, sin: h / g }, Rotation { cos: f / g, sin: 1.0 });
        }
        let difference = fa - ha;
        let l = if difference == fa { 1.0 } else { difference / fa };
        let m = g / f;
        let t = 2.0 - l;
        let s = (t * t + m * m).sqrt();
        let r = if l == 0.0 { m.abs() } else { (l * l + m * m).sqrt() };
        let a = 0.5 * (s + r);
        let t = if m * m != 0.0 {
            (m / (s + t) + m / (r + l)) * (1.0 + a)
        } else if l == 0.0 {
            2.0_f64.copysign(f) * 1.0_f64.copysign(g)
        } else {
            g / difference.copysign(f) + m / t
        };
        let length = (t * t + 4.0).sqrt();
        let right = Rotation { cos: 2.0 / length, sin: t / length };
        let left = Rotation { cos: (right.cos + right.sin * m) / a, sin: h / f * right.sin / a };
        (ha / a, fa * a, left, right)
    }
}
