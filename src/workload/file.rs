//! A data file that an item is about.

use serde::{Deserialize, Serialize};

use crate::model::data_files::{ANSWERS, FIELDS, STATIONS, Set, latency_ms};

/// Which data files, and what they are read for.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A station's months each.
    Csv,
    /// A year's fields each.
    Netcdf,
    /// All years' fields, for what they have in common.
    Climatology,
    /// One answer each.
    Json,
}

/// A file that is wanted, and how long whoever wants it is to wait for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct File {
    kind: Kind,
    index: u32,
    usual_ms: f64,
}

impl Kind {
    /// The files of this kind, as the site has them.
    #[must_use]
    pub fn set(self) -> Set {
        match self {
            Self::Csv => STATIONS,
            Self::Netcdf | Self::Climatology => FIELDS,
            Self::Json => ANSWERS,
        }
    }

    /// How many files there are.
    #[must_use]
    pub fn count(self) -> u32 {
        let Set { first, last, .. } = self.set();
        last - first + 1
    }

    /// The file of this index, from 0, where reads usually take `usual_ms`.
    pub(super) fn file(self, index: u32, usual_ms: f64) -> File {
        File { kind: self, index, usual_ms }
    }
}

impl File {
    /// Its name, as it is in the list, if that has it.
    #[must_use]
    pub fn name(&self) -> String {
        let set = self.kind.set();
        set.name(set.first.saturating_add(self.index))
    }

    /// How long a read of it takes at least, ms.
    #[must_use]
    pub fn latency_ms(&self) -> f64 {
        latency_ms(&self.name(), self.usual_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::data_files::is_listed;

    #[test]
    fn files_are_those_of_the_list_and_no_others() {
        for kind in [Kind::Csv, Kind::Netcdf, Kind::Json] {
            let names: Vec<_> = (0..kind.count()).map(|index| kind.file(index, 1.0).name()).collect();
            assert_eq!(names, kind.set().names().collect::<Vec<_>>());
            assert!(!is_listed(&kind.file(kind.count(), 1.0).name()) && !is_listed(&kind.file(u32::MAX, 1.0).name()));
        }
    }

    #[test]
    fn a_read_takes_as_long_as_one_of_pythons() {
        let file = Kind::Csv.file(6, 50.0);
        assert_eq!(
            (file.name().as_str(), file.latency_ms()),
            ("data/stations/station-07.csv", latency_ms(&file.name(), 50.0))
        );
    }
}
