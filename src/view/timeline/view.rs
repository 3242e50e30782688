//! The timeline on the page: heading, lanes, a stretch's figures, and the table.

use std::sync::Arc;

use leptos::html::Canvas;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::drawing::{self, Scene};
use super::layout;
use super::pieces::Fill;
use super::sight::Sight;
use super::window::ZOOM;
use super::words;
use crate::model::course::{Course, Key};
use crate::page::dom;
use crate::page::text::{Text, text};
use crate::pool::on_demand::OnDemand;
use crate::view::later::later;
use crate::view::surface::{Picture, Surface, redraw_on_resize};

/// The chart with all that belongs to it, from when there first is something to
/// show; hidden where there is nothing any more.
#[component]
pub(crate) fn Timeline(
    /// What there is to look at, one at a time.
    courses: Memo<Vec<Arc<Course>>>,
    /// Which one is shown until a person chooses.
    #[prop(into)]
    favourite: Signal<usize>,
    /// Counts changes of size, pixel density or colours.
    appearance: RwSignal<u32>,
) -> impl IntoView {
    let has_any = Signal::derive(move || courses.with(|it| !it.is_empty()));
    later(OnDemand::Results, has_any, Some(MISSING), move || when_run(courses, favourite, appearance))
}

/// By this name its part of the program is entered (`xtask/src/parts.rs`).
#[inline(never)]
fn when_run(courses: Memo<Vec<Arc<Course>>>, favourite: Signal<usize>, appearance: RwSignal<u32>) -> AnyView {
    let sight = Sight::new(courses, favourite);
    let with_course = move |tell: fn(&Course) -> String| sight.course.with(|it| it.as_deref().map(tell));
    let legend =
        Memo::new(move |_| sight.course.with(|it| it.as_ref().map(|it| it.legend.clone()).unwrap_or_default()));
    let note = Memo::new(move |_| sight.course.with(|it| it.as_ref().and_then(|it| it.note.clone())));
    view! {
        <figure
            id="lanes"
            class="lanes"
            aria-labelledby="timeline-heading"
            hidden=move || sight.course.with(Option::is_none)
        >
            <div class="lanes-head">
                <p
                    id="timeline-heading"
                    class="lanes-heading"
                    prop:textContent=text(move || with_course(|it| it.heading.clone()))
                ></p>
                <div class="lanes-tools">
                    <CourseTabs sight />
                    <ZoomButtons sight />
                </div>
            </div>
            <Chart sight appearance />
            <output
                id="timeline-figures"
                class="lanes-figures"
                for="timeline"
                prop:textContent=text(move || sight.figures().unwrap_or_else(|| HINT.into()))
            ></output>
            <figcaption>
                <span class="legend">
                    {move || legend.get().into_iter().map(entry).collect_view()}
                    <span prop:textContent=text(move || with_course(|it| it.extent.clone()))></span>
                </span>
            </figcaption>
            <p
                class="lanes-note soft"
                hidden=move || note.with(Option::is_none)
                prop:textContent=text(move || note.get())
            ></p>
            <SpanTable sight />
        </figure>
    }
    .into_any()
}

/// One kind of stretch, in the colour of its lanes.
fn entry(key: Key) -> impl IntoView {
    let shape = match Fill::of(key.doing) {
        Fill::Solid => "key compute",
        Fill::Hatched => "key startup",
        Fill::Ink => "key ink",
        Fill::Thin => "key thin",
        Fill::Light => "key send",
    };
    view! {
        <span>
            <i class=shape data-executor=key.executor.map(|it| it.name())></i>
            <span prop:textContent=Text::from(key.words)></span>
        </span>
    }
}

/// For all that shows a run, of which this block is a part.
/// Said where what shows a run can't be had.
pub(crate) const MISSING: &str = "What draws and explains this run could not be loaded: a file is missing, or the connection is \
                       gone. Running again, or reloading the page, may help.";

/// Stands where figures will.
const HINT: &str = "Point at a span for its figures, or go to it with the arrow keys.";

/// What screen readers say of the keys.
const KEYS: &str = "Left and right go from span to span, up and down from lane to lane. Plus, minus and zero zoom, \
                    Shift with left or right moves along. Escape leaves. The table below lists the spans.";

#[component]
fn Chart(sight: Sight, appearance: RwSignal<u32>) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    let picture = Picture::default();
    redraw_on_resize(appearance, canvas);
    Effect::new(move || {
        appearance.track();
        sight.course.track();
        let Some(canvas) = canvas.get() else { return };
        let (window, marked) = (sight.window(), sight.marked());
        // In the next frame, when the height below has taken effect.
        picture.draw(move || {
            sight.course.with_untracked(|course| {
                let (Some(course), Some(surface)) = (course, Surface::prepare(&canvas, 1.0)) else { return };
                drawing::draw(&surface.enlarged(dom::enlargement()), &Scene { course, window, marked });
            });
            false
        });
    });
    let lanes = Memo::new(move |_| sight.course.with(|course| course.as_ref().map_or(0, |it| it.lanes.len())));
    let label = move || {
        let told = |course: &Course| format!("{}. {}.", course.heading, course.extent);
        sight.course.with(|course| course.as_deref().map(told))
    };
    view! {
        <div class="plot" style:height=move || format!("{}rem", layout::height(lanes.get()) / 16.0)>
            <canvas
                id="timeline"
                class="timeline"
                node_ref=canvas
                tabindex="0"
                role="application"
                aria-roledescription="timeline"
                aria-label=label
                aria-describedby="timeline-keys"
                on:keydown=move |event| sight.on_key(&event)
                on:pointerdown=move |event| sight.on_pointer_down(&event)
                on:pointermove=move |event| sight.on_pointer_move(&event)
                on:pointerup=move |event| sight.on_pointer_up(&event)
                on:pointercancel=move |_| sight.on_pointer_leave()
                on:pointerleave=move |_| sight.on_pointer_leave()
            ></canvas>
            <span id="timeline-keys" hidden>
                {KEYS}
            </span>
        </div>
    }
}

/// Whose timeline it is, where there is a choice.
#[component]
fn CourseTabs(sight: Sight) -> impl IntoView {
    let names = Memo::new(move |_| sight.courses.with(|it| it.iter().map(|it| (it.id, it.name)).collect::<Vec<_>>()));
    let shown = Memo::new(move |_| sight.course.with(|it| it.as_ref().map(|it| it.id)));
    let item = move |(id, name): (&'static str, &'static str)| {
        view! {
            <label>
                <input
                    id=format!("timeline-of-{id}")
                    type="radio"
                    name="timeline-of"
                    prop:checked=move || shown.get() == Some(id)
                    on:change=move |_| sight.chosen.set(Some(id))
                />
                <span translate="no">{name}</span>
            </label>
        }
    };
    view! {
        <fieldset class="segments" hidden=move || names.with(|it| it.len() < 2)>
            <legend class="visually-hidden">"Whose timeline"</legend>
            <For each=move || names.get() key=|it| *it let:it>
                {item(it)}
            </For>
        </fieldset>
    }
}

/// Always there, so that nothing jumps; without effect at either end.
#[component]
fn ZoomButtons(sight: Sight) -> impl IntoView {
    let is_whole = Memo::new(move |_| sight.window().is_whole());
    let is_narrowest = Memo::new(move |_| sight.window().is_narrowest());
    let off = |is_off: Memo<bool>| move || is_off.get().then_some("true");
    view! {
        <div class="zoom" role="group" aria-label="Zoom of the timeline">
            <button
                id="timeline-closer"
                type="button"
                aria-label="Zoom in"
                title="Zoom in (+)"
                aria-disabled=off(is_narrowest)
                on:click=move |_| sight.zoom(ZOOM)
            >
                "+"
            </button>
            <button
                id="timeline-farther"
                type="button"
                aria-label="Zoom out"
                title="Zoom out (−)"
                aria-disabled=off(is_whole)
                on:click=move |_| sight.zoom(1.0 / ZOOM)
            >
                "−"
            </button>
            <button
                id="timeline-all"
                type="button"
                title="The whole time (0)"
                aria-disabled=off(is_whole)
                on:click=move |_| sight.zoom_out_fully()
            >
                "all"
            </button>
        </div>
    }
}

/// The lanes' twin in HTML, made when it is opened.
#[component]
fn SpanTable(sight: Sight) -> impl IntoView {
    let open = RwSignal::new(false);
    let table = Memo::new(move |_| {
        let table = || sight.course.with(|it| it.as_deref().map(words::table));
        open.get().then(table).flatten().unwrap_or_default()
    });
    let toggle = move |event: Event| {
        let fold = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        open.set(fold.is_some_and(|it| it.has_attribute("open")));
    };
    let row = |[who, rest @ ..]: [String; 5]| {
        view! {
            <tr>
                <th scope="row" prop:textContent=Text::from(who)></th>
                {rest.map(|words| view! { <td prop:textContent=Text::from(words)></td> }).collect_view()}
            </tr>
        }
    };
    view! {
        <details class="lanes-table" on:toggle=toggle>
            <summary>"Spans as a table"</summary>
            <div class="table" role="region" aria-label="Spans as a table" tabindex="0">
                <table id="spans">
                    <caption prop:textContent=text(move || table.with(|it| it.caption.clone()))></caption>
                    <thead>
                        <tr>
                            {move || {
                                let headings = sight.course.with(|it| it.as_deref().map(words::headings));
                                headings.map(|all| all.map(|it| view! { <th scope="col" prop:textContent=Text::from(it)></th> }).collect_view())
                            }}
                        </tr>
                    </thead>
                    <tbody>{move || table.get().rows.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </details>
    }
}
