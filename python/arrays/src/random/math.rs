//! The functions of numbers that the streams are made with.
//!
//! NumPy takes them from the C library, so a stream is the same to the last bit
//! only with that library's rounding. These are glibc's, as it rounds on
//! processors that multiply and add in one step (nearly all of the last ten
//! years), and they are so on every machine and in the browser. They were
//! compared with version 2.36.
//!
//! WebAssembly has no such step, and a function in its place costs more than
//! all the rest. But the last thing that these do is to add a small number to
//! a large one, whose last bits decide. So the small one is worked out plainly
//! first, which changes it by less than a known bound (those in the comments
//! are of both ways' roundings together): only where that might matter, once
//! in a thousand or in twenty times, is it worked out as glibc does it.

mod exp;
mod ln;
mod ln_1p;
mod ln_1p_f32;
mod pow;
mod single;
mod tables;

pub(super) use exp::exp;
pub(super) use ln::ln;
pub(super) use ln_1p::ln_1p;
pub(super) use ln_1p_f32::ln_1p_f32;
pub(super) use pow::pow;
pub(super) use single::{exp_f32, ln_f32, pow_f32};

/// The logarithm of 2 in two parts, of which the first times an exponent is exact.
const LN_2: [f64; 2] = [f64::from_bits(0x3fe6_2e42_fefa_3800), f64::from_bits(0x3d2e_f357_93c7_6730)];

/// Numbers given as bits.
const fn from_bits<const N: usize>(bits: [u64; N]) -> [f64; N] {
    let mut numbers = [0.0; N];
    let mut i = 0;
    while i < N {
        numbers[i] = f64::from_bits(bits[i]);
        i += 1;
    }
    numbers
}

/// The sum of `high` and a number that is within `error` of `low`, if it is the same for all of these.
fn certain_sum(high: f64, low: f64, error: f64) -> Option<f64> {
    let sum = high + (low + error);
    (sum == high + (low - error)).then_some(sum)
}

/// A product, rounded, and what rounding took from it.
fn exact_product(a: f64, b: f64) -> (f64, f64) {
    // Two numbers of 26 bits have an exact product, and what is left has no more bits.
    let upper = |x: f64| f64::from_bits(x.to_bits().wrapping_add(1 << 26) & (!0 << 27));
    let product = a * b;
    let (a_high, b_high) = (upper(a), upper(b));
    let (a_low, b_low) = (a - a_high, b - b_high);
    (product, a_low * b_low - (product - a_high * b_high - a_low * b_high - a_high * b_low))
}

/// A positive number as a power of 2 times one of an octave, and in which 128th of the octave that is.
struct Octave {
    exponent: f64,
    part: usize,
    significand: f64,
}

impl Octave {
    /// With the octave that begins at the number with these bits.
    fn of(bits: u64, begin: u64) -> Self {
        let above = bits.wrapping_sub(begin);
        Self {
            exponent: (above as i64 >> 52) as f64,
            part: (above >> 45) as usize % 128,
            significand: f64::from_bits(bits.wrapping_sub(above & (0xfff << 52))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where rounding correctly would give another last bit than glibc's.
    #[test]
    fn last_bits_are_glibcs() {
        assert_eq!(ln(0.5889522591209368), -0.5294101527396595);
        assert_eq!(ln(0.8976349400782451), -0.10799181885917977);
        assert_eq!(ln(1.029950506343988), 0.029510748993790043);
        assert_eq!(exp(-2.9468211834627143), 0.05250634899476814);
        assert_eq!(exp(-598.6604326455459), 1.0117601460135261e-260);
        assert_eq!(ln_1p(-0.544169873348007), -0.7856350681459632);
        assert_eq!(pow(0.4279812618729405, 3.5), 0.05128456098277628);
        assert_eq!(pow(0.08167465506879978, 3.5), 0.00015570608372316564);
        assert_eq!(ln_1p_f32(-0.29802382), -0.3538558);
        assert_eq!(exp_f32(-1.4902344), 0.22531985);
        assert_eq!(ln_f32(0.29805207), -1.210487);
        assert_eq!(pow_f32(0.29806232, 3.5), 0.014456888);
    }

    #[test]
    fn products_are_exact() {
        for [a, b] in [[0.1, 0.3], [f64::from_bits(0x3fff_ffff_ffff_ffff), 1.0 - f64::EPSILON], [-1e-9, 745.1]] {
            let (product, rest) = exact_product(a, b);
            assert_eq!((product, rest), (a * b, a.mul_add(b, -product)));
        }
    }

    /// Whether what is worked out plainly and taken is what fused steps give.
    #[test]
    fn the_quick_way_gives_the_same_bits() {
        let mut random = crate::random::Mt19937::from_word(1);
        let mut quick = [0; 4];
        for _ in 0..20_000 {
            let [u, v] = [(); 2].map(|()| crate::random::BitGenerator::next_f64(&mut random));
            let (x, near, y) = (1.0 - u, 0.9375 + v * 0.127, 10.0 * v - 5.0);
            let found = [
                (ln::quickly_far(ln::octave(x)), ln::exactly_far(ln::octave(x))),
                (ln::quickly_near(near - 1.0), ln::exactly_near(near - 1.0)),
                (exp::quickly(100.0 * (u - v), 0.0, 0.0), exp::exactly(100.0 * (u - v), 0.0)),
                (pow::quickly(x, y), pow::exactly(x, y).unwrap_or_default()),
            ];
            for (quick, (found, exact)) in quick.iter_mut().zip(found) {
                *quick += usize::from(found.is_some());
                assert_eq!(found.unwrap_or(exact).to_bits(), exact.to_bits());
            }
        }
        assert!(quick.iter().all(|quick| *quick > 18_000), "{quick:?}");
    }

    #[test]
    fn ends_are_ieees() {
        assert_eq!(ln(0.0), f64::NEG_INFINITY);
        assert_eq!(ln(f64::INFINITY), f64::INFINITY);
        assert!(ln(-1.0).is_nan() && ln(f64::NAN).is_nan());
        assert_eq!(ln(5e-324), -744.4400719213812);
        assert_eq!(ln(1.0).to_bits(), 0);
        assert_eq!(exp(0.0), 1.0);
        assert_eq!([exp(-740.0), exp(-1e9), exp(1e9)], [4.2e-322, 0.0, f64::INFINITY]);
        assert_eq!(ln_1p(-0.0).to_bits(), (-0.0_f64).to_bits());
        assert_eq!(ln_1p(1e-300), 1e-300);
        assert_eq!([pow(0.0, 2.0), pow(0.5, f64::INFINITY), pow(1.0, 3.0), pow(0.5, 1e300)], [0.0, 0.0, 1.0, 0.0]);
    }
}
