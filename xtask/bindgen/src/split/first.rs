//! The part that the first view needs.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::{Context, Result};
use walrus::{ElementKind, ExportItem, FunctionBuilder, FunctionId, Module, TableId};

use crate::module;
use crate::names::{FUNCTION, GLOBAL, MEMORY, TABLE, name_of};
use crate::ownership::{Entry, FIRST};
use crate::parting::Parting;

/// The module without what can come later; `imports` of the later parts are
/// exported. `load` is the export that brings what the entry of a number leads to.
pub(crate) fn emit(bytes: &[u8], parting: &Parting, imports: &BTreeSet<String>, load: &str) -> Result<Vec<u8>> {
    let mut module = module::read(bytes)?;
    let load = module.exports.get_func(load).with_context(|| format!("there is no export {load}"))?;
    let ids = module::functions(&module);
    let (own, later): (Vec<usize>, Vec<usize>) =
        (0..ids.len()).partition(|position| parting.functions[*position] == FIRST);
    let own: Vec<FunctionId> = own.into_iter().map(|position| ids[position]).collect();
    let later: HashMap<FunctionId, Option<u32>> =
        later.into_iter().map(|position| (ids[position], parting.place(position))).collect();
    export_shared(&mut module, &ids, imports);
    module::call_through_the_table(&mut module, &own, &later)?;
    fill_table(&mut module, &ids, parting, load)?;
    fill_memory(&mut module, parting)?;
    walrus::passes::gc::run(&mut module);
    Ok(module.emit_wasm())
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

/// Where a later function stands that may be called too early, a stub stands in
/// for it; where one can't be called before its part is there, nothing does.
fn fill_table(module: &mut Module, ids: &[FunctionId], parting: &Parting, load: FunctionId) -> Result<()> {
    let table = module::function_table(module)?;
    let filled: Vec<_> = module
        .elements
        .iter()
        .filter(|element| matches!(element.kind, ElementKind::Active { table: of, .. } if of == table))
        .map(walrus::Element::id)
        .collect();
    filled.into_iter().for_each(|id| module.elements.delete(id));
    module.tables.get_mut(table).elem_segments.clear();
    parting.grow_table(module)?;

    let mut stands: BTreeMap<u32, FunctionId> =
        parting.table.iter().map(|(place, position)| (*place, ids[*position])).collect();
    let nothing = nothing(module);
    for (position, places) in &parting.places {
        let stands_in = match parting.place(*position) {
            Some(place) if parting.early.contains(position) => {
                stub(module, ids[*position], parting.entry(*position), place, table, load)
            }
            _ => nothing,
        };
        stands.extend(places.iter().map(|place| (*place, stands_in)));
    }
    let stands: Vec<_> = stands.into_iter().collect();
    for run in stands.chunk_by(|(place, _), (next, _)| place + 1 == *next) {
        let Some((start, _)) = run.first() else { continue };
        module::add_places(module, *start, run.iter().map(|(_, id)| *id).collect())?;
    }
    Ok(())
}

fn fill_memory(module: &mut Module, parting: &Parting) -> Result<()> {
    let data: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    data.into_iter().for_each(|id| module.data.delete(id));
    module.memories.iter_mut().for_each(|memory| memory.data_segments.clear());
    parting.data[FIRST].iter().try_for_each(|(address, bytes)| module::add_data(module, *address, bytes.clone()))
}

/// Stands where nobody calls.
fn nothing(module: &mut Module) -> FunctionId {
    let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
    builder.func_body().unreachable();
    builder.finish(Vec::new(), &mut module.funcs)
}

/// Brings what the function belongs to, then calls what has taken this one's place.
fn stub(module: &mut Module, of: FunctionId, entry: Entry, place: u32, table: TableId, load: FunctionId) -> FunctionId {
    let ty = module.funcs.get(of).ty();
    let (params, results) = module.types.params_results(ty);
    let (params, results) = (params.to_vec(), results.to_vec());
    let locals: Vec<_> = params.iter().map(|ty| module.locals.add(*ty)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    let mut body = builder.func_body();
    // There are fewer than 64 entries.
    body.i32_const(entry as i32).call(load);
    for local in &locals {
        body.local_get(*local);
    }
    body.i32_const(place.cast_signed()).call_indirect(ty, table);
    builder.finish(locals, &mut module.funcs)
}
