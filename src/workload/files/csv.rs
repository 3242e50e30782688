//! A station's observations: what its months are like.

use csv_core::{ReadRecordResult, Reader};

use super::{Damage, MONTHS, number};

/// The columns that such a file begins with.
const COLUMNS: [&str; 3] = ["month", "temperature_c", "rain_mm"];
/// What a line may have, bytes.
const LINE_BYTES: usize = 256;

/// Numbers that are told of a station: each month's mean temperature, each month's mean rain, and
/// the lowest and the highest temperature of all.
pub(super) const ROW: usize = 2 * MONTHS + 2;

/// Works a station's file out.
#[inline(never)]
pub(super) fn work_out(file: &[u8], row: &mut [f64]) -> Result<(), Damage> {
    let mut lines = Lines { reader: Reader::new(), rest: file, line: 0 };
    let mut text = [0; LINE_BYTES];
    if lines.next(&mut text)? != Some(COLUMNS) {
        return Err(Damage::Columns);
    }
    let mut station = Station::default();
    while let Some([month, temperature, rain]) = lines.next(&mut text)? {
        let month = month.rsplit('-').next().and_then(|month| month.parse::<usize>().ok());
        let month = month.and_then(|month| month.checked_sub(1)).filter(|month| *month < MONTHS);
        let (Some(month), Some(temperature), Some(rain)) = (month, number(temperature), number(rain)) else {
            return Err(Damage::Line { line: lines.line });
        };
        station.take(month, temperature, rain);
    }
    station.tell(row)
}

/// What has been seen of a station so far.
struct Station {
    months: [Month; MONTHS],
    lowest: f64,
    highest: f64,
}

#[derive(Clone, Copy, Default)]
struct Month {
    rows: u32,
    temperature: f64,
    rain: f64,
}

impl Default for Station {
    fn default() -> Self {
        Self { months: Default::default(), lowest: f64::INFINITY, highest: f64::NEG_INFINITY }
    }
}

impl Station {
    fn take(&mut self, month: usize, temperature: f64, rain: f64) {
        if let Some(month) = self.months.get_mut(month) {
            month.rows += 1;
            month.temperature += temperature;
            month.rain += rain;
        }
        self.lowest = self.lowest.min(temperature);
        self.highest = self.highest.max(temperature);
    }

    fn tell(&self, row: &mut [f64]) -> Result<(), Damage> {
        if let Some(month) = self.months.iter().position(|month| month.rows == 0) {
            return Err(Damage::Month { month: month + 1 });
        }
        let mean = |sum: f64, month: &Month| sum / f64::from(month.rows);
        let temperatures = self.months.iter().map(|month| mean(month.temperature, month));
        let rains = self.months.iter().map(|month| mean(month.rain, month));
        let told = temperatures.chain(rains).chain([self.lowest, self.highest]);
        row.iter_mut().zip(told).for_each(|(value, told)| *value = told);
        Ok(())
    }
}

/// The file's lines.
struct Lines<'a> {
    reader: Reader,
    rest: &'a [u8],
    line: usize,
}

impl Lines<'_> {
    /// The next line's fields, which are put into `text`.
    fn next<'t>(&mut self, text: &'t mut [u8; LINE_BYTES]) -> Result<Option<[&'t str; COLUMNS.len()]>, Damage> {
        let mut ends = [0; COLUMNS.len() + 1];
        let (mut texts, mut fields) = (0, 0);
        self.line += 1;
        let damage = Damage::Line { line: self.line };
        loop {
            let room = (text.get_mut(texts..).unwrap_or_default(), ends.get_mut(fields..).unwrap_or_default());
            let (result, read, written, ended) = self.reader.read_record(self.rest, room.0, room.1);
            self.rest = self.rest.get(read..).unwrap_or_default();
            (texts, fields) = (texts + written, fields + ended);
            match result {
                ReadRecordResult::End => return Ok(None),
                // Of the last line, an end may still be to be made.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::Record if fields == COLUMNS.len() => break,
                _ => return Err(damage),
            }
        }
        let [first, second, third, _] = ends;
        let field = |range| text.get(range).and_then(|field| std::str::from_utf8(field).ok());
        match (field(0..first), field(first..second), field(second..third)) {
            (Some(first), Some(second), Some(third)) => Ok(Some([first, second, third])),
            _ => Err(damage),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worked_out(text: &str) -> Result<Vec<f64>, Damage> {
        let mut row = vec![f64::NAN; ROW];
        work_out(text.as_bytes(), &mut row).map(|()| row)
    }

    /// A row for each month from the first of these years on.
    fn years(years: std::ops::Range<u32>) -> String {
        let of_year = |year| (1..=12).map(move |month| format!("{year}-{month:02},{month}.5,{}\n", year - 2000));
        format!("month,temperature_c,rain_mm\n{}", years.flat_map(of_year).collect::<String>())
    }

    #[test]
    fn months_are_means_over_years() {
        let row = worked_out(&years(2001..2004)).unwrap();
        assert_eq!((row[0], row[11], row[12], row[23]), (1.5, 12.5, 2.0, 2.0));
        assert_eq!(row[24..], [1.5, 12.5]);
        // The last line's end may be missing, and lines may end as on Windows.
        assert_eq!(worked_out(years(2001..2004).trim_end()), Ok(row.clone()));
        assert_eq!(worked_out(&years(2001..2004).replace('\n', "\r\n")), Ok(row));
    }

    #[test]
    fn what_is_damaged_is_said() {
        assert_eq!(worked_out(""), Err(Damage::Columns));
        assert_eq!(worked_out("<!DOCTYPE html>\n"), Err(Damage::Line { line: 1 }));
        assert_eq!(worked_out("month,rain_mm,temperature_c\n"), Err(Damage::Columns));
        assert_eq!(worked_out("month,temperature_c,rain_mm\n2001-02,1,1\n"), Err(Damage::Month { month: 1 }));
        for line in ["2001-13,1,1", "2001-00,1,1", "2001-01,1", "2001-01,1,1,1", "2001-01,warm,1"] {
            assert_eq!(worked_out(&(years(2001..2002) + line)), Err(Damage::Line { line: 14 }), "{line}");
        }
        let long = format!("{}2001-01,1,{}", years(2001..2002), "1".repeat(LINE_BYTES));
        assert_eq!(worked_out(&long), Err(Damage::Line { line: 14 }));
    }
}
