//! The kitchens on canvases: the stove's lane in the colour of who has it, and a lane for
//! each chef. Below them stands the data that they share.

use leptos::html::Canvas;
use leptos::prelude::*;

use super::control::Gil;
use super::hand::modelled;
use super::kitchen::{Chef, Kitchen, Stay};
use super::measured::{Came, Found};
use super::settings::{Kind, Settings};
use super::stove::{LANE, Plan, lanes, shade};
use super::way::Way;
use super::{measured, takeaway};
use crate::model::format;
use crate::model::gil::course::MODELLED;
use crate::model::parameter::Values;
use crate::page::dom;
use crate::page::text::text;
use crate::page::theme::{self, Colour};
use crate::view::palette::Palette;
use crate::view::shapes::{Frame, Shapes};
use crate::view::surface::{Picture, Surface, redraw_on_resize};

/// From line to line of the hatching.
const HATCH: f64 = 5.0;
/// A turn that is wider has its chef's number in it, CSS pixels.
const NUMBERED: f64 = 11.0;

/// The three kitchens, on one time axis.
#[component]
pub(super) fn Kitchens(gil: Gil) -> impl IntoView {
    let modelled = Memo::new(move |_| {
        let cores = gil.page.values.with(Values::cores);
        // Only once it is known how long a task is.
        let of = |way| gil.asked.with(|it| gil.came.with(|all| modelled::kitchen(it, way, all, cores)));
        Way::ALL.map(of)
    });
    let axis_ms = Memo::new(move |_| {
        let end = |it: &Came| it.measured().map_or(0.0, |it| it.kitchen.end_ms);
        let ran_ms = gil.came.with(|all| all.iter().map(end).fold(0.0, f64::max));
        modelled.with(|all| all.iter().flatten().map(|it| it.end_ms).fold(ran_ms, f64::max))
    });
    let scale = move || {
        let axis_ms = axis_ms.get();
        (axis_ms > 0.0).then(|| format!("one time axis for all: the full width is {}", format::duration(axis_ms)))
    };
    view! {
        <figure class="card timing main-figure kitchens" aria-label="Who has the stove, and who writes">
            {Way::ALL.map(|way| view! { <OneKitchen gil way modelled axis_ms /> }).collect_view()}
            <figcaption class="legend">
                <span><i class="key compute"></i>"has the stove, works"</span>
                <span><i class="key startup"></i>"starts, or waits for the stove"</span>
                <span><i class="key away"></i>"works or waits without it"</span>
                <span class="soft" prop:textContent=text(scale)></span>
            </figcaption>
        </figure>
    }
}

/// One way: what it is, its lanes, and the list that is written into.
#[component]
fn OneKitchen(gil: Gil, way: Way, modelled: Memo<[Option<Kitchen>; 3]>, axis_ms: Memo<f64>) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    let picture = Picture::default();
    let came = Memo::new(move |_| gil.came.with(|all| all.iter().find(|it| it.way() == way).cloned()));
    let modelled = Memo::new(move |_| {
        modelled.with(|all| all.iter().zip(Way::ALL).find(|it| it.1 == way).and_then(|it| it.0.clone()))
    });
    // Before the run, the kitchen as it will be.
    let kitchen = Memo::new(move |_| {
        let ran = came.with(|it| it.as_ref().and_then(Came::measured).map(|it| it.kitchen.clone()));
        ran.or_else(|| modelled.get()).unwrap_or_else(|| gil.settings.with(|settings| empty(settings, way)))
    });
    redraw_on_resize(gil.page.appearance, canvas);
    Effect::new(move || {
        gil.page.appearance.track();
        let (Some(canvas), kitchen, axis_ms) = (canvas.get(), kitchen.get(), axis_ms.get()) else { return };
        picture.draw(move || {
            if let Some(surface) = Surface::prepare(&canvas, 1.0) {
                draw(&surface.enlarged(dom::enlargement()), &kitchen, way, axis_ms);
            }
            false
        });
    });
    let count = Memo::new(move |_| kitchen.with(lanes));
    let told = move || {
        if gil.current.get() == Some(way) {
            return Some("running …".to_owned());
        }
        if let Some(ms) = modelled.with(|it| it.as_ref().map(|it| it.end_ms)) {
            return Some(format!("{MODELLED}: {}", format::duration(ms)));
        }
        came.with(|it| it.as_ref().map(outcome))
    };
    let label = move || {
        let settings = gil.asked.get();
        let ran = came.with(|it| it.as_ref().and_then(Came::measured).map(|it| described(&it.kitchen, &settings, way)));
        let model = || {
            Some(format!("{}, {MODELLED}", modelled.with(|it| it.as_ref().map(|it| described(it, &settings, way)))?))
        };
        ran.or_else(model).unwrap_or_else(|| format!("{}: not run yet.", way.title()))
    };
    let executor = way.executor().name();
    view! {
        <div class="block kitchen" data-way=way.word() data-executor=executor style:flex-grow=move || count.get().to_string()>
            <p class="block-title">
                <span class="kitchen-name">{way.title()}</span>
                <span class="soft">" · "{way.kitchen()}</span>
                <b class="kitchen-told" prop:textContent=text(told)></b>
            </p>
            <div class="plot" style:height=move || format!("{}rem", LANE * count.get() as f64 / 16.0)>
                <canvas id=format!("kitchen-{}", way.word()) node_ref=canvas role="img" aria-label=label></canvas>
            </div>
            <Pot way came />
        </div>
    }
}

/// The data: who wrote which result, in the order of writing.
#[component]
fn Pot(way: Way, came: Memo<Option<Came>>) -> impl IntoView {
    let writers = Memo::new(move |_| {
        came.with(|it| match it.as_ref().and_then(Came::measured).map(|it| &it.found) {
            Some(Found::Tasks(tasks)) => tasks.writers.clone(),
            _ => Vec::new(),
        })
    });
    let kept = move || {
        came.with(|it| match &it.as_ref()?.measured()?.found {
            Found::Tasks(tasks) => tasks.kept.map(|kept| format!(" The script’s own list has {kept}.")),
            Found::Trips(_) => None,
        })
    };
    let slot = |writer: u32| {
        view! { <i style:border-block-end-color=format!("color-mix(in srgb, var(--bar) {:.0}%, transparent)", 100.0 * shade(writer))>{writer}</i> }
    };
    view! {
        <p class="pot soft" hidden=move || writers.with(Vec::is_empty)>
            <span>{way.memory()}". Written by: "</span>
            <span class="slots" translate="no">{move || writers.get().into_iter().map(slot).collect_view()}</span>
            <span prop:textContent=text(kept)></span>
        </p>
    }
}

/// What came of a way, beside its name.
fn outcome(came: &Came) -> String {
    let Some(measured) = came.measured() else {
        return if matches!(came, Came::Unavailable(..)) { "can’t run here" } else { "failed" }.into();
    };
    match &measured.found {
        Found::Tasks(tasks) => {
            let against = match measured.verdict() {
                measured::Verdict::Close => "as one thread".to_owned(),
                measured::Verdict::Faster => format!("{} faster than one", format::ratio(measured.speedup())),
                measured::Verdict::Slower => format!("{} slower than one", format::ratio(1.0 / measured.speedup())),
            };
            format!("{} · {against}", format::duration(tasks.work_ms))
        }
        Found::Trips(trips) => {
            format!("{} alone, {} in company", format::duration(trips.alone_ms), format::duration(trips.company_ms))
        }
    }
}

/// The picture in words.
fn described(kitchen: &Kitchen, settings: &Settings, way: Way) -> String {
    let told = kitchen.chefs.iter().map(|chef| {
        let share = kitchen.share(chef, settings.switch_interval_ms);
        let (held, waited) = (format::duration(share.held_ms), format::duration(share.waited_ms));
        match way {
            Way::Gil => format!("{} had the lock for {held} and waited for it for {waited}", chef.name),
            _ => format!("{} worked for {held}", chef.name),
        }
    });
    format!("{}: {}.", way.title(), told.collect::<Vec<_>>().join("; "))
}

/// Lanes in which nothing has happened yet.
fn empty(settings: &Settings, way: Way) -> Kitchen {
    let chef = |number: u32, name: String| Chef { number, name, ..Chef::default() };
    let chefs = if settings.kind == Kind::Convoy {
        vec![chef(0, "small I/O".into()), chef(1, format!("busy {}", way.worker()))]
    } else {
        (1..=settings.threads).map(|it| chef(it, format!("{} {it}", way.worker()))).collect()
    };
    Kitchen { chefs, ..Kitchen::default() }
}

fn draw(surface: &Surface, kitchen: &Kitchen, way: Way, axis_ms: f64) {
    let plan = Plan::new(surface.width, surface.height, lanes(kitchen), axis_ms);
    let palette = Palette::read();
    let own = palette.of(Some(way.executor()));
    let has_lock = !kitchen.turns.is_empty();
    let turns = plan.seen(kitchen.turns.iter().map(|it| it.stay));
    if let Some(shapes) = Shapes::on(surface) {
        let pen = Pen { shapes, plan, own, end: surface.width };
        for lane in 0..plan.lanes {
            pen.track(lane, palette.track);
        }
        for (index, x, width) in &turns {
            pen.bar(0, (*x, *width), shade(kitchen.turns[*index].chef));
        }
        for (index, chef) in kitchen.chefs.iter().enumerate() {
            pen.chef(index + usize::from(has_lock), chef);
        }
    }
    let size = (plan.pitch() * 0.8).clamp(6.0, 12.0);
    surface.context.set_fill_style_str(&theme::css(palette.ink_soft, 1.0));
    let names = has_lock.then_some("the stove").into_iter().chain(kitchen.chefs.iter().map(|it| it.name.as_str()));
    for (lane, name) in names.enumerate() {
        surface.text(name, 0.0, plan.top(lane) + plan.bar() / 2.0, size, "left");
    }
    for (index, x, width) in turns.into_iter().filter(|it| it.2 >= NUMBERED) {
        let chef = kitchen.turns[index].chef;
        if chef > 0 {
            let ink = if shade(chef) > 0.6 { palette.page } else { palette.ink };
            surface.context.set_fill_style_str(&theme::css(ink, 1.0));
            surface.text(&chef.to_string(), x + width / 2.0, plan.top(0) + plan.bar() / 2.0, size - 1.0, "center");
        }
    }
}

/// What is the same for all lanes of a drawing.
struct Pen {
    shapes: Shapes,
    plan: Plan,
    own: Colour,
    end: f64,
}

impl Pen {
    fn frame(&self, lane: usize, (x, width): (f64, f64)) -> Frame {
        Frame { x, y: self.plan.top(lane), width: width.min(self.end - x), height: self.plan.bar() }
    }

    fn track(&self, lane: usize, colour: Colour) {
        let left = self.plan.left;
        self.shapes.fill(self.frame(lane, (left, self.end - left)), colour, 1.0);
    }

    fn bar(&self, lane: usize, place: (f64, f64), alpha: f64) {
        self.shapes.fill(self.frame(lane, place), self.own, alpha);
    }

    fn chef(&self, lane: usize, chef: &Chef) {
        let seen = |stays: &[Stay]| self.plan.seen(stays.iter().copied());
        for (_, x, width) in seen(&chef.starts).into_iter().chain(seen(&chef.waited)) {
            let frame = self.frame(lane, (x, width));
            self.shapes.fill(frame, self.own, 0.1);
            self.shapes.hatch(frame, HATCH, self.own, 0.55);
        }
        for (_, x, width) in seen(&chef.away) {
            let frame = self.frame(lane, (x, width));
            let height = frame.height * 0.3;
            let line = Frame { y: frame.y + (frame.height - height) / 2.0, height, ..frame };
            self.shapes.fill(line, self.own, 0.6);
        }
        for (_, x, width) in seen(&chef.held) {
            // The small I/O of the convoy, which is the main thread.
            self.bar(lane, (x, width), shade(chef.number.max(1)));
        }
    }
}

/// How many results somebody wrote, for the table.
pub(super) fn written(measured: &measured::Measured, number: u32) -> String {
    takeaway::written(measured, number).map_or_else(|| "–".into(), |it| it.to_string())
}
