//! Does a wasm module import a shared memory?
//!
//! The threaded engine must: with a linker flag missing it still builds, and
//! then fails in the browser with `DataCloneError`. So the build reads the
//! module's import section (WebAssembly core specification, "Binary Format").

use anyhow::{Context, Result, bail, ensure};

const IMPORT_SECTION: u8 = 2;
const KIND_FUNCTION: u8 = 0;
const KIND_TABLE: u8 = 1;
const KIND_MEMORY: u8 = 2;
const KIND_GLOBAL: u8 = 3;
const KIND_TAG: u8 = 4;
const LIMITS_HAVE_MAXIMUM: u8 = 1;
const LIMITS_SHARED: u8 = 2;

/// Whether `module` imports a memory that is shared.
///
/// # Errors
/// When `module` is not a well-formed wasm module up to its import section.
pub fn is_imported(module: &[u8]) -> Result<bool> {
    let mut bytes = Bytes(module);
    ensure!(bytes.take(8)? == b"\0asm\x01\0\0\0", "this is not a wasm module");
    while !bytes.0.is_empty() {
        let section = bytes.byte()?;
        let length = bytes.unsigned()? as usize;
        let body = bytes.take(length)?;
        if section == IMPORT_SECTION {
            return shared_memory_in(Bytes(body));
        }
    }
    Ok(false)
}

fn shared_memory_in(mut imports: Bytes<'_>) -> Result<bool> {
    for _ in 0..imports.unsigned()? {
        imports.name()?;
        imports.name()?;
        match imports.byte()? {
            KIND_FUNCTION => drop(imports.unsigned()?),
            KIND_TABLE => {
                imports.byte()?;
                imports.limits()?;
            }
            KIND_MEMORY => {
                if imports.limits()? & LIMITS_SHARED != 0 {
                    return Ok(true);
                }
            }
            KIND_GLOBAL => drop(imports.take(2)?),
            KIND_TAG => {
                imports.byte()?;
                imports.unsigned()?;
            }
            other => bail!("an import of unknown kind {other}"),
        }
    }
    Ok(false)
}

/// What is left of the module.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count).context("the wasm module is cut short")?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?[0])
    }

    /// An unsigned LEB128 number.
    fn unsigned(&mut self) -> Result<u64> {
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

    fn name(&mut self) -> Result<()> {
        let length = self.unsigned()? as usize;
        self.take(length).map(drop)
    }

    /// A memory's or table's limits; returns their flags.
    fn limits(&mut self) -> Result<u8> {
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

    /// A module of these sections, each shorter than 128 bytes.
    fn module(sections: &[(u8, &[u8])]) -> Vec<u8> {
        let mut bytes = b"\0asm\x01\0\0\0".to_vec();
        for (id, body) in sections {
            bytes.extend([*id, u8::try_from(body.len()).expect("short")]);
            bytes.extend(*body);
        }
        bytes
    }

    /// One import `a.b` per description.
    fn imports(descriptions: &[&[u8]]) -> Vec<u8> {
        let mut body = vec![u8::try_from(descriptions.len()).expect("few")];
        for description in descriptions {
            body.extend(b"\x01a\x01b");
            body.extend(*description);
        }
        body
    }

    const FUNCTION: &[u8] = &[0, 0];
    const TABLE: &[u8] = &[1, 0x70, 1, 1, 4];
    const GLOBAL: &[u8] = &[3, 0x7f, 0];
    const MEMORY: &[u8] = &[2, 0, 17];
    const MEMORY_WITH_MAXIMUM: &[u8] = &[2, 1, 17, 0x80, 0x80, 1];
    const SHARED_MEMORY: &[u8] = &[2, 3, 17, 0x80, 0x80, 1];

    #[test]
    fn a_shared_memory_is_found_behind_other_imports() {
        let body = imports(&[FUNCTION, TABLE, GLOBAL, SHARED_MEMORY]);
        let types: &[u8] = &[1, 0x60, 0, 0];
        assert!(is_imported(&module(&[(1, types), (2, &body)])).expect("well formed"));
    }

    #[test]
    fn an_ordinary_memory_is_not_shared() {
        for memory in [MEMORY, MEMORY_WITH_MAXIMUM] {
            let body = imports(&[FUNCTION, memory]);
            assert!(!is_imported(&module(&[(2, &body)])).expect("well formed"));
        }
    }

    #[test]
    fn a_memory_of_its_own_is_not_imported() {
        assert!(!is_imported(&module(&[])).expect("well formed"));
        let shared: &[u8] = &[1, 3, 17, 18];
        assert!(!is_imported(&module(&[(5, shared)])).expect("well formed"));
    }

    #[test]
    fn what_is_no_module_is_an_error() {
        assert!(is_imported(b"<!doctype html>").is_err());
        assert!(is_imported(b"\0asm").is_err());
        let whole = module(&[(2, &imports(&[FUNCTION, SHARED_MEMORY]))]);
        assert!(is_imported(&whole[..whole.len() - 3]).is_err());
    }
}
