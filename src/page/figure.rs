//! The figure view, for slides and for frames without room for a whole lab: a lab's
//! sentence, its figure and Run, and nothing else. What of a lab that is, its own classes
//! say; `www/style/figure.css` does the rest. Here is what the page has to do for it.

#[cfg(target_family = "wasm")]
pub(crate) use self::shown::{WholeLab, announced_height_px, follow};

/// The smallest frame that has room for all of it, CSS pixels.
const LEAST_PX: (f64, f64) = (480.0, 320.0);
/// A frame that is narrower than the smallest one has room for a whole lab, to scroll
/// through, from this height on, CSS pixels.
const LEAST_NARROW_HEIGHT_PX: f64 = 520.0;
/// Height for width, where there is more room: a slide's.
const HEIGHT_PER_WIDTH: f64 = 9.0 / 16.0;

/// The height that a frame of this width is best given, CSS pixels. The view fills
/// whatever height it has: its own says nothing.
#[must_use]
pub fn height_px(width_px: f64) -> f64 {
    let (least_width_px, least_height_px) = LEAST_PX;
    // Narrower frames break the sentence into more lines.
    let narrow_px = least_height_px * least_width_px / width_px.max(least_width_px / 3.0);
    narrow_px.max(least_height_px).max(width_px * HEIGHT_PER_WIDTH).ceil()
}

/// Whether a frame is too small for a whole lab: its Run would be out of sight.
#[must_use]
pub fn is_small(width_px: f64, height_px: f64) -> bool {
    let (least_width_px, least_height_px) = LEAST_PX;
    let is_shown = width_px >= 1.0 && height_px >= 1.0;
    let is_low = height_px < least_height_px;
    is_shown && (is_low || (width_px < least_width_px && height_px < LEAST_NARROW_HEIGHT_PX))
}

#[cfg(target_family = "wasm")]
mod shown {
    use leptos::prelude::*;
    use wasm_bindgen::JsValue;
    use web_sys::{HtmlElement, Window};

    use super::{height_px, is_small};
    use crate::model::parameter::{Group, Values};
    use crate::model::settings::View;
    use crate::page::settings::PageSettings;
    use crate::page::state::Page;
    use crate::page::{dom, url};

    /// Keeps `data-view`, which the stylesheet goes by, as the settings say, or as the
    /// frame has room.
    pub(crate) fn follow(page: Page) {
        let view = Memo::new(move |_| {
            page.appearance.track();
            shown(&page.values.get())
        });
        Effect::new(move || {
            if let Some(root) = dom::root() {
                let _ = root.set_attribute("data-view", view.get().word());
            }
        });
    }

    /// What is shown, whatever was asked for.
    fn shown(values: &Values) -> View {
        if is_in_small_frame() { View::Figure } else { PageSettings::of(values).view }
    }

    fn is_in_small_frame() -> bool {
        let px = |of: fn(&Window) -> Result<JsValue, JsValue>| dom::window().and_then(|it| of(&it).ok()?.as_f64());
        let size = px(Window::inner_width).zip(px(Window::inner_height));
        dom::parent().is_some() && size.is_some_and(|(width_px, height_px)| is_small(width_px, height_px))
    }

    /// The height that the page tells whoever embeds it. It is that of the content,
    /// whatever the frame's: else host and lab would grow each other.
    pub(crate) fn announced_height_px(page: Page, content: &HtmlElement) -> f64 {
        let bounds = content.get_bounding_client_rect();
        let view = page.values.with_untracked(shown);
        let is_figure = view == View::Figure && page.lab.is_experiment();
        if is_figure { height_px(bounds.width()) } else { bounds.height().ceil() }
    }

    /// The way to the whole lab with the same settings; seen in the figure view only.
    #[component]
    pub(crate) fn WholeLab(page: Page) -> impl IntoView {
        const NAME: &str = "Open the whole lab in a new tab";
        let link = move || {
            page.values.with(|values| {
                let mut whole = values.clone();
                PageSettings { view: View::All, ..PageSettings::of(values) }.write_to(&mut whole);
                url::link_to(page, &whole)
            })
        };
        view! {
            <a id="whole-lab" class="whole-lab" href=link target="_blank" rel="noopener" aria-label=NAME title=NAME>
                "↗"
            </a>
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_without_room_is_small() {
        for (width_px, height_px) in [(300.0, 150.0), (320.0, 480.0), (1200.0, 200.0), (479.0, 519.0)] {
            assert!(is_small(width_px, height_px), "{width_px} × {height_px}");
        }
        // The smallest that the figure view promises, a phone's course page, a hidden slide.
        for (width_px, height_px) in [(480.0, 320.0), (320.0, 600.0), (0.0, 0.0)] {
            assert!(!is_small(width_px, height_px), "{width_px} × {height_px}");
        }
    }

    /// Whoever gives a small frame the height that it asks for ends with one that asks for no other.
    #[test]
    fn a_small_frame_that_grows_comes_to_rest() {
        for width_px in [300.0, 320.0, 479.0, 480.0, 700.0] {
            let asked_px = height_px(width_px);
            let is_at_rest = is_small(width_px, asked_px) || asked_px >= LEAST_PX.1;
            assert!(is_at_rest, "{width_px}: {asked_px}");
        }
    }

    #[test]
    fn a_frame_has_a_slides_shape_and_room_for_all() {
        assert_eq!(height_px(480.0), 320.0);
        assert_eq!(height_px(960.0), 540.0);
        assert_eq!(height_px(1280.0), 720.0);
        assert_eq!(height_px(320.0), 480.0);
        for width_px in [0.0, 1.0, 200.0, 400.0, 569.0, 4000.0] {
            assert!(height_px(width_px) >= 320.0 && height_px(width_px).is_finite(), "{width_px}");
        }
    }
}
