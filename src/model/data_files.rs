//! The data files that scripts may read: which there are, and how long a read of
//! one takes. Who computes (`python/`), who fetches (`pool`) and who makes the
//! files (`xtask`) take it from here, by this file's path.

/// Files whose names differ by a number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Set {
    /// Before the number.
    pub before: &'static str,
    /// How many digits the number has.
    pub digits: usize,
    /// Behind it.
    pub after: &'static str,
    /// The first number.
    pub first: u32,
    /// The last number.
    pub last: u32,
}

/// Monthly observations of a station each, as CSV.
pub const STATIONS: Set = Set { before: "data/stations/station-", digits: 2, after: ".csv", first: 1, last: 50 };
/// A year's fields each, as NetCDF-3.
pub const FIELDS: Set = Set { before: "data/fields/year-", digits: 4, after: ".nc", first: 2001, last: 2020 };
/// What a service might answer, as JSON.
pub const ANSWERS: Set = Set { before: "data/answers/answer-", digits: 3, after: ".json", first: 1, last: 100 };

/// All that there is.
pub const SETS: [Set; 3] = [STATIONS, FIELDS, ANSWERS];

/// What a site's folder of them begins with, and their names do.
pub const FOLDER: &str = "data/";

/// Each file has a latency of its own, which depends on its name and this.
const SEED: u64 = 42;

/// So much of the latency that is set is the shortest; the longest is that and once the latency.
const SHORTEST: f64 = 0.5;

impl Set {
    /// The file with this number.
    #[must_use]
    pub fn name(&self, number: u32) -> String {
        format!("{}{number:0digits$}{}", self.before, self.after, digits = self.digits)
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = String> + '_ {
        (self.first..=self.last).map(|number| self.name(number))
    }

    /// Whether this is one of them, to the letter.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        let number = name.strip_prefix(self.before).and_then(|rest| rest.strip_suffix(self.after));
        let is_number = |text: &&str| text.len() == self.digits && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = number.filter(is_number).and_then(|text| text.parse::<u32>().ok());
        number.is_some_and(|number| (self.first..=self.last).contains(&number))
    }
}

/// Whether scripts may read it: only names as they are in the list, letter by letter. Nothing
/// is resolved, decoded or put right: `data/../x` is no file, whatever a server would make of it.
#[must_use]
pub fn is_listed(name: &str) -> bool {
    SETS.iter().any(|set| set.has(name))
}

/// How long a read takes at least, ms, where `usual_ms` is set: half of it to one and a half of it,
/// the same for the same name every time.
#[must_use]
pub fn latency_ms(name: &str, usual_ms: f64) -> f64 {
    usual_ms * (SHORTEST + unit(name))
}

/// A number from 0 up to 1 that a name always has.
fn unit(name: &str) -> f64 {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ SEED;
    for byte in name.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    // SplitMix64's last steps: names that differ in their last letter are to differ everywhere.
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((hash ^ (hash >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_listed_is_listed_letter_by_letter() {
        let all: Vec<_> = SETS.iter().flat_map(Set::names).collect();
        assert_eq!(all.len(), 170);
        assert!(all.iter().all(|name| is_listed(name) && name.starts_with(FOLDER)), "{all:?}");
        for other in [
            "",
            "data",
            "data/",
            "data/stations/",
            "data/stations/station-00.csv",
            "data/stations/station-51.csv",
            "data/stations/station-1.csv",
            "data/stations/station-001.csv",
            "data/stations/station-+1.csv",
            "data/stations/station-\u{661}\u{662}.csv",
            "data/stations/station-01.csv?",
            "data/stations/station-01.csv#",
            "data/stations/station-01.csv ",
            "data/stations/station-01.csv\0",
            "data/stations/../stations/station-01.csv",
            "data/stations/%2e%2e/station-01.csv",
            "data//stations/station-01.csv",
            "data\\stations\\station-01.csv",
            "DATA/stations/station-01.csv",
            "./data/stations/station-01.csv",
            "/data/stations/station-01.csv",
            "//example.org/data/stations/station-01.csv",
            "https://example.org/data/stations/station-01.csv",
            "data/fields/year-2000.nc",
            "data/answers/answer-000.json",
            "index.html",
        ] {
            assert!(!is_listed(other), "{other:?}");
        }
    }

    #[test]
    fn each_name_has_its_own_latency_around_the_usual_one() {
        let all: Vec<_> = SETS.iter().flat_map(Set::names).map(|name| latency_ms(&name, 50.0)).collect();
        assert!(all.iter().all(|ms| (25.0..75.0).contains(ms)), "{all:?}");
        let mean_ms = all.iter().sum::<f64>() / all.len() as f64;
        assert!((45.0..55.0).contains(&mean_ms), "{mean_ms}");
        let mut distinct = all.clone();
        distinct.sort_by(f64::total_cmp);
        distinct.dedup();
        assert_eq!(distinct.len(), all.len());
        assert_eq!(latency_ms(&STATIONS.name(7), 50.0), latency_ms("data/stations/station-07.csv", 50.0));
        assert_eq!(latency_ms(&STATIONS.name(7), 0.0), 0.0);
    }
}
