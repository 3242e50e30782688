//! Distributions of real numbers.

use super::bit_generator::BitGenerator;
use super::constraint::Constraint;
use super::math::{exp, ln, ln_1p, pow};
use super::stream::Stream;
use crate::error::Kind;
use crate::{Error, Result};

/// A distribution of real numbers, with its parameters as NumPy names them.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "the parameters are NumPy's")]
pub enum Continuous {
    /// `uniform`
    Uniform { low: f64, high: f64 },
    /// `normal`
    Normal { loc: f64, scale: f64 },
    /// `lognormal`
    Lognormal { mean: f64, sigma: f64 },
    /// `exponential`
    Exponential { scale: f64 },
    /// `gamma`; `standard_gamma` with a scale of 1
    Gamma { shape: f64, scale: f64 },
    /// `beta`
    Beta { a: f64, b: f64 },
}

impl Continuous {
    /// Whether the parameters are as they must be.
    pub(super) fn check(self, legacy: bool) -> Result<()> {
        match self {
            Self::Uniform { low, high } => check_range(high - low, legacy),
            Self::Normal { scale, .. } | Self::Exponential { scale } => Constraint::NonNegative.check(scale, "scale"),
            Self::Lognormal { sigma, .. } => Constraint::NonNegative.check(sigma, "sigma"),
            Self::Gamma { shape, scale } => {
                Constraint::NonNegative.check(shape, "shape")?;
                Constraint::NonNegative.check(scale, "scale")
            }
            Self::Beta { a, b } => {
                Constraint::Positive.check(a, "a")?;
                Constraint::Positive.check(b, "b")
            }
        }
    }

    /// One number of it.
    pub(super) fn sample<S: Stream>(self, stream: &mut S) -> f64 {
        match self {
            Self::Uniform { low, high } => low + (high - low) * stream.bits().next_f64(),
            Self::Normal { loc, scale } => loc + scale * stream.standard_normal(),
            Self::Lognormal { mean, sigma } => exp(mean + sigma * stream.standard_normal()),
            Self::Exponential { scale } => scale * stream.standard_exponential(),
            Self::Gamma { shape, scale } => scale * standard_gamma(stream, shape),
            Self::Beta { a, b } => beta(stream, a, b),
        }
    }
}

fn check_range(range: f64, legacy: bool) -> Result<()> {
    match (range.is_finite(), legacy) {
        (false, true) => Err(Error::new(Kind::Overflow, "Range exceeds valid bounds")),
        (false, false) => Err(Error::new(Kind::Overflow, "high - low range exceeds valid bounds")),
        (true, true) => Ok(()),
        (true, false) => Constraint::NonNegative.check(range, "high - low"),
    }
}

/// A gamma number: Ahrens and Dieter's rejection below a shape of 1, Marsaglia and Tsang's above it.
fn standard_gamma<S: Stream>(stream: &mut S, shape: f64) -> f64 {
    if shape == 1.0 {
        return stream.standard_exponential();
    }
    if shape == 0.0 {
        return 0.0;
    }
    if shape < 1.0 { small_gamma(stream, shape) } else { large_gamma(stream, shape) }
}

fn small_gamma<S: Stream>(stream: &mut S, shape: f64) -> f64 {
    loop {
        let u = stream.bits().next_f64();
        let v = stream.standard_exponential();
        if u <= 1.0 - shape {
            let x = pow(u, 1.0 / shape);
            if x <= v {
                return x;
            }
        } else {
            let y = -ln((1.0 - u) / shape);
            let x = pow(1.0 - shape + shape * y, 1.0 / shape);
            if x <= v + y {
                return x;
            }
        }
    }
}

fn large_gamma<S: Stream>(stream: &mut S, shape: f64) -> f64 {
    let b = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * b).sqrt();
    loop {
        let (x, root) = loop {
            let x = stream.standard_normal();
            let root = 1.0 + c * x;
            // A NaN goes on, as it does in NumPy.
            if root <= 0.0 {
                continue;
            }
            break (x, root);
        };
        let v = root * root * root;
        let u = stream.bits().next_f64();
        if u < 1.0 - 0.0331 * (x * x) * (x * x) || ln(u) < 0.5 * x * x + b * (1.0 - v + ln(v)) {
            return b * v;
        }
    }
}

/// A beta number: Jöhnk's rejection where both parameters are small, else of two gamma numbers.
fn beta<S: Stream>(stream: &mut S, a: f64, b: f64) -> f64 {
    if a > 1.0 || b > 1.0 || a.is_nan() || b.is_nan() {
        let first = standard_gamma(stream, a);
        return first / (first + standard_gamma(stream, b));
    }
    // So small that nothing but 0 and 1 comes out.
    if !S::LEGACY && a < 3e-103 && b < 3e-103 {
        return f64::from((a + b) * stream.bits().next_f64() < a);
    }
    loop {
        let u = stream.bits().next_f64();
        let v = stream.bits().next_f64();
        let (x, y) = (pow(u, 1.0 / a), pow(v, 1.0 / b));
        if x + y > 1.0 || (!S::LEGACY && u + v <= 0.0) {
            continue;
        }
        let exact = if S::LEGACY { x + y > 0.0 } else { x > 0.0 && y > 0.0 };
        return if exact { x / (x + y) } else { underflowed_beta(ln(u) / a, ln(v) / b, S::LEGACY) };
    }
}

/// x / (x + y) from the logarithms of both.
fn underflowed_beta(x: f64, y: f64, legacy: bool) -> f64 {
    if legacy {
        let larger = if x > y { x } else { y };
        let (x, y) = (x - larger, y - larger);
        return exp(x - ln(exp(x) + exp(y)));
    }
    let delta = x - y;
    if delta > 0.0 { exp(-ln_1p(exp(-delta))) } else { exp(delta - ln_1p(exp(delta))) }
}
