//! The colours: the stylesheet's tokens, and how a canvas comes by them.

use leptos::prelude::*;

use crate::page::dom;
use crate::page::state::Page;

/// Red, green, blue.
pub(crate) type Colour = (u8, u8, u8);

/// Keeps `data-theme` as the settings say, and has pictures redrawn when
/// colours, size or pixel density change.
pub(crate) fn follow(page: Page) {
    let theme = Memo::new(move |_| page.values.with(|it| it.text("theme")));
    Effect::new(move || {
        let theme = theme.get();
        if let Some(root) = dom::root() {
            let _ = root.set_attribute("data-theme", &theme);
        }
        redraw(page);
    });
    let Some(window) = dom::window() else { return };
    dom::listen(&window, "resize", move |_| redraw(page));
    for query in ["(prefers-color-scheme: dark)", "(forced-colors: active)", "print"] {
        if let Ok(Some(list)) = window.match_media(query) {
            dom::listen(&list, "change", move |_| redraw(page));
        }
    }
}

/// Pictures are old.
pub(crate) fn redraw(page: Page) {
    page.appearance.update(|count| *count = count.wrapping_add(1));
}

/// The effective colour of a token such as `--serial`: an element that wears it tells.
pub(crate) fn token(name: &str) -> Colour {
    read(name).unwrap_or((128, 128, 128))
}

/// The colour as CSS writes it.
pub(crate) fn css((red, green, blue): Colour, alpha: f64) -> String {
    format!("rgba({red}, {green}, {blue}, {alpha})")
}

fn read(name: &str) -> Option<Colour> {
    let probe = dom::element("colour-probe")?;
    probe.style().set_property("color", &format!("var({name})")).ok()?;
    let computed = dom::window()?.get_computed_style(&probe).ok()??;
    let text = computed.get_property_value("color").ok()?;
    let numbers = text.strip_prefix("rgb(").or_else(|| text.strip_prefix("rgba("))?;
    let mut numbers = numbers
        .split(|character: char| !character.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.parse::<u8>());
    let mut next = || numbers.next()?.ok();
    Some((next()?, next()?, next()?))
}
