//! Which part each function and each piece of data belongs to: pure reachability.

use anyhow::{Result, ensure};

/// A part's number.
pub(crate) type Part = usize;

/// What the first view needs.
pub(crate) const FIRST: Part = 0;
/// What several labs need; it is there before any lab's own part.
pub(crate) const SHARED: Part = 1;
/// The first of the labs.
pub(crate) const LABS: Part = 2;

/// Functions and pieces of data, and what each of them leads to.
#[derive(Debug)]
pub(crate) struct Graph {
    /// What each node leads to.
    pub(crate) edges: Vec<Vec<usize>>,
    /// How many of the nodes are functions: the first ones.
    pub(crate) functions: usize,
    /// Where the program begins: exports, and what stands outside our knowledge.
    pub(crate) roots: Vec<usize>,
    /// Functions by which a part is entered: a later part comes when one of
    /// them is called, so that what leads to it need not bring it along.
    pub(crate) gates: Vec<Option<Part>>,
    /// How many parts there are.
    pub(crate) parts: usize,
}

/// Whether all of `to` is there when something of `from` runs.
pub(crate) fn is_there(from: Part, to: Part) -> bool {
    to == from || to == FIRST || (to == SHARED && from >= LABS)
}

impl Graph {
    /// The part of each node: the first one, if the program's beginning leads to
    /// it; a lab's, if nothing but that lab does; the shared one, if several do,
    /// or a gate of the shared one that is called by the first part. Functions to
    /// which nothing leads are shared, too; data to which nothing leads is nobody's.
    pub(crate) fn owners(&self) -> Result<Vec<Option<Part>>> {
        ensure!(self.parts >= LABS && self.parts <= u64::BITS as usize, "{} parts are too many", self.parts);
        let first = self.reached(self.roots.iter().copied(), |node| self.gates[node].is_none());
        let mut owners = vec![0_u64; self.edges.len()];
        let own = |owners: &mut [u64], part: Part, seeds: Vec<usize>| {
            let may_enter =
                |node: usize| !first[node] && self.gates[node].is_none_or(|gate| gate == SHARED || gate == part);
            let reached = self.reached(seeds.into_iter(), may_enter);
            for (owners, reached) in owners.iter_mut().zip(reached) {
                *owners |= u64::from(reached) << part;
            }
        };
        for lab in LABS..self.parts {
            own(&mut owners, lab, (0..self.edges.len()).filter(|node| self.gates[*node] == Some(lab)).collect());
        }
        own(&mut owners, SHARED, self.called_gates(&first));
        let unused = (0..self.functions).filter(|node| !first[*node] && owners[*node] == 0).collect();
        own(&mut owners, SHARED, unused);
        let part = |(node, owners): (usize, &u64)| match (first[node], owners.count_ones()) {
            (true, _) => Some(FIRST),
            (false, 0) => None,
            (false, 1) => Some(owners.trailing_zeros() as Part),
            (false, _) => Some(SHARED),
        };
        Ok(owners.iter().enumerate().map(part).collect())
    }

    /// The gates of the shared part that the first one leads to.
    fn called_gates(&self, first: &[bool]) -> Vec<usize> {
        let from_first = self.edges.iter().zip(first).filter(|(_, first)| **first).flat_map(|(edges, _)| edges);
        from_first.copied().chain(self.roots.iter().copied()).filter(|node| self.gates[*node] == Some(SHARED)).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    const RACE: Part = LABS;
    const PYTHON: Part = LABS + 1;

    /// The last node is data.
    fn owners(edges: &[&[usize]], gates: &[(usize, Part)]) -> Vec<Option<Part>> {
        let mut all = vec![None; edges.len()];
        gates.iter().for_each(|(node, part)| all[*node] = Some(*part));
        let edges = edges.iter().map(|edges| edges.to_vec()).collect();
        Graph { functions: all.len() - 1, edges, roots: vec![0], gates: all, parts: 4 }.owners().expect("parted")
    }

    #[test]
    fn what_one_lab_needs_is_its_own_and_what_several_need_is_shared() {
        // 0 → 1 (race) → 3 → 4 → 3 (a circle), 0 → 2 (python) → 5, both → 6 → 7
        let edges: &[&[usize]] = &[&[1, 2], &[3, 6], &[5, 6], &[4], &[3], &[], &[7], &[]];
        let parts = owners(edges, &[(1, RACE), (2, PYTHON)]);
        let (race, python, shared) = (Some(RACE), Some(PYTHON), Some(SHARED));
        assert_eq!(parts, [Some(FIRST), race, python, race, race, python, shared, shared]);
    }

    #[test]
    fn what_the_first_view_needs_stays_whoever_else_needs_it() {
        // 0 → 3, 0 → 1 (race) → 3 → 2
        let parts = owners(&[&[3, 1], &[3], &[], &[2]], &[(1, RACE)]);
        assert_eq!(parts, [Some(FIRST), Some(RACE), Some(FIRST), Some(FIRST)]);
    }

    #[test]
    fn a_shared_gate_that_the_first_view_calls_is_shared_and_one_of_a_lab_alone_its_own() {
        // 0 → 1 (shared) → 3, 0 → 2 (race) → 4 (shared) → 5
        let parts = owners(&[&[1, 2], &[3], &[4], &[], &[5], &[]], &[(1, SHARED), (2, RACE), (4, SHARED)]);
        let (race, shared) = (Some(RACE), Some(SHARED));
        assert_eq!(parts, [Some(FIRST), shared, race, shared, race, race]);
    }

    #[test]
    fn a_lab_is_not_part_of_whoever_calls_its_gate() {
        // 0 → 1 (shared) → 2 (race) → 4, 0 → 3 (python) → 2
        let parts = owners(&[&[1, 3], &[2], &[4], &[2], &[]], &[(1, SHARED), (2, RACE), (3, PYTHON)]);
        assert_eq!(parts, [Some(FIRST), Some(SHARED), Some(RACE), Some(PYTHON), Some(RACE)]);
    }

    #[test]
    fn functions_to_which_nothing_leads_are_shared_with_what_they_need() {
        // 0 → 1 (race) → 3, 2 → 3, and 4 is data
        let parts = owners(&[&[1], &[3], &[3], &[], &[]], &[(1, RACE)]);
        assert_eq!(parts, [Some(FIRST), Some(RACE), Some(SHARED), Some(SHARED), None]);
    }

    #[test]
    fn each_part_counts_on_those_before_it() {
        assert!(is_there(RACE, SHARED) && is_there(RACE, FIRST) && is_there(SHARED, FIRST) && is_there(RACE, RACE));
        assert!(!is_there(FIRST, SHARED) && !is_there(SHARED, RACE) && !is_there(RACE, PYTHON));
    }
}
