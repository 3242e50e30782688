//! The race as a picture for a slide or a report: what it says, what was run,
//! the ensemble, the bars, and the machine.

use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlCanvasElement};

use super::layout::{Area, DENSITY, HEADLINE_LINE, Layout, MARGIN, WIDTH};
use super::picture_bars;
use super::words::{self, Run};
use crate::model::prediction::Prediction;
use crate::model::report::Report;
use crate::page::dom;
use crate::page::theme;
use crate::view::bars::colour_of;
use crate::view::surface::Surface;

/// Sizes that the headline's font may have, px: the first with which it has
/// no more than two lines, or else the last.
const HEADLINE_PX: [f64; 3] = [38.0, 32.0, 26.0];

/// What the picture tells.
pub(super) struct Content {
    pub(super) headline: Vec<Run>,
    pub(super) reports: Vec<Rc<Report>>,
    /// What was guessed before.
    pub(super) predicted: Option<Prediction>,
    /// Whether all gave the same bits.
    pub(super) same_bits: Option<String>,
    /// On what machine it was measured.
    pub(super) machine: String,
    /// Where the lab is, with these settings.
    pub(super) address: Option<String>,
}

/// The picture as a PNG; `None` where the browser refuses any part of it.
pub(super) async fn png(content: &Content) -> Option<Blob> {
    let canvas = compose(content)?;
    let promise = Promise::new(&mut |resolve, _| {
        if canvas.to_blob(&resolve).is_err() {
            let _ = resolve.call1(&JsValue::NULL, &JsValue::NULL);
        }
    });
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// The picture's canvas, and the page's fonts.
pub(super) struct Pen {
    pub(super) surface: Surface,
    serif: String,
    sans: String,
}

impl Pen {
    /// A canvas of its own, which is not on the page.
    fn new() -> Option<Self> {
        let canvas: HtmlCanvasElement = dom::window()?.document()?.create_element("canvas").ok()?.dyn_into().ok()?;
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let surface = Surface { canvas, context, width: WIDTH, height: 0.0, scale: DENSITY };
        Some(Self { surface, serif: family("--serif", "serif"), sans: family("--sans", "sans-serif") })
    }

    /// Gives the canvas its pixels. Everything that was set is lost.
    fn resize(&mut self, height: f64) -> Option<()> {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let pixels = |length: f64| (length * DENSITY).round() as u32;
        self.surface.height = height;
        self.surface.canvas.set_width(pixels(WIDTH));
        self.surface.canvas.set_height(pixels(height));
        self.surface.context.scale(DENSITY, DENSITY).ok()
    }

    pub(super) fn ink(&self, token: &str) {
        self.surface.context.set_fill_style_str(&theme::css(theme::token(token), 1.0));
    }

    fn serif(&self, px: f64) {
        self.surface.context.set_font(&format!("500 {px}px {}", self.serif));
    }

    pub(super) fn sans(&self, weight: u32, px: f64) {
        self.surface.context.set_font(&format!("{weight} {px}px {}", self.sans));
    }

    /// The width of a text in the font that is set, px.
    pub(super) fn width(&self, text: &str) -> f64 {
        self.surface.context.measure_text(text).map_or(0.0, |it| it.width())
    }

    /// Writes a text; `y` is its middle.
    pub(super) fn text(&self, text: &str, x: f64, y: f64, align: &str) {
        self.surface.context.set_text_align(align);
        self.surface.context.set_text_baseline("middle");
        let _ = self.surface.context.fill_text(text, x, y);
    }

    pub(super) fn rule(&self, y: f64) {
        self.ink("--rule");
        self.surface.context.fill_rect(MARGIN, y, WIDTH - 2.0 * MARGIN, 1.0);
    }
}

fn family(token: &str, otherwise: &str) -> String {
    let read = || {
        let style = dom::window()?.get_computed_style(&dom::root()?).ok()??;
        let value = style.get_property_value(token).ok()?.trim().to_owned();
        (!value.is_empty()).then_some(value)
    };
    read().unwrap_or_else(|| otherwise.to_owned())
}

fn compose(content: &Content) -> Option<HtmlCanvasElement> {
    let mut pen = Pen::new()?;
    let (lines, headline_px) = headline(&pen, content);
    let rows: Vec<_> = content.reports.iter().map(|report| report.results.len()).collect();
    let layout = Layout::of(lines.len(), headline_px, &rows);
    pen.resize(layout.height)?;

    pen.ink("--page");
    pen.surface.context.fill_rect(0.0, 0.0, WIDTH, layout.height);
    draw_headline(&pen, &lines, headline_px);
    let reports: Vec<_> = content.reports.iter().map(Rc::as_ref).collect();
    pen.sans(400, 16.0);
    pen.ink("--ink-soft");
    let settings = words::settings_line(&reports);
    let settings = words::shortened(&settings, WIDTH - 2.0 * MARGIN, |text| pen.width(text));
    pen.text(&settings, MARGIN, layout.settings_y, "left");
    pen.rule(layout.ensemble.y - 13.0);
    draw_ensemble(&pen, &layout.ensemble);
    for (report, area) in reports.iter().zip(&layout.races) {
        picture_bars::draw_race(&pen, report, content.predicted, area, layout.row);
    }
    if let Some(race) = layout.races.first() {
        let has_guess = |report: &&Report| content.predicted.is_some_and(|it| it.mark(&report.results).is_some());
        picture_bars::draw_legend(&pen, reports.iter().any(has_guess), race.x, layout.legend_y);
    }
    draw_footer(&pen, content, &layout);
    Some(pen.surface.canvas)
}

fn headline(pen: &Pen, content: &Content) -> (Vec<Vec<Run>>, f64) {
    let mut last = (Vec::new(), 0.0);
    for px in HEADLINE_PX {
        pen.serif(px);
        last = (words::wrapped(&content.headline, WIDTH - 2.0 * MARGIN, |text| pen.width(text)), px);
        if last.0.len() <= 2 {
            break;
        }
    }
    last
}

fn draw_headline(pen: &Pen, lines: &[Vec<Run>], px: f64) {
    pen.serif(px);
    for (index, line) in lines.iter().enumerate() {
        let y = MARGIN + (index as f64 + 0.5) * px * HEADLINE_LINE;
        let mut x = MARGIN;
        for run in line {
            match run.executor {
                Some(executor) => pen.surface.context.set_fill_style_str(&theme::css(colour_of(executor), 1.0)),
                None => pen.ink("--ink"),
            }
            pen.text(&run.text, x, y, "left");
            x += pen.width(&run.text);
        }
    }
}

/// The ensemble as it stands on the page.
fn draw_ensemble(pen: &Pen, area: &Area) {
    let context = &pen.surface.context;
    pen.ink("--card");
    context.fill_rect(area.x, area.y, area.width, area.height);
    context.set_stroke_style_str(&theme::css(theme::token("--rule"), 1.0));
    context.set_line_width(1.0);
    context.stroke_rect(area.x + 0.5, area.y + 0.5, area.width - 1.0, area.height - 1.0);
    let canvas = dom::element("attractor").and_then(|it| it.dyn_into::<HtmlCanvasElement>().ok());
    let Some(canvas) = canvas.filter(|it| it.width() > 0 && it.height() > 0) else { return };
    let inner = area.inset(14.0).fitted(canvas.width().into(), canvas.height().into());
    let _ =
        context.draw_image_with_html_canvas_element_and_dw_and_dh(&canvas, inner.x, inner.y, inner.width, inner.height);
}

fn draw_footer(pen: &Pen, content: &Content, layout: &Layout) {
    pen.rule(layout.footer_y);
    let (right, first, second) = (WIDTH - MARGIN, layout.footer_y + 22.0, layout.footer_y + 44.0);
    pen.sans(400, 14.0);
    pen.ink("--ink-soft");
    pen.text(&content.machine, MARGIN, first, "left");
    if let Some(address) = &content.address {
        let shown = address.split_once("://").map_or(address.as_str(), |it| it.1);
        let shown = words::shortened(shown, WIDTH - 2.0 * MARGIN - 160.0, |text| pen.width(text));
        pen.text(&shown, MARGIN, second, "left");
    }
    if let Some(same_bits) = &content.same_bits {
        pen.text(same_bits, right, first, "right");
    }
    pen.serif(17.0);
    pen.ink("--ink");
    pen.text("Parallel Lab", right, second, "right");
}
