//! A canvas at the screen's own resolution, and drawing in slices so that no
//! task holds the page's thread for long.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::html::Canvas;
use leptos::prelude::{Effect, Get, NodeRef, RwSignal, Update, request_animation_frame};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ResizeObserver};

use crate::page::{dom, paper};

/// Canvas pixels at most, to either side.
const SIDE_LIMIT: f64 = 4096.0;

/// How long one slice may draw, ms.
const SLICE_MS: f64 = 8.0;

/// A canvas that is ready to be drawn on.
#[derive(Clone)]
pub(crate) struct Surface {
    pub(crate) canvas: HtmlCanvasElement,
    pub(crate) context: CanvasRenderingContext2d,
    /// Width in CSS pixels.
    pub(crate) width: f64,
    /// Height in CSS pixels.
    pub(crate) height: f64,
    /// Canvas pixels per CSS pixel.
    pub(crate) scale: f64,
}

impl Surface {
    /// Clears a canvas and gives it as many pixels as it covers on the screen,
    /// or at least `least_scale` per CSS pixel.
    pub(crate) fn prepare(canvas: &HtmlCanvasElement, least_scale: f64) -> Option<Self> {
        let surface = Self::keep(canvas, least_scale)?;
        surface.clear();
        Some(surface)
    }

    /// The same, but what is drawn stays if the canvas has these pixels already.
    pub(crate) fn keep(canvas: &HtmlCanvasElement, least_scale: f64) -> Option<Self> {
        let (width, height) = (f64::from(canvas.client_width()), f64::from(canvas.client_height()));
        let density = dom::window()?.device_pixel_ratio();
        if width < 1.0 || height < 1.0 || !density.is_finite() {
            return None;
        }
        let scale = density.max(least_scale).min(SIDE_LIMIT / width.max(height));
        Self::with_pixels(canvas.clone(), width, height, scale)
    }

    /// A surface that nobody sees.
    pub(crate) fn unseen(width: f64, height: f64, scale: f64) -> Option<Self> {
        let canvas = dom::window()?.document()?.create_element("canvas").ok()?.dyn_into().ok()?;
        Self::with_pixels(canvas, width, height, scale)
    }

    fn with_pixels(canvas: HtmlCanvasElement, width: f64, height: f64, scale: f64) -> Option<Self> {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let pixels = |length: f64| (length * scale).round().max(1.0) as u32;
        if (canvas.width(), canvas.height()) != (pixels(width), pixels(height)) {
            canvas.set_width(pixels(width));
            canvas.set_height(pixels(height));
        }
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        context.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0).ok()?;
        Some(Self { canvas, context, width, height, scale })
    }

    /// Takes away all that is drawn.
    pub(crate) fn clear(&self) {
        self.context.clear_rect(0.0, 0.0, self.width, self.height);
    }

    /// Has the browser really draw what another surface has only noted down so
    /// far: else all of it would be drawn at once when the other is shown.
    pub(crate) fn drain(&self, other: &Self) {
        let _ = self.context.draw_image_with_html_canvas_element(&other.canvas, 0.0, 0.0);
    }

    /// Draws what another surface of the same size shows.
    pub(crate) fn show(&self, other: &Self) {
        let image = &other.canvas;
        let _ =
            self.context.draw_image_with_html_canvas_element_and_dw_and_dh(image, 0.0, 0.0, self.width, self.height);
    }

    /// The same surface with everything drawn so many times as large.
    pub(crate) fn enlarged(self, by: f64) -> Self {
        if self.context.scale(by, by).is_err() {
            return self;
        }
        Self { width: self.width / by, height: self.height / by, scale: self.scale * by, ..self }
    }

    /// Writes a text in the page's font.
    pub(crate) fn text(&self, text: &str, x: f64, y: f64, size: f64, align: &str) {
        self.context.set_font(&format!("{size}px system-ui, sans-serif"));
        self.context.set_text_align(align);
        self.context.set_text_baseline("middle");
        let _ = self.context.fill_text(text, x, y);
    }
}

/// A step of a picture; whether anything is left.
type Step = Box<dyn FnMut() -> bool>;

/// Numbers the pictures of one canvas: only the newest goes on drawing.
#[derive(Clone, Default)]
pub(crate) struct Picture {
    newest: Rc<Cell<u32>>,
    step: Rc<RefCell<Option<Step>>>,
}

impl Picture {
    /// Draws in slices, one per frame: `step` is called until it says that nothing is
    /// left, or a newer picture has begun; and from its start before the browser prints.
    pub(crate) fn draw(&self, step: impl FnMut() -> bool + 'static) {
        if self.newest.get() == 0 {
            let picture = self.clone();
            paper::before_printing(move || picture.draw_at_once());
        }
        let number = self.newest.get().wrapping_add(1);
        self.newest.set(number);
        self.step.replace(Some(Box::new(step)));
        self.next_slice(number);
    }

    /// Takes a step; false where nothing is left.
    fn step(&self) -> bool {
        self.step.borrow_mut().as_mut().is_some_and(|step| step())
    }

    fn draw_at_once(&self) {
        while self.step() && paper::is_printing() {}
    }

    fn next_slice(&self, number: u32) {
        let picture = self.clone();
        request_animation_frame(move || {
            let begin_ms = dom::now_ms();
            while picture.newest.get() == number && picture.step() {
                if dom::now_ms() - begin_ms > SLICE_MS {
                    picture.next_slice(number);
                    return;
                }
            }
        });
    }
}

/// Has pictures redrawn whenever the canvas changes its size on the page.
pub(crate) fn redraw_on_resize(appearance: RwSignal<u32>, canvas: NodeRef<Canvas>) {
    Effect::new(move |observed: Option<bool>| {
        let Some(canvas) = canvas.get() else { return false };
        if observed != Some(true) {
            observe(appearance, &canvas);
        }
        true
    });
}

fn observe(appearance: RwSignal<u32>, canvas: &HtmlCanvasElement) {
    let seen = Cell::new((canvas.client_width(), canvas.client_height()));
    let observed = canvas.clone();
    let closure = Closure::<dyn Fn(JsValue)>::new(move |_| {
        let size = (observed.client_width(), observed.client_height());
        if seen.replace(size) != size {
            appearance.update(|count| *count = count.wrapping_add(1));
        }
    });
    if let Ok(observer) = ResizeObserver::new(closure.as_ref().unchecked_ref()) {
        observer.observe(canvas);
        closure.forget();
    }
}
