//! How one array's elements are written, so that they line up: what is found
//! out of all that is shown, then asked for each.

use super::decimal::Float;
use super::float::{LONGEST_TEXT, Positional, Scientific, Trim, positional, scientific};
use super::options::{FloatMode, PrintOptions, Sign};
use crate::dtype::{DType, Kind};
use crate::scalar::Scalar;

/// Writes an array's elements.
pub(super) enum Elements<'o> {
    Bools { padded: bool },
    Integers { sign: Sign, width: usize },
    Floats(Floats<'o>),
    Complexes { real: Floats<'o>, imaginary: Floats<'o> },
}

impl<'o> Elements<'o> {
    /// What the elements of an array that are shown ask for.
    pub(super) fn of(shown: &[Scalar], dtype: DType, zero_dimensional: bool, options: &'o PrintOptions) -> Self {
        match dtype.kind() {
            Kind::Bool => Self::Bools { padded: !zero_dimensional },
            Kind::Unsigned | Kind::Signed => Self::integers(shown, options.sign),
            Kind::Float => {
                let values: Vec<_> = shown.iter().map(|&scalar| float(scalar)).collect();
                Self::Floats(Floats::of(&values, options.sign, options))
            }
            Kind::Complex => {
                let (real, imaginary): (Vec<_>, Vec<_>) = shown.iter().map(|&scalar| parts(scalar)).unzip();
                Self::Complexes {
                    real: Floats::of(&real, options.sign, options),
                    imaginary: Floats::of(&imaginary, Sign::Plus, options),
                }
            }
        }
    }

    fn integers(shown: &[Scalar], sign: Sign) -> Self {
        let values = || shown.iter().map(|&scalar| integer(scalar));
        let (least, greatest) = (values().min().unwrap_or(0), values().max().unwrap_or(0));
        let sign = if sign == Sign::Space && least < 0 { Sign::Minus } else { sign };
        let signed = usize::from(greatest >= 0 && sign != Sign::Minus);
        Self::Integers { sign, width: least.to_string().len().max(greatest.to_string().len() + signed) }
    }

    /// The text of one element.
    pub(super) fn text(&self, scalar: Scalar) -> String {
        match self {
            Self::Bools { padded } => match (scalar, padded) {
                (Scalar::Bool(true), true) => " True".to_owned(),
                (Scalar::Bool(true), false) => "True".to_owned(),
                _ => "False".to_owned(),
            },
            Self::Integers { sign, width } => {
                let value = integer(scalar);
                let sign = if value < 0 || *sign == Sign::Minus { "" } else { sign.name() };
                format!("{:>width$}", format!("{sign}{value}"))
            }
            Self::Floats(floats) => floats.text(float(scalar)),
            Self::Complexes { real, imaginary } => {
                let (re, im) = parts(scalar);
                let im = imaginary.text(im);
                // The `j` follows the digits, before the blanks that fill the column.
                let (digits, blanks) = im.split_at(im.trim_end().len());
                format!("{}{digits}j{blanks}", real.text(re))
            }
        }
    }
}

fn integer(scalar: Scalar) -> i64 {
    match scalar {
        Scalar::Bool(value) => i64::from(value),
        Scalar::U8(value) => i64::from(value),
        Scalar::I32(value) => i64::from(value),
        Scalar::I64(value) => value,
        Scalar::F32(value) => value as i64,
        Scalar::F64(value) => value as i64,
        Scalar::C128(value) => value.re as i64,
    }
}

fn float(scalar: Scalar) -> Float {
    match scalar {
        Scalar::F32(value) => Float::Single(value),
        Scalar::F64(value) => Float::Double(value),
        Scalar::C128(value) => Float::Double(value.re),
        other => Float::Double(integer(other) as f64),
    }
}

fn parts(scalar: Scalar) -> (Float, Float) {
    match scalar {
        Scalar::C128(value) => (Float::Double(value.re), Float::Double(value.im)),
        other => (float(other), Float::Double(0.0)),
    }
}

/// Writes floats in columns.
pub(super) struct Floats<'o> {
    notation: Notation,
    /// How wide all of it is, for what is no number.
    width: usize,
    plus: bool,
    options: &'o PrintOptions,
}

enum Notation {
    Positional(Positional),
    Scientific(Scientific),
}

/// How wide columns are, found by writing all numbers once.
#[derive(Default)]
struct Widths {
    whole: usize,
    fraction: usize,
    exponent: usize,
}

impl Widths {
    fn of(texts: impl Iterator<Item = String>) -> Self {
        let mut widths = Self::default();
        for text in texts {
            let (number, exponent) = text.split_once('e').unwrap_or((&text, ""));
            let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
            widths.whole = widths.whole.max(whole.len());
            widths.fraction = widths.fraction.max(fraction.len());
            widths.exponent = widths.exponent.max(exponent.len().saturating_sub(1));
        }
        widths
    }
}

impl<'o> Floats<'o> {
    fn of(values: &[Float], sign: Sign, options: &'o PrintOptions) -> Self {
        let finite: Vec<_> = values.iter().copied().filter(|float| float.value().is_finite()).collect();
        let plus = sign == Sign::Plus;
        let mut notation = if finite.is_empty() {
            Notation::Positional(Positional { trim: Trim::Zeros, sign: plus, ..Positional::default() })
        } else if has_exponents(&finite, options.suppress) {
            Notation::Scientific(scientific_columns(&finite, plus, options))
        } else {
            Notation::Positional(positional_columns(&finite, plus, options))
        };
        let (pad_left, right) = match &mut notation {
            Notation::Positional(columns) => (&mut columns.pad_left, columns.pad_right.unwrap_or(0) + 1),
            Notation::Scientific(columns) => {
                let fraction = columns.min_digits.unwrap_or(0);
                (&mut columns.pad_left, fraction + columns.exp_digits.unwrap_or(0) + 3)
            }
        };
        if sign == Sign::Space && !finite.iter().any(|float| float.value().is_sign_negative()) {
            *pad_left += 1;
        }
        if finite.len() < values.len() {
            let signed = sign != Sign::Minus || values.iter().any(|float| float.value() == f64::NEG_INFINITY);
            let nan = options.nanstr.chars().count();
            let infinity = options.infstr.chars().count() + usize::from(signed);
            *pad_left = (*pad_left).max(nan.max(infinity).min(LONGEST_TEXT).saturating_sub(right));
        }
        let width = *pad_left + right;
        Self { notation, width, plus, options }
    }

    fn text(&self, float: Float) -> String {
        let value = float.value();
        if value.is_finite() {
            return match &self.notation {
                Notation::Positional(columns) => positional(float, columns),
                Notation::Scientific(columns) => scientific(float, columns),
            };
        }
        let sign = if value == f64::NEG_INFINITY {
            "-"
        } else if self.plus {
            "+"
        } else {
            ""
        };
        let name = if value.is_nan() { &self.options.nanstr } else { &self.options.infstr };
        format!("{:>width$}", format!("{sign}{name}"), width = self.width)
    }
}

/// Whether numbers are so large, so small or so different that they are written with exponents.
fn has_exponents(finite: &[Float], suppress: bool) -> bool {
    let magnitudes = || finite.iter().map(|float| float.value().abs()).filter(|&value| value != 0.0);
    let Some(greatest) = magnitudes().reduce(f64::max) else { return false };
    let least = magnitudes().fold(greatest, f64::min);
    let (limit, small, ratio) = match finite.first() {
        // float32 compares, and divides, as float32.
        Some(Float::Single(_)) => (1e6, f64::from(1e-4_f32), f64::from(greatest as f32 / least as f32)),
        _ => (1e8, 1e-4, greatest / least),
    };
    greatest >= limit || (!suppress && (least < small || ratio > 1000.0))
}

/// The precision that floats are first written with, and whether it is exact.
fn first_precision(options: &PrintOptions) -> (Option<usize>, bool) {
    let precision = options.precision.min(LONGEST_TEXT);
    match options.floatmode {
        FloatMode::Unique => (None, false),
        FloatMode::Fixed => (Some(precision), true),
        FloatMode::MaxPrec | FloatMode::MaxPrecEqual => (Some(precision), false),
    }
}

fn scientific_columns(finite: &[Float], plus: bool, options: &PrintOptions) -> Scientific {
    let (precision, exact) = first_precision(options);
    let trim = if exact { Trim::Keep } else { Trim::Zeros };
    let first = Scientific { precision, unique: !exact, trim, sign: plus, ..Scientific::default() };
    let widths = Widths::of(finite.iter().map(|&float| scientific(float, &first)));
    Scientific {
        precision: Some(widths.fraction),
        min_digits: Some(widths.fraction),
        trim: Trim::Keep,
        pad_left: widths.whole,
        exp_digits: Some(widths.exponent),
        ..first
    }
}

fn positional_columns(finite: &[Float], plus: bool, options: &PrintOptions) -> Positional {
    let (precision, exact) = first_precision(options);
    let trim = if exact { Trim::Keep } else { Trim::Zeros };
    let first = Positional { precision, unique: !exact, trim, sign: plus, ..Positional::default() };
    let widths = Widths::of(finite.iter().map(|&float| positional(float, &first)));
    let columns = Positional { pad_left: widths.whole, pad_right: Some(widths.fraction), ..first };
    match options.floatmode {
        FloatMode::Fixed | FloatMode::MaxPrecEqual => Positional {
            precision: Some(widths.fraction),
            min_digits: Some(widths.fraction),
            trim: Trim::Keep,
            ..columns
        },
        FloatMode::MaxPrec | FloatMode::Unique => Positional { min_digits: Some(0), trim: Trim::Zeros, ..columns },
    }
}
