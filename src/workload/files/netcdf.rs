//! A year's fields, in NetCDF's classic format, as far as it is needed: fixed dimensions and the
//! numbers of one variable. All is big-endian, and padded to four bytes.
//!
//! The format: docs.unidata.ucar.edu/netcdf-c, "NetCDF Classic Format".

use super::{Damage, MONTHS};

const MAGIC: &[u8] = b"CDF\x01";
const FLOAT: u32 = 5;

/// Of the grid, north to south and around.
const SHAPE: [u32; 3] = [MONTHS as u32, 6, 8];
/// Points of the grid.
pub(super) const POINTS: usize = 48;
/// Numbers of a year: each month at each point.
pub(super) const YEAR: usize = MONTHS * POINTS;

/// The months of each season, from 0; winter is that of one calendar year.
const SEASONS: [[usize; 3]; 4] = [[0, 1, 11], [2, 3, 4], [5, 6, 7], [8, 9, 10]];

/// Numbers that are told of a year: each month's anomaly and each season's mean, at each point.
pub(super) const ROW: usize = YEAR + SEASONS.len() * POINTS;

/// Works a year's file out against the climatology.
#[inline(never)]
pub(super) fn work_out(file: &[u8], climatology: &[f64], row: &mut [f64]) -> Result<(), Damage> {
    let year = temperatures(file)?;
    let anomalies = year.iter().zip(climatology).map(|(value, usual)| value - usual);
    let at = |month: usize, point: usize| year.get(month * POINTS + point).copied().unwrap_or_default();
    let mean = |months: [usize; 3], point| months.map(|month| at(month, point)).iter().sum::<f64>() / 3.0;
    let seasons = SEASONS.iter().flat_map(|months| (0..POINTS).map(move |point| mean(*months, point)));
    row.iter_mut().zip(anomalies.chain(seasons)).for_each(|(value, told)| *value = told);
    Ok(())
}

/// A year's temperatures: each month at each point.
pub(super) fn temperatures(file: &[u8]) -> Result<Vec<f64>, Damage> {
    let header = Header::read(file)?;
    let variable = header.variables.iter().find(|it| it.name == b"temperature").ok_or(Damage::Grid)?;
    let length = |dimension: &u32| header.lengths.get(*dimension as usize).copied();
    let shape: Vec<_> = variable.dimensions.iter().map(length).collect();
    if variable.kind != FLOAT || shape != SHAPE.map(Some) {
        return Err(Damage::Grid);
    }
    let begin = variable.begin as usize;
    let bytes = begin.checked_add(4 * YEAR).and_then(|end| file.get(begin..end)).ok_or(Damage::TooShort)?;
    Ok(bytes.as_chunks().0.iter().map(|number| f32::from_be_bytes(*number).into()).collect())
}

/// What a file says of what is in it.
struct Header<'a> {
    /// Of each dimension.
    lengths: Vec<u32>,
    variables: Vec<Variable<'a>>,
}

struct Variable<'a> {
    name: &'a [u8],
    /// By their places in the list of dimensions.
    dimensions: Vec<u32>,
    kind: u32,
    begin: u32,
}

impl<'a> Header<'a> {
    fn read(file: &'a [u8]) -> Result<Self, Damage> {
        let rest = file.strip_prefix(MAGIC).ok_or(Damage::Format)?;
        let mut cursor = Cursor { rest };
        let _records = cursor.number()?;
        let lengths = cursor.list(|it| {
            it.text()?;
            it.number()
        })?;
        cursor.list(Cursor::attribute)?;
        let variables = cursor.list(Cursor::variable)?;
        Ok(Self { lengths, variables })
    }
}

/// What of a header is not read yet.
struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    fn bytes(&mut self, count: usize) -> Result<&'a [u8], Damage> {
        let (bytes, rest) = self.rest.split_at_checked(count).ok_or(Damage::TooShort)?;
        self.rest = rest;
        Ok(bytes)
    }

    fn number(&mut self) -> Result<u32, Damage> {
        let bytes = self.bytes(4)?.try_into().map_err(|_| Damage::TooShort)?;
        Ok(u32::from_be_bytes(bytes))
    }

    /// So many bytes, and what is missing to four.
    fn padded(&mut self, count: usize) -> Result<&'a [u8], Damage> {
        let padded = self.bytes(count.checked_next_multiple_of(4).ok_or(Damage::TooShort)?)?;
        padded.get(..count).ok_or(Damage::TooShort)
    }

    fn text(&mut self) -> Result<&'a [u8], Damage> {
        let length = self.number()?;
        self.padded(length as usize)
    }

    /// Its kind, its length, and so many of it; nothing is laid out before it has been read.
    fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Result<T, Damage>) -> Result<Vec<T>, Damage> {
        let _kind = self.number()?;
        let length = self.number()?;
        (0..length).map(|_| one(self)).collect()
    }

    fn attribute(&mut self) -> Result<(), Damage> {
        self.text()?;
        let size = match self.number()? {
            1 | 2 => 1,
            3 => 2,
            4 | 5 => 4,
            6 => 8,
            _ => return Err(Damage::Format),
        };
        let length = self.number()? as usize;
        self.padded(length.checked_mul(size).ok_or(Damage::TooShort)?).map(|_| ())
    }

    fn variable(&mut self) -> Result<Variable<'a>, Damage> {
        let name = self.text()?;
        let dimensions = self.number()?;
        let dimensions = (0..dimensions).map(|_| self.number()).collect::<Result<_, _>>()?;
        self.list(Self::attribute)?;
        let kind = self.number()?;
        let _bytes = self.number()?;
        Ok(Variable { name, dimensions, kind, begin: self.number()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Vec<u8> {
        let name = "data/fields/year-2001.nc";
        xtask::data::files().into_iter().find(|it| it.0 == name).unwrap().1
    }

    #[test]
    fn a_file_is_damaged_wherever_it_is_cut_off() {
        let file = file();
        assert_eq!(temperatures(&file).unwrap().len(), YEAR);
        for length in 0..file.len() {
            let damage = temperatures(&file[..length]).unwrap_err();
            let expected = if length < MAGIC.len() { Damage::Format } else { Damage::TooShort };
            assert_eq!(damage, expected, "{length}");
        }
    }

    #[test]
    fn no_byte_of_a_header_breaks_the_reader() {
        let file = file();
        for at in 0..file.len().min(600) {
            for byte in [0, 1, 0x7f, 0xff] {
                let mut changed = file.clone();
                changed[at] = byte;
                // What comes of it is numbers, or a reason.
                let _ = temperatures(&changed);
            }
        }
    }

    #[test]
    fn what_is_not_such_a_file_is_said() {
        assert_eq!(temperatures(b"<!DOCTYPE html>"), Err(Damage::Format));
        assert_eq!(temperatures(b"CDF\x02\0\0\0\0"), Err(Damage::Format));
        // No dimensions, attributes and variables.
        assert_eq!(temperatures(&[MAGIC, &[0; 28]].concat()), Err(Damage::Grid));
        let text = file();
        let at = text.windows(11).position(|bytes| bytes == b"temperature").unwrap();
        let mut renamed = text;
        renamed[at] = b'T';
        assert_eq!(temperatures(&renamed), Err(Damage::Grid));
    }
}
