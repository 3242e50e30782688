//! The functions of numbers that the streams are made with.

/// The natural logarithm.
pub(super) fn ln(x: f64) -> f64 {
    x.ln()
}

/// The natural logarithm of 1 + x.
pub(super) fn ln_1p(x: f64) -> f64 {
    x.ln_1p()
}

/// e to the power of x.
pub(super) fn exp(x: f64) -> f64 {
    x.exp()
}

/// x to the power of y.
pub(super) fn pow(x: f64, y: f64) -> f64 {
    x.powf(y)
}

/// The natural logarithm, in single precision.
pub(super) fn ln_f32(x: f32) -> f32 {
    x.ln()
}

/// The natural logarithm of 1 + x, in single precision.
pub(super) fn ln_1p_f32(x: f32) -> f32 {
    x.ln_1p()
}

/// e to the power of x, in single precision.
pub(super) fn exp_f32(x: f32) -> f32 {
    x.exp()
}

/// x to the power of y, in single precision.
pub(super) fn pow_f32(x: f32, y: f32) -> f32 {
    x.powf(y)
}
