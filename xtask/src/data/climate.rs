//! What it is like in a month somewhere: a season, a slow warming, and weather from a seed.
//!
//! Only additions and multiplications: what a machine's maths library makes of a sine differs in
//! its last bit from another's.

/// Of a year.
pub(super) const MONTHS: u32 = 12;

const SEED: u64 = 2026;

/// The cosine of the month's part of a year, from January on.
const COSINES: [f64; MONTHS as usize] =
    [1.0, 0.866_025, 0.5, 0.0, -0.5, -0.866_025, -1.0, -0.866_025, -0.5, 0.0, 0.5, 0.866_025];

/// A point on the earth, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) latitude: f64,
    pub(super) longitude: f64,
}

impl Place {
    /// Where a station is, from 60° south to 70° north.
    pub(super) fn of_station(number: u32) -> Self {
        let mut chance = Chance::new([u64::from(number), 0, 0]);
        Self { latitude: tenths(-60.0 + 130.0 * chance.unit()), longitude: tenths(360.0 * chance.unit()) }
    }
}

/// A month's means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Month {
    pub(super) temperature_c: f64,
    pub(super) rain_mm: f64,
}

/// A month somewhere; `index` is from 0.
pub(super) fn month(place: Place, year: u32, index: u32) -> Month {
    let Place { latitude, longitude } = place;
    let key = [(latitude * 10.0 + 10_000.0) as u64, (longitude * 10.0) as u64, u64::from(year * MONTHS + index)];
    let mut chance = Chance::new(key);
    let poleward = latitude / 90.0;
    let usual_c = 27.0 - 45.0 * poleward * poleward;
    let season_c = -18.0 * poleward * COSINES[index as usize];
    let warming_c = 0.03 * (f64::from(year) - 2001.0);
    let temperature_c = tenths(usual_c + season_c + warming_c + 1.5 * chance.weather());
    let wetness = 90.0 - 70.0 * poleward.abs() + 40.0 * chance.weather();
    Month { temperature_c, rain_mm: tenths(wetness.max(0.0)) }
}

fn tenths(value: f64) -> f64 {
    // No minus zero in print.
    (value * 10.0).round() / 10.0 + 0.0
}

/// SplitMix64.
struct Chance(u64);

impl Chance {
    /// What a key always gives.
    fn new(key: [u64; 3]) -> Self {
        let mut chance = Self(SEED);
        for part in key {
            chance.0 ^= part;
            chance.0 = chance.next();
        }
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// From 0 up to 1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Around 0, mostly within 1: nearly normal.
    fn weather(&mut self) -> f64 {
        (0..6).map(|_| self.unit()).sum::<f64>() - 3.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_warm_in_summer_and_at_the_equator() {
        let mean_c = |latitude: f64, index: u32| {
            let years = 2001..2021;
            let place = Place { latitude, longitude: 0.0 };
            years.clone().map(|year| month(place, year, index).temperature_c).sum::<f64>() / years.len() as f64
        };
        assert!(mean_c(45.0, 6) > mean_c(45.0, 0) + 10.0);
        assert!(mean_c(-45.0, 0) > mean_c(-45.0, 6) + 10.0);
        assert!(mean_c(0.0, 0) > mean_c(75.0, 6));
    }
}
