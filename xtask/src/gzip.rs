//! Compression: as hosts do it on the way, and for what is in a file that nobody compresses.

use std::io::Write;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;

/// These bytes in gzip's format, as small as it gets.
///
/// # Errors
/// Never, as far as memory goes.
pub fn smallest(bytes: &[u8]) -> Result<Vec<u8>> {
    compressed(bytes, Compression::best())
}

/// How large this is for who gets it from a host that compresses.
///
/// # Errors
/// Never, as far as memory goes.
pub fn size(bytes: &[u8]) -> Result<u64> {
    Ok(compressed(bytes, Compression::default())?.len() as u64)
}

fn compressed(bytes: &[u8], level: Compression) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_takes_little() {
        assert!(size(&[0; 10_000]).expect("compressed") < 100);
        assert!(smallest(&[0; 10_000]).expect("compressed").starts_with(&[0x1f, 0x8b]));
    }
}
