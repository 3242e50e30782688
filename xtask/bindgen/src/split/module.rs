//! A module as Walrus reads it. Functions, tables, globals and memories are
//! known by their positions: it is read once for each part.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result, bail};
use walrus::ir::{Call, CallIndirect, Const, Instr, InstrSeqId, LoadSimd, Visitor, dfs_in_order};
use walrus::ir::{Load, RefFunc, ReturnCall, Store, Value};
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, FunctionId, FunctionKind, LocalFunction, Module, ModuleConfig,
    TableId,
};

/// Reads a module for taking it apart: names and producers are left out.
pub(crate) fn read(module: &[u8]) -> Result<Module> {
    let mut config = ModuleConfig::new();
    config.generate_name_section(false).generate_producers_section(false).generate_dwarf(false);
    let mut module = config.parse(module)?;
    let sections: Vec<_> = module.customs.iter().map(|(id, _)| id).collect();
    for section in sections {
        module.customs.delete(section);
    }
    Ok(module)
}

/// All functions, in the order of their positions.
pub(crate) fn functions(module: &Module) -> Vec<FunctionId> {
    module.funcs.iter().map(walrus::Function::id).collect()
}

/// The table of functions.
pub(crate) fn function_table(module: &Module) -> Result<TableId> {
    module.tables.main_function_table()?.context("the module has no table of functions")
}

/// What stands at each place of the table.
pub(crate) fn places(module: &Module, position: &HashMap<FunctionId, usize>) -> Result<BTreeMap<u32, usize>> {
    let table = function_table(module)?;
    let mut places = BTreeMap::new();
    for element in module.elements.iter() {
        let ElementKind::Active { table: of, offset } = &element.kind else { continue };
        if *of != table {
            continue;
        }
        let ElementItems::Functions(functions) = &element.items else {
            bail!("the table is filled by expressions, which can't be parted");
        };
        places.extend((constant(offset)?..).zip(functions.iter().map(|id| position[id])));
    }
    Ok(places)
}

/// What memory holds at the start: addresses and bytes.
pub(crate) fn data(module: &Module) -> Result<Vec<(u32, Vec<u8>)>> {
    let mut pieces = Vec::new();
    for data in module.data.iter() {
        let DataKind::Active { offset, .. } = &data.kind else {
            bail!("data that is not put into memory at the start can't be parted");
        };
        pieces.push((constant(offset)?, data.value.clone()));
    }
    pieces.sort_unstable_by_key(|(address, _)| *address);
    Ok(pieces)
}

fn constant(offset: &ConstExpr) -> Result<u32> {
    match offset {
        ConstExpr::Value(Value::I32(value)) => Ok(value.cast_unsigned()),
        other => bail!("a segment begins at {other:?}, which is no constant"),
    }
}

/// Fills the table from `start` on.
pub(crate) fn add_places(module: &mut Module, start: u32, functions: Vec<FunctionId>) -> Result<()> {
    let table = function_table(module)?;
    let offset = ConstExpr::Value(Value::I32(start.cast_signed()));
    let element = module.elements.add(ElementKind::Active { table, offset }, ElementItems::Functions(functions));
    module.tables.get_mut(table).elem_segments.insert(element);
    Ok(())
}

/// Fills the memory from `address` on.
pub(crate) fn add_data(module: &mut Module, address: u32, bytes: Vec<u8>) -> Result<()> {
    let memory = module.memories.iter().next().context("the module has no memory")?.id();
    let offset = ConstExpr::Value(Value::I32(address.cast_signed()));
    let data = module.data.add(DataKind::Active { memory, offset }, bytes);
    module.memories.get_mut(memory).data_segments.insert(data);
    Ok(())
}

/// Takes all data out, and all that fills tables.
pub(crate) fn forget_contents(module: &mut Module) {
    let data: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    data.into_iter().for_each(|id| module.data.delete(id));
    module.memories.iter_mut().for_each(|memory| memory.data_segments.clear());
    let elements: Vec<_> = module.elements.iter().map(walrus::Element::id).collect();
    elements.into_iter().for_each(|id| module.elements.delete(id));
    module.tables.iter_mut().for_each(|table| table.elem_segments.clear());
}

/// What the instructions of a function say.
#[derive(Default)]
pub(crate) struct Said {
    /// Functions that it calls.
    pub(crate) called: Vec<FunctionId>,
    /// Functions whose address it takes by a `ref.func`.
    pub(crate) referenced: Vec<FunctionId>,
    /// Numbers that might be addresses.
    pub(crate) numbers: Vec<u32>,
    /// Whether it has a tail call.
    pub(crate) returns_call: bool,
}

impl Said {
    /// Reads a function.
    pub(crate) fn by(function: &LocalFunction) -> Self {
        let mut said = Self::default();
        dfs_in_order(&mut said, function, function.entry_block());
        said
    }

    fn offset(&mut self, offset: u64) {
        self.numbers.extend(u32::try_from(offset));
    }
}

impl<'instr> Visitor<'instr> for Said {
    fn visit_call(&mut self, call: &Call) {
        self.called.push(call.func);
    }
    fn visit_ref_func(&mut self, reference: &RefFunc) {
        self.referenced.push(reference.func);
    }
    fn visit_return_call(&mut self, _: &ReturnCall) {
        self.returns_call = true;
    }
    fn visit_const(&mut self, constant: &Const) {
        if let Value::I32(value) = constant.value {
            self.numbers.push(value.cast_unsigned());
        }
    }
    fn visit_load(&mut self, load: &Load) {
        self.offset(load.arg.offset);
    }
    fn visit_load_simd(&mut self, load: &LoadSimd) {
        self.offset(load.arg.offset);
    }
    fn visit_store(&mut self, store: &Store) {
        self.offset(store.arg.offset);
    }
}

/// Has the functions at `positions` call by way of the table whom `places` names.
pub(crate) fn call_through_the_table(
    module: &mut Module,
    callers: &[FunctionId],
    places: &HashMap<FunctionId, Option<u32>>,
) -> Result<()> {
    let table = function_table(module)?;
    let types: HashMap<FunctionId, _> = places.keys().map(|id| (*id, module.funcs.get(*id).ty())).collect();
    for id in callers {
        let FunctionKind::Local(function) = &mut module.funcs.get_mut(*id).kind else { continue };
        for sequence in sequences(function) {
            let instructions = &mut function.block_mut(sequence).instrs;
            let mut rewritten = Vec::with_capacity(instructions.len());
            for (instruction, location) in instructions.drain(..) {
                match instruction {
                    Instr::Call(Call { func }) if places.contains_key(&func) => {
                        let place = places[&func].context("a function that another part calls has no place")?;
                        rewritten.push((Instr::Const(Const { value: Value::I32(place.cast_signed()) }), location));
                        rewritten.push((Instr::CallIndirect(CallIndirect { ty: types[&func], table }), location));
                    }
                    other => rewritten.push((other, location)),
                }
            }
            *instructions = rewritten;
        }
    }
    Ok(())
}

/// All instruction sequences of a function.
fn sequences(function: &LocalFunction) -> Vec<InstrSeqId> {
    #[derive(Default)]
    struct Sequences(Vec<InstrSeqId>);
    impl<'instr> Visitor<'instr> for Sequences {
        fn start_instr_seq(&mut self, sequence: &'instr walrus::ir::InstrSeq) {
            self.0.push(sequence.id());
        }
        fn visit_instr(&mut self, _: &'instr Instr, _: &'instr walrus::ir::InstrLocId) {}
    }
    let mut found = Sequences::default();
    dfs_in_order(&mut found, function, function.entry_block());
    found.0
}
