//! The figure view, for slides: a lab's sentence, its figure and Run, and nothing
//! else. What of a lab that is, its own classes say; `www/style/figure.css` does the
//! rest. Here is what the page has to do for it.

#[cfg(target_family = "wasm")]
pub(crate) use self::shown::{WholeLab, announced_height_px, follow};

/// The smallest frame that has room for all of it, CSS pixels.
const LEAST_PX: (f64, f64) = (480.0, 320.0);
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

#[cfg(target_family = "wasm")]
mod shown {
    use leptos::prelude::*;
    use web_sys::HtmlElement;

    use super::height_px;
    use crate::model::parameter::Group;
    use crate::model::settings::View;
    use crate::page::settings::PageSettings;
    use crate::page::state::Page;
    use crate::page::{dom, url};

    /// Keeps `data-view`, which the stylesheet goes by, as the settings say.
    pub(crate) fn follow(page: Page) {
        let settings = page.settings::<PageSettings>();
        let view = Memo::new(move |_| settings.with(|it| it.view));
        Effect::new(move || {
            if let Some(root) = dom::root() {
                let _ = root.set_attribute("data-view", view.get().word());
            }
        });
    }

    /// The height that the page tells whoever embeds it. It is that of the content,
    /// whatever the frame's: else host and lab would grow each other.
    pub(crate) fn announced_height_px(page: Page, content: &HtmlElement) -> f64 {
        let bounds = content.get_bounding_client_rect();
        let view = page.values.with_untracked(PageSettings::of).view;
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
