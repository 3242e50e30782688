//! A service's answer: what it says of a month.

use serde::Deserialize;

use super::Damage;

/// Numbers that are told of an answer: where, and what was observed there.
pub(super) const ROW: usize = 4;

/// What of an answer is read; it says more.
#[derive(Deserialize)]
struct Answer {
    latitude: f64,
    longitude: f64,
    temperature_c: f64,
    rain_mm: f64,
}

/// Works an answer out.
#[inline(never)]
pub(super) fn work_out(file: &[u8], row: &mut [f64]) -> Result<(), Damage> {
    // As a text: what reads JSON from bytes would be in each engine once more, and weighs 8 kB.
    let text = std::str::from_utf8(file).map_err(|_| Damage::Text)?;
    let answer: Answer = serde_json::from_str(text).map_err(|error| Damage::Answer(error.to_string()))?;
    let told = [answer.latitude, answer.longitude, answer.temperature_c, answer.rain_mm];
    row.iter_mut().zip(told).for_each(|(value, told)| *value = told);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_its_numbers() {
        let mut row = [0.0; ROW];
        let text = r#"{"station":"x","rain_mm":0.5,"latitude":-1.5,"longitude":2,"temperature_c":1e1}"#;
        work_out(text.as_bytes(), &mut row).unwrap();
        assert_eq!(row, [-1.5, 2.0, 10.0, 0.5]);
    }

    #[test]
    fn what_is_damaged_is_said() {
        for text in ["", "<!DOCTYPE html>", r#"{"latitude":1"#, r#"{"latitude":1}"#, "[]", "\u{0}"] {
            let damage = work_out(text.as_bytes(), &mut [0.0; ROW]).unwrap_err();
            assert!(damage.to_string().starts_with("it is no such answer: "), "{damage}");
        }
    }
}
