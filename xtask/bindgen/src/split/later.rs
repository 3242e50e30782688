//! A part that can come later.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::Result;
use walrus::{FunctionId, FunctionKind, GlobalKind, ImportId, ImportKind, ImportedFunction, Module};

use crate::module;
use crate::names::{FUNCTION, GLOBAL, MEMORY, TABLE, name_of};
use crate::ownership::{FIRST, Part};
use crate::parting::Parting;

/// What a part takes from those before it, by the names of [`name_of`].
pub(crate) type Imports = BTreeMap<Part, BTreeSet<String>>;

/// The name under which a part's exports are imported: its number.
fn module_of(part: Part) -> String {
    part.to_string()
}

/// The module with nothing but the functions and data of `part`, which exports
/// those of `exported`.
pub(crate) fn emit(
    bytes: &[u8],
    parting: &Parting,
    part: Part,
    exported: &BTreeSet<String>,
) -> Result<(Vec<u8>, Imports)> {
    let mut module = module::read(bytes)?;
    let ids = module::functions(&module);
    module.start = None;
    let exports: Vec<_> = module.exports.iter().map(walrus::Export::id).collect();
    exports.into_iter().for_each(|id| module.exports.delete(id));
    module::forget_contents(&mut module);

    let own: Vec<FunctionId> = of(parting, part).map(|position| ids[position]).collect();
    let elsewhere: HashMap<FunctionId, Option<u32>> = (0..ids.len())
        .filter(|position| !parting.is_there(part, parting.functions[*position]))
        .map(|position| (ids[position], parting.place(position)))
        .collect();
    module::call_through_the_table(&mut module, &own, &elsewhere)?;
    import_functions(&mut module, &ids, parting, part);
    import_the_rest(&mut module, parting)?;
    for (position, id) in ids.iter().enumerate() {
        let name = name_of(FUNCTION, position);
        if exported.contains(&name) {
            module.exports.add(&name, *id);
        }
    }
    fill_places(&mut module, &ids, parting, part)?;
    for (address, bytes) in &parting.data[part] {
        module::add_data(&mut module, *address, bytes.clone())?;
    }
    walrus::passes::gc::run(&mut module);

    let mut imports = Imports::new();
    for import in module.imports.iter() {
        if let Ok(from) = import.module.parse() {
            imports.entry(from).or_default().insert(import.name.clone());
        }
    }
    Ok((module.emit_wasm(), imports))
}

fn of(parting: &Parting, part: Part) -> impl Iterator<Item = usize> {
    let functions = parting.functions.iter().enumerate();
    functions.filter(move |(_, owner)| **owner == part).map(|(position, _)| position)
}

fn import_functions(module: &mut Module, ids: &[FunctionId], parting: &Parting, part: Part) {
    for (position, id) in ids.iter().enumerate() {
        let owner = parting.functions[position];
        if owner == part {
            continue;
        }
        // Those that may not be there are called by way of the table: no import of them is left.
        let from = module_of(owner);
        let name = name_of(FUNCTION, position);
        let ty = module.funcs.get(*id).ty();
        match &module.funcs.get(*id).kind {
            FunctionKind::Import(imported) => {
                let import = module.imports.get_mut(imported.import);
                import.module = from;
                import.name = name;
            }
            FunctionKind::Local(_) | FunctionKind::Uninitialized(_) => {
                let import = module.imports.add(&from, &name, *id);
                module.funcs.get_mut(*id).kind = FunctionKind::Import(ImportedFunction { import, ty });
            }
        }
    }
}

/// All parts have one memory, one table and one stack, which the first one brings.
fn import_the_rest(module: &mut Module, parting: &Parting) -> Result<()> {
    let globals: Vec<_> = module.globals.iter().map(walrus::Global::id).collect();
    for (position, id) in globals.into_iter().enumerate() {
        let import = add(module, name_of(GLOBAL, position), id);
        module.globals.get_mut(id).kind = GlobalKind::Import(import);
    }
    let memories: Vec<_> = module.memories.iter().map(walrus::Memory::id).collect();
    for (position, id) in memories.into_iter().enumerate() {
        let import = add(module, name_of(MEMORY, position), id);
        module.memories.get_mut(id).import = Some(import);
    }
    parting.grow_table(module)?;
    let tables: Vec<_> = module.tables.iter().map(walrus::Table::id).collect();
    for (position, id) in tables.into_iter().enumerate() {
        let import = add(module, name_of(TABLE, position), id);
        module.tables.get_mut(id).import = Some(import);
    }
    Ok(())
}

fn add(module: &mut Module, name: String, item: impl Into<ImportKind>) -> ImportId {
    module.imports.add(&module_of(FIRST), &name, item)
}

/// Takes the places that were kept for it, in as few segments as there are runs of places.
fn fill_places(module: &mut Module, ids: &[FunctionId], parting: &Parting, part: Part) -> Result<()> {
    let own = parting.places.iter().filter(|(position, _)| parting.functions[**position] == part);
    let mut places: Vec<_> =
        own.flat_map(|(position, places)| places.iter().map(|place| (*place, ids[*position]))).collect();
    places.sort_unstable_by_key(|(place, _)| *place);
    for run in places.chunk_by(|(place, _), (next, _)| place + 1 == *next) {
        let Some((start, _)) = run.first() else { continue };
        module::add_places(module, *start, run.iter().map(|(_, id)| *id).collect())?;
    }
    Ok(())
}
