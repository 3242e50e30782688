//! The part that the first view needs.

use std::collections::{BTreeSet, HashMap};

use anyhow::{Context, Result};
use walrus::ir::{Call, CallIndirect, Const, Instr, Value};
use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind, Module, TableId,
};

use crate::parting::{self, Parting};

/// The module without what is moved; `imports` of the rest are exported, by the
/// names of [`name_of`].
pub(crate) fn emit(module: &[u8], parting: &Parting, imports: &BTreeSet<String>, load: &str) -> Result<Vec<u8>> {
    let mut module = parting::read(module)?;
    let load = module.exports.get_func(load).with_context(|| format!("there is no export {load}"))?;
    let ids = parting::functions(&module);
    let table = parting::function_table(&module)?;
    let moved: HashMap<FunctionId, Option<u32>> = parting
        .moved
        .iter()
        .map(|position| (ids[*position], parting.places.get(position).map(|places| places[0])))
        .collect();
    export_shared(&mut module, &ids, imports);
    call_through_the_table(&mut module, &ids, &moved, table)?;
    put_stubs(&mut module, &ids, parting, table, load)?;
    walrus::passes::gc::run(&mut module);
    Ok(module.emit_wasm())
}

/// What names begin with; no symbol of Rust or wasm-bindgen begins so.
pub(crate) const FUNCTION: char = '$';
/// See [`FUNCTION`].
pub(crate) const TABLE: char = '%';
/// See [`FUNCTION`].
pub(crate) const MEMORY: char = '&';
/// See [`FUNCTION`].
pub(crate) const GLOBAL: char = '*';

/// The name by which the rest imports a function, table, memory or global.
pub(crate) fn name_of(kind: char, position: usize) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut name = String::from(kind);
    let mut left = position;
    loop {
        name.push(char::from(DIGITS[left % DIGITS.len()]));
        left /= DIGITS.len();
        if left == 0 {
            return name;
        }
    }
}

fn export_shared(module: &mut Module, ids: &[FunctionId], imports: &BTreeSet<String>) {
    let functions = ids.iter().enumerate();
    let mut items: Vec<(String, ExportItem)> =
        functions.map(|(position, id)| (name_of(FUNCTION, position), ExportItem::Function(*id))).collect();
    let tables = module.tables.iter().enumerate();
    items.extend(tables.map(|(position, it)| (name_of(TABLE, position), ExportItem::Table(it.id()))));
    let memories = module.memories.iter().enumerate();
    items.extend(memories.map(|(position, it)| (name_of(MEMORY, position), ExportItem::Memory(it.id()))));
    let globals = module.globals.iter().enumerate();
    items.extend(globals.map(|(position, it)| (name_of(GLOBAL, position), ExportItem::Global(it.id()))));
    for (name, item) in items {
        if imports.contains(&name) {
            module.exports.add(&name, item);
        }
    }
}

fn call_through_the_table(
    module: &mut Module,
    ids: &[FunctionId],
    moved: &HashMap<FunctionId, Option<u32>>,
    table: TableId,
) -> Result<()> {
    let types: HashMap<FunctionId, _> = moved.keys().map(|id| (*id, module.funcs.get(*id).ty())).collect();
    for id in ids.iter().filter(|id| !moved.contains_key(id)) {
        let FunctionKind::Local(function) = &mut module.funcs.get_mut(*id).kind else { continue };
        for sequence in parting::sequences(function) {
            let instructions = &mut function.block_mut(sequence).instrs;
            let mut rewritten = Vec::with_capacity(instructions.len());
            for (instruction, location) in instructions.drain(..) {
                match instruction {
                    Instr::Call(Call { func }) if moved.contains_key(&func) => {
                        let place = moved[&func].context("a function that is called from both parts has no place")?;
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

/// Puts a stub wherever a moved function stood in the table, and into its new
/// places.
fn put_stubs(
    module: &mut Module,
    ids: &[FunctionId],
    parting: &Parting,
    table: TableId,
    load: FunctionId,
) -> Result<()> {
    let mut stubs = HashMap::new();
    let mut added = Vec::new();
    for (position, places) in &parting.places {
        let stub = stub(module, ids[*position], places[0], table, load);
        stubs.insert(ids[*position], stub);
        if u64::from(places[0]) >= parting.table_size {
            added.push(stub);
        }
    }
    for element in module.elements.iter_mut() {
        if let ElementItems::Functions(functions) = &mut element.items {
            for function in functions {
                *function = stubs.get(function).copied().unwrap_or(*function);
            }
        }
    }
    let grown = module.tables.get_mut(table);
    grown.initial += added.len() as u64;
    grown.maximum = grown.maximum.map(|maximum| maximum.max(grown.initial));
    let offset = ConstExpr::Value(Value::I32(i32::try_from(parting.table_size)?));
    let element = module.elements.add(ElementKind::Active { table, offset }, ElementItems::Functions(added));
    module.tables.get_mut(table).elem_segments.insert(element);
    Ok(())
}

/// Loads the rest, then calls what has taken this one's place.
fn stub(module: &mut Module, of: FunctionId, place: u32, table: TableId, load: FunctionId) -> FunctionId {
    let ty = module.funcs.get(of).ty();
    let (params, results) = module.types.params_results(ty);
    let (params, results) = (params.to_vec(), results.to_vec());
    let locals: Vec<_> = params.iter().map(|ty| module.locals.add(*ty)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    builder.name(format!("stub of {}", module.funcs.get(of).name.as_deref().unwrap_or("?")));
    let mut body = builder.func_body();
    body.call(load);
    for local in &locals {
        body.local_get(*local);
    }
    body.i32_const(place.cast_signed()).call_indirect(ty, table);
    builder.finish(locals, &mut module.funcs)
}
