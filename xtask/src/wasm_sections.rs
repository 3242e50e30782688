//! Reads a wasm module section by section (WebAssembly core specification,
//! "Binary Format"), and leaves out what only debuggers read.

use anyhow::{Context, Result, bail, ensure};

/// What every module begins with.
pub(crate) const HEADER: &[u8; 8] = b"\0asm\x01\0\0\0";
const CUSTOM_SECTION: u8 = 0;
const LIMITS_HAVE_MAXIMUM: u8 = 1;

/// One section of a module.
pub(crate) struct Section<'a> {
    /// Which kind.
    pub(crate) id: u8,
    /// What it holds.
    pub(crate) body: &'a [u8],
    /// All of it, with id and length.
    pub(crate) whole: &'a [u8],
}

/// The module's sections, in order.
///
/// # Errors
/// When `module` is no wasm module; each item, when it is cut short.
pub(crate) fn of(module: &[u8]) -> Result<impl Iterator<Item = Result<Section<'_>>>> {
    let mut bytes = Bytes(module);
    ensure!(bytes.take(HEADER.len())? == HEADER, "this is not a wasm module");
    Ok(std::iter::from_fn(move || (!bytes.0.is_empty()).then(|| next(&mut bytes))))
}

fn next<'a>(bytes: &mut Bytes<'a>) -> Result<Section<'a>> {
    let before = bytes.0;
    let id = bytes.byte()?;
    let length = bytes.unsigned()? as usize;
    let body = bytes.take(length)?;
    Ok(Section { id, body, whole: &before[..before.len() - bytes.0.len()] })
}

/// The module without the names of its functions, a fifth of the page's size.
///
/// # Errors
/// When `module` is not a well-formed wasm module.
pub(crate) fn without_names(module: &[u8]) -> Result<Vec<u8>> {
    let mut kept = HEADER.to_vec();
    for section in of(module)? {
        let section = section?;
        // The length of "name", then the name.
        if section.id != CUSTOM_SECTION || !section.body.starts_with(b"\x04name") {
            kept.extend_from_slice(section.whole);
        }
    }
    Ok(kept)
}

/// What is left of a module, or of a section.
pub(crate) struct Bytes<'a>(pub(crate) &'a [u8]);

impl<'a> Bytes<'a> {
    /// The next `count` bytes.
    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count).context("the wasm module is cut short")?;
        self.0 = rest;
        Ok(taken)
    }

    /// The next byte.
    pub(crate) fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?[0])
    }

    /// An unsigned LEB128 number.
    pub(crate) fn unsigned(&mut self) -> Result<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        bail!("a number in the wasm module has no end")
    }

    /// Passes over a name.
    pub(crate) fn name(&mut self) -> Result<()> {
        let length = self.unsigned()? as usize;
        self.take(length).map(drop)
    }

    /// A memory's or table's limits; returns their flags.
    pub(crate) fn limits(&mut self) -> Result<u8> {
        let flags = self.byte()?;
        self.unsigned()?;
        if flags & LIMITS_HAVE_MAXIMUM != 0 {
            self.unsigned()?;
        }
        Ok(flags)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_are_left_out() {
        let names = b"\x00\x07\x04name\x01\x00";
        let other = b"\x00\x03\x02me";
        let module = [HEADER.as_slice(), other, names, other].concat();
        assert_eq!(without_names(&module).unwrap(), [HEADER.as_slice(), other, other].concat());
    }

    #[test]
    fn what_is_no_module_or_cut_short_is_refused() {
        assert!(without_names(b"<!doctype html>").is_err());
        assert!(without_names(&[HEADER.as_slice(), b"\x00\x09\x04na"].concat()).is_err());
    }
}
