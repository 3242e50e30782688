//! Paper: while the browser prints, there are no frames to draw in, and all is light.
//! What else is another on paper, `www/style/paper.css` says.

use std::cell::{Cell, RefCell};

use super::state::Page;
use super::{dom, theme};

/// On the root element while it prints: pictures take their colours and sizes from it.
const PRINTING: &str = "data-printing";
/// Longer than this nobody waits for pictures, ms.
const DRAWING_LIMIT_MS: f64 = 3000.0;

thread_local! {
    /// Since when the browser prints.
    static PRINTING_SINCE_MS: Cell<Option<f64>> = const { Cell::new(None) };
    /// What draws the page's pictures.
    static DRAWING: RefCell<Vec<Box<dyn Fn()>>> = const { RefCell::new(Vec::new()) };
}

/// Has a picture drawn at once whenever the browser is about to print: it does not wait
/// for what is to be done later, be it by a promise. As long as the page lives.
pub(crate) fn before_printing(draw: impl Fn() + 'static) {
    DRAWING.with_borrow_mut(|all| all.push(Box::new(draw)));
}

/// Has all pictures drawn for paper before the browser prints, and for the screen when it has.
pub(crate) fn follow(page: Page) {
    let Some(window) = dom::window() else { return };
    dom::listen(&window, "beforeprint", move |_| {
        PRINTING_SINCE_MS.set(Some(dom::now_ms()));
        if let Some(root) = dom::root() {
            let _ = root.set_attribute(PRINTING, if dom::parent().is_some() { "frame" } else { "page" });
        }
        DRAWING.with_borrow(|all| all.iter().for_each(|draw| draw()));
    });
    dom::listen(&window, "afterprint", move |_| {
        PRINTING_SINCE_MS.set(None);
        if let Some(root) = dom::root() {
            let _ = root.remove_attribute(PRINTING);
        }
        theme::redraw(page);
    });
}

/// Whether the browser prints, and pictures are to be drawn for it.
pub(crate) fn is_printing() -> bool {
    PRINTING_SINCE_MS.get().is_some_and(|since_ms| dom::now_ms() - since_ms < DRAWING_LIMIT_MS)
}
