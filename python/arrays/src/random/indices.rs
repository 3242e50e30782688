//! Room for indices, of which there may be more than there is memory.

use crate::error::Kind;
use crate::{Error, Result};

/// As many zeros.
pub(super) fn zeros(count: u64) -> Result<Vec<i64>> {
    let mut out = Vec::new();
    let len = usize::try_from(count).unwrap_or(usize::MAX);
    if out.try_reserve_exact(len).is_err() {
        let size = size_text(u128::from(count) * 8);
        let text = format!("Unable to allocate {size} for an array with shape ({count},) and data type int64");
        return Err(Error::new(Kind::Memory, text));
    }
    out.resize(len, 0);
    Ok(out)
}

/// 0, 1, 2, … below `count`.
pub(super) fn counting(count: u64) -> Result<Vec<i64>> {
    let mut out = zeros(count)?;
    for (slot, i) in out.iter_mut().zip(0..) {
        *slot = i;
    }
    Ok(out)
}

/// A number of bytes with three digits, as NumPy has it.
fn size_text(bytes: u128) -> String {
    let mut size = bytes as f64;
    let mut unit = "bytes";
    for larger in ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] {
        if size.round() < 1024.0 {
            break;
        }
        size /= 1024.0;
        unit = larger;
    }
    match size {
        _ if unit == "bytes" => format!("{size:.0} bytes"),
        ..9.995 => format!("{size:.2} {unit}"),
        ..99.95 => format!("{size:.1} {unit}"),
        _ => format!("{size:.0}. {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_are_refused_in_numpys_words() {
        let text = |count| zeros(count).map_err(|error| error.message);
        assert_eq!(
            text(10_000_000_000_000_000),
            Err("Unable to allocate 71.1 PiB for an array with shape (10000000000000000,) and data type int64".into())
        );
        assert!(zeros(u64::MAX).is_err());
        assert_eq!(size_text(800), "800 bytes");
        assert_eq!(size_text(1 << 20), "1.00 MiB");
        assert_eq!(size_text(8_000_000_000_000), "7.28 TiB");
        assert_eq!(size_text(5 << 37), "640. GiB");
    }
}
