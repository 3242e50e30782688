//! Which part each function and each piece of data belongs to: pure reachability.
//!
//! What comes later is entered by *entries*: the rest of the page, a lab, or
//! something that is fetched when it is asked for. Each node is for the set of
//! entries that lead to it. What the page's rest leads to is *shared*: it is there
//! before everything that follows. A set that spares the others enough is a part of its own;
//! what is for any other goes to a part that is for more entries.
//!
//! A *late* entry has no say in that: what it shares with others is theirs, and it brings their
//! parts along, whatever else is in them. So nobody else loads anything for it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};

/// A part's number.
pub(crate) type Part = usize;

/// An entry's number.
pub(crate) type Entry = usize;

/// A set of entries: a bit each.
pub(crate) type Entries = u64;

/// What the first view needs.
pub(crate) const FIRST: Part = 0;
/// What is there before any other later part.
pub(crate) const SHARED: Part = 1;
/// What the page needs once it stands, whatever it shows.
pub(crate) const REST: Entry = 0;

/// What each entry that brings a part pays for its being one, in bytes, uncompressed: a file
/// costs a request, and compresses less well. Of 2,000 to 4,000, the one with
/// which the labs of scripts and the first view load least.
const PART_COSTS_BYTES: usize = 2_000;

/// Functions and pieces of data, and what each of them leads to.
#[derive(Debug)]
pub(crate) struct Graph {
    /// What each node leads to.
    pub(crate) edges: Vec<Vec<usize>>,
    /// How many bytes each node has.
    pub(crate) weights: Vec<usize>,
    /// How many of the nodes are functions: the first ones.
    pub(crate) functions: usize,
    /// Where the program begins: exports, and what stands outside our knowledge.
    pub(crate) roots: Vec<usize>,
    /// Functions by which what comes later is entered: it comes when one of
    /// them is called, so that what leads to it need not bring it along.
    pub(crate) gates: Vec<Option<Entry>>,
    /// How many entries there are.
    pub(crate) entries: usize,
    /// After which others each one comes, for all that is known besides.
    pub(crate) follow: Vec<Entries>,
    /// Those that take what others share as they find it.
    pub(crate) late: Entries,
}

/// Who owns what.
#[derive(Debug)]
pub(crate) struct Ownership {
    /// The part of each node; of data to which nothing leads, none.
    pub(crate) part_of: Vec<Option<Part>>,
    /// For which entries each part is. The first one and the shared one are for all.
    pub(crate) entries_of: Vec<Entries>,
    /// By which others each entry is reached, other than from the first part.
    reached_by: Vec<Entries>,
    /// See [`Graph::late`].
    late: Entries,
}

impl Ownership {
    /// Those of the part's entries that tell it from others: not those that are only
    /// reached by others of them.
    pub(crate) fn telling(&self, part: Part) -> Entries {
        let set = self.entries_of[part];
        let set = if set & !self.late == 0 { set } else { set & !self.late };
        let is_implied = |entry: &Entry| is_implied(self.reached_by[*entry], set & !(1 << *entry));
        let implied: Entries = (0..self.reached_by.len()).filter(is_implied).map(|entry| 1 << entry).sum();
        set & !implied
    }

    /// Whether all of `to` is there when something of `from` runs.
    pub(crate) fn is_there(&self, from: Part, to: Part) -> bool {
        let is_for_all_of = |to: Part| self.entries_of[from] & !self.entries_of[to] == 0;
        to == from || to == FIRST || (from != FIRST && is_for_all_of(to))
    }
}

impl Graph {
    /// The part of each node. Functions to which nothing leads are shared.
    pub(crate) fn owners(&self) -> Result<Ownership> {
        ensure!(self.entries < Entries::BITS as usize, "{} entries are too many", self.entries);
        let first = self.reached(self.roots.iter().copied(), |node| self.gates[node].is_none());
        let mut sets: Vec<Entries> = vec![0; self.edges.len()];
        for entry in 0..self.entries {
            let may_enter = |node: usize| !first[node] && self.gates[node].is_none_or(|gate| gate == entry);
            let seeds = (0..self.edges.len()).filter(|node| self.gates[*node] == Some(entry));
            self.note(entry, &self.reached(seeds, may_enter), &mut sets);
        }
        let unused: Vec<_> = (0..self.functions).filter(|node| !first[*node] && sets[*node] == 0).collect();
        let may_enter = |node: usize| !first[node] && self.gates[node].is_none();
        self.note(REST, &self.reached(unused.into_iter(), may_enter), &mut sets);
        first.iter().zip(&mut sets).filter(|(first, _)| **first).for_each(|(_, set)| *set = 0);

        let all = (1 << self.entries) - 1;
        let reached_by = self.reached_by(&sets);
        let wanted_late = sets.clone();
        sets.iter_mut().for_each(|set| *set = self.without_late(*set));
        while self.merge(&mut sets, &reached_by, all) {
            self.spread(&mut sets, &first);
        }
        let own: BTreeSet<_> = sets.iter().copied().filter(|set| *set != 0 && *set != all).collect();
        let entries_of: Vec<Entries> = [all, all].into_iter().chain(own).collect();
        let part_of_set = |set: &Entries| entries_of.iter().rposition(|entries| entries == set);
        let part = |(first, set): (&bool, &Entries)| if *first { Some(FIRST) } else { part_of_set(set) };
        let part_of: Vec<_> = first.iter().zip(&sets).map(part).collect();
        let entries_of = self.with_late(entries_of, &part_of, &wanted_late);
        Ok(Ownership { part_of, entries_of, reached_by, late: self.late })
    }

    /// The set of whatever is not for a late entry alone; what is for all others is for all.
    fn without_late(&self, set: Entries) -> Entries {
        let all = (1 << self.entries) - 1;
        match set & !self.late {
            0 => set,
            rest if rest == all & !self.late => all,
            rest => rest,
        }
    }

    /// The parts with the late entries that bring them: those that have what is wanted, and those
    /// to which anything in these leads.
    fn with_late(&self, mut entries_of: Vec<Entries>, part_of: &[Option<Part>], wanted: &[Entries]) -> Vec<Entries> {
        for (part, set) in part_of.iter().zip(wanted) {
            if let Some(part) = part {
                entries_of[*part] |= set & self.late;
            }
        }
        let mut has_changed = self.late != 0;
        while has_changed {
            has_changed = false;
            for (node, from) in part_of.iter().enumerate().filter_map(|(node, from)| Some((node, (*from)?))) {
                let late = if from == FIRST { 0 } else { entries_of[from] & self.late };
                for to in self.edges[node].iter().filter(|to| self.gates[**to].is_none()).filter_map(|to| part_of[*to])
                {
                    has_changed |= late & !entries_of[to] != 0;
                    entries_of[to] |= late;
                }
            }
        }
        entries_of
    }

    /// By which other entries each is reached. What the first part leads to besides brings
    /// those along: who asks for an entry gets all that is for it.
    fn reached_by(&self, sets: &[Entries]) -> Vec<Entries> {
        let mut reached_by = self.follow.clone();
        for (node, edges) in self.edges.iter().enumerate() {
            for entry in edges.iter().filter_map(|next| self.gates[*next]) {
                reached_by[entry] |= sets[node] & !(1 << entry);
            }
        }
        reached_by
    }

    /// Has what is too light to be a part go where more is; says whether anything did.
    /// Who is there for all who reach an entry is there for that one, too.
    fn merge(&self, sets: &mut [Entries], reached_by: &[Entries], all: Entries) -> bool {
        let mut has_changed = false;
        for set in sets.iter_mut().filter(|set| **set != 0) {
            let implied = (0..self.entries).filter(|entry| is_implied(reached_by[*entry], *set));
            let whole = self.without_late(implied.fold(*set, |set, entry| set | 1 << entry));
            has_changed |= std::mem::replace(set, whole) != whole;
        }
        let mut weights: BTreeMap<Entries, usize> = BTreeMap::new();
        for (set, weight) in sets.iter().zip(&self.weights).filter(|(set, _)| **set != 0) {
            *weights.entry(*set).or_default() += weight;
        }
        let goes_to = choose(&weights, &|set| self.is_one(set, reached_by), all);
        for set in sets.iter_mut().filter(|set| **set != 0) {
            has_changed |= std::mem::replace(set, goes_to[set]) != goes_to[set];
        }
        has_changed
    }

    /// What someone leads to must be wherever that one is, too.
    fn spread(&self, sets: &mut [Entries], first: &[bool]) {
        let mut left: Vec<usize> = (0..sets.len()).filter(|node| sets[*node] != 0).collect();
        while let Some(node) = left.pop() {
            for next in self.edges[node].iter().copied().filter(|next| !first[*next] && self.gates[*next].is_none()) {
                let all = self.without_late(sets[next] | sets[node]);
                if all != sets[next] {
                    sets[next] = all;
                    left.push(next);
                }
            }
        }
    }

    /// Whether a set is that of one entry, and of those that are only reached by it.
    fn is_one(&self, set: Entries, reached_by: &[Entries]) -> bool {
        (0..self.entries).any(|entry| {
            let rest = set & !(1 << entry);
            let mut others = (0..self.entries).filter(|other| rest >> other & 1 == 1);
            set >> entry & 1 == 1 && others.all(|other| is_implied(reached_by[other], 1 << entry))
        })
    }

    fn note(&self, entry: Entry, reached: &[bool], sets: &mut [Entries]) {
        for (set, reached) in sets.iter_mut().zip(reached) {
            *set |= Entries::from(*reached) << entry;
        }
    }

    /// What `seeds` lead to by way of nodes that may be entered.
    fn reached(&self, seeds: impl Iterator<Item = usize>, may_enter: impl Fn(usize) -> bool) -> Vec<bool> {
        let mut reached = vec![false; self.edges.len()];
        let mut left: Vec<usize> = Vec::new();
        let mut enter = |node: usize, left: &mut Vec<usize>| {
            if may_enter(node) && !std::mem::replace(&mut reached[node], true) {
                left.push(node);
            }
        };
        seeds.for_each(|seed| enter(seed, &mut left));
        while let Some(node) = left.pop() {
            self.edges[node].iter().for_each(|next| enter(*next, &mut left));
        }
        reached
    }
}

/// Whether an entry that is reached by no more than these is always there for a set.
fn is_implied(reached_by: Entries, set: Entries) -> bool {
    reached_by != 0 && reached_by & !set == 0
}

/// The set whose part each set's nodes go to: its own, where that is one entry's or spares others
/// more than it costs those who bring it; else the smallest that contains it.
fn choose(
    weights: &BTreeMap<Entries, usize>,
    is_one: &dyn Fn(Entries) -> bool,
    all: Entries,
) -> BTreeMap<Entries, Entries> {
    let mut weights: BTreeMap<(u32, Entries), usize> =
        weights.iter().map(|(set, weight)| ((set.count_ones(), *set), *weight)).collect();
    weights.entry((all.count_ones(), all)).or_default();
    let mut goes_to = BTreeMap::new();
    while let Some(((_, set), weight)) = weights.pop_first() {
        let is_shared = set & (1 << REST) != 0;
        let contains = |(_, other): &(u32, Entries)| set & !other == 0 && (!is_shared || *other == all);
        let target = weights.keys().copied().find(contains).unwrap_or((all.count_ones(), all));
        let [bring, are_spared] = [set, target.1 & !set].map(|it| it.count_ones() as usize);
        let is_worth_it = weight * are_spared >= PART_COSTS_BYTES * bring;
        if set == all || (!is_shared && (is_one(set) || is_worth_it)) {
            goes_to.insert(set, set);
            continue;
        }
        *weights.entry(target).or_default() += weight;
        goes_to.insert(set, target.1);
    }
    goes_to.entry(all).or_insert(all);
    let end = |mut set: Entries| {
        while goes_to[&set] != set {
            set = goes_to[&set];
        }
        set
    };
    goes_to.keys().map(|set| (*set, end(*set))).collect()
}

#[cfg(test)]
impl Ownership {
    pub(crate) fn made_up(part_of: Vec<Option<Part>>, entries_of: Vec<Entries>) -> Self {
        Self { part_of, entries_of, reached_by: vec![0; 8], late: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RACE: Entry = 1;
    const PYTHON: Entry = 2;
    const DIALOG: Entry = 3;
    const HEAVY: usize = 4 * PART_COSTS_BYTES;

    fn set(entries: &[Entry]) -> Entries {
        entries.iter().map(|entry| 1 << entry).sum()
    }

    /// The last node is data. Gives for whom the part of each node is: `FIRST` is an empty set.
    fn owners(edges: &[&[usize]], gates: &[(usize, Entry)], heavy: &[usize]) -> Vec<Option<Entries>> {
        owners_with_late(edges, gates, heavy, 0)
    }

    fn owners_with_late(
        edges: &[&[usize]],
        gates: &[(usize, Entry)],
        heavy: &[usize],
        late: Entries,
    ) -> Vec<Option<Entries>> {
        let mut all = vec![None; edges.len()];
        gates.iter().for_each(|(node, entry)| all[*node] = Some(*entry));
        let edges: Vec<_> = edges.iter().map(|edges| edges.to_vec()).collect();
        let weights = (0..edges.len()).map(|node| if heavy.contains(&node) { HEAVY } else { 1 }).collect();
        let graph = Graph {
            functions: all.len() - 1,
            edges,
            weights,
            roots: vec![0],
            gates: all,
            entries: 4,
            follow: vec![0; 4],
            late,
        };
        let ownership = graph.owners().expect("parted");
        let whose = |part: Part| if part == FIRST { 0 } else { ownership.entries_of[part] };
        ownership.part_of.iter().map(|part| part.map(whose)).collect()
    }

    const SHARED_BY_ALL: Option<Entries> = Some(0b1111);

    #[test]
    fn what_a_late_entry_shares_stays_where_it_is() {
        // 0 → 1 (race) → 3, 4; 0 → 2 (dialog, late) → 3, 5; 3 → 6, 4 → 6; 3 and 5 are heavy.
        let edges: &[&[usize]] = &[&[1, 2], &[3, 4], &[3, 5], &[6], &[6], &[], &[]];
        let gates = [(1, RACE), (2, DIALOG)];
        let without = owners(&[&[1, 2], &[3, 4], &[5], &[6], &[6], &[], &[]], &gates, &[3, 5]);
        let parts = owners_with_late(edges, &gates, &[3, 5], set(&[DIALOG]));
        for node in [1, 3, 4, 6] {
            assert_eq!(without[node], Some(set(&[RACE])), "{node}");
            assert_eq!(parts[node], Some(set(&[RACE, DIALOG])), "{node}");
        }
        assert_eq!((parts[2], parts[5]), (Some(set(&[DIALOG])), Some(set(&[DIALOG]))));
        // 0 → 1 (the rest) → 2 → 3; 0 → 4 (dialog, late) → 3.
        let edges: &[&[usize]] = &[&[1, 4], &[2], &[3], &[], &[3], &[]];
        let parts = owners_with_late(edges, &[(1, REST), (4, DIALOG)], &[], set(&[DIALOG]));
        assert_eq!((parts[2], parts[3], parts[4]), (SHARED_BY_ALL, SHARED_BY_ALL, Some(set(&[DIALOG]))));
    }

    #[test]
    fn what_one_lab_needs_is_its_own_and_what_several_need_is_shared() {
        // 0 → 1 (race) → 3 → 4 → 3 (a circle), 0 → 2 (python) → 5, both → 6 → 7
        let edges: &[&[usize]] = &[&[1, 2], &[3, 6], &[5, 6], &[4], &[3], &[], &[7], &[]];
        let parts = owners(edges, &[(1, RACE), (2, PYTHON)], &[]);
        let (race, python) = (Some(set(&[RACE])), Some(set(&[PYTHON])));
        assert_eq!(parts, [Some(0), race, python, race, race, python, SHARED_BY_ALL, SHARED_BY_ALL]);
        let parts = owners(edges, &[(1, RACE), (2, PYTHON)], &[7]);
        let both = Some(set(&[RACE, PYTHON]));
        assert_eq!(parts, [Some(0), race, python, race, race, python, both, both]);
    }

    #[test]
    fn what_is_light_goes_to_the_smallest_part_that_is_for_all_who_need_it() {
        // 0 → 1 (race), 2 (python), 3 (dialog); race and python → 4; all three → 5
        let edges: &[&[usize]] = &[&[1, 2, 3], &[4, 5], &[4, 5], &[5], &[], &[]];
        let parts = owners(edges, &[(1, RACE), (2, PYTHON), (3, DIALOG)], &[5]);
        let three = Some(set(&[RACE, PYTHON, DIALOG]));
        assert_eq!(parts[4..], [three, three]);
    }

    #[test]
    fn what_the_first_view_needs_stays_whoever_else_needs_it() {
        // 0 → 3, 0 → 1 (race) → 3 → 2
        let parts = owners(&[&[3, 1], &[3], &[], &[2]], &[(1, RACE)], &[]);
        assert_eq!(parts, [Some(0), Some(set(&[RACE])), Some(0), Some(0)]);
    }

    #[test]
    fn what_the_rest_of_the_page_needs_is_shared_however_heavy() {
        // 0 → 1 (rest) → 3, 0 → 2 (race) → 3, 4
        let parts = owners(&[&[1, 2], &[3], &[3, 4], &[], &[]], &[(1, REST), (2, RACE)], &[3]);
        assert_eq!(parts, [Some(0), SHARED_BY_ALL, Some(set(&[RACE])), SHARED_BY_ALL, Some(set(&[RACE]))]);
    }

    #[test]
    fn a_lab_is_not_part_of_whoever_calls_its_gate() {
        // 0 → 1 (rest) → 2 (race) → 4, 0 → 3 (python) → 2
        let parts = owners(&[&[1, 3], &[2], &[4], &[2], &[]], &[(1, REST), (2, RACE), (3, PYTHON)], &[]);
        let (race, python) = (Some(set(&[RACE])), Some(set(&[PYTHON])));
        assert_eq!(parts, [Some(0), SHARED_BY_ALL, race, python, race]);
    }

    #[test]
    fn functions_to_which_nothing_leads_are_shared_with_what_they_need() {
        // 0 → 1 (race) → 3, 2 → 3, and 4 is data
        let parts = owners(&[&[1], &[3], &[3], &[], &[]], &[(1, RACE)], &[]);
        assert_eq!(parts, [Some(0), Some(set(&[RACE])), SHARED_BY_ALL, SHARED_BY_ALL, None]);
    }

    #[test]
    fn what_only_a_lab_leads_to_can_count_on_that_lab() {
        // 0 → 1 (race) → 3 (dialog) → 5, 6; 1 → 4, 6: who comes by the dialog has the race
        let edges: &[&[usize]] = &[&[1], &[3, 4, 6], &[], &[5, 6], &[], &[], &[]];
        let parts = owners(edges, &[(1, RACE), (3, DIALOG)], &[]);
        let (race, dialog) = (Some(set(&[RACE, DIALOG])), Some(set(&[DIALOG])));
        assert_eq!((parts[1], parts[3], parts[4], parts[5], parts[6]), (race, dialog, race, dialog, race));
        // With python in between it is not known that the race is there.
        let edges: &[&[usize]] = &[&[1, 2], &[3, 4, 6], &[3], &[5, 6], &[], &[], &[]];
        let parts = owners(edges, &[(1, RACE), (2, PYTHON), (3, DIALOG)], &[6]);
        assert_eq!((parts[1], parts[6]), (Some(set(&[RACE])), Some(set(&[RACE, DIALOG]))));
    }

    #[test]
    fn each_part_counts_on_those_that_are_for_all_it_is_for() {
        let [race, python, both] = [2, 3, 4];
        let all = 0b1111;
        let entries_of = vec![all, all, set(&[RACE]), set(&[PYTHON]), set(&[RACE, PYTHON])];
        let ownership = Ownership::made_up(Vec::new(), entries_of);
        let is_there = |from, to| ownership.is_there(from, to);
        assert!(is_there(race, both) && is_there(race, SHARED) && is_there(race, FIRST) && is_there(race, race));
        assert!(is_there(both, SHARED) && is_there(SHARED, FIRST));
        assert!(!is_there(FIRST, SHARED) && !is_there(SHARED, race) && !is_there(race, python));
        assert!(!is_there(both, race));
    }
}
