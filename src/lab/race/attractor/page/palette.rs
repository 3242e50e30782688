//! The members' colours: all start in one and fade apart into a few quiet ones.

use plotters::style::{Color, RGBAColor, RGBColor};

use crate::lab::race::attractor::paths::SHADES;
use crate::page::theme::{self, Colour};

/// The stylesheet's tokens of the members' own colours; neighbours differ.
const MEMBERS: [&str; 6] = ["--member-1", "--member-2", "--member-3", "--member-4", "--member-5", "--member-6"];

/// The picture's colours, as the stylesheet says now.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Palette {
    /// Per own colour and shade.
    members: Vec<Colour>,
    pub(super) ink: Colour,
    pub(super) ink_soft: Colour,
    pub(super) card: Colour,
    pub(super) rule: Colour,
    pub(super) together: Colour,
}

impl Palette {
    pub(super) fn read() -> Self {
        let together = theme::token("--together");
        let shades =
            |own: Colour| (0..=SHADES).map(move |shade| mix(together, own, f64::from(shade) / f64::from(SHADES)));
        Self {
            members: MEMBERS.iter().flat_map(|token| shades(theme::token(token))).collect(),
            ink: theme::token("--ink"),
            ink_soft: theme::token("--ink-soft"),
            card: theme::token("--card"),
            rule: theme::token("--rule"),
            together,
        }
    }

    /// A member's colour in a shade.
    pub(super) fn member(&self, member: usize, shade: u8, alpha: f64) -> RGBAColor {
        // Every sixth member is not to have the same colour: they may be all that is drawn.
        let own = (member + member / MEMBERS.len()) % MEMBERS.len();
        let index = own * (usize::from(SHADES) + 1) + usize::from(shade.min(SHADES));
        with_alpha(self.members.get(index).copied().unwrap_or(self.ink), alpha)
    }
}

/// A colour for plotters.
pub(super) fn with_alpha((red, green, blue): Colour, alpha: f64) -> RGBAColor {
    RGBColor(red, green, blue).mix(alpha)
}

fn mix(from: Colour, to: Colour, share: f64) -> Colour {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let between = |a: u8, b: u8| (f64::from(a) + share * (f64::from(b) - f64::from(a))).round().clamp(0.0, 255.0) as u8;
    (between(from.0, to.0), between(from.1, to.1), between(from.2, to.2))
}
