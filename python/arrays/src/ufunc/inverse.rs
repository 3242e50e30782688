//! The inverse functions of angles and hyperbolic functions of complex numbers,
//! by the method of Hull, Fairgrieve and Tang (1997): without cancellation
//! near the branch points, without overflow far away.

use num_complex::Complex64;

use super::exact;
use super::real::Real;

const NAN: Complex64 = Complex64::new(f64::NAN, f64::NAN);
const LN_2: f64 = std::f64::consts::LN_2;
const HALF_PI: f64 = std::f64::consts::FRAC_PI_2;
/// Above this one is lost beside a number.
const FAR: f64 = 1.0 / f64::EPSILON;
/// Below this a cube is lost beside a number.
const NEAR: f64 = 9.0e-9;

/// What both arcsinh and arccos come from, for `x`, `y` at least zero.
struct Inverse {
    /// The real part of arcsinh(x + iy).
    real: f64,
    /// A point in whose direction the imaginary part is: (across, along).
    across: f64,
    along: f64,
}

/// `(hypot(a, b) - b) / 2`
fn half_excess(a: f64, b: f64, hypot: f64) -> f64 {
    if b < 0.0 {
        (hypot - b) * 0.5
    } else if b == 0.0 {
        a * 0.5
    } else {
        a * a / (hypot + b) * 0.5
    }
}

fn inverse(x: f64, y: f64) -> Inverse {
    let above = exact::hypot(x, y + 1.0);
    let below = exact::hypot(x, y - 1.0);
    // Half the sum of the distances from the branch points.
    let a = ((above + below) * 0.5).max(1.0);
    let is_off_axis = x >= f64::EPSILON * (y - 1.0).abs();
    let real = if a >= 10.0 {
        Real::log(a + (a * a - 1.0).sqrt())
    } else if y == 1.0 && x < f64::EPSILON * f64::EPSILON / 128.0 {
        x.sqrt()
    } else if is_off_axis {
        let beyond = half_excess(x, 1.0 + y, above) + half_excess(x, 1.0 - y, below);
        Real::log1p(beyond + (beyond * (a + 1.0)).sqrt())
    } else if y < 1.0 {
        x / ((1.0 - y) * (1.0 + y)).sqrt()
    } else {
        Real::log1p((y - 1.0) + ((y - 1.0) * (y + 1.0)).sqrt())
    };
    let (across, along) = if y == 1.0 && x < f64::EPSILON / 128.0 {
        (y, x.sqrt() * ((a + y) * 0.5).sqrt())
    } else if is_off_axis {
        let beyond = half_excess(x, y + 1.0, above) + half_excess(x, y - 1.0, below);
        (y, (beyond * (a + y)).sqrt())
    } else if y > 1.0 {
        // Both are scaled, since x may be subnormal.
        let scale = 4.0 * FAR * FAR;
        (y * scale, x * scale * y / ((y + 1.0) * (y - 1.0)).sqrt())
    } else {
        (y, ((1.0 - y) * (1.0 + y)).sqrt())
    };
    Inverse { real, across, along }
}

/// The logarithm of twice the size of a number far away.
fn log_of_double(x: f64, y: f64) -> f64 {
    if x.is_infinite() || y.is_infinite() {
        return f64::INFINITY;
    }
    Real::log(exact::hypot(x * 0.25, y * 0.25)) + 3.0 * LN_2
}

pub(super) fn arcsinh(z: Complex64) -> Complex64 {
    let (x, y) = (z.re.abs(), z.im.abs());
    let signed = |re: f64, im: f64| Complex64::new(re.copysign(z.re), im.copysign(z.im));
    if x.is_nan() || y.is_nan() {
        return match (x.is_infinite(), y.is_infinite()) {
            (true, _) => Complex64::new(z.re, f64::NAN),
            (_, true) => Complex64::new(y, f64::NAN),
            _ if z.im == 0.0 => z,
            _ => NAN,
        };
    }
    if x > FAR || y > FAR {
        return signed(log_of_double(x, y), Real::arctan2(y, x));
    }
    if x < NEAR && y < NEAR {
        return z;
    }
    let of = inverse(x, y);
    signed(of.real, Real::arctan2(of.across, of.along))
}

pub(super) fn arccos(z: Complex64) -> Complex64 {
    let (x, y) = (z.re.abs(), z.im.abs());
    let signed = |re: f64, im: f64| Complex64::new(re, if z.im.is_sign_negative() { im } else { -im });
    if x.is_nan() || y.is_nan() {
        return match (x.is_infinite(), y.is_infinite()) {
            (true, _) => Complex64::new(f64::NAN, f64::NEG_INFINITY),
            (_, true) => Complex64::new(f64::NAN, -z.im),
            _ if z.re == 0.0 => Complex64::new(HALF_PI, f64::NAN),
            _ => NAN,
        };
    }
    if x > FAR || y > FAR {
        return signed(Real::arctan2(y, z.re), log_of_double(x, y));
    }
    if x < NEAR && y < NEAR {
        return Complex64::new(HALF_PI - z.re, -z.im);
    }
    let of = inverse(y, x);
    signed(Real::arctan2(of.along, of.across.copysign(z.re)), of.real)
}

pub(super) fn arccosh(z: Complex64) -> Complex64 {
    let angle = arccos(z);
    if angle.im.is_nan() {
        return Complex64::new(f64::NAN, angle.re);
    }
    Complex64::new(angle.im.abs(), angle.re.copysign(z.im))
}

pub(super) fn arcsin(z: Complex64) -> Complex64 {
    let turned = arcsinh(Complex64::new(z.im, z.re));
    Complex64::new(turned.im, turned.re)
}

pub(super) fn arctanh(z: Complex64) -> Complex64 {
    let (x, y) = (z.re.abs(), z.im.abs());
    let signed = |re: f64, im: f64| Complex64::new(re.copysign(z.re), im.copysign(z.im));
    if y == 0.0 && x <= 1.0 {
        return Complex64::new(Real::arctanh(z.re), z.im);
    }
    if x == 0.0 {
        return Complex64::new(z.re, Real::arctan(z.im));
    }
    if y.is_infinite() || (x.is_infinite() && !y.is_nan()) {
        return signed(0.0, HALF_PI);
    }
    if x.is_nan() || y.is_nan() {
        return Complex64::new(if x.is_infinite() { 0.0f64.copysign(z.re) } else { f64::NAN }, f64::NAN);
    }
    if x > FAR || y > FAR {
        return signed(real_of_reciprocal(x, y), HALF_PI);
    }
    if x < NEAR && y < NEAR {
        return z;
    }
    let real = if x == 1.0 && y < f64::EPSILON {
        (LN_2 - Real::log(y)) * 0.5
    } else {
        Real::log1p(4.0 * x / ((x - 1.0) * (x - 1.0) + y * y)) * 0.25
    };
    let angle = if x == 1.0 { Real::arctan2(2.0, -y) } else { Real::arctan2(2.0 * y, (1.0 - x) * (1.0 + x) - y * y) };
    signed(real, angle * 0.5)
}

pub(super) fn arctan(z: Complex64) -> Complex64 {
    let turned = arctanh(Complex64::new(z.im, z.re));
    Complex64::new(turned.im, turned.re)
}

/// The real part of 1 / (x + iy).
fn real_of_reciprocal(x: f64, y: f64) -> f64 {
    if x >= y {
        let ratio = y / x;
        1.0 / (x + y * ratio)
    } else {
        let ratio = x / y;
        ratio / (y + x * ratio)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(z: Complex64, re: f64, im: f64) {
        let apart = (z - Complex64::new(re, im)).norm();
        assert!(apart <= 4.0 * f64::EPSILON * re.hypot(im), "{z} is not {re} + {im}i");
    }

    fn c(re: f64, im: f64) -> Complex64 {
        Complex64::new(re, im)
    }

    #[test]
    fn values_are_near_numpys() {
        near(arcsin(c(2.0, 0.0)), HALF_PI, 1.3169578969248166);
        near(arcsin(c(2.0, -0.0)), HALF_PI, -1.3169578969248166);
        near(arccosh(c(0.5, 0.5)), 0.5306375309525179, 1.118517879643706);
        near(arctanh(c(0.5, 1.0)), 0.23887786125685911, 0.847575660670829);
        near(arctan(c(0.5, 1e300)), HALF_PI, 1e-300);
        near(arcsinh(c(1e308, -1e308)), 710.2359294130059, -std::f64::consts::FRAC_PI_4);
    }

    #[test]
    fn nothing_is_lost_near_branch_points() {
        let z = arcsin(c(1.0, 1e-10));
        near(c(z.im, 0.0), 1.0000000000083335e-5, 0.0);
        let z = arccosh(c(-1.0, 1e-20));
        near(c(z.re, 0.0), 1e-10, 0.0);
        near(c(z.im, 0.0), 3.141592653489793, 0.0);
    }
}
