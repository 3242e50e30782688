//! What was measured as a picture for a slide or a report: what it says, what was
//! run, the bars, the lab's own picture, and the machine.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlCanvasElement};

use super::layout::{Area, DENSITY, HEADLINE_LINE, Layout, MARGIN, MORE_LINE, WIDTH};
use super::picture_bars;
use super::words::{self, Run};
use crate::page::dom;
use crate::page::theme;
use crate::view::bars::Block;
use crate::view::headline::{Headline, Piece};
use crate::view::palette::colour_of;
use crate::view::surface::Surface;

/// Sizes that the headline's font may have, px: the first with which it has
/// no more than two lines, or else the last.
const HEADLINE_PX: [f64; 3] = [38.0, 32.0, 26.0];

/// Size of the font of what is said below it, px.
const MORE_PX: f64 = 18.0;

/// What the picture tells.
pub(crate) struct Content {
    /// What the runs say.
    pub(crate) headline: Headline,
    /// What else is true of them.
    pub(crate) more: Option<Headline>,
    /// What was run, in a line.
    pub(crate) settings: String,
    /// How long each way took.
    pub(crate) blocks: Vec<Block>,
    /// What the lab shows beside the bars, as it stands on the page.
    pub(crate) card: Option<HtmlCanvasElement>,
    /// What else is to be said: whether all gave the same.
    pub(crate) remark: Option<String>,
    /// Where the lab is, with these settings.
    pub(crate) address: Option<String>,
}

/// A picture takes a browser some tenths of a second, ms.
const ENCODING_LIMIT_MS: i32 = 3000;

/// The picture as a PNG; `None` where the browser refuses any part of it.
pub(super) async fn png(content: &Content, machine: &str) -> Option<Blob> {
    let canvas = compose(content, machine)?;
    let promise = Promise::new(&mut |resolve, _| {
        if canvas.to_blob(&resolve).is_err() {
            let _ = resolve.call1(&JsValue::NULL, &JsValue::NULL);
        }
        // Some browsers never answer.
        if let Some(window) = dom::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ENCODING_LIMIT_MS);
        }
    });
    let encoded = JsFuture::from(promise).await.ok().and_then(|it| it.dyn_into().ok());
    encoded.or_else(|| encoded_at_once(&canvas))
}

/// The same by the way that needs no answer, and keeps the page meanwhile.
fn encoded_at_once(canvas: &HtmlCanvasElement) -> Option<Blob> {
    let address = canvas.to_data_url().ok()?;
    let characters = dom::window()?.atob(address.strip_prefix("data:image/png;base64,")?).ok()?;
    let bytes: Vec<u8> = characters.chars().map(|it| u8::try_from(u32::from(it)).ok()).collect::<Option<_>>()?;
    let options = BlobPropertyBag::new();
    options.set_type("image/png");
    let parts = Array::of1(&Uint8Array::from(bytes.as_slice()));
    Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()
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

fn compose(content: &Content, machine: &str) -> Option<HtmlCanvasElement> {
    let mut pen = Pen::new()?;
    let (lines, headline_px) = headline(&pen, content);
    pen.sans(400, MORE_PX);
    let more = content.more.as_ref().map(|it| wrapped(&pen, it)).unwrap_or_default();
    let rows: Vec<_> = content.blocks.iter().map(|block| block.results.len()).collect();
    let layout = Layout::of(lines.len(), headline_px, more.len(), &rows, content.card.is_some());
    pen.resize(layout.height)?;

    pen.ink("--page");
    pen.surface.context.fill_rect(0.0, 0.0, WIDTH, layout.height);
    pen.serif(headline_px);
    draw_lines(&pen, &lines, MARGIN + 0.5 * headline_px * HEADLINE_LINE, headline_px * HEADLINE_LINE);
    pen.sans(400, MORE_PX);
    draw_lines(&pen, &more, layout.more_y, MORE_LINE);
    pen.sans(400, 16.0);
    pen.ink("--ink-soft");
    let settings = words::shortened(&content.settings, WIDTH - 2.0 * MARGIN, |text| pen.width(text));
    pen.text(&settings, MARGIN, layout.settings_y, "left");
    pen.rule(layout.body_y - 13.0);
    if let (Some(area), Some(card)) = (&layout.card, &content.card) {
        draw_card(&pen, area, card);
    }
    for (block, area) in content.blocks.iter().zip(&layout.runs) {
        picture_bars::draw_block(&pen, block, area, layout.row);
    }
    if let Some(run) = layout.runs.first() {
        let has_guess = content.blocks.iter().any(|block| block.guess.is_some());
        picture_bars::draw_legend(&pen, has_guess, run.x, layout.legend_y);
    }
    draw_footer(&pen, content, machine, &layout);
    Some(pen.surface.canvas)
}

fn headline(pen: &Pen, content: &Content) -> (Vec<Vec<Run>>, f64) {
    let mut last = (Vec::new(), 0.0);
    for px in HEADLINE_PX {
        pen.serif(px);
        last = (wrapped(pen, &content.headline), px);
        if last.0.len() <= 2 {
            break;
        }
    }
    last
}

/// A sentence in lines that fit into the picture, in the font that is set.
fn wrapped(pen: &Pen, sentence: &Headline) -> Vec<Vec<Run>> {
    let run = |piece: &Piece| match piece {
        Piece::Words(text) => Run { text: text.clone(), executor: None },
        Piece::Figure(executor, text) => Run { text: text.clone(), executor: Some(*executor) },
    };
    let runs: Vec<_> = sentence.pieces.iter().map(run).collect();
    words::wrapped(&runs, WIDTH - 2.0 * MARGIN, |text| pen.width(text))
}

/// Writes lines in the font that is set; `first_y` is the middle of the first one.
fn draw_lines(pen: &Pen, lines: &[Vec<Run>], first_y: f64, line_height: f64) {
    for (index, line) in lines.iter().enumerate() {
        let y = first_y + index as f64 * line_height;
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

/// The lab's own picture, on a card.
fn draw_card(pen: &Pen, area: &Area, canvas: &HtmlCanvasElement) {
    let context = &pen.surface.context;
    pen.ink("--card");
    context.fill_rect(area.x, area.y, area.width, area.height);
    context.set_stroke_style_str(&theme::css(theme::token("--rule"), 1.0));
    context.set_line_width(1.0);
    context.stroke_rect(area.x + 0.5, area.y + 0.5, area.width - 1.0, area.height - 1.0);
    if canvas.width() == 0 || canvas.height() == 0 {
        return;
    }
    let inner = area.inset(14.0).fitted(canvas.width().into(), canvas.height().into());
    let _ =
        context.draw_image_with_html_canvas_element_and_dw_and_dh(canvas, inner.x, inner.y, inner.width, inner.height);
}

fn draw_footer(pen: &Pen, content: &Content, machine: &str, layout: &Layout) {
    pen.rule(layout.footer_y);
    let (right, first, second) = (WIDTH - MARGIN, layout.footer_y + 22.0, layout.footer_y + 44.0);
    pen.sans(400, 14.0);
    pen.ink("--ink-soft");
    pen.text(machine, MARGIN, first, "left");
    if let Some(address) = &content.address {
        let shown = address.split_once("://").map_or(address.as_str(), |it| it.1);
        let shown = words::shortened(shown, WIDTH - 2.0 * MARGIN - 160.0, |text| pen.width(text));
        pen.text(&shown, MARGIN, second, "left");
    }
    if let Some(remark) = &content.remark {
        pen.text(remark, right, first, "right");
    }
    pen.serif(17.0);
    pen.ink("--ink");
    pen.text("Parallel Lab", right, second, "right");
}
