//! The instructions of a module, and what becomes of them.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use anyhow::{Context, Error, Result, bail};
use rustc_demangle::demangle;
use wasmparser::{FunctionBody, KnownCustom, MemArg, Name, Operator, Parser, Payload, TypeRef};

const NOP: u8 = 0x01;
const I32_STORE: u8 = 0x36;
const I32_STORE8: u8 = 0x3a;
/// Follows the prefix of all atomic operations.
const I32_RMW_ADD: u8 = 0x1e;
/// −1 as a signed LEB128 number.
const MINUS_ONE: u8 = 0x7f;

/// Stores that need no order.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Relaxed {
    /// How the function's name ends, as it stands in the source.
    function: String,
    bits: u8,
    offset: u64,
}

impl FromStr for Relaxed {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (function, place) = text.rsplit_once('=').context("--relaxed takes <function>=<bits>@<offset>")?;
        let (bits, offset) = place.split_once('@').context("--relaxed takes <function>=<bits>@<offset>")?;
        let bits = bits.parse()?;
        if !matches!(bits, 8 | 32) {
            bail!("stores of {bits} bits are none that this program knows: 8 or 32");
        }
        Ok(Self { function: function.to_owned(), bits, offset: offset.parse()? })
    }
}

impl fmt::Display for Relaxed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "of {} bits at {} in {}", self.bits, self.offset, self.function)
    }
}

impl Relaxed {
    fn is(&self, function: &str, bits: u8, place: &MemArg) -> bool {
        self.bits == bits && self.offset == place.offset && function.ends_with(&self.function)
    }
}

/// How many instructions were replaced.
#[derive(Debug, Default, Eq, PartialEq)]
pub(crate) struct Done {
    pub(crate) fences: usize,
    pub(crate) subtractions: usize,
    /// For each kind that was named.
    pub(crate) stores: Vec<usize>,
}

impl fmt::Display for Done {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fences, subtractions, stores } = self;
        write!(formatter, "{fences} fences, {subtractions} subtractions, stores: {stores:?}")
    }
}

/// Replaces what there is to replace.
pub(crate) fn relax(module: &mut [u8], stores: &[Relaxed]) -> Result<Done> {
    let mut patches = Vec::new();
    let mut done = Done { stores: vec![0; stores.len()], ..Done::default() };
    let (names, bodies) = functions(module)?;
    for (body, number) in bodies.iter().zip(first_defined(module)?..) {
        // Without the crates' hashes.
        let name = format!("{:#}", demangle(names.get(&number).copied().unwrap_or_default()));
        let mut reader = body.get_operators_reader()?;
        let mut before = None;
        while !reader.eof() {
            let (operator, at) = reader.read_with_offset()?;
            match &operator {
                Operator::AtomicFence => {
                    patches.extend((at..reader.original_position()).map(|place| (place, NOP)));
                    done.fences += 1;
                }
                Operator::I32AtomicRmwSub { .. } => {
                    if let Some(one) = before {
                        patches.extend([(one, MINUS_ONE), (at + 1, I32_RMW_ADD)]);
                        done.subtractions += 1;
                    }
                }
                Operator::I32AtomicStore { memarg } => store(&name, 32, memarg, at, stores, &mut patches, &mut done),
                Operator::I32AtomicStore8 { memarg } => store(&name, 8, memarg, at, stores, &mut patches, &mut done),
                _ => {}
            }
            // Where the constant 1 is, if it is one byte after its operator.
            let is_one = matches!(operator, Operator::I32Const { value: 1 }) && reader.original_position() == at + 2;
            before = is_one.then_some(at + 1);
        }
    }
    for (place, byte) in patches {
        module[place] = byte;
    }
    Ok(done)
}

fn store(
    function: &str,
    bits: u8,
    place: &MemArg,
    at: usize,
    relaxed: &[Relaxed],
    patches: &mut Vec<(usize, u8)>,
    done: &mut Done,
) {
    let Some(kind) = relaxed.iter().position(|relaxed| relaxed.is(function, bits, place)) else { return };
    patches.extend([(at, NOP), (at + 1, if bits == 8 { I32_STORE8 } else { I32_STORE })]);
    done.stores[kind] += 1;
}

type Functions<'a> = (HashMap<u32, &'a str>, Vec<FunctionBody<'a>>);

/// The names of all functions, and the bodies of those that are not imported.
fn functions(module: &[u8]) -> Result<Functions<'_>> {
    let (mut names, mut bodies) = (HashMap::new(), Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::CodeSectionEntry(body) => bodies.push(body),
            Payload::CustomSection(section) => {
                let KnownCustom::Name(sections) = section.as_known() else { continue };
                for section in sections {
                    let Name::Function(functions) = section? else { continue };
                    for function in functions {
                        let function = function?;
                        names.insert(function.index, function.name);
                    }
                }
            }
            _ => {}
        }
    }
    Ok((names, bodies))
}

/// The number of the first function that is not imported.
fn first_defined(module: &[u8]) -> Result<u32> {
    let mut imported = 0;
    for payload in Parser::new(0).parse_all(module) {
        let Payload::ImportSection(imports) = payload? else { continue };
        for import in imports.into_imports() {
            imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
        }
    }
    Ok(imported)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with an imported function, and one of these instructions and this name.
    fn module(name: &str, instructions: &[u8]) -> Vec<u8> {
        let length = |bytes: &[u8]| u8::try_from(bytes.len()).expect("short");
        let section = |id: u8, body: &[u8]| [&[id, length(body)], body].concat();
        let body = [&[0], instructions, &[0x0b]].concat();
        let code = [&[1, length(&body)], body.as_slice()].concat();
        let function = [&[1, 1, length(name.as_bytes())], name.as_bytes()].concat();
        let names = [b"\x04name\x01", [length(&function)].as_slice(), &function].concat();
        [
            b"\0asm\x01\0\0\0".to_vec(),
            section(1, &[1, 0x60, 0, 0]),
            section(2, b"\x02\x01a\x01b\0\0\x01a\x01m\x02\x03\x01\x01"),
            section(3, &[1, 0]),
            section(10, &code),
            section(0, &names),
        ]
        .concat()
    }

    fn relaxed(name: &str, instructions: &[u8], stores: &[&str]) -> (Vec<u8>, Done) {
        let stores: Vec<Relaxed> = stores.iter().map(|store| store.parse().expect("well formed")).collect();
        let mut module = module(name, instructions);
        let done = relax(&mut module, &stores).expect("a module");
        let start = module.len() - instructions.len() - 1 - (name.len() + 12);
        (module[start..start + instructions.len()].to_vec(), done)
    }

    const FENCE: &[u8] = &[0xfe, 0x03, 0x00];
    /// Address 16, value, store at offset 8.
    const STORE: &[u8] = &[0x41, 16, 0x41, 5, 0xfe, 0x17, 2, 8];
    const STORE8: &[u8] = &[0x41, 16, 0x41, 5, 0xfe, 0x19, 0, 8];

    #[test]
    fn fences_go() {
        let (instructions, done) = relaxed("f", FENCE, &[]);
        assert_eq!((instructions.as_slice(), done.fences), ([NOP; 3].as_slice(), 1));
    }

    #[test]
    fn subtracting_one_is_adding_minus_one() {
        let subtract = |value| [0x41, 16, 0x41, value, 0xfe, 0x25, 2, 0, 0x1a];
        let (instructions, done) = relaxed("f", &subtract(1), &[]);
        assert_eq!(instructions, [0x41, 16, 0x41, 0x7f, 0xfe, 0x1e, 2, 0, 0x1a]);
        assert_eq!(done.subtractions, 1);
        assert_eq!(relaxed("f", &subtract(2), &[]).0, subtract(2));
    }

    #[test]
    fn only_stores_that_are_named_become_plain() {
        let name = "_RNvMs_NtCs1234_2vm5frameNtB4_5Frame3run";
        assert_eq!(format!("{:#}", demangle(name)), "<vm::frame::Frame>::run");
        let (instructions, done) = relaxed(name, STORE, &["::Frame>::run=32@8"]);
        assert_eq!((instructions.as_slice(), done.stores), ([0x41, 16, 0x41, 5, NOP, 0x36, 2, 8].as_slice(), vec![1]));
        assert_eq!(relaxed(name, STORE8, &["::Frame>::run=8@8"]).0, [0x41, 16, 0x41, 5, NOP, 0x3a, 0, 8]);
        for other in ["::Frame>::run=32@0", "::Frame>::run=8@8", "Frame>::ru=32@8"] {
            let (instructions, done) = relaxed(name, STORE, &[other]);
            assert_eq!((instructions.as_slice(), done.stores), (STORE, vec![0]), "{other}");
        }
    }

    #[test]
    fn what_is_malformed_is_an_error() {
        assert!(relax(&mut b"<!doctype html>".to_vec(), &[]).is_err());
        for text in ["run", "run=32", "run=16@0", "run=32@x"] {
            assert!(text.parse::<Relaxed>().is_err(), "{text}");
        }
    }
}
