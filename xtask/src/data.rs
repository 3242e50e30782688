//! The data files that scripts read: made, not measured, from a seed, the same on every machine.
//!
//! ```text
//! data/stations/station-01.csv …    ten years of months of a station each
//! data/fields/year-2001.nc …        the months of a year on a coarse grid each (netcdf.rs)
//! data/answers/answer-001.json …    one month of one station each, as a service would answer
//! ```
//!
//! Which there are says `src/model/data_files.rs`. In the site they are in a folder that is
//! named by their contents: a version of the site has its own.

use std::path::Path;

use anyhow::Result;
use serde_json::json;

use self::climate::{MONTHS, Place, month};
use self::netcdf::{Data, Dimension, Variable};
use crate::data_files::{ANSWERS, FIELDS, FOLDER, STATIONS};
use crate::process::say;
use crate::project;
use crate::site::{artefact_folder, write};

mod climate;
mod netcdf;

/// Stations observe from here on, for ten years.
const FIRST_YEAR: u32 = 2011;
const YEARS: u32 = 10;

/// The grid's rows and columns, in degrees.
const LATITUDES: [f32; 6] = [-75.0, -45.0, -15.0, 15.0, 45.0, 75.0];
const LONGITUDES: [f32; 8] = [0.0, 45.0, 90.0, 135.0, 180.0, 225.0, 270.0, 315.0];

/// `cargo xtask data`: writes them where scripts that run in CPython find them, in the clone's
/// top folder.
///
/// # Errors
/// When a file can't be written.
pub fn run() -> Result<()> {
    write_to(&project::root())?;
    say("data/ is there: scripts that read it run in any Python in this folder");
    Ok(())
}

/// Writes them below a folder, by the names that scripts give them.
///
/// # Errors
/// When a file can't be written.
pub fn write_to(folder: &Path) -> Result<()> {
    files().iter().try_for_each(|(name, bytes)| write(&folder.join(name), bytes))
}

/// Writes them into the site; returns their folder's relative URL.
///
/// # Errors
/// When a file can't be written.
pub fn assemble(site: &Path) -> Result<String> {
    let within = |name: String| name.strip_prefix(FOLDER).unwrap_or(&name).into();
    let files: Vec<_> = files().into_iter().map(|(name, bytes)| (within(name), bytes)).collect();
    artefact_folder(site, FOLDER.trim_end_matches('/'), &files)
}

/// All files: names and contents.
#[must_use]
pub fn files() -> Vec<(String, Vec<u8>)> {
    let set = |set: crate::data_files::Set, bytes: fn(u32) -> Vec<u8>| {
        (set.first..=set.last).map(move |number| (set.name(number), bytes(number)))
    };
    set(STATIONS, station).chain(set(FIELDS, field)).chain(set(ANSWERS, answer)).collect()
}

fn station(number: u32) -> Vec<u8> {
    let place = Place::of_station(number);
    let mut text = String::from("month,temperature_c,rain_mm\n");
    for year in FIRST_YEAR..FIRST_YEAR + YEARS {
        for index in 0..MONTHS {
            let month = month(place, year, index);
            text += &format!("{year}-{:02},{:.1},{:.1}\n", index + 1, month.temperature_c, month.rain_mm);
        }
    }
    text.into_bytes()
}

fn answer(number: u32) -> Vec<u8> {
    let station = (number - 1) % STATIONS.last + 1;
    let place = Place::of_station(station);
    let (year, index) = (FIRST_YEAR + YEARS - 1, number % MONTHS);
    let month = month(place, year, index);
    let answer = json!({
        "answer": number,
        "station": format!("station-{station:02}"),
        "latitude": place.latitude,
        "longitude": place.longitude,
        "month": format!("{year}-{:02}", index + 1),
        "temperature_c": month.temperature_c,
        "rain_mm": month.rain_mm,
    });
    format!("{answer}\n").into_bytes()
}

fn field(year: u32) -> Vec<u8> {
    let mut temperatures = Vec::new();
    for index in 0..MONTHS {
        for latitude in LATITUDES {
            for longitude in LONGITUDES {
                let place = Place { latitude: latitude.into(), longitude: longitude.into() };
                temperatures.push(month(place, year, index).temperature_c as f32);
            }
        }
    }
    let dimensions = [
        Dimension { name: "time", length: MONTHS },
        Dimension { name: "lat", length: LATITUDES.len() as u32 },
        Dimension { name: "lon", length: LONGITUDES.len() as u32 },
    ];
    let months: Vec<_> = (1..=MONTHS as i32).collect();
    let variables = [
        Variable { name: "time", dimensions: &[0], units: "month of the year", data: Data::Whole(months) },
        Variable { name: "lat", dimensions: &[1], units: "degrees_north", data: Data::Real(LATITUDES.to_vec()) },
        Variable { name: "lon", dimensions: &[2], units: "degrees_east", data: Data::Real(LONGITUDES.to_vec()) },
        Variable { name: "temperature", dimensions: &[0, 1, 2], units: "degC", data: Data::Real(temperatures) },
    ];
    let title = format!("Made for Parallel Lab, not measured: the year {year}");
    netcdf::file(&[("title", &title)], &dimensions, &variables)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content_hash;

    /// What all of them may weigh, bytes.
    const LIMIT: usize = 300_000;

    #[test]
    fn they_are_the_same_on_every_machine_and_small() {
        let files = files();
        assert_eq!(files.len(), 170);
        let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
        assert!(bytes <= LIMIT, "{bytes}");
        // A process hears of each at once: there is room for so much in its ring (python/src/processes/ring.rs).
        assert!(files.iter().all(|(_, bytes)| (100..8000).contains(&bytes.len())));
        let hash = content_hash::of(files.iter().flat_map(|(name, bytes)| [name.as_bytes(), bytes]));
        assert_eq!(hash, "1ae3989b46621456");
    }

    #[test]
    fn a_station_has_its_months_in_rows() {
        let text = String::from_utf8(station(7)).expect("text");
        assert_eq!(text.lines().count(), 1 + 120);
        assert!(text.lines().nth(1).expect("a row").starts_with("2011-01,"), "{text}");
    }

    #[test]
    fn an_answer_says_what_its_station_observed() {
        let answer: serde_json::Value = serde_json::from_slice(&answer(53)).expect("JSON");
        let text = String::from_utf8(station(3)).expect("text");
        let row = format!(
            "{},{:.1},",
            answer["month"].as_str().expect("a month"),
            answer["temperature_c"].as_f64().expect("a number")
        );
        assert!(text.contains(&row), "{row} is not in {text}");
    }
}
