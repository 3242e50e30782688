//! Which functions go where, and through which places of the table they meet.
//!
//! Functions, tables, globals and memories are known by their positions in the
//! module: it is read twice, once for either part.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use anyhow::{Context, Result, bail, ensure};
use walrus::ir::{Call, Instr, InstrSeqId, RefFunc, ReturnCall, Visitor, dfs_in_order};
use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, FunctionId, FunctionKind, LocalFunction, Module, ModuleConfig,
    TableId,
};

/// How a module is parted.
#[derive(Debug)]
pub(crate) struct Parting {
    /// The functions of the rest.
    pub(crate) moved: BTreeSet<usize>,
    /// Their places in the table, where they have any.
    pub(crate) places: BTreeMap<usize, Vec<u32>>,
    /// How many places the table had before.
    pub(crate) table_size: u64,
    functions: usize,
}

impl fmt::Display for Parting {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (moved, entries) = (self.moved.len(), self.places.len());
        write!(formatter, "{moved} of {} functions can come later, {entries} of them as entries", self.functions)
    }
}

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

impl Parting {
    /// Decides for each function of `module`: later, if its name contains one
    /// of `later`, or if nothing but such functions leads to it.
    pub(crate) fn of(module: &[u8], later: &[String]) -> Result<Self> {
        let own = later.iter().find_map(|name| name.split_once("::")).map_or("", |(own, _)| own);
        let module = read(module)?;
        let ids = functions(&module);
        let position: HashMap<FunctionId, usize> = ids.iter().enumerate().map(|(index, id)| (*id, index)).collect();
        let calls = Calls::of(&module, &position)?;
        let table = function_table(&module)?;
        let in_table = places_in_table(&module, table, &position)?;
        let fixed = fixed(&module, &position, &calls);

        let name = |index: usize| plain(module.funcs.get(ids[index]).name.as_deref().unwrap_or_default());
        let is_local = |index: usize| matches!(module.funcs.get(ids[index]).kind, FunctionKind::Local(_));
        let is_named = |name: &str| later.iter().any(|it| name.contains(it.as_str()));
        let named: BTreeSet<usize> =
            (0..ids.len()).filter(|index| is_local(*index) && is_named(&name(*index))).collect();
        ensure!(!named.is_empty(), "no function has any of the given names: was the module stripped?");
        // The compiler merges functions that come out alike, most of all other crates' generic
        // ones: of those, who calls them directly decides.
        let is_own = |index: &usize| name(*index).trim_start_matches(['<', '&', '_']).starts_with(own);
        let gates: BTreeSet<usize> =
            named.iter().copied().filter(|index| is_own(index) && !fixed.contains(index)).collect();
        let entries = in_table.keys().copied().filter(|index| !named.contains(index));
        let first = calls.reached(fixed.iter().copied().chain(entries), &gates);
        let moved: BTreeSet<usize> =
            (0..ids.len()).filter(|index| is_local(*index) && !first.contains(index)).collect();

        let table_size = module.tables.get(table).initial;
        let mut next = u32::try_from(table_size)?;
        let mut places = BTreeMap::new();
        for function in &moved {
            if let Some(known) = in_table.get(function) {
                places.insert(*function, known.clone());
            } else if calls.callers.get(function).is_some_and(|it| it.iter().any(|caller| !moved.contains(caller))) {
                places.insert(*function, vec![next]);
                next += 1;
            }
        }
        Ok(Self { moved, places, table_size, functions: ids.len() })
    }
}

/// A symbol without the hashes of its crates.
fn plain(name: &str) -> String {
    let mut kept = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('[') {
        kept.push_str(before);
        match after.split_once(']') {
            Some((hash, after)) if hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => rest = after,
            _ => {
                kept.push('[');
                rest = after;
            }
        }
    }
    kept + rest
}

/// Who calls whom, and whose address is taken by an instruction.
#[derive(Debug, Default)]
struct Calls {
    callers: BTreeMap<usize, BTreeSet<usize>>,
    callees: BTreeMap<usize, Vec<usize>>,
    referenced: BTreeSet<usize>,
}

impl Calls {
    fn of(module: &Module, position: &HashMap<FunctionId, usize>) -> Result<Self> {
        let mut calls = Self::default();
        for (id, function) in module.funcs.iter_local() {
            let mut found = Found::default();
            dfs_in_order(&mut found, function, function.entry_block());
            ensure!(!found.returns_call, "tail calls can't be parted");
            let caller = position[&id];
            for callee in found.called.iter().map(|id| position[id]) {
                calls.callers.entry(callee).or_default().insert(caller);
                calls.callees.entry(caller).or_default().push(callee);
            }
            calls.referenced.extend(found.referenced.iter().map(|id| position[id]));
        }
        Ok(calls)
    }

    /// What direct calls lead to from `roots`, without passing through `gates`.
    fn reached(&self, roots: impl Iterator<Item = usize>, gates: &BTreeSet<usize>) -> BTreeSet<usize> {
        let mut reached: BTreeSet<usize> = roots.filter(|root| !gates.contains(root)).collect();
        let mut left: Vec<usize> = reached.iter().copied().collect();
        while let Some(caller) = left.pop() {
            for callee in self.callees.get(&caller).into_iter().flatten() {
                if !gates.contains(callee) && reached.insert(*callee) {
                    left.push(*callee);
                }
            }
        }
        reached
    }
}

#[derive(Default)]
struct Found {
    called: Vec<FunctionId>,
    referenced: Vec<FunctionId>,
    returns_call: bool,
}

impl<'instr> Visitor<'instr> for Found {
    fn visit_call(&mut self, call: &Call) {
        self.called.push(call.func);
    }
    fn visit_ref_func(&mut self, reference: &RefFunc) {
        self.referenced.push(reference.func);
    }
    fn visit_return_call(&mut self, _: &ReturnCall) {
        self.returns_call = true;
    }
}

/// What must stay: exports, the start function, what instructions refer to.
fn fixed(module: &Module, position: &HashMap<FunctionId, usize>, calls: &Calls) -> BTreeSet<usize> {
    let exported = module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(id) => Some(position[&id]),
        _ => None,
    });
    exported.chain(module.start.map(|id| position[&id])).chain(calls.referenced.iter().copied()).collect()
}

/// Where each function stands in the table.
fn places_in_table(
    module: &Module,
    table: TableId,
    position: &HashMap<FunctionId, usize>,
) -> Result<BTreeMap<usize, Vec<u32>>> {
    let mut places: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for element in module.elements.iter() {
        let ElementKind::Active { table: of, offset } = &element.kind else { continue };
        if *of != table {
            continue;
        }
        let start = constant(offset)?;
        let ElementItems::Functions(functions) = &element.items else {
            bail!("the table is filled by expressions, which can't be parted");
        };
        for (place, id) in (start..).zip(functions) {
            places.entry(position[id]).or_default().push(place);
        }
    }
    Ok(places)
}

/// A segment's offset.
pub(crate) fn constant(offset: &ConstExpr) -> Result<u32> {
    match offset {
        ConstExpr::Value(walrus::ir::Value::I32(value)) => Ok(u32::try_from(*value)?),
        other => bail!("a segment begins at {other:?}, which is no constant"),
    }
}

/// All instruction sequences of a function.
pub(crate) fn sequences(function: &LocalFunction) -> Vec<InstrSeqId> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gates_are_not_passed_and_circles_end() {
        // 0 → 1 → 2 → 1, 0 → 3 (a gate) → 4 → 4
        let callees = BTreeMap::from([(0, vec![1, 3]), (1, vec![2]), (2, vec![1]), (3, vec![4]), (4, vec![4])]);
        let calls = Calls { callees, ..Calls::default() };
        let reached = calls.reached([0, 3].into_iter(), &BTreeSet::from([3]));
        assert_eq!(reached, BTreeSet::from([0, 1, 2]));
    }

    #[test]
    fn hashes_of_crates_are_no_part_of_a_name() {
        assert_eq!(plain("<lab[0123456789abcdef]::Race>::run::<[u8; 4]>"), "<lab::Race>::run::<[u8; 4]>");
        assert_eq!(plain("unclosed [abc"), "unclosed [abc");
    }
}
