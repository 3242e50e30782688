//! The part that can come later.

use std::collections::BTreeSet;

use anyhow::Result;
use walrus::ir::Value;
use walrus::{
    ConstExpr, ElementItems, ElementKind, FunctionKind, GlobalKind, ImportId, ImportKind, ImportedFunction, Module,
};

use crate::first::{FUNCTION, GLOBAL, MEMORY, TABLE, name_of};
use crate::parting::{self, Parting};

/// Whose exports are imported.
const PROGRAM: &str = "program";

/// The module with nothing but what is moved, and the names of what it takes
/// from the first part.
pub(crate) fn emit(module: &[u8], parting: &Parting) -> Result<(Vec<u8>, BTreeSet<String>)> {
    let mut module = parting::read(module)?;
    forget_the_beginning(&mut module);
    import_functions(&mut module, parting);
    import_globals(&mut module);
    import_memories(&mut module);
    import_tables(&mut module, parting)?;
    fill_places(&mut module, parting)?;
    walrus::passes::gc::run(&mut module);
    let imports = module.imports.iter().map(|import| import.name.clone()).collect();
    Ok((module.emit_wasm(), imports))
}

/// Memory is filled, and everything started, by the first part.
fn forget_the_beginning(module: &mut Module) {
    module.start = None;
    let exports: Vec<_> = module.exports.iter().map(walrus::Export::id).collect();
    exports.into_iter().for_each(|id| module.exports.delete(id));
    let data: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    data.into_iter().for_each(|id| module.data.delete(id));
    let elements: Vec<_> = module.elements.iter().map(walrus::Element::id).collect();
    elements.into_iter().for_each(|id| module.elements.delete(id));
}

fn import_functions(module: &mut Module, parting: &Parting) {
    for (position, id) in parting::functions(module).into_iter().enumerate() {
        if parting.moved.contains(&position) {
            continue;
        }
        let name = name_of(FUNCTION, position);
        let ty = module.funcs.get(id).ty();
        match &module.funcs.get(id).kind {
            FunctionKind::Import(imported) => {
                let import = module.imports.get_mut(imported.import);
                import.module = PROGRAM.into();
                import.name = name;
            }
            FunctionKind::Local(_) | FunctionKind::Uninitialized(_) => {
                let import = module.imports.add(PROGRAM, &name, id);
                module.funcs.get_mut(id).kind = FunctionKind::Import(ImportedFunction { import, ty });
            }
        }
    }
}

fn import_globals(module: &mut Module) {
    let globals: Vec<_> = module.globals.iter().map(walrus::Global::id).collect();
    for (position, id) in globals.into_iter().enumerate() {
        let import = add(module, name_of(GLOBAL, position), id);
        module.globals.get_mut(id).kind = GlobalKind::Import(import);
    }
}

fn import_memories(module: &mut Module) {
    let memories: Vec<_> = module.memories.iter().map(walrus::Memory::id).collect();
    for (position, id) in memories.into_iter().enumerate() {
        let import = add(module, name_of(MEMORY, position), id);
        let memory = module.memories.get_mut(id);
        memory.import = Some(import);
        memory.data_segments.clear();
    }
}

fn import_tables(module: &mut Module, parting: &Parting) -> Result<()> {
    let functions = parting::function_table(module)?;
    let tables: Vec<_> = module.tables.iter().map(walrus::Table::id).collect();
    let added = parting.places.values().flatten().filter(|place| u64::from(**place) >= parting.table_size).count();
    for (position, id) in tables.into_iter().enumerate() {
        let import = add(module, name_of(TABLE, position), id);
        let table = module.tables.get_mut(id);
        table.import = Some(import);
        table.elem_segments.clear();
        if id == functions {
            table.initial += added as u64;
            table.maximum = table.maximum.map(|maximum| maximum.max(table.initial));
        }
    }
    Ok(())
}

fn add(module: &mut Module, name: String, item: impl Into<ImportKind>) -> ImportId {
    module.imports.add(PROGRAM, &name, item)
}

/// Takes the stubs' places, in as few segments as there are runs of places.
fn fill_places(module: &mut Module, parting: &Parting) -> Result<()> {
    let table = parting::function_table(module)?;
    let ids = parting::functions(module);
    let mut places: Vec<_> = parting
        .places
        .iter()
        .flat_map(|(position, places)| places.iter().map(|place| (*place, ids[*position])))
        .collect();
    places.sort_unstable_by_key(|(place, _)| *place);
    for run in places.chunk_by(|(place, _), (next, _)| place + 1 == *next) {
        let Some((start, _)) = run.first() else { continue };
        let offset = ConstExpr::Value(Value::I32(start.cast_signed()));
        let functions = run.iter().map(|(_, id)| *id).collect();
        module.elements.add(ElementKind::Active { table, offset }, ElementItems::Functions(functions));
    }
    Ok(())
}
