//! How text on the console looks: the sixteen colours of terminals, and bold.

/// The colours in the light scheme and in the dark one: each is readable on the card, and on a tint of any
/// other. They are here, not in the styles, since only what runs has them (`xtask/src/parts.rs`).
const COLOURS: [(&str, &str); 16] = [
    ("#1a1a1f", "#b9b8b4"),
    ("#a01818", "#ff9c94"),
    ("#12601f", "#8fd694"),
    ("#6b4e00", "#e0c060"),
    ("#1c3fae", "#9dbbff"),
    ("#85148a", "#e5a3ea"),
    ("#005d6b", "#74d3e0"),
    ("#55565c", "#d8d7d3"),
    ("#4a4a50", "#c8c7c3"),
    ("#b3261e", "#ffb3ac"),
    ("#1a6b1a", "#a6eaa6"),
    ("#7a5200", "#f2d675"),
    ("#2a4fd0", "#b5ceff"),
    ("#9c27a0", "#f2b8f5"),
    ("#00687a", "#90e6f0"),
    ("#3a3a40", "#ffffff"),
];
/// So many there are before they come again, brighter.
const PLAIN: u16 = 8;
/// How much of a colour is behind a letter; the rest is the card.
const TINT_PERCENT: u8 = 16;

/// How a letter looks.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Look {
    /// Of the letter, from 0 to 15: eight colours, and the same brighter.
    pub ink: Option<u8>,
    /// Of what is behind it.
    pub ground: Option<u8>,
    /// Bold.
    pub is_bold: bool,
    /// It was printed to stderr.
    pub is_error: bool,
}

impl Look {
    /// Takes in the numbers of a sequence that ends with `m`; those that we don't know say nothing.
    pub(super) fn take(&mut self, numbers: &[u16]) {
        let mut numbers = numbers.iter().copied();
        while let Some(number) = numbers.next() {
            match number {
                0 => *self = Self { is_error: self.is_error, ..Self::default() },
                1 => self.is_bold = true,
                22 => self.is_bold = false,
                38 => self.ink = of_more(&mut numbers).or(self.ink),
                39 => self.ink = None,
                48 => self.ground = of_more(&mut numbers).or(self.ground),
                49 => self.ground = None,
                _ => {
                    self.ink = one_of(number, 30, 90).or(self.ink);
                    self.ground = one_of(number, 40, 100).or(self.ground);
                }
            }
        }
    }

    /// The properties that a page shows it by, with their values.
    #[must_use]
    pub fn styles(self) -> Vec<(&'static str, String)> {
        let mut styles = Vec::new();
        if self.is_bold {
            styles.push(("font-weight", "700".to_owned()));
        }
        styles.extend(self.ink.map(|ink| ("color", colour(ink))));
        let tint = |it| format!("color-mix(in srgb, {} {TINT_PERCENT}%, var(--card))", colour(it));
        styles.extend(self.ground.map(|ground| ("background-color", tint(ground))));
        styles
    }
}

fn colour(number: u8) -> String {
    let (light, dark) = COLOURS.get(usize::from(number)).unwrap_or(&COLOURS[0]);
    format!("light-dark({light}, {dark})")
}

fn one_of(number: u16, first: u16, first_bright: u16) -> Option<u8> {
    let plain = number.checked_sub(first).filter(|it| *it < PLAIN);
    let bright = || number.checked_sub(first_bright).filter(|it| *it < PLAIN).map(|it| it + PLAIN);
    u8::try_from(plain.or_else(bright)?).ok()
}

/// One of 256 colours, or of all: it is a number, or three of them; the first sixteen are ours.
fn of_more(numbers: &mut impl Iterator<Item = u16>) -> Option<u8> {
    match numbers.next()? {
        5 => u8::try_from(numbers.next()?).ok().filter(|it| u16::from(*it) < 2 * PLAIN),
        2 => {
            let _ = numbers.nth(2);
            None
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(numbers: &[u16]) -> Look {
        let mut look = Look { is_error: true, ..Look::default() };
        look.take(numbers);
        look
    }

    #[test]
    fn colours_are_taken_in() {
        let plain = Look { is_error: true, ..Look::default() };
        assert_eq!(after(&[1, 31, 42]), Look { ink: Some(1), ground: Some(2), is_bold: true, ..plain });
        assert_eq!(after(&[97, 100]), Look { ink: Some(15), ground: Some(8), ..plain });
        for back in [&[31, 1, 44, 0][..], &[31, 1, 44, 39, 22, 49], &[], &[3, 4, 7, 29, 38, 50, 89, 98, 108]] {
            assert_eq!(after(back), plain, "{back:?}");
        }
    }

    #[test]
    fn other_colours_are_passed_over() {
        let plain = Look { is_error: true, ..Look::default() };
        assert_eq!(after(&[38, 5, 1]), Look { ink: Some(1), ..plain });
        for numbers in [&[38, 5, 200][..], &[38, 2, 1, 31, 44], &[48, 2, 30, 31, 32], &[38], &[38, 5], &[48, 2, 1]] {
            assert_eq!(after(numbers), plain, "{numbers:?}");
        }
        assert_eq!(after(&[38, 2, 1, 2, 3, 1]), Look { is_bold: true, ..plain });
    }

    #[test]
    fn a_look_has_styles() {
        assert_eq!(Look::default().styles(), []);
        let [bold, ink, ground] = after(&[1, 91, 40]).styles().try_into().unwrap();
        assert_eq!(bold, ("font-weight", "700".to_owned()));
        assert_eq!(ink, ("color", "light-dark(#b3261e, #ffb3ac)".to_owned()));
        assert!(ground.1.starts_with("color-mix(in srgb, light-dark(#1a1a1f, #b9b8b4) 16%,"), "{ground:?}");
    }

    /// What a colour of the page is in the light scheme and in the dark one.
    fn token<'a>(styles: &'a str, name: &str) -> (&'a str, &'a str) {
        let line = styles.lines().find_map(|line| line.trim().strip_prefix(&format!("--{name}: light-dark(")));
        line.and_then(|it| it.strip_suffix(");")?.split_once(", ")).unwrap_or_else(|| panic!("no {name}"))
    }

    fn parts(hex: &str) -> [f64; 3] {
        [1, 3, 5].map(|at| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()))
    }

    fn luminance(colour: [f64; 3]) -> f64 {
        let linear = |it: f64| {
            let it = it / 255.0;
            if it <= 0.040_45 { it / 12.92 } else { ((it + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
    }

    #[test]
    fn every_colour_is_readable_on_every_other() {
        let tokens = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/www/style/tokens.css")).unwrap();
        let [card, ink, warning] = ["card", "ink", "warning"].map(|it| token(&tokens, it));
        let tint = f64::from(TINT_PERCENT) / 100.0;
        for is_dark in [false, true] {
            let of = |(light, dark): (&str, &str)| parts(if is_dark { dark } else { light });
            let card = of(card);
            let grounds = COLOURS.map(of).map(|it| std::array::from_fn(|at| tint * it[at] + (1.0 - tint) * card[at]));
            let inks: Vec<_> = COLOURS.into_iter().chain([ink, warning]).map(of).collect();
            for ground in grounds.into_iter().chain([card]) {
                for ink in &inks {
                    let (ours, behind) = (luminance(*ink), luminance(ground));
                    let contrast = (ours.max(behind) + 0.05) / (ours.min(behind) + 0.05);
                    assert!(contrast >= 4.5, "{ink:?} on {ground:?}: {contrast:.2}");
                }
            }
        }
    }
}
