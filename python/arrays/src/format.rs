//! How NumPy prints arrays and scalars, to the letter.
//!
//! | module | is |
//! |---|---|
//! | `options` | what `np.set_printoptions` sets |
//! | `decimal` | the digits of a float |
//! | `float` | a float as text: notation, padding, zeros |
//! | `elements` | an array's elements, so that they line up |
//! | `layout` | brackets, separators, line breaks |
//! | `scalars` | scalars on their own |

mod decimal;
mod elements;
mod float;
mod layout;
mod options;
mod scalars;
#[cfg(test)]
mod tests;

use crate::dtype::DType;
use crate::scalar::Scalar;
pub use decimal::Float;
use elements::Elements;
pub use float::{Positional, Scientific, Trim, format_float_positional, format_float_scientific, none_or_positive};
use layout::Layout;
pub use options::{FloatMode, PrintOptions, Sign};
pub use scalars::{scalar_repr, scalar_str};

/// What can be printed: an array, seen element by element.
pub trait Source {
    /// How long each axis is.
    fn shape(&self) -> &[usize];
    /// The elements' type.
    fn dtype(&self) -> DType;
    /// The element at an index, one position for each axis.
    fn at(&self, index: &[usize]) -> Scalar;
}

/// `repr` of an array: `array([1, 2])`.
#[must_use]
pub fn repr(source: &dyn Source, options: &PrintOptions) -> String {
    const PREFIX: &str = "array(";
    let (shape, dtype) = (source.shape(), source.dtype());
    let text = format!("{PREFIX}{}", array2string(source, options, ", ", PREFIX, ")"));
    let size = size(shape);
    let mut extras = Vec::new();
    if (size == 0 && shape != [0]) || size > options.threshold {
        extras.push(format!("shape={}", tuple(shape)));
    }
    if size == 0 || !matches!(dtype, DType::Bool | DType::I64 | DType::F64 | DType::C128) {
        extras.push(format!("dtype={dtype}"));
    }
    if extras.is_empty() {
        return text + ")";
    }
    let extras = extras.join(", ") + ")";
    let last_line = text.rsplit('\n').next().unwrap_or_default().chars().count();
    // The comma and the space count too.
    let break_line = last_line + extras.len() + 2 > options.linewidth;
    let spacer = if break_line { format!("\n{}", " ".repeat(PREFIX.len())) } else { " ".to_owned() };
    format!("{text},{spacer}{extras}")
}

/// `str` of an array: `[1 2]`; one without axes is written as its scalar.
#[must_use]
pub fn str(source: &dyn Source, options: &PrintOptions) -> String {
    if source.shape().is_empty() {
        return scalar_str(source.at(&[]));
    }
    array2string(source, options, " ", "", "")
}

/// `np.array2string`: the brackets and what is between them.
///
/// Lines after the first are indented by the prefix's length, and all end before the suffix has no room.
#[must_use]
pub fn array2string(
    source: &dyn Source,
    options: &PrintOptions,
    separator: &str,
    prefix: &str,
    suffix: &str,
) -> String {
    let shape = source.shape();
    if size(shape) == 0 {
        return "[]".to_owned();
    }
    let mut shown = Vec::new();
    gather(source, edge(shape, options), &mut Vec::with_capacity(shape.len()), &mut shown);
    let elements = Elements::of(&shown, source.dtype(), shape.is_empty(), options);
    array2string_with(shape, options, separator, prefix, suffix, &|index| elements.text(source.at(index)))
}

/// As [`array2string`], with the texts of elements from elsewhere (`formatter=`).
#[must_use]
pub fn array2string_with(
    shape: &[usize],
    options: &PrintOptions,
    separator: &str,
    prefix: &str,
    suffix: &str,
    element: &dyn Fn(&[usize]) -> String,
) -> String {
    if size(shape) == 0 {
        return "[]".to_owned();
    }
    let width = isize::try_from(options.linewidth).unwrap_or(isize::MAX);
    let width = width.saturating_sub_unsigned(suffix.chars().count());
    let layout = Layout { shape, separator, edge: edge(shape, options) };
    layout.text(prefix.chars().count() + 1, width, element)
}

/// How many elements of each end are shown, if the array is summarized.
fn edge(shape: &[usize], options: &PrintOptions) -> Option<usize> {
    (size(shape) > options.threshold).then_some(options.edgeitems)
}

/// Collects the elements that widths are found from: the corners of what is summarized.
fn gather(source: &dyn Source, edge: Option<usize>, index: &mut Vec<usize>, shown: &mut Vec<Scalar>) {
    let Some(&length) = source.shape().get(index.len()) else {
        return shown.push(source.at(index));
    };
    let (leading, trailing) = match edge {
        Some(edge @ 1..) if length > edge.saturating_mul(2) => (0..edge, length - edge..length),
        // Without edges NumPy looks at all of them.
        _ => (0..length, 0..0),
    };
    for position in leading.chain(trailing) {
        index.push(position);
        gather(source, edge, index, shown);
        index.pop();
    }
}

fn size(shape: &[usize]) -> usize {
    shape.iter().fold(1, |size: usize, &length| size.saturating_mul(length))
}

/// A shape as Python writes a tuple.
fn tuple(shape: &[usize]) -> String {
    let lengths: Vec<_> = shape.iter().map(usize::to_string).collect();
    format!("({}{})", lengths.join(", "), if shape.len() == 1 { "," } else { "" })
}
