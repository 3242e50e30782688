//! Binomial numbers: inversion while few are expected, else Kachitvichyanukul
//! and Schmeiser's BTPE (1988).

use super::bit_generator::BitGenerator;
use super::math::{exp, ln, ln_1p};

/// A binomial distribution.
pub(super) struct Binomial {
    n: i64,
    /// Whether what is counted is the misses.
    flipped: bool,
    way: Way,
}

enum Way {
    Zero,
    Inversion(Inversion),
    Btpe(Box<Btpe>),
}

impl Binomial {
    pub(super) fn new(n: i64, p: f64, legacy: bool) -> Self {
        let flipped = p > 0.5;
        let rarer = if flipped { 1.0 - p } else { p };
        let way = if !legacy && (n == 0 || p == 0.0) {
            // The older stream draws a number here all the same.
            Way::Zero
        } else if rarer * n as f64 <= 30.0 {
            Way::Inversion(Inversion::new(n, rarer, legacy))
        } else {
            Way::Btpe(Box::new(Btpe::new(n, rarer, legacy)))
        };
        Self { n, flipped: flipped && !matches!(way, Way::Zero), way }
    }

    pub(super) fn sample<B: BitGenerator>(&self, bits: &mut B) -> i64 {
        let count = match &self.way {
            Way::Zero => 0,
            Way::Inversion(inversion) => inversion.sample(bits),
            Way::Btpe(btpe) => btpe.sample(bits),
        };
        if self.flipped { self.n.wrapping_sub(count) } else { count }
    }
}

/// Goes along the probabilities of 0, 1, 2, … until they add up to a uniform number.
struct Inversion {
    n: i64,
    p: f64,
    q: f64,
    /// The probability of 0.
    none: f64,
    /// Past which it begins anew, as rounding might not let it end.
    bound: i64,
}

impl Inversion {
    fn new(n: i64, p: f64, legacy: bool) -> Self {
        let trials = n as f64;
        let q = 1.0 - p;
        let mean = trials * p;
        let none = exp(trials * if legacy { ln(q) } else { ln_1p(-p) });
        let bound = trials.min(mean + 10.0 * (mean * q + 1.0).sqrt()) as i64;
        Self { n, p, q, none, bound }
    }

    fn sample<B: BitGenerator>(&self, bits: &mut B) -> i64 {
        let (mut count, mut probability, mut rest) = (0, self.none, bits.next_f64());
        while rest > probability {
            count += 1;
            if count > self.bound {
                (count, probability, rest) = (0, self.none, bits.next_f64());
            } else {
                rest -= probability;
                let left = self.n.wrapping_sub(count).wrapping_add(1) as f64;
                probability = (left * self.p * probability) / (count as f64 * self.q);
            }
        }
        count
    }
}

/// Rejection under a triangle, two parallelograms and two exponential tails; the names are the article's.
struct Btpe {
    n: i64,
    r: f64,
    q: f64,
    m: i64,
    p1: f64,
    xm: f64,
    xl: f64,
    xr: f64,
    c: f64,
    lambda_l: f64,
    lambda_r: f64,
    p2: f64,
    p3: f64,
    p4: f64,
    stirling: Stirling,
}

/// What is added for Stirling's error: NumPy keeps an old stream's two mistakes in it.
#[derive(Clone, Copy)]
struct Stirling {
    first: f64,
    sign: f64,
}

impl Stirling {
    fn new(legacy: bool) -> Self {
        if legacy { Self { first: 13680.0, sign: 1.0 } } else { Self { first: 13860.0, sign: -1.0 } }
    }

    fn of(self, x: f64) -> f64 {
        let square = x * x;
        (self.first - (462.0 - (132.0 - (99.0 - 140.0 / square) / square) / square) / square) / x / 166_320.0
    }
}

/// What the first part of a trial gives.
enum Proposal {
    /// A number that needs no test.
    Certain(i64),
    /// A number, and the height that must lie under the density.
    Test(i64, f64),
    /// Nothing.
    Rejected,
}

impl Btpe {
    fn new(n: i64, p: f64, legacy: bool) -> Self {
        let trials = n as f64;
        let r = p.min(1.0 - p);
        let q = 1.0 - r;
        let fm = trials * r + r;
        let m = fm.floor() as i64;
        let p1 = (2.195 * (trials * r * q).sqrt() - 4.6 * q).floor() + 0.5;
        let xm = m as f64 + 0.5;
        let (xl, xr) = (xm - p1, xm + p1);
        let c = 0.134 + 20.5 / (15.3 + m as f64);
        let left = (fm - xl) / (fm - xl * r);
        let lambda_l = left * (1.0 + left / 2.0);
        let right = (xr - fm) / (xr * q);
        let lambda_r = right * (1.0 + right / 2.0);
        let p2 = p1 * (1.0 + 2.0 * c);
        let p3 = p2 + c / lambda_l;
        let p4 = p3 + c / lambda_r;
        Self { n, r, q, m, p1, xm, xl, xr, c, lambda_l, lambda_r, p2, p3, p4, stirling: Stirling::new(legacy) }
    }

    fn sample<B: BitGenerator>(&self, bits: &mut B) -> i64 {
        loop {
            match self.propose(bits) {
                Proposal::Certain(y) => return y,
                Proposal::Test(y, v) if self.accepts(y, v) => return y,
                Proposal::Test(..) | Proposal::Rejected => {}
            }
        }
    }

    fn propose<B: BitGenerator>(&self, bits: &mut B) -> Proposal {
        let u = bits.next_f64() * self.p4;
        let v = bits.next_f64();
        if u <= self.p1 {
            return Proposal::Certain((self.xm - self.p1 * v + u).floor() as i64);
        }
        if u <= self.p2 {
            let x = self.xl + (u - self.p1) / self.c;
            let v = v * self.c + 1.0 - (self.m as f64 - x + 0.5).abs() / self.p1;
            return if v > 1.0 { Proposal::Rejected } else { Proposal::Test(x.floor() as i64, v) };
        }
        let (y, v_scaled) = if u <= self.p3 {
            ((self.xl + ln(v) / self.lambda_l).floor() as i64, v * (u - self.p2) * self.lambda_l)
        } else {
            ((self.xr - ln(v) / self.lambda_r).floor() as i64, v * (u - self.p3) * self.lambda_r)
        };
        let outside = if u <= self.p3 { y < 0 } else { y > self.n };
        if outside || v == 0.0 { Proposal::Rejected } else { Proposal::Test(y, v_scaled) }
    }

    /// Whether a height lies under the density at `y`.
    fn accepts(&self, y: i64, v: f64) -> bool {
        let nrq = self.n as f64 * self.r * self.q;
        let k = y.wrapping_sub(self.m).wrapping_abs();
        let distance = k as f64;
        if k <= 20 || distance >= nrq / 2.0 - 1.0 {
            return v <= self.density_ratio(y);
        }
        let rho = (distance / nrq) * ((distance * (distance / 3.0 + 0.625) + 0.166_666_666_666_666_66) / nrq + 0.5);
        let t = k.wrapping_neg().wrapping_mul(k) as f64 / (2.0 * nrq);
        let height = ln(v);
        height < t - rho || (height <= t + rho && height <= self.ln_density(y))
    }

    /// The density at `y` over that at the mode, term by term.
    fn density_ratio(&self, y: i64) -> f64 {
        let s = self.r / self.q;
        let a = s * self.n.wrapping_add(1) as f64;
        let term = |i: i64| a / i as f64 - s;
        if self.m < y {
            (self.m + 1..=y).fold(1.0, |ratio, i| ratio * term(i))
        } else {
            (y + 1..=self.m).fold(1.0, |ratio, i| ratio / term(i))
        }
    }

    /// The logarithm of the density at `y` over that at the mode, by Stirling's formula.
    fn ln_density(&self, y: i64) -> f64 {
        let (n, m, at) = (self.n as f64, self.m as f64, y as f64);
        let x1 = at + 1.0;
        let f1 = m + 1.0;
        let z = n + 1.0 - m;
        let w = n - at + 1.0;
        let error = self.stirling;
        self.xm * ln(f1 / x1)
            + (self.n.wrapping_sub(self.m) as f64 + 0.5) * ln(z / w)
            + y.wrapping_sub(self.m) as f64 * ln(w * self.r / (x1 * self.q))
            + error.of(f1)
            + error.of(z)
            + error.sign * error.of(x1)
            + error.sign * error.of(w)
    }
}
