//! Does a wasm module import a shared memory?
//!
//! The threaded engine must: with a linker flag missing it still builds, and
//! then fails in the browser with `DataCloneError`. So the build reads the
//! module's import section (WebAssembly core specification, "Binary Format").

use anyhow::{Result, bail};

use crate::wasm_sections::{self, Bytes};

const IMPORT_SECTION: u8 = 2;
const KIND_FUNCTION: u8 = 0;
const KIND_TABLE: u8 = 1;
const KIND_MEMORY: u8 = 2;
const KIND_GLOBAL: u8 = 3;
const KIND_TAG: u8 = 4;
const LIMITS_SHARED: u8 = 2;

/// Whether `module` imports a memory that is shared.
///
/// # Errors
/// When `module` is not a well-formed wasm module up to its import section.
pub fn is_imported(module: &[u8]) -> Result<bool> {
    for section in wasm_sections::of(module)? {
        let section = section?;
        if section.id == IMPORT_SECTION {
            return shared_memory_in(Bytes(section.body));
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
