//! Which keys are a slide deck's: a closed list, so that nothing that is typed
//! ever leaves the lab, and of those only what the lab has no use for itself.

/// A key that moves through a deck.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DeckKey {
    /// Back.
    Left,
    /// On.
    Right,
    /// Up in a stack of slides.
    Up,
    /// Down in a stack of slides.
    Down,
    /// On; with Shift back.
    Space,
    /// Back, and what a presenter's remote control sends.
    PageUp,
    /// On, and what a presenter's remote control sends.
    PageDown,
    /// The overview of all slides.
    Escape,
}

impl DeckKey {
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Left, Self::Right, Self::Up, Self::Down, Self::Space, Self::PageUp, Self::PageDown, Self::Escape];

    /// The value of `KeyboardEvent.key`, and of the message's `key`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Left => "ArrowLeft",
            Self::Right => "ArrowRight",
            Self::Up => "ArrowUp",
            Self::Down => "ArrowDown",
            Self::Space => " ",
            Self::PageUp => "PageUp",
            Self::PageDown => "PageDown",
            Self::Escape => "Escape",
        }
    }

    /// The key of that name. With Shift, only Space is a deck's.
    #[must_use]
    pub fn named(name: &str, with_shift: bool) -> Option<Self> {
        let known = Self::ALL.into_iter().find(|key| key.name() == name)?;
        (!with_shift || known == Self::Space).then_some(known)
    }

    /// What Reveal.js' own message says of it: the code that `triggerKey` takes.
    #[must_use]
    pub fn reveal_code(self, with_shift: bool) -> u32 {
        match self {
            // `triggerKey` knows no Shift; Page Up means the same.
            Self::Space if with_shift => Self::PageUp.reveal_code(false),
            Self::Space => 32,
            Self::PageUp => 33,
            Self::PageDown => 34,
            Self::Left => 37,
            Self::Up => 38,
            Self::Right => 39,
            Self::Down => 40,
            Self::Escape => 27,
        }
    }
}

/// What the focus is on, as far as keys are concerned.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Focus {
    /// Nothing that takes keys.
    Elsewhere,
    /// What Space presses: buttons, boxes, folds.
    Press,
    /// What is moved by keys: radio buttons, sliders, lists.
    Choice,
    /// Where one types.
    Text,
}

/// Whose a key is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Owner {
    /// The lab's.
    Lab,
    /// The lab's, and it means: leave this control. The next one is the deck's.
    Leaves,
    /// The deck's.
    Deck,
}

/// Whose this key is. `has_room` says whether something under the focus can
/// still scroll that way: up and down read on before they leave the lab.
#[must_use]
pub fn owner(key: DeckKey, focus: Focus, has_room: bool) -> Owner {
    let is_wanted = match focus {
        Focus::Elsewhere => false,
        Focus::Press => key == DeckKey::Space,
        Focus::Choice | Focus::Text if key == DeckKey::Escape => return Owner::Leaves,
        Focus::Choice | Focus::Text => true,
    };
    let scrolls = has_room && matches!(key, DeckKey::Up | DeckKey::Down);
    if is_wanted || scrolls { Owner::Lab } else { Owner::Deck }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_stays_in_the_lab() {
        for name in ["a", "5", "Enter", "Tab", "Backspace", "Home", "End", "Unidentified", ""] {
            assert_eq!(DeckKey::named(name, false), None, "{name}");
        }
        for key in DeckKey::ALL {
            assert_eq!(DeckKey::named(key.name(), false), Some(key));
            assert_eq!(DeckKey::named(key.name(), true).is_some(), key == DeckKey::Space, "{key:?} with Shift");
            assert_ne!(owner(key, Focus::Text, false), Owner::Deck, "{key:?} in a field");
            assert_ne!(owner(key, Focus::Choice, false), Owner::Deck, "{key:?} in a list");
        }
    }

    #[test]
    fn a_deck_gets_what_the_lab_has_no_use_for() {
        for key in DeckKey::ALL {
            assert_eq!(owner(key, Focus::Elsewhere, false), Owner::Deck, "{key:?}");
            let pressed = if key == DeckKey::Space { Owner::Lab } else { Owner::Deck };
            assert_eq!(owner(key, Focus::Press, false), pressed, "{key:?} on a button");
        }
    }

    #[test]
    fn up_and_down_read_on_first_and_a_remote_control_always_leaves() {
        for key in DeckKey::ALL {
            let expected = if matches!(key, DeckKey::Up | DeckKey::Down) { Owner::Lab } else { Owner::Deck };
            assert_eq!(owner(key, Focus::Elsewhere, true), expected, "{key:?}");
        }
    }

    #[test]
    fn escape_leaves_a_field_before_it_leaves_the_lab() {
        assert_eq!(owner(DeckKey::Escape, Focus::Text, true), Owner::Leaves);
        assert_eq!(owner(DeckKey::Escape, Focus::Choice, false), Owner::Leaves);
        assert_eq!(owner(DeckKey::Escape, Focus::Press, false), Owner::Deck);
    }

    #[test]
    fn shift_and_space_go_back() {
        assert_eq!(DeckKey::Space.reveal_code(true), DeckKey::PageUp.reveal_code(false));
        assert_eq!(DeckKey::Space.reveal_code(false), 32);
    }
}
