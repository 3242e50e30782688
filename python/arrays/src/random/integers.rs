//! `randint` and `integers`: the types they have, and which bounds those allow.

use super::bit_generator::BitGenerator;
use super::bounded::{Buffer, Rejection, below_u32, below_u64};
use crate::{Error, Result};

/// A type of whole numbers that can be drawn.
pub trait Integer: Copy + Drawn {
    /// NumPy's name of it.
    const NAME: &'static str;
    /// The least.
    const LEAST: i128;
    /// The greatest.
    const GREATEST: i128;
}

/// How one is drawn; no business of who asks for it, so it is not shown outside.
pub trait Drawn: Sized {
    /// One of a range.
    fn draw<B: BitGenerator>(bits: &mut B, buffer: &mut Buffer, range: Range, way: Rejection) -> Self;
}

/// `low..=low + span`, both as they are modulo 2^64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    low: u64,
    span: u64,
}

impl Range {
    /// The range between two bounds, of which the upper one is in it or not.
    fn new<T: Integer>(low: i128, high: i128, endpoint: bool) -> Result<Self> {
        let last = if endpoint { high } else { high.saturating_sub(1) };
        if low < T::LEAST {
            return Err(Error::value(format!("low is out of bounds for {}", T::NAME)));
        }
        if last > T::GREATEST {
            return Err(Error::value(format!("high is out of bounds for {}", T::NAME)));
        }
        if low > last {
            return Err(Error::value(match (low, endpoint) {
                (0, true) => "high < 0",
                (0, false) => "high <= 0",
                (_, true) => "low > high",
                (_, false) => "low >= high",
            }));
        }
        Ok(Self { low: low as u64, span: (last - low) as u64 })
    }
}

impl Integer for bool {
    const NAME: &'static str = "bool";
    const LEAST: i128 = 0;
    const GREATEST: i128 = 1;
}

impl Drawn for bool {
    fn draw<B: BitGenerator>(bits: &mut B, buffer: &mut Buffer, range: Range, _: Rejection) -> Self {
        if range.span == 0 { range.low != 0 } else { buffer.bit(bits) }
    }
}

impl Integer for u8 {
    const NAME: &'static str = "uint8";
    const LEAST: i128 = 0;
    const GREATEST: i128 = Self::MAX as i128;
}

impl Drawn for u8 {
    fn draw<B: BitGenerator>(bits: &mut B, buffer: &mut Buffer, range: Range, way: Rejection) -> Self {
        (range.low as Self).wrapping_add(buffer.below_u8(bits, range.span as Self, way))
    }
}

impl Integer for i32 {
    const NAME: &'static str = "int32";
    const LEAST: i128 = Self::MIN as i128;
    const GREATEST: i128 = Self::MAX as i128;
}

impl Drawn for i32 {
    fn draw<B: BitGenerator>(bits: &mut B, _: &mut Buffer, range: Range, way: Rejection) -> Self {
        (range.low as Self).wrapping_add(below_u32(bits, range.span as u32, way) as Self)
    }
}

impl Integer for i64 {
    const NAME: &'static str = "int64";
    const LEAST: i128 = Self::MIN as i128;
    const GREATEST: i128 = Self::MAX as i128;
}

impl Drawn for i64 {
    fn draw<B: BitGenerator>(bits: &mut B, _: &mut Buffer, range: Range, way: Rejection) -> Self {
        range.low.wrapping_add(below_u64(bits, range.span, way)) as Self
    }
}

/// Fills with numbers between two bounds; nothing is asked of these where nothing is filled.
pub(super) fn fill<T: Integer, B: BitGenerator>(
    bits: &mut B,
    way: Rejection,
    bounds: (i128, i128),
    endpoint: bool,
    out: &mut [T],
) -> Result<()> {
    if out.is_empty() {
        return Ok(());
    }
    let range = Range::new::<T>(bounds.0, bounds.1, endpoint)?;
    let mut buffer = Buffer::default();
    out.fill_with(|| T::draw(bits, &mut buffer, range, way));
    Ok(())
}

/// Fills each place between bounds of its own.
pub(super) fn fill_each<T: Integer, B: BitGenerator>(
    bits: &mut B,
    way: Rejection,
    bounds: &[(i128, i128)],
    endpoint: bool,
    out: &mut [T],
) -> Result<()> {
    let ranges: Vec<Range> =
        bounds.iter().map(|&(low, high)| Range::new::<T>(low, high, endpoint)).collect::<Result<_>>()?;
    let mut buffer = Buffer::default();
    for (slot, range) in out.iter_mut().zip(ranges) {
        *slot = T::draw(bits, &mut buffer, range, way);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused<T: Integer>(low: i128, high: i128, endpoint: bool) -> String {
        Range::new::<T>(low, high, endpoint).map_or_else(|error| error.message, |_| String::new())
    }

    #[test]
    fn bounds_are_refused_in_numpys_words() {
        assert_eq!(refused::<i64>(5, 5, false), "low >= high");
        assert_eq!(refused::<i64>(0, 0, false), "high <= 0");
        assert_eq!(refused::<i64>(3, 2, true), "low > high");
        assert_eq!(refused::<i64>(0, -1, true), "high < 0");
        assert_eq!(refused::<u8>(0, 300, false), "high is out of bounds for uint8");
        assert_eq!(refused::<u8>(-1, 3, false), "low is out of bounds for uint8");
        assert_eq!(refused::<bool>(0, 3, false), "high is out of bounds for bool");
        assert_eq!(refused::<i64>(0, 1 << 63, true), "high is out of bounds for int64");
        assert_eq!(refused::<i64>(i128::MIN, i128::MIN, false), "low is out of bounds for int64");
        assert_eq!(refused::<i32>(i32::MIN.into(), 1 << 31, false), "");
    }
}
