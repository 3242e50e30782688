//! What the linker knew: which function and which piece of data refers to what.
//!
//! Read from the module as it was linked with `--emit-relocs` and
//! `--no-merge-data-segments`, before wasm-bindgen: that one moves functions
//! about, but neither data nor places of the table (tool-conventions,
//! "WebAssembly Object File Linking").

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::{Context, Result, bail, ensure};
use wasmparser::{
    DataKind, ElementItems, ElementKind, KnownCustom, Linking, Name, Operator, Parser, Payload, RelocationEntry,
    RelocationType, SymbolInfo,
};

/// A piece of data: what one symbol or a few of them name.
#[derive(Debug)]
pub(crate) struct Segment {
    /// Where in memory it begins.
    pub(crate) address: u32,
    /// What it holds at the start.
    pub(crate) bytes: Vec<u8>,
    /// Nothing ever writes to it, so that it may come late.
    pub(crate) is_constant: bool,
}

/// What is referred to.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Target {
    /// The segment at this position.
    Segment(usize),
    /// What stands at this place of the table.
    Place(u32),
}

/// All references of a module.
#[derive(Debug, Default)]
pub(crate) struct Linked {
    /// All data.
    pub(crate) segments: Vec<Segment>,
    /// What each segment refers to.
    pub(crate) of_segments: Vec<BTreeSet<Target>>,
    /// What each function refers to besides those that it calls, by its symbol.
    pub(crate) of_functions: HashMap<String, BTreeSet<Target>>,
}

/// What relocations name.
#[derive(Clone, Copy, Debug)]
enum Symbol {
    Function(u32),
    Data(usize),
    Other,
}

/// A stretch of a section, and whose it is.
type Owned<T> = BTreeMap<usize, (usize, T)>;

#[derive(Default)]
struct Reading<'a> {
    imported: u32,
    names: HashMap<u32, &'a str>,
    code_start: usize,
    bodies: Owned<u32>,
    data_start: usize,
    pieces: Owned<usize>,
    segments: Vec<Segment>,
    symbols: Vec<Symbol>,
    places: HashMap<u32, Vec<u32>>,
    in_code: Vec<RelocationEntry>,
    in_data: Vec<RelocationEntry>,
}

impl Linked {
    /// Reads what the linker has written.
    pub(crate) fn read(module: &[u8]) -> Result<Self> {
        let mut reading = Reading::default();
        for payload in Parser::new(0).parse_all(module) {
            reading.take(payload?)?;
        }
        ensure!(
            !reading.symbols.is_empty() && !reading.in_code.is_empty() && !reading.in_data.is_empty(),
            "the linked module tells no relocations: was it linked with --emit-relocs?"
        );
        reading.finish()
    }

    /// The segment that has this address.
    pub(crate) fn segment_at(&self, address: u32) -> Option<usize> {
        let after = self.segments.partition_point(|segment| segment.address <= address);
        let index = after.checked_sub(1)?;
        let segment = &self.segments[index];
        (u64::from(address) < u64::from(segment.address) + segment.bytes.len() as u64).then_some(index)
    }
}

impl<'a> Reading<'a> {
    fn take(&mut self, payload: Payload<'a>) -> Result<()> {
        match payload {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    self.imported += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::ElementSection(section) => {
                for element in section {
                    self.take_places(&element?)?;
                }
            }
            Payload::CodeSectionStart { range, .. } => self.code_start = range.start,
            Payload::CodeSectionEntry(body) => {
                let index = self.imported + u32::try_from(self.bodies.len())?;
                self.bodies.insert(body.range().start, (body.range().end, index));
            }
            Payload::DataSection(section) => {
                self.data_start = section.range().start;
                for data in section {
                    let data = data?;
                    let DataKind::Active { memory_index: 0, offset_expr } = &data.kind else {
                        bail!("the linked module has data that is not put into memory at its start");
                    };
                    let address = constant(offset_expr)?;
                    let start = data.range.end - data.data.len();
                    self.pieces.insert(start, (data.range.end, self.segments.len()));
                    self.segments.push(Segment { address, bytes: data.data.to_vec(), is_constant: false });
                }
            }
            Payload::CustomSection(section) => match section.as_known() {
                KnownCustom::Name(names) => {
                    for names in names {
                        if let Name::Function(names) = names? {
                            for name in names {
                                let name = name?;
                                self.names.insert(name.index, name.name);
                            }
                        }
                    }
                }
                KnownCustom::Linking(linking) => {
                    for subsection in linking.subsections() {
                        self.take_linking(subsection?)?;
                    }
                }
                KnownCustom::Reloc(relocations) => {
                    let entries = relocations.entries().into_iter().collect::<Result<Vec<_>, _>>()?;
                    match section.name() {
                        "reloc.CODE" => self.in_code = entries,
                        "reloc.DATA" => self.in_data = entries,
                        _ => {}
                    }
                }
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }

    fn take_places(&mut self, element: &wasmparser::Element<'_>) -> Result<()> {
        let ElementKind::Active { table_index: None | Some(0), offset_expr } = &element.kind else { return Ok(()) };
        let ElementItems::Functions(functions) = &element.items else {
            bail!("the linked module's table is filled by expressions");
        };
        for (place, function) in (constant(offset_expr)?..).zip(functions.clone()) {
            self.places.entry(function?).or_default().push(place);
        }
        Ok(())
    }

    fn take_linking(&mut self, subsection: Linking<'a>) -> Result<()> {
        match subsection {
            Linking::SegmentInfo(segments) => {
                for (index, segment) in segments.into_iter().enumerate() {
                    let name = segment?.name;
                    let known = self.segments.get_mut(index).context("the linker names more data than there is")?;
                    known.is_constant = name.starts_with(".rodata") || name.starts_with(".data.rel.ro");
                }
            }
            Linking::SymbolTable(symbols) => {
                for symbol in symbols {
                    self.symbols.push(match symbol? {
                        SymbolInfo::Func { index, .. } => Symbol::Function(index),
                        SymbolInfo::Data { flags, symbol: Some(symbol), .. }
                            if !flags.contains(wasmparser::SymbolFlags::ABSOLUTE) =>
                        {
                            let segment = symbol.index as usize;
                            ensure!(segment < self.segments.len(), "a symbol names data that is not there");
                            Symbol::Data(segment)
                        }
                        _ => Symbol::Other,
                    });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(self) -> Result<Linked> {
        ensure!(
            self.segments.is_sorted_by_key(|segment| segment.address),
            "the linked module's data is not in the order of its addresses"
        );
        let mut linked = Linked {
            of_segments: vec![BTreeSet::new(); self.segments.len()],
            segments: Vec::new(),
            of_functions: HashMap::new(),
        };
        let (mut in_code, mut in_data) = (Vec::new(), Vec::new());
        for entry in &self.in_code {
            let function = owner(&self.bodies, self.code_start + entry.offset as usize)?;
            in_code.push((function, self.targets(entry)?));
        }
        for entry in &self.in_data {
            let segment = owner(&self.pieces, self.data_start + entry.offset as usize)?;
            in_data.push((segment, self.targets(entry)?));
        }
        for (_, function) in self.bodies.values() {
            let name = self.names.get(function).context("the linked module has functions without a name")?;
            linked.of_functions.entry((*name).to_owned()).or_default();
        }
        linked.segments = self.segments;
        for (function, targets) in in_code {
            let known = linked.of_functions.entry(self.names[&function].to_owned()).or_default();
            known.extend(targets);
        }
        for (segment, targets) in in_data {
            linked.of_segments[segment].extend(targets);
        }
        Ok(linked)
    }

    fn targets(&self, entry: &RelocationEntry) -> Result<Vec<Target>> {
        use RelocationType as Type;
        let symbol = || self.symbols.get(entry.index as usize).context("a relocation names no symbol");
        Ok(match entry.ty {
            Type::TableIndexI32 | Type::TableIndexSleb => match symbol()? {
                Symbol::Function(index) => {
                    self.places.get(index).into_iter().flatten().map(|place| Target::Place(*place)).collect()
                }
                other => bail!("a place of the table is that of {other:?}"),
            },
            Type::MemoryAddrLeb | Type::MemoryAddrSleb | Type::MemoryAddrI32 => match symbol()? {
                // Of the symbol, wherever in it or just behind it the address is.
                Symbol::Data(segment) => vec![Target::Segment(*segment)],
                // The stack's end and the like.
                Symbol::Other => Vec::new(),
                other => bail!("the address of data is that of {other:?}"),
            },
            // Whom an instruction calls is seen in the finished module.
            Type::FunctionIndexLeb | Type::TypeIndexLeb | Type::GlobalIndexLeb | Type::TableNumberLeb => Vec::new(),
            other => bail!("relocations of type {other:?} can't be followed"),
        })
    }
}

fn owner<T: Copy>(stretches: &Owned<T>, offset: usize) -> Result<T> {
    let found = stretches.range(..=offset).next_back().filter(|(_, (end, _))| offset < *end);
    found.map(|(_, (_, owner))| *owner).context("a relocation is nowhere")
}

fn constant(offset: &wasmparser::ConstExpr<'_>) -> Result<u32> {
    match offset.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        other => bail!("a segment begins at {other:?}, which is no constant"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(id: u8, body: &[u8]) -> Vec<u8> {
        [&[id, u8::try_from(body.len()).expect("short")], body].concat()
    }

    fn custom(name: &str, body: &[u8]) -> Vec<u8> {
        section(0, &[&[u8::try_from(name.len()).expect("short")], name.as_bytes(), body].concat())
    }

    /// `f` takes the address of constant `a` and of function `g`, which stands at
    /// place 1 of the table; variable `b` holds the address of `a`.
    fn linked(relocations: &[Vec<u8>]) -> Vec<u8> {
        let f = b"\x10\0\x41\x80\x80\xc0\x80\0\x1a\x41\x81\x80\x80\x80\0\x1a\x0b";
        let g = b"\x02\0\x0b";
        let data = b"\x02\0\x41\x80\x80\xc0\0\x0b\x02ab\0\x41\x84\x80\xc0\0\x0b\x04\0\0\x10\0";
        let segments = b"\x05\x17\x02\x09.rodata.a\0\0\x07.data.b\0\0";
        let symbols = b"\x08\x19\x04\0\0\0\x01f\0\0\x01\x01g\x01\0\x01a\0\0\x02\x01\0\x01b\x01\0\x04";
        let sections = [
            section(1, b"\x01\x60\0\0"),
            section(3, b"\x02\0\0"),
            section(9, b"\x01\0\x41\x01\x0b\x01\x01"),
            section(10, &[b"\x02".as_slice(), f, g].concat()),
            section(11, data),
            custom("linking", &[b"\x02".as_slice(), segments, symbols].concat()),
            custom("name", b"\x01\x07\x02\0\x01f\x01\x01g"),
        ];
        [b"\0asm\x01\0\0\0".to_vec(), sections.concat(), relocations.concat()].concat()
    }

    #[test]
    fn references_are_read_from_relocations() {
        let in_code = custom("reloc.CODE", b"\x03\x02\x04\x04\x02\0\x01\x0b\x01");
        let in_data = custom("reloc.DATA", b"\x04\x01\x05\x13\x02\0");
        let linked = Linked::read(&linked(&[in_code, in_data])).expect("read");
        let a = Target::Segment(0);
        assert_eq!(linked.of_functions["f"], BTreeSet::from([a, Target::Place(1)]));
        assert_eq!(linked.of_functions["g"], BTreeSet::new());
        assert_eq!(linked.of_segments, [BTreeSet::new(), BTreeSet::from([a])]);
        assert!(linked.segments[0].is_constant && !linked.segments[1].is_constant);
        let found = [0x10_0000, 0x10_0001, 0x10_0002, 0x10_0007, 0x10_0008].map(|address| linked.segment_at(address));
        assert_eq!(found, [Some(0), Some(0), None, Some(1), None]);
    }

    #[test]
    fn a_module_without_relocations_is_refused() {
        let error = Linked::read(&linked(&[])).expect_err("nothing is known");
        assert!(error.to_string().contains("--emit-relocs"), "{error}");
    }

    #[test]
    fn a_relocation_of_an_unknown_kind_is_refused() {
        let in_code = custom("reloc.CODE", b"\x03\x01\x17\x04\x02\0");
        let in_data = custom("reloc.DATA", b"\x04\x01\x05\x13\x02\0");
        Linked::read(&linked(&[in_code, in_data])).expect_err("cannot be followed");
    }
}
