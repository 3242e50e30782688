//! A wasm module whose memory can't grow beyond a limit, as in a browser that
//! has no more to give: for the tests.

use anyhow::{Result, bail};

use crate::wasm_sections::{self, Bytes};

const MEMORY_SECTION: u8 = 5;
const LIMITS_HAVE_MAXIMUM: u8 = 1;
const PAGES_PER_MIB: u64 = 16;

/// `module` with `mib` MiB as its own memory's limit.
///
/// # Errors
/// When `module` is not a well-formed wasm module, has no memory of its own, or
/// begins with more than that.
pub fn limited(module: &[u8], mib: u64) -> Result<Vec<u8>> {
    let mut limited = wasm_sections::HEADER.to_vec();
    let mut is_done = false;
    for section in wasm_sections::of(module)? {
        let section = section?;
        if section.id != MEMORY_SECTION {
            limited.extend_from_slice(section.whole);
            continue;
        }
        let body = limited_section(Bytes(section.body), mib * PAGES_PER_MIB)?;
        limited.push(MEMORY_SECTION);
        limited.extend(unsigned(body.len() as u64));
        limited.extend(body);
        is_done = true;
    }
    if is_done { Ok(limited) } else { bail!("the module has no memory of its own") }
}

fn limited_section(mut memories: Bytes<'_>, maximum_pages: u64) -> Result<Vec<u8>> {
    let count = memories.unsigned()?;
    let flags = memories.byte()?;
    let initial_pages = memories.unsigned()?;
    if count != 1 || initial_pages > maximum_pages {
        bail!("{count} memories, the first of {initial_pages} pages, can't be limited to {maximum_pages}");
    }
    let body = [vec![1, flags | LIMITS_HAVE_MAXIMUM], unsigned(initial_pages), unsigned(maximum_pages)];
    Ok(body.concat())
}

/// A LEB128 number.
fn unsigned(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = (value & 0x7f) as u8;
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Its memory section has this body; a section that stays follows.
    fn module(memories: &[u8]) -> Vec<u8> {
        let length = u8::try_from(memories.len()).unwrap();
        [b"\0asm\x01\0\0\0".as_slice(), &[5, length], memories, &[0, 3, 2, b'm', b'e']].concat()
    }

    #[test]
    fn a_limit_is_set_or_replaced() {
        let wanted = module(&[1, 1, 17, 0x80, 0x02]);
        assert_eq!(limited(&module(&[1, 0, 17]), 16).unwrap(), wanted);
        assert_eq!(limited(&module(&[1, 1, 17, 0x80, 0x80, 1]), 16).unwrap(), wanted);
    }

    #[test]
    fn what_can_not_be_limited_is_refused() {
        assert!(limited(&module(&[1, 0, 17]), 1).is_err());
        assert!(limited(b"\0asm\x01\0\0\0", 16).is_err());
    }
}
