//! Which functions and data go where, and through which places of the table
//! the parts meet.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use anyhow::{Result, ensure};
use rustc_demangle::demangle;
use walrus::{ExportItem, FunctionId, FunctionKind, Module};

use crate::data::{self, Run};
use crate::linked::{Linked, Target};
use crate::module::{self, Said};
use crate::ownership::{FIRST, Graph, Part, SHARED, is_there};

/// A part that can come later, as the command line describes it.
#[derive(Debug)]
pub(crate) struct Later {
    /// Its name.
    pub(crate) name: String,
    /// By what it is entered: paths of functions; what is shared, also by whatever
    /// is below a module's or type's path.
    pub(crate) gates: Vec<String>,
}

/// How a module is parted.
#[derive(Debug)]
pub(crate) struct Parting {
    /// The part of each function.
    pub(crate) functions: Vec<Part>,
    /// The places in the table of those that come later, where they have any.
    pub(crate) places: BTreeMap<usize, Vec<u32>>,
    /// Those that may be called before they are there.
    pub(crate) early: BTreeSet<usize>,
    /// What stands at each place of the table, before any is added.
    pub(crate) table: BTreeMap<u32, usize>,
    /// How many places the table had, and how many it has now.
    pub(crate) table_size: [u32; 2],
    /// What each part writes into memory.
    pub(crate) data: Vec<Vec<Run>>,
    /// The parts' names.
    names: Vec<String>,
    /// Gates that are no function's.
    unknown: Vec<String>,
    /// Each function's path, and its size in bytes.
    described: Vec<(String, usize)>,
}

impl fmt::Display for Parting {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (part, name) in self.names.iter().enumerate() {
            let functions = self.functions.iter().filter(|it| **it == part).count();
            let bytes: usize = self.data[part].iter().map(|(_, bytes)| bytes.len()).sum();
            let early = self.early.iter().filter(|it| self.functions[**it] == part).count();
            writeln!(formatter, "{name}: {functions} functions, {early} of them as entries, {bytes} bytes of data")?;
        }
        self.unknown.iter().try_for_each(|gate| writeln!(formatter, "no function's path begins with {gate}"))
    }
}

impl Parting {
    /// Decides for each function and each piece of data of `bytes`. The first of
    /// `later` is what several labs share; the others are a lab each.
    pub(crate) fn of(bytes: &[u8], linked: &Linked, later: &[Later]) -> Result<Self> {
        let module = module::read(bytes)?;
        let ids = module::functions(&module);
        let position: HashMap<FunctionId, usize> = ids.iter().enumerate().map(|(index, id)| (*id, index)).collect();
        let table = module::places(&module, &position)?;
        let (gates, unknown) = gates(&module, later);
        let graph = graph(&module, &position, &table, linked, gates, later.len() + 1)?;
        let owners = graph.owners()?;
        let early = early(&graph, &owners)?;

        let functions: Vec<Part> = owners[..ids.len()].iter().map(|owner| owner.unwrap_or(SHARED)).collect();
        // What is written to must be there before anything runs.
        let part = |(owner, segment): (&Option<Part>, &crate::linked::Segment)| match owner {
            Some(part) if segment.is_constant => *part,
            _ => FIRST,
        };
        let of_data: Vec<Part> = owners[ids.len()..].iter().zip(&linked.segments).map(part).collect();
        let data = data::runs(&module::data(&module)?, &linked.segments, &of_data, later.len() + 1)?;

        let size = u32::try_from(module.tables.get(module::function_table(&module)?).initial)?;
        let mut places: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for (place, function) in table.iter().filter(|(_, function)| functions[**function] != FIRST) {
            places.entry(*function).or_default().push(*place);
        }
        let mut next = size;
        for function in &early {
            places.entry(*function).or_insert_with(|| {
                next += 1;
                vec![next - 1]
            });
        }
        let names = std::iter::once("first".to_owned()).chain(later.iter().map(|part| part.name.clone())).collect();
        let described = module.funcs.iter().map(described).collect();
        Ok(Self { functions, places, early, table, table_size: [size, next], data, names, unknown, described })
    }
}

impl Parting {
    /// Which function is where: part, bytes, path; `*` marks what is called by
    /// way of a stub.
    pub(crate) fn map(&self) -> String {
        let functions = self.functions.iter().zip(&self.described).enumerate();
        let mut lines: Vec<_> = functions
            .filter(|(_, (_, (_, bytes)))| *bytes > 0)
            .map(|(position, (part, (path, bytes)))| {
                let mark = if self.early.contains(&position) { "*" } else { "" };
                format!("{}{mark}\t{bytes}\t{path}\n", self.names[*part])
            })
            .collect();
        lines.sort_unstable();
        lines.concat()
    }

    /// By which place of the table other parts call this function.
    pub(crate) fn place(&self, position: usize) -> Option<u32> {
        self.places.get(&position)?.first().copied()
    }

    /// Makes room for the places that are added.
    pub(crate) fn grow_table(&self, module: &mut Module) -> Result<()> {
        let table = module::function_table(module)?;
        let table = module.tables.get_mut(table);
        table.initial = u64::from(self.table_size[1]);
        table.maximum = table.maximum.map(|maximum| maximum.max(table.initial));
        Ok(())
    }
}

/// The part that is entered by each function; and the gates that are no function's.
fn gates(module: &Module, later: &[Later]) -> (Vec<Option<Part>>, Vec<String>) {
    let mut unknown: BTreeSet<&String> = later.iter().flat_map(|part| &part.gates).collect();
    let mut gates = Vec::new();
    for function in module.funcs.iter() {
        let name = match function.kind {
            FunctionKind::Local(_) => path(function),
            _ => String::new(),
        };
        let mut found = None;
        for (part, later) in (SHARED..).zip(later) {
            // The compiler merges closures that come out alike, those of one lab and of another:
            // who has them decides, not whose name they got. So a lab's gate is one function.
            let is_gate = |gate: &String| if part == SHARED { is_below(&name, gate) } else { name == *gate };
            if let Some(gate) = later.gates.iter().find(|gate| is_gate(gate)) {
                unknown.remove(gate);
                found = Some(part);
            }
        }
        gates.push(found);
    }
    (gates, unknown.into_iter().cloned().collect())
}

fn described(function: &walrus::Function) -> (String, usize) {
    let bytes = match &function.kind {
        FunctionKind::Local(local) => local.original_range.as_ref().map_or(0, |range| range.len()),
        _ => 0,
    };
    (path(function), bytes)
}

/// A function's name, without the hashes of its crates.
fn path(function: &walrus::Function) -> String {
    format!("{:#}", demangle(function.name.as_deref().unwrap_or_default()))
}

/// Whether a function's path begins with `gate`. `<Type>::function` and `<Type as
/// Trait>::function` are where the type is.
fn is_below(name: &str, gate: &str) -> bool {
    let path = name.trim_start_matches(['<', '&']);
    let is_in_word = |character: char| character.is_alphanumeric() || character == '_';
    path.strip_prefix(gate).is_some_and(|rest| !rest.starts_with(is_in_word))
}

fn graph(
    module: &Module,
    position: &HashMap<FunctionId, usize>,
    table: &BTreeMap<u32, usize>,
    linked: &Linked,
    mut gates: Vec<Option<Part>>,
    parts: usize,
) -> Result<Graph> {
    let count = position.len();
    let node = |target: &Target| match target {
        Target::Segment(segment) => Some(count + segment),
        Target::Place(place) => table.get(place).copied(),
    };
    let mut edges = vec![Vec::new(); count];
    let mut roots = Vec::new();
    for function in module.funcs.iter() {
        let index = position[&function.id()];
        let FunctionKind::Local(local) = &function.kind else {
            // What comes from JavaScript is imported once.
            roots.push(index);
            continue;
        };
        let said = Said::by(local);
        ensure!(!said.returns_call, "tail calls can't be parted");
        edges[index].extend(said.called.iter().map(|id| position[id]));
        roots.extend(said.referenced.iter().map(|id| position[id]));
        match function.name.as_deref().and_then(|name| linked.of_functions.get(name)) {
            Some(targets) => edges[index].extend(targets.iter().filter_map(node)),
            // wasm-bindgen has made it.
            None => roots.push(index),
        }
        // The linker knows all of them; whatever looks like an address counts as one besides.
        let addresses = said.numbers.iter().filter_map(|number| linked.segment_at(*number));
        edges[index].extend(addresses.map(|segment| count + segment));
    }
    edges.extend(linked.of_segments.iter().map(|targets| targets.iter().filter_map(node).collect()));
    let exported = module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(id) => Some(position[&id]),
        _ => None,
    });
    roots.extend(exported.chain(module.start.map(|id| position[&id])));
    gates.resize(edges.len(), None);
    roots.iter().for_each(|root| gates[*root] = None);
    Ok(Graph { edges, functions: count, roots, gates, parts })
}

/// The functions to which something leads that may run before they are there.
fn early(graph: &Graph, owners: &[Option<Part>]) -> Result<BTreeSet<usize>> {
    let mut early = BTreeSet::new();
    for (from, edges) in graph.edges.iter().enumerate() {
        let Some(part) = owners[from] else { continue };
        for to in edges {
            let owner = owners[*to];
            if owner.is_some_and(|owner| is_there(part, owner)) {
                continue;
            }
            ensure!(
                *to < graph.functions && graph.gates[*to].is_some(),
                "part {part} refers to data or functions of {owner:?}, which may not be there: a mistake of the splitter"
            );
            early.insert(*to);
        }
    }
    Ok(early)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_begin_with_gates_word_by_word() {
        assert!(is_below("lab::race::view", "lab::race"));
        assert!(is_below("<lab::race::Race>::run", "lab::race"));
        assert!(is_below("<&lab::race::Race as core::fmt::Debug>::fmt", "lab::race::Race"));
        assert!(is_below("<lab::State>::start::{closure#0}", "lab::State>::start"));
        assert!(!is_below("lab::race_track::view", "lab::race"));
        assert!(!is_below("core::drop::<lab::race::Race>", "lab::race"));
    }

    #[test]
    fn only_gates_may_be_called_before_they_are_there() {
        let graph = |gate, functions| {
            let edges = vec![vec![1], vec![]];
            Graph { edges, functions, roots: vec![0], gates: vec![None, gate], parts: 3 }
        };
        let owners = [Some(FIRST), Some(SHARED)];
        assert_eq!(early(&graph(Some(SHARED), 2), &owners).expect("fine"), BTreeSet::from([1]));
        early(&graph(None, 2), &owners).expect_err("nobody would load it");
        early(&graph(Some(SHARED), 1), &owners).expect_err("data has no stub");
    }
}
