//! `SeedSequence`: any seed stirred into as many words as a bit generator needs.

/// How many words the pool has.
const POOL_WORDS: usize = 4;

/// Entropy, stirred into a pool from which seeds are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedSequence {
    entropy: Vec<u32>,
    spawn_key: Vec<u32>,
    children: u32,
    pool: [u32; POOL_WORDS],
}

impl SeedSequence {
    /// From entropy in words, the low one first (a zero is one word), and the key of where it is among its kin.
    #[must_use]
    pub fn new(entropy: &[u32], spawn_key: &[u32], n_children_spawned: u32) -> Self {
        Self {
            entropy: entropy.to_vec(),
            spawn_key: spawn_key.to_vec(),
            children: n_children_spawned,
            pool: stir(&assembled(entropy, spawn_key)),
        }
    }

    /// The entropy it was made of.
    #[must_use]
    pub fn entropy(&self) -> &[u32] {
        &self.entropy
    }

    /// Where it is among its kin.
    #[must_use]
    pub fn spawn_key(&self) -> &[u32] {
        &self.spawn_key
    }

    /// How many children it has had.
    #[must_use]
    pub fn n_children_spawned(&self) -> u32 {
        self.children
    }

    /// Fills with `generate_state(len)`.
    pub fn fill_state(&self, out: &mut [u32]) {
        let mut hash = Hash { multiplier: 0x8b51_f9dd, growth: 0x58f3_8ded };
        for (slot, &word) in out.iter_mut().zip(self.pool.iter().cycle()) {
            *slot = hash.of(word);
        }
    }

    /// Fills with `generate_state(len, numpy.uint64)`.
    pub fn fill_state_u64(&self, out: &mut [u64]) {
        let mut hash = Hash { multiplier: 0x8b51_f9dd, growth: 0x58f3_8ded };
        let mut words = self.pool.iter().cycle().map(|&word| u64::from(hash.of(word)));
        for slot in out {
            let low = words.next().unwrap_or_default();
            *slot = words.next().unwrap_or_default() << 32 | low;
        }
    }

    /// Its next child: one of those that `spawn` gives.
    pub fn spawn(&mut self) -> Self {
        let mut spawn_key = self.spawn_key.clone();
        spawn_key.push(self.children);
        self.children = self.children.wrapping_add(1);
        Self::new(&self.entropy, &spawn_key, 0)
    }
}

/// The entropy and the key in one; a key must not be taken for what a longer entropy would have there.
fn assembled(entropy: &[u32], spawn_key: &[u32]) -> Vec<u32> {
    let mut all = entropy.to_vec();
    if !spawn_key.is_empty() && all.len() < POOL_WORDS {
        all.resize(POOL_WORDS, 0);
    }
    all.extend_from_slice(spawn_key);
    all
}

/// A hash whose multiplier changes with each word.
struct Hash {
    multiplier: u32,
    growth: u32,
}

impl Hash {
    fn of(&mut self, word: u32) -> u32 {
        let word = word ^ self.multiplier;
        self.multiplier = self.multiplier.wrapping_mul(self.growth);
        let word = word.wrapping_mul(self.multiplier);
        word ^ (word >> 16)
    }
}

fn mix(x: u32, y: u32) -> u32 {
    let mixed = x.wrapping_mul(0xca01_f9dd).wrapping_sub(y.wrapping_mul(0x4973_f715));
    mixed ^ (mixed >> 16)
}

/// The pool: each word of the entropy changes each word of it.
fn stir(entropy: &[u32]) -> [u32; POOL_WORDS] {
    let mut hash = Hash { multiplier: 0x43b0_d7e5, growth: 0x931e_8875 };
    let mut pool = [0; POOL_WORDS];
    for (i, word) in pool.iter_mut().enumerate() {
        *word = hash.of(entropy.get(i).copied().unwrap_or(0));
    }
    for from in 0..POOL_WORDS {
        for to in (0..POOL_WORDS).filter(|&to| to != from) {
            pool[to] = mix(pool[to], hash.of(pool[from]));
        }
    }
    for &word in entropy.iter().skip(POOL_WORDS) {
        for slot in &mut pool {
            *slot = mix(*slot, hash.of(word));
        }
    }
    pool
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first<const N: usize>(seed: &SeedSequence) -> [u32; N] {
        let mut words = [0; N];
        seed.fill_state(&mut words);
        words
    }

    #[test]
    fn words_are_numpys() {
        let seed = SeedSequence::new(&[42], &[], 0);
        assert_eq!(first(&seed), [3444837047, 2669555309, 2046530742]);
        let mut wide = [0; 2];
        seed.fill_state_u64(&mut wide);
        assert_eq!(wide, [11465652750463011511, 15382171918060459190]);
        assert_eq!(first(&SeedSequence::new(&[0], &[], 0)), [2968811710, 3677149159]);
        assert_eq!(first(&SeedSequence::new(&[1, 2, 3, 4, 5, 6], &[], 0)), [488360481, 3956080669]);
    }

    #[test]
    fn children_are_numpys() {
        let mut seed = SeedSequence::new(&[42], &[], 0);
        seed.spawn();
        let child = seed.spawn();
        assert_eq!(child.spawn_key(), [1]);
        assert_eq!(first(&child), [4091952314, 31242083]);
        assert_eq!(seed.n_children_spawned(), 2);
        assert_eq!(SeedSequence::new(seed.entropy(), &[1], 0), child);
    }
}
