//! Puts things into an order that follows from a number: all who have the number have the order.

/// SplitMix64: one number after the other, from any seed.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// So many places in an order of their own for each seed and name; as they are for seed 0.
#[must_use]
pub fn order(count: usize, seed: u32, name: &str) -> Vec<usize> {
    let mut places: Vec<_> = (0..count).collect();
    if seed == 0 {
        return places;
    }
    let named =
        name.bytes().fold(u64::from(seed), |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let mut numbers = Numbers(named);
    for last in (1..count).rev() {
        // What is uneven in this is one part in 2^60.
        places.swap(last, (numbers.next() % (last as u64 + 1)) as usize);
    }
    places
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_seed_is_an_order() {
        assert_eq!(order(5, 0, "a"), [0, 1, 2, 3, 4]);
        assert_eq!(order(6, 7, "a"), order(6, 7, "a"));
        assert_ne!(order(6, 7, "a"), order(6, 8, "a"));
        let all: BTreeSet<_> = (1..200).map(|seed| order(3, seed, "a")).collect();
        assert_eq!(all.len(), 6, "every order of three comes up");
        let mut sorted = order(20, 5, "b");
        sorted.sort_unstable();
        assert_eq!(sorted, (0..20).collect::<Vec<_>>());
        assert_eq!((order(0, 3, ""), order(1, 3, "")), (vec![], vec![0]));
    }
}
