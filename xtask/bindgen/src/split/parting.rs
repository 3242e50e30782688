//! Which functions and data go where, and through which places of the table
//! the parts meet.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use anyhow::{Context, Result, ensure};
use rustc_demangle::demangle;
use walrus::{ExportItem, FunctionId, FunctionKind, Module};

use crate::data::{self, Run};
use crate::linked::{Linked, Target};
use crate::module::{self, Said};
use crate::ownership::{Entries, Entry, FIRST, Graph, Ownership, Part, REST, SHARED};

/// A way into what comes later, as the command line describes it.
#[derive(Debug)]
pub(crate) struct Way {
    /// Its name: `rest`, a lab's, or another's.
    pub(crate) name: String,
    /// The functions that are called, as [`is_at`] reads them.
    pub(crate) gates: Vec<String>,
    /// The names of ways after which it comes, where no function shows it.
    pub(crate) after: Vec<String>,
    /// It takes what others share as it finds it.
    pub(crate) is_late: bool,
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
    /// The parts' names, and for which entries they are.
    pub(crate) parts: Vec<(String, Vec<Entry>)>,
    /// Who may count on whom.
    ownership: Ownership,
    /// The entries of those that may be called before they are there.
    entry_of: HashMap<usize, Entry>,
    /// Each function's path, and its size in bytes.
    described: Vec<(String, usize)>,
}

impl fmt::Display for Parting {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (part, (name, _)) in self.parts.iter().enumerate() {
            let functions = self.functions.iter().filter(|it| **it == part).count();
            let bytes: usize = self.data[part].iter().map(|(_, bytes)| bytes.len()).sum();
            let early = self.early.iter().filter(|it| self.functions[**it] == part).count();
            writeln!(formatter, "{name}: {functions} functions, {early} of them as entries, {bytes} bytes of data")?;
        }
        Ok(())
    }
}

impl Parting {
    /// Decides for each function and each piece of data of `bytes`. The first of
    /// `ways` leads to the rest of the page.
    pub(crate) fn of(bytes: &[u8], linked: &Linked, ways: &[Way]) -> Result<Self> {
        let module = module::read(bytes)?;
        let ids = module::functions(&module);
        let position: HashMap<FunctionId, usize> = ids.iter().enumerate().map(|(index, id)| (*id, index)).collect();
        let table = module::places(&module, &position)?;
        let (gates, unknown) = gates(&module, ways);
        ensure!(unknown.is_empty(), "no function's path is {}: a gate that nobody can go through", unknown.join(", "));
        let follow = ways.iter().map(|way| named_ways(ways, &way.after)).collect::<Result<_>>()?;
        let mut graph = graph(&module, &position, &table, linked, gates, follow)?;
        graph.late = ways.iter().enumerate().map(|(entry, way)| Entries::from(way.is_late) << entry).sum();
        let ownership = graph.owners()?;
        let owners = &ownership.part_of;
        let early = early(&graph, &ownership)?;
        let entry_of = early.iter().filter_map(|function| Some((*function, graph.gates[*function]?))).collect();
        let parts = named(&ownership, ways);

        let functions: Vec<Part> = owners[..ids.len()].iter().map(|owner| owner.unwrap_or(SHARED)).collect();
        // What is written to must be there before anything runs.
        let part = |(owner, segment): (&Option<Part>, &crate::linked::Segment)| match owner {
            Some(part) if segment.is_constant => *part,
            _ => FIRST,
        };
        let of_data: Vec<Part> = owners[ids.len()..].iter().zip(&linked.segments).map(part).collect();
        let data = data::runs(&module::data(&module)?, &linked.segments, &of_data, parts.len())?;

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
        let described = module.funcs.iter().map(described).collect();
        let table_size = [size, next];
        let parted = Self { functions, places, early, table, table_size, data, parts, ownership, entry_of, described };
        Ok(parted)
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
                format!("{}{mark}\t{bytes}\t{path}\n", self.parts[*part].0)
            })
            .collect();
        lines.sort_unstable();
        lines.concat()
    }

    /// Whether all of `to` is there when something of `from` runs.
    pub(crate) fn is_there(&self, from: Part, to: Part) -> bool {
        self.ownership.is_there(from, to)
    }

    /// What has to be entered for a function that may be called before it is there.
    pub(crate) fn entry(&self, position: usize) -> Entry {
        self.entry_of.get(&position).copied().unwrap_or(REST)
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

/// The parts' names: `shared`, or of whom they are for.
fn named(ownership: &Ownership, ways: &[Way]) -> Vec<(String, Vec<Entry>)> {
    let for_whom = |part: Part| -> Vec<Entry> {
        (0..ways.len()).filter(|entry| ownership.entries_of[part] >> entry & 1 == 1).collect()
    };
    let name = |part: Part, entries: &[Entry]| match part {
        FIRST => "first".to_owned(),
        SHARED => "shared".to_owned(),
        _ => {
            let telling = entries.iter().filter(|entry| ownership.telling(part) >> **entry & 1 == 1);
            telling.map(|entry| ways[*entry].name.as_str()).collect::<Vec<_>>().join("+")
        }
    };
    let parts = 0..ownership.entries_of.len();
    parts.map(|part| (part, for_whom(part))).map(|(part, entries)| (name(part, &entries), entries)).collect()
}

/// The ways of these names.
fn named_ways(ways: &[Way], names: &[String]) -> Result<Entries> {
    let named =
        |name: &String| ways.iter().position(|way| way.name == *name).with_context(|| format!("no way is {name}"));
    names.iter().try_fold(0, |set, name| Ok(set | 1 << named(name)?))
}

/// What is entered by each function; and the gates that are no function's.
fn gates(module: &Module, ways: &[Way]) -> (Vec<Option<Entry>>, Vec<String>) {
    // A name may be nobody's in some folder.
    let is_one = |gate: &&String| gate.starts_with("*::") || !gate.contains("*::");
    let mut unknown: BTreeSet<&String> = ways.iter().flat_map(|way| &way.gates).filter(is_one).collect();
    let mut gates = Vec::new();
    for function in module.funcs.iter() {
        let name = match function.kind {
            FunctionKind::Local(_) => path(function),
            _ => String::new(),
        };
        let mut found = None;
        for (entry, way) in ways.iter().enumerate() {
            for gate in way.gates.iter().filter(|gate| is_at(&name, gate)) {
                unknown.remove(gate);
                found = Some(entry);
            }
        }
        gates.push(found);
    }
    (gates, unknown.into_iter().cloned().collect())
}

/// Whether this is the gate's function, or one of its functions: of a path; below a
/// path, `path*`; or of a name, or in a module of that name, `*::name`, also below a
/// path, `path::*::name`.
///
/// The compiler merges closures that come out alike, those of one lab and of another:
/// who has them decides, not whose name they got. So a lab's gate is one function.
fn is_at(name: &str, gate: &str) -> bool {
    if let Some((path, word)) = gate.split_once("*::") {
        let is_plain = !name.contains(['<', '{']);
        return is_plain && name.starts_with(path) && name.rsplit("::").take(2).any(|it| it == word);
    }
    match gate.strip_suffix('*') {
        Some(gate) => is_below(name, gate),
        None => name == gate,
    }
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
    mut gates: Vec<Option<Entry>>,
    follow: Vec<Entries>,
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
    let of_functions = module.funcs.iter().map(|function| described(function).1);
    let weights = of_functions.chain(linked.segments.iter().map(|segment| segment.bytes.len())).collect();
    Ok(Graph { edges, weights, functions: count, roots, gates, entries: follow.len(), follow, late: 0 })
}

/// The functions to which something leads that may run before they are there.
fn early(graph: &Graph, ownership: &Ownership) -> Result<BTreeSet<usize>> {
    let mut early = BTreeSet::new();
    for (from, edges) in graph.edges.iter().enumerate() {
        let Some(part) = ownership.part_of[from] else { continue };
        for to in edges {
            let owner = ownership.part_of[*to];
            if owner.is_some_and(|owner| ownership.is_there(part, owner)) {
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
    fn a_gate_is_one_function_or_all_below_it() {
        assert!(
            is_at("lab::race::open", "lab::race::open") && !is_at("lab::race::open::{closure#0}", "lab::race::open")
        );
        assert!(is_at("lab::race::open::{closure#0}", "lab::race*"));
        assert!(is_at("lab::race::view::when_run", "*::when_run") && is_at("view::when_run::table", "*::when_run"));
        assert!(!is_at("view::when_run::table::{closure#0}", "*::when_run") && !is_at("view::open", "*::when_run"));
        assert!(is_at("lab::race::page::when_run", "lab::race::*::when_run"));
        assert!(!is_at("lab::races::when_run", "lab::race::*::when_run"));
    }

    #[test]
    fn parts_are_named_after_whom_they_are_for() {
        let way = |name: &str| Way { name: name.to_owned(), gates: Vec::new(), after: Vec::new(), is_late: false };
        let ownership = Ownership::made_up(Vec::new(), vec![0b111, 0b111, 0b010, 0b110]);
        let named = named(&ownership, &[way("rest"), way("race"), way("script")]);
        let expected =
            [("first", vec![0, 1, 2]), ("shared", vec![0, 1, 2]), ("race", vec![1]), ("race+script", vec![1, 2])];
        assert_eq!(named, expected.map(|(name, entries)| (name.to_owned(), entries)));
    }

    #[test]
    fn only_gates_may_be_called_before_they_are_there() {
        let graph = |gate, functions| {
            let edges = vec![vec![1], vec![]];
            Graph {
                edges,
                weights: vec![1; 2],
                functions,
                roots: vec![0],
                gates: vec![None, gate],
                entries: 1,
                follow: vec![0],
                late: 0,
            }
        };
        let ownership = Ownership::made_up(vec![Some(FIRST), Some(SHARED)], vec![1, 1]);
        assert_eq!(early(&graph(Some(REST), 2), &ownership).expect("fine"), BTreeSet::from([1]));
        early(&graph(None, 2), &ownership).expect_err("nobody would load it");
        early(&graph(Some(REST), 1), &ownership).expect_err("data has no stub");
    }
}
