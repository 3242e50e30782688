//! On what machine it was measured, in a line of words.

use crate::view::format;

/// What the browser tells of itself and the machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Machine {
    /// Logical cores.
    pub cores: u32,
    /// Threads may share memory.
    pub is_isolated: bool,
    /// The smallest step of the clock, ms.
    pub clock_resolution_ms: f64,
    /// The browser's own name for itself.
    pub user_agent: String,
    /// The sources that the page was built from.
    pub build: String,
    /// When the newest run ended: ISO 8601, UTC.
    pub date: String,
}

impl Machine {
    /// `8 cores · isolated · clock 5.00 µs · Firefox 142 · 22 November 2026`.
    #[must_use]
    pub fn line(&self) -> String {
        let cores = if self.cores == 1 { "1 core".into() } else { format!("{} cores", self.cores) };
        let isolation = if self.is_isolated { "isolated" } else { "not isolated" };
        let clock = format!("clock {}", format::duration(self.clock_resolution_ms));
        let parts = [cores, isolation.into(), clock, browser(&self.user_agent), day(&self.date)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

/// The browser's name and major version.
fn browser(user_agent: &str) -> String {
    // In this order: most call themselves Chrome or Safari, too.
    let names = [
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Version/", "Safari"),
    ];
    let found = names.iter().find_map(|(mark, name)| {
        let (_, version) = user_agent.split_once(mark)?;
        let major: String = version.chars().take_while(char::is_ascii_digit).collect();
        Some(format!("{name} {major}"))
    });
    found.map(|text| text.trim_end().to_owned()).unwrap_or_default()
}

/// The day as people write it; what is no such date stays as it is.
fn day(date: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let words = || {
        let mut parts = date.get(..10)?.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let month = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
        Some(format!("{} {month} {year}", day.parse::<u32>().ok()?))
    };
    words().unwrap_or_else(|| date.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::table::tests::machine;
    use super::*;

    #[test]
    fn the_line_says_it_all() {
        assert_eq!(machine().line(), "8 cores · isolated · clock 5.00 µs · Firefox 142 · 22 November 2026");
        let bare = Machine { cores: 1, is_isolated: false, user_agent: String::new(), ..machine() };
        assert_eq!(bare.line(), "1 core · not isolated · clock 5.00 µs · 22 November 2026");
    }

    #[test]
    fn browsers_are_told_apart() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0";
        assert_eq!(browser(&format!("{chrome} Safari/537.36")), "Chrome 141");
        assert_eq!(browser(&format!("{chrome} Safari/537.36 Edg/141.0.0.0")), "Edge 141");
        let safari = "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15";
        assert_eq!(browser(safari), "Safari 18");
        assert_eq!(browser("curl"), "");
    }

    #[test]
    fn odd_dates_stay_as_they_are() {
        assert_eq!(day("2026-01-02"), "2 January 2026");
        for odd in ["", "2026-13-02", "2026-00-02", "yesterday", "20260102…"] {
            assert_eq!(day(odd), odd);
        }
    }
}
