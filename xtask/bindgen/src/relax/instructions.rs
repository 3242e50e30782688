//! The instructions of a module, and what becomes of them.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use anyhow::{Context, Error, Result, bail};
use rustc_demangle::demangle;
use wasmparser::{FunctionBody, KnownCustom, Name, Operator, Parser, Payload, TypeRef};

const NOP: u8 = 0x01;
/// Follows the prefix of all atomic operations.
const I32_RMW_ADD: u8 = 0x1e;
/// −1 as a signed LEB128 number.
const MINUS_ONE: u8 = 0x7f;

/// Loads and stores that need no order.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Relaxed {
    /// How the function's name ends, as it stands in the source.
    function: String,
    /// For any types of a generic function: its name ends with these in angle brackets.
    is_generic: bool,
    accesses: Accesses,
}

/// Which ones of a function.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Accesses {
    Every,
    Stores { bits: u8, offset: u64 },
}

impl FromStr for Relaxed {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (function, accesses) = text.rsplit_once('=').context("--relaxed takes <function>=<accesses>")?;
        let accesses = if accesses == "every" {
            Accesses::Every
        } else {
            let place = accesses.split_once('@').context("accesses are <bits>@<offset>, or every")?;
            let (bits, offset) = (place.0.parse()?, place.1.parse()?);
            if !matches!(bits, 8 | 32 | 64) {
                bail!("stores of {bits} bits are none that this program knows: 8, 32 or 64");
            }
            Accesses::Stores { bits, offset }
        };
        let (function, is_generic) = match function.strip_suffix("::<*>") {
            Some(function) => (function, true),
            None => (function, false),
        };
        Ok(Self { function: function.to_owned(), is_generic, accesses })
    }
}

impl fmt::Display for Relaxed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.accesses {
            Accesses::Every => write!(formatter, "a load or store in {}", self.function),
            Accesses::Stores { bits, offset } => {
                write!(formatter, "a store of {bits} bits at {offset} in {}", self.function)
            }
        }
    }
}

impl Relaxed {
    fn is(&self, function: &str, access: &Access) -> bool {
        let is_one = match self.accesses {
            Accesses::Every => true,
            Accesses::Stores { bits, offset } => access.stored == Some(bits) && access.offset == offset,
        };
        let function = if self.is_generic { without_types(function) } else { Some(function) };
        is_one && function.is_some_and(|function| function.ends_with(&self.function))
    }
}

/// A generic function's name without the types at its end.
fn without_types(function: &str) -> Option<&str> {
    let inside = function.strip_suffix('>')?;
    let mut depth = 1;
    for (at, sign) in inside.char_indices().rev() {
        match sign {
            // An arrow's is none.
            '>' if !inside[..at].ends_with('-') => depth += 1,
            '<' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return inside[..at].strip_suffix("::");
        }
    }
    None
}

/// An atomic load or store.
struct Access {
    /// How many bits, if it is a store.
    stored: Option<u8>,
    offset: u64,
    /// The plain operation that does the same.
    plain: u8,
}

impl Access {
    fn of(operator: &Operator<'_>) -> Option<Self> {
        let (memory, stored, plain) = match operator {
            Operator::I32AtomicLoad { memarg } => (memarg, None, 0x28),
            Operator::I64AtomicLoad { memarg } => (memarg, None, 0x29),
            Operator::I32AtomicLoad8U { memarg } => (memarg, None, 0x2d),
            Operator::I64AtomicLoad8U { memarg } => (memarg, None, 0x31),
            Operator::I64AtomicLoad32U { memarg } => (memarg, None, 0x35),
            Operator::I32AtomicStore { memarg } => (memarg, Some(32), 0x36),
            Operator::I64AtomicStore { memarg } => (memarg, Some(64), 0x37),
            Operator::I32AtomicStore8 { memarg } => (memarg, Some(8), 0x3a),
            Operator::I64AtomicStore8 { memarg } => (memarg, Some(8), 0x3c),
            Operator::I64AtomicStore32 { memarg } => (memarg, Some(32), 0x3e),
            _ => return None,
        };
        Some(Self { stored, offset: memory.offset, plain })
    }
}

/// How many instructions were replaced.
#[derive(Debug, Default, Eq, PartialEq)]
pub(crate) struct Done {
    pub(crate) fences: usize,
    pub(crate) subtractions: usize,
    /// For each kind of accesses that was named.
    pub(crate) accesses: Vec<usize>,
}

impl fmt::Display for Done {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fences, subtractions, accesses } = self;
        write!(formatter, "{fences} fences, {subtractions} subtractions, loads and stores: {accesses:?}")
    }
}

/// Replaces what there is to replace.
pub(crate) fn relax(module: &mut [u8], relaxed: &[Relaxed]) -> Result<Done> {
    let mut patches = Vec::new();
    let mut done = Done { accesses: vec![0; relaxed.len()], ..Done::default() };
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
                _ => {
                    let access = Access::of(&operator);
                    let is = |relaxed: &Relaxed| access.as_ref().is_some_and(|access| relaxed.is(&name, access));
                    if let (Some(access), Some(kind)) = (&access, relaxed.iter().position(is)) {
                        patches.extend([(at, NOP), (at + 1, access.plain)]);
                        done.accesses[kind] += 1;
                    }
                }
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

    fn relaxed(name: &str, instructions: &[u8], accesses: &[&str]) -> (Vec<u8>, Done) {
        let accesses: Vec<Relaxed> = accesses.iter().map(|accesses| accesses.parse().expect("well formed")).collect();
        let mut module = module(name, instructions);
        let done = relax(&mut module, &accesses).expect("a module");
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
        assert_eq!(
            (instructions.as_slice(), done.accesses),
            ([0x41, 16, 0x41, 5, NOP, 0x36, 2, 8].as_slice(), vec![1])
        );
        assert_eq!(relaxed(name, STORE8, &["::Frame>::run=8@8"]).0, [0x41, 16, 0x41, 5, NOP, 0x3a, 0, 8]);
        for other in ["::Frame>::run=32@0", "::Frame>::run=8@8", "Frame>::ru=32@8", "::Frame>::run::<*>=32@8"] {
            let (instructions, done) = relaxed(name, STORE, &[other]);
            assert_eq!((instructions.as_slice(), done.accesses), (STORE, vec![0]), "{other}");
        }
    }

    #[test]
    fn every_access_of_all_instances_becomes_plain() {
        // At 16: what is there, loaded and kept again, in 64 bits and in 8.
        let swap = |load: [u8; 2], store: [u8; 2], exponent| {
            let (load, store) =
                ([load.as_slice(), &[exponent, 0]].concat(), [store.as_slice(), &[exponent, 24]].concat());
            [[0x41, 16, 0x41, 16].as_slice(), &load, &store].concat()
        };
        let double = swap([0xfe, 0x11], [0xfe, 0x18], 3);
        let byte = swap([0xfe, 0x12], [0xfe, 0x19], 0);
        let name = "_RINvNtCs1234_3lab5block4copyINtNtB4_3num7ComplexdEdEB4_";
        assert_eq!(format!("{:#}", demangle(name)), "lab::block::copy::<lab::num::Complex<f64>, f64>");
        let every = ["lab::block::copy::<*>=every"];
        let (instructions, done) = relaxed(name, &double, &every);
        assert_eq!((instructions, done.accesses), (swap([NOP, 0x29], [NOP, 0x37], 3), vec![2]));
        assert_eq!(relaxed(name, &byte, &every).0, swap([NOP, 0x2d], [NOP, 0x3a], 0));
        for other in ["lab::block::copy=every", "::cop::<*>=every", "lab::block::copy::<*>=64@0"] {
            assert_eq!(relaxed(name, &double, &[other]).0, double, "{other}");
        }
        assert_eq!(relaxed(name, FENCE, &every).1.accesses, [0]);
    }

    #[test]
    fn types_of_a_function_are_what_is_between_its_last_brackets() {
        assert_eq!(without_types("a::f::<b::C<d>, e>"), Some("a::f"));
        assert_eq!(without_types("a::f::<fn(b) -> c>"), Some("a::f"));
        assert_eq!(without_types("<a as b::C<d>>::f"), None);
        assert_eq!(without_types("<a as b::C<d>>"), None);
    }

    #[test]
    fn what_is_malformed_is_an_error() {
        assert!(relax(&mut b"<!doctype html>".to_vec(), &[]).is_err());
        for text in ["run", "run=32", "run=16@0", "run=32@x", "run=all"] {
            assert!(text.parse::<Relaxed>().is_err(), "{text}");
        }
    }
}
